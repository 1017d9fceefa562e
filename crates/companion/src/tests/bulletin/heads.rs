//! A head moves the place only on, only within its time, and only once its frames are here.

use contract::{
    hash::Hash,
    jws::Refusal,
    log::{Frame, LogPosition},
};
use testkit::{Ministry, advisory_entry, at};

use super::{Device, EARLY, NOW, ae, refusal};
use crate::{bulletin::Missing, store::Setting};

#[test]
fn an_older_head_is_refused() {
    let mut device = Device::new();
    let before = device.ministry.head("2026-03-01T05:59:59Z");
    device.refuses_head(&before, Refusal::OlderHead);
    let fewer = device.ministry.head_of(LogPosition::default(), NOW);
    device.refuses_head(&fewer, Refusal::OlderHead);
}

#[test]
fn an_expired_head_advances_nothing_and_blanks_nothing() {
    let mut device = Device::new();
    device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let late = device.ministry.head(EARLY);
    let answer = device.bulletin.accept_head(&device.store, &late, at("2026-03-02T06:00:00Z"));
    assert_eq!(answer.map_err(refusal), Err(Some(Refusal::ExpiredHead)));
    assert_eq!(device.shown(), [ae(2)]);
    assert!(!device.bulletin.may_be_stale(at("2026-03-02T05:59:59Z")));
    assert!(device.bulletin.may_be_stale(at("2026-03-02T06:00:00Z")));
}

#[test]
fn a_fork_is_refused() {
    let mut device = Device::new();
    let fork = LogPosition { seq: 1, hash: Hash::of(b"another log") };
    device.refuses_head(&device.ministry.head_of(fork, NOW), Refusal::Conflict);
}

#[test]
fn a_head_that_no_head_key_signed_is_refused() {
    let mut device = Device::new();
    device.refuses_head(&Ministry::new(2).head(NOW), Refusal::BadSignature);
    device.refuses_head("", Refusal::Malformed);
    device.refuses_head("<html>sign in</html>", Refusal::Malformed);
}

#[test]
fn a_head_is_not_kept_before_its_frames_are_here() {
    let mut device = Device::new();
    device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let before = device.store.setting(Setting::Head).unwrap();
    device.take_head(&device.ministry.head(NOW)).unwrap();
    assert_eq!(device.store.setting(Setting::Head).unwrap(), before);
}

#[test]
fn a_head_at_the_end_of_all_numbers_panics_nobody_and_silences_nothing() {
    for seq in [1_000_000_000_000, u64::MAX - 1, u64::MAX] {
        let mut device = Device::new();
        let far = LogPosition { seq, hash: Hash::of(b"far") };
        let head = device.ministry.head_of(far, NOW);
        assert_eq!(device.take_head(&head), Ok(Missing::Frames { from: 2, to: 64, newest: seq }));
        let frame = Frame { seq, prev: far.hash, entry: device.ministry.sign(&advisory_entry("advisory.qa", 1, "QA")) };
        device.take(&frame).unwrap();
        assert_eq!((device.followed(), device.shown().len()), (1, 2), "it is shown, and the place stays");
        let next = device.ministry.publish(&advisory_entry("advisory.ae", 3, "AE"));
        device.take(&next).unwrap();
        assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Nothing));
    }
}
