//! "I am safe", "I need help", "I have left", "I am stranded": a person's own word, or a leader's for a party.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, MapAccess, Visitor},
};

use super::{InvalidField, Kind, Record, check_instant, check_sealed, check_version, require, trip::MAX_PEOPLE};
use crate::{
    ids::TripId,
    open_enum::open_enum,
    place::{AirportCode, CountryCode},
    seal::Sealed,
};

open_enum! {
    /// How somebody is, in their own word or a proxy's.
    #[derive(PartialOrd, Ord)]
    pub enum CheckInStatus {
        /// "I am safe."
        Safe,
        /// "I need help."
        NeedHelp,
        /// "I have left" the country.
        Left,
        /// "I am stranded": safe, and unable to go on.
        Stranded,
    }
    /// Read as in need of help.
    other
}

impl CheckInStatus {
    /// Whether somebody in this state asks for help; one that this reader does not know counts as asking.
    pub fn asks_for_help(self) -> bool {
        matches!(self, Self::NeedHelp | Self::Other)
    }
}

/// How many people are in each state: 43 safe, 2 in need of help.
pub type PeopleByStatus = BTreeMap<CheckInStatus, u16>;

/// The most urgent state that anybody is in; in need of help where nobody is in any.
pub fn most_urgent(people: &PeopleByStatus) -> CheckInStatus {
    use CheckInStatus::{Left, NeedHelp, Other, Safe, Stranded};
    let says = |status: &CheckInStatus| people.get(status).is_some_and(|people| *people > 0);
    [NeedHelp, Other, Stranded, Safe, Left].into_iter().find(says).unwrap_or(NeedHelp)
}

/// Body of `PUT /v1/check-ins/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CheckIn {
    /// From 1; a higher one replaces.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub version: u32,
    /// 1 to 500 people.
    #[serde(deserialize_with = "people")]
    #[schema(value_type = BTreeMap<String, u16>)]
    pub people: PeopleByStatus,
    /// The trip it speaks of, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<TripId>,
    /// Where they are, by the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// Where they are in transit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub airport: Option<AirportCode>,
    /// When they said so.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Intent, need and words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
}

/// Reads each state once. Those that this reader does not know are one to it, and nobody of them is lost.
fn people<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PeopleByStatus, D::Error> {
    struct States;

    impl<'de> Visitor<'de> for States {
        type Value = PeopleByStatus;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("how many people are in each state")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PeopleByStatus, A::Error> {
            let mut people = PeopleByStatus::new();
            while let Some((status, more)) = map.next_entry()? {
                let held: Option<u16> = people.insert(status, more);
                match (status, held) {
                    (_, None) => {}
                    (CheckInStatus::Other, Some(held)) => drop(people.insert(status, held.saturating_add(more))),
                    (_, Some(_)) => return Err(de::Error::custom("a state is given twice")),
                }
            }
            Ok(people)
        }
    }

    deserializer.deserialize_map(States)
}

impl CheckIn {
    /// Everybody that it speaks of.
    pub fn everybody(&self) -> u32 {
        self.people.values().copied().map(u32::from).sum()
    }

    /// The most urgent of what it says; in need of help where it says nothing.
    pub fn most_urgent(&self) -> CheckInStatus {
        most_urgent(&self.people)
    }

    /// How many of them ask for help; whoever is stranded is in need too, and asks for none.
    pub fn need_help(&self) -> u32 {
        self.people.iter().filter(|(status, _)| status.asks_for_help()).map(|(_, people)| u32::from(*people)).sum()
    }
}

impl Record for CheckIn {
    const KIND: Kind = Kind::CheckIn;

    fn version(&self) -> u32 {
        self.version
    }

    fn check(&self) -> Result<(), InvalidField> {
        check_version(self.version)?;
        let everybody = self.everybody();
        require((1..=u32::from(MAX_PEOPLE)).contains(&everybody), "/people", "1 to 500 people")?;
        check_instant(self.at, "/at")?;
        match &self.sealed {
            Some(sealed) => check_sealed(sealed, "/sealed"),
            None => Ok(()),
        }
    }

    fn asks_for_help(&self) -> bool {
        self.need_help() > 0
    }
}
