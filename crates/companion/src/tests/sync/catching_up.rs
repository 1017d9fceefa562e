//! A phone that was away for long catches up in steps that end: key sets by the dozen, and a log that is served no more.

use contract::hash::Hash;
use testkit::{Ministry, advisory_entry};

use super::*;
use crate::{bulletin::MOST_KEY_SETS_A_RUN, sync::ListenError};

/// A front that serves what the ministry has said, and of its log nothing but what the snapshot holds.
fn front_of(ministry: &Ministry) -> Arc<Front> {
    let (head, watermark, snapshot) = (ministry.head(NOW), ministry.watermark(NOW), ministry.snapshot());
    let sets: Vec<_> = (1..=ministry.keys).map(|number| ministry.key_set_of(number, ministry.named_keys())).collect();
    Front::new(move |asked| {
        let path = asked.line.strip_prefix("GET /v1/bulletin/").unwrap_or_default();
        let (kind, name) = path.split_once('/').unwrap_or((path, ""));
        let said = match kind {
            "head" => Some(head.clone()),
            "watermark" => Some(watermark.clone()),
            "snapshot" if name == Hash::of(snapshot.as_bytes()).to_string() => Some(snapshot.clone()),
            "frames" => return problem(410, "gone"),
            "keys" => name.parse::<usize>().ok().and_then(|number| sets.get(number - 1)).cloned(),
            _ => None,
        };
        said.map_or_else(|| problem(404, "not_found"), |text| Reply::Answer(200, Vec::new(), text))
    })
}

fn shown(device: &Device) -> Vec<String> {
    let bulletin = device.session().bulletin();
    bulletin.advisories().map(|(entry, _)| entry.id.to_string()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_chain_of_more_key_sets_than_a_run_takes_is_followed_in_several() {
    let mut ministry = Ministry::new(1);
    ministry.keys = 2 * MOST_KEY_SETS_A_RUN + 10;
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let front = front_of(&ministry);
    let device = Device::behind(front.clone(), NOW);
    let session = device.session();
    for run in 1..=2 {
        let error = catch_up(session).await.unwrap_err();
        assert!(matches!(error, ListenError::MoreKeySets), "{error}");
        assert_eq!(front.asked("GET /v1/bulletin/keys").len(), (run * MOST_KEY_SETS_A_RUN) as usize);
        assert_eq!(session.bulletin().key_set_number(), run * MOST_KEY_SETS_A_RUN);
    }
    catch_up(session).await.unwrap();
    assert_eq!(session.bulletin().key_set_number(), ministry.keys);
    assert_eq!(shown(&device), ["advisory.ae"]);
    assert!(!device.view().contact.may_be_stale);
}

#[tokio::test(start_paused = true)]
async fn where_the_next_frame_is_served_no_more_the_snapshot_is_taken_and_the_phone_is_whole() {
    let mut ministry = Ministry::new(1);
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let (early, snapshot) = (ministry.watermark("2026-03-01T06:00:00Z"), ministry.snapshot());
    let early_head = ministry.head("2026-03-01T06:00:00Z");
    ministry.live.clear();
    for version in 1..=70 {
        ministry.publish(&advisory_entry("advisory.qa", version, "QA"));
    }
    let front = front_of(&ministry);
    let device = Device::behind(front.clone(), NOW);
    let session = device.session();
    {
        let mut bulletin = session.bulletin();
        bulletin.accept_key_set(&session.store, &session.profile, &ministry.key_set()).unwrap();
        bulletin.accept_watermark(&session.store, &early, session.now()).unwrap();
        bulletin.accept_snapshot(&session.store, &snapshot).unwrap();
        bulletin.accept_head(&session.store, &early_head, session.now()).unwrap();
    }
    assert_eq!(shown(&device), ["advisory.ae"]);
    catch_up(session).await.unwrap();
    assert_eq!(front.asked("GET /v1/bulletin/frames").len(), 1);
    assert_eq!(shown(&device), ["advisory.qa"], "what the snapshot no longer holds is over");
    assert_eq!(session.bulletin().followed_seq(), 71);
    let contact = device.view().contact;
    assert!(contact.confirmed && !contact.may_be_stale && contact.refused.is_none(), "{contact:?}");
}
