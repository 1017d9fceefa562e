//! Documents that a newer ministry signs: what this app does not know keeps its place and takes nothing away.

use contract::{
    jws::{Document, Purpose},
    keys::KeySet,
    log::{Head, Watermark},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::*;

/// What a newer ministry signs, whatever it holds.
#[derive(Serialize)]
#[serde(transparent)]
struct Future(Value);

macro_rules! future {
    ($name:ident as $purpose:ident) => {
        #[derive(Serialize)]
        #[serde(transparent)]
        struct $name(Value);

        impl Document for $name {
            const PURPOSE: Purpose = Purpose::$purpose;

            fn read(_: &str) -> Result<Self, Refusal> {
                Err(Refusal::Unreadable)
            }
        }
    };
}

future!(FutureHead as Head);
future!(FutureWatermark as Watermark);
future!(FutureKeys as Keys);

impl Document for Future {
    const PURPOSE: Purpose = Purpose::Entry;

    fn read(_: &str) -> Result<Self, Refusal> {
        Err(Refusal::Unreadable)
    }
}

fn sign(device: &Device, entry: Value) -> Jws {
    device.ministry.publisher.sign(&Future(entry)).unwrap()
}

fn advisory_of(version: u32, change: impl FnOnce(&mut Value)) -> Value {
    let mut value = serde_json::to_value(advisory_entry("advisory.ae", version, "AE")).unwrap();
    change(&mut value);
    value
}

/// Appends what a newer ministry says, and takes it.
fn hear(device: &mut Device, entry: Value) {
    let jws = sign(device, entry);
    let frame = device.ministry.append(jws);
    device.take(&frame).unwrap();
    assert_eq!(device.followed(), frame.seq);
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Nothing), "the place holds");
}

#[test]
fn an_entry_of_a_newer_kind_keeps_its_place_and_is_not_shown() {
    let mut device = Device::new();
    let song = json!({"id": "song.ae", "version": 1, "issued_at": EARLY, "kind": "song", "body": {"url": "x"}});
    hear(&mut device, song);
    assert_eq!(device.shown(), [ae(2)]);
    assert!(!device.bulletin.is_too_new());
}

#[test]
fn unknown_fields_and_words_are_read_past() {
    let mut device = Device::new();
    let newer = advisory_of(3, |value| {
        value["mood"] = json!("calm");
        value["body"]["colour"] = json!("red");
        value["body"]["severity"] = json!("apocalyptic");
        value["body"]["announced"] = json!("by_drum");
        value["body"]["texts"]["uz"] = json!({"headline": "Sarlavha", "steps": ["Qadam"], "why": "Sabab"});
    });
    hear(&mut device, newer);
    assert_eq!(device.shown(), [ae(3)]);
    let (_, advisory) = device.bulletin.advisories().next().unwrap();
    assert_eq!(advisory.texts.get("uz").unwrap().headline, "Sarlavha");
    device.reload();
    assert_eq!(device.shown(), [ae(3)]);
}

#[test]
fn a_shape_that_is_not_known_keeps_the_version_held() {
    let mut device = Device::new();
    hear(&mut device, advisory_of(3, |value| value["body"]["areas"] = json!("everywhere")));
    assert_eq!(device.shown(), [ae(2)]);
    hear(&mut device, json!({"what": "is this"}));
    assert_eq!(device.shown(), [ae(2)]);
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
    hear(&mut device, advisory_of(4, |_| ()));
    assert_eq!(device.shown(), [ae(4)]);
}

#[test]
fn a_demand_that_is_not_known_keeps_the_version_held_and_says_that_the_app_is_too_old() {
    let mut device = Device::new();
    hear(&mut device, advisory_of(3, |value| value["must"] = json!(["fly"])));
    for restart in [false, true] {
        if restart {
            device.reload();
        }
        assert_eq!(device.shown(), [ae(2)]);
        assert!(device.bulletin.is_too_new());
    }
    hear(&mut device, advisory_of(4, |_| ()));
    assert_eq!(device.shown(), [ae(4)]);
    assert!(!device.bulletin.is_too_new());
}

