//! A country's page.

use contract::{place::CountryCode, words::Words};
use jiff::civil::DateTime;
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
        clock,
        levels::{self, LevelView},
    },
};

/// What is known of one country: facts alone.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountryPage {
    pub code: CountryCode,
    pub name: Words,
    /// What its clocks show now.
    #[ts(type = "string")]
    pub local_time: DateTime,
    /// How far those are ahead of home's; absent where no ministry is set.
    pub minutes_ahead_of_home: Option<i32>,
    pub level: Option<LevelView>,
    /// In force or coming.
    pub advisories: Vec<AdvisoryView>,
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
        let zone = atlas::time_zone_of(country.code).unwrap_or("UTC");
        let home = facts.profile.map(|profile| profile.home_time_zone.as_str());
        let level = levels::of_country(facts, code);
        let called_for = level.as_ref().map_or(1, |level| level.level);
        let topics = topics::topics(facts.bulletin.topics().map(|(_, topic)| topic));
        let topics = topics.into_iter().filter(|topic| topic.levels.contains(&called_for));
        Ok(Self {
            code,
            name: country_name(code),
            local_time: clock::wall(zone, facts.now),
            minutes_ahead_of_home: home.map(|home| clock::minutes_ahead(zone, home, facts.now)),
            level,
            advisories: advisories::of_country(facts, code),
            emergency: emergency::emergency(code),
            contacts: contacts::of_country(facts, code),
            topics: topics.map(|topic| topic.id).collect(),
        })
    }
}
