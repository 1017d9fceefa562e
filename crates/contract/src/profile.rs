//! What ties the app to one ministry; nothing else does.

use serde::{Deserialize, Serialize};

use crate::{bulletin::Hash, keys::Roots, place::CountryCode, words::Words};

/// `profile.json`, or the profile embedded in a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileLine {
    pub name: Words,
    pub hours: Words,
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
