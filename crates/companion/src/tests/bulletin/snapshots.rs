//! A snapshot is believed by the watermark that names it, entry by entry, and takes back nothing newer.

use contract::{hash::Hash, jws::Refusal};
use testkit::{Ministry, advisory_entry, at};

use super::{Device, EARLY, NOW, ae};
use crate::bulletin::Missing;

#[test]
fn a_new_device_takes_the_snapshot_that_the_watermark_names() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    let head = device.ministry.head(EARLY);
    assert!(device.bulletin.may_be_stale(at(NOW)));
    device.take_watermark(&device.ministry.watermark(EARLY)).unwrap();
    assert_eq!(device.take_head(&head), Ok(device.snapshot_named()));
    device.take_snapshot(&device.ministry.snapshot()).unwrap();
    assert_eq!(device.shown(), [ae(2)]);
    assert_eq!(device.followed(), 1);
    assert_eq!(device.take_head(&head), Ok(Missing::Nothing));
    assert!(!device.bulletin.may_be_stale(at(NOW)));
}

#[test]
fn frames_that_led_elsewhere_are_put_right_by_the_snapshot() {
    let mut device = Device::new();
    let elsewhere = device.ministry.next(device.ministry.sign(&advisory_entry("advisory.om", 1, "OM")));
    device.take(&elsewhere).unwrap();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let head = device.ministry.head(NOW);
    let old = Missing::Snapshot { hash: Hash::of(snapshot_before(&device).as_bytes()) };
    assert_eq!(device.take_head(&head), Ok(old));
    device.take_snapshot(&snapshot_before(&device)).unwrap();
    assert_eq!(device.followed(), 1);
    assert_eq!(device.take_head(&head), Ok(Missing::Frames { from: 2, to: 2, newest: 2 }));
    device.take(&frame).unwrap();
    assert_eq!(device.take_head(&head), Ok(Missing::Nothing));
    let om = ("advisory.om".to_owned(), 1);
    assert_eq!(device.shown(), [ae(2), om, ("advisory.qa".into(), 1)], "what was verified does not vanish");
}

#[test]
fn a_snapshot_that_its_watermark_does_not_name_is_refused() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    let snapshot = device.ministry.snapshot();
    device.take_watermark(&device.ministry.watermark(EARLY)).unwrap();
    for other in [String::new(), format!("{snapshot}\n"), snapshot.repeat(2), snapshot.replacen('e', "f", 1)] {
        assert_eq!(device.take_snapshot(&other), Err(Some(Refusal::WrongSnapshot)));
    }
    assert!(device.shown().is_empty());
    assert_eq!(device.followed(), 0);
    device.reload();
    assert!(device.shown().is_empty());
}

#[test]
fn what_nobody_published_is_left_out_of_a_snapshot_and_spoils_nothing() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    let forged = Ministry::new(2).publish(&advisory_entry("advisory.qa", 1, "QA"));
    let forged = serde_json::json!({ "seq": forged.seq, "entry": forged.entry });
    let snapshot = format!("{forged}\nnot a line\n{}", device.ministry.snapshot());
    let position = device.ministry.position;
    device.take_watermark(&device.ministry.watermark_of(position, 1, &snapshot, EARLY)).unwrap();
    device.take_snapshot(&snapshot).unwrap();
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn a_snapshot_takes_back_nothing_newer_that_is_already_shown() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let (watermark, snapshot) = (device.ministry.watermark(EARLY), device.ministry.snapshot());
    let newer = device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    device.take(&newer).unwrap();
    device.take_watermark(&watermark).unwrap();
    device.take_snapshot(&snapshot).unwrap();
    assert_eq!(device.shown(), [ae(2)]);
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
    device.take(&newer).unwrap();
    assert_eq!(device.followed(), 2);
}

/// The snapshot of the log's first entry.
fn snapshot_before(device: &Device) -> String {
    let mut lines = device.ministry.snapshot().lines().take(1).collect::<Vec<_>>().join("\n");
    lines.push('\n');
    lines
}
