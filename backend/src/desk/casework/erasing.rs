//! What people erased, and what was kept as long as it may be, is gone from the desk too: that there was a case stays, and
//! nothing of who they are.

use std::collections::HashSet;

use contract::{
    ids::DeviceId,
    record::{Kind, Trip},
};
use jiff::Timestamp;
use rusqlite::params;

use super::{
    Change, Reading, Result,
    acts::Outcome,
    cases::CameBy,
    facts::Facts,
    fold::{SmsById, by_id},
    page::{EventWord, What},
    ranks, stamp,
};
use crate::{
    desk::{
        audit::{DESK, Deed},
        folder::ConsularKeys,
        mirror::{Held, Mirror},
    },
    register::changes::digest,
};

/// Kinds, and digests of ids.
type Erased = HashSet<(String, String)>;

/// One of the desk's cases, and what ties it to a person.
struct Tied {
    number: u32,
    device: DeviceId,
}

impl Tied {
    /// Whether its device is among what was erased. Its trip alone is not enough: whoever took that over by the code on
    /// paper erases what is his, and not her case.
    fn is_among(&self, erased: &Erased) -> bool {
        erased.contains(&(Kind::Device.name().to_owned(), digest(&self.device.to_string())))
    }
}

impl Change<'_> {
    /// Takes away what people erased: their cases whole, and from other cases what a phone of theirs had said.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn erase(
        &mut self,
        erased: &Erased,
        mirror: &Mirror,
        keys: &ConsularKeys,
        now: Timestamp,
    ) -> Result<Vec<Deed>> {
        self.erase_sms(erased)?;
        let by_sms = self.reading().by_sms()?;
        let by_sms = by_id(&by_sms);
        let mut deeds = Vec::new();
        for tied in self.reading().tied()? {
            if tied.is_among(erased) {
                self.erase_case(tied.number, now)?;
            } else if self.forget_records(&tied, erased)? {
                self.rank_anew(&tied, (mirror, &by_sms), keys)?;
            } else {
                continue;
            }
            deeds.push(Deed::new(now, DESK, "erased").of_case(tied.number));
        }
        self.forget_mailed(erased)?;
        self.forget_phones()?;
        self.forget_moves(mirror)?;
        Ok(deeds)
    }

    fn erase_case(&mut self, number: u32, now: Timestamp) -> Result<()> {
        self.part_erased(number, now)?;
        if self.reading().case(number)?.closed_at.is_none() {
            self.close(number, Outcome::Erased, None, None, now)?;
        }
        self.transaction.execute("DELETE FROM sources WHERE number = ?1", [number])?;
        self.strip(number, What::Erased, now)
    }

    /// What was written to many leaves nothing behind of a phone that is erased.
    fn forget_mailed(&mut self, erased: &Erased) -> Result<()> {
        let devices: Vec<String> = {
            let mut statement = self.transaction.prepare_cached("SELECT DISTINCT device FROM mailed")?;
            let devices = statement.query_map([], |row| row.get(0))?;
            devices.collect::<std::result::Result<_, _>>()?
        };
        for device in devices.iter().filter(|device| erased.contains(&(Kind::Device.name().to_owned(), digest(device))))
        {
            self.transaction.execute("DELETE FROM mailed WHERE device = ?1", [device])?;
        }
        Ok(())
    }

    /// Takes what is about a person from a case.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn strip(&mut self, number: u32, why: What, now: Timestamp) -> Result<()> {
        self.withdraw_letters(number)?;
        for sql in [
            "UPDATE events SET private = NULL WHERE number = ?1",
            "UPDATE promises SET what = NULL WHERE number = ?1",
            "UPDATE messages SET private = NULL, letter = NULL WHERE number = ?1",
            "DELETE FROM signs WHERE number = ?1",
            "DELETE FROM drafts WHERE number = ?1",
            "UPDATE joins SET step = NULL WHERE number = ?1",
        ] {
            self.transaction.execute(sql, [number])?;
        }
        self.transaction.execute(
            "UPDATE cases SET version = version + 1, erased_us = ?2, private = NULL, because = NULL, rank_reason = NULL, \
             step = NULL, step_due_us = NULL, own_word = NULL, country = NULL, airport = NULL, people = NULL, network = NULL, whose = '' \
             WHERE number = ?1",
            params![number, stamp(now)],
        )?;
        self.tell(number, now, why, None, &EventWord::default())
    }

    /// Nothing says any more of what phones there were a case, an SMS or a letter to write, and which of them may lead a trip
    /// of a case.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn forget_phones(&mut self) -> Result<()> {
        let keys = "DELETE FROM devices WHERE id NOT IN (SELECT device FROM cases WHERE erased_us IS NULL) \
                    AND id NOT IN (SELECT device FROM sms) \
                    AND id NOT IN (SELECT device FROM mailed WHERE state IS NULL OR state = 'waiting')";
        let moves = "DELETE FROM moves WHERE confirmed_us IS NULL AND NOT EXISTS \
                     (SELECT 1 FROM cases WHERE whose LIKE '____ ' || moves.trip || '%' AND erased_us IS NULL)";
        for sql in [keys, moves] {
            self.transaction.execute(sql, [])?;
        }
        Ok(())
    }

    /// What an officer confirmed holds as long as the trip lives: without it the trip would be the lost phone's again. A copy
    /// of the register that is still being read says nothing.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn forget_moves(&mut self, mirror: &Mirror) -> Result<()> {
        if !mirror.is_whole()? {
            return Ok(());
        }
        let sql = "SELECT DISTINCT trip FROM moves WHERE confirmed_us IS NOT NULL AND NOT EXISTS \
                   (SELECT 1 FROM cases WHERE whose LIKE '____ ' || moves.trip || '%' AND erased_us IS NULL)";
        let trips: Vec<String> = {
            let mut statement = self.transaction.prepare_cached(sql)?;
            let trips = statement.query_map([], |row| row.get(0))?;
            trips.collect::<std::result::Result<_, _>>()?
        };
        for trip in trips {
            if !mirror.has(Kind::Trip, &trip)? {
                self.transaction.execute("DELETE FROM moves WHERE trip = ?1", [trip])?;
            }
        }
        Ok(())
    }

    /// What a case has of records that are gone; answers whether there was any.
    fn forget_records(&mut self, tied: &Tied, erased: &Erased) -> Result<bool> {
        let mut had = false;
        for (kind, id) in self.reading().records_of(tied.number)? {
            if !erased.contains(&(kind.clone(), digest(&id))) {
                continue;
            }
            had = true;
            self.transaction.execute("DELETE FROM sources WHERE kind = ?1 AND id = ?2", [&kind, &id])?;
            if kind == Kind::Message.name() {
                self.transaction.execute("UPDATE messages SET private = NULL WHERE id = ?1", [&id])?;
            }
            for event in self.reading().events_of(tied.number, &kind, &id)? {
                self.transaction.execute("UPDATE events SET private = NULL WHERE id = ?1", [event])?;
            }
        }
        Ok(had)
    }

    /// What is known of a case rests on what is left of it.
    fn rank_anew(&mut self, tied: &Tied, (mirror, by_sms): (&Mirror, &SmsById<'_>), keys: &ConsularKeys) -> Result<()> {
        self.transaction.execute("UPDATE cases SET version = version + 1 WHERE number = ?1", [tied.number])?;
        if self.reading().case(tied.number)?.by == CameBy::Intake {
            // what was told by voice rests on no record
            return Ok(());
        }
        let known = self.reading().facts(tied.number)?;
        let is_unconfirmed = known.as_ref().is_some_and(|facts| facts.unconfirmed);
        let trips: Vec<Held<Trip>> = if is_unconfirmed { Vec::new() } else { mirror.trips_of(tied.device)? };
        let opened = self.open_all(Some(tied.number), &[], trips, (mirror, by_sms), keys)?;
        let mut facts = Facts::read(&opened);
        facts.unconfirmed = is_unconfirmed;
        if let Some(known) = known {
            (facts.people, facts.call_unanswered) = (known.people, known.call_unanswered);
        }
        let proposal = ranks::propose(&facts);
        self.set_facts(tied.number, &facts, &proposal)
    }
}

