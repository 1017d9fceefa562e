//! A front that is busy is left alone as long as it asks, and by all phones at different moments.

use contract::record::CheckInStatus;

use super::*;
use crate::{
    front_client::Link,
    testing::{dubai, of_others},
};

#[tokio::test(start_paused = true)]
async fn what_met_429_waits_as_long_as_the_front_asks_and_nothing_waits_with_it() {
    for status in [429, 503] {
        let front = Front::new(move |asked| if asked.is("PUT /v1/trips") { busy(status, 300) } else { accepted(1) });
        let device = Device::behind(front.clone(), NOW);
        device.catch_up();
        device.session().save_trip(None, &dubai()).unwrap();
        device.session().save_trip(None, &of_others(dubai())).unwrap();
        run_for(&device, Duration::from_secs(10)).await;
        device.session().check_in(CheckInStatus::NeedHelp).unwrap();
        let mut rests = Rests::default();
        let again = drain(device.session(), &mut rests).await.unwrap().unwrap();
        assert!(again.duration_since(Instant::now()) >= Duration::from_secs(300), "it is left alone");
        assert_eq!(front.puts(), ["devices", "trips", "check-ins", "trips"], "its like waits with it, help does not");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_front_asked_to_wait_with_is_not_sent_because_something_else_was_entered() {
    let front = Front::new(|asked| if asked.is("PUT /v1/trips") { busy(429, 300) } else { accepted(1) });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    let entering = async {
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_secs(10)).await;
            device.session().check_in(CheckInStatus::Safe).unwrap();
        }
        tokio::time::sleep(Duration::from_secs(80)).await;
        assert_eq!(front.asked("PUT /v1/check-ins").len(), 20);
        assert_eq!(front.asked("PUT /v1/trips").len(), 1);
        device.session().send_now().unwrap();
    };
    tokio::join!(run_for(&device, Duration::from_secs(290)), entering);
    assert_eq!(front.asked("PUT /v1/trips").len(), 2, "the impatient may try");
}

#[tokio::test(start_paused = true)]
async fn a_cry_for_help_is_kept_waiting_for_a_minute_or_two_at_most() {
    let front = Front::new(|asked| if asked.is("PUT /v1/check-ins") { busy(503, 900) } else { accepted(1) });
    let device = Device::behind(front.clone(), NOW);
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    run_for(&device, Duration::from_secs(600)).await;
    let tries = front.asked("PUT /v1/check-ins").len();
    assert!((5..=10).contains(&tries), "{tries}");
}

#[tokio::test(start_paused = true)]
async fn two_faults_together_make_no_tight_loop() {
    // the head and the stream are well, a record meets trouble of its own, another does not get through
    let front = Front::new(|asked| match asked {
        _ if asked.is("PUT /v1/trips") => Reply::Answer(500, Vec::new(), String::new()),
        _ if asked.is("PUT /v1/check-ins") => Reply::Lost,
        _ if asked.is("PUT") => accepted(1),
        _ if asked.is("GET /v1/bulletin/stream") => Reply::Stream(":\n\n".into(), Duration::from_secs(5)),
        _ => Reply::Answer(304, Vec::new(), String::new()),
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    run_for(&device, Duration::from_secs(600)).await;
    assert!(front.puts().len() < 300, "{} in ten minutes", front.puts().len());
    let (trips, check_ins) = (front.asked("PUT /v1/trips").len(), front.asked("PUT /v1/check-ins").len());
    assert!(trips > 5 && check_ins > 5, "{trips} and {check_ins}");
}

#[tokio::test(start_paused = true)]
async fn the_tries_of_many_phones_are_spread() {
    let mut second_tries = Vec::new();
    for seed in 0..40 {
        let front = Front::new(|_| Reply::Lost);
        let device = Device::behind(front.clone(), NOW);
        device.session().with_rng(|rng| *rng = rand::SeedableRng::seed_from_u64(seed));
        let began = Instant::now();
        run_for(&device, Duration::from_secs(300)).await;
        let tries = front.asked("PUT /v1/devices");
        assert!((6..60).contains(&tries.len()), "{}", tries.len());
        second_tries.push(tries[7 % tries.len()].at.duration_since(began).as_secs_f64());
    }
    second_tries.sort_by(f64::total_cmp);
    assert!(second_tries[35] - second_tries[4] > 30.0, "{second_tries:?}");
}

#[tokio::test(start_paused = true)]
async fn a_front_that_cannot_is_in_trouble_and_one_that_is_asked_too_often_is_not() {
    for (status, expected) in [(503, Link::ServerTrouble), (500, Link::ServerTrouble), (429, Link::Idle)] {
        let device = Device::behind(Front::new(move |_| busy(status, 300)), NOW);
        device.session().check_in(CheckInStatus::Safe).unwrap();
        drain(device.session(), &mut Rests::default()).await.unwrap();
        assert_eq!(device.view().contact.link, expected, "{status}");
    }
}
