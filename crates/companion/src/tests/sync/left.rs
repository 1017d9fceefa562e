//! What left this device is listed, all of it, and it went to one host.

use std::collections::BTreeSet;

use contract::record::CheckInStatus;

use super::*;
use crate::{
    store::CallWay,
    testing::dubai,
    view::pages::left::{SentItem, SentWhat},
};

fn sent(device: &Device) -> Vec<SentItem> {
    device.session().left().unwrap().sent
}

fn front() -> Arc<Front> {
    Front::new(|asked| {
        let version = asked.line.split_once("?version=").map(|(_, version)| version.parse().unwrap());
        accepted(version.unwrap_or_else(|| u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()))
    })
}

fn travelling(front: &Arc<Front>) -> Device {
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device
}

#[tokio::test(start_paused = true)]
async fn every_thing_that_was_sent_is_listed_as_it_went() {
    let front = front();
    let device = travelling(&front);
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    assert!(sent(&device).is_empty(), "nothing has left yet");
    drain_all(&device).await;
    let listed = sent(&device);
    let mut bodies: Vec<String> = listed.iter().map(|item| item.body.clone().unwrap()).collect();
    let mut went: Vec<String> = front.asked("PUT").iter().map(|asked| asked.text.clone()).collect();
    bodies.sort();
    went.sort();
    assert_eq!(bodies, went);
    assert_eq!(went.len(), 4);
    assert!(listed.iter().all(|item| item.taken_at.is_some() && item.host == device.session().front.host()));
    let is = |what: fn(&SentWhat) -> bool| listed.iter().filter(|item| what(&item.what)).count();
    assert_eq!(is(|what| matches!(what, SentWhat::Device)), 1);
    assert_eq!(is(|what| matches!(what, SentWhat::Call { .. })), 1);
    assert_eq!(is(|what| matches!(what, SentWhat::CheckIn { people, .. } if people[0].count == 3)), 1);
    assert_eq!(is(|what| matches!(what, SentWhat::Trip { people: 3, legs } if legs.len() == 1)), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_sealed_is_read_from_the_trip_while_it_stands_as_it_was_sent() {
    let front = front();
    let device = travelling(&front);
    drain_all(&device).await;
    let trip =
        |device: &Device| sent(device).into_iter().find(|item| matches!(item.what, SentWhat::Trip { .. })).unwrap();
    let listed = trip(&device);
    assert_eq!(listed.sealed.unwrap().details, ["Creek 5"]);
    assert!(!listed.body.unwrap().contains("Creek"), "plain it went nowhere");
    let id = device.view().trips[0].id;
    device.session().save_trip(Some(id), &dubai()).unwrap();
    assert!(trip(&device).sealed.is_none(), "the trip is another since");
    device.session().delete_trip(id).unwrap();
    drain_all(&device).await;
    assert_eq!(sent(&device)[0].what, SentWhat::Deleted);
}

#[tokio::test(start_paused = true)]
async fn what_got_no_answer_may_have_left_and_is_listed_as_that() {
    let front =
        Front::new(|asked| if asked.is("PUT /v1/check-ins") { problem(422, "field_invalid") } else { Reply::Lost });
    let device = travelling(&front);
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    let mut rests = Rests::default();
    drain(device.session(), &mut rests).await.unwrap();
    let listed = sent(&device);
    assert_eq!(listed.len(), 2, "the cry for help, and the device");
    assert!(listed.iter().all(|item| item.taken_at.is_none()));
}

#[tokio::test(start_paused = true)]
async fn what_stands_nowhere_any_more_is_listed_as_long_as_the_ministry_may_keep_it() {
    let front = front();
    let device = travelling(&front);
    device.session().check_in(CheckInStatus::Safe).unwrap();
    drain_all(&device).await;
    let kinds = |device: &Device| sent(device).len();
    assert_eq!(kinds(&device), 3);
    device.pass_to("2026-12-01T12:00:00Z");
    device.session().check_in(CheckInStatus::Safe).unwrap();
    drain_all(&device).await;
    assert_eq!(kinds(&device), 3, "the check-in of March is not listed; device and trip stand with the ministry");
}

#[tokio::test(start_paused = true)]
async fn whatever_is_done_no_host_but_the_front_is_asked() {
    let ministry = std::sync::Mutex::new(None::<testkit::Ministry>);
    let front = Front::new(move |asked| {
        let mut ministry = ministry.lock().unwrap();
        let ministry = ministry.get_or_insert_with(|| testkit::Ministry::new(1));
        match asked.line.as_str() {
            "GET /v1/bulletin/head" => Reply::Answer(200, vec![], ministry.head(NOW)),
            "GET /v1/bulletin/watermark" => Reply::Answer(200, vec![], ministry.watermark(NOW)),
            "GET /v1/bulletin/keys/1" => Reply::Answer(200, vec![], ministry.key_set()),
            "GET /v1/bulletin/stream" => Reply::Stream(String::new(), Duration::from_secs(30)),
            line if line.starts_with("GET /v1/bulletin/snapshot/") => Reply::Answer(200, vec![], ministry.snapshot()),
            line if line.starts_with("GET") => problem(404, "not_found"),
            _ => accepted(1),
        }
    });
    let device = Device::behind(front.clone(), NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    run_for(&device, Duration::from_secs(90)).await;
    device.session().export().await.unwrap();
    device.session().erase().unwrap();
    run_for(&device, Duration::from_secs(90)).await;
    let asked = front.asked("");
    for part in [
        "GET /v1/bulletin/head",
        "GET /v1/bulletin/stream",
        "PUT /v1/trips",
        "GET /v1/devices/self/export",
        "DELETE /v1/devices/self",
    ] {
        assert!(asked.iter().any(|asked| asked.is(part)), "{part}");
    }
    let hosts: BTreeSet<&str> = asked.iter().map(|asked| asked.host.as_str()).collect();
    let listed = device.session().left().unwrap().host;
    assert_eq!(hosts, BTreeSet::from([listed.as_str()]));
    // the ministry's word is fetched by nobody in particular
    assert!(asked.iter().filter(|asked| asked.line.contains("/bulletin/")).all(|asked| asked.token.is_none()));
}
