//! The JSON of every type that crosses the wire. A changed snapshot is a changed contract.

use contract::{
    advisory::{Advisory, AdvisoryText, Area, Certainty, Circle, Level, MessageType, Relayed, Severity, Urgency},
    bulletin::{Frame, GENESIS, Hash},
    entry::{Body, Entry},
    guidance::{Group, Topic, TopicText},
    hours::{Hours, Span, Weekday},
    jws::{Purpose, Refusal, sign_by_all},
    keys::{KeySet, Role},
    lines::{Line, LineKind, LineState, TextWay},
    missions::{Chat, ChatLink, Messenger, Mission, MissionKind},
    place::Position,
    problem::{Code, Problem},
    profile::{DisputedPlace, Profile, ProfileLine, Shipped},
    records::{
        Accepted, Call, CallOutcome, CheckIn, CheckInStatus, Device, Headcount, PlainLeg, Published, Receipt,
        Submission, Trip,
    },
    seal::Sealed,
    words::{Source, Words},
};
use insta::assert_json_snapshot;
use serde::{Serialize, de::DeserializeOwned};

use crate::ministry::{at, entry, head, header, named, publisher, roots, signatory};

/// What is written must be read back as it was.
fn crossed<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: T) -> T {
    let read: T = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
    assert_eq!(read, value);
    value
}

fn words() -> Words {
    Words::new("Елшілік", "Посольство", "Embassy")
}

fn advisory() -> Advisory {
    let text = |lang: &str| AdvisoryText {
        lang: lang.into(),
        headline: "Stay indoors".into(),
        steps: vec!["Stay where you are.".into(), "Keep away from windows.".into()],
        why: "Missiles were fired.".into(),
    };
    Advisory {
        message_type: MessageType::Alert,
        severity: Severity::Extreme,
        urgency: Urgency::Immediate,
        certainty: Certainty::Observed,
        effective: at("2026-03-01T06:00:00Z"),
        expires: at("2026-03-02T06:00:00Z"),
        areas: vec![Area { country: Some("AE".parse().unwrap()), ..Area::default() }],
        texts: ["kk", "ru", "en"].map(text).to_vec(),
        relayed: None,
    }
}

fn of(id: &str, body: Body) -> Entry {
    crossed(Entry { body, ..entry(id, 2) })
}

fn sealed() -> Sealed {
    Sealed { key_id: "consular-1".parse().unwrap(), ciphertext: "AAAA".into() }
}

#[test]
fn an_advisory() {
    advisory().check().unwrap();
    assert_json_snapshot!(of("advisory.ae", Body::Advisory(advisory())));
}

#[test]
fn a_relayed_advisory_with_shapes() {
    let point = |lat, lon| Position { lat, lon };
    let area = Area {
        name: "Kökpekti".into(),
        country: Some("KZ".parse().unwrap()),
        airports: vec!["UKK".parse().unwrap()],
        polygons: vec![vec![point(48.0, 82.0), point(49.0, 82.0), point(49.0, 83.0), point(48.0, 82.0)]],
        circles: vec![Circle { center: point(48.7, 82.3), radius_km: 20.0 }],
    };
    let relayed = Relayed {
        sender: "Kazhydromet".into(),
        identifier: "2.49.0.0.398.0.KZ.1".into(),
        sent: at("2026-03-01T05:00:00Z"),
    };
    let advisory = Advisory { areas: vec![area], relayed: Some(relayed), ..advisory() };
    advisory.check().unwrap();
    assert_json_snapshot!(of("advisory.kz", Body::Advisory(advisory)));
}

#[test]
fn a_level() {
    let level = Level { country: "AE".parse().unwrap(), level: 4, since: at("2026-02-28T09:00:00Z"), why: words() };
    assert_json_snapshot!(of("level.ae", Body::Level(level)));
}

#[test]
fn a_mission() {
    assert_json_snapshot!(of(
        "mission.abu-dhabi",
        Body::Mission(Mission {
            kind: MissionKind::Embassy,
            name: words(),
            city: Words::new("Әбу-Даби", "Абу-Даби", "Abu Dhabi"),
            country: "AE".parse().unwrap(),
            position: Some(Position { lat: 24.45, lon: 54.38 }),
            address: "Al Bateen, 12".into(),
            hours: Some(office_hours()),
            site: "https://example.org/abu-dhabi".into(),
            serves: vec!["AE".parse().unwrap(), "QA".parse().unwrap()],
            sources: vec![source()],
        })
    ));
}

fn office_hours() -> Hours {
    let (opens, closes) = (jiff::civil::time(9, 0, 0, 0), jiff::civil::time(18, 0, 0, 0));
    let span = Span { first: Weekday::Monday, last: Weekday::Friday, opens, closes };
    Hours::Weekly { time_zone: "Asia/Dubai".into(), spans: vec![span] }
}

