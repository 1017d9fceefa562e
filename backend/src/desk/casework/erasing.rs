//! Whoever erases everything is gone from the desk too: that there was a case stays, and nothing of who they are.

use std::collections::{BTreeSet, HashSet};

use contract::ids::DeviceId;
use jiff::Timestamp;
use rusqlite::params;

use super::{
    Change, Reading, Result,
    acts::Outcome,
    page::{EventWord, What},
    stamp,
};
use crate::register::changes::digest;

impl Reading<'_> {
    /// The devices whose cases were made of what was erased. A register that was restored lacks devices that come again,
    /// and erased nothing of them.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn devices_of_erased(&self, erased: &HashSet<(String, String)>) -> Result<BTreeSet<DeviceId>> {
        if erased.is_empty() {
            return Ok(BTreeSet::new());
        }
        let sql = "SELECT device, sources.kind, sources.id FROM sources JOIN cases USING (number) WHERE erased_us IS NULL \
                   UNION ALL SELECT device, 'message', messages.id FROM messages JOIN cases USING (number) \
                   WHERE erased_us IS NULL AND state IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut devices = BTreeSet::new();
        while let Some(row) = rows.next()? {
            if erased.contains(&(row.get(1)?, digest(&row.get::<_, String>(2)?))) {
                devices.insert(row.get::<_, String>(0)?.parse()?);
            }
        }
        Ok(devices)
    }
}

impl Change<'_> {
    /// Takes away all that is kept of a device, and closes its cases.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn erase(&mut self, device: DeviceId, now: Timestamp) -> Result<()> {
        for number in self.cases_of(device)? {
            if self.reading().case(number)?.closed_at.is_none() {
                self.close(number, Outcome::Erased, None, None, now)?;
            }
            let of_case = [
                "UPDATE events SET private = NULL WHERE number = ?1",
                "UPDATE promises SET what = NULL WHERE number = ?1",
                "UPDATE messages SET private = NULL, letter = NULL WHERE number = ?1",
                "DELETE FROM sources WHERE number = ?1",
            ];
            for sql in of_case {
                self.transaction.execute(sql, [number])?;
            }
            self.transaction.execute(
                "UPDATE cases SET version = version + 1, erased_us = ?2, private = NULL, because = NULL, rank_reason = NULL, \
                 step = NULL, step_due_us = NULL, own_word = NULL, country = NULL, airport = NULL, whose = '' \
                 WHERE number = ?1",
                params![number, stamp(now)],
            )?;
            self.tell(number, now, What::Erased, None, &EventWord::default())?;
        }
        self.transaction.execute("DELETE FROM sms WHERE device = ?1", [device.to_string()])?;
        self.transaction.execute("DELETE FROM devices WHERE id = ?1", [device.to_string()])?;
        Ok(())
    }

    fn cases_of(&self, device: DeviceId) -> Result<Vec<u32>> {
        let sql = "SELECT number FROM cases WHERE device = ?1 AND erased_us IS NULL";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let rows = statement.query_map([device.to_string()], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
