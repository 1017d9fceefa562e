//! The JSON of every type that crosses the wire. A changed snapshot is a changed contract.

use contract::{
    entry::{
        Body, Entry,
        advisory::{Advisory, AdvisoryText, Announced, Certainty, MessageType, Severity, Urgency},
        chat::{Chat, ChatLink, Messenger},
        level::Level,
        line::{Line, LineKind, LineState, TextWay},
        mission::{Mission, MissionKind},
        relayed_alert::{AlertPart, AlertText, Relay, RelayList, RelayedAlert},
        topic::{Group, Topic, TopicText},
    },
    hash::Hash,
    hours::{Hours, Span, Weekday},
    http::Code,
    jws::{Document, Jws, Refusal, sign_by_all},
    keys::{KeySet, NamedKey, Positions, Role},
    log::{Frame, SnapshotLine},
    place::{Area, Circle, Position},
    profile::{ConsentText, DisputedPlace, Law, Profile, ProfileLine, Retention, Shipped},
    record::{CallOutcome, CheckInStatus},
    words::{Lang, Source, Tag, Texts, Words},
};
use insta::assert_json_snapshot;
use serde::{Serialize, de::DeserializeOwned};
use testkit::{at, named, roots, signatory};

use crate::ministry::{desk, entry, head, header, publisher, unsigned, watermark};

/// What is written must be read back as it was.
pub fn crossed<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: T) -> T {
    let read: T = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
    assert_eq!(read, value);
    value
}

fn words() -> Words {
    Words::new("Елшілік", "Посольство", "Embassy")
}

fn advisory() -> Advisory {
    let text = || AdvisoryText {
        headline: "Stay indoors".into(),
        steps: vec!["Stay where you are.".into(), "Keep away from windows.".into()],
        why: "Missiles were fired.".into(),
    };
    Advisory {
        expires: at("2026-03-02T06:00:00Z"),
        texts: languages().into_iter().map(|tag| (tag, text())).collect(),
        ..testkit::advisory("AE")
    }
}

fn languages() -> Vec<Tag> {
    Lang::ALL.map(Tag::from).to_vec()
}

fn of(id: &str, body: Body) -> Entry {
    let entry = Entry { body, ..entry(id, 2) };
    assert_eq!(Entry::read(&serde_json::to_string(&entry).unwrap()).as_ref(), Ok(&entry));
    entry
}

#[test]
fn an_advisory() {
    advisory().check(&languages()).unwrap();
    let silent = Advisory { announced: Announced::Silent, onset: Some(at("2026-03-01T07:00:00Z")), ..advisory() };
    assert_json_snapshot!("a_silent_advisory", of("advisory.ae", Body::Advisory(silent)));
    assert_json_snapshot!(of("advisory.ae", Body::Advisory(advisory())));
}

#[test]
fn a_relayed_alert_with_shapes_and_the_list_of_those_who_may_be_relayed() {
    let point = |lat, lon| Position { lat, lon };
    let area = Area {
        name: words(),
        country: Some("KZ".parse().unwrap()),
        airports: vec!["UKK".parse().unwrap()],
        polygons: vec![vec![point(48.0, 82.0), point(49.0, 82.0), point(49.0, 83.0), point(48.0, 82.0)]],
        circles: vec![Circle { center: point(48.7, 82.3), radius_km: 20.0 }],
        closed: false,
    };
    area.check().unwrap();
    let text = AlertText {
        headline: "Snowstorm".into(),
        event: "Snow".into(),
        sender_name: "Kazhydromet".into(),
        steps: vec!["Stay home.".into()],
        why: "Wind of 25 m/s.".into(),
        web: "https://example.org/alert".into(),
        contact: "112".into(),
    };
    let least = AlertText { headline: "Буран".into(), ..AlertText::default() };
    let part = AlertPart {
        severity: Severity::Moderate,
        urgency: Urgency::Future,
        certainty: Certainty::Likely,
        effective: at("2026-03-01T05:00:00Z"),
        onset: Some(at("2026-03-02T05:00:00Z")),
        expires: at("2026-03-03T05:00:00Z"),
        areas: vec![area],
        texts: [("en", text), ("ru", least)].into_iter().map(|(tag, text)| (tag.parse().unwrap(), text)).collect(),
    };
    let alert = RelayedAlert {
        message_type: MessageType::Update,
        sender: "met@example.org".into(),
        identifier: "2.49.0.0.398.0.KZ.1".into(),
        sent: at("2026-03-01T05:00:00Z"),
        parts: vec![part],
    };
    assert_json_snapshot!("a_relayed_alert", of("alert.kz", Body::RelayedAlert(alert)));
    let anyone = Relay { sender: "*".into(), names: Words::default(), countries: Vec::new() };
    let named = Relay { sender: "met@example.org".into(), names: words(), countries: vec!["KZ".parse().unwrap()] };
    let list = RelayList { relays: vec![named, anyone] };
    assert_json_snapshot!("a_relay_list", of("relay-list", Body::RelayList(list)));
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
            texts: languages().into_iter().map(|tag| (tag, text.clone())).collect::<Texts<_>>(),
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
            languages: vec![Lang::Kk.into(), Lang::Ru.into()],
            number: "+442079460123".parse().unwrap(),
            text: Some(TextWay::Chat(chat_link())),
            state: LineState::Moved,
            moved_to: "+442079460124".parse().ok(),
            demo: true,
            verified_at: at("2026-02-01T00:00:00Z"),
        })
    ));
}

