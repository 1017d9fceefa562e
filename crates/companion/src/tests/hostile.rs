//! A profile that nobody should have made, and rows that nothing here has written: the call bar dials, the screens
//! show what can be read, and what cannot stays where it is.

use contract::{
    entry::{
        Body,
        mission::{Mission, MissionKind},
    },
    record::{CheckInStatus, Person},
    words::{Lang, Words},
};
use rusqlite::Connection;
use testkit::{advisory_entry, country, entry, words};

use super::letters;
use crate::{
    Details, MessageDraft, PartyAct,
    correspondence::Judged,
    error::{Failure, Trouble},
    party::Party,
    store::CallWay,
    testing::{Device, dubai, of_others},
    trips::TripDraft,
};

const NOW: &str = "2026-03-01T12:00:00Z";
const MEGABYTE: usize = 1024 * 1024;

fn long(end: &str) -> Words {
    words(&format!("{}{end}", "ұзақ ".repeat(MEGABYTE / 9)))
}

#[test]
fn a_megabyte_of_name_dials_and_fits_the_bar() {
    let device = Device::with_profile(NOW, |mut profile| {
        (profile.name, profile.home_city, profile.line.name) = (long("!"), long("!"), long("!"));
        profile
    });
    let call = device.view().call;
    assert_eq!(call.href, format!("tel:{}", device.session().profile.line.number));
    assert!(call.line.iter().all(|(_, line)| line.chars().count() < 400));
}

#[test]
fn no_name_turns_the_direction_of_the_bar() {
    let device = Device::with_profile(NOW, |mut profile| {
        profile.line.name = words("Call \u{202e}110\u{2066} now\n\u{0}");
        profile
    });
    let call = device.view().call;
    assert!(call.line.iter().all(|(_, line)| line.starts_with("Call 110 now")), "{:?}", call.line);
}

#[test]
fn a_profile_without_languages_or_names_dials_and_shows_what_there_is() {
    let device = Device::with_profile(NOW, |mut profile| {
        profile.languages = Vec::new();
        (profile.name, profile.home_city, profile.line.name) = (Words::default(), Words::default(), Words::default());
        profile.home_time_zone = "Nowhere/At_All".into();
        profile
    });
    for lang in Lang::ALL {
        device.companion.set_language(lang).unwrap();
        assert!(device.view().call.href.starts_with("tel:+"));
    }
}

#[test]
fn a_front_that_is_no_address_of_https_is_told_and_the_line_still_dials() {
    for front in
        ["javascript:alert(1)", "data:text/html,hi", "file:///etc/passwd", "http://front.example", "", "\u{202e}"]
    {
        let device = Device::with_profile(NOW, |mut profile| {
            profile.front = front.into();
            profile
        });
        let view = device.view();
        assert_eq!(view.trouble, Some(Trouble::ProfileUnreadable), "{front}");
        assert!(view.call.href.starts_with("tel:+"), "{front}");
    }
}

#[test]
fn no_link_but_https_is_opened_whoever_signed_it() {
    for url in ["javascript:alert(1)", "data:text/html,hi", "file:///etc/passwd", "http://mission.example/"] {
        let mut device = Device::new(NOW);
        device.catch_up();
        let mission = Mission {
            kind: MissionKind::Embassy,
            name: words("Mission"),
            city: words("City"),
            country: country("AE"),
            position: None,
            address: String::new(),
            hours: None,
            site: url.into(),
            serves: vec![country("AE")],
            sources: Vec::new(),
        };
        device.hear(&entry("mission.dubai", 1, Body::Mission(mission)));
        assert!(!device.session().names_link(url), "{url}");
    }
}

/// An app that has all kinds of rows, and was closed.
fn lived_in() -> Device {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().save_trip(None, &of_others(dubai())).unwrap();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    device
}

