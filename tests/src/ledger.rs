//! What a traveller enters, what the app acknowledged of it, and what the app and the register really hold.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    path::Path,
};

use contract::{hash::Hash, http::path, record::Kind};
use rand::{Rng, RngExt};
use rusqlite::{Connection, OpenFlags};

use crate::{Result, ensure};

/// Trips that live at once; more are not entered.
const TRIPS: usize = 6;

/// A trip, a check-in or a call: what a traveller enters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    pub kind: String,
    pub id: String,
}

impl Thing {
    fn trip(id: &str) -> Self {
        Self { kind: "trip".to_owned(), id: id.to_owned() }
    }

    /// What a path of the front names, where it names such a thing.
    pub fn at(asked: &str) -> Option<Self> {
        [Kind::Trip, Kind::CheckIn, Kind::Call].into_iter().find_map(|kind| {
            let id = asked.strip_prefix(&path::record(kind, ""))?;
            Some(Self { kind: kind.name().to_owned(), id: id.to_owned() })
        })
    }
}

/// How a thing stands: adults, status or outcome, and under which version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub what: String,
    pub version: u32,
}

/// What the app keeps of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub state: State,
    /// The version that it says is with the ministry; 0 where none is.
    pub received: u32,
}

/// One thing the traveller does.
#[derive(Debug, Clone)]
struct Act {
    /// As the app is told.
    line: String,
    kind: &'static str,
    /// Absent where the thing is new.
    id: Option<String>,
    what: String,
}

impl Act {
    fn leaves(&self, kind: &str, id: &str, what: &str) -> bool {
        // whoever is on no trip, and registered others, needs no help for themselves
        let is_said = self.what == what || self.may_cry() && what == "for_others";
        self.kind == kind && self.id.as_deref().is_none_or(|own| own == id) && is_said
    }

    /// Whoever still needs help after a call may have said so by a word too.
    fn may_cry(&self) -> bool {
        self.what == "still_need_help"
    }
}

#[derive(Debug, Default)]
pub struct Ledger {
    /// All that was acknowledged of each thing, in order: as many as its versions.
    acknowledged: BTreeMap<Thing, Vec<String>>,
    /// Told to the app, and not acknowledged yet.
    told: VecDeque<Act>,
    /// The trip that a check-in is of.
    trips: BTreeMap<Thing, String>,
    /// So many words that ask for help may be there beside the calls that they came of.
    cries: usize,
}

impl Ledger {
    /// Something a traveller does, as a line for the app.
    pub fn enter(&mut self, rng: &mut impl Rng) -> String {
        let act = self.draw(rng);
        let line = format!("{}\n", act.line);
        self.told.push_back(act);
        line
    }

    fn draw(&self, rng: &mut impl Rng) -> Act {
        // what was told already may be gone when its turn comes
        let free = |kind: &str| -> Vec<&String> {
            let is_told = |id: &String| self.told.iter().any(|act| act.id.as_ref() == Some(id));
            let lives = |(thing, said): &(&Thing, &Vec<String>)| {
                thing.kind == kind && said.last().is_none_or(|last| last != "deleted") && !is_told(&thing.id)
            };
            self.acknowledged.iter().filter(lives).map(|(thing, _)| &thing.id).collect()
        };
        let (trips, calls) = (free("trip"), free("call"));
        let adults = rng.random_range(1..=4).to_string();
        match rng.random_range(0..10) {
            0..2 if trips.len() < TRIPS => Act { line: format!("trip {adults}"), kind: "trip", id: None, what: adults },
            0..4 if !trips.is_empty() => {
                let id = trips[rng.random_range(0..trips.len())].clone();
                Act { line: format!("change {id} {adults}"), kind: "trip", id: Some(id), what: adults }
            }
            4 if !trips.is_empty() => {
                let id = trips[rng.random_range(0..trips.len())].clone();
                Act { line: format!("delete {id}"), kind: "trip", id: Some(id), what: "deleted".into() }
            }
            5 if !calls.is_empty() => {
                let id = calls[rng.random_range(0..calls.len())].clone();
                let outcome = ["got_through", "still_need_help", "tapped_by_mistake"][rng.random_range(0..3)];
                Act { line: format!("outcome {id} {outcome}"), kind: "call", id: Some(id), what: outcome.into() }
            }
            6..8 => Act { line: "call".into(), kind: "call", id: None, what: "called".into() },
            _ => {
                let status = ["safe", "need_help", "stranded"][rng.random_range(0..3)];
                Act { line: format!("check_in {status}"), kind: "check_in", id: None, what: status.into() }
            }
        }
    }

