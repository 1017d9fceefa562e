//! The desk's word: it confirms, it never goes back, and neither a broken front nor a wrong clock gets past it.

use contract::log::{LogPosition, Watermark};

use super::*;

#[test]
fn a_rollback_is_refused() {
    let mut device = Device::new();
    device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let older = device.ministry.watermark("2026-03-01T05:00:00Z");
    assert_eq!(device.take_watermark(&older), Err(Some(Refusal::OlderWatermark)));
    let fewer = device.ministry.watermark_of(LogPosition::default(), 0, "", NOW);
    assert_eq!(device.take_watermark(&fewer), Err(Some(Refusal::OlderWatermark)));
}

#[test]
fn a_freeze_is_seen_within_a_day() {
    let device = Device::new();
    assert!(device.bulletin.is_confirmed(at("2026-03-02T05:59:59Z")));
    assert!(!device.bulletin.is_confirmed(at("2026-03-02T06:00:00Z")));
    assert!(device.bulletin.may_be_stale(at("2026-03-02T06:00:00Z")));
    assert_eq!(device.shown(), [ae(2)], "and nothing vanishes");
}

#[test]
fn what_the_front_mixes_and_matches_is_refused() {
    let mut device = Device::new();
    // the head of one log, the watermark of another
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let fork = LogPosition { seq: 2, hash: Hash::of(b"another log") };
    device.take_watermark(&device.ministry.watermark(NOW)).unwrap();
    assert_eq!(device.take_head(&device.ministry.head_of(fork, NOW)), Err(Some(Refusal::AgainstWatermark)));
    device.take(&frame).unwrap();
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Nothing));
}

#[test]
fn a_head_that_a_watermark_contradicts_is_dropped_and_its_log_put_right() {
    let mut device = Device::new();
    let lie = device.ministry.next(device.ministry.sign(&advisory_entry("advisory.om", 1, "OM")));
    device.take(&lie).unwrap();
    let hash = lie.hash();
    let held = device.ministry.head_of(LogPosition { seq: 2, hash }, NOW);
    assert_eq!(device.take_head(&held), Ok(Missing::Nothing));
    device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    device.take_watermark(&device.ministry.watermark(NOW)).unwrap();
    assert!(device.bulletin.may_be_stale(at(NOW)), "the head is believed no longer");
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(device.snapshot_named()));
    device.take_snapshot(&device.ministry.snapshot()).unwrap();
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Nothing));
}

#[test]
fn a_fast_forward_by_a_stolen_key_ends_with_the_key() {
    let mut device = Device::new();
    let far = LogPosition { seq: 1_000_000_000_000, hash: Hash::of(b"far") };
    device.take_watermark(&device.ministry.watermark_of(far, 1, "", NOW)).unwrap();
    let honest = device.ministry.watermark(NOW);
    assert_eq!(device.take_watermark(&honest), Err(Some(Refusal::OlderWatermark)));
    // the ministry takes the key away
    let mut keys = device.ministry.named_keys();
    keys[2].valid = vec![contract::keys::Positions { from: 0, until: Some(1) }];
    device.take_key_set(&device.ministry.key_set_of(2, keys)).unwrap();
    device.ministry.keys = 2;
    assert_eq!(device.take_watermark(&device.ministry.watermark(NOW)), Ok(()));
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn an_expired_watermark_still_proves_what_it_covers() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    device.take_watermark(&device.ministry.watermark("2026-01-01T00:00:00Z")).unwrap();
    device.take_snapshot(&device.ministry.snapshot()).unwrap();
    assert_eq!(device.shown(), [ae(2)]);
    assert!(!device.bulletin.is_confirmed(at(NOW)));
}

#[test]
fn time_is_raised_by_the_ministry_alone_and_never_far() {
    let device = Device::new();
    assert_eq!(device.bulletin.time(at("2026-03-01T03:00:00Z")), at(EARLY), "three hours slow");
    assert_eq!(device.bulletin.time(at("2025-03-01T06:00:00Z")), at("2025-03-02T07:00:00Z"), "a year slow");
    assert_eq!(device.bulletin.time(at(NOW)), at(NOW));
    assert!(device.bulletin.is_clock_behind(at("2026-03-01T03:00:00Z")) && !device.bulletin.is_clock_behind(at(NOW)));
}

