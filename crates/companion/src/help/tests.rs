//! The call bar dials the best line for where the traveller is, and never none.

use contract::lines::MissionKind;

use super::*;
use crate::{
    testing::{Ministry, at, stay, transit, trip, words},
    trips::{LegDraft, plan},
};

fn here(leg: LegDraft) -> PlannedLeg {
    plan(&trip(vec![leg]), "KZ".parse().unwrap()).unwrap().legs.remove(0)
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
        serves: serves.iter().map(|code| code.parse().unwrap()).collect(),
    }
}

fn line(mission: Option<&str>, number: &str, state: LineState) -> Line {
    Line {
        mission: mission.map(|id| id.parse().unwrap()),
        name: words("Line"),
        hours: words("Always"),
        number: number.into(),
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
        "riyadh" => Some(mission("SA", "sa-riyadh", &["SA", "AE"])),
        "doha" => Some(mission("QA", "qa-doha", &["QA"])),
        _unknown => None,
    }
}

fn best(lines: &[Line], leg: Option<&PlannedLeg>) -> (String, CallBarKind) {
    let missions: Vec<(EntryId, Mission)> =
        lines.iter().filter_map(|line| line.mission.clone()).filter_map(|id| Some((id.clone(), known(&id)?))).collect();
    let find = |id: &EntryId| missions.iter().find(|(known, _)| known == id).map(|(_, mission)| mission);
    let bar = best_line(&Ministry::new(1).profile(), lines.iter(), find, leg);
    (bar.number, bar.kind)
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
    assert!(of_nobody().name.is_complete() && of_nobody().hours.is_complete());
}

#[test]
fn the_call_bar_names_the_mission_and_not_its_line() {
    let dubai = known(&"dubai".parse().unwrap()).unwrap();
    let lines = [line(Some("dubai"), "+442079460101", LineState::Open)];
    let bar = best_line(&Ministry::new(1).profile(), lines.iter(), |_| Some(&dubai), Some(&in_dubai()));
    assert_eq!(bar.name, dubai.name);
}
