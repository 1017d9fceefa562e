//! Who travels along, by name. What stands in a list is not the store's to know.

use contract::{ids::TripId, record::Kind};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    closed,
    database::{Damage, Result, Store, json},
    names::Keys,
};

/// The trip has another id now. What is closed stays bound to the one that it had.
pub(super) fn rename(connection: &Connection, before: &str, after: &str) -> Result<()> {
    let sql = "UPDATE party SET trip = ?2, closed_as = coalesce(closed_as, trip) WHERE trip = ?1";
    connection.execute(sql, [before, after])?;
    Ok(())
}

/// Nobody of a trip is named any more.
pub(super) fn forget(connection: &Connection, trip: &str) -> Result<()> {
    connection.execute("DELETE FROM party WHERE trip = ?1", [trip])?;
    Ok(())
}

fn read<T: DeserializeOwned>(connection: &Connection, keys: &Keys, column: &str, trip: &str) -> Result<Option<T>> {
    let sql = format!("SELECT {column}, coalesce(closed_as, trip) FROM party WHERE trip = ?1");
    let closed: Option<(Vec<u8>, String)> =
        connection.query_row(&sql, [trip], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let plain =
        closed.and_then(|(closed, trip)| closed::open(keys, ["party", column, &trip], &closed, &Damage::default()));
    Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

impl Store {
    /// The list of a trip; `None` where nobody is named.
    pub fn party<P: DeserializeOwned>(&self, trip: TripId) -> Result<Option<P>> {
        read(&self.lock(), &self.keys, "private", &trip.to_string())
    }

    /// Whether the list of a trip may be read again at another start.
    pub fn is_party_away(&self, trip: TripId) -> Result<bool> {
        let sql = "SELECT private FROM party WHERE trip = ?1";
        let closed = self.lock().query_row(sql, [trip.to_string()], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        Ok(closed.is_some_and(|closed| self.keys.is_away(&closed)))
    }

    /// What of its lists waits to be corrected.
    pub fn unread<U: DeserializeOwned>(&self, trip: TripId) -> Result<Option<U>> {
        read(&self.lock(), &self.keys, "unread", &trip.to_string())
    }

    /// Keeps the list of a trip; durable when this returns. Whoever is not among `numbers` any more was never seen;
    /// `merged` names one who is another now; `send` has the ministry get the trip anew. False where there is no such trip.
    pub fn save_party(
        &self,
        trip: TripId,
        (party, unread): (&impl Serialize, &impl Serialize),
        numbers: &[u16],
        merged: Option<(u16, u16)>,
        send: bool,
    ) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let id = trip.to_string();
        let kept = transaction.execute(
            "INSERT INTO party (trip, private, unread)
             SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM trip WHERE id = ?1 AND deleted = 0)
             ON CONFLICT (trip) DO UPDATE SET private = excluded.private, unread = excluded.unread, closed_as = NULL",
            (
                &id,
                closed::close(&self.keys, ["party", "private", &id], json(party)?.as_bytes())?,
                closed::close(&self.keys, ["party", "unread", &id], json(unread)?.as_bytes())?,
            ),
        )?;
        if kept == 0 {
            return Ok(false);
        }
        if let Some((kept, other)) = merged {
            let sql = "UPDATE sighting SET person = ?2 WHERE trip = ?1 AND person = ?3";
            transaction.execute(sql, (&id, kept, other))?;
        }
        transaction.execute(
            "DELETE FROM sighting WHERE trip = ?1 AND person NOT IN (SELECT value FROM json_each(?2))",
            (&id, json(&numbers)?),
        )?;
        if send {
            self.enqueue(&transaction, Kind::Trip, &id, false)?;
        }
        transaction.commit()?;
        Ok(true)
    }

    /// Everybody is missing until they are seen. False where nobody is named.
    pub fn begin_roll(&self, trip: TripId, at: Timestamp) -> Result<bool> {
        let sql = "UPDATE party SET roll = roll + 1, called_at = ?2 WHERE trip = ?1";
        Ok(self.lock().execute(sql, (trip.to_string(), at.to_string()))? > 0)
    }
}