fn source() -> Source {
    Source { title: "The ministry's list".into(), url: "https://example.org/list".into() }
}

fn chat_link() -> ChatLink {
    ChatLink { messenger: Messenger::Telegram, url: "https://t.me/example".into() }
}

#[test]
fn a_chat() {
    assert_json_snapshot!(of(
        "chat.abu-dhabi",
        Body::Chat(Chat {
            mission: Some("mission.abu-dhabi".parse().unwrap()),
            name: words(),
            link: chat_link(),
            demo: true,
            verified_at: at("2026-02-01T00:00:00Z"),
        })
    ));
}

#[test]
fn a_topic() {
    let text = TopicText {
        title: "Flood".into(),
        summary: "Go up.".into(),
        steps: vec!["Go up.".into(), "Stay there.".into()],
        why: "Water rises.".into(),
        whom: "The local emergency number.".into(),
        also: vec!["water".into()],
    };
    assert_json_snapshot!(of(
        "topic.flood",
        Body::Topic(Box::new(Topic {
            id: "flood".into(),
            group: Group::Nature,
            order: 25,
            icon: "waves".into(),
            levels: vec![3, 4],
            private: false,
            reviewed: "2026-02-01".parse().unwrap(),
            sources: vec![source()],
            kk: Some(text.clone()),
            ru: Some(text.clone()),
            en: Some(text),
        }))
    ));
}

#[test]
fn a_line() {
    assert_json_snapshot!(of(
        "line.abu-dhabi",
        Body::Line(Line {
            mission: Some("mission.abu-dhabi".parse().unwrap()),
            kind: LineKind::Emergency,
            name: words(),
            hours: Hours::Always,
            languages: vec!["kk".into(), "ru".into()],
            number: "+442079460123".into(),
            text: Some(TextWay::Chat(chat_link())),
            state: LineState::Moved,
            moved_to: Some("+442079460124".into()),
            demo: true,
            verified_at: at("2026-02-01T00:00:00Z"),
        })
    ));
}

#[test]
fn an_entry_of_a_newer_kind_is_never_written() {
    assert!(serde_json::to_string(&Entry { body: Body::Newer, ..entry("a", 1) }).is_err());
}

#[test]
fn a_frame_and_its_head() {
    let frame = crossed(Frame { seq: 1, prev: GENESIS, entry: "protected.payload.signature".into() });
    assert_json_snapshot!("a_frame", frame);
    let head = crossed(head(1, frame.hash(), "2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z"));
    assert_json_snapshot!("a_head", head);
}

#[test]
fn a_key_set_and_its_signed_form() {
    let root = [signatory("root-1", 1)];
    let keys = vec![
        named(&publisher(), Role::Publish, 1, Some(9)),
        named(&header(), Role::Head, 0, None),
        named(&signatory("consular-1", 4), Role::Consular, 0, None),
    ];
    let set = crossed(KeySet { number: 1, roots: roots(1, &root), keys });
    assert_json_snapshot!("a_key_set", set);
    insta::assert_snapshot!("a_signed_key_set", sign_by_all(&root, Purpose::Keys, &set).unwrap());
}

#[test]
fn a_signed_entry() {
    // Ed25519 is deterministic: the same key and words give the same signature on every machine
    insta::assert_snapshot!(publisher().sign(Purpose::Entry, &entry("level.ae", 1)).unwrap());
}

#[test]
fn a_profile_and_its_fingerprint() {
    let profile = crossed(Profile {
        name: words(),
        demo: true,
        front: "http://127.0.0.1:8080".into(),
        roots: roots(2, &[signatory("root-1", 1), signatory("root-2", 2)]),
        home_country: "KZ".parse().unwrap(),
        home_time_zone: "Asia/Almaty".into(),
        home_city: Words::new("Астана", "Астана", "Astana"),
        line: ProfileLine { name: words(), hours: Hours::Always, number: "+442079460100".into() },
        disputed: vec![DisputedPlace {
            area: Area { country: "XK".parse().ok(), ..Area::default() },
            claims: vec!["RS".parse().unwrap(), "XK".parse().unwrap()],
            counts_as: "RS".parse().ok(),
            note: words(),
        }],
        shipped: Some(Shipped { keys: "{}".into(), entries: vec!["protected.payload.signature".into()] }),
    });
    assert_json_snapshot!("a_profile", profile);
    insta::assert_snapshot!("a_fingerprint", profile.fingerprint().to_string());
    let mut turned = profile.clone();
    turned.roots.keys.reverse();
    turned.name = Words::new("x", "x", "x");
    assert_eq!(turned.fingerprint(), profile.fingerprint());
    turned.roots.threshold = 1;
    assert_ne!(turned.fingerprint(), profile.fingerprint());
}

