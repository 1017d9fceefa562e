//! Letters are read page by page, once, whatever the front does.

use contract::{
    http::Code,
    ids::TripId,
    record::{CheckInStatus, NumberedLetter},
};

use super::*;
use crate::{
    MessageDraft,
    store::Delivery,
    sync::fetch,
    testing::{dubai, of_others},
    tests::letters::{letter, private},
};

type Letters = Arc<Mutex<Vec<Value>>>;

/// A front that gives two letters a page.
fn front(letters: Letters, epoch: Arc<Mutex<String>>) -> Arc<Front> {
    Front::new(move |asked| {
        let Some(since) = asked.line.strip_prefix("GET /v1/devices/self/messages?since=") else { return accepted(1) };
        let since: u64 = since.parse().unwrap();
        let rest: Vec<Value> =
            letters.lock().unwrap().iter().filter(|one| one["number"].as_u64().unwrap() > since).cloned().collect();
        let page: Vec<Value> = rest.iter().take(2).cloned().collect();
        let next = page.last().map_or(since, |last| last["number"].as_u64().unwrap());
        let body = json!({ "epoch": *epoch.lock().unwrap(), "letters": page, "next": next, "more": rest.len() > 2 });
        Reply::Answer(200, vec![("content-type", "application/json".into())], body.to_string())
    })
}

fn numbered(device: &Device, number: u64) -> Value {
    let letter = letter(device, &private(&format!("{number}")), number);
    json!(NumberedLetter { number, letter })
}

fn texts(device: &Device) -> usize {
    device.session().messages().unwrap().thread.len()
}

async fn known(front: Arc<Front>) -> Device {
    let device = Device::behind(front, NOW);
    device.catch_up();
    drain_all(&device).await;
    device
}

