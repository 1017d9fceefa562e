//! The sky over a place says what its clocks say.

use contract::place::Position;
use proptest::prelude::*;
use testkit::at;

use crate::sky::{self, Light};

const ANTALYA: (f64, f64) = (36.9, 30.7);

fn over((lat, lon): (f64, f64), time: &str) -> (Light, f64, f64) {
    let sky = sky::at(Position::new(lat, lon).unwrap(), at(time)).unwrap();
    (sky.light, (sky.share * 100.0).round(), sky.altitude.round())
}

/// The heights of the sun are those of NOAA's formulae, which are not the ones used here.
#[test]
fn the_sun_is_where_the_almanac_has_it() {
    assert_eq!(over(ANTALYA, "2026-05-11T08:05:00Z"), (Light::Day, 37.0, 60.0));
    assert_eq!(over(ANTALYA, "2026-05-11T16:50:00Z"), (Light::Dusk, 99.0, 0.0));
    assert_eq!(over(ANTALYA, "2026-05-11T20:40:00Z").0, Light::Night);
    assert_eq!(over((25.2, 55.3), "2026-03-01T08:26:00Z"), (Light::Day, 49.0, 57.0));
}

#[test]
fn where_the_sun_does_not_set_there_is_a_day_without_an_end() {
    assert_eq!(over((78.2, 15.6), "2026-06-21T00:00:00Z").0, Light::Day);
    assert_eq!(over((78.2, 15.6), "2026-12-21T12:00:00Z").0, Light::Night);
    assert_eq!(over((78.2, 15.6), "2026-12-21T12:00:00Z").1, 50.0);
}

#[test]
fn a_clock_wrong_by_a_century_has_no_sky() {
    assert_eq!(sky::at(Position::new(36.9, 30.7).unwrap(), at("2190-01-01T00:00:00Z")), None);
    assert_eq!(sky::at(Position::new(36.9, 30.7).unwrap(), at("1970-01-01T00:00:00Z")), None);
}

proptest! {
    #[test]
    fn every_place_has_a_share_of_its_day(lat in -90.0..90.0_f64, lon in -180.0..180.0_f64, hours in 0_i64..500_000) {
        let now = at("2020-01-01T00:00:00Z").checked_add(jiff::Span::new().hours(hours)).unwrap();
        let sky = sky::at(Position::new(lat, lon).unwrap(), now).unwrap();
        prop_assert!((0.0..=1.0).contains(&sky.share), "{sky:?}");
        prop_assert!((-90.0..=90.0).contains(&sky.altitude), "{sky:?}");
    }
}
