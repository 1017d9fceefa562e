//! The bulletin is heard whatever the front's head is, and a front that restarts is not asked by all at once.

use contract::jws::Refusal;
use jiff::Timestamp;

use super::*;
use testkit::{Ministry, advisory_entry};

use crate::{front_client::Link, store::Setting, testing::dubai};

fn is_head(asked: &Asked) -> bool {
    asked.is("GET /v1/bulletin/head")
}

#[tokio::test(start_paused = true)]
async fn a_refused_head_holds_up_no_stream() {
    let mut ministry = Ministry::new(1);
    let frame = ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let event = format!("event: frame\nid: 1\ndata: {}\n\n", serde_json::to_string(&frame).unwrap());
    let front = Front::new(move |asked| match asked {
        _ if is_head(asked) => Reply::Answer(200, Vec::new(), "no.head.atall".into()),
        _ if asked.is("GET /v1/bulletin/stream") => Reply::Stream(event.clone(), Duration::from_secs(3600)),
        _ => accepted(1),
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    run_for(&device, Duration::from_secs(600)).await;
    assert_eq!(device.window.titles().len(), 1, "the advisory is notified");
    assert!(device.view().contact.refused.is_some(), "and the head was refused");
    let heads = front.asked("GET /v1/bulletin/head").len();
    assert!((8..60).contains(&heads), "a head is asked for ever more seldom: {heads}");
}

#[tokio::test(start_paused = true)]
async fn a_lie_on_the_stream_ends_nothing() {
    let mut ministry = Ministry::new(1);
    let mut lie = ministry.next(ministry.sign(&advisory_entry("advisory.lie", 1, "AE")));
    lie.entry.payload.push(' ');
    let frame = ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let event = |frame| format!("event: frame\ndata: {}\n\n", serde_json::to_string(frame).unwrap());
    let events = [event(&lie), event(&frame)].concat();
    let front = Front::new(move |asked| match asked {
        _ if is_head(asked) => Reply::Answer(304, Vec::new(), String::new()),
        _ if asked.is("GET /v1/bulletin/stream") => Reply::Stream(events.clone(), Duration::from_secs(3600)),
        _ => accepted(1),
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    run_for(&device, Duration::from_secs(30)).await;
    assert_eq!(device.window.titles().len(), 1);
    assert_eq!(device.view().contact.refused.unwrap().reason, Refusal::BadSignature);
    assert_eq!(front.asked("GET /v1/bulletin/stream").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_expired_head_is_not_hearing_the_ministry() {
    let old = Ministry::new(1).head("2026-03-02T12:00:00Z");
    let front = Front::new(move |asked| match asked {
        _ if is_head(asked) => Reply::Answer(200, Vec::new(), old.clone()),
        _ => Reply::Silence,
    });
    let device = Device::behind(front, NOW);
    device.catch_up();
    device.pass_to("2026-03-04T12:00:00Z");
    catch_up(device.session()).await.unwrap();
    let contact = device.view().contact;
    assert_eq!((contact.link, contact.last_heard), (Link::Connected, None), "within reach, and not heard");
}

#[tokio::test(start_paused = true)]
async fn what_a_stream_was_heard_until_stays_heard_when_the_network_goes() {
    let clock = Arc::new(Mutex::new(None::<Arc<Mutex<Timestamp>>>));
    let front = Front::new({
        let clock = clock.clone();
        move |asked| match asked {
            _ if asked.is("GET /v1/bulletin/stream") => {
                // what is heard there is heard later than the head
                *clock.lock().unwrap().take().unwrap().lock().unwrap() = LATER.parse().unwrap();
                Reply::Stream(":\n\n".into(), Duration::from_secs(3))
            }
            _ if is_head(asked) && clock.lock().unwrap().is_some() => Reply::Answer(304, Vec::new(), String::new()),
            _ => Reply::Lost,
        }
    });
    let device = Device::behind(front.clone(), NOW);
    *clock.lock().unwrap() = Some(device.clock.clone());
    device.catch_up();
    run_for(&device, Duration::from_secs(30)).await;
    let contact = device.view().contact;
    assert_eq!((contact.link, contact.last_heard), (Link::Unreachable, Some(LATER.parse().unwrap())));
    assert_eq!(device.session().store.setting(Setting::LastHeard).unwrap().as_deref(), Some(LATER), "it is kept");
}

const LATER: &str = "2026-03-01T12:20:00Z";

#[tokio::test(start_paused = true)]
async fn a_front_that_restarts_is_asked_again_at_moments_spread_over_a_minute() {
    let mut returns = Vec::new();
    for seed in 0..40 {
        let front = Front::new(|asked| match asked {
            _ if is_head(asked) => Reply::Answer(304, Vec::new(), String::new()),
            _ if asked.is("GET /v1/bulletin/watermark") => problem(404, "not_found"),
            _ if asked.is("GET") => Reply::Stream(":\n\n".repeat(3), Duration::from_secs(39)),
            _ => accepted(1),
        });
        let device = Device::behind(front.clone(), NOW);
        device.catch_up();
        device.session().with_rng(|rng| *rng = rand::SeedableRng::seed_from_u64(seed));
        let began = Instant::now();
        run_for(&device, Duration::from_secs(99)).await;
        let second = &front.asked("GET /v1/bulletin/head")[1];
        returns.push(second.at.duration_since(began).as_secs_f64() - 39.0);
    }
    returns.sort_by(f64::total_cmp);
    assert!(returns[2] < 10.0 && returns[37] > 29.0, "{returns:?}");
}

#[tokio::test(start_paused = true)]
async fn the_front_is_left_alone_for_as_long_as_it_asks() {
    let front = Front::new(|_| busy(503, 120));
    let device = Device::behind(front.clone(), NOW);
    run_for(&device, Duration::from_secs(115)).await;
    assert_eq!(front.asked("GET").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_record_that_was_taken_brings_the_bulletin_too() {
    let gone = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let front = Front::new({
        let gone = gone.clone();
        move |_| if gone.load(std::sync::atomic::Ordering::Relaxed) { Reply::Lost } else { accepted(1) }
    });
    let device = Device::behind(front.clone(), NOW);
    let (mut before, mut after) = (Instant::now(), Instant::now());
    let traveller = async {
        tokio::time::sleep(Duration::from_secs(300)).await;
        gone.store(false, std::sync::atomic::Ordering::Relaxed);
        before = front.asked("GET").pop().unwrap().at;
        device.session().check_in(contract::record::CheckInStatus::NeedHelp).unwrap();
        tokio::time::sleep(Duration::from_millis(1)).await;
        after = front.asked("GET").pop().unwrap().at;
    };
    tokio::join!(run_for(&device, Duration::from_secs(301)), traveller);
    assert!(after > before, "the front is within reach again, and is asked at once");
}

#[tokio::test(start_paused = true)]
async fn a_log_that_leads_nowhere_is_given_up_for_this_time() {
    let mut ministry = Ministry::new(1);
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let (head, keys) = (ministry.head(NOW), ministry.key_set());
    let front = Front::new(move |asked| match asked {
        _ if is_head(asked) => Reply::Answer(200, Vec::new(), head.clone()),
        _ if asked.is("GET /v1/bulletin/frames") => problem(410, "gone"),
        _ => problem(404, "not_found"),
    });
    let device = Device::behind(front.clone(), NOW);
    let session = device.session();
    session.bulletin().accept_key_set(&session.store, &session.profile, &keys).unwrap();
    assert!(catch_up(session).await.is_err(), "a step ends");
    assert!(front.asked("GET /v1/bulletin/frames").len() < 10);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_breaks_at_once_is_asked_for_ever_more_seldom() {
    let front = Front::new(|asked| match asked {
        _ if asked.is("GET /v1/bulletin/stream") => Reply::Stream(":\n\n".into(), Duration::ZERO),
        _ if asked.is("GET") => Reply::Answer(304, Vec::new(), String::new()),
        _ => accepted(1),
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    run_for(&device, Duration::from_secs(600)).await;
    let tries = front.asked("GET /v1/bulletin/stream").len();
    assert!((8..60).contains(&tries), "{tries} in ten minutes");
}

#[tokio::test(start_paused = true)]
async fn an_event_larger_than_all_that_are_signed_ends_the_stream_and_many_small_ones_do_not() {
    let largest = 2 * contract::jws::MAX_BYTES;
    let open = |bytes: usize| format!("data: {}", "x".repeat(bytes - "data: ".len()));
    for (events, goes_on) in [
        (open(largest), true),
        (open(largest + 1), false),
        (format!(":one that ended\n\n{}", open(largest)), false),
        (":\n\n".repeat(largest), true),
    ] {
        let front = Front::new(move |asked| match asked {
            _ if asked.is("GET /v1/bulletin/stream") => Reply::Stream(events.clone(), Duration::from_secs(1_000)),
            _ if asked.is("GET") => Reply::Answer(304, Vec::new(), String::new()),
            _ => accepted(1),
        });
        let device = Device::behind(front.clone(), NOW);
        device.catch_up();
        run_for(&device, Duration::from_secs(30)).await;
        assert_eq!(front.asked("GET /v1/bulletin/stream").len() == 1, goes_on);
    }
}
