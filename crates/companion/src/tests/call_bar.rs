//! The call bar dials the best line for where the traveller is, and never none.

use contract::{
    entry::line::{Line, LineKind, LineState, TextWay},
    entry::mission::{Mission, MissionKind},
    hours::{Hours, Span, Weekday},
    ids::EntryId,
};

use contract::words::{Lang, Tag};
use testkit::{Ministry, at, country, in_lang, words};

use crate::{
    call_bar::*,
    testing::{stay, transit, trip},
    trips::{LegDraft, PlannedLeg, schedule},
};

/// A Sunday, eleven in the morning in Dubai.
const NOW: &str = "2026-03-01T07:00:00Z";

fn here(leg: LegDraft) -> PlannedLeg {
    schedule(&trip(vec![leg]), country("KZ")).unwrap().legs.remove(0)
}

fn in_dubai() -> PlannedLeg {
    here(stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"))
}

fn mission(country: &str, city: &str, serves: &[&str]) -> Mission {
    Mission {
        kind: MissionKind::Embassy,
        name: words("Embassy"),
        city: atlas::city(city).map_or_else(|| words(city), |city| city.name.clone()),
        country: country.parse().unwrap(),
        position: None,
        address: String::new(),
        hours: None,
        site: String::new(),
        sources: Vec::new(),
        serves: serves.iter().map(|code| code.parse().unwrap()).collect(),
    }
}

/// Lines by what they are; each has a number of its own.
const NAMES: [&str; 16] = [
    "ministry",
    "ministry-busy",
    "ministry-free",
    "abu-dhabi",
    "dubai",
    "doha",
    "riyadh",
    "consulate",
    "embassy",
    "busy",
    "free",
    "nobody",
    "office",
    "emergency",
    "old",
    "new",
];

fn number(name: &str) -> String {
    let at = NAMES.iter().position(|known| *known == name);
    at.map_or_else(|| name.to_owned(), |at| format!("+999000000{at:02}"))
}

fn name(dialled: String) -> String {
    NAMES.iter().find(|name| number(name) == dialled).map_or(dialled, |name| (*name).to_owned())
}

fn line(mission: Option<&str>, called: &str, state: LineState) -> Line {
    Line {
        mission: mission.map(|id| id.parse().unwrap()),
        kind: LineKind::Emergency,
        name: words("Line"),
        hours: Hours::Always,
        languages: Vec::new(),
        number: number(called).parse().unwrap(),
        text: None,
        moved_to: None,
        state,
        demo: true,
        verified_at: at("2026-02-01T00:00:00Z"),
    }
}

/// The embassy in Abu Dhabi, the consulate in Dubai, and the embassy in Riyadh that serves the Emirates too.
fn known(id: &EntryId) -> Option<Mission> {
    match id.as_str() {
        "abu-dhabi" => Some(mission("AE", "ae-abu-dhabi", &["AE"])),
        "dubai" => Some(mission("AE", "ae-dubai", &["AE"])),
        "aa-consulate" => Some(Mission { kind: MissionKind::ConsulateGeneral, ..mission("AE", "ae-sharjah", &["AE"]) }),
        "riyadh" => Some(mission("SA", "sa-riyadh", &["SA", "AE"])),
        "doha" => Some(mission("QA", "qa-doha", &["QA"])),
        _unknown => None,
    }
}

/// What is reached with these lines, at level 4, by somebody who speaks.
fn bar(lines: &[Line], leg: Option<&PlannedLeg>, level: u8, prefers_text: bool, now: &str) -> CallBar {
    let missions: Vec<(EntryId, Mission)> =
        lines.iter().filter_map(|line| line.mission.clone()).filter_map(|id| Some((id.clone(), known(&id)?))).collect();
    let mission = |id: &EntryId| missions.iter().find(|(known, _)| known == id).map(|(_, mission)| mission);
    let profile = Ministry::new(1).profile();
    let (lines, now) = (lines.iter(), at(now));
    CallBarInput { profile: &profile, lines, mission, here: leg, level: Some(level), prefers_text, now }.call_bar()
}

fn best(lines: &[Line], leg: Option<&PlannedLeg>) -> (String, CallBarKind) {
    let bar = bar(lines, leg, 4, false, NOW);
    (name(bar.number), bar.kind)
}

#[test]
fn the_line_in_the_same_city_is_the_best_then_one_in_the_same_country() {
    use LineState::Open;
    let lines = [
        line(None, "ministry", Open),
        line(Some("riyadh"), "riyadh", Open),
        line(Some("abu-dhabi"), "abu-dhabi", Open),
        line(Some("dubai"), "dubai", Open),
    ];
    assert_eq!(best(&lines, Some(&in_dubai())), ("dubai".into(), CallBarKind::Mission));
    assert_eq!(best(&lines[..3], Some(&in_dubai())), ("abu-dhabi".into(), CallBarKind::Mission));
    assert_eq!(best(&lines[..2], Some(&in_dubai())), ("riyadh".into(), CallBarKind::Mission));
    assert_eq!(best(&lines[..1], Some(&in_dubai())), ("ministry".into(), CallBarKind::Ministry));
}

#[test]
fn between_missions_elsewhere_in_the_country_the_nearest_is_the_best_and_an_embassy_where_nobody_knows() {
    let lines =
        [line(Some("abu-dhabi"), "embassy", LineState::Open), line(Some("aa-consulate"), "consulate", LineState::Open)];
    assert_eq!(best(&lines, Some(&in_dubai())).0, "consulate", "Sharjah is next door");
    let somewhere = here(stay("AE", None, "2026-02-27", "2026-03-04"));
    assert_eq!(best(&lines, Some(&somewhere)).0, "embassy");
}

#[test]
fn who_is_in_transit_gets_the_mission_of_the_city_of_the_airport() {
    let in_doha = here(transit("DOH", "2026-03-01T06:10", "2026-03-01T09:20"));
    let lines = [line(Some("dubai"), "dubai", LineState::Open), line(Some("doha"), "doha", LineState::Open)];
    assert_eq!(best(&lines, Some(&in_doha)), ("doha".into(), CallBarKind::Mission));
}

#[test]
fn a_line_that_is_closed_or_moved_is_never_dialled() {
    for state in [LineState::Closed, LineState::Moved] {
        let lines = [line(Some("dubai"), "dubai", state), line(Some("abu-dhabi"), "abu-dhabi", LineState::Open)];
        assert_eq!(best(&lines, Some(&in_dubai())).0, "abu-dhabi");
        let lines = [line(Some("dubai"), "dubai", state), line(None, "ministry", state)];
        assert_eq!(best(&lines, Some(&in_dubai())), ("+442079460100".into(), CallBarKind::Ministry));
    }
}

#[test]
fn an_open_line_is_better_than_an_overloaded_one_and_that_better_than_none() {
    let lines = [
        line(Some("dubai"), "busy", LineState::Overloaded),
        line(Some("dubai"), "free", LineState::Open),
        line(None, "ministry-busy", LineState::Overloaded),
        line(None, "ministry-free", LineState::Open),
    ];
    assert_eq!(best(&lines, Some(&in_dubai())).0, "free");
    assert_eq!(best(&lines[..1], Some(&in_dubai())).0, "busy");
    assert_eq!(best(&lines[2..], Some(&in_dubai())).0, "ministry-free");
    assert_eq!(best(&lines[2..3], Some(&in_dubai())).0, "ministry-busy");
}

#[test]
fn where_no_mission_serves_the_ministry_answers() {
    let lines = [line(Some("doha"), "doha", LineState::Open), line(Some("closed-down"), "nobody", LineState::Open)];
    assert_eq!(best(&lines, Some(&in_dubai())), ("+442079460100".into(), CallBarKind::Ministry));
    assert_eq!(best(&[], Some(&in_dubai())), ("+442079460100".into(), CallBarKind::Ministry));
}

#[test]
fn at_home_the_ministry_answers() {
    let lines = [line(Some("dubai"), "dubai", LineState::Open), line(None, "ministry", LineState::Open)];
    assert_eq!(best(&lines, None), ("ministry".into(), CallBarKind::Ministry));
}

#[test]
fn a_number_reserved_for_fiction_says_so() {
    assert!(of_profile(&Ministry::new(1).profile()).demo);
    assert!(!of_nobody().demo);
    assert_eq!(of_nobody().number, "112");
    assert!(of_nobody().line.is_complete(&Lang::ALL.map(Tag::from)));
}

#[test]
fn the_call_bar_names_the_mission_and_not_its_line() {
    let dubai = known(&"dubai".parse().unwrap()).unwrap();
    let lines = [line(Some("dubai"), "+442079460101", LineState::Open)];
    let bar = bar(&lines, Some(&in_dubai()), 4, false, NOW);
    assert_eq!(in_lang(&bar.line, "kk"), in_lang(&dubai.name, "kk"));
    assert_eq!(in_lang(&bar.hours, "kk"), "24/7");
    assert!(bar.demo);
}

/// Mondays to Fridays, nine to six.
fn office(mission: Option<&str>, number: &str) -> Line {
    let (opens, closes) = (jiff::civil::time(9, 0, 0, 0), jiff::civil::time(18, 0, 0, 0));
    let span = Span { first: Weekday::Monday, last: Weekday::Friday, opens, closes };
    let hours = Hours::Weekly { time_zone: "Asia/Dubai".into(), spans: vec![span] };
    Line { kind: LineKind::Office, hours, ..line(mission, number, LineState::Open) }
}

fn best_at(lines: &[Line], now: &str) -> String {
    name(bar(lines, Some(&in_dubai()), 4, false, now).number)
}

#[test]
fn an_emergency_line_comes_before_the_office_even_in_office_hours() {
    let lines = [office(Some("dubai"), "office"), line(Some("dubai"), "emergency", LineState::Overloaded)];
    assert_eq!(best_at(&lines, "2026-03-02T07:00:00Z"), "emergency");
}

#[test]
fn an_office_that_is_closed_for_the_night_gives_way_to_the_ministry() {
    let lines = [office(Some("dubai"), "office"), line(None, "ministry", LineState::Open)];
    assert_eq!(best_at(&lines, "2026-03-02T07:00:00Z"), "office");
    assert_eq!(best_at(&lines, "2026-03-02T23:00:00Z"), "ministry");
}

#[test]
fn a_line_that_moved_is_dialled_where_it_moved_to() {
    let moved = Line { moved_to: Some(number("new").parse().unwrap()), ..line(Some("dubai"), "old", LineState::Moved) };
    assert_eq!(best_at(&[moved], NOW), "new");
}

/// A Monday, eleven in the morning in Dubai.
const OFFICE_HOURS: &str = "2026-03-02T07:00:00Z";

fn beside(bar: &CallBar) -> Option<(SecondWayKind, &str)> {
    bar.second_way.as_ref().map(|beside| (beside.way, beside.href.as_str()))
}

#[test]
fn where_nothing_is_wrong_questions_have_a_line_of_their_own_beside() {
    let lines = [line(Some("dubai"), "+971000000", LineState::Open), office(Some("dubai"), "+972000000")];
    let at_level = |level, now| bar(&lines, Some(&in_dubai()), level, false, now);
    for level in [1, 2] {
        let bar = at_level(level, OFFICE_HOURS);
        assert_eq!(
            (bar.href.as_str(), beside(&bar)),
            ("tel:+971000000", Some((SecondWayKind::Office, "tel:+972000000")))
        );
    }
    assert_eq!(beside(&at_level(3, OFFICE_HOURS)), None);
    assert_eq!(beside(&at_level(1, "2026-03-02T23:00:00Z")), None, "nobody is in the office");
}

#[test]
fn whoever_does_not_hear_or_speak_writes_first_and_may_still_call() {
    let sms = |number: &str| Some(TextWay::Sms { number: number.parse().unwrap() });
    let lines = [
        Line { text: sms("+973000000"), ..line(Some("dubai"), "+971000000", LineState::Open) },
        line(Some("abu-dhabi"), "+972000000", LineState::Open),
        Line { text: sms("+974000000"), ..line(None, "+970000000", LineState::Open) },
    ];
    let writing = bar(&lines, Some(&in_dubai()), 4, true, NOW);
    assert!(writing.writes);
    assert_eq!(
        (writing.href.as_str(), beside(&writing)),
        ("sms:+973000000", Some((SecondWayKind::Voice, "tel:+971000000")))
    );
    let ministry = bar(&lines[1..], Some(&in_dubai()), 4, true, NOW);
    assert_eq!(
        (ministry.href.as_str(), beside(&ministry)),
        ("sms:+974000000", Some((SecondWayKind::Voice, "tel:+972000000")))
    );
    assert!(
        in_lang(&ministry.line, "en").starts_with("Line en"),
        "it says that the ministry is written to: {}",
        in_lang(&ministry.line, "en")
    );
    let nobody = bar(&lines[1..2], Some(&in_dubai()), 4, true, NOW);
    assert!(!nobody.writes && nobody.href == "tel:+972000000", "with no way to write the voice stays");
}

#[test]
fn beside_an_overloaded_line_stands_a_way_to_write() {
    let text = Some(TextWay::Sms { number: "+973000000".parse().unwrap() });
    let busy = Line { text, ..line(Some("dubai"), "+971000000", LineState::Overloaded) };
    let bar = bar(&[busy], Some(&in_dubai()), 4, false, NOW);
    assert!(in_lang(&bar.line, "en").contains("better to write"));
    assert_eq!((bar.href.as_str(), beside(&bar)), ("tel:+971000000", Some((SecondWayKind::Text, "sms:+973000000"))));
}

#[test]
fn what_is_not_urgent_is_asked_by_voice_while_the_office_answers_and_else_in_writing() {
    let sms = Some(TextWay::Sms { number: "+974000000".parse().unwrap() });
    let office = Line { text: sms.clone(), ..office(Some("dubai"), "+972000000") };
    let emergency = Line { text: sms, ..line(Some("dubai"), "+971000000", LineState::Open) };
    let asked = |line: &Line, prefers_text, now| {
        let ask = ask([&emergency, line].into_iter(), prefers_text, at(now))?;
        Some((ask.href, ask.hours.open))
    };
    let at_night = "2026-03-02T23:00:00Z";
    assert_eq!(asked(&office, false, OFFICE_HOURS), Some(("tel:+972000000".into(), true)));
    assert_eq!(asked(&office, true, OFFICE_HOURS), Some(("sms:+974000000".into(), true)));
    assert_eq!(asked(&office, false, at_night), Some(("sms:+974000000".into(), false)));
    let busy = Line { state: LineState::Overloaded, ..office.clone() };
    assert_eq!(asked(&busy, false, OFFICE_HOURS), Some(("sms:+974000000".into(), true)));
    let mute = Line { text: None, ..office };
    assert_eq!(asked(&mute, false, at_night), None);
    assert_eq!(ask([&emergency].into_iter(), false, at(OFFICE_HOURS)), None, "the emergency line is for no question");
}

#[test]
fn beside_a_line_that_is_free_nobody_is_told_to_write() {
    let text = Some(TextWay::Sms { number: "+973000000".parse().unwrap() });
    let free = Line { text, ..line(Some("dubai"), "+971000000", LineState::Open) };
    let bar = bar(&[free], Some(&in_dubai()), 4, false, NOW);
    assert_eq!((bar.href.as_str(), beside(&bar)), ("tel:+971000000", None));
}

#[test]
fn the_ministrys_emergency_line_comes_before_its_office() {
    let lines = [office(None, "office"), line(None, "emergency", LineState::Overloaded)];
    assert_eq!(best_at(&lines, OFFICE_HOURS), "emergency");
    assert_eq!(best_at(&lines[..1], OFFICE_HOURS), "office");
}

#[test]
fn a_line_is_reached_by_its_number_by_where_it_moved_to_and_by_text_message() {
    let number = |text: &str| text.parse().unwrap();
    let line = Line {
        moved_to: Some(number("+972000000")),
        text: Some(TextWay::Sms { number: number("+973000000") }),
        ..line(None, "+971000000", LineState::Open)
    };
    for known in ["+971000000", "+972000000", "+973000000"] {
        assert!(reaches(&line, known), "{known}");
    }
    assert!(!reaches(&line, "+974000000") && !reaches(&line, ""));
}
