//! What the clocks show, by the release's own zone table.

use jiff::Timestamp;

use crate::{
    testing::at,
    view::clock::{Offset, minutes_ahead, offsets, wall},
};

fn offset(zone: &str, when: &str) -> i32 {
    let when = at(when);
    let all = offsets(zone, at("2026-03-01T10:20:00Z"));
    all.iter().rev().find(|offset| offset.from <= when).unwrap().minutes
}

/// One zone for the whole country since 1 March 2024; tables older than that say six hours in Astana.
#[test]
fn kazakhstan_is_five_hours_ahead_since_march_2024() {
    assert_eq!(offset("Asia/Almaty", "2026-03-01T10:20:00Z"), 5 * 60);
    assert_eq!(wall("Asia/Almaty", at("2026-11-27T22:17:00Z")).to_string(), "2026-11-28T03:17:00");
    assert_eq!(minutes_ahead("Asia/Dubai", "Asia/Almaty", at("2026-11-27T22:17:00Z")), -60);
}

#[test]
fn offsets_change_with_the_season_where_clocks_do() {
    assert_eq!(offset("Europe/London", "2026-03-28T12:00:00Z"), 0);
    assert_eq!(offset("Europe/London", "2026-03-29T12:00:00Z"), 60);
    assert_eq!(offset("America/New_York", "2025-12-24T12:00:00Z"), -5 * 60);
    assert_eq!(minutes_ahead("Asia/Kathmandu", "Asia/Almaty", at("2026-03-01T18:30:00Z")), 45);
}

#[test]
fn a_zone_nobody_knows_and_a_time_at_the_edge_have_offsets_too() {
    assert_eq!(offset("Mars/Olympus", "2026-03-01T10:20:00Z"), 0);
    for now in [Timestamp::MIN, Timestamp::MAX] {
        let first: Option<Offset> = offsets("Asia/Dubai", now).into_iter().next();
        assert!(first.is_some(), "{now}");
    }
}
