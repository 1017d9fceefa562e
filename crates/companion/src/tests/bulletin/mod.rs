//! Nothing unverified is shown, nothing verified vanishes, and the place in the log moves only along the chain.

mod shipped;
mod stored;

use contract::{
    entry::Body,
    entry::advisory::MessageType,
    jws::Refusal,
    log::{Frame, Hash, Place},
};

use crate::{
    bulletin::*,
    store::{Setting, Store},
    testing::{Ministry, advisory, advisory_entry, at, entry},
};

const EARLY: &str = "2026-03-01T06:00:00Z";
const NOW: &str = "2026-03-01T07:00:00Z";

/// A device that has a ministry's log of one advisory for the Emirates.
struct Device {
    ministry: Ministry,
    folder: tempfile::TempDir,
    store: Store,
    bulletin: Bulletin,
}

impl Device {
    fn empty() -> Self {
        let (ministry, folder) = (Ministry::new(1), tempfile::tempdir().unwrap());
        let store = Store::open(folder.path(), &ministry.profile()).unwrap();
        let mut bulletin = Bulletin::load(&store, &ministry.profile()).unwrap();
        bulletin.accept_keys(&store, &ministry.profile(), &ministry.key_set()).unwrap();
        Self { ministry, folder, store, bulletin }
    }

    fn new() -> Self {
        let mut device = Self::empty();
        device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
        let head = device.ministry.head(EARLY);
        device.take_snapshot(&head, &device.ministry.snapshot()).unwrap();
        device
    }

    fn take_head(&mut self, jws: &str) -> Result<Lacks, Option<Refusal>> {
        self.bulletin.accept_head(&self.store, jws, at(NOW)).map_err(refusal)
    }

    fn take_snapshot(&mut self, head: &str, snapshot: &str) -> Result<(), Option<Refusal>> {
        self.bulletin.accept_snapshot(&self.store, head, snapshot, at(NOW)).map_err(refusal)
    }

    fn take(&mut self, frame: &Frame) -> Result<(), Option<Refusal>> {
        self.bulletin.accept_frame(&self.store, frame).map_err(refusal)
    }

    /// The id and version of every advisory that is shown.
    fn shown(&self) -> Vec<(String, u32)> {
        self.bulletin.advisories().map(|(entry, _)| (entry.id.to_string(), entry.version)).collect()
    }

    fn reload(&mut self) {
        self.bulletin = Bulletin::load(&self.store, &self.ministry.profile()).unwrap();
    }

    fn by_hand(&self, sql: &str) -> usize {
        rusqlite::Connection::open(self.folder.path().join("saparlas.db")).unwrap().execute(sql, []).unwrap()
    }

    /// Offers a frame that must be refused, and sees that it changed nothing, not even after a restart.
    fn refuses(&mut self, frame: &Frame, reason: Refusal) {
        let (shown, place) = (self.shown(), self.bulletin.place());
        assert_eq!(self.take(frame), Err(Some(reason)));
        assert_eq!((self.shown(), self.bulletin.place()), (shown.clone(), place));
        self.reload();
        assert_eq!((self.shown(), self.bulletin.place()), (shown, place));
    }

    /// Offers a head that must be refused, and sees that it changed nothing.
    fn refuses_head(&mut self, jws: &str, reason: Refusal) {
        let (shown, place) = (self.shown(), self.bulletin.place());
        let kept = self.store.setting(Setting::Head).unwrap();
        assert_eq!(self.take_head(jws), Err(Some(reason)));
        assert_eq!((self.shown(), self.bulletin.place()), (shown, place));
        assert_eq!(self.store.setting(Setting::Head).unwrap(), kept);
    }
}

fn refusal(error: BulletinError) -> Option<Refusal> {
    match error {
        BulletinError::Refused(refusal) => Some(refusal),
        BulletinError::Store(_) => None,
    }
}

fn ae(version: u32) -> (String, u32) {
    ("advisory.ae".into(), version)
}

#[test]
fn a_new_device_takes_the_snapshot_its_head_names() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    let head = device.ministry.head(EARLY);
    assert!(device.bulletin.may_be_stale(at(NOW)));
    assert_eq!(device.take_head(&head), Ok(Lacks::Snapshot { seq: 1 }));
    device.take_snapshot(&head, &device.ministry.snapshot()).unwrap();
    assert_eq!(device.shown(), [ae(2)]);
    assert_eq!(device.bulletin.place(), device.ministry.place);
    assert!(!device.bulletin.may_be_stale(at(NOW)));
    assert_eq!(device.take_head(&head), Ok(Lacks::Nothing));
}

#[test]
fn a_ministry_that_has_said_nothing_yet_is_not_stale() {
    let mut device = Device::empty();
    assert_eq!(device.take_head(&device.ministry.head(EARLY)), Ok(Lacks::Nothing));
    assert!(!device.bulletin.may_be_stale(at(NOW)));
}

