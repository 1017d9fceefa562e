//! What a device sent whose key is lost cannot be taken back from here, and that is said.

use contract::{ids::TripId, record::CheckInStatus};

use super::*;
use crate::{
    store::LeftBehind,
    testing::{dubai, stay, trip},
    view::pages::left::LeftPage,
};

fn page(device: &Device) -> LeftPage {
    device.session().left().unwrap()
}

fn left_behind(device: &Device) -> Vec<LeftBehind> {
    device.session().store.left_behind().unwrap()
}

/// A device whose trip of today and another one the ministry has.
async fn known() -> (Device, TripId) {
    let front = Front::new(|asked| accepted(u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()));
    let device = Device::behind(front, NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    let other = device.session().save_trip(None, &trip(vec![stay("TR", None, "2026-04-01", "2026-04-03")])).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    drain_all(&device).await;
    (device, other)
}

/// The app opened again, where its token cannot be read any more.
fn without_its_key(device: Device) -> Device {
    device.session().store.lock().execute("DELETE FROM closed_setting WHERE name = 'device_token'", []).unwrap();
    device.reopened()
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_before_is_the_lost_device_s_and_so_are_deletions_that_it_did_not_hear_of() {
    let (device, other) = known().await;
    let before = device.session().store.identity().unwrap().unwrap().id;
    assert_eq!(left_behind(&device), []);
    device.session().delete_trip(other).unwrap();
    // deleted before the ministry heard of it
    let never_sent =
        device.session().save_trip(None, &trip(vec![stay("TR", None, "2026-05-01", "2026-05-03")])).unwrap();
    device.session().delete_trip(never_sent).unwrap();
    let device = without_its_key(device);
    let at = NOW.parse().unwrap();
    assert_eq!(left_behind(&device), [LeftBehind { at, device: Some(before), deletions: 1 }]);
    let shown = page(&device).left_behind.remove(0);
    assert_eq!(shown.device, Some(before.to_string()));
    assert_eq!(shown.responsible, device.session().profile.law.responsible, "who can be asked");
    // to erase everything changes nothing of it
    device.session().erase().unwrap();
    let page = page(&device);
    assert!(page.erased.is_some_and(|erased| erased.waits && erased.gone_at.is_none()));
    assert_eq!(page.left_behind, [shown]);
    assert_eq!(left_behind(&device.reopened()).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_sent_nothing_left_nothing_behind() {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    let device = without_its_key(device);
    assert_eq!(left_behind(&device), []);
    device.session().erase().unwrap();
    assert_eq!(left_behind(&device), []);
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_and_not_answered_may_be_there() {
    let device = Device::behind(Front::new(|_| Reply::Lost), NOW);
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    drain(device.session(), &mut Rests::default()).await.unwrap();
    assert_eq!(left_behind(&without_its_key(device)).len(), 1);
}

/// Nobody has the key at this start, and all is erased before another start may find it.
#[tokio::test(start_paused = true)]
async fn who_erases_everything_without_the_key_is_told_that_the_ministry_cannot_be_asked() {
    let (device, _) = known().await;
    device.session().store.lock().execute("DELETE FROM closed_setting WHERE name = 'device_token'", []).unwrap();
    device.session().erase().unwrap();
    let page = page(&device);
    assert!(page.erased.is_some_and(|erased| !erased.waits && erased.gone_at.is_none()));
    assert_eq!(page.left_behind.len(), 1);
}

/// Of a file that is no database nothing is known: what it held may have been sent.
#[tokio::test(start_paused = true)]
async fn who_lost_the_whole_file_is_told_too() {
    let (device, _) = known().await;
    let Device { companion, folder, .. } = device;
    drop(companion);
    for name in ["saparlas.db-wal", "saparlas.db-shm"] {
        let _gone = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::write(folder.path().join("saparlas.db"), "no database at all".repeat(1000)).unwrap();
    let device = Device::over(folder, NOW);
    assert_eq!(left_behind(&device), [LeftBehind { at: NOW.parse().unwrap(), device: None, deletions: 0 }]);
    assert!(device.view().mended.unwrap().new_device);
}
