//! Everything of the traveller's on this device goes at once; which device the front is to erase is kept until it has.

use std::path::Path;

use contract::ids::DeviceId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value, json};

use super::{
    aside, closed,
    database::{Damage, Result, Store},
    left_behind,
    names::Keys,
    settings::{self, Setting},
};

/// Tables of what the ministry says, and of the file itself. All others are the traveller's, those to come too.
const NOT_PERSONAL: [&str; 6] = ["refinery_schema_history", "setting", "entry", "key_set", "signed_entry", "erasure"];
/// What lets others speak as this device, open what is sealed to it, or guess the PIN: it goes into no export.
const SECRET: [Setting; 4] = [Setting::DeviceToken, Setting::DevicePrivateKey, Setting::Pin, Setting::PinTries];
/// Of secrets alone.
const SECRETS: &str = "closed_setting";

/// A device that the front is still to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    pub device: DeviceId,
    pub token: String,
}

/// When everything was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// On this device, the last time.
    pub at: Timestamp,
    /// The front has not said yet that it did.
    pub waits: bool,
    /// At the front; absent while it has not said so, and where nobody could ask it.
    pub gone_at: Option<Timestamp>,
}

fn is_personal(setting: &str) -> bool {
    Setting::NOT_PERSONAL.iter().all(|other| other.name() != setting)
}

fn is_secret(setting: &str) -> bool {
    SECRET.iter().any(|secret| secret.name() == setting)
}

fn personal(connection: &Connection) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let mut names = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    names.retain(|name| !NOT_PERSONAL.contains(&name.as_str()));
    Ok(names)
}

/// Takes what was deleted out of the write-ahead log too.
/// It is emptied at every start too, where this is cut short.
fn clear_log(connection: &Connection) {
    match connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0)) {
        Ok(false) => {}
        Ok(true) => tracing::error!("what was erased is in the write-ahead log until then: another window reads it"),
        Err(error) => tracing::error!(%error, "what was erased is in the write-ahead log until then"),
    }
}

impl Store {
    /// Takes what was erased out of the write-ahead log, where that was cut short.
    pub fn clear_log(&self) {
        clear_log(&self.lock());
    }

    /// Erases all that is the traveller's, in one transaction, after the damaged files that were set aside. Of the device
    /// only its id and token stay, in the clear, until the front has erased it.
    pub fn erase(&self, at: Timestamp) -> Result<()> {
        let identity = self.identity()?;
        let mut connection = self.lock();
        if let Some(file) = connection.path() {
            aside::remove_all(Path::new(file))?;
        }
        let transaction = connection.transaction()?;
        // without its key nobody can have the front erase what the device sent
        if identity.is_some() || left_behind::note(&transaction, at)? {
            let (device, token) = identity.map(|identity| (identity.id.to_string(), identity.token)).unzip();
            transaction.execute(
                "INSERT INTO erasure (at, device, token) VALUES (?1, ?2, ?3)",
                (at.to_string(), device, token),
            )?;
        }
        for table in personal(&transaction)? {
            transaction.execute(&format!("DELETE FROM {table}"), [])?;
        }
        for name in settings::names(&transaction)?.into_iter().filter(|name| is_personal(name)) {
            transaction.execute("DELETE FROM setting WHERE name = ?1", [name])?;
        }
        transaction.commit()?;
        clear_log(&connection);
        Ok(())
    }

    /// What the front is still to erase, the oldest first.
    pub fn erasures(&self) -> Result<Vec<Erasure>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT device, token FROM erasure WHERE token IS NOT NULL ORDER BY rowid")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        let mut found = Vec::new();
        for row in rows {
            // one that is damaged holds up nothing else
            let erasure =
                row.map_err(Into::into).and_then(|(device, token)| Ok(Erasure { device: device.parse()?, token }));
            found.extend(Damage::default().readable(erasure)?);
        }
        Ok(found)
    }

    /// The front has erased it: nothing of it is kept here either.
    pub fn note_gone(&self, device: DeviceId, at: Timestamp) -> Result<()> {
        let connection = self.lock();
        connection.execute(
            "UPDATE erasure SET device = NULL, token = NULL, gone_at = ?2 WHERE device = ?1",
            (device.to_string(), at.to_string()),
        )?;
        clear_log(&connection);
        Ok(())
    }

    /// `None` where nothing was ever erased.
    pub fn erased(&self) -> Result<Option<Erased>> {
        let connection = self.lock();
        let sql = "SELECT at, gone_at, (SELECT count(token) > 0 FROM erasure) FROM erasure ORDER BY rowid DESC LIMIT 1";
        let row: Option<(String, Option<String>, bool)> =
            connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((at, gone_at, waits)) = row else { return Ok(None) };
        // what is damaged of it is as if it were not kept
        let readable = |at: String| Damage::default().readable(at.parse::<Timestamp>().map_err(Into::into));
        let gone_at = gone_at.filter(|_| !waits).map(readable).transpose()?.flatten();
        Ok(readable(at)?.map(|at| Erased { at, waits, gone_at }))
    }

    /// All that is the traveller's on this device, table by table, what names people opened, without what is [`SECRET`].
    pub fn everything(&self) -> Result<Value> {
        let mut connection = self.lock();
        let moment = connection.transaction()?;
        let mut all = Map::new();
        for table in personal(&moment)?.into_iter().filter(|table| table != SECRETS) {
            let rows = rows(&moment, &self.keys, &table)?;
            all.insert(table, rows);
        }
        let mut settings = Map::new();
        for name in settings::names(&moment)?.into_iter().filter(|name| is_personal(name) && !is_secret(name)) {
            let value = moment.query_row("SELECT value FROM setting WHERE name = ?1", [&name], |row| row.get(0))?;
            settings.insert(name, readable(value));
        }
        all.insert("setting".to_owned(), Value::Object(settings));
        Ok(Value::Object(all))
    }
}

/// What is no text is closed, by the row's name, which is its first column.
fn rows(connection: &Connection, keys: &Keys, table: &str) -> Result<Value> {
    use rusqlite::types::ValueRef::{Blob, Integer, Null, Real, Text};
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let mut one = Map::new();
        for (index, column) in columns.iter().enumerate() {
            let value = match row.get_ref(index)? {
                Null => Value::Null,
                Integer(number) => json!(number),
                Real(number) => json!(number),
                Text(text) => readable(String::from_utf8_lossy(text).into_owned()),
                Blob(bytes) => {
                    let row: String = row.get(0)?;
                    let opened = closed::open(keys, [table, column, &row], bytes, &Damage::default());
                    opened.map_or(Value::Null, |text| readable(String::from_utf8_lossy(&text).into_owned()))
                }
            };
            one.insert(column.clone(), value);
        }
        all.push(Value::Object(one));
    }
    Ok(Value::Array(all))
}

/// What is kept as the text of an object or a list is written as that.
fn readable(text: String) -> Value {
    match serde_json::from_str(&text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
        Ok(_) | Err(_) => Value::String(text),
    }
}
