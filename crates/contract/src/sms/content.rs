//! What an SMS says, and its 67 bytes.

use std::{collections::BTreeSet, ops::Range};

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    ids::{CheckInId, DeviceId},
    place::{AirportCode, CountryCode, Position},
    record::{CheckInStatus, Intent, Need, PeopleByStatus, PlaceSource, SafeContact},
    words::Tag,
};

/// Of the whole.
pub(super) const BYTES: usize = SPARE.end;
/// Of the MAC, cut short.
pub(super) const PROOF: usize = 8;
pub(super) const PROOF_AT: Range<usize> = PEOPLE_IN_NEED.end..PEOPLE_IN_NEED.end + PROOF;

const DEVICE: Range<usize> = 0..16;
const CHECK_IN: Range<usize> = after(DEVICE, 16);
const VERSION: Range<usize> = after(CHECK_IN, 1);
/// Seconds since 1970.
const TIME: Range<usize> = after(VERSION, 4);
/// An airport's three letters, or a country's two and a zero.
const SPOT: Range<usize> = after(TIME, 3);
/// Latitude, then longitude, each 24 bits of its range; zeros where none is known.
const POSITION: Range<usize> = after(SPOT, 6);
/// Metres by eighths of a doubling; zero where it is not known.
const ACCURACY: Range<usize> = after(POSITION, 1);
/// How old the place is, in minutes by halves of a doubling (five bits), and how it is known (three).
const AGE_AND_SOURCE: Range<usize> = after(ACCURACY, 1);
/// Four bits each.
const STATUS_AND_INTENT: Range<usize> = after(AGE_AND_SOURCE, 1);
/// A bit each, the last for whatever else.
const NEEDS: Range<usize> = after(STATUS_AND_INTENT, 2);
/// One more than there are; zero where nobody said.
const MEDICINE: Range<usize> = after(NEEDS, 1);
const PEOPLE: Range<usize> = after(MEDICINE, 1);
const PEOPLE_IN_NEED: Range<usize> = after(PEOPLE, 1);
/// Whether a call or a letter can harm.
const CONTACT: Range<usize> = after(PROOF_AT, 1);
/// Two letters.
const LANGUAGE: Range<usize> = after(CONTACT, 2);
/// Zeros, until they are given a meaning.
const SPARE: Range<usize> = after(LANGUAGE, 2);

const _: () = assert!(BYTES == 67, "120 bytes are 160 letters");

const fn after(before: Range<usize>, bytes: usize) -> Range<usize> {
    before.end..before.end + bytes
}

/// By the place in `needs`; a bit that has no word here is another need.
const NEED_BITS: [Need; 10] = [
    Need::Trapped,
    Need::Violence,
    Need::Injured,
    Need::ChildAlone,
    Need::Detained,
    Need::Medical,
    Need::Shelter,
    Need::Stranded,
    Need::Documents,
    Need::Money,
];
const OTHER_NEED: u16 = 1 << 15;

const STATUSES: [CheckInStatus; 4] =
    [CheckInStatus::Safe, CheckInStatus::NeedHelp, CheckInStatus::Left, CheckInStatus::Stranded];
const INTENTS: [Intent; 4] = [Intent::WantsOut, Intent::Stays, Intent::OnTheWay, Intent::Out];
const SOURCES: [PlaceSource; 4] =
    [PlaceSource::OwnWord, PlaceSource::Chosen, PlaceSource::Itinerary, PlaceSource::Measured];

const WRITE_ONLY: u8 = 1;
const MAY_WRITE: u8 = 1;
const MAY_CALL: u8 = 3;

/// 24 bits, of which zero is nowhere.
const STEPS: f64 = 0xFF_FFFE as f64;

/// A country, or an airport in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// By its two letters.
    Country(CountryCode),
    /// By its three.
    Airport(AirportCode),
}

/// A point, and what is known of how it was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Within two metres of what it was.
    pub position: Position,
    /// Within so many metres, where that is known; never less than it was.
    pub accuracy_m: Option<u32>,
}

/// What somebody says by SMS. What is larger than its byte is said as the largest.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Who says it, by the phone.
    pub device: DeviceId,
    /// The check-in that it is; by data it has the same id.
    pub check_in: CheckInId,
    /// Of the check-in.
    pub version: u8,
    /// When it was said, in whole seconds.
    pub at: Timestamp,
    /// Where.
    pub spot: Option<Spot>,
    /// Where exactly.
    pub point: Option<Measured>,
    /// How the place is known.
    pub source: Option<PlaceSource>,
    /// How old it was when this was said, in minutes: never less than it was, and 22 days for all that is older.
    pub age_min: u32,
    /// The most urgent of how they are.
    pub status: CheckInStatus,
    /// What they mean to do.
    pub intent: Option<Intent>,
    /// What they need.
    pub needs: BTreeSet<Need>,
    /// For how many days they have enough of a medicine.
    pub medicine_days: Option<u8>,
    /// Of how many it is said.
    pub people: u8,
    /// How many of them ask for help; where nobody does, how many are as `status` says, and 0 for all of them.
    pub need_help: u8,
    /// "Do not call, write."
    pub write_only: bool,
    /// How to reach them; never in words.
    pub contact: SafeContact,
    /// To answer in.
    pub language: Option<Tag>,
}

