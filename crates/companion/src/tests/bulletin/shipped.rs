//! What came with the app is there at once, and never stands over what the ministry has said since.

use contract::profile::{Profile, Shipped};
use testkit::{Ministry, advisory_entry};

use crate::testing::Device;

const NOW: &str = "2026-03-01T12:00:00Z";

/// A device whose app was made when the ministry had said one thing, in this version.
fn device(version: u32, change: impl FnOnce(&mut Shipped)) -> Device {
    let mut ministry = Ministry::new(1);
    ministry.publish(&advisory_entry("advisory.ae", version, "AE"));
    let mut shipped = ministry.shipped("2026-01-01T00:00:00Z");
    change(&mut shipped);
    Device::of_ministry(ministry, NOW, |profile| Profile { shipped: Some(shipped), ..profile })
}

fn shown(device: &Device) -> Vec<u32> {
    device.view().advisories.iter().map(|advisory| advisory.version).collect()
}

#[test]
fn what_came_with_the_app_is_shown_and_looks_no_fresher_than_it_is() {
    let device = device(2, |_| ());
    assert_eq!(shown(&device), [2]);
    let contact = device.view().contact;
    assert!(contact.may_be_stale && contact.last_heard.is_none());
}

#[test]
fn a_newer_word_stands_over_it_and_an_older_one_does_not() {
    let mut newer = device(2, |_| ());
    newer.ministry.publish(&advisory_entry("advisory.ae", 3, "AE"));
    newer.catch_up();
    assert_eq!(shown(&newer), [3]);
    assert!(!newer.view().contact.may_be_stale);

    let mut older = device(2, |_| ());
    let frame = older.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    assert!(older.session().accept_frame(&frame).is_err());
    assert_eq!(shown(&older), [2]);
}

#[test]
fn what_the_ministry_did_not_sign_is_not_believed_and_the_app_opens() {
    let altered = device(1, |shipped| shipped.snapshot.push('x'));
    assert!(shown(&altered).is_empty());
    let of_another = device(1, |shipped| shipped.keys = vec![Ministry::new(2).key_set()]);
    assert!(shown(&of_another).is_empty());
    let no_keys = device(1, |shipped| shipped.keys = vec!["{".into()]);
    assert!(shown(&no_keys).is_empty());
    let another_desk = device(1, |shipped| shipped.watermark = Ministry::new(2).watermark(NOW));
    assert!(shown(&another_desk).is_empty());
}

#[test]
fn on_the_next_start_what_was_heard_since_is_kept() {
    let mut device = device(1, |_| ());
    device.catch_up();
    device.hear(&advisory_entry("advisory.ae", 2, "AE"));
    assert_eq!(shown(&device.reopened()), [2]);
}

#[test]
fn a_newer_app_brings_its_newer_words_to_a_device_that_has_heard_before() {
    let mut device = Device::new("2026-03-01T06:00:00Z");
    device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    device.catch_up();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    let shipped = device.ministry.shipped(NOW);
    let device = device.reopened_with(|profile| Profile { shipped: Some(shipped), ..profile });
    assert_eq!(shown(&device), [2]);
    assert!(device.view().contact.confirmed, "the desk's word came with it");
}
