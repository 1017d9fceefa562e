//! Documents that a later ministry writes, read by this reader: it keeps what it understands, says what it does not,
//! and is never led to do the opposite of what was meant.

use contract::{
    entry::{
        Body, Entry, Unread,
        advisory::{Advisory, Announced, Certainty, MessageType, Severity, Urgency},
        chat::{Chat, Messenger},
        line::{Line, LineKind, LineState, TextWay},
        mission::{Mission, MissionKind},
        topic::{Group, Topic},
    },
    hash::Hash,
    hours::Hours,
    http::{Capabilities, Code, Problem},
    jws::{Purpose, Refusal, Verified, sign_by_all},
    keys::{Carried, KeySet, Role},
    log::{Frame, read_snapshot},
    profile::Profile,
    record::{
        About, Accepted, ArrivesBy, Call, CallOutcome, CaseKind, CaseStep, CheckIn, CheckInStatus, Device,
        ForRelatives, Letters, Message, Needs, PaperTrips, Posted, PrivateLeg, PrivateLetter, PrivateMessage,
        PrivateTrip, QuickAnswer, Rank, Receipts, Trip,
    },
    seal::Sealed,
    words::{Preference, Tag, Words},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use testkit::{named, roots, signatory};

use crate::ministry::{desk, entry, head, header, keys, publisher, watermark};

const IN_RANGE: Carried = Carried::At { seq: 5, confirmed: true };

/// The payload of a level, with something changed.
fn payload(change: impl FnOnce(&mut Value)) -> String {
    let mut value = serde_json::to_value(entry("level.ae", 1)).unwrap();
    change(&mut value);
    value.to_string()
}

fn read(payload: String) -> Result<Entry, Refusal> {
    let jws = publisher().sign_text(Purpose::Entry, payload).unwrap();
    keys().entry(&jws, IN_RANGE).map(Verified::into_inner)
}

/// The same JSON with a field that nobody knows in every object of it.
fn grown(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: serde_json::Map<_, _> =
                fields.iter().map(|(name, value)| (name.clone(), grown(value))).collect();
            // a map by language or status has no fields: its names are checked elsewhere
            if !fields.keys().any(|name| ["kk", "en", "safe"].contains(&name.as_str())) {
                fields.insert("unheard_of".into(), json!({ "of": [1, "x", null] }));
            }
            Value::Object(fields)
        }
        Value::Array(items) => Value::Array(items.iter().map(grown).collect()),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain.clone(),
    }
}

/// Read with and without unknown fields, it is the same.
fn grows<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &Value) -> T {
    let plain: T = serde_json::from_value(value.clone()).unwrap();
    let with_more: T = serde_json::from_value(grown(value)).unwrap();
    assert_eq!(with_more, plain);
    plain
}

fn advisory() -> Value {
    json!({
        "message_type": "alert", "severity": "extreme", "urgency": "immediate", "certainty": "observed",
        "effective": "2026-03-01T06:00:00Z", "expires": "2026-03-02T06:00:00Z",
        "areas": [{ "country": "AE", "polygons": [[{ "lat": 1.0, "lon": 1.0 }]], "circles": [{ "center": { "lat": 1.0, "lon": 1.0 }, "radius_km": 2.0 }] }],
        "texts": { "en": { "headline": "Stay in", "steps": ["Stay."], "why": "Because." } },
    })
}

fn line() -> Value {
    json!({
        "kind": "emergency", "name": { "en": "Line" }, "hours": { "kind": "always" }, "number": "+442079460100",
        "text": { "kind": "sms", "number": "+442079460800" }, "state": "open", "verified_at": "2026-03-01T06:00:00Z",
    })
}

fn mission() -> Value {
    json!({ "kind": "embassy", "name": { "en": "Embassy" }, "city": { "en": "Abu Dhabi" }, "country": "AE", "serves": ["AE"] })
}

fn chat() -> Value {
    json!({
        "name": { "en": "Chat" }, "link": { "messenger": "telegram", "url": "https://t.me/example" },
        "verified_at": "2026-03-01T06:00:00Z",
    })
}

fn topic() -> Value {
    json!({
        "id": "flood", "group": "nature", "order": 1, "icon": "waves", "reviewed": "2026-02-01",
        "sources": [{ "title": "x", "url": "https://example.org" }],
        "texts": { "en": { "title": "Flood", "summary": "Up.", "steps": ["Up."], "why": "Water.", "whom": "112" } },
    })
}

