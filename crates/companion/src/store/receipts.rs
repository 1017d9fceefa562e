//! Which advisories were notified here, and which were read.

use contract::{ids::EntryId, records::Receipt};
use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::{
    database::{Result, Store},
    outbox::Kind,
};

/// A receipt's id in the outbox.
fn outbox_id(entry: &EntryId, version: u32) -> String {
    format!("{entry}@{version}")
}

impl Store {
    /// Commits that `(entry, version)` is being notified. False where it already was. `report` tells the ministry:
    /// only of what concerns a registered trip, for the rest would say where the traveller is.
    pub fn claim_notification(&self, entry: &EntryId, version: u32, at: Timestamp, report: bool) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let claimed = transaction.execute(
            "INSERT INTO receipt (entry, version, delivered_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            (entry.as_str(), version, at.to_string()),
        )?;
        if claimed == 1 && report {
            self.enqueue(&transaction, Kind::Receipt, &outbox_id(entry, version), false)?;
        }
        transaction.commit()?;
        Ok(claimed == 1)
    }

    /// Notes the first reading of an advisory that was notified here; the ministry hears of it where it heard of that.
    pub fn mark_read(&self, entry: &EntryId, version: u32, at: Timestamp) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let first = transaction.execute(
            "UPDATE receipt SET read_at = ?3 WHERE entry = ?1 AND version = ?2 AND read_at IS NULL",
            (entry.as_str(), version, at.to_string()),
        )?;
        let id = outbox_id(entry, version);
        if first == 1 && Self::version_of(&transaction, Kind::Receipt, &id)?.is_some() {
            self.enqueue(&transaction, Kind::Receipt, &id, false)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The receipt under its id in the outbox.
    pub fn receipt(&self, id: &str) -> Result<Option<Receipt>> {
        let Some((entry, version)) = id.rsplit_once('@') else { return Ok(None) };
        let connection = self.lock();
        let row: Option<(u32, String, Option<String>)> = connection
            .query_row(
                "SELECT version, delivered_at, read_at FROM receipt WHERE entry = ?1 AND version = ?2",
                (entry, version),
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((version, delivered_at, read_at)) = row else { return Ok(None) };
        let delivered_at = delivered_at.parse()?;
        Ok(Some(Receipt {
            entry: entry.parse()?,
            version,
            delivered_at,
            shown_at: Some(delivered_at),
            read_at: read_at.map(|at| at.parse()).transpose()?,
        }))
    }
}
