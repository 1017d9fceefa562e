//! An older copy of the phone's data loses no edit, and says "received" of none that was not.

use contract::{http::Code, record::CallOutcome};

use super::*;
use crate::{
    store::{CallWay, Delivery},
    testing::dubai,
};

fn register() -> (Arc<Register>, Arc<Front>) {
    let register = Arc::new(Register::default());
    let front = Front::new({
        let register = register.clone();
        move |asked| register.take(asked)
    });
    (register, front)
}

/// The register has this trip in versions that this copy of the phone's data knows nothing of.
async fn older_copy(versions: u32) -> (Arc<Register>, Device) {
    let (register, front) = register();
    let device = Device::behind(front, NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    drain_all(&device).await;
    let mut records = register.records.lock().unwrap();
    let (version, record) = records.values_mut().next().unwrap();
    *version += versions;
    record["version"] = json!(*version);
    record["people"] = json!(9);
    drop(records);
    (register, device)
}

#[tokio::test(start_paused = true)]
async fn an_edit_goes_over_a_newer_version_that_the_register_holds() {
    let (register, device) = older_copy(6).await;
    let id = device.view().trips[0].id;
    device.session().save_trip(Some(id), &dubai()).unwrap();
    drain_all(&device).await;
    let (version, record) = register.only("trips");
    assert_eq!((version, &record["people"]), (8, &json!(3)), "the traveller's word stands");
    assert!(matches!(device.view().trips[0].delivery, Delivery::Received { .. }));
}

#[tokio::test(start_paused = true)]
async fn an_edit_of_the_same_version_as_another_goes_over_it() {
    let (register, device) = older_copy(1).await;
    let id = device.view().trips[0].id;
    device.session().save_trip(Some(id), &dubai()).unwrap();
    drain_all(&device).await;
    let (version, record) = register.only("trips");
    assert_eq!((version, &record["people"]), (3, &json!(3)));
    assert!(matches!(device.view().trips[0].delivery, Delivery::Received { .. }));
}

#[tokio::test(start_paused = true)]
async fn an_edit_of_a_trip_that_a_newer_copy_deleted_goes_over_the_deletion() {
    let (register, device) = older_copy(1).await;
    let id = device.view().trips[0].id;
    register.records.lock().unwrap().values_mut().for_each(|(_, record)| *record = Value::Null);
    device.session().save_trip(Some(id), &dubai()).unwrap();
    drain_all(&device).await;
    let (version, record) = register.only("trips");
    assert_eq!((version, &record["people"]), (3, &json!(3)), "what was entered is not lost");
    assert!(matches!(device.view().trips[0].delivery, Delivery::Received { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_repeat_is_the_same_bytes_so_that_a_lost_answer_is_no_conflict() {
    let register = Arc::new(Register::default());
    let front = Front::new({
        let register = register.clone();
        let lost = std::sync::atomic::AtomicU32::new(0);
        move |asked| {
            let reply = register.take(asked);
            let is_lost = asked.is("PUT /v1/trips") && lost.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 3;
            if is_lost { Reply::Lost } else { reply }
        }
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    drain_all(&device).await;
    let sent = front.asked("PUT /v1/trips");
    assert_eq!(sent.len(), 4);
    assert!(sent.iter().all(|asked| asked.body == sent[0].body), "what is sealed is sealed once a version");
    assert_eq!(register.only("trips").0, 1);
    device.session().save_trip(Some(device.view().trips[0].id), &dubai()).unwrap();
    drain_all(&device).await;
    assert_ne!(front.asked("PUT /v1/trips")[4].body["sealed"], sent[0].body["sealed"], "and anew for the next");
}

#[tokio::test(start_paused = true)]
async fn a_front_that_always_holds_more_is_not_asked_without_end() {
    let front = Front::new(|asked| {
        let version = asked.body["version"].as_u64().unwrap_or(1);
        accepted(u32::try_from(version + 1).unwrap())
    });
    let device = Device::behind(front.clone(), NOW);
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    run_for(&device, Duration::from_secs(600)).await;
    assert!((8..60).contains(&front.asked("PUT /v1/calls").len()));
}

#[tokio::test(start_paused = true)]
async fn the_last_of_all_versions_and_an_older_one_leave_a_call_waiting_and_the_outbox_readable() {
    for standing in [u32::MAX, 0] {
        let front = Front::new(move |_| accepted(standing));
        let device = Device::behind(front.clone(), NOW);
        device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
        let call = device.view().last_call.unwrap();
        run_for(&device, Duration::from_secs(60)).await;
        assert_eq!(device.view().last_call.unwrap().delivery, Delivery::Waiting);
        device.companion.call_outcome(call.id, CallOutcome::StillNeedHelp).unwrap();
        assert!(front.asked("PUT /v1/calls").len() < 20, "an answer that leaves it lacking is met with patience");
    }
}

#[tokio::test(start_paused = true)]
async fn a_conflict_that_is_not_the_front_s_word_on_a_version_raises_none() {
    for (code, parked) in [("proxy_says_no", None), ("device_taken", Some(Code::DeviceTaken))] {
        let front = Front::new(move |asked| if asked.is("PUT /v1/calls") { problem(409, code) } else { accepted(1) });
        let device = Device::behind(front.clone(), NOW);
        device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
        run_for(&device, Duration::from_secs(60)).await;
        let sent = front.asked("PUT /v1/calls");
        assert!(!sent.is_empty() && sent.iter().all(|asked| asked.body["version"] == 1), "{code}");
        let waits = parked.map_or(Delivery::Waiting, |code| Delivery::Parked { code });
        assert_eq!(device.view().last_call.unwrap().delivery, waits);
    }
}
