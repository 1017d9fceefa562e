//! Help waits behind nothing.

use contract::record::{CallOutcome, CheckInStatus};

use super::*;
use crate::{store::CallWay, testing::dubai};

#[tokio::test(start_paused = true)]
async fn a_cry_for_help_interrupts_a_request_that_hangs() {
    let front = Front::new(|asked| if asked.is("PUT /v1/trips") { Reply::Silence } else { accepted(1) });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    let began = Instant::now();
    let entering = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    };
    tokio::join!(run_for(&device, Duration::from_secs(4)), entering);
    let call = &front.asked("PUT /v1/calls")[0];
    assert_eq!(call.at.duration_since(began), Duration::from_secs(3), "it waits for no answer to a trip");
}

#[tokio::test(start_paused = true)]
async fn help_goes_before_check_ins_trips_and_receipts_and_the_newest_first() {
    let front = Front::new(|asked| accepted(u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()));
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    let ready = device.session();
    ready.save_trip(None, &dubai()).unwrap();
    ready.check_in(CheckInStatus::Safe).unwrap();
    ready.check_in(CheckInStatus::NeedHelp).unwrap();
    ready.check_in(CheckInStatus::Stranded).unwrap();
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    let call = device.view().last_call.unwrap().id;
    device.companion.call_outcome(call, CallOutcome::StillNeedHelp).unwrap();
    drain_all(&device).await;
    let sent: Vec<String> = front.asked("PUT").iter().map(|asked| said(&asked.body)).collect();
    assert_eq!(sent, ["", "still_need_help", "need_help", "need_help", "stranded", "safe", ""]);
    let last = front.asked("PUT").pop().unwrap();
    assert!(last.is("PUT /v1/trips"));
}

#[tokio::test(start_paused = true)]
async fn a_word_does_not_overtake_the_cry_that_it_answers() {
    let tries = Mutex::new(0);
    let front = Front::new(move |asked| {
        let mut tries = tries.lock().unwrap();
        *tries += u32::from(said(&asked.body) == "need_help");
        match said(&asked.body).as_str() {
            "need_help" if *tries < 4 => Reply::Answer(500, Vec::new(), String::new()),
            _ => accepted(1),
        }
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    run_for(&device, Duration::from_secs(1)).await;
    device.session().check_in(CheckInStatus::Safe).unwrap();
    run_for(&device, Duration::from_secs(300)).await;
    let sent: Vec<String> = front.asked("PUT /v1/check-ins").iter().map(|asked| said(&asked.body)).collect();
    assert_eq!(sent, ["need_help", "need_help", "need_help", "need_help", "safe"]);
}

fn said(body: &Value) -> String {
    let status = body["people"].as_object().and_then(|people| people.keys().next()).map(String::as_str);
    status.or(body["outcome"].as_str()).unwrap_or_default().to_owned()
}

#[tokio::test(start_paused = true)]
async fn help_tries_its_luck_where_the_device_cannot_be_put() {
    let front = Front::new(|asked| if asked.is("PUT /v1/devices") { busy(429, 600) } else { accepted(1) });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    run_for(&device, Duration::from_secs(60)).await;
    assert_eq!(front.puts(), ["devices", "check-ins"]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_one_record_holds_up_no_other() {
    let front =
        Front::new(|asked| if asked.is("PUT /v1/check-ins") { problem(422, "field_invalid") } else { accepted(1) });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.session().save_trip(None, &dubai()).unwrap();
    drain_all(&device).await;
    assert_eq!(front.puts(), ["devices", "check-ins", "trips"]);
    let parked = crate::store::Delivery::Parked { code: contract::http::Code::FieldInvalid };
    assert_eq!(device.view().check_in.unwrap().delivery, parked);
}

#[tokio::test(start_paused = true)]
async fn a_device_that_is_refused_is_tried_again_since_without_it_nothing_goes() {
    let front =
        Front::new(|asked| if asked.is("PUT /v1/devices") { problem(422, "field_invalid") } else { accepted(1) });
    let device = Device::behind(front.clone(), NOW);
    run_for(&device, Duration::from_secs(120)).await;
    assert!(front.asked("PUT /v1/devices").len() > 2);
    assert!(device.session().store.outbox().unwrap().iter().all(|item| item.parked.is_none()));
}