impl Reading<'_> {
    /// The cases that still say of whom they are.
    fn tied(&self) -> Result<Vec<Tied>> {
        let sql = "SELECT number, device FROM cases WHERE erased_us IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut tied = Vec::new();
        while let Some(row) = rows.next()? {
            let device = row.get::<_, String>(1)?.parse()?;
            tied.push(Tied { number: row.get(0)?, device });
        }
        Ok(tied)
    }

    /// The records that a case was made of, by kind and id.
    fn records_of(&self, number: u32) -> Result<Vec<(String, String)>> {
        let sql = "SELECT kind, id FROM sources WHERE number = ?1 \
                   UNION ALL SELECT 'message', id FROM messages WHERE number = ?1 AND state IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let records = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(records.collect::<std::result::Result<_, _>>()?)
    }

    /// The events that say what stands in a record.
    fn events_of(&self, number: u32, kind: &str, id: &str) -> Result<Vec<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, private FROM events WHERE number = ?1 AND private IS NOT NULL")?;
        let mut rows = statement.query([number])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let (event, private): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let said: EventWord = self.key.open_json(["events", "private", &event.to_string()], &private)?;
            if said.source.is_some_and(|source| source.kind.name() == kind && source.id == id) {
                events.push(event);
            }
        }
        Ok(events)
    }
}
