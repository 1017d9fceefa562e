//! Open calls for help: check-ins that say "I need help" and calls after which help is still needed, until the person
//! says something else.

use std::collections::{HashMap, hash_map::Entry};

use contract::{
    ids::{DeviceId, TripId},
    place::{AirportCode, CountryCode},
    record::{Call, CallOutcome, CheckIn, CheckInStatus, Kind, PeopleByStatus, Record},
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    casework::sms::BySms,
    leads::Leads,
    mirror::{Held, Mirror, MirrorError},
    words::all_words,
};
use crate::register::headcount::{Told, Word};

/// What asks for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cry {
    /// The call button was tapped, and help is still needed after it.
    StillNeedHelp,
    /// A check-in.
    NeedHelp,
}

/// One open call for help. What a device says again of one trip, or of one place, is the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    pub kind: Kind,
    /// Of the check-in or the call.
    pub id: String,
    pub cry: Cry,
    /// Who leads it now.
    pub device: DeviceId,
    /// How many ask; unknown after a call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trip: Option<TripId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub airport: Option<AirportCode>,
    /// Never after it came in.
    pub said_at: Timestamp,
    /// When it was said first.
    pub since: Timestamp,
    pub received_at: Timestamp,
    /// How many more times it was said.
    pub again: usize,
    /// Every record that says it.
    #[serde(skip)]
    pub sources: Vec<Source>,
    /// How many are how, by the newest word.
    #[serde(skip)]
    pub status: Option<PeopleByStatus>,
    /// Of whom it is said, by their own word and not by where they were found.
    #[serde(skip)]
    pub whose: String,
    /// They said no place: it is the one of their trip.
    #[serde(skip)]
    pub by_plan: bool,
    /// It came by SMS alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_sms: bool,
    /// And nobody has proven whose it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
}

impl Case {
    /// Whether its word says of some that they are well or got out.
    fn is_well_of_others(&self) -> bool {
        let is_well = |status: &CheckInStatus| matches!(status, CheckInStatus::Safe | CheckInStatus::Left);
        self.status.as_ref().is_some_and(|people| people.keys().any(is_well))
    }

    /// Of how many its newest word is.
    fn everybody(&self) -> u32 {
        self.status.iter().flat_map(|status| status.values()).copied().map(u32::from).sum()
    }
}

/// A record that asks for help.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Source {
    pub kind: Kind,
    pub id: String,
    pub received_at: Timestamp,
    /// It says of others that they are well, and of no more than stood in need before: nobody cries anew by it.
    pub is_of_others: bool,
}

/// The open calls for help, most urgent first: who could not be helped on the phone, then who asked; in each, the
/// one that has waited longest. Of moved trips those of `leads` are followed.
///
/// # Errors
/// The desk's copy of the register cannot be read.
pub fn open_cases(mirror: &Mirror, by_sms: &[BySms], leads: &Leads) -> Result<Vec<Case>, MirrorError> {
    let (mut check_ins, only_by_sms) = all_words(mirror, by_sms)?;
    let calls: Vec<Held<Call>> = mirror.all(Kind::Call)?;
    // a new phone's word answers the old one's cry
    let leader_of_word = |held: &Held<CheckIn>| leads.of(held.device, held.record.trip);
    let mut words: HashMap<DeviceId, Vec<(Option<TripId>, Word)>> = HashMap::new();
    for held in &check_ins {
        words.entry(leader_of_word(held)).or_default().push((held.record.trip, check_in_word(held)));
    }
    let mut got_through: HashMap<DeviceId, Vec<Word>> = HashMap::new();
    for held in calls.iter().filter(|held| held.record.outcome == CallOutcome::GotThrough) {
        got_through.entry(held.device).or_default().push(call_word(held));
    }
    let spoken = |device: DeviceId| words.get(&device).map(Vec::as_slice).unwrap_or_default();
    let mut cases = Cases::default();
    check_ins.sort_by_key(|held| check_in_word(held).said_at());
    for held in check_ins.iter().filter(|held| held.record.asks_for_help()) {
        let (cry, device) = (check_in_word(held), leader_of_word(held));
        let trip = held.record.trip;
        let live = match trip {
            Some(id) => mirror.trip_of(id, device)?,
            None => None,
        };
        // of a registered trip, its own words answer; else whatever the device says
        let answered = spoken(device)
            .iter()
            .any(|(of, word)| (live.is_none() || *of == trip) && word.told.need_help == 0 && word.answers(&cry));
        if !answered {
            let CheckIn { country, airport, .. } = held.record;
            let case = case(held, device, Kind::CheckIn, Cry::NeedHelp, cry);
            let (people, status) = (Some(held.record.need_help()), Some(held.record.people.clone()));
            cases.add(Case { people, status, trip, country, airport, ..case });
        }
    }
    for held in calls.iter().filter(|held| held.record.asks_for_help()) {
        let (cry, device) = (call_word(held), held.device);
        let said = spoken(device).iter().any(|(_, word)| word.told.need_help == 0 && word.answers(&cry));
        let helped = got_through.get(&device).is_some_and(|calls| calls.iter().any(|call| call.answers(&cry)));
        if !said && !helped {
            let case = case(held, device, Kind::Call, Cry::StillNeedHelp, cry);
            cases.add(Case { country: held.record.country, ..case });
        }
    }
    // whoever it is, they answer nothing, and nothing answers them
    let mut unconfirmed = Cases::default();
    for BySms { held, .. } in by_sms.iter().filter(|sms| !sms.is_confirmed() && sms.held.record.asks_for_help()) {
        let CheckIn { country, airport, .. } = held.record;
        let case = case(held, held.device, Kind::CheckIn, Cry::NeedHelp, check_in_word(held));
        let (people, status) = (Some(held.record.need_help()), Some(held.record.people.clone()));
        unconfirmed.add(Case { people, status, country, airport, unconfirmed: true, ..case });
    }
    let mut cases: Vec<Case> = cases.0.into_values().collect();
    for case in &mut cases {
        case.by_sms = only_by_sms.contains(&case.id);
    }
    cases.extend(unconfirmed.0.into_values().map(|case| Case { by_sms: true, whose: UNCONFIRMED.to_owned(), ..case }));
    for case in cases.iter_mut().filter(|case| !case.unconfirmed) {
        find_place(case, mirror)?;
    }
    cases.sort_by(|a, b| (a.cry, a.since, &a.id).cmp(&(b.cry, b.since, &b.id)));
    Ok(cases)
}

