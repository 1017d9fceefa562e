//! Where an alert's areas are: by their shapes, their codes, else their issuer's whole country.

use contract::{
    place::{self, CountryCode, Position},
    words::{Tag, Words},
};

use super::{alert::Area, codes, note::Note};

/// A shape farther than this from every airport of a country is nowhere near it: on land, and at sea.
const NEAR_KM: (f64, f64) = (150.0, 600.0);
/// Corners that are looked at in a shape.
const LOOKED_AT: usize = 40;

/// Whose alert it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Issuer {
    /// By its own identifier: certain.
    pub certain: Option<CountryCode>,
    /// By the ministry's list of senders or the sender's address: good enough where nothing tells where an area is.
    pub likely: Option<CountryCode>,
}

/// Where `area` is, named in `language`; none where nothing tells it.
pub fn place(area: &Area, language: &Tag, issuer: Issuer, notes: &mut Vec<Note>) -> Vec<place::Area> {
    let mut coded: Vec<codes::Coded> = area.codes.iter().filter_map(|(s, v)| codes::area(s, v)).collect();
    coded.dedup();
    let region = coded.first().and_then(|coded| coded.region);
    let mut countries: Vec<CountryCode> = coded.iter().map(|coded| coded.country).collect();
    countries.sort_unstable();
    countries.dedup();
    let name = if area.name.is_empty() { region.unwrap_or_default().to_owned() } else { area.name.clone() };
    let named = Some(name.clone()).filter(|name| !name.is_empty()).map(|name| (language.clone(), name));
    let words: Words = named.into_iter().collect();
    let at = |country, with_shape: bool| place::Area {
        name: words.clone(),
        country,
        airports: Vec::new(),
        polygons: if with_shape { area.polygons.clone() } else { Vec::new() },
        circles: if with_shape { area.circles.clone() } else { Vec::new() },
        closed: false,
    };
    if area.has_shape() {
        let country = countries.first().copied().or(issuer.certain);
        let placed = at(country, true);
        if let Some(country) = country.filter(|country| lies_elsewhere(&placed, *country)) {
            notes.push(Note::ShapeElsewhere { area: name, country });
        }
        return vec![placed];
    }
    if !countries.is_empty() {
        return countries.into_iter().map(|country| at(Some(country), false)).collect();
    }
    match issuer.certain.or(issuer.likely) {
        Some(country) => {
            notes.push(Note::WholeCountry { area: name.clone(), country });
            vec![at(Some(country), false)]
        }
        None => {
            notes.push(Note::AreaLeftOut { area: name });
            Vec::new()
        }
    }
}

/// Whether shapes contradict the country they are named with: no corner of theirs is in it, none of its airports in
/// them or near.
pub fn lies_elsewhere(area: &place::Area, country: CountryCode) -> bool {
    let corners: Vec<Position> =
        area.polygons.iter().flatten().chain(area.circles.iter().map(|c| &c.center)).copied().collect();
    let every = corners.len().div_ceil(LOOKED_AT).max(1);
    let looked_at: Vec<Position> = corners.into_iter().step_by(every).collect();
    let mut airports = atlas::airports_in(country).peekable();
    if looked_at.is_empty() || airports.peek().is_none() {
        return false;
    }
    let found: Vec<atlas::AtPoint> = looked_at.iter().map(|at| atlas::country_at(*at)).collect();
    if found.iter().any(|at| may_be_in(at, country)) {
        return false;
    }
    let near = if found.contains(&atlas::AtPoint::Sea) { NEAR_KM.1 } else { NEAR_KM.0 };
    let nearest_radius = area.circles.iter().map(|circle| circle.radius_km).fold(0.0, f64::max);
    !airports.any(|airport| {
        let is_near = |at: &Position| atlas::distance_km(*at, airport.position) <= near + nearest_radius;
        atlas::contains(area, airport.position) || looked_at.iter().any(is_near)
    })
}

fn may_be_in(at: &atlas::AtPoint, country: CountryCode) -> bool {
    match at {
        atlas::AtPoint::Sea => false,
        atlas::AtPoint::In(code) => *code == country,
        atlas::AtPoint::Border(code, others) => *code == country || others.contains(&country),
        atlas::AtPoint::Disputed(codes) => codes.contains(&country),
    }
}

