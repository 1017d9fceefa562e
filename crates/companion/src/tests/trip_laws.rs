//! What holds for every draft, however strange, and for days that two legs share.

use jiff::civil::date;
use proptest::prelude::*;
use testkit::{at, country};

use crate::{
    error::{Failure, FailureCode},
    testing::{stay, transit, trip},
    trips::{LegDraft, NextOfKin, PlannedLeg, TripDraft, schedule},
};

fn planned(legs: Vec<LegDraft>) -> Result<Vec<PlannedLeg>, Failure> {
    schedule(&trip(legs), country("KZ")).map(|trip| trip.legs)
}

fn out_of_order(field: &str) -> Result<Vec<PlannedLeg>, Failure> {
    Err(Failure::at(FailureCode::LegsOutOfOrder, field))
}

#[test]
fn two_stays_that_share_a_day_meet_at_its_beginning() {
    let legs = planned(vec![
        stay("QA", Some("qa-doha"), "2026-03-01", "2026-03-04"),
        stay("AE", Some("ae-dubai"), "2026-03-04", "2026-03-09"),
    ])
    .unwrap();
    assert_eq!(legs[1].from, at("2026-03-03T20:00:00Z"));
    assert_eq!(legs[0].until, legs[1].from);
}

#[test]
fn two_stays_that_begin_on_one_day_share_it() {
    let legs = planned(vec![
        stay("AE", Some("ae-dubai"), "2026-03-01", "2026-03-01"),
        stay("AE", Some("ae-abu-dhabi"), "2026-03-01", "2026-03-05"),
    ])
    .unwrap();
    assert_eq!((legs[0].until, legs[1].from), (at("2026-03-01T08:00:00Z"), at("2026-03-01T08:00:00Z")));
}

#[test]
fn a_stay_ends_when_the_transit_of_its_last_day_begins() {
    let legs = planned(vec![
        stay("AE", Some("ae-dubai"), "2026-03-01", "2026-03-04"),
        transit("DOH", "2026-03-04T10:00", "2026-03-04T12:00"),
    ])
    .unwrap();
    assert_eq!((legs[0].until, legs[1].from), (at("2026-03-04T07:00:00Z"), at("2026-03-04T07:00:00Z")));
}

#[test]
fn a_day_with_a_stay_before_and_after_a_transit_is_parted_by_it() {
    let legs = planned(vec![
        stay("AE", Some("ae-dubai"), "2026-03-01", "2026-03-04"),
        transit("DOH", "2026-03-04T10:00", "2026-03-04T12:00"),
        stay("QA", Some("qa-doha"), "2026-03-04", "2026-03-06"),
    ])
    .unwrap();
    let times: Vec<_> = legs.iter().map(|leg| (leg.from.to_string(), leg.until.to_string())).collect();
    assert_eq!(times[1], ("2026-03-04T07:00:00Z".to_owned(), "2026-03-04T09:00:00Z".to_owned()));
    assert_eq!((&times[0].1, &times[2].0), (&times[1].0, &times[1].1));
}

#[test]
fn a_flight_east_that_leaves_and_arrives_on_one_date_is_no_overlap() {
    // New York just after midnight, Almaty late on the same date: the two dates overlap by 33 hours
    let legs = planned(vec![
        stay("US", Some("us-new-york"), "2026-03-01", "2026-03-05"),
        stay("KZ", Some("kz-almaty"), "2026-03-05", "2026-03-09"),
    ])
    .unwrap();
    assert_eq!(legs[0].until, legs[1].from);
}

#[test]
fn who_says_no_hour_is_told_the_day_that_they_said() {
    let through = |airside: bool| {
        let mut jeddah = transit("JED", "2026-11-30", "");
        let LegDraft::Transit { airside: side, .. } = &mut jeddah else { panic!("a transit") };
        *side = airside;
        planned(vec![jeddah, stay("SA", Some("sa-mecca"), "2026-11-30", "2026-12-05")]).unwrap()
    };
    let day = at("2026-11-29T21:00:00Z");
    let waits = through(true);
    assert_eq!((waits[0].from, waits[1].said_from), (day, day));
    assert_eq!((waits[0].until, waits[1].from), (at("2026-11-30T21:00:00Z"), at("2026-11-30T21:00:00Z")));
    // whoever enters the country there goes on by land, and spends no night in the airport
    let enters = through(false);
    assert_eq!((enters[0].until, enters[1].from), (at("2026-11-30T09:00:00Z"), at("2026-11-30T09:00:00Z")));
    assert_eq!((enters[1].said_from, enters[1].until), (day, waits[1].until));
    let by_the_hour = planned(vec![
        transit("JED", "2026-11-30T20:30", "2026-11-30T23:30"),
        stay("SA", Some("sa-mecca"), "2026-11-30", "2026-12-05"),
    ])
    .unwrap();
    assert_eq!(by_the_hour[1].said_from, by_the_hour[1].from, "the hours are theirs");
}

