//! A country's page.

use contract::{place::CountryCode, words::Words};
use serde::Serialize;
use ts_rs::TS;

use super::contacts::{self, Contacts};
use crate::{
    emergency::{self, EmergencyRow},
    error::{Failure, FailureCode},
    facts::Facts,
    places::country_name,
    topics,
    view::{
        advisories::{self, AdvisoryView},
        levels::{self, LevelView},
    },
    zones::{self, Shift},
};

/// What is known of one country: facts alone.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountryPage {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// What it is called.
    pub name: Words,
    /// IANA name.
    pub time_zone: String,
    /// Its clock.
    pub clock: Vec<Shift>,
    /// Where it has one.
    pub level: Option<LevelView>,
    /// In force or coming.
    pub advisories: Vec<AdvisoryView>,
    /// Its emergency numbers.
    pub emergency: Vec<EmergencyRow>,
    /// The ministry's own, and those of the missions that serve it.
    pub contacts: Contacts,
    /// Ids of the topics its level calls for.
    pub topics: Vec<String>,
}

impl CountryPage {
    /// # Errors
    /// [`FailureCode::UnknownCountry`] for a code that is none, or that ISO retired.
    pub fn of(facts: &Facts, code: CountryCode) -> Result<Self, Failure> {
        let country = atlas::country(code).ok_or(Failure::new(FailureCode::UnknownCountry))?;
        let time_zone = atlas::time_zone_of(country.code).unwrap_or("UTC");
        let level = levels::of_country(facts, code);
        let called_for = level.as_ref().map_or(1, |level| level.level);
        let topics = topics::topics(facts.bulletin.topics().map(|(_, topic)| topic));
        let topics = topics.into_iter().filter(|topic| topic.levels.contains(&called_for));
        Ok(Self {
            code,
            name: country_name(code),
            time_zone: time_zone.to_owned(),
            clock: zones::shifts(time_zone, facts.now),
            level,
            advisories: advisories::of_country(facts, code),
            emergency: emergency::emergency(code),
            contacts: contacts::of_country(facts, code),
            topics: topics.map(|topic| topic.id).collect(),
        })
    }
}
