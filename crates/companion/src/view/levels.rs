//! The standing travel level of a country.

use contract::{entry::level::Level, place::CountryCode, words::Words};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{facts::Facts, places::country_name};

/// The travel level of a country.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LevelView {
    /// 1 to 4.
    pub level: u8,
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// What the country is called.
    pub country: Words,
    /// When it was set.
    #[ts(type = "string")]
    pub since: Timestamp,
    /// Why it stands there.
    pub why: Words,
}

/// Of every country abroad that has one, by code: at home nobody travels.
pub fn all(facts: &Facts) -> Vec<LevelView> {
    let home = facts.profile.map(|profile| profile.home_country);
    let abroad = facts.bulletin.levels().into_values().filter(|level| Some(level.country) != home);
    abroad.map(level_view).collect()
}

/// Of one, where it has one.
pub fn of_country(facts: &Facts, country: CountryCode) -> Option<LevelView> {
    facts.bulletin.levels().get(&country).map(|level| level_view(level))
}

/// Where the traveller is. Home is no journey, and has none.
pub fn of_here(facts: &Facts) -> Option<LevelView> {
    let country = facts.leg().map(|leg| leg.country);
    let home = facts.profile.map(|profile| profile.home_country);
    country.filter(|country| Some(*country) != home).and_then(|country| of_country(facts, country))
}

fn level_view(level: &Level) -> LevelView {
    LevelView {
        level: level.shown(),
        code: level.country,
        country: country_name(level.country),
        since: level.since,
        why: level.why.clone(),
    }
}
