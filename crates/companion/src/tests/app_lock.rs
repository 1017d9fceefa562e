//! A PIN locks what the trips say, by whichever way it is asked for, and nothing that helps.

use std::time::Duration;

use contract::record::CheckInStatus;
use testkit::{advisory_entry, at};

use crate::{
    CallWay, MessageDraft,
    error::{Failure, FailureCode},
    store::Setting,
    testing::{Device, dubai},
};

const NOW: &str = "2026-03-01T12:00:00Z";
const PIN: &str = "2580";

fn code<T>(result: Result<T, Failure>) -> Option<FailureCode> {
    result.err().map(|failure| failure.code)
}

/// A device with a trip, whose trips are locked.
fn locked() -> Device {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().set_pin(None, Some(PIN)).unwrap();
    device.session().lock_screen();
    device
}

#[test]
fn no_command_tells_or_changes_a_trip_that_is_locked() {
    let device = locked();
    let (session, view) = (device.session(), device.view());
    assert!(view.lock.locked && view.trips.is_empty());
    let id = session.store.kept::<crate::trips::TripDraft>().unwrap().trips[0].0;
    let locked = Some(FailureCode::Locked);
    assert_eq!(code(session.trip_draft(id)), locked);
    assert_eq!(code(session.save_trip(Some(id), &dubai())), locked);
    assert_eq!(code(session.save_trip(None, &dubai())), locked);
    assert_eq!(code(session.delete_trip(id)), locked);
    assert_eq!(code(session.next_trip()), locked);
    assert_eq!(code(session.keep_form(None, 0, Some("{}"))), locked);
    assert_eq!(code(session.kept_form(None)), locked);
    assert_eq!(code(session.party(id)), locked);
    assert_eq!(code(session.messages()), locked);
    assert_eq!(code(session.letters_seen(&[])), locked);
    assert_eq!(code(session.write(MessageDraft { text: "x".into(), ..MessageDraft::default() })), locked);
    session.unlock(PIN).unwrap();
    assert!(!device.view().lock.locked);
    assert_eq!(device.view().trips.len(), 1);
    assert_eq!(session.trip_draft(id).unwrap(), dubai());
}

#[test]
fn what_helps_is_never_locked() {
    let mut device = locked();
    device.catch_up();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    let session = device.session();
    session.check_in(CheckInStatus::NeedHelp).unwrap();
    session.stuck_at("DOH", true, Some(3), None, &[]).unwrap();
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    let view = device.view();
    assert!(view.lock.locked);
    assert_eq!((view.advisories.len(), view.check_in.is_some(), view.last_call.is_some()), (1, true, true));
    assert!(view.call.href.starts_with("tel:"));
    assert!(!device.companion.topics().unwrap().is_empty());
    assert!(device.companion.verify("Take cover", &[]).is_ok());
}

#[test]
fn the_trips_are_locked_again_at_the_next_start_and_two_minutes_out_of_sight() {
    let device = locked().reopened();
    assert!(device.view().lock.locked);
    device.session().unlock(PIN).unwrap();
    device.session().look_away(true);
    device.pass_to("2026-03-01T12:01:59Z");
    assert!(!device.view().lock.locked);
    device.session().look_away(false);
    device.pass_to("2026-03-01T13:00:00Z");
    assert!(!device.view().lock.locked, "whoever looks at it is not asked again");
    device.session().look_away(true);
    device.pass_to("2026-03-01T13:02:00Z");
    assert!(device.view().lock.locked);
    device.session().look_away(false);
    assert!(device.view().lock.locked);
    device.session().unlock(PIN).unwrap();
    device.session().look_away(true);
    device.pass_to("2026-03-01T12:00:00Z");
    assert!(device.view().lock.locked, "by a clock that was set back it is not known how long");
}