/// Of whom an SMS speaks that nobody has proven: of whoever holds that phone.
const UNCONFIRMED: &str = "sms";

/// Of whom it is said: of a trip, be it known yet or not, else of whoever is in a place.
type Whose = (DeviceId, Option<TripId>, Option<CountryCode>, Option<AirportCode>, Cry);

/// One for each of them: the newest, since when the oldest has waited, and as many people as asked.
#[derive(Default)]
struct Cases(HashMap<Whose, Case>);

impl Cases {
    fn add(&mut self, mut case: Case) {
        case.whose = whose(&case);
        let (country, airport) = if case.trip.is_some() { (None, None) } else { (case.country, case.airport) };
        let of_same = match self.0.entry((case.device, case.trip, country, airport, case.cry)) {
            Entry::Vacant(none) => {
                none.insert(case);
                return;
            }
            Entry::Occupied(one) => one.into_mut(),
        };
        let is_of_others = case.is_well_of_others() && case.people <= of_same.people;
        case.sources.iter_mut().for_each(|source| source.is_of_others = is_of_others);
        let (since, again) = (of_same.since.min(case.since), of_same.again + usize::from(!is_of_others));
        let is_newer = (of_same.said_at, of_same.received_at) < (case.said_at, case.received_at);
        let (newer, older) = if is_newer { (&case, &*of_same) } else { (&*of_same, &case) };
        // a word of as many people says of each of them how they are now
        let says_of_all = newer.everybody() >= older.everybody();
        let people = if says_of_all { newer.people } else { newer.people.max(older.people) };
        let sources = std::mem::take(&mut of_same.sources).into_iter().chain(case.sources.iter().cloned()).collect();
        if is_newer {
            *of_same = case;
        }
        (of_same.since, of_same.again, of_same.people, of_same.sources) = (since, again, people, sources);
    }
}

/// A trip, or whoever is in a place.
fn whose(case: &Case) -> String {
    let code = |code: Option<String>| code.unwrap_or_default();
    match case.trip {
        Some(trip) => format!("trip {trip}"),
        None => {
            let (country, airport) = (case.country.map(|c| c.to_string()), case.airport.map(|a| a.to_string()));
            format!("place {} {}", code(country), code(airport)).trim_end().to_owned()
        }
    }
}

fn case<T>(held: &Held<T>, device: DeviceId, kind: Kind, cry: Cry, word: Word) -> Case {
    Case {
        kind,
        id: held.id.clone(),
        cry,
        device,
        people: None,
        trip: None,
        country: None,
        airport: None,
        said_at: word.said_at(),
        since: word.said_at(),
        received_at: held.received_at,
        again: 0,
        sources: vec![Source { kind, id: held.id.clone(), received_at: held.received_at, is_of_others: false }],
        status: None,
        whose: String::new(),
        by_plan: false,
        by_sms: false,
        unconfirmed: false,
    }
}

fn check_in_word(held: &Held<CheckIn>) -> Word {
    Word { told: Told::from(&held.record), at: held.record.at, received_at: held.received_at }
}

fn call_word(held: &Held<Call>) -> Word {
    let told = Told { need_help: u16::from(held.record.asks_for_help()), ..Told::default() };
    Word { told, at: held.record.at, received_at: held.received_at }
}

/// Where they are: by their own word, else by a trip of theirs at that time.
fn find_place(case: &mut Case, mirror: &Mirror) -> Result<(), MirrorError> {
    if let Some(airport) = case.airport.and_then(atlas::airport) {
        case.country.get_or_insert(airport.country);
    }
    if case.country.is_some() {
        return Ok(());
    }
    for trip in mirror.trips_of(case.device)? {
        let there = trip.record.legs.iter().find(|leg| leg.from <= case.said_at && case.said_at < leg.end());
        if let Some(leg) = there {
            (case.country, case.airport, case.by_plan) = (Some(leg.country), leg.airport, true);
        }
    }
    Ok(())
}