#[test]
fn a_desk_whose_clock_was_a_year_fast_once_makes_nobody_deaf() {
    for is_higher in [false, true] {
        let mut device = Device::new();
        device.take_watermark(&device.ministry.watermark("2027-03-01T06:00:00Z")).unwrap();
        let floor = device.bulletin.time(at(NOW));
        assert_eq!(floor, at("2026-03-02T08:00:00Z"), "25 hours above the device's own clock");
        assert!(!device.bulletin.is_confirmed(floor), "nothing is confirmed for a year");
        assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Nothing), "what comes now is heard");
        if is_higher {
            let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
            device.take(&frame).unwrap();
            assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Nothing));
        }
        let fewer = device.ministry.watermark_of(LogPosition::default(), 0, "", NOW);
        assert_eq!(device.take_watermark(&fewer), Err(Some(Refusal::OlderWatermark)), "the log never goes back");
        let elsewhere = LogPosition { seq: 1, hash: Hash::of(b"another log") };
        let other = device.ministry.watermark_of(elsewhere, 1, &device.ministry.snapshot(), NOW);
        assert_eq!(device.take_watermark(&other), Err(Some(Refusal::Conflict)));
        device.take_watermark(&device.ministry.watermark(NOW)).unwrap();
        device.reload();
        assert_eq!(device.bulletin.time(at(NOW)), at(NOW));
        assert!(device.bulletin.is_confirmed(at(NOW)));
    }
}

#[test]
fn a_snapshot_says_what_is_over() {
    let mut device = Device::new();
    let qa = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    device.take(&qa).unwrap();
    let by_qr = device.ministry.sign(&advisory_entry("advisory.om", 1, "OM"));
    device.take_alone(&by_qr).unwrap();
    // the ministry's desk no longer counts the one from Qatar among the living
    device.ministry.live.remove(&qa_id());
    device.take_watermark(&device.ministry.watermark(NOW)).unwrap();
    device.bulletin.want_snapshot(&device.store).unwrap();
    device.take_snapshot(&device.ministry.snapshot()).unwrap();
    let om = ("advisory.om".to_owned(), 1);
    assert_eq!(device.shown(), [ae(2), om.clone()], "what came without a place keeps its own end");
    device.reload();
    assert_eq!(device.shown(), [ae(2), om]);
}

fn qa_id() -> contract::ids::EntryId {
    "advisory.qa".parse().unwrap()
}

#[test]
fn behind_a_snapshot_the_frames_are_followed_to_the_watermark() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    let snapshot = device.ministry.snapshot();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let watermark = device.ministry.watermark_of(device.ministry.position, 1, &snapshot, EARLY);
    device.take_watermark(&watermark).unwrap();
    device.take_snapshot(&snapshot).unwrap();
    assert_eq!(device.take_head(&device.ministry.head(EARLY)), Ok(Missing::Frames { from: 2, to: 2, newest: 2 }));
    // a frame of another log gets no further than the watermark
    let lie = Frame { prev: Hash::of(b"another log"), ..frame.clone() };
    assert_eq!(device.take(&lie), Err(Some(Refusal::AgainstWatermark)));
    device.take_snapshot(&snapshot).unwrap();
    device.take(&frame).unwrap();
    assert_eq!(device.take_head(&device.ministry.head(EARLY)), Ok(Missing::Nothing));
}

#[test]
fn a_watermark_of_an_unknown_key_is_refused() {
    let mut device = Device::new();
    let theirs = Ministry::new(2).watermark(NOW);
    assert_eq!(device.take_watermark(&theirs), Err(Some(Refusal::BadSignature)));
    let by_the_front = Watermark {
        seq: 1,
        hash: device.ministry.position.hash,
        snapshot: contract::log::SnapshotName { seq: 1, hash: Hash::of(b"") },
        keys: 1,
        issued_at: at(NOW),
        expires_at: at("2026-03-02T07:00:00Z"),
    };
    let by_the_front = device.ministry.header.sign(&by_the_front).unwrap().compact();
    assert_eq!(device.take_watermark(&by_the_front), Err(Some(Refusal::UnknownKey)));
}
