//! How people are counted, whatever database the records came from.

use std::{cmp::Reverse, collections::HashMap};

use contract::record::{CheckIn, CheckInStatus, Headcount};
use jiff::{SignedDuration, Timestamp};

/// After this long nobody is counted by an old plan, or an old cry for help, any more.
pub const OVERDUE_DAYS: i64 = 90;
/// How long "I am safe" without a trip says that somebody is there.
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// People on one device beyond these are counted apart, whatever is said of them: a family or a small group is sure, a
/// crowd is not.
pub const PARTY: u64 = 20;

/// How the register tells devices apart.
pub type DeviceNumber = i64;

/// A trip that is, or was in the last [`OVERDUE_DAYS`], in the place asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedTrip {
    /// Whose trip it is.
    pub device: DeviceNumber,
    /// How many travel.
    pub people: u16,
    /// By the front's clock.
    pub received_at: Timestamp,
    /// A leg there covers the time asked for.
    pub present: bool,
    /// When the trip's last leg ends, where that leg is there.
    pub ends_there: Option<Timestamp>,
    /// Every check-in of the trip, in any order; one that is there twice counts once.
    pub words: Vec<Word>,
}

/// How many people a check-in says are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// "I am safe."
    pub safe: u16,
    /// "I need help", and what this reader does not know.
    pub need_help: u16,
    /// "I am stranded."
    pub stranded: u16,
    /// "I have left."
    pub left: u16,
}

impl Told {
    /// Somebody asks for help, or cannot leave.
    pub fn is_in_need(&self) -> bool {
        self.need_help > 0 || self.stranded > 0
    }
}

impl From<&CheckIn> for Told {
    fn from(check_in: &CheckIn) -> Self {
        let mut told = Self::default();
        for (status, people) in &check_in.people {
            let state = match status {
                CheckInStatus::Safe => &mut told.safe,
                CheckInStatus::NeedHelp | CheckInStatus::Other => &mut told.need_help,
                CheckInStatus::Stranded => &mut told.stranded,
                CheckInStatus::Left => &mut told.left,
            };
            *state = state.saturating_add(*people);
        }
        told
    }
}

/// What a check-in says, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// How many are how.
    pub told: Told,
    /// By the device's clock.
    pub at: Timestamp,
    /// By the front's clock.
    pub received_at: Timestamp,
}

impl Word {
    /// A device's clock may be ahead; nothing was said after it arrived.
    pub fn said_at(&self) -> Timestamp {
        self.at.min(self.received_at)
    }

    fn cries(&self) -> bool {
        self.told.need_help > 0
    }

    /// Whether it was said after `cry`, and came in after it.
    pub fn answers(&self, cry: &Self) -> bool {
        self.said_at() > cry.said_at() && self.received_at >= cry.received_at
    }
}

/// The word that counts: a cry for help that no later word answers, else the latest. So neither a wrong clock nor a
/// late delivery hides a cry.
pub fn standing<'a>(words: impl Iterator<Item = &'a Word>) -> Option<&'a Word> {
    let mut latest_first: Vec<&Word> = words.collect();
    let urgency = |told: Told| (told.need_help, told.stranded);
    latest_first.sort_unstable_by_key(|word| Reverse((word.said_at(), word.received_at, urgency(word.told))));
    // of those said later, when the last of them came in
    let mut came_in: Option<Timestamp> = None;
    for at_one_time in latest_first.chunk_by(|one, other| one.said_at() == other.said_at()) {
        let is_unanswered = |cry: &&&Word| cry.cries() && came_in.is_none_or(|came_in| came_in < cry.received_at);
        if let Some(cry) = at_one_time.iter().find(is_unanswered) {
            return Some(cry);
        }
        came_in = came_in.max(at_one_time.first().map(|word| word.received_at));
    }
    latest_first.first().copied()
}

/// A check-in of a device that has said something in the place asked for without a trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnplannedWord {
    /// Whose word it is.
    pub device: DeviceNumber,
    /// Said without a trip, of the place asked for.
    pub here: bool,
    /// What was said.
    pub word: Word,
}

/// Counts each trip once, and each device that is there by its own word alone. Whoever is overdue stands beside the
/// total, yet their word on how they are counts.
pub fn tally(
    trips: impl IntoIterator<Item = PlannedTrip>,
    unplanned: impl IntoIterator<Item = UnplannedWord>,
    at: Timestamp,
) -> Headcount {
    let mut tally = Tally::new(at);
    for trip in trips {
        tally.add_trip(&trip);
    }
    let mut by_device: HashMap<DeviceNumber, Vec<UnplannedWord>> = HashMap::new();
    for word in unplanned {
        if word.word.said_at() <= at {
            by_device.entry(word.device).or_default().push(word);
        }
    }
    for (device, words) in by_device {
        tally.add_unplanned(device, &words);
    }
    tally.finish()
}

