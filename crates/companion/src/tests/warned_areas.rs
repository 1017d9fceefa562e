//! Where the map draws warnings.

use contract::{
    entry::{
        Body,
        advisory::{Advisory, MessageType, Severity},
    },
    place::{Area, Circle, Position},
};
use testkit::{advisory, at, entry};

use crate::{testing::Device, view::areas::WarnedArea};

const DUBAI: Position = Position { lat: 25.2, lon: 55.27 };

fn heard(advisories: &[(&str, Advisory)]) -> Vec<WarnedArea> {
    let mut device = Device::new("2026-03-01T12:00:00Z");
    device.catch_up();
    for (id, advisory) in advisories {
        device.hear(&entry(id, 1, Body::Advisory(advisory.clone())));
    }
    device.companion.warned_areas().unwrap()
}

fn of(severity: Severity, area: Area) -> Advisory {
    Advisory { severity, areas: vec![area], ..advisory("AE") }
}

#[test]
fn a_warning_is_drawn_in_its_country_its_shapes_and_at_its_airports() {
    let country = of(Severity::Extreme, Area { country: "AE".parse().ok(), ..Area::default() });
    let circle = Circle { center: DUBAI, radius_km: 30.0 };
    let shape = of(Severity::Severe, Area { circles: vec![circle], ..Area::default() });
    let airports = vec!["DOH".parse().unwrap(), "ZZZ".parse().unwrap()];
    let airport = of(Severity::Minor, Area { airports, closed: true, ..Area::default() });
    let areas = heard(&[("advisory.a", country), ("advisory.b", shape), ("advisory.c", airport)]);

    let [airport, shape, country] = &areas[..] else { panic!("{areas:?}") };
    assert_eq!(country.country.unwrap().as_str(), "AE");
    assert_eq!(shape.circles, [circle]);
    // what the atlas does not know has no place on the map
    assert_eq!(airport.airports.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["DOH"]);
    assert_eq!(airport.airports[0].country.as_str(), "QA");
    assert!(airport.closed && !shape.closed && !country.closed);
}

#[test]
fn what_is_over_is_drawn_no_more() {
    let over = Advisory { expires: at("2026-03-01T11:00:00Z"), ..advisory("AE") };
    let ended = Advisory { message_type: MessageType::Cancel, ..advisory("OM") };
    assert!(heard(&[("advisory.a", over), ("advisory.b", ended)]).is_empty());
}
