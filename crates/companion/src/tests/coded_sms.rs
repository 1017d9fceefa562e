//! A word that cannot go by data goes as an SMS that the gateway opens, and is the same word.

use std::collections::BTreeSet;

use contract::{
    entry::{
        Body, Entry,
        line::{Line, LineKind, LineState},
    },
    hours::Hours,
    keys::key_bytes,
    record::{CheckInStatus, Intent, Kind, Need, PlaceSource, SafeContact},
    sms::{self, Gateway, Opened, Spot},
    words::Lang,
};
use testkit::{at, country, words};
use url::Url;

use crate::{
    Details, Whom,
    error::FailureCode,
    testing::{Device, dubai, transit, trip},
    trips::TripDraft,
    view::{
        check_ins::StatusCount,
        pages::left::{SentItem, SentWhat},
    },
};

const NOW: &str = "2026-03-01T12:00:00Z";
const NUMBER: &str = "+442079460990";

fn gateway(state: LineState, version: u32) -> Entry {
    let line = Line {
        mission: None,
        kind: LineKind::CodedSms,
        name: words("Coded SMS"),
        hours: Hours::Always,
        languages: Vec::new(),
        number: NUMBER.parse().unwrap(),
        text: None,
        state,
        moved_to: None,
        demo: true,
        verified_at: at("2026-02-01T00:00:00Z"),
    };
    Entry { id: "line.sms".parse().unwrap(), version, issued_at: at(NOW), body: Body::Line(line) }
}

/// An app to which the ministry has said its number, and nothing else ever happened.
fn fresh() -> Device {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&gateway(LineState::Open, 1));
    device
}

fn held(device: &Device) -> Gateway {
    Gateway::of(device.ministry.gateway.0.into())
}

fn sms(device: &Device, status: Option<CheckInStatus>) -> Opened {
    let sms = device.session().coded_sms(status).unwrap();
    sms::open(&sms.text, [&held(device)]).unwrap()
}

#[test]
fn a_cry_of_the_first_minute_is_one_sms_of_this_device_before_the_ministry_knows_it() {
    let device = fresh();
    assert!(device.view().takes_sms);
    let written = device.session().coded_sms(Some(CheckInStatus::NeedHelp)).unwrap();
    assert_eq!((written.number.as_str(), written.demo, written.text.len()), (NUMBER, true, 160));
    let said =
        device.session().with_facts(|facts| facts.latest_check_in.as_ref().map(|said| said.id.to_string())).unwrap();
    let kept = device.session().store.written_sms().unwrap().map(|sms| sms.check_in.to_string());
    assert_eq!(kept, said, "it may have left");
    assert_eq!(written.href, format!("sms:{NUMBER}?body={}", written.text));
    assert_eq!(written.qr, format!("SMSTO:{NUMBER}:{}", written.text));
    let opened = sms::open(&written.text, [&held(&device)]).unwrap();
    let identity = device.session().identity().unwrap();
    assert!(opened.is_by(&key_bytes(&identity.public_key).unwrap()));
    let said = device.session().store.kept::<crate::trips::TripDraft>().unwrap().latest_check_in.unwrap();
    let content = opened.content;
    assert_eq!((content.device, content.check_in, content.version), (identity.id, said.id, 1));
    assert_eq!((content.status, content.people, content.need_help), (CheckInStatus::NeedHelp, 1, 1));
    assert_eq!((content.at, content.spot, content.point), (at(NOW), None, None));
    assert_eq!(content.language, Some(Lang::En.into()));
    let waiting = device.session().store.outbox_item(Kind::CheckIn, &said.id.to_string()).unwrap().unwrap();
    assert!(waiting.is_lacking(), "by data it goes all the same");
}

