//! Days and times of real journeys: over the date line, and on days on which clocks are set.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;
use testkit::{at, country};

use crate::{
    error::{Failure, FailureCode},
    testing::{stay, transit, trip},
    trips::{LegDraft, PlannedLeg, schedule},
};

fn planned(legs: Vec<LegDraft>) -> Result<Vec<PlannedLeg>, Failure> {
    schedule(&trip(legs), country("KZ")).map(|trip| trip.legs)
}

/// Where somebody flies: a country, a city that the atlas has there, an airport and its clock.
type End = (&'static str, Option<&'static str>, &'static str, &'static str);

const APIA: End = ("WS", None, "APW", "Pacific/Apia");
const HONOLULU: End = ("US", Some("us-honolulu"), "HNL", "Pacific/Honolulu");
const AUCKLAND: End = ("NZ", Some("nz-auckland"), "AKL", "Pacific/Auckland");
const LOS_ANGELES: End = ("US", Some("us-los-angeles"), "LAX", "America/Los_Angeles");
const TOKYO: End = ("JP", Some("jp-tokyo"), "NRT", "Asia/Tokyo");
const ALMATY: End = ("KZ", Some("kz-almaty"), "ALA", "Asia/Almaty");
const DUBAI: End = ("AE", Some("ae-dubai"), "DXB", "Asia/Dubai");
const LONDON: End = ("GB", Some("gb-london"), "LHR", "Europe/London");
const NEW_YORK: End = ("US", Some("us-new-york"), "JFK", "America/New_York");
const SANTIAGO: End = ("CL", Some("cl-santiago"), "SCL", "America/Santiago");
const BEIRUT: End = ("LB", Some("lb-beirut"), "BEY", "Asia/Beirut");

/// From where to where, and how many hours it takes at least.
const FLIGHTS: &[(End, End, i64)] = &[
    (APIA, HONOLULU, 5),
    (HONOLULU, APIA, 5),
    (AUCKLAND, LOS_ANGELES, 11),
    (LOS_ANGELES, AUCKLAND, 12),
    (AUCKLAND, HONOLULU, 8),
    (TOKYO, HONOLULU, 6),
    (TOKYO, LOS_ANGELES, 9),
    (HONOLULU, TOKYO, 7),
    (AUCKLAND, SANTIAGO, 10),
    (SANTIAGO, AUCKLAND, 12),
    (ALMATY, DUBAI, 4),
    (DUBAI, ALMATY, 4),
    (LONDON, NEW_YORK, 7),
    (NEW_YORK, LONDON, 6),
    (BEIRUT, LONDON, 4),
];

fn local(at: Timestamp, zone: &str, format: &str) -> String {
    at.to_zoned(TimeZone::get(zone).unwrap()).strftime(format).to_string()
}

const DAY: &str = "%Y-%m-%d";
const MINUTE: &str = "%Y-%m-%dT%H:%M";

#[test]
fn over_the_date_line_they_arrive_on_the_day_before_they_left() {
    let east = |from: End, to: End| {
        planned(vec![stay(from.0, from.1, "2026-07-01", "2026-07-05"), stay(to.0, to.1, "2026-07-04", "2026-07-09")])
    };
    for (from, to) in [(APIA, HONOLULU), (AUCKLAND, HONOLULU), (TOKYO, HONOLULU), (AUCKLAND, LOS_ANGELES)] {
        let legs = east(from, to).unwrap();
        assert_eq!(legs[0].until, legs[1].from, "{from:?} {to:?}");
    }
    let backwards = Err(Failure::at(FailureCode::LegsOutOfOrder, "/legs/1/from"));
    assert_eq!(east(DUBAI, ALMATY), backwards, "no line is crossed");
    assert_eq!(east(HONOLULU, APIA), backwards, "it is crossed the other way");
    assert_eq!(east(ALMATY, NEW_YORK), backwards, "it is not crossed");
}

