//! What an app before this one left in the clear is closed once, and a key that is gone is noted once.

use contract::record::Kind;
use jiff::Timestamp;

use super::{
    closed,
    database::{Damage, Result, Store},
    forms, mended,
    settings::{self, Setting},
    trips::{self, Draft},
};

/// What lets others act as this device.
const SECRET: [Setting; 2] = [Setting::DeviceToken, Setting::DevicePrivateKey];

impl Store {
    /// Closes what stands open, or under a key that is not used any more; all of it or nothing. Where a key is gone that
    /// is noted once.
    pub fn close_names<D: Draft>(&self, now: Timestamp) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut has_closed = closed::close_anew(&transaction, &self.keys)?;
        has_closed |= trips::close_open::<D>(&transaction, &self.keys)?;
        for trip in trips::join::<D>(&transaction, &self.keys)? {
            self.enqueue(&transaction, Kind::Trip, &trip.to_string(), false)?;
        }
        has_closed |= forms::close_open(&transaction, &self.keys)?;
        for setting in SECRET {
            if let Some(open) = settings::read_any(&transaction, setting, &Damage::default())? {
                closed::write(&transaction, &self.keys, setting, &open)?;
                settings::remove(&transaction, setting)?;
                has_closed = true;
            }
        }
        if closed::is_key_away(&transaction, &self.keys)? {
            // nothing is lost, and the next start may find it
            transaction.commit()?;
            return Ok(());
        }
        let key = self.keys.current().map(|id| String::from_utf8_lossy(&id).into_owned());
        let before = settings::read_any(&transaction, Setting::ClosedWith, &Damage::default())?;
        if key != before {
            if closed::is_key_gone(&transaction, &self.keys)? {
                mended::note_names_lost(&transaction, now)?;
            }
            if let Some(key) = key {
                settings::write(&transaction, Setting::ClosedWith, &key)?;
            }
        }
        transaction.commit()?;
        if has_closed {
            // what stood open leaves the log too
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Whether something stands closed under a key that the keychain may give at another start.
    pub fn is_key_away(&self) -> Result<bool> {
        closed::is_key_away(&self.lock(), &self.keys)
    }
}
