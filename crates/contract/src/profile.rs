//! What ties the app to one ministry; nothing else does.

use serde::{Deserialize, Serialize};

use crate::{advisory::Area, bulletin::Hash, hours::Hours, keys::Roots, place::CountryCode, words::Words};

/// `profile.json`, or the profile embedded in a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The ministry's name in full.
    pub name: Words,
    /// True for a ministry that does not exist; DEMO is said on every screen.
    pub demo: bool,
    /// Base URL of the front, without a path.
    pub front: String,
    pub roots: Roots,
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
    /// What the ministry had said when the app was made: there from the first launch, with no network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped: Option<Shipped>,
}

/// A bulletin that comes with the app. It is verified like any other, and makes nothing look fresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shipped {
    /// The key set's JWS in JSON form.
    pub keys: String,
    /// Each entry's compact JWS.
    pub entries: Vec<String>,
}

/// The ministry's word on a place that more than one state claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputedPlace {
    /// Where it is: shapes, or a country's code; neither where all that the claims share is meant.
    #[serde(default)]
    pub area: Area,
    /// The states whose claims meet there, in any order.
    pub claims: Vec<CountryCode>,
    /// Whose level, numbers and mission are shown there; absent for "both".
    #[serde(default)]
    pub counts_as: Option<CountryCode>,
    pub note: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileLine {
    pub name: Words,
    pub hours: Hours,
    /// E.164.
    pub number: String,
}

impl Profile {
    /// Names the root keys; a data folder is bound to it.
    pub fn fingerprint(&self) -> Hash {
        let mut roots: Vec<&str> = self.roots.keys.iter().map(|key| key.public.as_str()).collect();
        roots.sort_unstable();
        Hash::of(format!("{}\n{}", self.roots.threshold, roots.join("\n")).as_bytes())
    }
}