#[test]
fn a_frame_its_head_and_the_watermark_over_both() {
    let frame = crossed(Frame { seq: 1, prev: Hash::ZERO, entry: unsigned("{\"id\":\"a\"}") });
    assert_json_snapshot!("a_frame", frame);
    assert_json_snapshot!("a_snapshot_line", crossed(SnapshotLine { seq: 1, entry: frame.entry.clone() }));
    let head = crossed(head(1, frame.hash(), "2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z"));
    assert_json_snapshot!("a_head", head);
    assert_json_snapshot!("a_watermark", crossed(watermark(1, frame.hash(), "2026-03-01T06:00:00Z")));
}

#[test]
fn a_key_set_and_its_signed_form() {
    let root = [signatory("root-1", 1)];
    let keys = vec![
        named(publisher(), Role::Publish, 1, Some(9)),
        named(header(), Role::Head, 0, None),
        NamedKey { void: vec![Positions { from: 4, until: Some(5) }], ..named(desk(), Role::Watermark, 0, None) },
        named(&signatory("gateway-1", 6), Role::Gateway, 0, None),
        named(&signatory("consular-1", 4), Role::Consular, 0, None),
    ];
    let set = crossed(KeySet { number: 1, roots: roots(1, &root), keys });
    assert_json_snapshot!("a_key_set", set);
    insta::assert_snapshot!("a_signed_key_set", sign_by_all(&root, &set).unwrap());
}

#[test]
fn a_signed_entry() {
    // Ed25519 is deterministic: the same key and words give the same signature on every machine
    let signed: Jws = crossed(publisher().sign(&entry("level.ae", 1)).unwrap());
    assert_json_snapshot!(signed);
    insta::assert_snapshot!("a_signed_entry_in_compact_form", signed.compact());
}

pub fn profile() -> Profile {
    Profile {
        identifier: "kz.saparlas.demo".into(),
        name: words(),
        demo: true,
        languages: languages(),
        front: "http://127.0.0.1:8080".into(),
        roots: roots(2, &[signatory("root-1", 1), signatory("root-2", 2)]),
        home_country: "KZ".parse().unwrap(),
        home_time_zone: "Asia/Almaty".into(),
        home_city: Words::new("Астана", "Астана", "Astana"),
        line: ProfileLine { name: words(), hours: Hours::Always, number: "+442079460100".parse().unwrap() },
        disputed: vec![DisputedPlace {
            area: Area { country: "XK".parse().ok(), ..Area::default() },
            claims: vec!["RS".parse().unwrap(), "XK".parse().unwrap()],
            counts_as: "RS".parse().ok(),
            note: words(),
        }],
        law: Law {
            country: "KZ".parse().unwrap(),
            responsible: words(),
            consents: [("registering".to_owned(), ConsentText { version: 1, text: words() })].into_iter().collect(),
            retention: Retention {
                trip: 30,
                check_in: 30,
                case: 365,
                message: 365,
                sms: 30,
                call: 90,
                audit: 1825,
                backup: 30,
            },
            breach: words(),
        },
        shipped: Some(Shipped {
            keys: vec!["{}".into()],
            watermark: "protected.payload.signature".into(),
            snapshot: "{}\n".into(),
        }),
    }
}

#[test]
fn a_profile_and_its_fingerprint() {
    let profile = crossed(profile());
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
fn the_words_that_code_matches_on() {
    use CallOutcome::{Called, ForOthers, GotThrough, StillNeedHelp, TappedByMistake};
    use CheckInStatus::{Left, NeedHelp, Safe, Stranded};
    assert_json_snapshot!("call_outcomes", [Called, GotThrough, StillNeedHelp, TappedByMistake, ForOthers]);
    assert_json_snapshot!("check_in_statuses", [Safe, NeedHelp, Left, Stranded]);
    assert_json_snapshot!("line_states", [LineState::Open, LineState::Overloaded, LineState::Closed, LineState::Moved]);
    assert_json_snapshot!("problem_codes", Code::KNOWN);
    assert_json_snapshot!(
        "refusals",
        [
            Refusal::TooLarge,
            Refusal::Malformed,
            Refusal::UnknownKey,
            Refusal::BadSignature,
            Refusal::Unreadable,
            Refusal::AppTooOld,
            Refusal::OutsideKeyRange,
            Refusal::VoidedKey,
            Refusal::NotConfirmed,
            Refusal::ThresholdNotMet,
            Refusal::NotTheNextKeySet,
            Refusal::LowerVersion,
            Refusal::VersionSkipped,
            Refusal::KindChanged,
            Refusal::Conflict,
            Refusal::OlderHead,
            Refusal::ExpiredHead,
            Refusal::AgainstWatermark,
            Refusal::OlderWatermark,
            Refusal::BrokenChain,
            Refusal::WrongSnapshot,
        ]
    );
}
