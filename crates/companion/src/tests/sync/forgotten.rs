//! A register that forgot this device gets it and all that lives again, and is never flooded.

use std::sync::atomic::{AtomicBool, Ordering};

use contract::record::CheckInStatus;

use super::*;
use crate::testing::dubai;

#[tokio::test(start_paused = true)]
async fn a_cry_for_help_reaches_a_register_that_forgot_the_device() {
    let known = Arc::new(AtomicBool::new(true));
    let front = Front::new({
        let known = known.clone();
        move |asked| {
            if asked.is("PUT /v1/devices") {
                known.store(true, Ordering::Relaxed);
            }
            // the front answers a device with 1 whatever it was sent
            if known.load(Ordering::Relaxed) { accepted(1) } else { problem(401, "unauthorized") }
        }
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    drain_all(&device).await;
    assert_eq!((front.puts(), waiting(&device)), (vec!["devices".into(), "trips".into()], 0));

    known.store(false, Ordering::Relaxed);
    front.forget_asked();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    drain_all(&device).await;
    assert_eq!(front.puts(), ["check-ins", "devices", "check-ins", "trips"], "all that lives goes again");
    assert_eq!(waiting(&device), 0);
    drain_all(&device).await;
    assert_eq!(front.puts().len(), 4, "and only once");
}

#[tokio::test(start_paused = true)]
async fn a_front_that_forgets_again_and_again_is_left_alone_ever_longer() {
    let front =
        Front::new(|asked| if asked.is("PUT /v1/devices") { accepted(1) } else { problem(401, "unauthorized") });
    let device = Device::behind(front.clone(), NOW);
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    run_for(&device, Duration::from_secs(600)).await;
    let devices = front.asked("PUT /v1/devices").len();
    assert!((8..60).contains(&devices), "{devices} times in ten minutes");
    assert!(front.asked("PUT /v1/check-ins").len() >= 8, "it is tried for ever");
}

#[tokio::test(start_paused = true)]
async fn two_registers_behind_one_address_are_not_flooded() {
    let turn = AtomicBool::new(false);
    let front = Front::new(move |asked| {
        let epoch = if turn.fetch_xor(true, Ordering::Relaxed) { "one" } else { "two" };
        let Reply::Answer(status, mut headers, body) = accepted(1) else { unreachable!() };
        if asked.is("PUT") {
            headers.push(("register-epoch", epoch.into()));
        }
        Reply::Answer(status, headers, body)
    });
    let device = Device::behind(front.clone(), NOW);
    device.session().check_in(CheckInStatus::Safe).unwrap();
    run_for(&device, Duration::from_secs(600)).await;
    assert!(front.puts().len() < 150, "{} times in ten minutes", front.puts().len());
}

#[tokio::test(start_paused = true)]
async fn another_epoch_with_the_head_is_a_hint_and_only_an_answer_to_the_device_is_believed() {
    for (at_the_register, sent) in [("one", vec!["devices"]), ("two", vec!["devices", "check-ins"])] {
        let hinted = Arc::new(AtomicBool::new(false));
        let front = Front::new({
            let hinted = hinted.clone();
            move |asked| {
                let is_hinted = hinted.load(Ordering::Relaxed);
                let epoch = if asked.is("PUT") && is_hinted { at_the_register } else { "one" };
                let epoch = if asked.is("GET") && is_hinted { "two" } else { epoch };
                let Reply::Answer(status, mut headers, body) = accepted(1) else { unreachable!() };
                headers.push(("register-epoch", epoch.into()));
                Reply::Answer(if asked.is("GET") { 304 } else { status }, headers, body)
            }
        });
        let device = Device::behind(front.clone(), NOW);
        device.catch_up();
        device.session().check_in(CheckInStatus::Safe).unwrap();
        drain_all(&device).await;
        front.forget_asked();
        hinted.store(true, Ordering::Relaxed);
        catch_up(device.session()).await.unwrap();
        drain_all(&device).await;
        assert_eq!(front.puts(), sent);
    }
}

#[tokio::test(start_paused = true)]
async fn a_device_that_is_refused_rests_like_any_other_and_is_never_given_up() {
    let front = Front::new(|_| problem(409, "device_taken"));
    let device = Device::behind(front.clone(), NOW);
    run_for(&device, Duration::from_secs(600)).await;
    assert!((8..60).contains(&front.puts().len()), "{} times", front.puts().len());
}