    /// The app said that something is saved.
    ///
    /// # Errors
    /// It was not the next thing that was told.
    pub fn acknowledge(&mut self, kind: &str, id: &str, what: &str, trip: Option<&str>) -> Result {
        let act = self.told.pop_front().ok_or("more is saved than was entered")?;
        ensure!(act.leaves(kind, id, what), "{act:?} was entered, and {kind} {id} {what} is saved");
        self.cries += usize::from(act.may_cry());
        self.note(kind, id, what, trip);
        Ok(())
    }

    /// The app said so before.
    pub fn note(&mut self, kind: &str, id: &str, what: &str, trip: Option<&str>) {
        let thing = Thing { kind: kind.to_owned(), id: id.to_owned() };
        if let Some(trip) = trip {
            self.trips.insert(thing.clone(), trip.to_owned());
        }
        self.acknowledged.entry(thing).or_default().push(what.to_owned());
    }

    /// Whether it asked for help on a trip that was deleted: the traveller took it back with that.
    pub fn is_withdrawn(&self, thing: &Thing) -> bool {
        let last = |thing: &Thing| self.acknowledged.get(thing).and_then(|said| said.last()).map(String::as_str);
        let is_deleted = |trip: &String| last(&Thing::trip(trip)) == Some("deleted");
        let asks = thing.kind == "check_in" && last(thing) == Some("need_help");
        asks && self.trips.get(thing).map_or_else(|| self.has_deleted(), is_deleted)
    }

    fn has_deleted(&self) -> bool {
        let is_deleted = |said: &Vec<String>| said.last().is_some_and(|last| last == "deleted");
        self.acknowledged.iter().any(|(thing, said)| thing.kind == "trip" && is_deleted(said))
    }

    /// The version of a thing that was acknowledged; 0 where none was.
    pub fn version(&self, thing: &Thing) -> u32 {
        self.acknowledged.get(thing).map_or(0, |said| u32::try_from(said.len()).unwrap_or(u32::MAX))
    }

    /// What is still to be acknowledged.
    pub fn awaited(&self) -> usize {
        self.told.len()
    }

    /// The app was killed: it keeps all that it acknowledged, and at most the one thing it was at.
    ///
    /// # Errors
    /// Something was lost, doubled or changed.
    pub fn survived(&mut self, kept: &BTreeMap<Thing, Kept>) -> Result {
        let mut at_work = self.told.pop_front();
        self.told.clear();
        self.cries += usize::from(at_work.as_ref().is_some_and(Act::may_cry));
        // the trips first: what asked for help goes with one
        let trips_first = |(thing, _): &(&Thing, &Kept)| thing.kind != "trip";
        let mut kept_in_order: Vec<_> = kept.iter().collect();
        kept_in_order.sort_by_key(trips_first);
        for (thing, Kept { state, .. }) in kept_in_order {
            self.follow_withdrawal(thing, state);
            let said = self.acknowledged.get(thing).map_or(&[][..], Vec::as_slice);
            if said.len() == state.version as usize && said.last() == Some(&state.what) {
                continue;
            }
            let next = said.len() + 1 == state.version as usize;
            // it may have gone with its trip already
            let is_new = said.is_empty() && (next || state.version == 2 && self.has_deleted());
            let is_cry = thing.kind == "check_in" && is_new && state.what == "need_help";
            if is_cry && self.cries > 0 && !at_work.as_ref().is_some_and(|act| act.leaves("check_in", "", "need_help"))
            {
                self.cries -= 1;
                for _ in 0..state.version {
                    self.note(&thing.kind, &thing.id, &state.what, None);
                }
                continue;
            }
            let act = at_work.take().filter(|act| next && act.leaves(&thing.kind, &thing.id, &state.what));
            ensure!(act.is_some(), "{thing:?} is {state:?} after the kill; acknowledged was {said:?}");
            self.note(&thing.kind, &thing.id, &state.what, None);
        }
        self.cries = 0;
        let gone = self.acknowledged.keys().filter(|thing| !kept.contains_key(*thing) && self.is_withdrawn(thing));
        for thing in gone.cloned().collect::<Vec<_>>() {
            self.acknowledged.remove(&thing);
        }
        let lost: Vec<_> = self.acknowledged.iter().filter(|(thing, _)| !kept.contains_key(thing)).collect();
        ensure!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        Ok(())
    }

