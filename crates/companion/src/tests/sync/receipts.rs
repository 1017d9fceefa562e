//! Receipts go in one list, a while after, and say nothing that the ministry was not told of the journey.

use contract::{entry::Body, record::CheckInStatus};

use super::*;
use testkit::{advisory, advisory_entry, at, entry};

use crate::{ChosenPlace, testing::dubai};

fn taking() -> (Arc<Front>, Device) {
    let front = Front::new(|_| accepted(1));
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    (front, device)
}

#[tokio::test(start_paused = true)]
async fn many_receipts_go_in_one_list() {
    let (front, mut device) = taking();
    device.session().save_trip(None, &dubai()).unwrap();
    for number in 0..50 {
        device.hear(&advisory_entry(&format!("advisory.{number}"), 1, "AE"));
    }
    run_for(&device, Duration::from_secs(60)).await;
    let lists = front.asked("PUT /v1/receipts");
    assert_eq!(lists.len(), 1);
    assert_eq!(lists[0].body.as_array().unwrap().len(), 50);
    assert_eq!(waiting(&device), 0);
}

#[tokio::test(start_paused = true)]
async fn what_time_alone_brings_is_told_within_half_a_minute() {
    let (front, mut device) = taking();
    device.session().save_trip(None, &dubai()).unwrap();
    let mut later = advisory("AE");
    later.effective = at("2026-03-01T12:10:00Z");
    device.hear(&entry("advisory.ae", 1, Body::Advisory(later)));
    let time = async {
        tokio::time::sleep(Duration::from_secs(120)).await;
        assert!(front.asked("PUT /v1/receipts").is_empty());
        device.pass_to("2026-03-01T12:10:00Z");
    };
    tokio::join!(run_for(&device, Duration::from_secs(151)), time);
    assert_eq!(front.asked("PUT /v1/receipts").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_place_that_was_only_chosen_here_leaks_through_no_receipt() {
    let (front, mut device) = taking();
    let oman = ChosenPlace::Country { code: "OM".parse().unwrap() };
    device.session().choose_place(Some(oman)).unwrap();
    device.hear(&advisory_entry("advisory.om", 1, "OM"));
    assert_eq!(device.window.titles().len(), 1, "it is notified");
    device.session().advisory_read(&"advisory.om".parse().unwrap(), 1).unwrap();
    run_for(&device, Duration::from_secs(60)).await;
    assert!(front.asked("PUT /v1/receipts").is_empty(), "and told to nobody");
    // nor does a trip to elsewhere, or one there made later, tell it
    device.session().save_trip(None, &dubai()).unwrap();
    run_for(&device, Duration::from_secs(60)).await;
    assert!(front.asked("PUT /v1/receipts").is_empty());
}

#[tokio::test(start_paused = true)]
async fn with_the_last_trip_go_the_receipts_that_were_not_sent() {
    let front = Front::new(|asked| accepted(if asked.is("DELETE") { 2 } else { 1 }));
    let mut device = Device::behind(front.clone(), NOW);
    device.catch_up();
    let id = device.session().save_trip(None, &dubai()).unwrap();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    device.session().delete_trip(id).unwrap();
    run_for(&device, Duration::from_secs(60)).await;
    assert_eq!(front.asked("DELETE /v1/trips").len(), 1);
    assert!(front.asked("PUT /v1/receipts").is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_receipt_that_is_refused_holds_up_no_other() {
    let front = Front::new(|asked| {
        let at_fault = asked.body.as_array().and_then(|list| list.iter().position(|it| it["entry"] == "advisory.3"));
        let Some(index) = at_fault else { return accepted(1) };
        let body = json!({"status": 422, "code": "field_invalid", "title": "", "pointer": format!("/{index}/entry")});
        Reply::Answer(422, vec![("content-type", "application/problem+json".into())], body.to_string())
    });
    let mut device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    for number in 0..5 {
        device.hear(&advisory_entry(&format!("advisory.{number}"), 1, "AE"));
    }
    run_for(&device, Duration::from_secs(60)).await;
    let lists = front.asked("PUT /v1/receipts");
    assert_eq!(lists.iter().map(|list| list.body.as_array().unwrap().len()).collect::<Vec<_>>(), [5, 4]);
}

#[tokio::test(start_paused = true)]
async fn what_was_entered_goes_at_once_and_a_receipt_a_while_later() {
    let (front, mut device) = taking();
    device.session().save_trip(None, &dubai()).unwrap();
    let frame = device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let began = Instant::now();
    let entering = async {
        tokio::time::sleep(Duration::from_secs(100)).await;
        device.session().accept_frame(&frame).unwrap();
        tokio::time::sleep(Duration::from_secs(100)).await;
        device.session().check_in(CheckInStatus::Safe).unwrap();
    };
    tokio::join!(run_for(&device, Duration::from_secs(210)), entering);
    let sent_after = |start: &str| front.asked(start)[0].at.duration_since(began);
    let receipt = sent_after("PUT /v1/receipts");
    assert!(receipt > Duration::from_secs(101) && receipt <= Duration::from_secs(130), "{receipt:?}");
    assert_eq!(sent_after("PUT /v1/check-ins"), Duration::from_secs(200));
}

#[tokio::test(start_paused = true)]
async fn receipts_that_contradict_what_the_front_holds_are_parked_since_they_have_no_version_to_raise() {
    let front =
        Front::new(|asked| if asked.is("PUT /v1/receipts") { problem(409, "version_conflict") } else { accepted(1) });
    let mut device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    run_for(&device, Duration::from_secs(300)).await;
    assert_eq!(front.asked("PUT /v1/receipts").len(), 1);
}