#[tokio::test(start_paused = true)]
async fn every_page_is_read_once_and_another_register_is_read_from_its_beginning() {
    let (letters, epoch) = (Letters::default(), Arc::new(Mutex::new("first".to_owned())));
    let front = front(letters.clone(), epoch.clone());
    let device = known(front.clone()).await;
    *letters.lock().unwrap() = (1..=5).map(|number| numbered(&device, number)).collect();
    fetch(device.session()).await.unwrap();
    assert_eq!((texts(&device), front.asked("GET /v1/devices/self").len()), (5, 3));
    fetch(device.session()).await.unwrap();
    assert_eq!((texts(&device), front.asked("GET /v1/devices/self").len()), (5, 4), "only what is new is asked for");
    *letters.lock().unwrap() =
        vec![numbered(&device, 1), json!(NumberedLetter { number: 2, letter: letter(&device, &private("new"), 77) })];
    *epoch.lock().unwrap() = "second".to_owned();
    fetch(device.session()).await.unwrap();
    assert_eq!(texts(&device), 6, "a restored register gives other numbers");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_holds_up_no_other_letter() {
    let (letters, epoch) = (Letters::default(), Arc::default());
    let front = front(letters.clone(), epoch);
    let device = known(front.clone()).await;
    let mut waits = numbered(&device, 2);
    waits["letter"]["sealed"]["key_id"] = json!("consular-9");
    let mut broken = numbered(&device, 3);
    broken["letter"]["sealed"]["ciphertext"] = json!("AAAA");
    let odd = json!({ "number": 4, "letter": "none" });
    *letters.lock().unwrap() = vec![numbered(&device, 1), waits, broken, odd, numbered(&device, 5)];
    fetch(device.session()).await.unwrap();
    assert_eq!(texts(&device), 2);
    front.forget_asked();
    fetch(device.session()).await.unwrap();
    assert!(front.asked("GET")[0].is("GET /v1/devices/self/messages?since=0"), "the one that waits is asked for again");
    letters.lock().unwrap()[1] = numbered(&device, 2);
    fetch(device.session()).await.unwrap();
    assert_eq!(texts(&device), 3);
}

#[tokio::test(start_paused = true)]
async fn letters_are_read_after_help_is_sent_and_by_a_device_that_is_known() {
    let front = front(Letters::default(), Arc::default());
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    fetch(device.session()).await.unwrap();
    assert!(front.asked("GET").is_empty(), "the ministry does not know it yet");
    drain_all(&device).await;
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    fetch(device.session()).await.unwrap();
    assert!(front.asked("GET").is_empty(), "a cry goes first");
    drain_all(&device).await;
    fetch(device.session()).await.unwrap();
    assert_eq!(front.asked("GET").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_message_reaches_the_ministry_sealed_once_and_is_seen_on_its_way() {
    let lost = Arc::new(Mutex::new(true));
    let is_lost = lost.clone();
    let front =
        Front::new(
            move |asked| {
                if asked.is("PUT /v1/messages") && *is_lost.lock().unwrap() { Reply::Lost } else { accepted(1) }
            },
        );
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().write(MessageDraft { text: "Я у выхода 7".into(), ..MessageDraft::default() }).unwrap();
    let mut rests = Rests::default();
    drain(device.session(), &mut rests).await.unwrap();
    assert_eq!(waiting(&device), 1);
    *lost.lock().unwrap() = false;
    drain_all(&device).await;
    assert_eq!(waiting(&device), 0);
    let sent = front.asked("PUT /v1/messages");
    assert_eq!((sent.len(), &sent[0].body), (2, &sent[1].body), "the same request again");
    assert!(!sent[0].text.contains("выхода"));
}

#[tokio::test(start_paused = true)]
async fn what_is_added_to_a_cry_goes_sealed_and_without_a_key_the_cry_goes_alone() {
    for knows_a_key in [true, false] {
        let front = Front::new(|asked| accepted(u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()));
        let device = Device::behind(front.clone(), NOW);
        if knows_a_key {
            device.catch_up();
        }
        device.session().check_in(CheckInStatus::NeedHelp).unwrap();
        drain_all(&device).await;
        let details = crate::Details { words: "Нужен инсулин".into(), ..crate::Details::default() };
        device.session().say_more(&details).unwrap();
        // where it waits for a key it waits for ever
        drain(device.session(), &mut Rests::default()).await.unwrap();
        let sealed = || -> Vec<bool> {
            front.asked("PUT /v1/check-ins").iter().map(|asked| asked.body["sealed"].is_object()).collect()
        };
        assert_eq!(sealed(), if knows_a_key { vec![false, true] } else { vec![false] });
        device.catch_up();
        drain_all(&device).await;
        assert_eq!(sealed(), [false, true], "it goes when its key is here");
        let sent = front.asked("PUT /v1/check-ins");
        assert!(!sent[1].text.contains("инсулин"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_cry_that_was_added_to_before_anything_got_through_goes_at_once_and_what_was_added_when_it_can() {
    let front = Front::new(|asked| accepted(u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()));
    let device = Device::behind(front.clone(), NOW);
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.session().say_more(&crate::Details { words: "Нужен инсулин".into(), ..crate::Details::default() }).unwrap();
    drain(device.session(), &mut Rests::default()).await.unwrap();
    device.catch_up();
    drain_all(&device).await;
    let sent = front.asked("PUT /v1/check-ins");
    let told: Vec<(u64, bool)> =
        sent.iter().map(|asked| (asked.body["version"].as_u64().unwrap(), asked.body["sealed"].is_object())).collect();
    assert_eq!(told, [(2, false), (3, true)]);
}

#[tokio::test(start_paused = true)]
async fn a_phone_that_waits_for_an_answer_asks_often_and_one_that_does_not_seldom() {
    let asked_in_an_hour = async |cries: bool| {
        let front = front(Letters::default(), Arc::default());
        let device = known(front.clone()).await;
        if cries {
            device.session().check_in(CheckInStatus::NeedHelp).unwrap();
        }
        front.forget_asked();
        run_for(&device, Duration::from_secs(3600)).await;
        front.asked("GET /v1/devices/self/messages").len()
    };
    let (seldom, often) = (asked_in_an_hour(false).await, asked_in_an_hour(true).await);
    assert!(often >= 180, "{often}");
    assert!(seldom < often / 4, "{seldom}");
}

#[tokio::test(start_paused = true)]
async fn a_trip_that_another_phone_took_over_is_said_to_be_led_there_and_is_not_sent_again() {
    let moved = Arc::new(Mutex::new(Vec::<String>::new()));
    let told = moved.clone();
    let front = Front::new(move |asked| {
        if !asked.line.starts_with("GET /v1/devices/self/messages") {
            return accepted(1);
        }
        let body = json!({ "letters": [], "next": 0, "moved": *told.lock().unwrap() });
        Reply::Answer(200, vec![("content-type", "application/json".into())], body.to_string())
    });
    let device = known(front.clone()).await;
    let session = device.session();
    let (taken, kept) =
        (session.save_trip(None, &dubai()).unwrap(), session.save_trip(None, &of_others(dubai())).unwrap());
    drain_all(&device).await;
    let told = || *device.window.revision.lock().unwrap();
    let before = told();
    moved.lock().unwrap().push(taken.to_string());
    fetch(session).await.unwrap();
    assert!(told() > before);
    let delivery = |id: TripId| device.view().trips.into_iter().find(|trip| trip.id == id).unwrap().delivery;
    assert_eq!(delivery(taken), Delivery::Parked { code: Code::TripMoved });
    assert!(matches!(delivery(kept), Delivery::Received { .. }), "the other one is still led from here");

    let told_once = told();
    fetch(session).await.unwrap();
    assert_eq!(told(), told_once, "nothing is said twice");
}