fn private_message() -> Value {
    json!({
        "consent": { "text": "x", "version": 1, "language": "kk", "at": "2026-03-01T06:00:00Z", "by": "traveller" },
        "about": { "kind": "trip", "id": "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11" },
    })
}

fn private_letter() -> Value {
    json!({
        "at": "2026-03-01T06:00:00Z", "language": "kk",
        "case": {
            "number": 1, "kind": "help", "step": "promised",
            "promised": { "what": "x", "by": "2026-03-01T06:00:00Z" },
        },
    })
}

fn with(mut value: Value, field: &str, word: &str) -> Value {
    value[field] = word.into();
    value
}

fn one<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn an_entry_with_fields_nobody_knows_is_read_without_them() {
    let with_more = payload(|value| *value = grown(value));
    assert_eq!(read(with_more).unwrap(), entry("level.ae", 1));
}

#[test]
fn every_kind_of_entry_and_record_may_grow() {
    grows::<Advisory>(&advisory());
    grows::<Line>(&line());
    grows::<Mission>(&mission());
    grows::<Chat>(&chat());
    grows::<Topic>(&topic());
    let sealed = json!({ "key_id": "consular-1", "ciphertext": "AAAA" });
    grows::<Sealed>(&sealed);
    grows::<Trip>(&json!({
        "version": 1, "people": 2, "sealed": sealed,
        "legs": [{ "country": "AE", "from": "2026-03-01T06:00:00Z", "until": "2026-03-02T06:00:00Z" }],
    }));
    grows::<Trip>(&json!({
        "version": 1, "people": 2, "sealed": sealed, "sealed_to_owner": sealed, "paper": Hash::ZERO.to_string(),
        "legs": [{ "country": "AE", "from": "2026-03-01T06:00:00Z", "until": "2026-03-02T06:00:00Z" }],
    }));
    grows::<PaperTrips>(&json!({ "trips": [
        { "id": "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11", "version": 1, "sealed_to_owner": sealed },
    ] }));
    grows::<CheckIn>(&json!({ "version": 1, "people": { "safe": 2 }, "at": "2026-03-01T06:00:00Z" }));
    grows::<Call>(&json!({ "version": 1, "outcome": "called", "at": "2026-03-01T06:00:00Z" }));
    grows::<Receipts>(&json!([{ "entry": "a", "version": 1, "delivered_at": "2026-03-01T06:00:00Z" }]));
    grows::<Message>(&json!({ "version": 1, "at": "2026-03-01T06:00:00Z", "sealed": sealed }));
    grows::<PrivateMessage>(&private_message());
    grows::<PrivateLetter>(&private_letter());
    let letter = json!({
        "id": "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11", "device": "0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e01",
        "at": "2026-03-01T06:00:00Z", "announced": "loud", "sealed": sealed,
    });
    grows::<Letters>(&json!({ "letters": [{ "number": 1, "letter": letter }], "next": 1 }));
    grows::<Posted>(&json!({ "accepted": [] }));
    grows::<Device>(&json!({ "token_hash": Hash::ZERO.to_string(), "public_key": "AAAA" }));
}

#[test]
fn words_about_a_case_that_nobody_knows_yet_leave_the_letter_readable() {
    let mut letter = private_letter();
    letter["case"]["kind"] = "avalanche".into();
    letter["case"]["step"] = "handed_to_an_army".into();
    letter["case"]["rank"] = "minutes".into();
    letter["asks"] = json!(["yes", "send_a_picture"]);
    let letter: PrivateLetter = one(letter);
    let case = letter.case.unwrap();
    assert_eq!((case.kind, case.step, case.rank), (CaseKind::Other, CaseStep::Other, Some(Rank::Other)));
    assert_eq!(letter.asks, [QuickAnswer::Yes, QuickAnswer::Other]);
    let mut message = private_message();
    message["about"] = json!({ "kind": "movement", "id": 7 });
    message["quick"] = "i_am_at_the_gate".into();
    let message: PrivateMessage = one(message);
    assert_eq!((message.about, message.quick), (Some(About::Other), Some(QuickAnswer::Other)));
}

