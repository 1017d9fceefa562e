//! A country's page: facts alone.

use atlas::AtPoint;
use contract::{
    place::{CountryCode, Position},
    profile::DisputedPlace,
};

use super::{Known, advisories, contacts, country_name, level_of};
use crate::{
    error::{Failure, FailureCode},
    guidance,
    view::{CountryName, CountryPage, PlaceAt},
};

/// All that is known of a country. A code that is none, or that ISO retired, is an [`FailureCode::UnknownCountry`].
pub fn page(known: &Known, code: CountryCode) -> Result<CountryPage, Failure> {
    let country = atlas::country(code).ok_or(Failure::new(FailureCode::UnknownCountry))?;
    let level = level_of(known, code);
    let called_for = level.as_ref().map_or(1, |level| level.level);
    let topics = guidance::topics(known.bulletin.topics().map(|(_, topic)| topic));
    Ok(CountryPage {
        code,
        name: country_name(code),
        time_zone: atlas::time_zone_of(country.code).unwrap_or("UTC").to_owned(),
        level,
        advisories: advisories::of_country(known, code),
        emergency: contacts::emergency(code),
        contacts: contacts::of_country(known, code),
        topics: topics.into_iter().filter(|topic| topic.levels.contains(&called_for)).map(|topic| topic.id).collect(),
    })
}

/// Every country, by code.
pub fn names() -> Vec<CountryName> {
    atlas::countries().iter().map(of).collect()
}

fn of(country: &atlas::Country) -> CountryName {
    CountryName { code: country.code, numeric: country.numeric, name: country.name.clone() }
}

/// The country at a point; a place that several states claim is treated as the ministry says.
pub fn at(position: Position, disputed: &[DisputedPlace]) -> PlaceAt {
    let known = |codes: &[CountryCode]| codes.iter().filter_map(|code| atlas::country(*code)).map(of).collect();
    let at = atlas::country_at(position);
    if let Some(place) = disputed.iter().find(|place| is_there(place, position, &at)) {
        return PlaceAt::Disputed {
            claims: known(&place.claims),
            counts_as: place.counts_as.and_then(atlas::country).map(of),
            note: Some(place.note.clone()),
        };
    }
    let of_one =
        |code, place: &dyn Fn(CountryName) -> PlaceAt| atlas::country(code).map_or(PlaceAt::Sea, |it| place(of(it)));
    match at {
        AtPoint::Sea => PlaceAt::Sea,
        AtPoint::In(code) => of_one(code, &|country| PlaceAt::Country { country }),
        AtPoint::Border(code, beside) => of_one(code, &|country| PlaceAt::Border { country, beside: known(&beside) }),
        AtPoint::Disputed(claims) => PlaceAt::Disputed { claims: known(&claims), counts_as: None, note: None },
    }
}

fn is_there(place: &DisputedPlace, position: Position, at: &AtPoint) -> bool {
    if place.area.has_shape() {
        return atlas::contains(&place.area, position);
    }
    match at {
        AtPoint::Sea => false,
        AtPoint::In(code) | AtPoint::Border(code, _) => place.area.country == Some(*code),
        AtPoint::Disputed(claims) => {
            place.claims.len() == claims.len() && place.claims.iter().all(|claim| claims.contains(claim))
        }
    }
}