#[cfg(test)]
mod tests {
    use contract::place::Circle;

    use super::*;
    use crate::cap::geometry::polygon;

    fn english() -> Tag {
        "en".parse().unwrap()
    }

    fn code(text: &str) -> CountryCode {
        text.parse().unwrap()
    }

    fn area(rings: &[&str], codes: &[(&str, &str)]) -> Area {
        let codes = codes.iter().map(|(s, v)| ((*s).to_owned(), (*v).to_owned())).collect();
        let polygons = rings.iter().map(|ring| polygon(ring).unwrap()).collect();
        Area { name: "X".into(), polygons, circles: Vec::new(), codes }
    }

    fn placed(area: &Area, issuer: Issuer) -> (Vec<Option<String>>, Vec<Note>) {
        let mut notes = Vec::new();
        let areas = place(area, &english(), issuer, &mut notes);
        (areas.iter().map(|area| area.country.map(|code| code.to_string())).collect(), notes)
    }

    const KZ: &str = "43.2,76.8 43.4,76.8 43.4,77.0 43.2,77.0 43.2,76.8";

    #[test]
    fn a_code_places_an_area_and_its_issuer_one_that_nothing_places() {
        let kz = Some("KZ".to_owned());
        let issuer = Issuer { certain: None, likely: Some(code("KZ")) };
        assert_eq!(placed(&area(&[], &[("EMMA_ID", "KZ001")]), Issuer::default()), (vec![kz.clone()], Vec::new()));
        let whole = Note::WholeCountry { area: "X".into(), country: code("KZ") };
        assert_eq!(placed(&area(&[], &[("other", "1")]), issuer), (vec![kz], vec![whole]));
        let lost = Note::AreaLeftOut { area: "X".into() };
        assert_eq!(placed(&area(&[], &[]), Issuer::default()), (Vec::new(), vec![lost]));
        assert_eq!(placed(&area(&[KZ], &[]), issuer), (vec![None], Vec::new()), "a shape needs no guess");
        let two = area(&[], &[("EMMA_ID", "PL001"), ("EMMA_ID", "DE002"), ("EMMA_ID", "PL003")]);
        assert_eq!(placed(&two, Issuer::default()).0, [Some("DE".to_owned()), Some("PL".to_owned())]);
    }

    #[test]
    fn an_area_without_a_name_is_called_by_its_region() {
        let mut unnamed = area(&[], &[("SAME", "048201")]);
        unnamed.name.clear();
        assert_eq!(place(&unnamed, &english(), Issuer::default(), &mut Vec::new())[0].name.get("en").unwrap(), "Texas");
    }

    #[test]
    fn a_shape_far_from_the_country_named_with_it_is_noted() {
        let elsewhere = |ring: &str, country: &str| {
            lies_elsewhere(
                &place(&area(&[ring], &[]), &english(), Issuer::default(), &mut Vec::new())[0],
                code(country),
            )
        };
        assert!(elsewhere("55,25 56,25 56,26 55,25", "AE"), "latitude and longitude swapped");
        assert!(elsewhere("10,-40 11,-40 11,-39 10,-40", "AE"), "in another ocean");
        assert!(elsewhere(KZ, "AE"));
        assert!(!elsewhere(KZ, "KZ"));
        assert!(!elsewhere("25,55 26,55 26,56 25,55", "AE"));
        assert!(!elsewhere("25.6,54.5 25.7,54.5 25.7,54.6 25.6,54.5", "AE"), "in the sea off Dubai");
        assert!(!elsewhere("15,40 40,40 40,70 15,70 15,40", "AE"), "all round it");
        assert!(!elsewhere(KZ, "ZZ"), "a country nothing is known of");
    }

    #[test]
    fn a_circle_round_a_far_center_may_still_hold_the_country() {
        let circle = |radius_km| place::Area {
            circles: vec![Circle { center: Position { lat: 35.0, lon: 45.0 }, radius_km }],
            ..place::Area::default()
        };
        assert!(lies_elsewhere(&circle(50.0), code("AE")));
        assert!(!lies_elsewhere(&circle(2000.0), code("AE")));
    }
}