#[test]
fn an_unknown_kind_and_an_unknown_shape_keep_their_id_and_version() {
    let of_kind = read(payload(|value| value["kind"] = "song".into())).unwrap();
    assert_eq!(of_kind.body, Body::Unread(Unread::Kind("song".into())));
    assert_eq!((of_kind.id.as_str(), of_kind.version), ("level.ae", 1));
    for kind in Body::KINDS {
        let of_shape = read(payload(|value| {
            value["kind"] = (*kind).into();
            value["body"] = json!({ "x": 1 });
        }));
        assert_eq!(of_shape.unwrap().body, Body::Unread(Unread::Shape { kind }), "{kind}");
    }
}

#[test]
fn what_was_not_understood_is_never_written() {
    for body in [Body::Unread(Unread::Kind("song".into())), Body::Unread(Unread::Shape { kind: "level" })] {
        assert!(publisher().sign(&Entry { body, ..entry("level.ae", 1) }).is_err());
    }
}

#[test]
fn a_demand_that_nobody_knows_leaves_an_entry_unread_and_says_so() {
    let demanding = read(payload(|value| value["must"] = json!(["be_seen_by_the_deaf"]))).unwrap();
    assert_eq!(demanding.body, Body::Unread(Unread::TooNew { kind: "level".into() }));
    assert_eq!(read(payload(|value| value["must"] = json!([]))).unwrap(), entry("level.ae", 1));
    assert_eq!(read(payload(|value| value["must"] = "x".into())), Err(Refusal::Unreadable));
}

#[test]
fn a_demand_in_a_head_a_watermark_or_a_key_set_refuses_it_whole() {
    fn demanding(document: &impl Serialize, must: &Value) -> String {
        let mut value = serde_json::to_value(document).unwrap();
        value["must"] = must.clone();
        grown(&value).to_string()
    }
    let newest = head(5, Hash::ZERO, "2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z");
    let confirmed = watermark(5, Hash::ZERO, "2026-03-01T06:00:00Z");
    let root = [signatory("root-1", 1)];
    let set = KeySet { number: 1, roots: roots(1, &root), keys: Vec::new() };
    for (must, expected) in [(json!([]), None), (json!(["x"]), Some(Refusal::AppTooOld))] {
        let head = header().sign_text(Purpose::Head, demanding(&newest, &must)).unwrap().compact();
        assert_eq!(keys().head(&head).err(), expected);
        let watermark = desk().sign_text(Purpose::Watermark, demanding(&confirmed, &must)).unwrap().compact();
        assert_eq!(keys().watermark(&watermark).err(), expected);
        let document = sign_by_all(&root, &Demanding { set: set.clone(), must: must.clone() }).unwrap();
        assert_eq!(roots(1, &root).verify_first(&document).err(), expected);
    }
}

/// A key set as a later ministry writes it.
#[derive(Serialize)]
struct Demanding {
    #[serde(flatten)]
    set: KeySet,
    must: Value,
}

impl contract::jws::Document for Demanding {
    const PURPOSE: Purpose = Purpose::Keys;

    fn read(_payload: &str) -> Result<Self, Refusal> {
        Err(Refusal::Unreadable)
    }
}

#[test]
fn a_header_stays_strict_where_payloads_grow() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
    let mut jws = publisher().sign(&entry("level.ae", 1)).unwrap();
    let header = r#"{"alg":"EdDSA","kid":"publish-1","typ":"saparlas-entry","unheard_of":1}"#;
    jws.protected = B64.encode(header);
    assert_eq!(keys().entry(&jws, IN_RANGE), Err(Refusal::Malformed));
}