async fn pass(seconds: u64) {
    tokio::time::advance(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn wrong_pins_are_slowed_down_through_restarts_and_clocks_that_are_set() {
    let device = locked();
    for _ in 0..4 {
        assert_eq!(code(device.session().unlock("0000")), Some(FailureCode::PinWrong));
    }
    assert_eq!(device.view().lock.wait_until, Some(at("2026-03-01T12:00:30Z")));
    assert_eq!(code(device.session().unlock(PIN)), Some(FailureCode::PinWait), "not the right one either");
    let device = device.reopened();
    assert_eq!(code(device.session().unlock(PIN)), Some(FailureCode::PinWait));
    // a clock set back begins the wait again, and no more than that
    device.pass_to("2025-03-01T12:00:00Z");
    pass(60).await;
    assert_eq!(code(device.session().unlock(PIN)), Some(FailureCode::PinWait));
    device.pass_to("2025-03-01T12:00:29Z");
    assert_eq!(code(device.session().unlock(PIN)), Some(FailureCode::PinWait));
    device.pass_to("2025-03-01T12:00:30Z");
    device.session().unlock(PIN).unwrap();
    assert_eq!(device.view().lock.wait_until, None);
    device.session().lock_screen();
    assert_eq!(code(device.session().unlock("0000")), Some(FailureCode::PinWrong), "it counts from the beginning");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_forward_saves_no_more_than_all_but_a_minute_of_a_wait() {
    let device = locked();
    // so many that an hour is waited
    device.session().store.set(Setting::PinTries, &format!(r#"{{"failed":9,"at":"{NOW}"}}"#)).unwrap();
    pass(3600).await;
    assert_eq!(device.view().lock.wait_until, Some(at("2026-03-01T13:00:00Z")), "by the device's clock it is that");
    let device = device.reopened();
    device.pass_to("2026-03-01T14:00:00Z");
    assert_eq!(device.view().lock.wait_until, Some(at("2026-03-01T14:01:00Z")));
    pass(59).await;
    assert_eq!(code(device.session().unlock(PIN)), Some(FailureCode::PinWait));
    pass(1).await;
    assert_eq!(device.view().lock.wait_until, None);
    assert_eq!(code(device.session().unlock("0000")), Some(FailureCode::PinWrong));
    device.pass_to("2026-03-01T16:00:00Z");
    pass(59).await;
    assert_eq!(code(device.session().unlock(PIN)), Some(FailureCode::PinWait));
    pass(1).await;
    device.session().unlock(PIN).unwrap();
}

#[test]
fn a_pin_that_is_damaged_locks_nothing_and_is_set_anew() {
    let set = |device: &Device, value: &str| device.session().store.set(Setting::Pin, value).unwrap();
    let device = locked();
    let kept = device.session().store.setting(Setting::Pin).unwrap().unwrap();
    let altered = if kept.contains("\"hash\":[1") {
        kept.replace("\"hash\":[1", "\"hash\":[2")
    } else {
        kept.replace("\"hash\":[", "\"hash\":[1")
    };
    for damaged in ["", "{", &kept[1..], "{\"rounds\":1}", &altered] {
        set(&device, damaged);
        let view = device.view();
        assert!(!view.lock.locked && !view.lock.has_pin && view.lock.pin_damaged, "{damaged}");
        assert!(view.damaged, "it is told on the first screen");
        assert_eq!(view.trips.len(), 1);
        device.session().next_trip().unwrap();
    }
    device.session().set_pin(None, Some("1357")).unwrap();
    device.session().lock_screen();
    assert!(device.view().lock.locked && !device.view().lock.pin_damaged);
    device.session().unlock("1357").unwrap();
    // one of an app that kept no sum of it is as good
    let (begin, _) = kept.split_once(",\"sum\"").unwrap();
    set(&device, &format!("{begin}}}"));
    device.session().lock_screen();
    device.session().unlock(PIN).unwrap();
}

#[test]
fn a_pin_is_changed_and_taken_away_by_who_knows_it_and_stands_in_no_file() {
    let device = Device::new(NOW);
    let session = device.session();
    for no_pin in ["", "123", "1234567890123", "12a4", "١٢٣٤"] {
        assert_eq!(code(session.set_pin(None, Some(no_pin))), Some(FailureCode::PinNotDigits), "{no_pin}");
    }
    session.set_pin(None, Some("907341562")).unwrap();
    for file in std::fs::read_dir(device.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(9).any(|at| at == b"907341562"));
    }
    assert_eq!(code(session.set_pin(None, Some(PIN))), Some(FailureCode::PinWrong));
    assert_eq!(code(session.set_pin(Some("0000"), None)), Some(FailureCode::PinWrong));
    session.set_pin(Some("907341562"), Some(PIN)).unwrap();
    session.set_pin(Some(PIN), None).unwrap();
    session.lock_screen();
    assert!(!device.view().lock.has_pin && !device.view().lock.locked);
    assert_eq!(code(session.unlock(PIN)), Some(FailureCode::NotFound));
}

#[test]
fn a_discreet_notification_says_nothing_of_what_or_where_and_is_as_loud() {
    let said = |discreet: bool| {
        let mut device = Device::new(NOW);
        device.catch_up();
        device.session().save_trip(None, &dubai()).unwrap();
        device.session().set_discreet(discreet).unwrap();
        assert_eq!(device.view().discreet, discreet);
        device.hear(&advisory_entry("advisory.ae", 1, "AE"));
        let mut notices = device.window.notices.lock().unwrap().clone();
        notices.remove(0)
    };
    let (open, discreet) = (said(false), said(true));
    assert_eq!((&discreet.opens, discreet.loudness), (&open.opens, open.loudness));
    assert_eq!(discreet.title, "New word from the ministry");
    assert_eq!(discreet.body, "Open the app to read it.");
    assert_ne!(open.title, discreet.title);
}
