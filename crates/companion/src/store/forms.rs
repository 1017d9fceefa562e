//! Forms of trips that were begun: of a kept one, or of a new one. What stands in one is not the store's to know.

use contract::ids::TripId;
use rusqlite::{Connection, OptionalExtension};

use super::database::{Result, Store};

fn name(trip: Option<TripId>) -> String {
    trip.map_or_else(|| "new".to_owned(), |id| id.to_string())
}

pub(super) fn forget(connection: &Connection, trip: Option<TripId>) -> Result<()> {
    connection.execute("DELETE FROM form WHERE name = ?1", [name(trip)])?;
    Ok(())
}

impl Store {
    /// Keeps what was typed so far; durable when this returns.
    pub fn keep_form(&self, trip: Option<TripId>, content: &str) -> Result<()> {
        self.lock().execute(
            "INSERT INTO form (name, content) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
            (name(trip), content),
        )?;
        Ok(())
    }

    pub fn form(&self, trip: Option<TripId>) -> Result<Option<String>> {
        let sql = "SELECT content FROM form WHERE name = ?1";
        Ok(self.lock().query_row(sql, [name(trip)], |row| row.get(0)).optional()?)
    }

    pub fn forget_form(&self, trip: Option<TripId>) -> Result<()> {
        forget(&self.lock(), trip)
    }
}