#[test]
fn stays_that_share_more_than_a_day_are_out_of_order() {
    let doha = |from, until| stay("QA", Some("qa-doha"), from, until);
    let dubai = |from, until| stay("AE", Some("ae-dubai"), from, until);
    assert_eq!(
        planned(vec![doha("2026-03-01", "2026-03-05"), dubai("2026-03-04", "2026-03-09")]),
        out_of_order("/legs/1/from")
    );
    assert_eq!(
        planned(vec![doha("2026-03-05", "2026-03-06"), dubai("2026-03-01", "2026-03-02")]),
        out_of_order("/legs/1/from")
    );
    assert_eq!(
        planned(vec![dubai("2026-03-01", "2026-03-09"), transit("DOH", "2026-03-04T10:00", "2026-03-04T12:00"),]),
        out_of_order("/legs/1/arrives")
    );
}

#[test]
fn two_transits_cannot_overlap_at_all() {
    let overlapping = vec![
        transit("DOH", "2026-03-04T10:00", "2026-03-04T12:00"),
        transit("DXB", "2026-03-04T12:30", "2026-03-04T15:00"),
    ];
    assert_eq!(planned(overlapping), out_of_order("/legs/1/arrives"));
}

/// A change of planes by somebody who has no ticket on.
fn without_ticket(airport: &str, arrives: &str) -> LegDraft {
    let LegDraft::Transit { airport, flight, departs, airside, arrival, .. } = transit(airport, "", "") else {
        unreachable!()
    };
    LegDraft::Transit { airport, flight, arrives: arrives.into(), departs, airside, onward_ticket: false, arrival }
}

#[test]
fn of_a_change_of_planes_a_day_is_enough() {
    let legs = planned(vec![without_ticket("DOH", "2026-03-04")]).unwrap();
    assert_eq!((legs[0].from, legs[0].open, legs[0].day_only), (at("2026-03-03T21:00:00Z"), true, true));
    assert!(!planned(vec![without_ticket("DOH", "2026-03-04T10:00")]).unwrap()[0].day_only);
    let window = |arrives, departs| {
        let leg = planned(vec![transit("DOH", arrives, departs)]).unwrap().remove(0);
        (leg.from, leg.until, leg.open)
    };
    let (morning, night) = (at("2026-03-03T21:00:00Z"), at("2026-03-04T21:00:00Z"));
    assert_eq!(window("2026-03-04", "2026-03-04"), (morning, night, false));
    assert_eq!(window("2026-03-04", "2026-03-04T12:00"), (morning, at("2026-03-04T09:00:00Z"), false));
    assert_eq!(window("2026-03-04T10:00", "2026-03-04"), (at("2026-03-04T07:00:00Z"), night, false));
    let fault = planned(vec![transit("DOH", "2026-03-04", "2026-03-03")]).unwrap_err();
    assert_eq!(fault, Failure::at(FailureCode::EndsBeforeItBegins, "/legs/0/departs"));
}

#[test]
fn who_changes_planes_on_a_day_is_there_for_as_long_as_they_may_be() {
    let doha = || transit("DOH", "2026-03-04", "2026-03-04");
    let ends = |legs| planned(legs).unwrap().iter().map(|leg| leg.until).collect::<Vec<_>>();
    let (night, half) = (at("2026-03-04T21:00:00Z"), at("2026-03-04T09:00:00Z"));
    for (country, city) in [("ZA", "za-cape-town"), ("AE", "ae-dubai"), ("US", "us-new-york")] {
        let legs = planned(vec![doha(), stay(country, Some(city), "2026-03-04", "2026-03-09")]).unwrap();
        assert_eq!((legs[0].until, legs[1].from), (night, night), "{country}");
    }
    // its own day stands, whenever the next place begins
    assert_eq!(ends(vec![doha(), stay("AE", Some("ae-dubai"), "2026-03-06", "2026-03-09")])[0], night);
    assert_eq!(ends(vec![doha(), stay("AE", Some("ae-dubai"), "2026-03-05", "2026-03-09")])[0], night);
    // an hour that was said ends it
    let flight = transit("ADD", "2026-03-04T12:00", "2026-03-04T15:00");
    assert_eq!(ends(vec![doha(), flight])[0], half);
    // one that would have nothing left has half of the day
    let third = transit("ADD", "2026-03-04", "2026-03-04");
    assert_eq!(ends(vec![doha(), third, stay("ZA", None, "2026-03-04", "2026-03-09")])[..2], [half, night]);
    // and the stay before it may be of the same day
    let legs = planned(vec![stay("AE", Some("ae-dubai"), "2026-03-04", "2026-03-04"), doha()]).unwrap();
    assert_eq!((legs[0].until, legs[1].from), (legs[1].from, legs[0].until));
    let late =
        vec![transit("DOH", "2026-03-04", "2026-03-08"), stay("AE", Some("ae-dubai"), "2026-03-05", "2026-03-09")];
    assert_eq!(planned(late), out_of_order("/legs/1/from"));
}

