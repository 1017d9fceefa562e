//! A full disk loses nothing that was saved, and the store works once there is room again.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use super::{NOW, open, open_as, trip_id, trips};
use testkit::Ministry;

use crate::{
    error::{Failure, FailureCode, Trouble},
    store::StoreError,
    testing::dubai,
};

/// A small file system of its own, gone when dropped.
pub struct Mount {
    folder: tempfile::TempDir,
}

impl Mount {
    /// `None`, said aloud, where this user may not mount. In CI that is a failure.
    pub fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            assert!(std::env::var_os("CI").is_none(), "nothing can be mounted here");
            eprintln!("skipped: not root");
            return None;
        }
        Some(Self { folder })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn fill(&self) {
        let mut file = fs::File::create(self.path().join("filler")).unwrap();
        while file.write_all(&[7; 4096]).is_ok() {}
        while file.write_all(&[7]).is_ok() {}
    }

    pub fn make_room(&self) {
        fs::remove_file(self.path().join("filler")).unwrap();
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // lazily: a process that another test is starting holds our files until it is there
        let unmounted = Command::new("umount").arg("--lazy").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

#[test]
fn a_full_disk_is_told_and_nothing_that_was_saved_is_lost() {
    let Some(mount) = Mount::new("1m") else { return };
    let store = open(mount.path());
    store.save_trip(trip_id(0), &dubai()).unwrap();
    mount.fill();
    // what is left of the last page of the log is used up first
    let mut kept = 1;
    let failure = loop {
        match store.save_trip(trip_id(kept), &dubai()) {
            Ok(()) => kept += 1,
            Err(error) => break Failure::from(error),
        }
        assert!(kept < 1000, "the disk never fills");
    };
    assert_eq!(failure.code, FailureCode::DiskFull);
    assert_eq!(trips(&store).len() as u64, kept);
    assert_eq!(store.outbox().unwrap().len() as u64, kept, "a trip without its place in the outbox, or the reverse");
    mount.make_room();
    store.save_trip(trip_id(kept), &dubai()).unwrap();
    drop(store);
    let trips = trips(&open(mount.path()));
    assert!((0..=kept).all(|seed| trips.iter().any(|(id, draft)| *id == trip_id(seed) && *draft == dubai())));
}

#[test]
fn a_disk_that_was_full_while_the_app_was_closed_is_told_and_the_trips_are_kept() {
    let Some(mount) = Mount::new("1m") else { return };
    open(mount.path()).save_trip(trip_id(1), &dubai()).unwrap();
    mount.fill();
    let trouble = open_as(mount.path(), &Ministry::new(1).profile(), NOW).err();
    assert!(matches!(trouble, Some(Trouble::DiskFull | Trouble::FolderNotWritable)), "{trouble:?}");
    mount.make_room();
    assert_eq!(trips(&open(mount.path())), [(trip_id(1), dubai())]);
}

#[test]
fn other_trouble_of_the_store_is_not_told_as_a_full_disk() {
    let unreadable = serde_json::from_str::<u32>("x").unwrap_err();
    assert_eq!(Failure::from(StoreError::from(unreadable)).code, FailureCode::StoreUnavailable);
    let no_rows = StoreError::from(rusqlite::Error::QueryReturnedNoRows);
    assert_eq!(Failure::from(no_rows).code, FailureCode::StoreUnavailable);
}