#[test]
fn later_entries_are_asked_for_by_frames_and_then_the_head_holds() {
    let mut device = Device::new();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let head = device.ministry.head(NOW);
    assert_eq!(device.take_head(&head), Ok(Lacks::Frames { from: 2, to: 2, newest: 2 }));
    device.take(&frame).unwrap();
    assert_eq!(device.take_head(&head), Ok(Lacks::Nothing));
    assert_eq!(device.shown(), [ae(2), ("advisory.qa".into(), 1)]);
    device.reload();
    assert_eq!(device.shown(), [ae(2), ("advisory.qa".into(), 1)]);
    assert!(!device.bulletin.may_be_stale(at(NOW)));
}

#[test]
fn frames_are_asked_for_within_one_page() {
    let mut device = Device::new();
    let frames: Vec<_> = (2..=130).map(|n| device.ministry.publish(&advisory_entry("advisory.qa", n, "QA"))).collect();
    let head = device.ministry.head(NOW);
    let mut pages = Vec::new();
    while let Ok(Lacks::Frames { from, to, .. }) = device.take_head(&head) {
        pages.push((from, to));
        for frame in frames.iter().filter(|frame| (from..=to).contains(&frame.seq)) {
            device.take(frame).unwrap();
        }
    }
    assert_eq!(pages, [(2, 64), (65, 128), (129, 130)]);
    assert_eq!(device.take_head(&head), Ok(Lacks::Nothing));
}

#[test]
fn a_newer_version_replaces_and_a_cancellation_is_shown_as_one() {
    let mut device = Device::new();
    let mut cancelled = advisory("AE");
    cancelled.message_type = MessageType::Cancel;
    let frame = device.ministry.publish(&entry("advisory.ae", 3, Body::Advisory(cancelled)));
    device.take(&frame).unwrap();
    assert_eq!(device.shown(), [ae(3)]);
    assert_eq!(device.bulletin.advisories().next().unwrap().1.message_type, MessageType::Cancel);
}

#[test]
fn an_entry_of_a_newer_kind_keeps_its_place_and_is_not_shown() {
    let mut device = Device::new();
    let newer = serde_json::json!({
        "id": "song.ae", "version": 1, "issued_at": EARLY, "kind": "song", "body": { "url": "https://example.org" }
    });
    let jws = device.ministry.publisher.sign(contract::jws::Purpose::Entry, &newer).unwrap();
    let frame = device.ministry.next(jws);
    device.take(&frame).unwrap();
    assert_eq!(device.bulletin.place().seq, 2);
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn one_flipped_byte_is_refused() {
    let mut device = Device::new();
    let jws = device.ministry.sign(&advisory_entry("advisory.qa", 1, "QA"));
    let (header, payload) = (jws.find('.').unwrap(), jws.rfind('.').unwrap());
    for (index, reason) in [
        (0, Refusal::Malformed),
        (header + 20, Refusal::BadSignature),
        (payload + 20, Refusal::BadSignature),
        (header, Refusal::Malformed),
    ] {
        let mut bytes = jws.clone().into_bytes();
        bytes[index] = if bytes[index] == b'x' { b'y' } else { b'x' };
        let frame = device.ministry.next(String::from_utf8(bytes).unwrap());
        device.refuses(&frame, reason);
    }
    device.take(&device.ministry.next(jws)).unwrap();
}

#[test]
fn an_entry_of_an_unknown_key_or_of_another_ministry_is_refused() {
    let mut device = Device::new();
    let mut stranger = Ministry::new(2);
    let theirs = stranger.sign(&advisory_entry("advisory.qa", 1, "QA"));
    device.refuses(&device.ministry.next(theirs), Refusal::BadSignature);
    stranger.publisher.kid = "publish-2".parse().unwrap();
    let theirs = stranger.sign(&advisory_entry("advisory.qa", 1, "QA"));
    device.refuses(&device.ministry.next(theirs), Refusal::UnknownKey);
    assert!(device.bulletin.accept_keys(&device.store, &device.ministry.profile(), &stranger.key_set()).is_err());
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn a_lower_version_is_refused() {
    let mut device = Device::new();
    let older = device.ministry.sign(&advisory_entry("advisory.ae", 1, "AE"));
    device.refuses(&device.ministry.next(older), Refusal::LowerVersion);
}

#[test]
fn other_words_under_a_version_already_held_are_refused() {
    let mut device = Device::new();
    let other = device.ministry.sign(&advisory_entry("advisory.ae", 2, "QA"));
    device.refuses(&device.ministry.next(other), Refusal::Conflict);
}

#[test]
fn a_frame_that_does_not_follow_moves_nothing() {
    let mut device = Device::new();
    let jws = device.ministry.sign(&advisory_entry("advisory.ae", 2, "AE"));
    let frame = Frame { prev: Hash::of(b"another log"), ..device.ministry.next(jws) };
    device.refuses(&frame, Refusal::BrokenChain);
}

#[test]
fn a_frame_that_comes_again_changes_nothing() {
    let mut device = Device::new();
    let frame = device.ministry.publish(&advisory_entry("advisory.ae", 3, "AE"));
    device.take(&frame).unwrap();
    let place = device.bulletin.place();
    device.take(&frame).unwrap();
    let jws = device.ministry.sign(&advisory_entry("advisory.qa", 1, "QA"));
    device.take(&Frame { entry: jws, ..frame }).unwrap();
    assert_eq!((device.shown(), device.bulletin.place()), (vec![ae(3)], place));
}

#[test]
fn across_a_gap_a_verified_entry_is_shown_and_the_place_waits() {
    let mut device = Device::new();
    let missed = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let heard = device.ministry.publish(&advisory_entry("advisory.om", 1, "OM"));
    device.take(&heard).unwrap();
    assert_eq!(device.shown(), [ae(2), ("advisory.om".into(), 1)]);
    assert_eq!(device.bulletin.place().seq, 1);
    device.reload();
    assert_eq!(device.shown(), [ae(2), ("advisory.om".into(), 1)]);
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Lacks::Frames { from: 2, to: 3, newest: 3 }));
    device.take(&missed).unwrap();
    device.take(&heard).unwrap();
    assert_eq!(device.bulletin.place(), device.ministry.place);
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Lacks::Nothing));
}

