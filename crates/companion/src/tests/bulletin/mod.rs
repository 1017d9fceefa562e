//! Nothing unverified is shown, nothing verified vanishes, and the place in the log moves only along the chain.

mod from_the_future;
mod heads;
mod keys;
mod shipped;
mod snapshots;
mod stored;
mod watermarks;

use contract::{
    entry::{Body, advisory::MessageType},
    hash::Hash,
    jws::{Jws, Refusal},
    log::Frame,
};
use rand::{SeedableRng, rngs::StdRng};
use testkit::{Ministry, advisory, advisory_entry, at, entry};

use crate::{
    bulletin::*,
    host::NoKeychain,
    store::{Setting, Store},
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
        let (keychain, mut rng) = (NoKeychain("none".into()), StdRng::seed_from_u64(1));
        let store = Store::open(folder.path(), &ministry.profile(), at(NOW), &keychain, &mut rng).unwrap();
        let mut bulletin = Bulletin::load(&store, &ministry.profile()).unwrap();
        bulletin.accept_key_set(&store, &ministry.profile(), &ministry.key_set()).unwrap();
        Self { ministry, folder, store, bulletin }
    }

    fn new() -> Self {
        let mut device = Self::empty();
        device.ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
        device.take_watermark(&device.ministry.watermark(EARLY)).unwrap();
        device.take_snapshot(&device.ministry.snapshot()).unwrap();
        assert_eq!(device.take_head(&device.ministry.head(EARLY)), Ok(Missing::Nothing));
        device
    }

    fn take_key_set(&mut self, document: &str) -> Result<(), Option<Refusal>> {
        self.bulletin.accept_key_set(&self.store, &self.ministry.profile(), document).map_err(refusal)
    }

    fn take_watermark(&mut self, compact: &str) -> Result<(), Option<Refusal>> {
        self.bulletin.accept_watermark(&self.store, compact, at(NOW)).map_err(refusal)
    }

    fn take_head(&mut self, jws: &str) -> Result<Missing, Option<Refusal>> {
        self.bulletin.accept_head(&self.store, jws, at(NOW)).map_err(refusal)
    }

    fn take_snapshot(&mut self, snapshot: &str) -> Result<(), Option<Refusal>> {
        self.bulletin.accept_snapshot(&self.store, snapshot).map_err(refusal)
    }

    fn take(&mut self, frame: &Frame) -> Result<(), Option<Refusal>> {
        self.bulletin.accept_frame(&self.store, frame).map(|_| ()).map_err(refusal)
    }

    fn take_alone(&mut self, jws: &Jws) -> Result<(), Option<Refusal>> {
        self.bulletin.accept_entry(&self.store, jws).map(|_| ()).map_err(refusal)
    }

    fn followed(&self) -> u64 {
        self.bulletin.followed_seq()
    }

    /// What is believed of a snapshot by the watermark that names it.
    fn snapshot_named(&self) -> Missing {
        Missing::Snapshot { hash: Hash::of(self.ministry.snapshot().as_bytes()) }
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
        let (shown, place) = (self.shown(), self.followed());
        assert_eq!(self.take(frame), Err(Some(reason)));
        assert_eq!((self.shown(), self.followed()), (shown.clone(), place));
        self.reload();
        assert_eq!((self.shown(), self.followed()), (shown, place));
    }

    /// Offers a frame that follows and says what must be refused: the place moves on, and nothing else changes.
    fn passes_over(&mut self, frame: &Frame, reason: Refusal) {
        let shown = self.shown();
        assert_eq!(self.take(frame), Err(Some(reason)));
        assert_eq!((self.shown(), self.followed()), (shown.clone(), frame.seq));
        self.reload();
        assert_eq!((self.shown(), self.followed()), (shown, frame.seq));
    }

    /// Offers a head that must be refused, and sees that it changed nothing.
    fn refuses_head(&mut self, jws: &str, reason: Refusal) {
        let (shown, place) = (self.shown(), self.followed());
        let kept = self.store.setting(Setting::Head).unwrap();
        assert_eq!(self.take_head(jws), Err(Some(reason)));
        assert_eq!((self.shown(), self.followed()), (shown, place));
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
fn where_no_desk_has_spoken_yet_the_log_is_followed_from_its_beginning() {
    let mut device = Device::empty();
    let frame = device.ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let head = device.ministry.head(EARLY);
    assert_eq!(device.take_head(&head), Ok(Missing::Frames { from: 1, to: 1, newest: 1 }));
    device.take(&frame).unwrap();
    assert_eq!(device.take_head(&head), Ok(Missing::Nothing));
    assert!(!device.bulletin.is_confirmed(at(NOW)), "and nobody has confirmed it");
}

#[test]
fn a_ministry_that_has_said_nothing_yet_is_not_stale() {
    let mut device = Device::empty();
    assert_eq!(device.take_head(&device.ministry.head(EARLY)), Ok(Missing::Nothing));
    assert!(!device.bulletin.may_be_stale(at(NOW)));
}

#[test]
fn later_entries_are_asked_for_by_frames_and_then_the_head_holds() {
    let mut device = Device::new();
    let frame = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let head = device.ministry.head(NOW);
    assert_eq!(device.take_head(&head), Ok(Missing::Frames { from: 2, to: 2, newest: 2 }));
    device.take(&frame).unwrap();
    assert_eq!(device.take_head(&head), Ok(Missing::Nothing));
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
    while let Ok(Missing::Frames { from, to, .. }) = device.take_head(&head) {
        pages.push((from, to));
        for frame in frames.iter().filter(|frame| (from..=to).contains(&frame.seq)) {
            device.take(frame).unwrap();
        }
    }
    assert_eq!(pages, [(2, 64), (65, 128), (129, 130)]);
    assert_eq!(device.take_head(&head), Ok(Missing::Nothing));
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
fn one_flipped_byte_is_refused() {
    let mut device = Device::new();
    let jws = device.ministry.sign(&advisory_entry("advisory.qa", 1, "QA"));
    let flip = |text: &str, index: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[index] = if bytes[index] == b'x' { b'y' } else { b'x' };
        String::from_utf8(bytes).unwrap()
    };
    let flipped = [
        (Jws { protected: flip(&jws.protected, 0), ..jws.clone() }, Refusal::Malformed),
        (Jws { payload: flip(&jws.payload, 20), ..jws.clone() }, Refusal::BadSignature),
        (Jws { signature: flip(&jws.signature, 20), ..jws.clone() }, Refusal::BadSignature),
    ];
    for (entry, reason) in flipped {
        device.refuses(&device.ministry.next(entry), reason);
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
    assert!(device.take_key_set(&stranger.key_set()).is_err());
    device.reload();
    assert_eq!(device.shown(), [ae(2)]);
}

#[test]
fn a_lower_version_is_refused() {
    let mut device = Device::new();
    let older = device.ministry.sign(&advisory_entry("advisory.ae", 1, "AE"));
    device.passes_over(&device.ministry.next(older), Refusal::LowerVersion);
}

#[test]
fn other_words_under_a_version_already_held_are_refused() {
    let mut device = Device::new();
    let other = device.ministry.sign(&advisory_entry("advisory.ae", 2, "QA"));
    device.passes_over(&device.ministry.next(other), Refusal::Conflict);
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
    let followed = device.followed();
    device.take(&frame).unwrap();
    assert_eq!((device.shown(), device.followed()), (vec![ae(3)], followed));
}

#[test]
fn a_valid_entry_is_shown_whatever_place_it_claims() {
    let mut device = Device::new();
    let newer = device.ministry.sign(&advisory_entry("advisory.ae", 3, "AE"));
    device.take(&Frame { seq: 1, prev: Hash::ZERO, entry: newer }).unwrap();
    assert_eq!((device.shown(), device.followed()), (vec![ae(3)], 1));
}

#[test]
fn across_a_gap_a_verified_entry_is_shown_and_the_place_waits() {
    let mut device = Device::new();
    let missed = device.ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let heard = device.ministry.publish(&advisory_entry("advisory.om", 1, "OM"));
    device.take(&heard).unwrap();
    assert_eq!(device.shown(), [ae(2), ("advisory.om".into(), 1)]);
    assert_eq!(device.followed(), 1);
    device.reload();
    assert_eq!(device.shown(), [ae(2), ("advisory.om".into(), 1)]);
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Frames { from: 2, to: 3, newest: 3 }));
    device.take(&missed).unwrap();
    device.take(&heard).unwrap();
    assert_eq!(device.followed(), device.ministry.position.seq);
    assert_eq!(device.take_head(&device.ministry.head(NOW)), Ok(Missing::Nothing));
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
        assert_eq!(device.followed(), device.ministry.position.seq);
        // it is in its place now, and what is older is a lie again
        let older = device.ministry.sign(&advisory_entry("advisory.qa", 1, "QA"));
        device.passes_over(&device.ministry.next(older), Refusal::LowerVersion);
    }
}
