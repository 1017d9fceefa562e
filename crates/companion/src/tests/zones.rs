//! Every time of day comes from the zone table that the app brings along.

use testkit::at;

use crate::{
    testing::{Device, dubai},
    zones::shifts,
};

/// Minutes that the clock of a zone is ahead of UTC at an instant, as a screen reads it.
fn ahead(zone: &str, instant: &str) -> i32 {
    let shifts = shifts(zone, at("2026-03-01T12:00:00Z"));
    shifts.iter().rev().find(|shift| shift.from <= at(instant)).unwrap().seconds / 60
}

#[test]
fn astana_is_five_hours_ahead_since_march_2024() {
    assert_eq!(ahead("Asia/Almaty", "2026-03-01T12:00:00Z"), 300);
    assert_eq!(ahead("Asia/Dubai", "2026-03-01T12:00:00Z"), 240);
    assert_eq!(ahead("Asia/Kathmandu", "2026-03-01T12:00:00Z"), 345);
}

#[test]
fn a_summer_is_told_from_a_winter_for_years_ahead() {
    assert_eq!(ahead("Europe/Berlin", "2026-03-29T00:59:59Z"), 60);
    assert_eq!(ahead("Europe/Berlin", "2026-03-29T01:00:00Z"), 120);
    assert_eq!(ahead("Europe/Berlin", "2028-12-01T00:00:00Z"), 60);
}

#[test]
fn the_view_has_the_clocks_of_home_of_here_and_of_every_leg() {
    let device = Device::new("2026-03-01T12:00:00Z");
    device.session().save_trip(None, &dubai()).unwrap();
    let zones: Vec<_> = device.view().clocks.into_keys().collect();
    assert_eq!(zones, ["Asia/Almaty", "Asia/Dubai"]);
    let page = device.companion.country_page("NP".parse().unwrap()).unwrap();
    assert_eq!(page.clock.last().unwrap().seconds, 345 * 60);
    assert!(shifts("Mars/Olympus", at("2026-03-01T12:00:00Z")).is_empty());
}
