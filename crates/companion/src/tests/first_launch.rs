//! The first screen says who this is until that was read, and to nobody who has a trip or a place.

use contract::entry::{Body, level::Level};
use testkit::{advisory_entry, at, country, entry, words};

use crate::{
    ChosenPlace,
    testing::{Device, dubai},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn level(id: &str, code: &str, level: u8) -> contract::entry::Entry {
    entry(id, 1, Body::Level(Level { country: country(code), level, since: at(NOW), why: words("Why") }))
}

#[test]
fn who_this_is_is_said_once() {
    let device = Device::new(NOW);
    assert!(device.view().welcome);
    device.session().put_welcome_away().unwrap();
    assert!(!device.view().welcome);
    assert!(!device.reopened().view().welcome, "nor after a restart");
}

#[test]
fn it_stands_in_the_way_of_no_trip_or_place() {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    assert!(!device.view().welcome);
    let device = Device::new(NOW);
    device.session().choose_place(Some(ChosenPlace::Country { code: country("TR") })).unwrap();
    assert!(!device.view().welcome);
}

#[test]
fn a_warning_that_leads_does_not_skip_it() {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&advisory_entry("advisory.kz", 1, "KZ"));
    let view = device.view();
    assert_eq!((view.lead.is_some(), view.welcome), (true, true));
    device.session().put_welcome_away().unwrap();
    assert!(!device.view().welcome);
}

#[test]
fn without_a_store_there_is_nothing_to_begin() {
    assert!(!Device::without_ministry(NOW).view().unwrap().welcome);
}

#[test]
fn home_carries_no_level_and_every_other_place_its_own() {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&level("level.kz", "KZ", 2));
    device.hear(&level("level.tr", "TR", 3));
    assert!(device.view().level.is_none(), "of nowhere but home");
    let stand_in = |code| device.session().choose_place(Some(ChosenPlace::Country { code: country(code) })).unwrap();
    stand_in("KZ");
    assert!(device.view().level.is_none(), "nor of a place at home");
    stand_in("TR");
    assert_eq!(device.view().level.map(|level| level.level), Some(3));
}
