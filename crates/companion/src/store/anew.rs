//! A device that the ministry knows no more: what it sent is another's there, so what goes on goes under new ids.

use contract::{
    ids::{CallId, CheckInId, MessageId, TripId},
    record::Kind,
};
use jiff::Timestamp;
use rand::rngs::StdRng;
use rusqlite::Connection;

use super::{
    check_ins,
    database::{Damage, Result, Store},
    identity::{self, Identity},
    left_behind, mended, messages,
    outbox::{self, Item},
    settings::{self, Setting},
    trips, undoable,
};

impl Store {
    /// Keeps a new identity in the place of one that was lost. Of the trips those that `lives` names are sent again; of
    /// the words the latest is, and whatever the ministry lacks.
    pub fn begin_anew(
        &self,
        identity: &Identity,
        lives: impl Fn(TripId) -> bool,
        now: Timestamp,
        rng: &mut StdRng,
    ) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let damage = Damage::default();
        left_behind::note(&transaction, now)?;
        let latest = check_ins::latest(&transaction, &damage)?.map(|latest| latest.id.to_string());
        for item in outbox::all(&transaction, &damage)? {
            match item.kind {
                Kind::Device => outbox::forget(&transaction, item.kind, &item.id)?,
                // under its own id it is whole again once its key is there
                Kind::Trip if trips::is_closed_away(&transaction, &self.keys, &item.id)? => {}
                Kind::Trip => {
                    let is_kept = trips::is_kept(&transaction, &item.id)?;
                    let lives = item.id.parse().is_ok_and(&lives);
                    if is_kept && (lives || item.is_lacking()) {
                        let id = TripId::random(rng).to_string();
                        trips::rename(&transaction, &item.id, &id)?;
                        self.send_as(&transaction, &item, &id)?;
                    } else if item.is_lacking() {
                        // only the device that was could take it back, and that it did not is noted
                        outbox::forget(&transaction, item.kind, &item.id)?;
                    }
                }
                // only the device that was could take it back
                Kind::CheckIn if check_ins::is_taken_back(&transaction, &item.id)? => {
                    outbox::forget(&transaction, item.kind, &item.id)?;
                }
                Kind::CheckIn if item.is_lacking() || latest.as_ref() == Some(&item.id) => {
                    let id = CheckInId::random(rng).to_string();
                    rename_closed(&transaction, "check_in", &item.id, &id)?;
                    self.send_as(&transaction, &item, &id)?;
                }
                Kind::Call if item.is_lacking() => {
                    let id = CallId::random(rng).to_string();
                    rename(&transaction, "call", &item.id, &id)?;
                    self.send_as(&transaction, &item, &id)?;
                }
                Kind::Message if item.is_lacking() => {
                    let id = MessageId::random(rng).to_string();
                    rename_closed(&transaction, "message", &item.id, &id)?;
                    self.send_as(&transaction, &item, &id)?;
                }
                Kind::CheckIn | Kind::Call | Kind::Message | Kind::Receipts => {}
            }
        }
        messages::begin_anew(&transaction)?;
        // it names the device that was
        settings::remove(&transaction, Setting::Paper)?;
        // what is to be taken back is bound to ids that are no more
        undoable::forget_all(&transaction)?;
        identity::write(&transaction, &self.keys, identity)?;
        self.enqueue(&transaction, Kind::Device, &identity.id.to_string(), false)?;
        mended::note_new_device(&transaction, now)?;
        transaction.commit()?;
        Ok(())
    }

    fn send_as(&self, connection: &Connection, item: &Item, id: &str) -> Result<()> {
        outbox::forget(connection, item.kind, &item.id)?;
        self.enqueue(connection, item.kind, id, item.help)?;
        Ok(())
    }
}

fn rename(connection: &Connection, table: &str, before: &str, after: &str) -> Result<()> {
    connection.execute(&format!("UPDATE {table} SET id = ?2 WHERE id = ?1"), [before, after])?;
    Ok(())
}

/// The same of a row of which something is closed: that stays bound to the id that it had.
fn rename_closed(connection: &Connection, table: &str, before: &str, after: &str) -> Result<()> {
    let sql = format!("UPDATE {table} SET id = ?2, closed_as = coalesce(closed_as, id) WHERE id = ?1");
    connection.execute(&sql, [before, after])?;
    Ok(())
}
