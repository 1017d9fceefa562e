//! How many are where, by the desk's copy of the register and what came by SMS: every country and airport in one pass.
//! `docs/headcount.md` says what each figure means.

use std::collections::{BTreeMap, HashMap, HashSet};

use contract::{
    ids::{DeviceId, TripId},
    place::{AirportCode, CountryCode},
    record::{CheckIn, Headcount, Kind, PlainLeg, Trip},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    casework::sms::{BySms, Proof},
    mirror::{Held, Mirror, MirrorError},
    words::all_words,
};
use crate::register::headcount::{DeviceNumber, PlannedTrip, Told, UnplannedWord, Word, tally};

/// The figures of one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Figures {
    /// Own word from there, not a day old.
    pub low: u64,
    /// With those whose plan says so and who have not left.
    pub likely: u64,
    /// With those presumed there and those who are not confirmed.
    pub high: u64,
    /// Past their plan, and have not said that they left.
    pub presumed: u64,
    /// Of one device beyond a party, or by an SMS of a phone that nobody knows.
    pub unconfirmed: u64,
    pub safe: u64,
    pub need_help: u64,
    pub stranded: u64,
    /// Of those who need help, the ones with no trip.
    pub need_help_without_trip: u64,
    /// There, and no word of theirs stands.
    pub silent: u64,
}

impl From<Headcount> for Figures {
    fn from(count: Headcount) -> Self {
        let spoken = count.safe + count.need_help + count.stranded;
        Self {
            low: count.heard,
            likely: count.people,
            high: count.people + count.overdue + count.beyond_party,
            presumed: count.overdue,
            unconfirmed: count.beyond_party,
            safe: count.safe,
            need_help: count.need_help,
            stranded: count.stranded,
            need_help_without_trip: count.need_help_without_trip,
            silent: count.people.saturating_sub(spoken),
        }
    }
}

impl Figures {
    fn each(&mut self) -> [&mut u64; 10] {
        [
            &mut self.low,
            &mut self.likely,
            &mut self.high,
            &mut self.presumed,
            &mut self.unconfirmed,
            &mut self.safe,
            &mut self.need_help,
            &mut self.stranded,
            &mut self.need_help_without_trip,
            &mut self.silent,
        ]
    }