#[test]
fn whoever_has_no_ticket_on_is_there_until_the_next_place() {
    let then =
        |arrives, from| planned(vec![without_ticket("DOH", arrives), stay("AE", Some("ae-dubai"), from, "2026-03-09")]);
    let legs = then("2026-03-04T10:00", "2026-03-06").unwrap();
    assert_eq!((legs[0].until, legs[0].open), (at("2026-03-06T21:00:00Z"), false));
    let legs = then("2026-03-04", "2026-03-04").unwrap();
    assert_eq!((legs[0].until, legs[1].from), (at("2026-03-04T21:00:00Z"), at("2026-03-04T21:00:00Z")));
    assert_eq!(then("2026-03-04", "2026-03-02"), out_of_order("/legs/1/from"));
}

/// The hour of a ticket is not moved, and a late arrival leaves room for the day that is left.
#[test]
fn an_hour_that_was_said_stands_and_an_evening_is_half_of_what_is_left() {
    let ticketed = transit("DXB", "2026-03-04T10:00", "2026-03-05T20:00");
    assert_eq!(planned(vec![without_ticket("DOH", "2026-03-04T14:00"), ticketed]), out_of_order("/legs/1/arrives"));
    let legs = planned(vec![
        without_ticket("DOH", "2026-03-04T20:00"),
        stay("QA", Some("qa-doha"), "2026-03-04", "2026-03-04"),
    ])
    .unwrap();
    assert_eq!((legs[0].until, legs[1].from), (at("2026-03-04T19:00:00Z"), at("2026-03-04T19:00:00Z")));
}

#[test]
fn a_flight_that_lands_on_the_day_of_another_and_names_no_hour_comes_after_it() {
    let legs =
        planned(vec![transit("DOH", "2026-03-04T10:00", "2026-03-04T12:00"), without_ticket("DXB", "2026-03-04")])
            .unwrap();
    assert_eq!(legs[1].from, legs[0].until);
}

/// Text that is sometimes what the form asks for.
fn text(usual: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![4 => prop::sample::select(usual).prop_map(str::to_owned), 1 => any::<String>()]
}

fn day() -> impl Strategy<Value = String> {
    let near = (0_i32..40).prop_map(|days| {
        let first = date(2026, 3, 20);
        first.checked_add(jiff::Span::new().days(days)).unwrap().to_string()
    });
    prop_oneof![20 => near, 1 => text(&["2026-02-30", "0000-01-01", "-009999-01-01", "9999-12-31", "2026-13-01", ""])]
}

fn minute() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => (day(), 0..24, 0..60).prop_map(|(day, hour, minute)| format!("{day}T{hour:02}:{minute:02}")),
        4 => day(),
        1 => text(&["2026-03-01", "2026-03-01T25:00", "9999-12-31T23:59", "2026-03-01T10:00Z", "T"]),
    ]
}

fn leg() -> impl Strategy<Value = LegDraft> {
    let country = text(&["AE", "US", "qa", "KZ", "NZ", "CL", "ZZ"]);
    let city = prop::option::of(text(&["ae-dubai", "us-new-york", "kz-almaty", "qa-doha"]));
    let a_stay = (country, city, day(), day(), any::<String>()).prop_map(|(country, city, from, until, address)| {
        LegDraft::Stay { country, city, from, until, address, arrival: None }
    });
    // so that most stays name a city of their own country
    let fitting =
        prop::sample::select(&[("AE", "ae-dubai"), ("US", "us-new-york"), ("KZ", "kz-almaty"), ("QA", "qa-doha")]);
    let a_fitting_stay = (fitting, day(), 0_i64..6).prop_map(|((country, city), from, days)| {
        let until =
            from.parse().ok().and_then(|day: jiff::civil::Date| day.checked_add(jiff::Span::new().days(days)).ok());
        stay(country, Some(city), &from, &until.map_or(from.clone(), |day| day.to_string()))
    });
    let airport = text(&["DOH", "dxb", "ALA", "JFK", "AKL", "HNL", "QQQ"]);
    let a_transit = (airport, text(&["QR 391"]), minute(), minute(), any::<bool>(), any::<bool>()).prop_map(
        |(airport, flight, arrives, departs, airside, onward_ticket)| LegDraft::Transit {
            airport,
            flight,
            arrives,
            departs,
            airside,
            onward_ticket,
            arrival: None,
        },
    );
    prop_oneof![1 => a_stay, 3 => a_fitting_stay, 2 => a_transit]
}