/// The people of one device, as its plans and words have them.
#[derive(Default)]
struct Party {
    people: u64,
    overdue: u64,
    safe: u64,
    need_help: u64,
    stranded: u64,
    need_help_without_trip: u64,
    heard: u64,
    is_planned: bool,
}

impl Party {
    /// The most urgent first, and never more than `people`.
    fn add_word(&mut self, word: &Word, people: u16) {
        let mut rest = people;
        let mut take = |told: u16| {
            let taken = told.min(rest);
            rest -= taken;
            u64::from(taken)
        };
        self.need_help += take(word.told.need_help);
        self.stranded += take(word.told.stranded);
        self.safe += take(word.told.safe);
    }
}

struct Tally {
    at: Timestamp,
    trips: u64,
    parties: HashMap<DeviceNumber, Party>,
    as_of: Option<Timestamp>,
}

impl Tally {
    fn new(at: Timestamp) -> Self {
        Self { at, trips: 0, parties: HashMap::new(), as_of: None }
    }

    fn add_trip(&mut self, trip: &PlannedTrip) {
        let word = standing(trip.words.iter());
        let left = word.map_or(0, |word| word.told.left.min(trip.people));
        let gone_by_now = word.is_some_and(|word| word.said_at() <= self.at);
        let there = if gone_by_now { trip.people - left } else { trip.people };
        let is_there = trip.present && (there > 0 || trip.people == 0);
        let is_overdue =
            !trip.present && left < trip.people && trip.ends_there.is_some_and(|end| is_recent(end, self.at));
        if !is_there && !is_overdue {
            return;
        }
        let party = self.parties.entry(trip.device).or_default();
        if is_there {
            self.trips += 1;
            party.people += u64::from(there);
            party.is_planned = true;
        } else {
            party.overdue += u64::from(trip.people - left);
        }
        if let Some(word) = word {
            party.add_word(word, trip.people);
            if is_there && is_fresh(word, self.at) {
                party.heard += heard(word).min(u64::from(there));
            }
        }
        self.as_of = self.as_of.max(Some(trip.received_at)).max(word.map(|word| word.received_at));
    }

    fn add_unplanned(&mut self, device: DeviceNumber, words: &[UnplannedWord]) {
        let Some(word) = standing(words.iter().map(|unplanned| &unplanned.word)) else { return };
        let here = words.iter().any(|unplanned| unplanned.here && unplanned.word == *word);
        let Told { safe, need_help, stranded, .. } = word.told;
        let age = self.at.duration_since(word.said_at());
        let still = if word.told.is_in_need() { is_recent(word.said_at(), self.at) } else { age <= FRESH };
        if !here || !still {
            return;
        }
        let party = self.parties.entry(device).or_default();
        // whoever is there by a trip is in the total already
        if !party.is_planned {
            party.people += [safe, need_help, stranded].map(u64::from).iter().sum::<u64>();
        }
        party.need_help_without_trip += u64::from(need_help);
        party.add_word(word, u16::MAX);
        if is_fresh(word, self.at) {
            party.heard += heard(word);
        }
        self.as_of = self.as_of.max(Some(word.received_at));
    }

    fn finish(self) -> Headcount {
        let mut count = Headcount {
            people: 0,
            trips: self.trips,
            overdue: 0,
            safe: 0,
            need_help: 0,
            stranded: 0,
            need_help_without_trip: 0,
            heard: 0,
            beyond_party: 0,
            at: self.at,
            as_of: self.as_of,
        };
        for party in self.parties.into_values() {
            count.people += party.people.min(PARTY);
            count.overdue += party.overdue.min(PARTY);
            count.safe += party.safe.min(PARTY);
            count.need_help += party.need_help.min(PARTY);
            count.stranded += party.stranded.min(PARTY);
            // who has two words, of a trip and of none, is heard once
            count.heard += party.heard.min(party.people).min(PARTY);
            count.need_help_without_trip += party.need_help_without_trip.min(PARTY);
            let told = party.need_help + party.stranded + party.safe;
            count.beyond_party += party.people.max(told).saturating_sub(PARTY) + party.overdue.saturating_sub(PARTY);
        }
        count
    }
}

/// How many say that they are there.
fn heard(word: &Word) -> u64 {
    [word.told.safe, word.told.need_help, word.told.stranded].map(u64::from).iter().sum()
}

fn is_fresh(word: &Word, at: Timestamp) -> bool {
    let age = at.duration_since(word.said_at());
    !age.is_negative() && age <= FRESH
}

fn is_recent(since: Timestamp, at: Timestamp) -> bool {
    let late = at.duration_since(since);
    !late.is_negative() && late <= SignedDuration::from_hours(24 * OVERDUE_DAYS)
}
