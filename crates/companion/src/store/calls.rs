//! Taps on a number, and what came of them. Only calls to the ministry go into the outbox.

use std::collections::HashSet;

use contract::{
    ids::CallId,
    place::CountryCode,
    record::{CallOutcome, Kind, PrivateCheckIn},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    check_ins::CheckIn,
    database::{Damage, Result, Store, to_word, word},
    settings::{self, Setting},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub id: CallId,
    pub number: String,
    pub way: CallWay,
    pub country: Option<CountryCode>,
    pub outcome: CallOutcome,
    /// Whether something here took the number.
    pub dialled: bool,
    pub at: Timestamp,
}

/// How a number was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallWay {
    /// It was dialled.
    Voice,
    /// A text message was begun.
    Sms,
}

fn call(row: &Row<'_>) -> Result<Call> {
    Ok(Call {
        id: row.get::<_, String>(0)?.parse()?,
        number: row.get(1)?,
        country: row.get::<_, Option<String>>(2)?.map(|code| code.parse()).transpose()?,
        outcome: word(row.get(3)?)?,
        dialled: row.get(4)?,
        at: row.get::<_, String>(5)?.parse()?,
        way: word(row.get(6)?)?,
    })
}

const COLUMNS: &str = "id, number, country, outcome, dialled, at, way";

pub(super) fn latest(connection: &Connection, damage: &Damage) -> Result<Option<Call>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM call ORDER BY rowid DESC LIMIT 1"))?;
    let latest = statement.query_row([], |row| Ok(damage.readable(call(row)))).optional()?.transpose()?;
    Ok(latest.flatten())
}

impl Store {
    /// Those that were an SMS.
    pub fn calls_by_sms(&self) -> Result<HashSet<CallId>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT id FROM call WHERE way = ?1")?;
        let ids = statement.query_map([to_word(&CallWay::Sms)?], |row| row.get::<_, String>(0))?;
        ids.map(|id| Ok(id?.parse()?)).collect()
    }

    /// Keeps a tap; `report` puts it into the outbox.
    pub fn save_call(&self, call: &Call, report: bool) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            &format!("INSERT INTO call ({COLUMNS}, report) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
            (
                call.id.to_string(),
                &call.number,
                call.country.map(|code| code.to_string()),
                to_word(&call.outcome)?,
                call.dialled,
                call.at.to_string(),
                to_word(&call.way)?,
                report,
            ),
        )?;
        if report {
            self.enqueue(&transaction, Kind::Call, &call.id.to_string(), true)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// What came of a call, and the word that comes of that: both or nothing. False where there is no such call.
    pub fn set_call_outcome(
        &self,
        id: CallId,
        outcome: CallOutcome,
        word: Option<(&CheckIn, Option<&PrivateCheckIn>)>,
    ) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let changed =
            transaction.execute("UPDATE call SET outcome = ?2 WHERE id = ?1", (id.to_string(), to_word(&outcome)?))?;
        if Self::version_of(&transaction, Kind::Call, &id.to_string())?.is_some() {
            self.enqueue(&transaction, Kind::Call, &id.to_string(), true)?;
        }
        if let Some((word, carried)) = word.filter(|_| changed > 0) {
            self.put_check_in(&transaction, word, carried)?;
        }
        transaction.commit()?;
        Ok(changed > 0)
    }

    /// Whoever still needed help after the latest call does not say so any more; what came of it is not asked again.
    pub(super) fn take_outcome_back(&self, connection: &Connection) -> Result<()> {
        let still = |call: &Call| call.outcome == CallOutcome::StillNeedHelp;
        let Some(call) = latest(connection, &Damage::default())?.filter(still) else { return Ok(()) };
        let name = call.id.to_string();
        settings::write(connection, Setting::Unasked, &name)?;
        connection.execute("UPDATE call SET outcome = ?2 WHERE id = ?1", (&name, to_word(&CallOutcome::Called)?))?;
        if Self::version_of(connection, Kind::Call, &name)?.is_some() {
            self.enqueue(connection, Kind::Call, &name, true)?;
        }
        Ok(())
    }

    pub fn call(&self, id: CallId) -> Result<Option<Call>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM call WHERE id = ?1"))?;
        statement.query_row([id.to_string()], |row| Ok(call(row))).optional()?.transpose()
    }
}
