//! Cries become cases: one for each trip, or place, of a device. What is said again is the same case.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::Path,
};

use contract::{
    ids::DeviceId,
    record::{CheckIn, Kind, Trip},
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::{
    Change, Result,
    cases::{CameBy, PlaceBy},
    facts::Facts,
    of_word,
    page::{EventWord, SourceName, What, Word},
    ranks::{self, Proposal},
    sms::{BySms, PROVEN_ANEW},
    stamp, word,
};
use crate::desk::{
    audit::{self, Deed},
    cases::{Case as CryCase, Cry, Source, open_cases},
    folder::ConsularKeys,
    leads::Leads,
    mirror::{Held, Mirror},
    opening::{Opened, of_check_in, of_trip, open},
};

/// Beyond so many, what one device cries joins its newest case: a thousand places of one phone are one person.
const OPEN_OF_A_DEVICE: u32 = 5;

/// How long a device is a new one.
const NEW: SignedDuration = SignedDuration::from_hours(24);

/// Of one case so many words are opened to rank it, the newest: who cries a thousand times has said it by then.
const WORDS_OPENED: usize = 16;

/// What the desk opened by itself, to rank it: a line of the audit file each.
pub type Deeds = Vec<Deed>;

/// Words that came by SMS, by their ids.
pub(super) type SmsById<'a> = HashMap<&'a str, &'a BySms>;

pub(super) fn by_id(by_sms: &[BySms]) -> SmsById<'_> {
    by_sms.iter().map(|sms| (sms.held.id.as_str(), sms)).collect()
}

/// Of a record that a case was made of: when it came in, when the case was closed, and whether its person was well then.
struct Known {
    received_us: i64,
    closed_us: Option<i64>,
    was_well: bool,
}

