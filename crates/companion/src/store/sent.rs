//! What left this device for the ministry: noted before it goes, and again when the front has taken it.

use contract::{
    ids::CheckInId,
    record::{Kind, Need, PeopleByStatus},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::{
    database::{Damage, Result, Store, json},
    outbox::{self, Item},
    settings::{self, Setting},
};

/// More would not be read: what is over goes first. What stands with the ministry is listed, however much and old it is.
const MOST: u32 = 1_000;
/// Another version of it was taken since, or its deletion was.
const IS_OVER: &str = "body IS NULL AND taken_at IS NOT NULL OR EXISTS (SELECT 1 FROM sent AS newer
     WHERE newer.kind = sent.kind AND newer.id = sent.id AND newer.version > sent.version AND newer.taken_at IS NOT NULL)";

/// One version of one record, as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub kind: Kind,
    pub id: String,
    pub version: u32,
    /// The last time it was sent.
    pub at: Timestamp,
    pub host: String,
    /// JSON; absent where the record's deletion was asked for.
    pub body: Option<String>,
    /// When the front took it; absent where no answer came yet, or it said no.
    pub taken_at: Option<Timestamp>,
    /// It was opened as an SMS, to the number `host`, and said this; nobody here knows whether that was sent.
    pub by_sms: Option<SaidBySms>,
}

/// When the front took each word and call first.
pub(super) fn first_received(connection: &Connection, damage: &Damage) -> Result<Vec<(Kind, String, Timestamp)>> {
    let sql = "SELECT kind, id, min(taken_at) FROM sent
               WHERE kind IN (?1, ?2) AND taken_at IS NOT NULL AND body IS NOT NULL GROUP BY kind, id";
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        let Some(kind) = outbox::named(&row.get::<_, String>(0)?) else { return Ok(None) };
        Ok(Some((kind, row.get(1)?, row.get::<_, String>(2)?.parse()?)))
    };
    let kinds = [Kind::CheckIn, Kind::Call].map(outbox::name);
    Ok(damage.rows(statement.query(kinds)?, read)?.into_iter().flatten().collect())
}

/// What an SMS said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaidBySms {
    /// How many are how.
    pub people: PeopleByStatus,
    /// What they need.
    pub needs: Vec<Need>,
}

/// A word as it was written as an SMS, which only the ministry can open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenSms {
    pub check_in: CheckInId,
    pub version: u32,
    /// How many are how.
    pub said: PeopleByStatus,
    /// What they need.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// The whole of it.
    pub text: String,
}

impl WrittenSms {
    /// Of which nobody here knows any more what it said.
    pub fn of_unknown(check_in: CheckInId, text: String) -> Self {
        Self { check_in, version: 0, said: PeopleByStatus::new(), needs: Vec::new(), text }
    }
}

/// What is about to go, and the JSON of it.
pub type Leaving<'a> = (&'a Item, Option<String>);

const COLUMNS: &str = "kind, id, version, at, host, body, taken_at, said, needs";

/// Stands for the kind of a check-in that was opened as an SMS.
const SMS: &str = "sms";

/// `None` for a kind that only a newer app sends.
fn sent(row: &Row<'_>) -> Result<Option<Sent>> {
    let name: String = row.get(0)?;
    let is_sms = name == SMS;
    let Some(kind) = (if is_sms { Some(Kind::CheckIn) } else { outbox::named(&name) }) else { return Ok(None) };
    Ok(Some(Sent {
        kind,
        id: row.get(1)?,
        version: row.get(2)?,
        at: row.get::<_, String>(3)?.parse()?,
        host: row.get(4)?,
        body: row.get(5)?,
        taken_at: row.get::<_, Option<String>>(6)?.map(|at| at.parse()).transpose()?,
        by_sms: is_sms.then(|| said(row)).transpose()?,
    }))
}