#[test]
fn a_gap_closes_over_versions_older_than_the_one_already_shown() {
    for restart in [false, true] {
        let mut device = Device::new();
        let missed = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
        let heard = device.ministry.publish(&advisory_entry("advisory.qa", 2, "QA"));
        device.take(&heard).unwrap();
        if restart {
            device.reload();
        }
        device.take(&missed).unwrap();
        assert_eq!(device.shown(), [ae(2), ("advisory.qa".into(), 2)], "the older is not shown");
        device.take(&heard).unwrap();
        assert_eq!(device.bulletin.place(), device.ministry.place);
        // it is in its place now, and what is older is a lie again
        let older = device.ministry.sign(&advisory_entry("advisory.qa", 1, "QA"));
        device.refuses(&device.ministry.next(older), Refusal::LowerVersion);
    }
}

#[test]
fn an_older_head_is_refused() {
    let mut device = Device::new();
    let before = device.ministry.head("2026-03-01T05:59:59Z");
    device.refuses_head(&before, Refusal::OlderHead);
    let fewer = device.ministry.head_of(Place::default(), NOW, "");
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
    let fork = Place { seq: 1, hash: Hash::of(b"another log") };
    device.refuses_head(&device.ministry.head_of(fork, NOW, ""), Refusal::Conflict);
}

#[test]
fn a_head_that_its_frames_do_not_lead_to_is_kept_only_with_its_snapshot() {
    let mut device = Device::new();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    device.take(&frame).unwrap();
    let other = Place { seq: 2, hash: Hash::of(b"another log") };
    let head = device.ministry.head_of(other, NOW, "");
    assert_eq!(device.take_head(&head), Ok(Lacks::Snapshot { seq: 2 }));
    assert!(device.bulletin.head.as_ref().unwrap().seq == 1);
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
fn a_snapshot_that_its_head_does_not_name_is_refused() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    let (head, snapshot) = (device.ministry.head(EARLY), device.ministry.snapshot());
    for other in [String::new(), format!("{snapshot}\n"), snapshot.repeat(2), snapshot.replacen('e', "f", 1)] {
        assert_eq!(device.take_snapshot(&head, &other), Err(Some(Refusal::WrongSnapshot)));
    }
    // named by its head, and yet holding something nobody published
    let forged = format!("{snapshot}{}\n", Ministry::new(2).sign(&advisory_entry("advisory.qa", 1, "QA")));
    let head = device.ministry.head_of(device.ministry.place, EARLY, &forged);
    assert_eq!(device.take_snapshot(&head, &forged), Err(Some(Refusal::BadSignature)));
    assert!(device.shown().is_empty());
    assert_eq!(device.bulletin.place(), Place::default());
    device.reload();
    assert!(device.shown().is_empty());
}

#[test]
fn a_snapshot_takes_back_nothing_newer_that_is_already_shown() {
    let mut device = Device::empty();
    device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let (head, snapshot) = (device.ministry.head(EARLY), device.ministry.snapshot());
    let newer = device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
    device.take(&newer).unwrap();
    device.take_snapshot(&head, &snapshot).unwrap();
    assert_eq!(device.shown(), [ae(2)]);
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
    device.take(&newer).unwrap();
    assert_eq!(device.bulletin.place(), device.ministry.place);
}

#[test]
fn a_head_at_the_end_of_all_numbers_panics_nobody() {
    for seq in [u64::MAX - 1, u64::MAX] {
        let mut device = Device::empty();
        let far = Place { seq, hash: Hash::of(b"far") };
        let head = device.ministry.head_of(far, EARLY, "");
        assert_eq!(device.take_head(&head), Ok(Lacks::Snapshot { seq }));
        device.take_snapshot(&head, "").unwrap();
        let last = device.ministry.head_of(Place { seq: u64::MAX, hash: far.hash }, NOW, "");
        assert!(device.take_head(&last).is_ok());
        let frame =
            Frame { seq: 0, prev: far.hash, entry: device.ministry.sign(&advisory_entry("advisory.ae", 1, "AE")) };
        device.take(&frame).unwrap();
        assert_eq!(device.bulletin.place(), far);
    }
}
