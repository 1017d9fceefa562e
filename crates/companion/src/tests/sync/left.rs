//! What left this device is listed, all of it, and it went to one host.

use std::collections::BTreeSet;

use contract::{
    ids::TripId,
    record::{CheckInStatus, ForRelatives, Kind, Need, Trip},
    seal,
    words::Lang,
};
use rand::{SeedableRng, rngs::StdRng};

use super::*;
use crate::{
    Details, MessageDraft,
    consents::TextShown,
    store::CallWay,
    testing::{dubai, of_others, stay, transit, trip},
    trips::{NextOfKin, TripDraft},
    view::pages::left::{SentItem, SentWhat},
};

fn sent(device: &Device) -> Vec<SentItem> {
    device.session().left().unwrap().sent
}

fn travelling(front: &Arc<Front>) -> Device {
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device
}

#[tokio::test(start_paused = true)]
async fn every_thing_that_was_sent_is_listed_as_it_went() {
    let front = takes_all();
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
async fn a_stay_is_told_by_its_days_there_and_a_transit_by_the_clock_of_its_airport() {
    let device = Device::behind(takes_all(), NOW);
    device.catch_up();
    let far = trip(vec![
        transit("DOH", "2026-02-27T12:10", "2026-02-27T18:10"),
        stay("AE", Some("ae-dubai"), "2026-02-28", "2026-03-04"),
        stay("US", Some("us-los-angeles"), "2026-03-05", "2026-03-07"),
    ]);
    device.session().save_trip(None, &far).unwrap();
    drain_all(&device).await;
    let SentWhat::Trip { legs, .. } = only_trip(&device).what else { panic!() };
    let told: Vec<_> = legs.iter().map(|leg| (leg.from.as_str(), leg.until.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("2026-02-27T12:10", Some("2026-02-27T18:10")),
            ("2026-02-28", Some("2026-03-04")),
            ("2026-03-05", Some("2026-03-07"))
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_stay_without_an_end_goes_without_one_however_its_beginning_was_found() {
    let open = || stay("AE", Some("ae-dubai"), "2026-02-28", "");
    for before in [
        vec![],
        vec![transit("DOH", "2026-02-28T02:10", "2026-02-28T06:10")],
        vec![stay("QA", None, "2026-02-28", "2026-02-28")],
    ] {
        let device = Device::behind(takes_all(), NOW);
        device.catch_up();
        device.session().save_trip(None, &trip([before, vec![open()]].concat())).unwrap();
        drain_all(&device).await;
        let SentWhat::Trip { legs, .. } = only_trip(&device).what else { panic!() };
        assert_eq!(legs.last().unwrap().until, None, "{legs:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_sms_is_told_from_a_call() {
    let device = travelling(&takes_all());
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    device.companion.called("+442079460100", CallWay::Sms, true).unwrap();
    drain_all(&device).await;
    let items = sent(&device);
    let way = |item: &SentItem| if let SentWhat::Call { way, .. } = &item.what { Some(*way) } else { None };
    let ways: Vec<CallWay> = items.iter().filter_map(way).collect();
    assert_eq!(ways.len(), 2, "{ways:?}");
    assert!(ways.contains(&CallWay::Sms) && ways.contains(&CallWay::Voice));
}

/// What of a trip is shown as sealed.
fn shown(item: &SentItem) -> Value {
    serde_json::to_value(item.sealed.as_ref().unwrap()).unwrap()
}

/// What the consular service reads in it.
fn opened(device: &Device, item: &SentItem) -> Value {
    let (private, _) = seal::key_pair(&mut StdRng::seed_from_u64(1));
    let record: Trip = serde_json::from_str(item.body.as_ref().unwrap()).unwrap();
    let of = device.session().store.identity().unwrap().unwrap().id;
    seal::open(&record.sealed, seal::Context { device: of, id: &item.id, version: item.version }, &private).unwrap()
}

fn only_trip(device: &Device) -> SentItem {
    sent(device).into_iter().find(|item| matches!(item.what, SentWhat::Trip { .. })).unwrap()
}

/// Everything that a traveller can say.
fn whole() -> TripDraft {
    let mut draft = trip(vec![
        transit("DOH", "2026-02-27T12:10", "2026-02-27T18:10"),
        stay("AE", Some("ae-dubai"), "2026-02-28", "2026-03-04"),
    ]);
    draft.phone = "+77011112233".into();
    draft.next_of_kin = Some(NextOfKin { name: "Sauleh".into(), phone: "+77022223344".into() });
    draft.for_relatives = ForRelatives { call_if_silent: true, say_safe: true, say_where: true, say_health: true };
    draft.others_told = Some(true);
    draft
}

fn text(name: &str, language: &str) -> TextShown {
    TextShown { name: name.into(), version: 1, language: language.parse().unwrap() }
}

#[tokio::test(start_paused = true)]
async fn all_that_was_sealed_is_shown_and_nothing_else() {
    let device = Device::behind(takes_all(), NOW);
    device.catch_up();
    let texts = [text("registering", "ru"), text("next_of_kin", "kk")];
    device.session().enter_trip(None, &whole(), &texts).unwrap();
    drain_all(&device).await;
    let item = only_trip(&device);
    assert_eq!(shown(&item), opened(&device, &item));
    // each thing that was said is in it, whatever it is called there
    let opened = opened(&device, &item).to_string();
    for said in [
        "QR 391",
        "airside\":true",
        "onward_ticket\":true",
        "dubai",
        "Creek 5",
        "+77011112233",
        "Sauleh",
        "others_told\":true",
    ] {
        assert!(opened.contains(said), "{said}: {opened}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_trip_is_sealed_under_what_stood_on_the_screen_when_it_was_entered() {
    let device = Device::behind(takes_all(), NOW);
    device.catch_up();
    let session = device.session();
    let id = session.enter_trip(None, &whole(), &[text("registering", "ru")]).unwrap();
    // another text, another language and another day, for another trip
    device.pass_to("2026-03-01T13:00:00Z");
    device.companion.set_language(Lang::Kk).unwrap();
    let texts = [text("registering", "kk"), text("next_of_kin", "kk")];
    session.enter_trip(None, &of_others(dubai()), &texts).unwrap();
    drain_all(&device).await;
    let read = |id: TripId| opened(&device, &sent(&device).into_iter().find(|item| item.id == id.to_string()).unwrap());
    let first = read(id);
    assert_eq!((&first["consent"]["text"], &first["consent"]["language"]), (&json!("registering"), &json!("ru")));
    assert_eq!(
        (&first["consent"]["at"], &first["language"]),
        (&json!(NOW), &json!("en")),
        "read in Russian, by who reads English"
    );
    assert_eq!(first["consent_of_kin"], Value::Null, "it was not on the screen");
    session.save_trip(Some(id), &whole()).unwrap();
    drain_all(&device).await;
    let changed = read(id);
    assert_eq!(
        (&changed["consent"]["language"], &changed["consent_of_kin"]["text"]),
        (&json!("kk"), &json!("next_of_kin"))
    );
    let named_nobody =
        sent(&device).into_iter().find(|item| item.id != id.to_string() && matches!(item.what, SentWhat::Trip { .. }));
    assert_eq!(opened(&device, &named_nobody.unwrap())["consent_of_kin"], Value::Null);
}

/// To being registered, and for their next of kin.
fn agreed(session: &crate::Session) -> (bool, bool) {
    let page = session.privacy().unwrap();
    (page.consent.unwrap().agreed.is_some(), page.consent_of_kin.unwrap().agreed.is_some())
}

#[test]
fn whoever_is_refused_has_agreed_to_nothing() {
    let device = Device::new(NOW);
    let session = device.session();
    let agreed = || agreed(session);
    let texts = [text("registering", "en"), text("next_of_kin", "en")];
    session.enter_trip(None, &trip(Vec::new()), &texts).unwrap_err();
    session.stuck_at("QQQ", true, None, None, &texts).unwrap_err();
    session
        .store
        .lock()
        .execute_batch("CREATE TEMP TRIGGER f BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END")
        .unwrap();
    session.enter_trip(None, &whole(), &texts).unwrap_err();
    session.stuck_at("DOH", true, None, None, &texts).unwrap_err();
    assert_eq!(agreed(), (false, false));
    session.store.lock().execute_batch("DROP TRIGGER f").unwrap();
    session.enter_trip(None, &whole(), &texts).unwrap();
    assert_eq!(agreed(), (true, true));
}

#[test]
fn deleting_the_last_trip_takes_back_what_was_agreed_to() {
    let device = Device::new(NOW);
    let session = device.session();
    let agreed = || agreed(session);
    let texts = [text("registering", "en"), text("next_of_kin", "en")];
    let first = session.enter_trip(None, &whole(), &texts).unwrap();
    let later = TripDraft { of_others: true, ..whole() };
    let second = session.enter_trip(None, &later, &[]).unwrap();
    session.delete_trip(first).unwrap();
    assert_eq!(agreed(), (true, true), "one stands under it");
    session.delete_trip(second).unwrap();
    assert_eq!(agreed(), (false, false), "the next one is asked anew");
}

#[tokio::test(start_paused = true)]
async fn what_was_never_shown_is_not_said_to_be_agreed_to() {
    let device = Device::behind(takes_all(), NOW);
    device.catch_up();
    let session = device.session();
    // texts that the ministry has not, in that version or language
    let other = TextShown { version: 2, ..text("registering", "en") };
    session.stuck_at("DOH", true, Some(3), None, &[other, text("registering", "fr"), text("anything", "en")]).unwrap();
    assert!(session.privacy().unwrap().consent.unwrap().agreed.is_none());
    drain_all(&device).await;
    let item = only_trip(&device);
    let read = opened(&device, &item);
    assert_eq!(shown(&item), read);
    assert_eq!((&read["consent"]["text"], &read["consent"]["version"]), (&json!(""), &json!(0)));
    session.stuck_at("DOH", true, Some(3), None, &[text("registering", "en")]).unwrap();
    let page = session.privacy().unwrap();
    assert!(page.consent.unwrap().agreed.is_some() && page.consent_of_kin.unwrap().agreed.is_none());
}

#[tokio::test(start_paused = true)]
async fn whatever_is_over_leaves_the_list_before_what_stands_with_the_ministry() {
    let front = takes_all();
    let device = travelling(&front);
    device.session().check_in(CheckInStatus::Safe).unwrap();
    drain_all(&device).await;
    let store = &device.session().store;
    // a call that was answered more often than anybody reads
    let many = "WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 1200)
                INSERT INTO sent (kind, id, version, at, host, body, taken_at)
                SELECT 'call', 'one', v, '2026-03-01T12:30:00Z', 'host', '{}', '2026-03-01T12:30:00Z' FROM n";
    store.lock().execute(many, []).unwrap();
    device.pass_to("2026-03-01T13:00:00Z");
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    drain_all(&device).await;
    let listed = store.sent().unwrap();
    assert_eq!(listed.len(), 1_000);
    for kind in [Kind::Device, Kind::Trip, Kind::CheckIn] {
        assert!(listed.iter().any(|sent| sent.kind == kind), "{kind:?} stands with the ministry");
    }
    assert!(listed.iter().any(|sent| sent.id == "one" && sent.version == 1200), "so does its newest state");
    // and what stands is listed, however much it is
    let stands = "UPDATE sent SET id = 'one' || version WHERE id = 'one'";
    store.lock().execute(stands, []).unwrap();
    store.lock().execute(&many.replace("'one'", "'two' || v"), []).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    drain_all(&device).await;
    assert!(store.sent().unwrap().len() > 2_000);
}

#[tokio::test(start_paused = true)]
async fn what_was_sealed_is_read_from_the_trip_while_it_stands_as_it_was_sent() {
    let front = takes_all();
    let device = travelling(&front);
    drain_all(&device).await;
    let trip =
        |device: &Device| sent(device).into_iter().find(|item| matches!(item.what, SentWhat::Trip { .. })).unwrap();
    let listed = trip(&device);
    assert_eq!(shown(&listed)["legs"][0]["address"], "Creek 5");
    assert!(!listed.body.unwrap().contains("Creek"), "plain it went nowhere");
    let id = device.view().trips[0].id;
    device.session().save_trip(Some(id), &dubai()).unwrap();
    assert!(trip(&device).sealed.is_none(), "the trip is another since");
    device.session().delete_trip(id).unwrap();
    drain_all(&device).await;
    let SentWhat::Deleted { legs } = sent(&device).remove(0).what else { panic!("it is the newest") };
    let told: Vec<_> = legs.iter().map(|leg| (leg.from.as_str(), leg.until.as_deref())).collect();
    assert_eq!(told, [("2026-02-27", Some("2026-03-04"))], "which trip it was is said");
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
    let front = takes_all();
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

#[tokio::test(start_paused = true)]
async fn what_was_told_is_listed_with_the_word_that_told_it() {
    let front = takes_all();
    let mut device = travelling(&front);
    let session = device.session();
    session.check_in(CheckInStatus::NeedHelp).unwrap();
    session.say_more(&Details { needs: vec![Need::Medical], words: "Insulin".into(), ..Details::default() }).unwrap();
    session.write(MessageDraft { text: "Gate 4".into(), ..MessageDraft::default() }).unwrap();
    device.hear(&testkit::advisory_entry("advisory.ae", 1, "AE"));
    device.pass_to("2026-03-01T12:05:00Z");
    device.session().advisory_read(&"advisory.ae".parse().unwrap(), 1).unwrap();
    drain_all(&device).await;
    let listed = sent(&device);
    let is = |wanted: &dyn Fn(&SentWhat) -> bool| listed.iter().filter(|item| wanted(&item.what)).count();
    let asks = |what: &SentWhat| matches!(what, SentWhat::CheckIn { sealed: Some(sealed), .. } if sealed.needs == [Need::Medical] && sealed.words == "Insulin");
    assert_eq!(is(&asks), 1);
    assert_eq!(is(&|what| matches!(what, SentWhat::Message { text, .. } if text == "Gate 4")), 1);
    let (shown_at, read_at) = (testkit::at(NOW), Some(testkit::at("2026-03-01T12:05:00Z")));
    let receipt = SentWhat::Receipt { entry: "advisory.ae".into(), headline: "Headline en".into(), shown_at, read_at };
    assert_eq!(is(&|what| *what == receipt), 1, "{listed:?}");
    // what is said since, and has not left yet, is not listed as if it had
    let session = device.session();
    session.say_more(&Details { needs: vec![Need::Shelter], words: "Hotel".into(), ..Details::default() }).unwrap();
    let told = |what: &SentWhat| matches!(what, SentWhat::CheckIn { sealed: Some(_), .. });
    assert!(!sent(&device).iter().any(|item| told(&item.what)));
    // plain it went nowhere, and of an earlier state of the word nothing is said
    assert!(listed.iter().all(|item| !item.body.as_ref().unwrap().contains("Insulin")));
}
