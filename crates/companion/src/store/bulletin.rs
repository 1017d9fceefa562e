//! The bulletin's live entries and how far the log has been followed.

use super::{Result, Setting, Store, settings};
use contract::{
    bulletin::{Hash, Place},
    ids::EntryId,
};

impl Store {
    /// The live entries, as they were signed.
    pub fn entries(&self) -> Result<Vec<String>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT jws FROM entry")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Keeps verified entries `(id, version, jws)` and the place in the log they bring the device to.
    /// A lower version never replaces a higher one.
    pub fn keep_entries(&self, entries: &[(EntryId, u32, &str)], place: Option<Place>) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for (id, version, jws) in entries {
            transaction.execute(
                "INSERT INTO entry (id, version, jws) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET version = excluded.version, jws = excluded.jws
                 WHERE excluded.version > version",
                (id.as_str(), version, jws),
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
