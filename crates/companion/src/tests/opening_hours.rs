//! Whether somebody answers now, by their own clock, and how that is said.

use contract::{
    hours::{Hours, Span, Weekday},
    words::{Lang, Tag, Words},
};
use jiff::civil;
use testkit::{at, in_lang};

use crate::opening_hours::{is_open, words};

fn office(first: Weekday, last: Weekday) -> Hours {
    let span = Span { first, last, opens: civil::time(9, 0, 0, 0), closes: civil::time(18, 0, 0, 0) };
    Hours::Weekly { time_zone: "Asia/Dubai".into(), spans: vec![span] }
}

#[test]
fn an_office_is_open_by_its_own_clock() {
    let hours = office(Weekday::Monday, Weekday::Friday);
    // a Monday; Dubai is four hours ahead of UTC
    assert!(!is_open(&hours, at("2026-03-02T04:59:59Z")));
    assert!(is_open(&hours, at("2026-03-02T05:00:00Z")));
    assert!(!is_open(&hours, at("2026-03-02T14:00:00Z")));
    assert!(!is_open(&hours, at("2026-03-01T08:00:00Z")), "a Sunday");
}

#[test]
fn a_week_that_begins_on_sunday_goes_round() {
    let hours = office(Weekday::Sunday, Weekday::Thursday);
    assert!(is_open(&hours, at("2026-03-01T08:00:00Z")), "a Sunday");
    assert!(is_open(&hours, at("2026-03-05T08:00:00Z")), "a Thursday");
    assert!(!is_open(&hours, at("2026-03-06T08:00:00Z")), "a Friday");
}

#[test]
fn an_unknown_clock_is_a_closed_door() {
    let Hours::Weekly { spans, .. } = office(Weekday::Monday, Weekday::Sunday) else { unreachable!() };
    assert!(!is_open(&Hours::Weekly { time_zone: "Mars/Olympus".into(), spans }, at("2026-03-02T08:00:00Z")));
}

#[test]
fn hours_are_said_in_three_languages() {
    let said = words(&office(Weekday::Sunday, Weekday::Thursday));
    assert_eq!(said, Words::new("жс–бс 09:00–18:00", "вс–чт 09:00–18:00", "Sun–Thu 09:00–18:00"));
    assert_eq!(in_lang(&words(&office(Weekday::Friday, Weekday::Friday)), "en"), "Fri 09:00–18:00");
    assert!(words(&Hours::Always).is_complete(&Lang::ALL.map(Tag::from)));
}

#[test]
fn a_night_duty_goes_on_over_midnight() {
    let span = Span {
        first: Weekday::Friday,
        last: Weekday::Friday,
        opens: civil::time(18, 0, 0, 0),
        closes: civil::time(9, 0, 0, 0),
    };
    let hours = Hours::Weekly { time_zone: "UTC".into(), spans: vec![span] };
    assert!(is_open(&hours, at("2026-03-06T18:00:00Z")), "a Friday evening");
    assert!(is_open(&hours, at("2026-03-07T08:59:59Z")), "the Saturday morning behind it");
    assert!(!is_open(&hours, at("2026-03-07T09:00:00Z")) && !is_open(&hours, at("2026-03-06T08:00:00Z")));
}
