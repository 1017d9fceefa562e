//! A trip that was moved by a code on paper: whoever leads it now is answered, and erases, once an officer said that it is
//! the same person. Who holds the paper may be whom she fears.

use std::collections::{HashMap, HashSet};

use contract::ids::{DeviceId, TripId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{
    CaseworkError, Change, Reading, Result,
    cases::Row,
    intake::BY_VOICE,
    letters::Pen,
    officers::Badge,
    page::{EventWord, What},
    stamp,
};
use crate::desk::{
    leads::{Leads, Moved},
    mirror::Mirror,
};

/// A case of a trip.
struct OfTrip {
    number: u32,
    device: DeviceId,
    trip: TripId,
    is_open: bool,
}

impl Change<'_> {
    /// Gives the cases of moved trips to the devices that lead them now, as far as an officer confirmed it; of the others it
    /// is noted that they moved. What a device said of no trip never goes along.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn follow_trips(&mut self, moves: &Leads, confirmed: &Leads, now: Timestamp) -> Result<()> {
        self.forget_what_moved_back(moves)?;
        if moves.all().next().is_none() {
            return Ok(());
        }
        for OfTrip { number, device, trip, is_open } in self.reading().of_trips()? {
            if let Some(moved) = confirmed.of_trip(device, trip) {
                self.give(number, moved)?;
            } else if let Some(moved) = moves.of_trip(device, trip)
                && is_open
                && self.note_move(moved, now)?
            {
                let sql = "UPDATE cases SET version = version + 1 WHERE number = ?1";
                self.transaction.execute(sql, [number])?;
                self.tell(number, now, What::Moved, None, &EventWord::default())?;
            }
        }
        Ok(())
    }

    /// A move that nobody confirmed, and that is no more, is confirmed by nobody: the trip came back, was moved on, or is
    /// gone. Whoever read that it moved reads the case anew.
    fn forget_what_moved_back(&mut self, moves: &Leads) -> Result<()> {
        let unconfirmed = self.reading().moves("confirmed_us IS NULL")?;
        for gone in unconfirmed.iter().filter(|moved| moves.of_trip(moved.from, moved.trip) != Some(moved)) {
            let (device, trip, leader) = (gone.from.to_string(), gone.trip.to_string(), gone.to.to_string());
            let sql = "DELETE FROM moves WHERE device = ?1 AND trip = ?2 AND leader = ?3";
            self.transaction.execute(sql, [&device, &trip, &leader])?;
            self.transaction.execute(
                "UPDATE cases SET version = version + 1 \
                 WHERE device = ?1 AND closed_us IS NULL AND whose LIKE '____ ' || ?2 || '%'",
                [&device, &trip],
            )?;
        }
        Ok(())
    }

    /// Answers whether it is news.
    fn note_move(&mut self, moved: &Moved, now: Timestamp) -> Result<bool> {
        let (device, trip, leader) = (moved.from.to_string(), moved.trip.to_string(), moved.to.to_string());
        let sql = "INSERT OR IGNORE INTO moves (device, trip, leader, seen_us) VALUES (?1, ?2, ?3, ?4)";
        Ok(self.transaction.execute(sql, params![device, trip, leader, stamp(now)])? > 0)
    }

    /// The phone that leads the trip now is the same person's, as an officer says.
    ///
    /// # Errors
    /// It did not move, or somebody confirmed it.
    pub fn confirm_move(&mut self, case: &Row, officer: &Badge, now: Timestamp) -> Result<(What, EventWord)> {
        let none = CaseworkError::NotPossible("no other phone leads its trip");
        let Some(trip) = case.trip else { return Err(none) };
        let sql = "UPDATE moves SET confirmed_us = ?3, confirmed_by = ?4 \
                   WHERE device = ?1 AND trip = ?2 AND confirmed_us IS NULL RETURNING leader";
        let by = params![case.device.to_string(), trip.to_string(), stamp(now), officer.id];
        let leader: Option<String> = self.transaction.query_row(sql, by, |row| row.get(0)).optional()?;
        let to = leader.ok_or(none)?.parse()?;
        let moved = Moved { trip, from: case.device, to };
        // all at once: an answer to one of them goes to no phone that is lost
        for one in self.reading().of_trips()?.iter().filter(|one| one.device == moved.from && one.trip == moved.trip) {
            self.give(one.number, &moved)?;
        }
        Ok((What::MoveConfirmed, EventWord::default()))
    }

    /// Of cases that are one, that whose trip moved.
    ///
    /// # Errors
    /// None did, or more than one: each of those is another question.
    pub(super) fn moved_of(&self, group: &[u32]) -> Result<Row> {
        let mut moved: Option<Row> = None;
        for number in group {
            let case = self.reading().case(*number)?;
            let is_another = moved.as_ref().is_some_and(|one| (one.device, one.trip) != (case.device, case.trip));
            match (case.moved, is_another) {
                (true, true) => {
                    return Err(CaseworkError::NotPossible("two of its trips moved: part the cases, and confirm each"));
                }
                (true, false) => moved = Some(case),
                (false, _) => {}
            }
        }
        moved.ok_or(CaseworkError::NotPossible("no other phone leads its trip"))
    }

    fn give(&mut self, number: u32, moved: &Moved) -> Result<()> {
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
        Ok(())
    }

    /// Letters that wait do not go any more. How many is answered.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn withdraw_letters(&mut self, number: u32) -> Result<usize> {
        let sql = "UPDATE messages SET state = 'refused', letter = NULL WHERE number = ?1 AND state = 'waiting'";
        Ok(self.transaction.execute(sql, [number])?)
    }

    /// Tells those who could not be told how their case stands, as far as their device's key is known by now.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn tell_the_untold(&mut self, pen: &Pen, now: Timestamp) -> Result<()> {
        let joins = self.reading().joins()?;
        for number in self.reading().untold()? {
            let root = joins.root(number);
            if root != number && self.reading().case(root)?.device == self.reading().case(number)?.device {
                // the one that speaks for it does so to the same phone
                self.transaction.execute("UPDATE cases SET untold = 0 WHERE number = ?1", [number])?;
                continue;
            }
            self.tell_person(number, pen, now)?;
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// Of these moves those that an officer confirmed.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn confirmed(&self, leads: Leads) -> Result<Leads> {
        let confirmed = self.moves("confirmed_us IS NOT NULL")?;
        Ok(leads.only(|moved| confirmed.contains(moved)))
    }

    /// Those of the desk's moves for which `condition` holds.
    fn moves(&self, condition: &str) -> Result<HashSet<Moved>> {
        let sql = format!("SELECT device, trip, leader FROM moves WHERE {condition}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut moves = HashSet::new();
        while let Some(row) = rows.next()? {
            let [from, trip, to] = [row.get::<_, String>(0)?, row.get(1)?, row.get(2)?];
            moves.insert(Moved { trip: trip.parse()?, from: from.parse()?, to: to.parse()? });
        }
        Ok(moves)
    }

    /// Of which phone a trip is: the last that led it and is known to be its person's. Who registered it is; who took it over
    /// by the code on paper is once an officer said so.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn phone_of(&self, trip: TripId, mirror: &Mirror) -> Result<Option<DeviceId>> {
        let led = mirror.led_by(trip)?;
        let sql = "SELECT 1 FROM moves WHERE trip = ?1 AND leader = ?2 AND confirmed_us IS NOT NULL";
        let mut confirmed = self.connection.prepare_cached(sql)?;
        for device in led.iter().skip(1).rev() {
            if confirmed.exists([trip.to_string(), device.to_string()])? {
                return Ok(Some(*device));
            }
        }
        Ok(led.first().copied())
    }

    /// The trips that moved, each with the phone that it is of.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn phones_of_moved(&self, mirror: &Mirror) -> Result<HashMap<TripId, DeviceId>> {
        let moved: HashSet<TripId> = mirror.leads()?.all().map(|moved| moved.trip).collect();
        let mut phones = HashMap::new();
        for trip in moved {
            phones.extend(self.phone_of(trip, mirror)?.map(|device| (trip, device)));
        }
        Ok(phones)
    }

    fn of_trips(&self) -> Result<Vec<OfTrip>> {
        let sql = "SELECT number, device, whose, closed_us IS NULL FROM cases \
                   WHERE (whose LIKE 'trip %' OR whose LIKE 'call %') AND erased_us IS NULL ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(trip) = trip_of(&row.get::<_, String>(2)?) else { continue };
            let device = row.get::<_, String>(1)?.parse()?;
            cases.push(OfTrip { number: row.get(0)?, device, trip, is_open: row.get(3)? });
        }
        Ok(cases)
    }

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
             ORDER BY came_by = 'intake', number DESC LIMIT 1"
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

/// The trip that a case is keyed by: of a cry, or of a call whose person was found.
pub(super) fn trip_of(whose: &str) -> Option<TripId> {
    let (of, trip) = whose.split_once(' ')?;
    // a second case for one trip says after it from which phone it came, and a call its number
    trip.split(' ').next().filter(|_| of == "trip" || of == BY_VOICE)?.parse().ok()
}