#[test]
fn it_says_where_and_all_that_was_added_but_for_words() {
    let device = fresh();
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    let content = sms(&device, None).content;
    assert_eq!((content.spot, content.source), (Some(Spot::Country(country("AE"))), Some(PlaceSource::Itinerary)));
    let position = content.point.unwrap().position;
    assert!((position.lat - 25.2).abs() < 0.2 && (position.lon - 55.3).abs() < 0.2, "{position:?}");
    // since the 27th of February, by the plan, roughly
    assert!((3600..6000).contains(&content.age_min), "{}", content.age_min);
    let details = Details {
        needs: vec![Need::Medical, Need::Violence],
        medicine_days: Some(2),
        intent: Some(Intent::WantsOut),
        words: "Дверь заперта".into(),
        place: "Creek 5".into(),
        write_only: true,
        contact: SafeContact { may_write: Some(true), may_call: Some(false), when: "21-23".into() },
        whom: Whom::Some { count: 1, others_safe: true },
        ..Details::default()
    };
    device.session().say_more(&details).unwrap();
    let more = sms(&device, None).content;
    assert_eq!((more.check_in, more.version), (content.check_in, 2), "the same word, said again");
    assert_eq!((more.people, more.need_help), (3, 1));
    assert_eq!(more.needs, BTreeSet::from([Need::Medical, Need::Violence]));
    assert_eq!((more.medicine_days, more.intent, more.write_only), (Some(2), Some(Intent::WantsOut), true));
    let contact = SafeContact { may_write: Some(true), may_call: Some(false), when: String::new() };
    assert_eq!(more.contact, contact);
    let shown = device.session().coded_sms(None).unwrap();
    assert_eq!((shown.by_plan.as_str(), shown.has_point), ("Dubai", false), "no point of theirs");
    assert_eq!((shown.medicine_days, shown.write_only), (Some(2), true));
    assert_eq!(more.source, Some(PlaceSource::Itinerary), "what was typed cannot go: where the plan has them does");
}

#[test]
fn of_a_party_of_which_some_are_stranded_it_says_how_many() {
    let device = fresh();
    device.session().save_trip(None, &TripDraft { adults: 9, ..dubai() }).unwrap();
    device.session().check_in(CheckInStatus::Stranded).unwrap();
    assert_eq!(sms(&device, None).content.by_status(), [(CheckInStatus::Stranded, 10)].into());
    let whom = Whom::Some { count: 2, others_safe: true };
    device.session().say_more(&Details { whom, ..Details::default() }).unwrap();
    let said = sms(&device, None).content.by_status();
    assert_eq!(said, [(CheckInStatus::Stranded, 2), (CheckInStatus::Safe, 8)].into());
}

#[test]
fn in_transit_it_names_the_airport_and_who_writes_is_not_called() {
    let device = fresh();
    let through = transit("DOH", "2026-03-01T08:00", "2026-03-01T22:00");
    device.session().save_trip(None, &trip(vec![through])).unwrap();
    device.session().set_prefers_text(true).unwrap();
    let content = sms(&device, Some(CheckInStatus::Stranded)).content;
    assert_eq!(content.spot, Some(Spot::Airport("DOH".parse().unwrap())));
    assert_eq!((content.status, content.need_help, content.write_only), (CheckInStatus::Stranded, 0, true));
    assert!(device.session().coded_sms(None).unwrap().write_only);
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    let locked = device.session().coded_sms(None).unwrap();
    assert!(locked.write_only && locked.by_plan.is_empty() && locked.needs.is_empty());
}

#[test]
fn what_waits_is_said_again_and_what_the_ministry_has_is_said_anew() {
    let device = fresh();
    let first = sms(&device, Some(CheckInStatus::NeedHelp)).content;
    device.pass_to("2026-03-01T12:05:00Z");
    assert_eq!(sms(&device, Some(CheckInStatus::NeedHelp)).content.check_in, first.check_in);
    let id = first.check_in.to_string();
    device.session().store.mark_received(Kind::CheckIn, &id, 1, at("2026-03-01T12:06:00Z")).unwrap();
    let second = sms(&device, Some(CheckInStatus::NeedHelp)).content;
    assert_ne!(second.check_in, first.check_in);
    assert_eq!(second.at, at("2026-03-01T12:05:00Z"));
    let safe = sms(&device, Some(CheckInStatus::Safe)).content;
    assert_ne!((safe.check_in, safe.status), (second.check_in, CheckInStatus::NeedHelp));
}