impl Content {
    /// How many are how: of the others, where some ask for help or are worse off, that they are safe.
    pub fn by_status(&self) -> PeopleByStatus {
        let people = u16::from(self.people.max(1));
        let (status, some) = match u16::from(self.need_help) {
            some if self.status.asks_for_help() => (CheckInStatus::NeedHelp, some.clamp(1, people)),
            0 => (self.status, people),
            some => (self.status, some.min(people)),
        };
        let mut each = PeopleByStatus::from([(status, some)]);
        if some < people {
            *each.entry(CheckInStatus::Safe).or_default() += people - some;
        }
        each
    }

    pub(super) fn to_bytes(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let mut put = |at: Range<usize>, value: &[u8]| bytes[at].copy_from_slice(value);
        put(DEVICE, Uuid::from(self.device).as_bytes());
        put(CHECK_IN, Uuid::from(self.check_in).as_bytes());
        put(VERSION, &[self.version]);
        put(TIME, &u32::try_from(self.at.as_second().max(0)).unwrap_or(u32::MAX).to_be_bytes());
        put(SPOT, &spot_bytes(self.spot));
        let (point, accuracy) = point_bytes(self.point);
        put(POSITION, &point);
        put(ACCURACY, &[accuracy]);
        put(AGE_AND_SOURCE, &[steps_up(self.age_min, 31, minutes) << 3 | number(&SOURCES, self.source, 7)]);
        put(STATUS_AND_INTENT, &[number(&STATUSES, Some(self.status), 15) << 4 | number(&INTENTS, self.intent, 15)]);
        put(NEEDS, &need_bits(&self.needs).to_be_bytes());
        put(MEDICINE, &[self.medicine_days.map_or(0, |days| days.saturating_add(1))]);
        put(PEOPLE, &[self.people]);
        put(PEOPLE_IN_NEED, &[self.need_help]);
        let contact = answer(self.contact.may_write) << MAY_WRITE | answer(self.contact.may_call) << MAY_CALL;
        let write_only = if self.write_only { WRITE_ONLY } else { 0 };
        put(CONTACT, &[write_only | contact]);
        put(LANGUAGE, &language_bytes(self.language.as_ref()));
        bytes
    }

    /// `None` where it names no device or no check-in.
    pub(super) fn of_bytes(bytes: &[u8; BYTES]) -> Option<Self> {
        let byte = |at: Range<usize>| bytes[at.start];
        let uuid = |at: Range<usize>| Uuid::from_slice(&bytes[at]).ok();
        let (how, says, contact) = (byte(AGE_AND_SOURCE), byte(STATUS_AND_INTENT), byte(CONTACT));
        Some(Self {
            device: uuid(DEVICE)?.try_into().ok()?,
            check_in: uuid(CHECK_IN)?.try_into().ok()?,
            version: byte(VERSION),
            at: Timestamp::from_second(i64::from(u32::from_be_bytes(bytes[TIME].try_into().ok()?))).ok()?,
            spot: spot_of(&bytes[SPOT]),
            point: point_of(&bytes[POSITION], byte(ACCURACY)),
            source: word(&SOURCES, how & 7, PlaceSource::Other),
            age_min: minutes(how >> 3),
            // whoever says nothing that is understood asks for help
            status: word(&STATUSES, says >> 4, CheckInStatus::Other).unwrap_or(CheckInStatus::Other),
            intent: word(&INTENTS, says & 15, Intent::Other),
            needs: needs_of(u16::from_be_bytes(bytes[NEEDS].try_into().ok()?)),
            medicine_days: byte(MEDICINE).checked_sub(1),
            people: byte(PEOPLE),
            need_help: byte(PEOPLE_IN_NEED),
            write_only: contact & WRITE_ONLY != 0,
            contact: SafeContact {
                may_write: answered(contact >> MAY_WRITE),
                may_call: answered(contact >> MAY_CALL),
                when: String::new(),
            },
            language: language_of(&bytes[LANGUAGE]),
        })
    }
}

/// One more than the place in `known`; zero for nothing, `other` for what has no place there.
fn number<T: PartialEq>(known: &[T], value: Option<T>, other: u8) -> u8 {
    let Some(value) = value else { return 0 };
    known.iter().position(|one| *one == value).and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(other)
}

fn word<T: Copy>(known: &[T], number: u8, other: T) -> Option<T> {
    let at = usize::from(number).checked_sub(1)?;
    Some(known.get(at).copied().unwrap_or(other))
}

fn need_bits(needs: &BTreeSet<Need>) -> u16 {
    let bit = |need: &Need| NEED_BITS.iter().position(|one| one == need).map_or(OTHER_NEED, |at| 1 << at);
    needs.iter().fold(0, |bits, need| bits | bit(need))
}

fn needs_of(bits: u16) -> BTreeSet<Need> {
    let known = NEED_BITS.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, need)| *need);
    let other = (bits >> NEED_BITS.len() != 0).then_some(Need::Other);
    known.chain(other).collect()
}

