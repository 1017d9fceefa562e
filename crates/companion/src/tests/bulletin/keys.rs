//! Key sets chain; what a key signed counts by its ranges, and a void takes away what stood on it.

use contract::keys::{NamedKey, Positions};

use super::*;

/// The publishing key's ranges in the next key set.
fn with_publish(ministry: &Ministry, valid: Vec<Positions>, void: Vec<Positions>) -> String {
    let mut keys = ministry.named_keys();
    keys[0] = NamedKey { valid, void, ..keys[0].clone() };
    ministry.key_set_of(ministry.keys + 1, keys)
}

#[test]
fn sets_are_taken_one_by_one() {
    let mut device = Device::new();
    let keys = device.ministry.named_keys();
    assert_eq!(device.take_key_set(&device.ministry.key_set_of(3, keys.clone())), Err(Some(Refusal::NotTheNextKeySet)));
    device.take_key_set(&device.ministry.key_set_of(2, keys.clone())).unwrap();
    device.take_key_set(&device.ministry.key_set_of(3, keys)).unwrap();
    assert_eq!(device.bulletin.key_set_number(), 3);
    device.reload();
    assert_eq!((device.bulletin.key_set_number(), device.shown()), (3, vec![ae(2)]));
}

#[test]
fn a_set_that_too_few_roots_signed_is_refused() {
    let mut device = Device::new();
    let whole = device.ministry.key_set_of(2, device.ministry.named_keys());
    let mut unsigned: serde_json::Value = serde_json::from_str(&whole).unwrap();
    unsigned["signatures"] = serde_json::json!([]);
    assert_eq!(device.take_key_set(&unsigned.to_string()), Err(Some(Refusal::ThresholdNotMet)));
    let strangers = Ministry::new(2).key_set_of(2, device.ministry.named_keys());
    assert_eq!(device.take_key_set(&strangers), Err(Some(Refusal::BadSignature)));
    assert_eq!(device.bulletin.key_set_number(), 1);
}

#[test]
fn a_head_that_names_a_newer_set_asks_for_it() {
    let mut device = Device::new();
    device.ministry.keys = 2;
    let head = device.ministry.head(NOW);
    assert_eq!(device.take_head(&head), Ok(Missing::KeySet { number: 2 }));
    device.take_key_set(&device.ministry.key_set_of(2, device.ministry.named_keys())).unwrap();
    assert_eq!(device.take_head(&head), Ok(Missing::Nothing));
}

#[test]
fn what_a_voided_key_signed_leaves_the_screen_and_the_version_before_shows_again() {
    let mut device = Device::new();
    let before = device.ministry.snapshot();
    let lie = device.ministry.publish(&advisory_entry("advisory.ae", 3, "AE"));
    device.take(&lie).unwrap();
    assert_eq!(device.shown(), [ae(3)]);
    let all = vec![Positions::ALL];
    let void = vec![Positions { from: 2, until: Some(2) }];
    device.take_key_set(&with_publish(&device.ministry, all, void)).unwrap();
    assert!(device.shown().is_empty(), "as if never seen");
    assert_eq!(device.followed(), 2, "the chain stands");
    device.reload();
    // a snapshot from before the void would bring it back
    let head = device.ministry.head(NOW);
    assert_eq!(device.take_head(&head), Ok(Missing::Watermark));
    device.ministry.keys = 2;
    let watermark = device.ministry.watermark_of(device.ministry.position, 1, &before, NOW);
    device.take_watermark(&watermark).unwrap();
    assert_eq!(device.take_head(&head), Ok(Missing::Snapshot { hash: Hash::of(before.as_bytes()) }));
    device.take_snapshot(&before).unwrap();
    assert_eq!((device.shown(), device.followed()), (vec![ae(2)], 2));
    assert_eq!(device.take_head(&head), Ok(Missing::Nothing));
    // and it does not come back
    device.take(&lie).unwrap_err();
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn without_a_place_an_entry_counts_only_while_its_key_has_no_end() {
    let mut device = Device::new();
    let by_qr = device.ministry.sign(&advisory_entry("advisory.om", 1, "OM"));
    device.take_alone(&by_qr).unwrap();
    assert_eq!(device.shown(), [ae(2), ("advisory.om".into(), 1)]);
    let ended = vec![Positions { from: 0, until: Some(9) }];
    device.take_key_set(&with_publish(&device.ministry, ended, Vec::new())).unwrap();
    assert_eq!(device.shown(), [ae(2)], "what stands where a watermark confirms it stays");
    let another = device.ministry.sign(&advisory_entry("advisory.qa", 1, "QA"));
    assert_eq!(device.take_alone(&another), Err(Some(Refusal::NotConfirmed)));
}

#[test]
fn an_ended_key_s_entry_is_shown_once_a_watermark_proves_its_place() {
    let mut device = Device::new();
    let ended = vec![Positions { from: 0, until: Some(2) }];
    device.take_key_set(&with_publish(&device.ministry, ended, Vec::new())).unwrap();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    device.take(&frame).unwrap();
    assert_eq!((device.shown(), device.followed()), (vec![ae(2)], 2));
    device.reload();
    device.take_watermark(&device.ministry.watermark(NOW)).unwrap();
    assert_eq!(device.shown(), [ae(2), ("advisory.qa".into(), 1)]);
    // beyond its end it signs nothing
    let late = device.ministry.publish(&advisory_entry("advisory.om", 1, "OM"));
    device.passes_over(&late, Refusal::OutsideKeyRange);
}
