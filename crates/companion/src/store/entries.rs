//! The bulletin's live entries and how far the log has been followed.

use contract::{
    bulletin::{Hash, Place},
    ids::EntryId,
};

use super::{
    database::{Result, Store},
    settings::{self, Setting},
};

impl Store {
    /// The live entries as they were signed, and whether each came across a gap in the log.
    pub fn entries(&self) -> Result<Vec<(String, bool)>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT jws, ahead FROM entry")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Keeps verified entries `(id, version, jws)` and the place in the log they bring the device to;
    /// without one they came across a gap.
    /// A lower version never replaces a higher one.
    pub fn keep_entries(&self, entries: &[(EntryId, u32, &str)], place: Option<Place>) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for (id, version, jws) in entries {
            transaction.execute(
                "INSERT INTO entry (id, version, jws, ahead) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET version = excluded.version, jws = excluded.jws, ahead = excluded.ahead
                 WHERE excluded.version >= version",
                (id.as_str(), version, jws, place.is_none()),
            )?;
        }
        if let Some(place) = place {
            settings::write(&transaction, Setting::LogSeq, &place.seq.to_string())?;
            settings::write(&transaction, Setting::LogHash, &place.hash.to_string())?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// How far the log has been followed without a gap.
    pub fn place(&self) -> Result<Place> {
        let (seq, hash) = (self.setting(Setting::LogSeq)?, self.setting(Setting::LogHash)?);
        let place = seq
            .zip(hash)
            .and_then(|(seq, hash)| Some(Place { seq: seq.parse().ok()?, hash: Hash::try_from(hash).ok()? }));
        Ok(place.unwrap_or_default())
    }
}
