//! What the ministry is told of advisories that were shown here, and read.

use contract::{
    ids::EntryId,
    record::{Kind, Receipt},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::database::{Result, Store};

/// A receipt's id in the outbox.
fn outbox_id(entry: &EntryId, version: u32) -> String {
    format!("{entry}@{version}")
}

impl Store {
    /// An advisory was shown here; `report` tells the ministry.
    pub(super) fn keep_receipt(
        &self,
        connection: &Connection,
        entry: &EntryId,
        version: u32,
        at: Timestamp,
        report: bool,
    ) -> Result<()> {
        let kept = connection.execute(
            "INSERT INTO receipt (entry, version, delivered_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            (entry.as_str(), version, at.to_string()),
        )?;
        if kept == 1 && report {
            self.enqueue(connection, Kind::Receipts, &outbox_id(entry, version), false)?;
        }
        Ok(())
    }

    /// The first reading of what was shown; the ministry hears of it where it heard of that.
    pub(super) fn note_read(
        &self,
        connection: &Connection,
        entry: &EntryId,
        version: u32,
        at: Timestamp,
    ) -> Result<()> {
        let first = connection.execute(
            "UPDATE receipt SET read_at = ?3 WHERE entry = ?1 AND version = ?2 AND read_at IS NULL",
            (entry.as_str(), version, at.to_string()),
        )?;
        let id = outbox_id(entry, version);
        if first == 1 && Self::version_of(connection, Kind::Receipts, &id)?.is_some() {
            self.enqueue(connection, Kind::Receipts, &id, false)?;
        }
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
