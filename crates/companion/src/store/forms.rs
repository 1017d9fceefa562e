//! Forms that were begun: of a trip that is kept, of a new one, of who travels along, of a plea, of a message, of who is stuck. What stands in one is not the store's to know.

use contract::ids::TripId;
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use ts_rs::TS;

use super::{
    closed,
    database::{Damage, Result, Store},
    names::Keys,
};

/// What is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Form {
    /// A trip, a new one where it has no id yet.
    Trip {
        /// Absent before it is kept.
        id: Option<TripId>,
    },
    /// Who travels along on it.
    People {
        /// Of the trip.
        id: TripId,
    },
    /// What is added to the latest word.
    More,
    /// Words to the ministry.
    Message,
    /// Who cannot fly on, and from where.
    Stuck,
}

impl From<Option<TripId>> for Form {
    fn from(id: Option<TripId>) -> Self {
        Self::Trip { id }
    }
}

impl Form {
    fn name(self) -> String {
        match self {
            Self::Trip { id: None } => "new".to_owned(),
            Self::Trip { id: Some(id) } => id.to_string(),
            Self::People { id } => people(&id.to_string()),
            Self::More => "more".to_owned(),
            Self::Message => "message".to_owned(),
            Self::Stuck => "stuck".to_owned(),
        }
    }

    /// Whether it can be typed behind the PIN: it tells of no trip.
    pub fn is_open_to_all(self) -> bool {
        match self {
            Self::Trip { .. } | Self::People { .. } => false,
            Self::More | Self::Message | Self::Stuck => true,
        }
    }
}

fn people(trip: &str) -> String {
    format!("people/{trip}")
}

/// `closed_as` is the name that the form had when it was closed first.
fn place(closed_as: &str) -> [&str; 3] {
    ["form", "private", closed_as]
}

/// Whether what was typed into it may be read again at another start.
fn is_closed_away(connection: &Connection, keys: &Keys, name: &str) -> Result<bool> {
    closed::is_away(connection, keys, ["form", "private"], ("name", name))
}

/// What was typed of a new trip and cannot be read now is another one than what is kept or thrown away: it comes back.
pub(super) fn forget(connection: &Connection, keys: &Keys, form: Form) -> Result<()> {
    let name = form.name();
    if form == (Form::Trip { id: None }) {
        let sql = "UPDATE form SET private = older, older = NULL WHERE name = ?1 AND older IS NOT NULL";
        if connection.execute(sql, [&name])? > 0 || is_closed_away(connection, keys, &name)? {
            return Ok(());
        }
    }
    connection.execute("DELETE FROM form WHERE name = ?1", [name])?;
    Ok(())
}

/// All that was typed into it, what was laid aside too.
pub(super) fn forget_whole(connection: &Connection, keys: &Keys, form: Form) -> Result<()> {
    forget(connection, keys, form)?;
    connection.execute("DELETE FROM form WHERE name LIKE ?1", [format!("{}/%", form.name())])?;
    Ok(())
}

/// What was laid aside of a form stands under the next number.
fn lay_aside(connection: &Connection, name: &str) -> Result<()> {
    let aside = laid_aside(connection, name)?;
    rename_one(connection, name, &format!("{name}/{}", aside + 1))
}

/// What was laid aside last is what stands in the form again, where nothing else does.
fn take_up(connection: &Connection, name: &str) -> Result<()> {
    let sql = "SELECT EXISTS (SELECT 1 FROM form WHERE name = ?1)";
    let stands: bool = connection.query_row(sql, [name], |row| row.get(0))?;
    let aside = laid_aside(connection, name)?;
    if stands || aside == 0 {
        return Ok(());
    }
    rename_one(connection, &format!("{name}/{aside}"), name)
}

fn laid_aside(connection: &Connection, name: &str) -> Result<u32> {
    let sql = "SELECT count(*) FROM form WHERE name LIKE ?1";
    Ok(connection.query_row(sql, [format!("{name}/%")], |row| row.get(0))?)
}

/// Whatever was typed of a trip that is no more.
pub(super) fn forget_all(connection: &Connection, trip: &str) -> Result<()> {
    connection.execute("DELETE FROM form WHERE name IN (?1, ?2)", [trip, &people(trip)])?;
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
    rename_one(connection, before, after)?;
    rename_one(connection, &people(before), &people(after))
}

fn rename_one(connection: &Connection, before: &str, after: &str) -> Result<()> {
    let sql = "UPDATE form SET name = ?2, closed_as = coalesce(closed_as, name) WHERE name = ?1";
    connection.execute(sql, [before, after])?;
    Ok(())
}

impl Store {
    /// Keeps what was typed so far; durable when this returns.
    pub fn keep_form(&self, form: impl Into<Form>, content: &str) -> Result<()> {
        write(&self.lock(), &self.keys, &form.into().name(), content)
    }

    /// What stands in it, else what was laid aside of it.
    pub fn form(&self, form: impl Into<Form>) -> Result<Option<String>> {
        let (connection, form) = (self.lock(), form.into());
        if form.is_open_to_all() {
            take_up(&connection, &form.name())?;
        }
        read(&connection, &self.keys, &form.name())
    }

    /// What is typed from now on replaces nothing of it.
    pub fn lay_form_aside(&self, form: Form) -> Result<()> {
        lay_aside(&self.lock(), &form.name())
    }

    pub fn forget_form(&self, form: impl Into<Form>) -> Result<()> {
        forget(&self.lock(), &self.keys, form.into())
    }
}