/// Legs that follow one another within a day, so that they share days and sometimes overlap.
pub(super) fn journey() -> impl Strategy<Value = Vec<LegDraft>> {
    let places = [("AE", "ae-dubai", "DXB"), ("US", "us-new-york", "JFK"), ("QA", "qa-doha", "DOH")];
    let hour = || prop::option::weighted(0.8, 0..24);
    let step = (any::<bool>(), 0..places.len(), -1_i64..2, 0_i64..3, hour(), hour());
    prop::collection::vec(step, 1..5).prop_map(move |steps| {
        let mut day = date(2026, 3, 20);
        let later = |day: jiff::civil::Date, days: i64| day.checked_add(jiff::Span::new().days(days)).unwrap();
        let mut legs = Vec::new();
        for (stays, place, gap, length, arrives, departs) in steps {
            let (country, city, airport) = places[place];
            let from = later(day, gap);
            day = later(from, length);
            legs.push(if stays {
                stay(country, Some(city), &from.to_string(), &day.to_string())
            } else {
                let when = |day: jiff::civil::Date, hour: Option<i32>, minute| match hour {
                    Some(hour) => format!("{day}T{hour:02}:{minute}"),
                    None => day.to_string(),
                };
                transit(airport, &when(from, arrives, "00"), &when(day, departs, "30"))
            });
        }
        legs
    })
}

fn draft() -> impl Strategy<Value = TripDraft> {
    let origin = prop::option::of(text(&["ALA", "nqz", ""]));
    let people = || prop_oneof![4 => 1_u16..5, 1 => any::<u16>()];
    let phone = || text(&["", "+77011112233", "8 701 111 22 33", "112", "+"]);
    let next_of_kin = prop::option::of((any::<String>(), phone()).prop_map(|(name, phone)| NextOfKin { name, phone }));
    let strange = (origin, prop::collection::vec(leg(), 0..4), people(), people(), phone(), next_of_kin).prop_map(
        |(origin, legs, adults, children, phone, next_of_kin)| TripDraft {
            origin,
            legs,
            adults,
            children,
            phone,
            next_of_kin,
            ..TripDraft::of_one()
        },
    );
    prop_oneof![strange, journey().prop_map(trip)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_draft_is_answered_and_the_legs_of_an_accepted_one_follow_one_another(draft in draft()) {
        match schedule(&draft, country("KZ")) {
            Ok(trip) => {
                prop_assert_eq!(trip.legs.len(), draft.legs.len());
                prop_assert!(trip.people >= 1);
                prop_assert!(trip.legs.iter().all(|leg| leg.from < leg.until), "{:?}", trip.legs);
                prop_assert!(trip.legs.windows(2).all(|pair| pair[0].until <= pair[1].from), "{:?}", trip.legs);
                // what is kept plans to the same again
                prop_assert_eq!(schedule(&trip.draft, country("KZ")), Ok(trip));
            }
            Err(failure) => {
                // it names a field that the form has
                let field = failure.field.unwrap_or_default();
                let form = serde_json::to_value(&draft).unwrap();
                prop_assert!(form.pointer(&field).is_some(), "{}", field);
            }
        }
    }

    #[test]
    fn stays_one_after_another_are_always_accepted(days in prop::collection::vec((1_i64..9, 0_usize..4), 1..8)) {
        let places = [("AE", "ae-dubai"), ("US", "us-new-york"), ("KZ", "kz-almaty"), ("QA", "qa-doha")];
        let mut day = date(2026, 3, 1);
        let mut legs = Vec::new();
        for (length, place) in days {
            let (country, city) = places[place];
            let until = day.checked_add(jiff::Span::new().days(length)).unwrap();
            legs.push(stay(country, Some(city), &day.to_string(), &until.to_string()));
            day = until;
        }
        prop_assert!(planned(legs).is_ok());
    }
}
