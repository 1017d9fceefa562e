//! A file that an older app left is brought up to date with everything it holds. Its bulletin is one that today's app
//! cannot read: it is asked for anew.
//!
//! `files/v1.db` and `v2.db` are what the apps of these two schemas left of one journey: their migrations and the rows
//! that they wrote. The second knows an entry more.

use std::fs;

use contract::{
    http::Code,
    ids::TripId,
    record::{CallOutcome, CheckInStatus, Kind},
    words::Lang,
};
use testkit::{advisory_entry, at};

use super::{NOW, open};
use crate::{
    store::{CallWay, Delivery, Item, Setting},
    testing::{Device, stay, transit},
    trips::{NextOfKin, TripDraft},
};

const OLD: [&[u8]; 2] = [include_bytes!("files/v1.db"), include_bytes!("files/v2.db")];

/// Today's app over each of the old files.
fn devices() -> [Device; 2] {
    OLD.map(|file| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("saparlas.db"), file).unwrap();
        Device::over(folder, NOW)
    })
}

/// An id of one digit alone, but for what a UUIDv4 must say.
fn id(digit: char) -> String {
    "dddddddd-dddd-4ddd-8ddd-dddddddddddd".replace('d', &digit.to_string())
}

fn trip_id(digit: char) -> TripId {
    id(digit).parse().unwrap()
}

#[test]
fn trips_are_there_with_every_field_and_where_each_is() {
    let received = Delivery::Received { at: at("2026-02-21T10:00:00Z") };
    for device in devices() {
        let next_of_kin = Some(NextOfKin { name: "Айгүл".into(), phone: "+77010000002".into() });
        let current = TripDraft {
            origin: Some("ALA".into()),
            legs: vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")],
            adults: 2,
            children: 1,
            phone: "+77010000001".into(),
            next_of_kin,
            ..TripDraft::of_one()
        };
        let coming = device.session().trip_draft(trip_id('2')).unwrap();
        assert_eq!(device.session().trip_draft(trip_id('1')).unwrap(), current);
        assert_eq!(coming.legs[0], transit("DOH", "2026-03-10T12:10", "2026-03-10T18:10"));
        let shown: Vec<_> = device.view().trips.into_iter().map(|trip| (trip.id, trip.delivery)).collect();
        assert_eq!(shown, [(trip_id('1'), received.clone()), (trip_id('2'), Delivery::Waiting)], "and no deleted one");
    }
}

#[test]
fn the_latest_check_in_and_call_are_there() {
    for device in devices() {
        let view = device.view();
        let (check_in, call) = (view.check_in.unwrap(), view.last_call.unwrap());
        assert_eq!((check_in.status, check_in.people), (CheckInStatus::NeedHelp, 3));
        assert_eq!(check_in.delivery, Delivery::Waiting);
        assert_eq!((call.outcome, call.way, call.dialled), (CallOutcome::Called, CallWay::Voice, true));
        assert_eq!(call.number.to_string(), "+442079460101");
        assert_eq!(call.delivery, Delivery::Parked { code: Code::FieldInvalid });
    }
}

#[test]
fn the_device_stays_itself_and_speaks_the_same_language() {
    for device in devices() {
        let store = &device.session().store;
        let identity = store.identity().unwrap().unwrap();
        assert_eq!(identity.id.to_string(), "0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e01");
        assert_eq!(identity.token, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        assert_eq!(store.setting(Setting::RegisterEpoch).unwrap().as_deref(), Some("epoch-1"));
        let view = device.view();
        assert_eq!((view.lang, view.contact.last_heard), (Lang::Kk, Some(at("2026-03-01T06:05:00Z"))));
    }
}

#[test]
fn what_waited_still_waits_and_who_asked_for_help_waits_behind_nothing() {
    for device in devices() {
        let mut lacking = device.session().store.outbox().unwrap();
        lacking.retain(Item::is_lacking);
        let lacking: Vec<_> = lacking.into_iter().map(|item| (item.kind, item.id, item.help)).collect();
        let expected = [
            (Kind::Trip, id('2'), false),
            (Kind::CheckIn, id('5'), true),
            (Kind::Receipts, "advisory.ae@1".into(), false),
        ];
        assert_eq!(lacking, expected);
    }
}

#[test]
fn entries_that_cannot_be_read_are_asked_for_anew_and_what_was_notified_is_not_notified_again() {
    for mut device in devices() {
        assert!(device.view().advisories.is_empty());
        assert!(device.view().contact.may_be_stale);
        device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
        device.catch_up();
        device.session().notify_due();
        assert_eq!(device.view().advisories.len(), 1);
        assert_eq!(device.window.titles(), [] as [&str; 0], "its receipt was kept");
        device.hear(&advisory_entry("advisory.ae", 2, "AE"));
        assert_eq!(device.window.titles().len(), 1);
    }
}

#[test]
fn the_schema_is_today_s_and_migrations_only_add() {
    let schema = |folder: &std::path::Path| {
        let connection = rusqlite::Connection::open(folder.join("saparlas.db")).unwrap();
        let read = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
        (read("SELECT max(version) FROM refinery_schema_history"), read("SELECT count(*) FROM entry"))
    };
    let new = tempfile::tempdir().unwrap();
    drop(open(new.path()));
    let (today, _) = schema(new.path());
    let old = devices().map(|device| schema(device.folder.path()));
    assert_eq!(old, [(today, 1), (today, 2)], "what the old tables held is there");
}