#[test]
fn a_trip() {
    let leg = |country: &str, airport: Option<&str>| PlainLeg {
        country: country.parse().unwrap(),
        airport: airport.map(|code| code.parse().unwrap()),
        from: at("2026-02-27T03:10:00Z"),
        until: at("2026-02-27T06:20:00Z"),
    };
    let legs = vec![leg("QA", Some("DOH")), leg("AE", None)];
    assert_json_snapshot!(crossed(Trip { version: 1, people: 3, legs, sealed: sealed() }));
}

#[test]
fn a_device() {
    assert_json_snapshot!(crossed(Device { token_hash: Hash::of(b"token").to_string(), public_key: "AAAA".into() }));
}

#[test]
fn a_call() {
    assert_json_snapshot!(crossed(Call {
        version: 1,
        number: "+442079460123".into(),
        outcome: CallOutcome::StillNeedHelp,
        country: Some("AE".parse().unwrap()),
        at: at("2026-03-01T06:00:00Z"),
    }));
}

#[test]
fn a_check_in() {
    assert_json_snapshot!(crossed(CheckIn {
        version: 1,
        status: CheckInStatus::NeedHelp,
        trip: Some("5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().unwrap()),
        people: 3,
        country: Some("QA".parse().unwrap()),
        airport: Some("DOH".parse().unwrap()),
        at: at("2026-03-01T06:00:00Z"),
    }));
}

#[test]
fn a_receipt() {
    assert_json_snapshot!(crossed(Receipt {
        entry: "advisory.ae".parse().unwrap(),
        version: 2,
        delivered_at: at("2026-03-01T06:00:00Z"),
        shown_at: Some(at("2026-03-01T06:00:01Z")),
        read_at: None,
    }));
}

#[test]
fn what_the_front_answers() {
    assert_json_snapshot!("accepted", crossed(Accepted { version: 2, received_at: at("2026-03-01T06:00:00Z") }));
    assert_json_snapshot!("submission", crossed(Submission { entry: "protected.payload.signature".into() }));
    assert_json_snapshot!("published", crossed(Published { seq: 7 }));
    let title = "this field is not what it should be".to_owned();
    let pointer = Some("/legs/0/from".to_owned());
    assert_json_snapshot!("problem", crossed(Problem { status: 422, code: Code::FieldInvalid, title, pointer }));
}

#[test]
fn a_headcount() {
    assert_json_snapshot!(crossed(Headcount {
        people: 3,
        trips: 1,
        overdue: 2,
        safe: 1,
        need_help: 1,
        stranded: 0,
        at: at("2026-03-01T06:00:00Z"),
        as_of: Some(at("2026-02-20T10:00:00Z")),
    }));
}

#[test]
fn the_words_that_code_matches_on() {
    use CallOutcome::{Called, GotThrough, StillNeedHelp, TappedByMistake};
    use CheckInStatus::{Left, NeedHelp, Safe, Stranded};
    assert_json_snapshot!("call_outcomes", [Called, GotThrough, StillNeedHelp, TappedByMistake]);
    assert_json_snapshot!("check_in_statuses", [Safe, NeedHelp, Left, Stranded]);
    assert_json_snapshot!("line_states", [LineState::Open, LineState::Overloaded, LineState::Closed, LineState::Moved]);
    assert_json_snapshot!(
        "problem_codes",
        [
            Code::BodyTooLarge,
            Code::BodyNotJson,
            Code::ContentTypeNotJson,
            Code::FieldInvalid,
            Code::Unauthorized,
            Code::DeviceTaken,
            Code::NotFound,
            Code::MethodNotAllowed,
            Code::PageNotAligned,
            Code::EntryRefused,
            Code::EntryExists,
            Code::TooManyRequests,
            Code::Internal,
        ]
    );
    assert_json_snapshot!(
        "refusals",
        [
            Refusal::TooLarge,
            Refusal::Malformed,
            Refusal::UnknownKey,
            Refusal::BadSignature,
            Refusal::OutsideKeyRange,
            Refusal::ThresholdNotMet,
            Refusal::LowerVersion,
            Refusal::Conflict,
            Refusal::OlderHead,
            Refusal::ExpiredHead,
            Refusal::BrokenChain,
            Refusal::WrongSnapshot,
        ]
    );
}

fn with(value: &impl Serialize) -> serde_json::Value {
    let mut value = serde_json::to_value(value).unwrap();
    value["unknown"] = 1.into();
    value
}

#[test]
fn a_record_with_a_field_nobody_knows_is_refused() {
    assert!(
        serde_json::from_value::<Device>(with(&Device { token_hash: "x".into(), public_key: "x".into() })).is_err()
    );
    assert!(serde_json::from_value::<Sealed>(with(&sealed())).is_err());
    assert!(serde_json::from_value::<Submission>(with(&Submission { entry: "x".into() })).is_err());
    assert!(serde_json::from_value::<Advisory>(with(&advisory())).is_err());
    // what the front answers may grow
    assert!(serde_json::from_value::<Published>(with(&Published { seq: 7 })).is_ok());
}