fn spot_bytes(spot: Option<Spot>) -> [u8; 3] {
    let mut bytes = [0; 3];
    let code = match &spot {
        Some(Spot::Country(code)) => code.as_str(),
        Some(Spot::Airport(code)) => code.as_str(),
        None => "",
    };
    bytes[..code.len()].copy_from_slice(code.as_bytes());
    bytes
}

fn spot_of(bytes: &[u8]) -> Option<Spot> {
    let code = std::str::from_utf8(bytes).ok()?;
    match code.strip_suffix('\0') {
        Some(country) => Some(Spot::Country(country.parse().ok()?)),
        None => Some(Spot::Airport(code.parse().ok()?)),
    }
}

fn point_bytes(point: Option<Measured>) -> ([u8; 6], u8) {
    let mut bytes = [0; 6];
    let Some(Measured { position, accuracy_m }) = point.filter(|point| point.position.is_on_earth()) else {
        return (bytes, 0);
    };
    for (at, degrees, half) in [(0, position.lat, 90.0), (3, position.lon, 180.0)] {
        // within 0 to STEPS by the check above, so that nothing is cut
        let step = ((degrees + half) / (2.0 * half) * STEPS).round() as u32 + 1;
        bytes[at..at + 3].copy_from_slice(&step.to_be_bytes()[1..]);
    }
    (bytes, accuracy_m.map_or(0, |metres| steps_up(metres, 254, self::metres) + 1))
}

fn point_of(bytes: &[u8], accuracy: u8) -> Option<Measured> {
    let degrees = |at: usize, half: f64| {
        let step = u32::from_be_bytes([0, bytes[at], bytes[at + 1], bytes[at + 2]]).checked_sub(1)?;
        Some(f64::from(step) / STEPS * 2.0 * half - half)
    };
    let position = Position::new(degrees(0, 90.0)?, degrees(3, 180.0)?)?;
    Some(Measured { position, accuracy_m: accuracy.checked_sub(1).map(metres) })
}

/// The first step, up to the last, that is not less than `value`.
fn steps_up(value: u32, last: u8, of: fn(u8) -> u32) -> u8 {
    (0..=last).find(|step| of(*step) >= value).unwrap_or(last)
}

fn metres(step: u8) -> u32 {
    (f64::from(step) / 8.0).exp2().ceil() as u32
}

fn minutes(step: u8) -> u32 {
    if step == 0 { 0 } else { (f64::from(step - 1) / 2.0).exp2().ceil() as u32 }
}

fn answer(said: Option<bool>) -> u8 {
    match said {
        None => 0,
        Some(true) => 1,
        Some(false) => 2,
    }
}

fn answered(bits: u8) -> Option<bool> {
    match bits & 3 {
        0 => None,
        1 => Some(true),
        // what is not understood harms nobody
        _ => Some(false),
    }
}

fn language_bytes(language: Option<&Tag>) -> [u8; 2] {
    let tag = language.map(ToString::to_string).unwrap_or_default();
    let primary = tag.split('-').next().unwrap_or_default();
    primary.as_bytes().try_into().unwrap_or_default()
}

fn language_of(bytes: &[u8]) -> Option<Tag> {
    let is_letters = bytes.iter().all(u8::is_ascii_lowercase);
    std::str::from_utf8(bytes).ok().filter(|_| is_letters)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_or_name_nobody_and_what_was_read_is_written_the_same(start: [u8; 32], rest: [u8; 32], end: [u8; 3]) {
            let bytes: [u8; BYTES] = [&start[..], &rest, &end].concat().try_into().unwrap();
            // a random id is of version 4
            let mut named = bytes;
            for id in [DEVICE, CHECK_IN] {
                named[id.start + 6] = named[id.start + 6] & 0x0F | 0x40;
                named[id.start + 8] = named[id.start + 8] & 0x3F | 0x80;
            }
            let _ = Content::of_bytes(&bytes);
            let read = Content::of_bytes(&named).unwrap();
            let again = Content::of_bytes(&read.to_bytes()).unwrap();
            prop_assert_eq!(again, read);
        }
    }

    #[test]
    fn of_a_party_those_who_do_not_ask_are_safe() {
        let content = |status, people, need_help| {
            let mut content = Content::of_bytes(&[0; BYTES]).unwrap();
            (content.status, content.people, content.need_help) = (status, people, need_help);
            content.by_status()
        };
        use CheckInStatus::{NeedHelp, Other, Safe, Stranded};
        assert_eq!(content(NeedHelp, 45, 2), [(NeedHelp, 2), (Safe, 43)].into());
        assert_eq!(content(Other, 1, 0), [(NeedHelp, 1)].into());
        assert_eq!(content(Stranded, 3, 0), [(Stranded, 3)].into());
        assert_eq!(content(Stranded, 10, 2), [(Stranded, 2), (Safe, 8)].into());
        assert_eq!(content(Safe, 5, 2), [(Safe, 5)].into());
        assert_eq!(content(Safe, 0, 0), [(Safe, 1)].into(), "nobody speaks of nobody");
    }
}