    /// With a trip goes what asked for help on it, and that a call did not help: each time in a version of its own.
    fn follow_withdrawal(&mut self, thing: &Thing, state: &State) {
        let (is_withdrawn, has_deleted) = (self.is_withdrawn(thing), self.has_deleted());
        let Some(said) = self.acknowledged.get_mut(thing) else { return };
        let more = (state.version as usize).saturating_sub(said.len());
        if more == 1 && is_withdrawn && state.what == "need_help" {
            said.push(state.what.clone());
        }
        let asked = said.iter().any(|outcome| outcome == "still_need_help");
        if thing.kind == "call" && has_deleted && asked {
            let (at, withdrawn) = match said.last() {
                Some(last) if *last == state.what => (said.len() - 1, more),
                _ if state.what == "called" => (said.len(), more),
                // the last is what the app was at
                Some(_) | None => (said.len(), more.saturating_sub(1)),
            };
            said.splice(at..at, std::iter::repeat_n("called".to_owned(), withdrawn));
        }
    }

    /// All that was acknowledged is there, or what came after it.
    ///
    /// # Errors
    /// Something is not.
    pub fn stands_in(&self, kept: &BTreeMap<Thing, Kept>) -> Result {
        for (thing, acknowledged) in self.states() {
            let is_gone = |trip: &String| kept.get(&Thing::trip(trip)).is_some_and(|trip| trip.state.what == "deleted");
            if acknowledged.what == "need_help" && self.trips.get(&thing).is_some_and(is_gone) {
                continue;
            }
            let found = kept.get(&thing).map(|kept| &kept.state);
            let stands = found.is_some_and(|found| *found == acknowledged || found.version > acknowledged.version);
            ensure!(stands, "{thing:?} was acknowledged as {acknowledged:?} and is {found:?}");
        }
        Ok(())
    }

    /// How all stands that was acknowledged.
    pub fn states(&self) -> BTreeMap<Thing, State> {
        let state = |said: &Vec<String>| State {
            what: said.last().cloned().unwrap_or_default(),
            version: u32::try_from(said.len()).unwrap_or(u32::MAX),
        };
        self.acknowledged.iter().map(|(thing, said)| (thing.clone(), state(said))).collect()
    }
}

/// Opens a database to look at it.
///
/// # Errors
/// It cannot be opened.
pub fn look_at(file: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(connection)
}

