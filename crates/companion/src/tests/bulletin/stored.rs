//! What the device kept is verified again whenever it is read.

use super::*;

#[test]
fn a_row_altered_by_hand_is_not_shown() {
    let mut device = Device::new();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    device.take(&frame).unwrap();
    // another letter in the payload
    let altered =
        "UPDATE signed_entry SET jws = substr(jws, 1, 120) || 'A' || substr(jws, 122) WHERE id = 'advisory.qa'";
    assert_eq!(device.by_hand(altered), 1);
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn a_row_put_in_by_hand_is_shown_only_where_the_ministry_signed_it() {
    let mut device = Device::new();
    let theirs = Ministry::new(2).sign(&advisory_entry("advisory.qa", 1, "QA"));
    device.by_hand(&format!("INSERT INTO signed_entry (id, version, jws) VALUES ('advisory.qa', 1, '{theirs}')"));
    device.by_hand("INSERT INTO signed_entry (id, version, jws) VALUES ('advisory.om', 1, 'nothing')");
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn a_key_set_put_in_by_hand_makes_nothing_believed() {
    let mut device = Device::new();
    let theirs = Ministry::new(2).key_set();
    device.store.keep_key_set(1, &theirs).unwrap();
    device.reload();
    assert_eq!(device.bulletin.key_set_number(), 0);
    assert!(device.shown().is_empty());
    assert_eq!(device.followed(), 0);
}

#[test]
fn a_head_put_in_by_hand_is_not_held() {
    let mut device = Device::new();
    device.store.set(Setting::Head, &Ministry::new(2).head(NOW)).unwrap();
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
    assert!(device.bulletin.may_be_stale(at(NOW)));
}

#[test]
fn without_keys_nothing_is_believed() {
    let mut device = Device::empty();
    device.bulletin = Bulletin::default();
    let frame = device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    device.refuses(&frame, Refusal::UnknownKey);
}