#[test]
fn a_snapshot_with_lines_from_the_future_is_taken_but_for_them() {
    let mut device = Device::new();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    device.take(&frame).unwrap();
    let unreadable = sign(&device, advisory_of(3, |value| value["issued_at"] = json!(7)));
    let lines = [
        json!({"seq": 1, "entry": unreadable, "colour": "red"}),
        json!({"seq": 2, "entry": frame.entry}),
        json!({"place": 3}),
    ];
    let snapshot: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let watermark = device.ministry.watermark_of(device.ministry.position, 2, &snapshot, NOW);
    device.take_watermark(&watermark).unwrap();
    device.take_snapshot(&snapshot).unwrap();
    assert_eq!(device.shown(), [ae(2), ("advisory.qa".into(), 1)], "what stands there unreadable keeps what was held");
}

#[test]
fn statements_may_grow_and_may_demand() {
    let mut device = Device::new();
    let head: Value = serde_json::to_value(Head {
        seq: 1,
        hash: device.ministry.position.hash,
        keys: 1,
        issued_at: at(NOW),
        expires_at: at("2026-03-02T07:00:00Z"),
    })
    .unwrap();
    let sign_head = |change: &dyn Fn(&mut Value)| {
        let mut value = head.clone();
        change(&mut value);
        device.ministry.header.sign(&FutureHead(value)).unwrap().compact()
    };
    let (grown, demanding) = (sign_head(&|v| v["moon"] = json!("full")), sign_head(&|v| v["must"] = json!(["fly"])));
    assert_eq!(device.take_head(&demanding), Err(Some(Refusal::AppTooOld)));
    assert_eq!(device.take_head(&grown), Ok(Missing::Nothing));

    let watermark: Value = serde_json::to_value(Watermark {
        seq: 1,
        hash: device.ministry.position.hash,
        snapshot: contract::log::SnapshotName { seq: 1, hash: Hash::of(device.ministry.snapshot().as_bytes()) },
        keys: 1,
        issued_at: at(NOW),
        expires_at: at("2026-03-02T07:00:00Z"),
    })
    .unwrap();
    let sign_watermark = |field: &str, word: Value| {
        let mut value = watermark.clone();
        value[field] = word;
        device.ministry.desk.sign(&FutureWatermark(value)).unwrap().compact()
    };
    let (demanding, grown) = (sign_watermark("must", json!(["fly"])), sign_watermark("moon", json!("full")));
    assert_eq!(device.take_watermark(&demanding), Err(Some(Refusal::AppTooOld)));
    assert_eq!(device.take_watermark(&grown), Ok(()));
}

#[test]
fn a_key_set_with_a_new_role_is_taken_and_one_that_demands_is_not() {
    let mut device = Device::new();
    let set: KeySet = {
        let document: Value =
            serde_json::from_str(&device.ministry.key_set_of(2, device.ministry.named_keys())).unwrap();
        let payload = format!("x.{}.y", document["payload"].as_str().unwrap()).parse::<Jws>().unwrap().payload;
        serde_json::from_str(&payload).unwrap()
    };
    let sign = |change: &dyn Fn(&mut Value)| {
        let mut value = serde_json::to_value(&set).unwrap();
        change(&mut value);
        device.ministry.sign_keys(&FutureKeys(value))
    };
    let demanding = sign(&|value| value["must"] = json!(["fly"]));
    let grown = sign(&|value| value["keys"][3]["role"] = json!("astrologer"));
    assert_eq!(device.take_key_set(&demanding), Err(Some(Refusal::AppTooOld)));
    assert_eq!(device.bulletin.key_set_number(), 1);
    device.take_key_set(&grown).unwrap();
    assert_eq!(device.shown(), [ae(2)]);
}