#[test]
fn a_day_that_a_country_left_out_is_no_day_there() {
    let legs = vec![stay("WS", None, "2011-12-30", "2011-12-30")];
    assert_eq!(planned(legs), Err(Failure::at(FailureCode::ImpossibleDate, "/legs/0/from")));
    assert!(planned(vec![stay("WS", None, "2011-12-29", "2011-12-31")]).is_ok());
}

#[test]
fn the_hour_that_a_clock_shows_twice_is_long_enough_to_change_planes_in() {
    // New York, 1 November 2026: 01:59 is followed by 01:00
    let legs = planned(vec![transit("JFK", "2026-11-01T01:50", "2026-11-01T01:10")]).unwrap();
    assert_eq!((legs[0].from, legs[0].until), (at("2026-11-01T05:50:00Z"), at("2026-11-01T06:10:00Z")));
    let before = planned(vec![transit("JFK", "2026-11-02T01:50", "2026-11-02T01:10")]);
    assert_eq!(before, Err(Failure::at(FailureCode::EndsBeforeItBegins, "/legs/0/departs")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_real_flight_can_be_filled_in_by_its_local_days(
        flight in prop::sample::select(FLIGHTS),
        minutes in 0_i64..2 * 365 * 24 * 60,
        longer in 0_i64..5 * 60,
        before in 0_i64..4,
        after in 0_i64..4,
    ) {
        let (from, to, hours) = flight;
        let leaves = at("2026-01-10T00:00:00Z") + SignedDuration::from_mins(minutes);
        let lands = leaves + SignedDuration::from_mins(hours * 60 + longer);
        let day = |at: Timestamp, days: i64, zone: &str| local(at + SignedDuration::from_hours(24 * days), zone, DAY);
        let first = stay(from.0, from.1, &day(leaves, -before, from.3), &day(leaves, 0, from.3));
        let second = stay(to.0, to.1, &day(lands, 0, to.3), &day(lands, after, to.3));
        let legs = planned(vec![first.clone(), second]);
        prop_assert!(legs.is_ok(), "{legs:?}");
        let changing = transit(
            to.2,
            &local(lands, to.3, MINUTE),
            &local(lands + SignedDuration::from_mins(longer + 1), to.3, MINUTE),
        );
        let legs = planned(vec![first, changing]);
        prop_assert!(legs.is_ok(), "{legs:?}");
    }

    #[test]
    fn every_change_of_planes_has_a_time_on_every_day_of_every_clock(
        place in prop::sample::select(vec![APIA, HONOLULU, AUCKLAND, LONDON, NEW_YORK, SANTIAGO, BEIRUT]),
        minutes in 0_i64..3 * 365 * 24 * 60,
        lasts in 1_i64..6 * 60,
    ) {
        let arrives = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(minutes);
        let departs = arrives + SignedDuration::from_mins(lasts);
        let leg = transit(place.2, &local(arrives, place.3, MINUTE), &local(departs, place.3, MINUTE));
        let legs = planned(vec![leg]).unwrap();
        let shown = legs[0].until.duration_since(legs[0].from);
        // an hour that is there twice may be the other one
        prop_assert!((shown.as_mins() - lasts).abs() <= 60, "{shown:?} {lasts}");
    }

    #[test]
    fn every_day_is_as_long_as_a_day_or_an_hour_more_or_less(
        place in prop::sample::select(vec![APIA, AUCKLAND, LONDON, NEW_YORK, SANTIAGO, BEIRUT]),
        days in 0_i64..20 * 365,
    ) {
        let day = local(at("2012-06-01T12:00:00Z") + SignedDuration::from_hours(24 * days), place.3, DAY);
        let legs = planned(vec![stay(place.0, place.1, &day, &day)]).unwrap();
        let hours = legs[0].until.duration_since(legs[0].from).as_hours();
        prop_assert!((23..=25).contains(&hours), "{day}: {hours}");
    }
}
