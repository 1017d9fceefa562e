//! What ties the app to one ministry; nothing else does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    hash::Hash,
    hours::Hours,
    keys::Roots,
    phone::PhoneNumber,
    place::{Area, CountryCode},
    words::{Preference, Tag, Words},
};

/// `profile.json`, or the profile embedded in a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The app's identifier (reverse domain): what an operating system tells one ministry's app from another's by.
    pub identifier: String,
    /// The ministry's name in full.
    pub name: Words,
    /// True for a ministry that does not exist; DEMO is said on every screen.
    #[serde(default)]
    pub demo: bool,
    /// The ministry's languages, in the order in which a text is looked for after the reader's own.
    pub languages: Vec<Tag>,
    /// Base URL of the front, without a path.
    pub front: String,
    /// Root 0, for ever: it verifies the first key set and names the data folder.
    pub roots: Roots,
    /// The country the travellers come from.
    pub home_country: CountryCode,
    /// IANA name; shown beside local time.
    pub home_time_zone: String,
    /// The city that stands for home on a clock.
    pub home_city: Words,
    /// The ministry's 24/7 line: what the call bar dials until the bulletin knows better.
    pub line: ProfileLine,
    /// How the ministry treats places that more than one state claims; any other is shown as claimed by both.
    #[serde(default)]
    pub disputed: Vec<DisputedPlace>,
    /// What personal data is under.
    pub law: Law,
    /// What the ministry had said when the app was made: there from the first launch, with no network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped: Option<Shipped>,
}

/// A bulletin that comes with the app. It is verified like any other, and makes nothing look fresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipped {
    /// The key sets 1, 2, … to the newest: JWS in JSON form.
    pub keys: Vec<String>,
    /// A watermark (compact JWS) that names `snapshot`.
    pub watermark: String,
    /// The snapshot's lines.
    pub snapshot: String,
}

/// The ministry's word on a place that more than one state claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisputedPlace {
    /// Where it is: shapes, or a country's code; neither where all that the claims share is meant.
    #[serde(default)]
    pub area: Area,
    /// The states whose claims meet there, in any order.
    pub claims: Vec<CountryCode>,
    /// Whose level, numbers and mission are shown there; absent for "both".
    #[serde(default)]
    pub counts_as: Option<CountryCode>,
    /// The ministry's word, shown beside the place.
    pub note: Words,
}

/// A line that is known before the bulletin is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileLine {
    /// What it is called.
    pub name: Words,
    /// When somebody answers.
    pub hours: Hours,
    /// What is dialled.
    pub number: PhoneNumber,
}

/// The law that personal data is under: data of the profile, not of the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    /// Where records live: front, desk, backups, push queue.
    pub country: CountryCode,
    /// The person responsible for personal data, and how to reach them.
    pub responsible: Words,
    /// What travellers agree to, each text by its name.
    pub consents: BTreeMap<String, ConsentText>,
    /// How long each class of data is kept.
    pub retention: Retention,
    /// What is done, and who is told by when, where data got into other hands.
    pub breach: Words,
}

/// The name of the text that is agreed to by registering a trip.
pub const REGISTERING: &str = "registering";
/// The name of the text that is agreed to by naming somebody whom the ministry may call.
pub const NEXT_OF_KIN: &str = "next_of_kin";

/// A text that a traveller agrees to. Another text is a higher version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentText {
    /// From 1.
    pub version: u32,
    /// What is shown, whole.
    pub text: Words,
}

/// How long each class of data is kept after its end, in days. The front erases trips, check-ins and calls by it, and
/// the desk closed cases and their messages; what it says of the rest binds whoever keeps audit files and backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Retention {
    /// After its last leg.
    pub trip: u32,
    /// After it came.
    pub check_in: u32,
    /// After it was closed.
    pub case: u32,
    /// After its case was closed.
    pub message: u32,
    /// After it came.
    pub sms: u32,
    /// After it came.
    pub call: u32,
    /// After the line was written.
    pub audit: u32,
    /// After it was made.
    pub backup: u32,
}

impl Profile {
    /// Names the root keys; a data folder is bound to it.
    pub fn fingerprint(&self) -> Hash {
        let mut roots: Vec<&str> = self.roots.keys.iter().map(|key| key.public.as_str()).collect();
        roots.sort_unstable();
        Hash::of(format!("{}\n{}", self.roots.threshold, roots.join("\n")).as_bytes())
    }

    /// The order in which a reader's texts are looked for.
    pub fn preference(&self, reader: impl Into<Tag>) -> Preference {
        Preference::new(reader, &self.languages)
    }
}
