//! Forms of trips that were begun: of a kept one, or of a new one. What stands in one is not the store's to know.

use contract::ids::TripId;
use rusqlite::{Connection, OptionalExtension};

use super::{
    closed,
    database::{Damage, Result, Store},
    names::Keys,
};

fn name(trip: Option<TripId>) -> String {
    trip.map_or_else(|| "new".to_owned(), |id| id.to_string())
}

fn place(name: &str) -> [&str; 3] {
    ["form", "private", name]
}

pub(super) fn forget(connection: &Connection, trip: Option<TripId>) -> Result<()> {
    connection.execute("DELETE FROM form WHERE name = ?1", [name(trip)])?;
    Ok(())
}

/// All of a form is closed: an app before this one left it in `content`.
fn write(connection: &Connection, keys: &Keys, name: &str, content: &str) -> Result<()> {
    connection.execute(
        "INSERT INTO form (name, content, private) VALUES (?1, '', ?2)
         ON CONFLICT (name) DO UPDATE SET content = '', private = excluded.private",
        (name, closed::close(keys, place(name), content.as_bytes())?),
    )?;
    Ok(())
}

fn read(connection: &Connection, keys: &Keys, name: &str) -> Result<Option<String>> {
    let sql = "SELECT private FROM form WHERE name = ?1";
    let private: Option<Option<Vec<u8>>> = connection.query_row(sql, [name], |row| row.get(0)).optional()?;
    let content = private.flatten().and_then(|private| closed::open(keys, place(name), &private, &Damage::default()));
    Ok(content.and_then(|content| String::from_utf8(content).ok()))
}

/// Closes what stands open. Whether there was any.
pub(super) fn close_open(connection: &Connection, keys: &Keys) -> Result<bool> {
    let mut statement = connection.prepare("SELECT name, content FROM form WHERE private IS NULL")?;
    let mut rows = statement.query([])?;
    let mut open: Vec<(String, String)> = Vec::new();
    while let Some(row) = rows.next()? {
        let form = row.get(0).and_then(|name| Ok((name, row.get(1)?)));
        // what cannot be read stays as it is
        open.extend(Damage::default().readable(form.map_err(Into::into))?);
    }
    for (name, content) in &open {
        write(connection, keys, name, content)?;
    }
    Ok(!open.is_empty())
}

/// The trip of a form has another id now.
pub(super) fn rename(connection: &Connection, keys: &Keys, before: &str, after: &str) -> Result<()> {
    if let Some(content) = read(connection, keys, before)? {
        write(connection, keys, after, &content)?;
    }
    connection.execute("DELETE FROM form WHERE name = ?1", [before])?;
    Ok(())
}

impl Store {
    /// Keeps what was typed so far; durable when this returns.
    pub fn keep_form(&self, trip: Option<TripId>, content: &str) -> Result<()> {
        write(&self.lock(), &self.keys, &name(trip), content)
    }

    pub fn form(&self, trip: Option<TripId>) -> Result<Option<String>> {
        read(&self.lock(), &self.keys, &name(trip))
    }

    pub fn forget_form(&self, trip: Option<TripId>) -> Result<()> {
        forget(&self.lock(), trip)
    }
}