#[test]
fn a_word_nobody_knows_has_its_safe_meaning() {
    let scales: Advisory = one(["severity", "urgency", "certainty", "message_type", "announced"]
        .into_iter()
        .fold(advisory(), |value, field| with(value, field, "unheard_of")));
    assert!(scales.severity >= Severity::Severe && scales.severity < Severity::Extreme);
    assert!(scales.urgency >= Urgency::Expected && scales.urgency < Urgency::Immediate);
    assert!(scales.certainty >= Certainty::Likely && scales.certainty < Certainty::Observed);
    assert_eq!(scales.message_type, MessageType::Other);
    assert!(!scales.is_ending(), "an unknown type warns");
    assert_eq!(scales.announced, Announced::Other);
    assert_eq!(one::<Advisory>(advisory()).announced, Announced::Loud);

    let state: Line = one(with(line(), "state", "unheard_of"));
    assert_eq!(state.state, LineState::Other);
    assert_eq!(state.answers_at(), Some(&state.number), "read as open");
    let kind: Line = one(with(line(), "kind", "unheard_of"));
    assert!(kind.kind > LineKind::Emergency, "never before an emergency line");
    let mut odd = line();
    odd["text"] = json!({ "kind": "carrier_pigeon", "loft": 7 });
    odd["hours"] = json!({ "kind": "lunar", "phase": "full" });
    let odd: Line = one(odd);
    assert_eq!((odd.text, odd.hours), (Some(TextWay::Other), Hours::Other));

    assert_eq!(one::<Mission>(with(mission(), "kind", "unheard_of")).kind, MissionKind::Other);
    assert_eq!(one::<Topic>(with(topic(), "group", "unheard_of")).group, Group::Other);
    assert!(Group::Other > Group::Before, "after the others");
    let mut odd = chat();
    odd["link"]["messenger"] = "unheard_of".into();
    assert_eq!(one::<Chat>(odd).link.messenger, Messenger::Other);

    let check_in: CheckIn =
        one(json!({ "version": 1, "people": { "dancing": 2, "safe": 1 }, "at": "2026-03-01T06:00:00Z" }));
    assert_eq!((check_in.need_help(), check_in.everybody()), (2, 3));
    assert_eq!(check_in.most_urgent(), CheckInStatus::Other);
    let two: CheckIn = one(
        json!({ "version": 1, "people": { "detained": 3, "safe": 1, "wounded": 2, "dancing": 0 }, "at": "2026-03-01T06:00:00Z" }),
    );
    assert_eq!((two.need_help(), two.everybody()), (5, 6), "whoever is in another state still is somebody");
    let twice = r#"{ "version": 1, "people": { "need_help": 3, "need_help": 0 }, "at": "2026-03-01T06:00:00Z" }"#;
    assert!(serde_json::from_str::<CheckIn>(twice).unwrap_err().to_string().contains("given twice"));
    let call: Call = one(json!({ "version": 1, "outcome": "unheard_of", "at": "2026-03-01T06:00:00Z" }));
    assert_eq!(call.outcome, CallOutcome::Other);
}

#[test]
fn an_unknown_role_signs_nothing() {
    let mut set = serde_json::to_value(KeySet {
        number: 1,
        roots: roots(1, &[signatory("root-1", 1)]),
        keys: vec![named(publisher(), Role::Publish, 0, None)],
    })
    .unwrap();
    set["keys"][0]["role"] = "unheard_of".into();
    let set: KeySet = one(grown(&set));
    assert_eq!(set.keys[0].role, Role::Other);
    let document = sign_by_all(&[signatory("root-1", 1)], &set).unwrap();
    let believed = roots(1, &[signatory("root-1", 1)]).verify_first(&document).unwrap();
    let jws = publisher().sign(&entry("level.ae", 1)).unwrap();
    assert_eq!(believed.entry(&jws, IN_RANGE), Err(Refusal::UnknownKey));
}

#[test]
fn a_fourth_language_is_read_and_shown_to_who_reads_it() {
    let mut value = serde_json::to_value(Words::new("Қ", "Р", "E")).unwrap();
    value["uz"] = "U".into();
    value["kk-Latn"] = "Q".into();
    let words: Words = one(value);
    let order: Vec<Tag> = ["kk", "ru", "en"].map(|tag| tag.parse().unwrap()).to_vec();
    let shown = |reader: &str| words.shown(&Preference::new(reader.parse::<Tag>().unwrap(), &order)).to_owned();
    assert_eq!([shown("uz"), shown("kk-Latn"), shown("kk"), shown("fr")], ["U", "Q", "Қ", "Қ"]);
}

#[test]
fn a_frame_and_a_snapshot_line_may_grow() {
    let frame = Frame { seq: 1, prev: Hash::ZERO, entry: publisher().sign(&entry("level.ae", 1)).unwrap() };
    let grown_frame = grown(&serde_json::to_value(&frame).unwrap());
    assert_eq!(one::<Frame>(grown_frame).hash(), frame.hash());
    let line = grown(&json!({ "seq": 7, "entry": frame.entry })).to_string();
    assert_eq!(read_snapshot(&line).next().unwrap().seq, 7);
}

#[test]
fn what_the_front_answers_may_grow() {
    grows::<Accepted>(&json!({ "version": 2, "received_at": "2026-03-01T06:00:00Z" }));
    let capabilities = json!({ "records": { "trip": 1, "song": 2 }, "entries": ["level", "song"], "unheard_of": {} });
    assert_eq!(one::<Capabilities>(capabilities).records.len(), 2);
    let problem: Problem =
        one(grown(&json!({ "status": 418, "code": "teapot", "title": "short and stout", "pointer": "/0" })));
    assert_eq!((problem.status, problem.code), (418, Code::Other));
}