#[test]
fn where_the_ministry_takes_none_there_is_none() {
    let refused = |device: &Device| device.session().coded_sms(None).unwrap_err().code;
    let mut device = fresh();
    assert_eq!(refused(&device), FailureCode::NotFound, "no word was said");
    device.session().check_in(CheckInStatus::Safe).unwrap();
    assert_eq!(sms(&device, None).content.status, CheckInStatus::Safe);
    device.hear(&gateway(LineState::Closed, 2));
    assert!(!device.view().takes_sms);
    assert_eq!(refused(&device), FailureCode::NotFound);
    let unheard = Device::new(NOW);
    assert!(!unheard.view().takes_sms, "no number was said");
}

#[test]
fn nobody_is_called_or_written_to_in_plain_on_that_line() {
    let device = fresh();
    assert!(device.view().contacts.lines.iter().all(|line| line.number != NUMBER));
    assert!(!device.view().call.href.contains(NUMBER));
    assert!(device.view().call.second_way.is_none());
}

#[test]
fn only_a_code_to_the_gateway_is_opened_as_it_is() {
    let device = fresh();
    let href = device.session().coded_sms(Some(CheckInStatus::Safe)).unwrap().href;
    let is = |address: &str| device.companion.is_coded_sms(&Url::parse(address).unwrap());
    assert!(is(&href));
    for other in [
        href.replace(NUMBER, "+442079460801"),
        format!("{href}A"),
        href.replace("body=", "subject=x&body="),
        format!("sms:{NUMBER}?body=hello"),
        format!("sms:{NUMBER}"),
    ] {
        assert!(!is(&other), "{other}");
    }
}

#[test]
fn one_that_was_opened_stands_among_what_left_as_no_more_than_opened() {
    let device = fresh();
    let session = device.session();
    let href = Url::parse(&session.coded_sms(Some(CheckInStatus::NeedHelp)).unwrap().href).unwrap();
    assert!(session.left().unwrap().sent.is_empty(), "it was only shown");
    let opened_at = || device.view().check_in.unwrap().sms_opened_at;
    assert_eq!(opened_at(), None);
    device.companion.sms_opened(&href).unwrap();
    device.companion.sms_opened(&href).unwrap();
    assert_eq!(opened_at(), Some(at(NOW)), "nobody knows whether it was sent");
    let [item] = session.left().unwrap().sent.try_into().unwrap();
    let people = vec![StatusCount { status: CheckInStatus::NeedHelp, count: 1 }];
    assert_eq!(item.what, SentWhat::Sms { people, needs: Vec::new(), number: NUMBER.into() });
    assert_eq!((item.taken_at, item.at, item.host.as_str()), (None, at(NOW), NUMBER));
    assert_eq!(item.body.as_deref(), href.query().and_then(|query| query.strip_prefix("body=")));
}

#[test]
fn what_left_by_sms_is_told_as_it_was_written_whatever_is_said_since() {
    let device = fresh();
    let session = device.session();
    session.save_trip(None, &dubai()).unwrap();
    let open = |status| {
        let href = session.coded_sms(status).unwrap().href;
        device.companion.sms_opened(&Url::parse(&href).unwrap()).unwrap();
    };
    let told = || -> Vec<Vec<StatusCount>> {
        let people = |item: SentItem| if let SentWhat::Sms { people, .. } = item.what { people } else { vec![] };
        session.left().unwrap().sent.into_iter().map(people).collect()
    };
    let cry = vec![StatusCount { status: CheckInStatus::NeedHelp, count: 3 }];
    open(Some(CheckInStatus::NeedHelp));
    let whom = Whom::Some { count: 1, others_safe: true };
    session.say_more(&Details { needs: vec![Need::Medical], whom, ..Details::default() }).unwrap();
    assert_eq!(told(), vec![cry.clone()], "the word says something else by now, and the SMS does not");
    open(None);
    let sms = session.coded_sms(None).unwrap();
    assert_eq!((sms.needs, sms.place.is_some()), (vec![Need::Medical], true), "what stands in it is said beside it");
    let one = |status, count| StatusCount { status, count };
    assert_eq!(
        told(),
        [vec![one(CheckInStatus::Safe, 2), one(CheckInStatus::NeedHelp, 1)], cry],
        "each that was opened"
    );
    let needs = session.left().unwrap().sent.into_iter().map(|item| {
        let SentWhat::Sms { needs, .. } = item.what else { panic!("{:?}", item.what) };
        needs
    });
    assert_eq!(needs.collect::<Vec<_>>(), [vec![Need::Medical], vec![]], "with what each said to be needed");
}
