//! The bulletin's signed entries and how far the log has been followed.

use contract::{hash::Hash, ids::EntryId};
use rusqlite::{Connection, Row};

use super::{
    database::{Damage, Result, Store},
    notices,
    settings::{self, Setting},
};

/// An entry as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEntry {
    pub id: EntryId,
    pub version: u32,
    /// Compact.
    pub jws: String,
    /// Its place in the log; `None` where it came without one, or across a gap.
    pub seq: Option<u64>,
}

/// How far the log has been followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    pub seq: u64,
    /// Of frame `seq`. Unknown right behind a snapshot.
    pub hash: Option<Hash>,
}

impl Default for Followed {
    fn default() -> Self {
        Self { seq: 0, hash: Some(Hash::ZERO) }
    }
}

/// What changes together, in one transaction.
#[derive(Debug, Default)]
pub struct Step {
    /// The older versions of an id that is kept leave; one that is not shown leaves them.
    pub kept: Vec<SignedEntry>,
    pub not_shown: Vec<SignedEntry>,
    pub gone: Vec<(EntryId, u32)>,
    /// These leave as if never seen, and those who were shown them are told.
    pub voided: Vec<(EntryId, u32)>,
    /// What stood behind this place stood in another log: it has no place now.
    pub displaced_behind: Option<u64>,
    pub followed: Option<Followed>,
    /// Up to here a watermark proves the log.
    pub proven: Option<u64>,
    pub settings: Vec<(Setting, Option<String>)>,
}

impl Store {
    /// One that cannot be read comes again.
    pub fn signed_entries(&self) -> Result<Vec<SignedEntry>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT id, version, jws, seq FROM signed_entry")?;
        Damage::default().rows(statement.query([])?, signed_entry)
    }

    pub fn take_step(&self, step: &Step) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for (id, version) in &step.voided {
            notices::voided(&transaction, id, *version)?;
        }
        for (id, version) in step.gone.iter().chain(&step.voided) {
            transaction.execute("DELETE FROM signed_entry WHERE id = ?1 AND version = ?2", (id.as_str(), version))?;
        }
        if let Some(seq) = step.displaced_behind {
            transaction.execute("UPDATE signed_entry SET seq = NULL WHERE seq > ?1", [seq])?;
        }
        for entry in &step.kept {
            transaction.execute(
                "DELETE FROM signed_entry WHERE id = ?1 AND version < ?2",
                (entry.id.as_str(), entry.version),
            )?;
        }
        for entry in step.kept.iter().chain(&step.not_shown) {
            keep(&transaction, entry)?;
        }
        if let Some(followed) = step.followed {
            let hash = followed.hash.map(|hash| hash.to_string()).unwrap_or_default();
            settings::write(&transaction, Setting::FollowedSeq, &followed.seq.to_string())?;
            settings::write(&transaction, Setting::FollowedHash, &hash)?;
        }
        if let Some(proven) = step.proven {
            settings::write(&transaction, Setting::ProvenSeq, &proven.to_string())?;
        }
        if !step.gone.is_empty() || !step.voided.is_empty() {
            notices::forget_what_left(&transaction)?;
        }
        for (setting, value) in &step.settings {
            match value {
                Some(value) => settings::write(&transaction, *setting, value)?,
                None => settings::remove(&transaction, *setting)?,
            }
        }
        transaction.commit()?;
        Ok(())
    }

    pub fn followed(&self) -> Result<Followed> {
        let seq = self.setting(Setting::FollowedSeq)?.and_then(|seq| seq.parse().ok());
        let hash = self.setting(Setting::FollowedHash)?.and_then(|hash| Hash::try_from(hash).ok());
        Ok(seq.map_or_else(Followed::default, |seq| Followed { seq, hash }))
    }

    /// The key sets 1, 2, … as they came, up to one that cannot be read: it comes again, and those after it.
    pub fn key_sets(&self) -> Result<Vec<String>> {
        let (connection, damage) = (self.lock(), Damage::default());
        let mut statement = connection.prepare_cached("SELECT document FROM key_set ORDER BY number")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(document) = damage.readable(row.get(0).map_err(Into::into))? else { break };
            found.push(document);
        }
        Ok(found)
    }

    pub fn keep_key_set(&self, number: u32, document: &str) -> Result<()> {
        self.lock().execute(
            "INSERT INTO key_set (number, document) VALUES (?1, ?2)
             ON CONFLICT (number) DO UPDATE SET document = excluded.document",
            (number, document),
        )?;
        Ok(())
    }
}

fn signed_entry(row: &Row<'_>) -> Result<SignedEntry> {
    let id: String = row.get(0)?;
    Ok(SignedEntry { id: id.parse()?, version: row.get(1)?, jws: row.get(2)?, seq: row.get(3)? })
}

fn keep(connection: &Connection, entry: &SignedEntry) -> Result<()> {
    connection.execute(
        "INSERT INTO signed_entry (id, version, jws, seq) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id, version) DO UPDATE SET jws = excluded.jws, seq = coalesce(excluded.seq, seq)",
        (entry.id.as_str(), entry.version, &entry.jws, entry.seq),
    )?;
    Ok(())
}
