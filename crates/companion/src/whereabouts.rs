//! Where the traveller is now, and how that is known.

use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode, Position},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    error::{Failure, FailureCode},
    trips::{PlannedLeg, PlannedTrip},
    view::HereSource,
};

/// A place chosen by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChosenPlace {
    Country {
        code: CountryCode,
    },
    City {
        key: String,
    },
    Airport {
        code: AirportCode,
    },
    /// On the map. Where several states claim the point or a border is near, the traveller says whose mission to use.
    Point {
        position: Position,
        country: CountryCode,
    },
}

/// What the device keeps of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub place: ChosenPlace,
    pub at: Timestamp,
}

/// A leg of a trip, or a choice that stands as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Whereabouts {
    pub leg: PlannedLeg,
    pub source: HereSource,
    pub trip: Option<TripId>,
}

/// The newer of what is known: a choice by hand stands until a leg that begins after it is under way.
/// `None` where nothing is known: home.
pub fn now(trips: &[(TripId, PlannedTrip)], choice: Option<&Choice>, now: Timestamp) -> Option<Whereabouts> {
    let planned = current_leg(trips, now);
    let chosen = choice
        .filter(|choice| choice.at <= now && planned.is_none_or(|(_, leg)| leg.from <= choice.at))
        .and_then(|choice| leg_of(&choice.place, choice.at).ok());
    match (chosen, planned) {
        (Some(leg), planned) => {
            // led elsewhere, the party is still that of the trip
            let trip = planned.map(|(id, _)| id);
            Some(Whereabouts { leg, source: HereSource::Chosen, trip })
        }
        (None, Some((trip, leg))) => Some(Whereabouts { leg: leg.clone(), source: HereSource::Plan, trip: Some(trip) }),
        (None, None) => None,
    }
}

/// The leg that is under way at `now`. Between two legs it is the one before; of two trips, the later begun.
fn current_leg(trips: &[(TripId, PlannedTrip)], now: Timestamp) -> Option<(TripId, &PlannedLeg)> {
    trips
        .iter()
        .filter(|(_, trip)| trip.from() <= now && now < trip.until())
        .filter_map(|(id, trip)| Some((*id, trip.legs.iter().rev().find(|leg| leg.from <= now)?)))
        .max_by_key(|(_, leg)| leg.from)
}

/// A chosen place as a leg without an end.
pub fn leg_of(place: &ChosenPlace, from: Timestamp) -> Result<PlannedLeg, Failure> {
    let leg = |code: CountryCode, place: Option<_>, airport, position, time_zone: &str| {
        let country = atlas::country(code).ok_or(Failure::new(FailureCode::UnknownCountry))?;
        Ok(PlannedLeg {
            country: code,
            country_name: country.name.clone(),
            place: place.unwrap_or_else(|| country.name.clone()),
            airport,
            position,
            time_zone: time_zone.to_owned(),
            from,
            until: Timestamp::MAX,
        })
    };
    match place {
        ChosenPlace::Country { code } => leg(*code, None, None, None, atlas::time_zone_of(*code).unwrap_or("UTC")),
        ChosenPlace::City { key } => {
            let city = atlas::city(key).ok_or(Failure::new(FailureCode::UnknownCity))?;
            leg(city.country, Some(city.name.clone()), None, Some(city.position), city.time_zone)
        }
        ChosenPlace::Airport { code } => {
            let airport = atlas::airport(*code).ok_or(Failure::new(FailureCode::UnknownAirport))?;
            let (city, code) = (airport.city.clone(), Some(airport.code));
            leg(airport.country, Some(city), code, Some(airport.position), airport.time_zone)
        }
        ChosenPlace::Point { position, country } => {
            let Position { lat, lon } = *position;
            let position = Position::new(lat, lon).ok_or(Failure::new(FailureCode::UnknownCountry))?;
            let city = atlas::city_at(position, *country).map(|city| city.name.clone());
            leg(*country, city, None, Some(position), atlas::time_zone_at(position, *country).unwrap_or("UTC"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        testing::{at, stay, trip},
        trips::plan,
    };

    fn trips() -> [(TripId, PlannedTrip); 1] {
        let legs = vec![
            stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
            stay("TR", Some("tr-istanbul"), "2026-03-05", "2026-03-08"),
        ];
        [(TripId::NIL, plan(&trip(legs), "KZ".parse().unwrap()).unwrap())]
    }

    fn choice(code: &str, when: &str) -> Choice {
        Choice { place: ChosenPlace::Country { code: code.parse().unwrap() }, at: at(when) }
    }

    fn country(choice: Option<&Choice>, when: &str) -> Option<(String, HereSource)> {
        now(&trips(), choice, at(when)).map(|here| (here.leg.country.to_string(), here.source))
    }

    #[test]
    fn a_choice_outranks_the_plan_until_the_next_leg_begins() {
        let oman = choice("OM", "2026-03-01T12:00:00Z");
        assert_eq!(country(Some(&oman), "2026-03-01T11:00:00Z"), Some(("AE".into(), HereSource::Plan)));
        assert_eq!(country(Some(&oman), "2026-03-03T12:00:00Z"), Some(("OM".into(), HereSource::Chosen)));
        assert_eq!(country(Some(&oman), "2026-03-06T12:00:00Z"), Some(("TR".into(), HereSource::Plan)));
    }

    #[test]
    fn a_choice_stands_where_no_trip_is_under_way() {
        let oman = choice("OM", "2026-01-01T12:00:00Z");
        assert_eq!(country(Some(&oman), "2026-01-20T12:00:00Z"), Some(("OM".into(), HereSource::Chosen)));
        assert_eq!(country(None, "2026-01-20T12:00:00Z"), None);
    }

    #[test]
    fn a_chosen_airport_brings_its_city_and_its_clock() {
        let doha = leg_of(&ChosenPlace::Airport { code: "DOH".parse().unwrap() }, at("2026-03-01T12:00:00Z")).unwrap();
        assert_eq!(
            (doha.country.as_str(), doha.time_zone.as_str(), doha.place.en.as_str()),
            ("QA", "Asia/Qatar", "Doha")
        );
        let nowhere = leg_of(&ChosenPlace::City { key: "zz-nowhere".into() }, at("2026-03-01T12:00:00Z"));
        assert_eq!(nowhere.unwrap_err().code, FailureCode::UnknownCity);
    }
}