#[test]
fn a_profile_may_grow() {
    let mut value = serde_json::to_value(crate::wire::profile()).unwrap();
    // texts by name: a new one is not a new field
    let consents = value["law"]["consents"].take();
    let mut grown = grown(&value);
    grown["law"]["consents"] = consents;
    assert_eq!(one::<Profile>(grown), crate::wire::profile());
}

/// A private part that an older app sealed says yes to nothing; one that a newer app seals may ask for more, and says yes
/// to nothing more here.
#[test]
fn no_yes_for_relatives_is_read_where_none_was_given() {
    let consent =
        json!({"text": "registering", "version": 1, "language": "kk", "at": "2026-03-01T06:00:00Z", "by": "traveller"});
    let older = json!({"consent": consent, "adults": 2, "legs": []});
    let read: PrivateTrip = serde_json::from_value(older.clone()).unwrap();
    assert_eq!((read.for_relatives, read.others_told), (ForRelatives::default(), None));
    assert_eq!(serde_json::to_value(&read).unwrap().get("for_relatives"), None, "and it is written as it was");
    let mut newer = older;
    newer["for_relatives"] = json!({"say_where": true, "say_when_home": true});
    newer["others_told"] = json!(false);
    let read: PrivateTrip = serde_json::from_value(grown(&newer)).unwrap();
    assert_eq!(read.for_relatives, ForRelatives { say_where: true, ..ForRelatives::default() });
    assert_eq!(read.others_told, Some(false));
}

#[test]
fn how_somebody_comes_to_a_leg_may_be_unsaid_or_said_in_a_way_nobody_knows() {
    let older = json!([
        { "kind": "stay", "city": "Dubai", "address": "Creek 5" },
        { "kind": "transit", "flight": "QR 391", "airside": true, "onward_ticket": false },
    ]);
    let read: Vec<PrivateLeg> = one(older.clone());
    let [PrivateLeg::Stay { arrives_by: None, .. }, PrivateLeg::Transit { may_enter: None, .. }] = read.as_slice()
    else {
        panic!("{read:?}")
    };
    assert_eq!(serde_json::to_value(&read).unwrap(), older, "and it is written as it was");
    let mut newer = older;
    newer[0]["arrives_by"] = "airship".into();
    newer[0]["visa_until"] = "some day in spring".into();
    newer[1]["may_enter"] = true.into();
    let read: Vec<PrivateLeg> = one(grown(&newer));
    let [PrivateLeg::Stay { arrives_by, visa_until, .. }, PrivateLeg::Transit { may_enter, .. }] = read.as_slice()
    else {
        panic!("{read:?}")
    };
    assert_eq!((*arrives_by, *may_enter), (Some(ArrivesBy::Other), Some(true)));
    assert_eq!(visa_until, "some day in spring", "a day that does not read hides nothing else");
}

/// A party that an older app sealed names nobody and needs nothing; what a newer one says of a person besides is passed
/// over, and the person stays.
#[test]
fn a_party_may_grow() {
    let consent =
        json!({"text": "registering", "version": 1, "language": "kk", "at": "2026-03-01T06:00:00Z", "by": "traveller"});
    let older = json!({"consent": consent, "adults": 2, "legs": []});
    let read: PrivateTrip = serde_json::from_value(older.clone()).unwrap();
    assert_eq!((read.needs.clone(), read.people.len()), (Needs::default(), 0));
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!((written.get("needs"), written.get("people")), (None, None), "and it is written as it was");
    let mut newer = older;
    newer["needs"] = json!({"wheelchair": true, "guide_dog": true});
    newer["people"] = json!([{"number": 7, "name": "Марат", "passport": "N1", "needs": {"medicine_days": 5}}, {}]);
    let read: PrivateTrip = serde_json::from_value(grown(&newer)).unwrap();
    assert_eq!(read.needs, Needs { wheelchair: true, ..Needs::default() });
    let [marat, nameless] = read.people.as_slice() else { panic!("{:?}", read.people) };
    assert_eq!((marat.number, marat.name.as_str(), marat.needs.medicine_days), (7, "Марат", Some(5)));
    assert_eq!(nameless.name, "", "who has no name is somebody all the same");
}