/// What the app keeps in its folder.
///
/// # Errors
/// Its file cannot be read.
pub fn kept(folder: &Path) -> Result<BTreeMap<Thing, Kept>> {
    let connection = look_at(&folder.join("saparlas.db"))?;
    let mut statement = connection.prepare(
        "SELECT o.kind, o.id, o.version, o.received_version,
           CAST(CASE o.kind
             WHEN 'trip' THEN (SELECT iif(deleted, 'deleted', draft ->> 'adults') FROM trip WHERE id = o.id)
             WHEN 'check_in' THEN (SELECT status FROM check_in WHERE id = o.id)
             WHEN 'call' THEN (SELECT outcome FROM call WHERE id = o.id)
           END AS TEXT)
         FROM outbox o WHERE o.kind IN ('trip', 'check_in', 'call')
         UNION ALL SELECT 'trip', id, 0, 0, '' FROM trip WHERE id NOT IN (SELECT id FROM outbox)
         UNION ALL SELECT 'check_in', id, 0, 0, '' FROM check_in WHERE id NOT IN (SELECT id FROM outbox)
         UNION ALL SELECT 'call', id, 0, 0, '' FROM call WHERE id NOT IN (SELECT id FROM outbox)",
    )?;
    let rows = statement.query_map([], |row| {
        let state = State { version: row.get(2)?, what: row.get::<_, Option<String>>(4)?.unwrap_or_default() };
        Ok((Thing { kind: row.get(0)?, id: row.get(1)? }, Kept { state, received: row.get(3)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the register holds.
#[derive(Debug)]
pub struct Held {
    pub states: BTreeMap<Thing, State>,
    /// Digests of what was erased: with a trip that is deleted go its check-ins.
    erased: BTreeSet<String>,
}

impl Held {
    /// Reads the register in the front's folder.
    ///
    /// # Errors
    /// Its file cannot be read.
    pub fn of(folder: &Path) -> Result<Self> {
        let connection = look_at(&folder.join("register.db"))?;
        let mut statement = connection.prepare(
            "SELECT kind, id, version, CASE kind
               WHEN 'trip' THEN iif(record IS NULL, 'deleted', CAST(record ->> 'people' AS TEXT))
               WHEN 'check_in' THEN iif(record IS NULL, 'deleted', (SELECT key FROM json_each(record, '$.people')))
               WHEN 'call' THEN record ->> 'outcome'
             END FROM records",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                Thing { kind: row.get(0)?, id: row.get(1)? },
                State { version: row.get(2)?, what: row.get::<_, Option<String>>(3)?.unwrap_or_default() },
            ))
        })?;
        let states = rows.collect::<Result<_, _>>()?;
        let mut statement = connection.prepare("SELECT digest FROM erased")?;
        let erased = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Self { states, erased })
    }

    /// Whether it has the thing in this version or a later one, or had it when its trip was deleted.
    pub fn has(&self, thing: &Thing, version: u32) -> bool {
        self.states.get(thing).is_some_and(|state| state.version >= version) || self.erased_with_its_trip(thing)
    }

    pub fn erased_with_its_trip(&self, thing: &Thing) -> bool {
        thing.kind == "check_in" && self.erased.contains(&Hash::of(thing.id.as_bytes()).to_string())
    }
}

/// The check-ins in the app's folder whose trip was deleted.
///
/// # Errors
/// Its file cannot be read.
pub fn of_deleted_trips(folder: &Path) -> Result<BTreeSet<String>> {
    let connection = look_at(&folder.join("saparlas.db"))?;
    let sql = "SELECT id FROM check_in WHERE trip IN (SELECT id FROM trip WHERE deleted = 1)";
    let mut statement = connection.prepare(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The hashes of the log in the front's folder, in their order; each follows the one before.
///
/// # Errors
/// Its file cannot be read, or a frame does not follow.
pub fn log(folder: &Path) -> Result<Vec<String>> {
    let connection = look_at(&folder.join("bulletin.db"))?;
    let mut statement = connection.prepare("SELECT seq, prev, hash FROM frames ORDER BY seq")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, u64>(0)?, row.get(1)?, row.get(2)?)))?;
    let mut hashes: Vec<String> = Vec::new();
    for row in rows {
        let (seq, prev, hash): (u64, String, String) = row?;
        let follows = hashes.last().is_none_or(|last| *last == prev) && seq == hashes.len() as u64 + 1;
        ensure!(follows, "frame {seq} does not follow");
        hashes.push(hash);
    }
    Ok(hashes)
}
