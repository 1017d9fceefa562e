//! What is erased is gone from this device at once, and from the register as soon as the front is within reach.

use std::{fs, path::Path};

use contract::record::CheckInStatus;
use proptest::{prelude::*, test_runner::TestRunner};

use super::*;
use crate::{
    consents::TextShown,
    store::{CallWay, Identity},
    testing::{dubai, stay, trip},
    trips::NextOfKin,
    whereabouts::ChosenPlace,
};

fn bearer(identity: &Identity) -> Option<String> {
    Some(format!("Bearer {}", identity.token))
}

fn identity(device: &Device) -> Identity {
    device.session().store.identity().unwrap().unwrap()
}

pub fn is_on_disk(folder: &Path, text: &str) -> bool {
    are_on_disk(folder, text.as_bytes())
}

/// Whether any file of the folder has these bytes.
fn are_on_disk(folder: &Path, bytes: &[u8]) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
    files.into_iter().any(|file| file.windows(bytes.len()).any(|part| part == bytes))
}

/// How each longer value of the traveller's begins, as the tables hold it: what is closed, closed.
fn all_values(session: &crate::Session) -> Vec<Vec<u8>> {
    let connection = session.store.lock();
    let mut found = Vec::new();
    for table in ["trip", "form", "closed_setting", "check_in", "call", "outbox", "sent"] {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for index in 0..columns {
                // numbers are no bytes
                let value = row.get_ref(index).unwrap();
                let bytes = value.as_bytes().ok().filter(|bytes| bytes.len() >= 32);
                found.extend(bytes.map(|bytes| bytes[..32].to_vec()));
            }
        }
    }
    found
}

fn entered(front: &Arc<Front>) -> Device {
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    let shown = TextShown { name: "registering".into(), version: 1, language: "en".parse().unwrap() };
    device.session().enter_trip(None, &dubai(), &[shown]).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device
}