/// An app before this one did not note what an SMS said.
fn said(row: &Row<'_>) -> Result<SaidBySms> {
    let (people, needs): (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
    Ok(SaidBySms {
        people: people.map(|people| serde_json::from_str(&people)).transpose()?.unwrap_or_default(),
        needs: needs.map(|needs| serde_json::from_str(&needs)).transpose()?.unwrap_or_default(),
    })
}

/// The last word that was written as an SMS; an app before this one kept its id alone.
pub(super) fn written_sms(connection: &Connection) -> Result<Option<WrittenSms>> {
    let Some(kept) = settings::read_any(connection, Setting::BySms, &Damage::default())? else { return Ok(None) };
    let id_alone = || Some(WrittenSms::of_unknown(kept.parse().ok()?, String::new()));
    Ok(serde_json::from_str(&kept).ok().or_else(id_alone))
}

/// When a word was last opened as an SMS.
pub(super) fn sms_opened_at(connection: &Connection, id: CheckInId) -> Result<Option<Timestamp>> {
    let sql = "SELECT max(at) FROM sent WHERE kind = ?1 AND id = ?2";
    let at: Option<String> = connection.query_row(sql, [SMS, &id.to_string()], |row| row.get(0))?;
    Ok(at.map(|at| at.parse()).transpose()?)
}

/// Whether it may be with the ministry: it left, whatever came of it, or was received.
pub(super) fn has_left(connection: &Connection, kind: Kind, id: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM sent WHERE kind = ?1 AND id = ?2 AND body IS NOT NULL
               UNION ALL SELECT 1 FROM outbox WHERE kind = ?1 AND id = ?2 AND received_version > 0 LIMIT 1";
    Ok(connection.query_row(sql, [outbox::name(kind), id], |_| Ok(())).optional()?.is_some())
}

impl Store {
    /// Notes what goes to `host` now, and forgets what went before `since` and stands no more. False where one of it was
    /// erased meanwhile: then nothing may go, and nothing is noted.
    pub fn note_leaving(&self, leaving: &[Leaving], host: &str, at: Timestamp, since: Timestamp) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for (item, body) in leaving {
            let noted = transaction.execute(
                "INSERT INTO sent (kind, id, version, at, host, body)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM outbox WHERE kind = ?1 AND id = ?2)
                 ON CONFLICT (kind, id, version) DO UPDATE
                 SET at = excluded.at, host = excluded.host, body = excluded.body, taken_at = NULL",
                (outbox::name(item.kind), &item.id, item.version, at.to_string(), host, body),
            )?;
            if noted == 0 {
                return Ok(false);
            }
        }
        transaction.execute(
            "DELETE FROM sent WHERE at < ?1 AND kind <> 'device'
             AND NOT EXISTS (SELECT 1 FROM trip WHERE trip.id = sent.id AND deleted = 0)",
            [since.to_string()],
        )?;
        transaction.execute(
            &format!(
                "DELETE FROM sent WHERE rowid IN (SELECT rowid FROM sent WHERE {IS_OVER} ORDER BY at, rowid
                 LIMIT max(0, (SELECT count(*) FROM sent) - ?1))"
            ),
            [MOST],
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// Keeps what an SMS says before anybody sees it.
    pub fn keep_written(&self, sms: &WrittenSms) -> Result<()> {
        settings::write(&self.lock(), Setting::BySms, &json(sms)?)
    }

    pub fn written_sms(&self) -> Result<Option<WrittenSms>> {
        written_sms(&self.lock())
    }

    /// Notes that a word is opened as an SMS; of one that is opened again as it was, the last.
    pub fn note_sms(&self, sms: &WrittenSms, number: &str, at: Timestamp) -> Result<()> {
        self.lock().execute(
            "INSERT INTO sent (kind, id, version, at, host, body, said, needs) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (kind, id, version) DO UPDATE SET at = excluded.at, host = excluded.host,
             body = excluded.body, said = excluded.said, needs = excluded.needs",
            (
                SMS,
                sms.check_in.to_string(),
                sms.version,
                at.to_string(),
                number,
                &sms.text,
                json(&sms.said)?,
                json(&sms.needs)?,
            ),
        )?;
        Ok(())
    }

    /// The newest first.
    pub fn sent(&self) -> Result<Vec<Sent>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM sent ORDER BY at DESC, rowid DESC"))?;
        Ok(Damage::default().rows(statement.query([])?, sent)?.into_iter().flatten().collect())
    }
}
