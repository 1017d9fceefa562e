//! What was notified here, or read: each thing once, however many channels bring it.

use std::collections::HashMap;

use contract::{ids::EntryId, place::Area};
use jiff::Timestamp;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use super::database::{Damage, Result, Store, json, to_word, word};

/// How loudly a notification is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loudness {
    /// As urgently as the system can.
    Critical,
    /// As the system shows any notification.
    Normal,
    /// Quietly.
    Low,
    /// For those who hide: one long vibration, a dim screen, no sound, no speech, no second ring.
    Silent,
}

/// What the traveller was told of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saying {
    Warning,
    Ending,
    /// Nothing was notified: it was opened on the screen.
    Read,
    /// What was shown was not the ministry's word.
    Void,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub entry: EntryId,
    pub version: u32,
    pub saying: Saying,
    /// In the language it was shown in.
    pub headline: String,
    /// Where a warning holds. Empty where an app of before showed it.
    pub areas: Vec<Area>,
    /// Unknown where an app of before showed it.
    pub loudness: Option<Loudness>,
    /// Whether the ministry has a receipt of it.
    pub report: bool,
    /// `None` while it could not be shown.
    pub shown_at: Option<Timestamp>,
    /// When what is void now was shown.
    pub warned_at: Option<Timestamp>,
    /// The traveller has put it away.
    pub dismissed: bool,
}

/// A notification that is not shown is tried again after a minute, then two, up to an hour.
pub(super) const FIRST_WAIT_S: i64 = 60;
pub(super) const MOST_DOUBLINGS: u32 = 6;

const COLUMNS: &str = "entry, version, saying, headline, loudness, report, shown_at, warned_at, dismissed, areas";

fn told(row: &Row<'_>) -> Result<Told> {
    let time = |text: Option<String>| text.map(|text| text.parse()).transpose();
    let loudness: Option<String> = row.get(4)?;
    Ok(Told {
        entry: row.get::<_, String>(0)?.parse()?,
        version: row.get(1)?,
        saying: word(row.get(2)?)?,
        headline: row.get(3)?,
        loudness: loudness.map(word).transpose()?,
        report: row.get(5)?,
        shown_at: time(row.get(6)?)?,
        warned_at: time(row.get(7)?)?,
        dismissed: row.get(8)?,
        areas: serde_json::from_str(&row.get::<_, String>(9)?)?,
    })
}

/// What was told of the entries that are held, and of what was void.
pub(super) fn of_held(connection: &Connection, damage: &Damage) -> Result<Vec<Told>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM notice
         WHERE saying = 'void' OR entry IN (SELECT id FROM signed_entry) ORDER BY rowid"
    ))?;
    damage.rows(statement.query([])?, told)
}

/// Forgets what was told of entries that have left. Of one whose last word was a warning that word stays: a later version
/// may end it. That a version was shown is known by its receipt, so that it rings no more where it comes again.
pub(super) fn forget_what_left(connection: &Connection) -> Result<()> {
    connection.execute(
        "DELETE FROM notice WHERE saying <> 'void' AND entry NOT IN (SELECT id FROM signed_entry)
         AND NOT (saying = 'warning' AND shown_at IS NOT NULL AND version = (
             SELECT max(version) FROM notice AS last
             WHERE last.entry = notice.entry AND last.saying IN ('warning', 'ending') AND last.shown_at IS NOT NULL))",
        [],
    )?;
    Ok(())
}

/// What was shown of a version that is void now is to be told, in the transaction that takes the version away.
pub(super) fn voided(connection: &Connection, entry: &EntryId, version: u32) -> Result<()> {
    connection.execute(
        "INSERT INTO notice (entry, version, saying, headline, loudness, warned_at)
         SELECT entry, version, 'void', headline, loudness, min(shown_at) FROM notice
         WHERE entry = ?1 AND version = ?2 AND shown_at IS NOT NULL AND headline <> ''
         GROUP BY entry, version ON CONFLICT DO NOTHING",
        (entry.as_str(), version),
    )?;
    Ok(())
}

impl Store {
    /// What was shown over each version of each entry, as long as it is known, whether the entry is held or not.
    pub fn headlines(&self) -> Result<HashMap<(String, u32), String>> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached("SELECT entry, version, headline FROM notice WHERE headline <> '' ORDER BY rowid")?;
        let read = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?), row.get(2)?));
        Ok(Damage::default().rows(statement.query([])?, read)?.into_iter().collect())
    }

    /// Commits that this is being shown at `now`. False where it was shown, or was tried just now. `told.report` tells
    /// the ministry once it is shown: only of what concerns a registered trip, for the rest would say where the
    /// traveller is.
    pub fn claim_notice(&self, told: &Told, now: Timestamp) -> Result<bool> {
        let now = now.as_second();
        let longest = FIRST_WAIT_S << MOST_DOUBLINGS;
        let claimed = self.lock().execute(
            "INSERT INTO notice (entry, version, saying, headline, loudness, report, next_try, areas)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 + ?8, ?11
             WHERE EXISTS (SELECT 1 FROM notice WHERE entry = ?1 AND version = ?2)
                OR NOT EXISTS (SELECT 1 FROM receipt WHERE entry = ?1 AND version = ?2)
             ON CONFLICT (entry, version, saying) DO UPDATE
             SET tries = tries + 1, next_try = ?7 + (?8 << min(tries + 1, ?9)),
                 headline = excluded.headline, loudness = excluded.loudness, report = excluded.report,
                 areas = excluded.areas
             WHERE shown_at IS NULL AND (next_try <= ?7 OR next_try > ?7 + ?10)",
            (
                told.entry.as_str(),
                told.version,
                to_word(&told.saying)?,
                &told.headline,
                told.loudness.map(|loudness| to_word(&loudness)).transpose()?,
                told.report,
                now,
                FIRST_WAIT_S,
                MOST_DOUBLINGS,
                longest,
                json(&told.areas)?,
            ),
        )?;
        Ok(claimed == 1)
    }

    /// It was shown. Only now is it delivered.
    pub fn notice_shown(&self, entry: &EntryId, version: u32, saying: Saying, at: Timestamp) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let report: Vec<bool> = transaction
            .prepare_cached(
                "UPDATE notice SET shown_at = ?4 WHERE entry = ?1 AND version = ?2 AND saying = ?3
                 AND shown_at IS NULL RETURNING report",
            )?
            .query_map((entry.as_str(), version, to_word(&saying)?, at.to_string()), |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        if let [report] = report.as_slice()
            && saying != Saying::Void
        {
            self.keep_receipt(&transaction, entry, version, at, *report)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Notes the first reading of an advisory; the ministry hears of it where it heard that it was notified.
    pub fn mark_read(&self, entry: &EntryId, version: u32, headline: &str, at: Timestamp) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            "INSERT INTO notice (entry, version, saying, headline, loudness, shown_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING",
            (entry.as_str(), version, to_word(&Saying::Read)?, headline, to_word(&Loudness::Low)?, at.to_string()),
        )?;
        self.note_read(&transaction, entry, version, at)?;
        transaction.commit()?;
        Ok(())
    }

    /// The traveller has seen which warnings were void.
    pub fn dismiss_voids(&self) -> Result<()> {
        self.lock().execute("UPDATE notice SET dismissed = 1 WHERE saying = ?1", [to_word(&Saying::Void)?])?;
        Ok(())
    }
}