#[test]
fn nothing_that_was_erased_is_on_disk() {
    let words = (proptest::collection::vec("[a-z]{16,400}", 6), any::<bool>(), any::<bool>());
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    let law = |(words, reaches, is_deleted): (Vec<String>, bool, bool)| {
        let front = Front::new(move |_| if reaches { accepted(1) } else { Reply::Lost });
        let device = Device::behind(front, NOW);
        device.catch_up();
        let session = device.session();
        let mut draft = trip(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")]);
        draft.next_of_kin = Some(NextOfKin { name: words[0][..16].to_owned(), phone: "+77022223344".into() });
        let id = session.save_trip(None, &draft).unwrap();
        session.keep_form(None, 0, Some(&words[1])).unwrap();
        session.keep_form(Some(id), 0, Some(&words[2])).unwrap();
        session.choose_place(Some(ChosenPlace::Country { code: "TR".parse().unwrap() })).unwrap();
        session.check_in(CheckInStatus::NeedHelp).unwrap();
        device.companion.called("+442079460199", CallWay::Voice, true).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(run_for(&device, Duration::from_secs(40)));
        if is_deleted {
            session.delete_trip(id).unwrap();
        }
        let before = identity(&device);
        let ids: Vec<String> = session.store.outbox().unwrap().into_iter().map(|item| item.id).collect();
        let folder = device.folder.path();
        prop_assert!(is_on_disk(folder, "+442079460199"), "the test looks where things are");
        // the front is still to be told which device it is to erase
        let stays = [before.id.to_string(), before.token.clone()];
        let values: Vec<_> = all_values(session)
            .into_iter()
            .filter(|value| !stays.iter().any(|one| one.as_bytes().starts_with(value)))
            .collect();
        prop_assert!(values.len() >= 8 && values.iter().all(|value| are_on_disk(folder, value)), "as they stand there");
        prop_assert!(!is_on_disk(folder, &words[1]), "what names people is closed");
        fs::write(folder.join("saparlas.db.damaged-20260301T120000Z-1"), &words[1]).unwrap();
        session.erase().unwrap();
        let erased = [&words[0][..16], &words[1], &words[2], "+77022223344", "+442079460199", "Creek 5", "\"TR\""];
        for text in erased.into_iter().chain([before.private_key.as_str(), &before.public_key]) {
            prop_assert!(!is_on_disk(folder, text), "{text}");
        }
        for value in values {
            prop_assert!(!are_on_disk(folder, &value), "{}", String::from_utf8_lossy(&value));
        }
        let device_id = before.id.to_string();
        for id in ids.iter().filter(|id| **id != device_id) {
            prop_assert!(!is_on_disk(folder, id), "{id}");
        }
        prop_assert!(is_on_disk(folder, &before.token), "the front is still to be told");
        runtime.block_on(run_for(&device, Duration::from_secs(40)));
        prop_assert_eq!(is_on_disk(folder, &before.token), !reaches, "once it has been told, the token goes too");
        prop_assert_eq!(is_on_disk(folder, &device_id), !reaches);
        Ok(())
    };
    runner.run(&words, law).unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_front_is_told_before_anything_that_is_entered_later_by_who_this_device_was() {
    let reached = Arc::new(Mutex::new(true));
    let within = reached.clone();
    let front = Front::new(move |_| if *within.lock().unwrap() { accepted(1) } else { Reply::Lost });
    let device = entered(&front);
    drain_all(&device).await;
    let before = identity(&device);
    *reached.lock().unwrap() = false;
    device.session().erase().unwrap();
    assert!(device.view().trips.is_empty() && device.view().check_in.is_none());
    assert_eq!(device.session().left().unwrap().sent, []);
    device.session().save_trip(None, &dubai()).unwrap();
    run_for(&device, Duration::from_secs(5)).await;
    let erased = device.session().left().unwrap().erased.unwrap();
    assert_eq!((erased.at.to_string().as_str(), erased.gone_at), (NOW, None));
    front.forget_asked();
    *reached.lock().unwrap() = true;
    drain_all(&device).await;
    let lines: Vec<String> = front.asked("").iter().map(|asked| asked.line.split('/').nth(2).unwrap().into()).collect();
    assert_eq!(lines, ["devices", "devices", "trips"]);
    let asked = front.asked("");
    assert_eq!((asked[0].line.as_str(), &asked[0].token), ("DELETE /v1/devices/self", &bearer(&before)));
    let after = identity(&device);
    assert_ne!((after.id, &after.token, &after.public_key), (before.id, &before.token, &before.public_key));
    assert_eq!(asked[2].token, bearer(&after));
    let erased = device.session().left().unwrap().erased.unwrap();
    assert_eq!(erased.gone_at.unwrap().to_string(), NOW);
    let days = device.session().profile.law.retention.backup;
    let backups = erased.backups_until.unwrap().duration_since(erased.gone_at.unwrap());
    assert_eq!(backups, jiff::SignedDuration::from_hours(i64::from(days) * 24));
}

#[tokio::test(start_paused = true)]
async fn a_front_that_does_not_know_the_device_has_nothing_of_it() {
    for code in ["unauthorized", "not_found"] {
        let front = Front::new(move |asked| {
            let status = if code == "unauthorized" { 401 } else { 404 };
            if asked.is("DELETE") { problem(status, code) } else { accepted(1) }
        });
        let device = entered(&front);
        device.session().erase().unwrap();
        drain_all(&device).await;
        assert!(device.session().left().unwrap().erased.unwrap().gone_at.is_some());
        assert_eq!(front.asked("").len(), 1, "and nothing else is sent");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_on_its_way_when_all_was_erased_does_not_come_after() {
    let front = Front::new(|asked| if asked.is("PUT /v1/trips") { Reply::Silence } else { accepted(1) });
    let device = entered(&front);
    let before = identity(&device);
    let erasing = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        device.session().erase().unwrap();
    };
    tokio::join!(run_for(&device, Duration::from_secs(600)), erasing);
    let of_before: Vec<Asked> = front.asked("").into_iter().filter(|asked| asked.token == bearer(&before)).collect();
    assert!(of_before.last().unwrap().is("DELETE /v1/devices/self"));
    assert_eq!(of_before.iter().filter(|asked| asked.is("DELETE")).count(), 1);
    assert_eq!(device.session().left().unwrap().sent, []);
}

#[tokio::test(start_paused = true)]
async fn help_waits_for_no_erasure() {
    let front = Front::new(|asked| if asked.is("DELETE") { Reply::Silence } else { accepted(1) });
    let device = entered(&front);
    device.session().erase().unwrap();
    let began = Instant::now();
    let entering = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    };
    tokio::join!(run_for(&device, Duration::from_secs(4)), entering);
    assert_eq!(front.asked("PUT /v1/check-ins")[0].at.duration_since(began), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn an_erasure_outlives_the_app_and_makes_no_device_before_something_is_entered() {
    let front = Front::new(|_| Reply::Lost);
    let device = entered(&front);
    device.session().erase().unwrap();
    let device = device.reopened();
    assert!(device.session().store.identity().unwrap().is_none());
    assert_eq!(device.session().store.erasures().unwrap().len(), 1);
    device.session().erase().unwrap();
    assert_eq!(device.session().store.erasures().unwrap().len(), 1, "there was nobody to erase");
}

#[tokio::test(start_paused = true)]
async fn an_export_holds_everything_but_what_could_speak_for_this_device() {
    let held = json!({"trips": []});
    let answer = held.clone();
    let front = Front::new(move |asked| match asked.line.as_str() {
        "GET /v1/devices/self/export" => {
            Reply::Answer(200, vec![("content-type", "application/json".into())], answer.to_string())
        }
        _ => accepted(1),
    });
    let device = entered(&front);
    device.session().keep_form(None, 0, Some("half a form")).unwrap();
    drain_all(&device).await;
    let export = device.session().export().await.unwrap();
    let read: Value = serde_json::from_str(&export.text).unwrap();
    let here = &read["on_this_device"];
    assert_eq!(here["trip"][0]["private"]["legs"][0]["address"], "Creek 5");
    assert_eq!(here["form"][0]["private"], "half a form");
    assert_eq!(here["check_in"][0]["status"], "safe");
    assert_eq!(here["sent"].as_array().unwrap().len(), 3);
    assert_eq!(here["setting"]["consent"]["text"], "registering");
    assert_eq!((export.with_ministry, &read["with_the_ministry"]), (true, &held));
    let identity = identity(&device);
    assert!(!export.text.contains(&identity.token) && !export.text.contains(&identity.private_key));
    assert_eq!(front.asked("GET /v1/devices/self/export")[0].token, bearer(&identity));
}

#[tokio::test(start_paused = true)]
async fn an_export_needs_no_network() {
    let device = entered(&Front::new(|_| Reply::Lost));
    let export = device.session().export().await.unwrap();
    let read: Value = serde_json::from_str(&export.text).unwrap();
    assert!(!export.with_ministry && read["with_the_ministry"].is_null());
    assert_eq!(read["on_this_device"]["trip"].as_array().unwrap().len(), 1);
}