impl Change<'_> {
    /// Brings the cases up to what came by SMS, as `deeds` say; nobody sees of it what is not on the disk. A desk that is
    /// cut off from the front makes its cases all the same.
    ///
    /// # Errors
    /// Something cannot be read or written; then nothing is changed.
    pub fn fold_sms(
        &mut self,
        mut deeds: Deeds,
        mirror: &Mirror,
        keys: &ConsularKeys,
        audit: &Path,
        now: Timestamp,
    ) -> Result<()> {
        if deeds.is_empty() {
            return Ok(());
        }
        deeds.extend(self.fold(mirror, keys, now)?);
        Ok(audit::leave(audit, &deeds)?)
    }

    /// Brings the cases up to what the desk's copy of the register says, and what came by SMS. While the copy is still being
    /// read, what came by SMS alone is heard.
    ///
    /// # Errors
    /// Something cannot be read or written; then nothing is changed.
    pub fn fold(&mut self, mirror: &Mirror, keys: &ConsularKeys, now: Timestamp) -> Result<Deeds> {
        let whole = mirror.is_whole()?;
        let moves = mirror.leads()?;
        let leads = self.reading().confirmed(moves.clone())?;
        if whole {
            self.follow_trips(&moves, &leads, now)?;
        }
        let known = self.sources()?;
        let took_back = took_back(mirror, &leads)?;
        self.forget_taken_back(mirror)?;
        let all_by_sms = self.reading().by_sms()?;
        let by_sms = by_id(&all_by_sms);
        let mut crying = HashSet::new();
        let mut deeds = Deeds::new();
        for cry in open_cases(mirror, &all_by_sms, &leads)? {
            let took_back = took_back.get(&cry.device).copied();
            let is_new = |source: &&Source| {
                let known = known.get(&key(source));
                if whole {
                    is_new(source, known) || is_back(known, took_back)
                } else {
                    is_new_by_sms(source, known, &by_sms)
                }
            };
            let fresh: Vec<Source> = cry.sources.iter().filter(is_new).cloned().collect();
            if !fresh.is_empty() {
                let mut again = 0;
                for source in &fresh {
                    // the same word by the other way says nothing again
                    let is_same = match known.get(&key(source)) {
                        Some(before) => is_by_sms_too(source, before.received_us, &by_sms, mirror)?,
                        // nor does a word of the others
                        None => source.is_of_others,
                    };
                    again += usize::from(!is_same);
                }
                deeds.push(self.take_in(&cry, &fresh, again, (mirror, &by_sms), keys, now)?);
            }
            // what a device says again of the same may stand in more than one case: one was closed, or a trip moved
            for source in &cry.sources {
                crying.extend(self.case_of_source(source.kind, &source.id)?);
            }
        }
        self.hear_who_is_well(&crying, mirror, whole, now)?;
        if whole {
            self.hear_who_cries_again(&crying, now)?;
        }
        self.see_what_is_behind(mirror)?;
        Ok(deeds)
    }

    /// The records that cases were made of.
    fn sources(&self) -> Result<HashMap<(String, String), Known>> {
        let sql = "SELECT sources.kind, id, received_us, closed_us, well_us IS NOT NULL FROM sources JOIN cases USING (number)";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let known = Known { received_us: row.get(2)?, closed_us: row.get(3)?, was_well: row.get(4)? };
            Ok(((row.get(0)?, row.get(1)?), known))
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Which case was made of a record.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn case_of_source(&self, kind: Kind, id: &str) -> Result<Option<u32>> {
        let sql = "SELECT number FROM sources WHERE kind = ?1 AND id = ?2";
        Ok(self.transaction.prepare_cached(sql)?.query_row([kind.name(), id], |row| row.get(0)).optional()?)
    }

    fn take_in(
        &mut self,
        cry: &CryCase,
        fresh: &[Source],
        again: usize,
        (mirror, by_sms): (&Mirror, &SmsById<'_>),
        keys: &ConsularKeys,
        now: Timestamp,
    ) -> Result<Deed> {
        let open = self.open_case(cry)?;
        let trips = if cry.unconfirmed { Vec::new() } else { trips_of(mirror, cry)? };
        let opened = self.open_all(open, &cry.sources, trips, (mirror, by_sms), keys)?;
        let mut facts = Facts::read(&opened);
        facts.unconfirmed = cry.unconfirmed;
        facts.people = cry.people;
        facts.call_unanswered = cry.cry == Cry::StillNeedHelp;
        if let Some(number) = open {
            facts.call_unanswered |= self.was_call_unanswered(number)?;
        }
        let proposal = ranks::propose(&facts);
        let (number, what) = match open {
            Some(number) => {
                self.say_again(number, cry, again, &facts, &proposal, now)?;
                (number, Some(What::SaidAgain).filter(|_| again > 0))
            }
            None => (self.begin_case(cry, &facts, &proposal, (mirror, by_sms), now)?, Some(What::OpenedByCry)),
        };
        if let Some(what) = what {
            self.tell(number, now, what, None, &event_of(cry, &opened))?;
        }
        for source in fresh {
            self.transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO sources (kind, id, received_us, number) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![source.kind.name(), source.id, stamp(source.received_at), number])?;
        }
        Ok(Deed::opened_by_desk(now, number, cry.device, &opened))
    }

    /// What was sealed with all that was said of a case, the newest last, and with the trips: a call after a word, or
    /// another word, takes nothing back of it.
    pub(super) fn open_all(
        &self,
        number: Option<u32>,
        said: &[Source],
        trips: Vec<Held<Trip>>,
        (mirror, by_sms): (&Mirror, &SmsById<'_>),
        keys: &ConsularKeys,
    ) -> Result<Vec<Opened>> {
        let said = said.iter().filter(|source| source.kind == Kind::CheckIn);
        let mut words: BTreeSet<(i64, String)> =
            said.map(|source| (stamp(source.received_at), source.id.clone())).collect();
        if let Some(number) = number {
            let sql = "SELECT received_us, id FROM sources WHERE number = ?1 AND kind = 'check_in'";
            let mut statement = self.transaction.prepare_cached(sql)?;
            for source in statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))? {
                words.insert(source?);
            }
        }
        let mut opened: Vec<_> = trips.into_iter().map(|trip| open(of_trip(trip), keys)).collect();
        let mut newest = Vec::new();
        for (_, id) in words.into_iter().rev() {
            // a word that was sent anew stands under both its times
            if newest.len() < WORDS_OPENED && !newest.contains(&id) {
                newest.push(id);
            }
        }
        for id in newest.iter().rev() {
            let by_data: Option<Held<CheckIn>> = mirror.find(Kind::CheckIn, id)?;
            let sealed = by_data.and_then(of_check_in).map(|part| open(part, keys));
            // a cry goes by data before its details do: those may have come by SMS
            let by_sms = by_sms.get(id.as_str()).filter(|_| sealed.is_none());
            opened.extend(sealed.into_iter().chain(by_sms.map(|sms| sms.opened())));
        }
        Ok(opened)
    }

    /// The open case of a trip or place of a device; else the one that was made of the same word before more was known of
    /// it; of whoever cries everywhere, the newest.
    fn open_case(&self, cry: &CryCase) -> Result<Option<u32>> {
        let device = cry.device.to_string();
        let exact = "SELECT number FROM cases WHERE device = ?1 AND whose = ?2 AND closed_us IS NULL";
        let found =
            self.transaction.prepare_cached(exact)?.query_row([&device, &cry.whose], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
        for source in &cry.sources {
            if let Some(made) = self.case_of_source(source.kind, &source.id)?
                && self.reading().case(made)?.closed_at.is_none()
            {
                // what joined the case of a trip leaves it that
                self.transaction.execute(
                    "UPDATE cases SET whose = ?2 WHERE number = ?1 AND whose NOT LIKE 'trip %'",
                    params![made, cry.whose],
                )?;
                return Ok(Some(made));
            }
        }
        if cry.unconfirmed {
            return Ok(None);
        }
        // what was told by voice about somebody keeps its own words
        let all = "SELECT count(*), max(number) FROM cases WHERE device = ?1 AND closed_us IS NULL \
                   AND whose <> 'sms' AND came_by <> 'intake'";
        let (open, newest): (u32, Option<u32>) =
            self.transaction.prepare_cached(all)?.query_row([&device], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(newest.filter(|_| open >= OPEN_OF_A_DEVICE))
    }

    fn was_call_unanswered(&self, number: u32) -> Result<bool> {
        Ok(self.reading().facts(number)?.is_some_and(|facts| facts.call_unanswered))
    }

    fn begin_case(
        &mut self,
        cry: &CryCase,
        facts: &Facts,
        proposal: &Proposal,
        (mirror, by_sms): (&Mirror, &SmsById<'_>),
        now: Timestamp,
    ) -> Result<u32> {
        let came_by = match cry.cry {
            Cry::NeedHelp if cry.by_sms => CameBy::Sms,
            Cry::StillNeedHelp => CameBy::Call,
            Cry::NeedHelp => CameBy::CheckIn,
        };
        let number = self.insert_case(cry.device, &cry.whose, came_by, (cry.since, cry.said_at, cry.received_at))?;
        self.transaction.execute(
            "UPDATE cases SET kind = ?2, again = ?3 WHERE number = ?1",
            params![number, word(&ranks::kind_of(facts))?, cry.again],
        )?;
        self.set_place(number, cry)?;
        self.learn(number, facts, proposal, now)?;
        if let Some((bare, network)) = self.behind(cry, mirror, by_sms)? {
            let sql = "UPDATE cases SET bare = ?2, network = ?3 WHERE number = ?1";
            self.transaction.execute(sql, params![number, bare, network])?;
        }
        Ok(number)
    }

    /// Whether nothing stands behind a cry but a new device, and from which network that came.
    fn behind(&self, cry: &CryCase, mirror: &Mirror, by_sms: &SmsById<'_>) -> Result<Option<(bool, Option<String>)>> {
        if let Some(sms) = by_sms.get(cry.id.as_str()).filter(|_| cry.unconfirmed) {
            // what one number sends of many phones that nobody knows is a flood of that number
            return Ok(Some((true, Some(self.key.mark("sms sender", &[&sms.from])))));
        }
        if cry.kind != Kind::CheckIn || cry.trip.is_some() {
            return Ok(None);
        }
        let made = mirror.made(&cry.id)?;
        Ok(made.map(|made| (cry.received_at.duration_since(made.at) < NEW, made.network)))
    }

    /// A case about which nothing is known yet.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn insert_case(
        &mut self,
        device: DeviceId,
        whose: &str,
        came_by: CameBy,
        (since, said_at, arrived_at): (Timestamp, Timestamp, Timestamp),
    ) -> Result<u32> {
        // what is written is no cry: nothing in the register takes it back
        let cries = came_by != CameBy::Message;
        self.transaction.execute(
            "INSERT INTO cases (version, device, whose, kind, proposed, came_by, since_us, said_us, arrived_us, again, \
             cries) VALUES (1, ?1, ?2, 'help', 'hours', ?3, ?4, ?5, ?6, 0, ?7)",
            params![device.to_string(), whose, word(&came_by)?, stamp(since), stamp(said_at), stamp(arrived_at), cries],
        )?;
        let number = self.transaction.last_insert_rowid();
        u32::try_from(number).map_err(|_| super::CaseworkError::NotPossible("there are too many cases"))
    }

    fn say_again(
        &mut self,
        number: u32,
        cry: &CryCase,
        fresh: usize,
        facts: &Facts,
        proposal: &Proposal,
        now: Timestamp,
    ) -> Result<()> {
        self.transaction.execute(
            "UPDATE cases SET version = version + 1, since_us = min(since_us, ?2), said_us = max(said_us, ?3), \
             again = again + ?4, cries = 1, well_us = NULL, waiting = 0 WHERE number = ?1",
            params![number, stamp(cry.since), stamp(cry.said_at), fresh],
        )?;
        self.set_place(number, cry)?;
        self.learn(number, facts, proposal, now)
    }

    fn set_place(&mut self, number: u32, cry: &CryCase) -> Result<()> {
        let Some(country) = cry.country else { return Ok(()) };
        let by = if cry.by_plan { PlaceBy::Trip } else { PlaceBy::OwnWord };
        self.transaction.execute(
            "UPDATE cases SET country = ?2, airport = ?3, place_by = ?4 WHERE number = ?1",
            params![number, country.to_string(), cry.airport.map(|code| code.to_string()), word(&by)?],
        )?;
        Ok(())
    }

    /// Keeps what is known now, and holds back what was written before a wish of theirs was known.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn learn(&mut self, number: u32, facts: &Facts, proposal: &Proposal, now: Timestamp) -> Result<()> {
        let device = self.reading().case(number)?.device;
        let before = self.reading().guard_of_phone(device)?;
        self.set_facts(number, facts, proposal)?;
        if self.reading().guard_of_phone(device)?.is_stricter(before) {
            self.hold_back(device, now)?;
        }
        Ok(())
    }

    /// Keeps what is known now. A rank that an officer accepted stands, unless more urgent things have become known.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn set_facts(&mut self, number: u32, facts: &Facts, proposal: &Proposal) -> Result<()> {
        let id = number.to_string();
        let private = self.key.close_json(["cases", "private", &id], facts, self.rng)?;
        let because = self.key.close_json(["cases", "because", &id], &proposal.because, self.rng)?;
        self.transaction.execute(
            "UPDATE cases SET private = ?2, because = ?3, proposed = ?4, people = coalesce(?5, people) WHERE number = ?1",
            params![number, private, because, word(&proposal.rank)?, facts.people],
        )?;
        let accepted: Option<String> =
            self.transaction.query_row("SELECT accepted FROM cases WHERE number = ?1", [number], |row| row.get(0))?;
        if let Some(accepted) = accepted
            && proposal.rank < of_word(accepted)?
        {
            self.transaction.execute(
                "UPDATE cases SET accepted = NULL, ranked_by = NULL, ranked_us = NULL, rank_reason = NULL \
                 WHERE number = ?1",
                [number],
            )?;
        }
        Ok(())
    }

    /// A case behind which more than a cry has come stands for itself.
    fn see_what_is_behind(&mut self, mirror: &Mirror) -> Result<()> {
        let bare: Vec<(u32, String)> = {
            let sql = "SELECT number, device FROM cases WHERE closed_us IS NULL AND bare = 1 AND whose <> 'sms'";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        for (number, device) in bare {
            if mirror.has_more(&device)? {
                let sql = "UPDATE cases SET version = version + 1, bare = 0 WHERE number = ?1";
                self.transaction.execute(sql, [number])?;
            }
        }
        Ok(())
    }

    /// Whoever cried, and has said since that they are well: that closes nothing, and the owner sees it. While the copy of the
    /// register is being read, only who has cried nothing that is not here yet can be known to be well.
    fn hear_who_is_well(&mut self, crying: &HashSet<u32>, mirror: &Mirror, whole: bool, now: Timestamp) -> Result<()> {
        let sql = "SELECT number FROM cases WHERE closed_us IS NULL AND cries = 1";
        let open: Vec<u32> = {
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        for number in open.into_iter().filter(|number| !crying.contains(number)) {
            let here = self.sources_here(number, mirror)?;
            let (what, well) = if here.contains(&true) && (whole || !here.contains(&false)) {
                (What::SaidWell, Some(stamp(now)))
            } else if whole {
                // the cry was taken back, or was kept long enough
                (What::CryGone, None)
            } else {
                continue;
            };
            self.transaction.execute(
                "UPDATE cases SET version = version + 1, cries = 0, well_us = ?2 WHERE number = ?1",
                params![number, well],
            )?;
            self.tell(number, now, what, None, &EventWord::default())?;
        }
        Ok(())
    }

    /// Whoever was well, and took back the word that said so: the cry stands again, and the owner sees it.
    fn hear_who_cries_again(&mut self, crying: &HashSet<u32>, now: Timestamp) -> Result<()> {
        for number in crying {
            let sql = "UPDATE cases SET version = version + 1, cries = 1, well_us = NULL \
                       WHERE number = ?1 AND closed_us IS NULL AND well_us IS NOT NULL";
            if self.transaction.execute(sql, [number])? > 0 {
                self.tell(*number, now, What::CryBack, None, &EventWord::default())?;
            }
        }
        Ok(())
    }

    /// Of each record that a case was made of, whether it is here.
    fn sources_here(&self, number: u32, mirror: &Mirror) -> Result<Vec<bool>> {
        let mut statement = self.transaction.prepare_cached("SELECT kind, id FROM sources WHERE number = ?1")?;
        let mut rows = statement.query([number])?;
        let mut here = Vec::new();
        while let Some(row) = rows.next()? {
            let (kind, id): (Kind, String) = (of_word(row.get(0)?)?, row.get(1)?);
            here.push(self.reading().still_stands(kind, &id, mirror)?);
        }
        Ok(here)
    }
}

fn is_new(source: &Source, known: Option<&Known>) -> bool {
    known.is_none_or(|known| known.received_us != stamp(source.received_at))
}

/// When each took a word back last, be it one of the phone before.
fn took_back(mirror: &Mirror, leads: &Leads) -> Result<HashMap<DeviceId, i64>> {
    let of_phones = mirror.took_back()?;
    let mut took_back = of_phones.clone();
    for (phone, us) in of_phones {
        for moved in leads.from(phone) {
            let held = took_back.entry(moved.to).or_insert(us);
            *held = us.max(*held);
        }
    }
    Ok(took_back)
}

/// A cry whose case was closed because its person was well, and whose person has taken a word back since they cried.
fn is_back(known: Option<&Known>, took_back: Option<i64>) -> bool {
    let is_since = |known: &Known| took_back.is_some_and(|took_back| took_back >= known.received_us);
    known.is_some_and(|known| known.closed_us.is_some() && known.was_well && is_since(known))
}

/// What came by SMS, and not before its case was closed: the word by data that the case was made of may not be here yet.
fn is_new_by_sms(source: &Source, known: Option<&Known>, by_sms: &SmsById<'_>) -> bool {
    let received_us = stamp(source.received_at);
    let sms = by_sms.get(source.id.as_str()).filter(|sms| sms.held.received_at == source.received_at);
    let is_later = |known: &Known| {
        known.received_us < received_us && known.closed_us.is_none_or(|closed_us| closed_us < received_us)
    };
    source.kind == Kind::CheckIn && sms.is_some() && known.is_none_or(is_later)
}

/// Whether an SMS has said before what a source says now: it came by data too, or its device has become known.
fn is_by_sms_too(source: &Source, before: i64, by_sms: &SmsById<'_>, mirror: &Mirror) -> Result<bool> {
    let Some(sms) = by_sms.get(source.id.as_str()).filter(|_| source.kind == Kind::CheckIn) else {
        return Ok(false);
    };
    if before != PROVEN_ANEW && source.received_at == sms.held.received_at {
        // a newer version, by SMS itself
        return Ok(false);
    }
    let by_data: Option<Held<CheckIn>> = mirror.find(Kind::CheckIn, &source.id)?;
    Ok(by_data.is_none_or(|held| held.record.version <= sms.held.record.version))
}

fn key(source: &Source) -> (String, String) {
    (source.kind.name().to_owned(), source.id.clone())
}

/// What the newest record of a cry says, and nothing of another one.
fn event_of(cry: &CryCase, opened: &[Opened]) -> EventWord {
    let own: Vec<Opened> = opened.iter().filter(|part| part.kind == cry.kind && part.id == cry.id).cloned().collect();
    let facts = Facts::read(&own);
    let said = Word { status: cry.status.clone(), words: facts.words, by: facts.word_by.unwrap_or_default() };
    let source = Some(SourceName { kind: cry.kind, id: cry.id.clone() });
    EventWord { word: Some(said), source, ..EventWord::default() }
}

/// The trip that a cry speaks of, else every trip of its device.
fn trips_of(mirror: &Mirror, cry: &CryCase) -> Result<Vec<Held<Trip>>> {
    let trip = match cry.trip {
        Some(trip) => mirror.trip_of(trip, cry.device)?,
        None => None,
    };
    match trip {
        Some(trip) => Ok(vec![trip]),
        None => Ok(mirror.trips_of(cry.device)?),
    }
}