#[test]
fn a_damaged_value_takes_nothing_else_off_the_screen_and_stays_where_it_is() {
    let garbage = ["CAST(x'c328' AS TEXT)", "'{'", "''", "-1", "'\u{202e}'"];
    let places = [
        (
            "setting",
            "value",
            "name IN ('language', 'choice', 'last_heard', 'prefers_text', 'newest_head', 'watermark')",
        ),
        ("trip", "draft", "rowid = 1"),
        ("check_in", "at", "1"),
        ("call", "at", "1"),
        ("outbox", "received_at", "kind = 'trip'"),
        ("notice", "saying", "1"),
        ("notice", "areas", "1"),
    ];
    for (table, column, rows) in places {
        for value in garbage {
            let device = lived_in();
            let file = device.folder.path().join("saparlas.db");
            let writer = Connection::open(&file).unwrap();
            // what is closed is no text that could be another
            writer.execute("UPDATE trip SET private = NULL WHERE rowid = 1", []).unwrap();
            writer.execute(&format!("UPDATE {table} SET {column} = {value} WHERE {rows}"), []).unwrap();
            let read = || -> Vec<Vec<u8>> {
                let mut all =
                    writer.prepare(&format!("SELECT CAST({column} AS BLOB) FROM {table} WHERE {rows}")).unwrap();
                all.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
            };
            let before = read();
            let device = device.reopened();
            let view = device.view();
            assert_eq!(view.trouble, None, "{table}.{column} = {value}");
            // an empty text is a value of a setting as good as any
            assert!(view.damaged || table == "setting", "{table}.{column} = {value} is told");
            assert!(!view.trips.is_empty(), "{table}.{column} = {value}");
            assert!(view.call.href.starts_with("tel:+"));
            if table != "setting" {
                assert_eq!(read(), before, "{table}.{column} = {value}");
            }
        }
    }
}

/// The same with all that people do besides.
fn lived_in_long() -> Device {
    let device = lived_in();
    let session = device.session();
    let [(own, _), (others, _)] = <[_; 2]>::try_from(session.store.trips::<TripDraft>().unwrap()).unwrap();
    let people =
        (1..=3).map(|number| Person { number, name: format!("Person {number}"), ..Person::default() }).collect();
    let party = Party { leader: "Leader of bus 2".into(), people, ..Party::default() };
    session.lead(others, PartyAct::Save { party, unread: Vec::new() }).unwrap();
    session.lead(others, PartyAct::Begin).unwrap();
    session.lead(others, PartyAct::See { person: 1, status: CheckInStatus::NeedHelp, own: false }).unwrap();
    session.check_in(CheckInStatus::NeedHelp).unwrap();
    session.say_more(&Details { words: "room 12".into(), ..Details::default() }).unwrap();
    session.write(message()).unwrap();
    assert_eq!(letters::take(&device, &letters::letter(&device, &letters::private("Wait"), 1)), Judged::New);
    session.keep_form(None, 0, Some("a new trip")).unwrap();
    session.stay_longer(own, 1).unwrap();
    device
}

fn message() -> MessageDraft {
    MessageDraft { text: "Where is the bus?".into(), ..MessageDraft::default() }
}

/// All that is kept, column by column.
fn columns(device: &Device) -> Vec<(String, String)> {
    let connection = Connection::open(device.folder.path().join("saparlas.db")).unwrap();
    let sql = "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'refinery_schema_history'";
    let mut all = connection.prepare(sql).unwrap();
    all.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

/// What somebody in need does, and looks at.
fn deeds(device: &Device) -> Vec<(&'static str, Result<(), Failure>)> {
    let session = match device.companion.session() {
        Ok(session) => session,
        Err(failure) => return vec![("the start", Err(failure))],
    };
    vec![
        ("a trip", session.save_trip(None, &TripDraft { adults: 3, ..of_others(dubai()) }).map(drop)),
        ("a cry", session.check_in(CheckInStatus::NeedHelp)),
        ("a call", device.companion.called("+442079460100", CallWay::Voice, true)),
        ("a message", session.write(message())),
        ("Now", device.companion.view().map(drop)),
        ("What left", session.left().map(drop)),
        ("Messages", session.messages().map(drop)),
        ("Private", session.privacy().map(drop)),
        ("Topics", device.companion.topics().map(drop)),
        ("a country", device.companion.country_page(country("AE")).map(drop)),
    ]
}

#[test]
fn no_damaged_value_keeps_anybody_from_registering_crying_calling_or_reading() {
    let mut failed = Vec::new();
    for (table, column) in columns(&lived_in_long()) {
        for value in ["CAST(x'c328' AS TEXT)", "'{'", "-1"] {
            let device = lived_in_long();
            let writer = Connection::open(device.folder.path().join("saparlas.db")).unwrap();
            // a value that no such row may have is refused by the file
            let change =
                format!("UPDATE {table} SET {column} = {value} WHERE rowid = (SELECT min(rowid) FROM {table})");
            let Ok(1..) = writer.execute(&change, []) else { continue };
            drop(writer);
            for (deed, done) in deeds(&device.reopened()) {
                if let Err(failure) = done {
                    failed.push(format!("{table}.{column} = {value}: {deed}: {failure:?}"));
                }
            }
        }
    }
    assert_eq!(failed, Vec::<String>::new());
}