    /// Who may be there, and nobody can say.
    fn add_unconfirmed(&mut self, people: u64) {
        self.unconfirmed += people;
        self.high += people;
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Every place where somebody is, or may be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Counted {
    /// Their airports' transits are in them.
    #[schema(value_type = std::collections::HashMap<String, Figures>)]
    pub countries: BTreeMap<CountryCode, Figures>,
    #[schema(value_type = std::collections::HashMap<String, Figures>)]
    pub airports: BTreeMap<AirportCode, Figures>,
}

impl Counted {
    /// Of all countries together.
    pub fn total(&self) -> Figures {
        let mut total = Figures::default();
        for mut one in self.countries.values().copied() {
            for (sum, part) in total.each().into_iter().zip(one.each()) {
                *sum += *part;
            }
        }
        total
    }
}

/// What belongs to one place.
#[derive(Default)]
struct Place {
    trips: Vec<PlannedTrip>,
    /// Who spoke there without a trip.
    speakers: HashSet<DeviceId>,
    /// The same of phones that nobody knows.
    unknown: HashSet<DeviceId>,
}

impl Place {
    fn count(self, here: impl Fn(&Said) -> bool, all: &Everything, at: Timestamp) -> Figures {
        let words = |speakers: &HashSet<DeviceId>, said: &SaidBy| -> Vec<UnplannedWord> {
            let of = |device| said.get(device).into_iter().flatten().map(|said| (all.number(*device), said));
            let words = speakers.iter().flat_map(of);
            words
                .map(|(device, said)| UnplannedWord { device, here: !said.of_own_trip && here(said), word: said.word })
                .collect()
        };
        let known = tally(self.trips, words(&self.speakers, &all.said), at);
        let unknown = tally(Vec::new(), words(&self.unknown, &all.unknown), at);
        let mut figures = Figures::from(known);
        figures.add_unconfirmed(unknown.people + unknown.beyond_party);
        figures
    }
}

/// A check-in, as it is counted.
struct Said {
    word: Word,
    trip: Option<TripId>,
    country: Option<CountryCode>,
    airport: Option<AirportCode>,
    /// Of a trip that its device leads.
    of_own_trip: bool,
}

/// By whoever leads the word.
type SaidBy = HashMap<DeviceId, Vec<Said>>;

struct Everything {
    trips: HashMap<TripId, Held<Trip>>,
    said: SaidBy,
    /// By SMS, of phones that nobody knows.
    unknown: SaidBy,
    numbers: HashMap<DeviceId, DeviceNumber>,
}

impl Everything {
    fn read(mirror: &Mirror, by_sms: &[BySms], at: Timestamp) -> Result<Self, MirrorError> {
        let leads = mirror.leads()?;
        let mut all =
            Self { trips: HashMap::new(), said: HashMap::new(), unknown: HashMap::new(), numbers: HashMap::new() };
        for held in mirror.all::<Trip>(Kind::Trip)? {
            all.know(held.device);
            all.trips.insert(held.id.parse()?, held);
        }
        for held in all_words(mirror, by_sms)?.0 {
            let device = leads.of(held.device, held.record.trip);
            let word = all.said(&held, device);
            all.know(device);
            all.said.entry(device).or_default().push(word);
        }
        for BySms { held, .. } in by_sms.iter().filter(|sms| sms.proof == Proof::Unconfirmed) {
            let word = all.said(held, held.device);
            all.know(held.device);
            all.unknown.entry(held.device).or_default().push(word);
        }
        for words in all.said.values_mut().chain(all.unknown.values_mut()) {
            words.retain(|said| said.word.said_at() <= at);
        }
        Ok(all)
    }

    /// A word of whoever leads it.
    fn said(&self, held: &Held<CheckIn>, device: DeviceId) -> Said {
        let CheckIn { trip, country, airport, .. } = held.record;
        let word = Word { told: Told::from(&held.record), at: held.record.at, received_at: held.received_at };
        let of_own_trip = trip.is_some_and(|trip| self.trips.get(&trip).is_some_and(|trip| trip.device == device));
        let country = country.or_else(|| Some(atlas::airport(airport?)?.country));
        Said { word, trip, country, airport, of_own_trip }
    }

    fn know(&mut self, device: DeviceId) {
        let next = DeviceNumber::try_from(self.numbers.len()).unwrap_or(DeviceNumber::MAX);
        self.numbers.entry(device).or_insert(next);
    }

    fn number(&self, device: DeviceId) -> DeviceNumber {
        self.numbers.get(&device).copied().unwrap_or_default()
    }

    /// A trip as it is counted where `there` holds of some of its legs.
    fn planned(&self, id: TripId, held: &Held<Trip>, at: Timestamp, there: impl Fn(&PlainLeg) -> bool) -> PlannedTrip {
        let legs = &held.record.legs;
        let present = legs.iter().any(|leg| there(leg) && leg.from <= at && at < leg.end());
        let last = legs.last().filter(|leg| there(leg) && leg.from <= at);
        let words = self.said.get(&held.device).map(Vec::as_slice).unwrap_or_default();
        PlannedTrip {
            device: self.number(held.device),
            people: held.record.people,
            received_at: held.received_at,
            present,
            // whoever's plan has no end is past none
            ends_there: last.and_then(|leg| leg.until),
            words: words.iter().filter(|said| said.trip == Some(id)).map(|said| said.word).collect(),
        }
    }
}

/// Counts everybody, at a time.
///
/// # Errors
/// The desk's copy of the register cannot be read.
pub fn count(mirror: &Mirror, by_sms: &[BySms], at: Timestamp) -> Result<Counted, MirrorError> {
    let all = Everything::read(mirror, by_sms, at)?;
    let mut countries: HashMap<CountryCode, Place> = HashMap::new();
    let mut airports: HashMap<AirportCode, Place> = HashMap::new();
    for (id, held) in &all.trips {
        let legs = &held.record.legs;
        for country in legs.iter().map(|leg| leg.country).collect::<HashSet<_>>() {
            let planned = all.planned(*id, held, at, |leg| leg.country == country);
            countries.entry(country).or_default().trips.push(planned);
        }
        for airport in legs.iter().filter_map(|leg| leg.airport).collect::<HashSet<_>>() {
            let planned = all.planned(*id, held, at, |leg| leg.airport == Some(airport));
            airports.entry(airport).or_default().trips.push(planned);
        }
    }
    let mut stands = |device: DeviceId, said: &[Said], list: fn(&mut Place) -> &mut HashSet<DeviceId>| {
        for said in said.iter().filter(|said| !said.of_own_trip) {
            let country = said.country.map(|code| countries.entry(code).or_default());
            let airport = said.airport.map(|code| airports.entry(code).or_default());
            for place in country.into_iter().chain(airport) {
                list(place).insert(device);
            }
        }
    };
    all.said.iter().for_each(|(device, said)| stands(*device, said, |place| &mut place.speakers));
    all.unknown.iter().for_each(|(device, said)| stands(*device, said, |place| &mut place.unknown));
    let countries =
        countries.into_iter().map(|(code, place)| (code, place.count(|said| said.country == Some(code), &all, at)));
    let airports =
        airports.into_iter().map(|(code, place)| (code, place.count(|said| said.airport == Some(code), &all, at)));
    Ok(Counted {
        countries: countries.filter(|(_, figures)| !figures.is_empty()).collect(),
        airports: airports.filter(|(_, figures)| !figures.is_empty()).collect(),
    })
}
