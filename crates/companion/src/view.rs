//! What the screens show: one value, composed from the store, the atlas and the clock.
//! Times are RFC 3339 instants; dates are `YYYY-MM-DD`.

use contract::{
    advisory::{AdvisoryText, Relayed, Severity},
    ids::{CallId, EntryId, TripId},
    jws::Refusal,
    place::{AirportCode, CountryCode, Position},
    records::{CallOutcome, CheckInStatus},
    words::{Lang, Words},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{error::Trouble, trips::Place};

pub use crate::{front_client::Link, store::Delivery};

mod asked;

pub use asked::{
    Ask, ChatView, Contacts, CountryName, CountryPage, Hit, LineView, MissionView, OpenHours, Piece, PlaceAt, Target,
};

#[derive(Debug, Clone, Serialize, TS)]
pub struct View {
    pub lang: Lang,
    #[ts(type = "string")]
    pub now: Timestamp,
    /// Absent where no ministry is set.
    pub ministry: Option<Ministry>,
    /// Why the app cannot keep what is entered; guidance and the call bar still work.
    pub trouble: Option<Trouble>,
    pub here: Option<Here>,
    pub call: CallBar,
    /// A tap on a number whose outcome the traveller has not told yet.
    pub last_call: Option<LastCall>,
    /// Those that matter most first.
    pub advisories: Vec<AdvisoryView>,
    /// Current and coming first, then past.
    pub trips: Vec<TripView>,
    pub check_in: Option<CheckInView>,
    /// The ministry's own, and those of the missions that serve where the traveller is.
    pub contacts: Contacts,
    /// Local emergency numbers where the traveller is.
    pub emergency: Vec<EmergencyRow>,
    /// Where the traveller is.
    pub level: Option<LevelView>,
    pub contact: ContactState,
    /// The traveller does not hear or speak.
    pub prefers_text: bool,
    /// Another number with every word of the ministry: what was asked for beside the View may have changed.
    #[ts(type = "number")]
    pub bulletin: u64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Ministry {
    pub name: Words,
    pub demo: bool,
    pub home_city: Words,
    pub home_time_zone: String,
}

/// Where the traveller is, and how that is known.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Here {
    pub place: Words,
    pub country: CountryCode,
    pub country_name: Words,
    pub time_zone: String,
    pub airport: Option<AirportCode>,
    pub position: Option<Position>,
    pub source: HereSource,
    /// When that was so: the leg's beginning, or the moment of the choice. Absent at home.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    pub trip: Option<TripId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HereSource {
    /// From the dates of a trip.
    Plan,
    /// Chosen by hand.
    Chosen,
    /// No trip is under way: home.
    Home,
}

/// What the call bar does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CallBar {
    /// `tel:` to speak; `sms:` or a chat's `https:` to write.
    pub href: String,
    /// It writes instead of speaking.
    pub writes: bool,
    /// The number to speak.
    pub number: String,
    /// Whose line it is and when they answer, or that they are overloaded.
    pub line: Words,
    pub demo: bool,
    pub kind: CallBarKind,
    /// A second way, beside it.
    pub beside: Option<Beside>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Beside {
    pub way: BesideWay,
    pub href: String,
    pub name: Words,
    pub hours: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BesideWay {
    /// To speak, for whoever writes first.
    Voice,
    /// To write, where the line is overloaded.
    Text,
    /// For questions: nothing urgent belongs on the emergency line.
    Office,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallBarKind {
    Mission,
    Ministry,
    /// No ministry is set: the emergency number itself.
    Emergency,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LastCall {
    pub id: CallId,
    pub number: String,
    /// True for a number reserved for fiction.
    pub demo: bool,
    pub way: CallWay,
    #[ts(type = "string")]
    pub at: Timestamp,
    /// False where this machine has nothing that dials: show the number large.
    pub dialled: bool,
    pub outcome: CallOutcome,
    pub delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallWay {
    Voice,
    Sms,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct AdvisoryView {
    pub id: EntryId,
    pub version: u32,
    pub severity: Severity,
    pub texts: Vec<AdvisoryText>,
    pub relayed: Option<Relayed>,
    pub countries: Vec<Words>,
    /// Names of areas within a country, as the authority gives them.
    pub areas: Vec<String>,
    #[ts(type = "string")]
    pub issued_at: Timestamp,
    #[ts(type = "string")]
    pub effective: Timestamp,
    #[ts(type = "string")]
    pub expires: Timestamp,
    pub state: AdvisoryState,
    pub concerns: Concern,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdvisoryState {
    InForce,
    Upcoming,
    Expired,
    Cancelled,
}

/// Whom an advisory concerns, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    Here,
    Trip,
    Elsewhere,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct TripView {
    pub id: TripId,
    pub phase: Phase,
    pub origin: Option<Place>,
    pub origin_position: Option<Position>,
    pub legs: Vec<LegView>,
    pub people: u16,
    pub delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Current,
    Coming,
    Past,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LegView {
    pub kind: LegKind,
    pub place: Words,
    pub code: CountryCode,
    pub country: Words,
    pub airport: Option<AirportCode>,
    pub position: Option<Position>,
    pub time_zone: String,
    #[ts(type = "string")]
    pub from: Timestamp,
    #[ts(type = "string")]
    pub until: Timestamp,
    pub phase: Phase,
    /// Hotel or address of a stay; flight of a transit.
    pub detail: String,
    pub airside: bool,
    pub onward_ticket: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LegKind {
    Stay,
    Transit,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckInView {
    pub status: CheckInStatus,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub people: u16,
    pub delivery: Delivery,
}

/// The numbers of one service.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EmergencyRow {
    pub service: EmergencyService,
    pub numbers: Vec<EmergencyNumber>,
    /// No source names all of the numbers.
    pub differ: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct EmergencyNumber {
    pub number: String,
    pub source: String,
    pub date: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyService {
    General,
    Police,
    Ambulance,
    Fire,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LevelView {
    /// 1 to 4.
    pub level: u8,
    pub code: CountryCode,
    pub country: Words,
    #[ts(type = "string")]
    pub since: Timestamp,
    pub why: Words,
}

/// How things stand between this device and the ministry.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct ContactState {
    pub link: Link,
    /// When the ministry was last heard, with everything verified.
    #[ts(type = "string | null")]
    pub last_heard: Option<Timestamp>,
    /// Newer word may exist: the head is past its expiry or frames are missing.
    pub may_be_stale: bool,
    /// How many entered things wait to be sent.
    pub waiting: u32,
    /// The last thing that was refused because its source could not be verified.
    pub refused: Option<Refused>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Refused {
    pub reason: Refusal,
    #[ts(type = "string")]
    pub at: Timestamp,
}
