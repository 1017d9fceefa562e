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

/// `closed_as` is the name that the form had when it was closed first.
fn place(closed_as: &str) -> [&str; 3] {
    ["form", "private", closed_as]
}

/// Whether what was typed into it may be read again at another start.
fn is_closed_away(connection: &Connection, keys: &Keys, name: &str) -> Result<bool> {
    let sql = "SELECT private FROM form WHERE name = ?1";
    let private: Option<Vec<u8>> = connection.query_row(sql, [name], |row| row.get(0)).optional()?.flatten();
    Ok(private.is_some_and(|private| keys.is_away(&private)))
}

/// What was typed of a new trip and cannot be read now is another one than what is kept or thrown away: it comes back.
pub(super) fn forget(connection: &Connection, keys: &Keys, trip: Option<TripId>) -> Result<()> {
    let name = name(trip);
    if trip.is_none() {
        let sql = "UPDATE form SET private = older, older = NULL WHERE name = ?1 AND older IS NOT NULL";
        if connection.execute(sql, [&name])? > 0 || is_closed_away(connection, keys, &name)? {
            return Ok(());
        }
    }
    connection.execute("DELETE FROM form WHERE name = ?1", [name])?;
    Ok(())
}

/// All of a form is closed: an app before this one left it in `content`. What a key that is away closed stays beside it.
fn write(connection: &Connection, keys: &Keys, name: &str, content: &str) -> Result<()> {
    if is_closed_away(connection, keys, name)? {
        connection.execute("UPDATE form SET older = coalesce(older, private) WHERE name = ?1", [name])?;
    }
    let sql = "SELECT coalesce(closed_as, name) FROM form WHERE name = ?1";
    let closed_as = connection.query_row(sql, [name], |row| row.get(0)).optional()?.unwrap_or_else(|| name.to_owned());
    connection.execute(
        "INSERT INTO form (name, content, private) VALUES (?1, '', ?2)
         ON CONFLICT (name) DO UPDATE SET content = '', private = excluded.private",
        (name, closed::close(keys, place(&closed_as), content.as_bytes())?),
    )?;
    Ok(())
}

fn read(connection: &Connection, keys: &Keys, name: &str) -> Result<Option<String>> {
    let sql = "SELECT private, coalesce(closed_as, name) FROM form WHERE name = ?1";
    let closed: Option<(Option<Vec<u8>>, String)> =
        connection.query_row(sql, [name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let content =
        closed.and_then(|(private, closed_as)| closed::open(keys, place(&closed_as), &private?, &Damage::default()));
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

/// The trip of a form has another id now. What is closed stays bound to the one that it had.
pub(super) fn rename(connection: &Connection, before: &str, after: &str) -> Result<()> {
    let sql = "UPDATE form SET name = ?2, closed_as = coalesce(closed_as, name) WHERE name = ?1";
    connection.execute(sql, [before, after])?;
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
        forget(&self.lock(), &self.keys, trip)
    }
}
