//! A trip that was moved by a code on paper takes its cases along: whoever leads it now is answered, and erases.

use contract::ids::DeviceId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{
    Change, Reading, Result,
    letters::Pen,
    page::{EventWord, What},
    stamp,
};
use crate::desk::leads::{Leads, Moved};

impl Change<'_> {
    /// Gives each case to the device that leads its trip now; with it what the former device had said of no trip until then.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn follow_trips(&mut self, leads: &Leads, now: Timestamp) -> Result<()> {
        for moved in leads.all() {
            for number in self.left_behind(moved)? {
                self.give(number, moved, now)?;
            }
        }
        Ok(())
    }

    /// The cases of a former device that go with the trip.
    fn left_behind(&self, moved: &Moved) -> Result<Vec<u32>> {
        let sql = "SELECT number FROM cases WHERE device = ?1 AND erased_us IS NULL \
                   AND (whose = ?2 OR whose NOT LIKE 'trip %' AND whose <> 'sms' AND arrived_us < ?3) ORDER BY number";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let of = params![moved.from.to_string(), of_trip(moved), stamp(moved.at)];
        let numbers = statement.query_map(of, |row| row.get(0))?;
        Ok(numbers.collect::<std::result::Result<_, _>>()?)
    }

    fn give(&mut self, number: u32, moved: &Moved, now: Timestamp) -> Result<()> {
        let (to, from) = (moved.to.to_string(), moved.from.to_string());
        // where both phones have an open case for the same, both stay on the board
        self.transaction.execute(
            "UPDATE cases SET version = version + 1, device = ?2, untold = 1, whose = CASE WHEN closed_us IS NULL AND EXISTS \
             (SELECT 1 FROM cases AS other WHERE other.device = ?2 AND other.whose = cases.whose AND other.closed_us IS NULL) \
             THEN whose || ' of ' || ?3 ELSE whose END WHERE number = ?1",
            params![number, to, from],
        )?;
        // sealed to the phone that is lost: whoever wrote it sees that it did not go
        self.withdraw_letters(number)?;
        self.tell(number, now, What::Moved, None, &EventWord::default())
    }

    /// Letters that wait do not go any more.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn withdraw_letters(&mut self, number: u32) -> Result<()> {
        let sql = "UPDATE messages SET state = 'refused', letter = NULL WHERE number = ?1 AND state = 'waiting'";
        self.transaction.execute(sql, [number])?;
        Ok(())
    }

    /// Tells those who could not be told how their case stands, as far as their device's key is known by now.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn tell_the_untold(&mut self, pen: &Pen, now: Timestamp) -> Result<()> {
        for number in self.reading().untold()? {
            self.tell_person(number, pen, now)?;
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// Open cases whose person is still to be told how they stand, and can be.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn untold(&self) -> Result<Vec<u32>> {
        let sql = "SELECT number FROM cases JOIN devices ON devices.id = cases.device \
                   WHERE untold = 1 AND closed_us IS NULL ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql)?;
        let numbers = statement.query_map([], |row| row.get(0))?;
        Ok(numbers.collect::<std::result::Result<_, _>>()?)
    }

    /// The newest open case of one of these devices for which `condition` holds, those of the first before those of the next.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn newest_open(&self, condition: &str, devices: &[DeviceId], by: &str) -> Result<Option<u32>> {
        let sql = format!(
            "SELECT number FROM cases WHERE device = ?1 AND {condition} AND closed_us IS NULL \
             ORDER BY number DESC LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        for device in devices {
            let found = statement.query_row([&device.to_string(), by], |row| row.get(0)).optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

/// As a case of it is keyed.
fn of_trip(moved: &Moved) -> String {
    format!("trip {}", moved.trip)
}
