//! Forms that were begun: of a trip that is kept, of a new one, of who travels along, of a plea, of a message, of who is stuck. What stands in one is not the store's to know.

use contract::ids::TripId;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
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

/// What was typed into a form and not kept as what it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Typed {
    /// A text for each sheet, the oldest first: one, but for what was typed behind the PIN.
    pub texts: Vec<String>,
    /// The sheet on which it goes on: the first, where all of them are seen, else a new one.
    pub sheet: u32,
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

    /// Under what a sheet of it stands.
    fn sheet(self, sheet: u32) -> String {
        match sheet {
            0 => self.name(),
            _ => format!("{}/{sheet}", self.name()),
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

/// All that was typed into it. What was typed of a new trip and cannot be read now is another one than what is kept or thrown
/// away: it comes back.
pub(super) fn forget(connection: &Connection, keys: &Keys, form: Form) -> Result<()> {
    let name = form.name();
    if form == (Form::Trip { id: None }) {
        let sql = "UPDATE form SET private = older, older = NULL WHERE name = ?1 AND older IS NOT NULL";
        if connection.execute(sql, [&name])? > 0 || is_closed_away(connection, keys, &name)? {
            return Ok(());
        }
    }
    connection.execute("DELETE FROM form WHERE name = ?1 OR name LIKE ?2", [&name, &format!("{name}/%")])?;
    Ok(())
}

/// The sheets of a form that stand, in the order in which they were begun.
fn sheets(connection: &Connection, form: Form) -> Result<Vec<u32>> {
    let name = form.name();
    let mut statement = connection.prepare_cached("SELECT name FROM form WHERE name = ?1 OR name LIKE ?2")?;
    let number = |row: &Row<'_>| {
        let sheet: String = row.get(0)?;
        Ok(sheet.strip_prefix(&format!("{name}/")).and_then(|sheet| sheet.parse().ok()).unwrap_or(0))
    };
    let mut found = Damage::default().rows(statement.query([&name, &format!("{name}/%")])?, number)?;
    found.sort_unstable();
    Ok(found)
}

/// What stood on other sheets stands on the first one now, but for what cannot be read.
fn forget_others(connection: &Connection, keys: &Keys, form: Form) -> Result<()> {
    for sheet in sheets(connection, form)?.into_iter().filter(|sheet| *sheet > 0) {
        let name = form.sheet(sheet);
        if !is_closed_away(connection, keys, &name)? {
            connection.execute("DELETE FROM form WHERE name = ?1", [name])?;
        }
    }
    Ok(())
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
    // what cannot be read stays as it is
    let open: Vec<(String, String)> =
        Damage::default().rows(statement.query([])?, |row| Ok((row.get(0)?, row.get(1)?)))?;
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
    /// Keeps what was typed so far on a sheet of it; durable when this returns. Whoever writes on the first one has all the
    /// others before them: it stands for them.
    pub fn keep_form(&self, form: impl Into<Form>, sheet: u32, content: &str) -> Result<()> {
        let form = form.into();
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        write(&transaction, &self.keys, &form.sheet(sheet), content)?;
        if sheet == 0 {
            forget_others(&transaction, &self.keys, form)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// What stands in it.
    pub fn form(&self, form: impl Into<Form>) -> Result<Typed> {
        let (connection, form) = (self.lock(), form.into());
        let sheets = sheets(&connection, form)?;
        let read = |sheet: &u32| read(&connection, &self.keys, &form.sheet(*sheet)).transpose();
        let texts = sheets.iter().filter_map(read).collect::<Result<_>>()?;
        Ok(Typed { texts, sheet: sheets.last().map_or(0, |last| last + 1) })
    }

    /// Throws away what stands on a sheet; with the first one all that it stands for.
    pub fn forget_form(&self, form: impl Into<Form>, sheet: u32) -> Result<()> {
        let form = form.into();
        if sheet > 0 {
            self.lock().execute("DELETE FROM form WHERE name = ?1", [form.sheet(sheet)])?;
            return Ok(());
        }
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        forget(&transaction, &self.keys, form)?;
        transaction.commit()?;
        Ok(())
    }
}
