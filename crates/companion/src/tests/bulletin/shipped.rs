//! What came with the app is there at once, and never stands over what the ministry has said since.

use contract::profile::{Profile, Shipped};

use crate::testing::{Device, Ministry, advisory_entry};

const NOW: &str = "2026-03-01T12:00:00Z";

/// A device whose app was made when the ministry had said one thing, in this version.
fn device(version: u32, change: impl FnOnce(&mut Shipped)) -> Device {
    let ministry = Ministry::new(1);
    let entries = vec![ministry.sign(&advisory_entry("advisory.ae", version, "AE"))];
    let mut shipped = Shipped { keys: ministry.key_set(), entries };
    change(&mut shipped);
    Device::with_profile(NOW, |profile| Profile { shipped: Some(shipped), ..profile })
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
    for (version, expected) in [(3, 3), (1, 2)] {
        let mut device = device(2, |_| ());
        device.ministry.publish(&advisory_entry("advisory.ae", version, "AE"));
        device.catch_up();
        assert_eq!(shown(&device), [expected]);
        assert!(!device.view().contact.may_be_stale);
    }
}

#[test]
fn what_the_ministry_did_not_sign_is_not_believed_and_the_app_opens() {
    let altered = device(1, |shipped| shipped.entries[0].push('x'));
    assert!(shown(&altered).is_empty());
    let of_another = device(1, |shipped| shipped.keys = Ministry::new(2).key_set());
    assert!(shown(&of_another).is_empty());
    let no_keys = device(1, |shipped| shipped.keys = "{".into());
    assert!(shown(&no_keys).is_empty());
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
    let mut device = Device::new(NOW);
    device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    device.catch_up();
    let newer = device.ministry.sign(&advisory_entry("advisory.ae", 2, "AE"));
    let shipped = Shipped { keys: device.ministry.key_set(), entries: vec![newer] };
    let device = device.reopened_with(|profile| Profile { shipped: Some(shipped), ..profile });
    assert_eq!(shown(&device), [2]);
    assert!(!device.view().contact.may_be_stale, "and its place in the log is as it was");
}
