//! Following the log: what came is judged, kept, and answered with what is missing still.

use contract::{
    entry::{Body, Entry},
    hash::Hash,
    ids::EntryId,
    jws::{Jws, Refusal, Verified},
    keys::Carried,
    log::{self, Frame, Head, LogPosition, PAGE},
    profile::Profile,
};
use jiff::Timestamp;

use super::held::{Bulletin, BulletinError};
use crate::store::{Followed, Setting, SignedEntry, Step, Store, StoreError};

/// What a head asks for before it can be believed.
#[derive(Debug, PartialEq, Eq)]
pub enum Missing {
    Nothing,
    KeySet {
        number: u32,
    },
    /// One that knows the newest key set.
    Watermark,
    /// The one that the newest watermark names.
    Snapshot {
        hash: Hash,
    },
    Frames {
        from: u64,
        to: u64,
        newest: u64,
    },
}

impl Bulletin {
    /// Takes key set 1, or the one that follows the newest. What the new set voids leaves the screen.
    pub fn accept_key_set(&mut self, store: &Store, profile: &Profile, document: &str) -> Result<(), BulletinError> {
        let keys = match &self.keys {
            None => profile.roots.verify_first(document)?,
            Some(held) => held.verify_next(document)?,
        };
        store.keep_key_set(keys.number, document)?;
        let revision = self.revision;
        *self = Self::load(store, profile)?;
        self.revision += revision;
        Ok(())
    }

    /// Takes the desk's word on how far the log is its own. One that has expired is taken for what it proves.
    pub fn accept_watermark(&mut self, store: &Store, compact: &str, clock: Timestamp) -> Result<(), BulletinError> {
        let watermark = self.keys()?.watermark(compact)?;
        match &self.watermark {
            Some(held) if self.is_misdated(clock) && watermark.issued_at <= self.time(clock) => {
                log::check_redated_watermark(held, &watermark)?;
            }
            held => log::check_watermark(held.as_ref(), &watermark)?,
        }
        let mut settings = vec![(Setting::Watermark, Some(compact.to_owned()))];
        // where a head contradicts it, the watermark wins
        let contradicts = |head: &Verified<Head>| head.seq == watermark.seq && head.hash != watermark.hash;
        if self.head.as_ref().is_some_and(contradicts) {
            self.head = None;
            settings.push((Setting::Head, None));
        }
        store.take_step(&Step { settings, ..Step::default() })?;
        let position = watermark.position();
        self.watermark = Some(watermark);
        self.compare(store, self.followed, position)
    }

    /// Where the followed log reaches the watermark's place: it is proven, or it led elsewhere.
    fn compare(&mut self, store: &Store, followed: Followed, watermark: LogPosition) -> Result<(), BulletinError> {
        if followed.seq != watermark.seq {
            return Ok(());
        }
        match followed.hash {
            Some(hash) if hash != watermark.hash => Ok(self.want_snapshot(store)?),
            Some(_) | None => {
                let followed = Followed { seq: watermark.seq, hash: Some(watermark.hash) };
                let step =
                    Step { followed: Some(followed), proven: Some(self.proven.max(watermark.seq)), ..Step::default() };
                store.take_step(&step)?;
                self.followed = followed;
                if watermark.seq > self.proven {
                    self.proven = watermark.seq;
                    self.read_entries(store)?;
                }
                Ok(())
            }
        }
    }

    /// For a log that led elsewhere, and for a next frame that is gone.
    pub fn want_snapshot(&mut self, store: &Store) -> Result<(), StoreError> {
        // any watermark's will do: no key set has to be known to it
        let wanted = self.snapshot_wanted.unwrap_or(0);
        store.set(Setting::SnapshotWanted, &wanted.to_string())?;
        self.snapshot_wanted = Some(wanted);
        if self.watermark.is_none() {
            // no desk has spoken yet: the log is followed from its beginning
            self.begin_again(store)?;
        }
        Ok(())
    }

    fn begin_again(&mut self, store: &Store) -> Result<(), StoreError> {
        let followed = Followed::default();
        let settings = vec![(Setting::SnapshotWanted, None)];
        let step = Step { followed: Some(followed), settings, displaced_behind: Some(0), ..Step::default() };
        store.take_step(&step)?;
        (self.followed, self.snapshot_wanted) = (followed, None);
        self.read_entries(store)
    }

    /// Judges a head. It is kept once the log has been followed to it; until then, says what is missing.
    pub fn accept_head(&mut self, store: &Store, compact: &str, clock: Timestamp) -> Result<Missing, BulletinError> {
        let head = self.keys()?.head(compact)?;
        // raised by a date that cannot be right, no head of today would be in force
        let now = if self.is_misdated(clock) { clock } else { self.time(clock) };
        log::check_head(self.head.as_ref(), self.watermark.as_ref(), &head, now)?;
        if head.keys > self.key_set_number() {
            return Ok(Missing::KeySet { number: self.key_set_number() + 1 });
        }
        if head.seq == self.followed.seq && self.followed.hash.is_some_and(|hash| hash != head.hash) {
            // frames that no head had confirmed led elsewhere
            self.want_snapshot(store)?;
        }
        if let Some(missing) = self.missing_snapshot() {
            return Ok(missing);
        }
        if head.seq > self.followed.seq {
            let from = self.followed.seq + 1;
            let page_end = (self.followed.seq / PAGE * PAGE).saturating_add(PAGE);
            return Ok(Missing::Frames { from, to: head.seq.min(page_end), newest: head.seq });
        }
        if head.seq == self.followed.seq {
            let followed = Followed { seq: head.seq, hash: Some(head.hash) };
            let settings = vec![(Setting::Head, Some(compact.to_owned()))];
            store.take_step(&Step { followed: Some(followed), settings, ..Step::default() })?;
            self.followed = followed;
            self.head = Some(head);
        }
        Ok(Missing::Nothing)
    }

    /// A new device reads the snapshot, and one that a void or a broken chain has left with a hole.
    fn missing_snapshot(&self) -> Option<Missing> {
        let watermark = self.watermark.as_ref();
        match (self.snapshot_wanted, watermark) {
            (Some(keys), Some(watermark)) if watermark.keys >= keys => {
                Some(Missing::Snapshot { hash: watermark.snapshot.hash })
            }
            (Some(_), Some(_) | None) => Some(Missing::Watermark),
            (None, Some(watermark)) if self.followed.seq == 0 && watermark.snapshot.seq > 0 => {
                Some(Missing::Snapshot { hash: watermark.snapshot.hash })
            }
            (None, Some(_) | None) => None,
        }
    }

    /// Takes one frame. A valid entry is shown even across a gap; the place moves only along the chain, and along it
    /// also past what is refused: nobody's mistake keeps the rest away. Gives the id of what is shown now.
    pub fn accept_frame(&mut self, store: &Store, frame: &Frame) -> Result<Option<EntryId>, BulletinError> {
        if frame.seq <= self.followed.seq {
            return self.accept_entry(store, &frame.entry);
        }
        let before = LogPosition { seq: self.followed.seq, hash: self.followed.hash.unwrap_or(frame.prev) };
        let position = match before.after(frame) {
            Ok(position) => position,
            Err(refusal) => {
                let shown = self.take_ahead(store, frame)?;
                // the next place is taken by another frame: that is no gap
                return if before.seq.checked_add(1) == Some(frame.seq) { Err(refusal.into()) } else { Ok(shown) };
            }
        };
        let watermark = self.watermark.as_ref().map(|watermark| watermark.position());
        if watermark.is_some_and(|watermark| watermark.seq == position.seq && watermark.hash != position.hash) {
            self.want_snapshot(store)?;
            return Err(Refusal::AgainstWatermark.into());
        }
        let shown = self.take_next(store, frame, position)?;
        if let Some(watermark) = watermark {
            self.compare(store, self.followed, watermark)?;
        }
        Ok(shown)
    }

    /// The frame that follows.
    fn take_next(
        &mut self,
        store: &Store,
        frame: &Frame,
        position: LogPosition,
    ) -> Result<Option<EntryId>, BulletinError> {
        let followed = Followed { seq: position.seq, hash: Some(position.hash) };
        let mut step = Step { followed: Some(followed), ..Step::default() };
        let seq = Some(frame.seq);
        // an ended key's entry is kept until a watermark proves its place
        let judged = self.keys()?.entry_at(frame.seq, &frame.entry);
        let taken = match judged {
            Ok(entry) => self.judge_version(&entry).map(|is_newer| is_newer.then_some(entry)),
            // signed, and in a shape that this app cannot read at all, or voided: it keeps its place and is passed over
            Err(Refusal::Unreadable | Refusal::VoidedKey) => Ok(None),
            Err(refusal @ Refusal::OutsideKeyRange) => Err(refusal),
            Err(refusal) => return Err(refusal.into()),
        };
        let mut shown = None;
        if let Ok(Some(entry)) = &taken {
            self.keep(&mut step, entry, &frame.entry, seq);
            let is_shown = self.keys()?.entry(&frame.entry, self.carried(seq)).is_ok();
            shown = is_shown.then(|| entry.clone());
        }
        store.take_step(&step)?;
        self.followed = followed;
        taken?;
        let Some(entry) = shown else { return Ok(None) };
        let id = entry.id.clone();
        self.hold(entry, seq);
        self.revision += 1;
        Ok(Some(id))
    }

    /// A frame across a gap.
    fn take_ahead(&mut self, store: &Store, frame: &Frame) -> Result<Option<EntryId>, BulletinError> {
        tracing::info!(seq = frame.seq, have = self.followed.seq, "a gap in the log");
        let carried = Carried::At { seq: frame.seq, confirmed: false };
        let entry = self.keys()?.entry(&frame.entry, carried)?;
        self.take_alone(store, &frame.entry, entry)
    }

    /// Takes an entry that came without a place in the log, whoever carried it.
    pub fn accept_entry(&mut self, store: &Store, jws: &Jws) -> Result<Option<EntryId>, BulletinError> {
        let entry = self.keys()?.entry(jws, Carried::Alone)?;
        self.take_alone(store, jws, entry)
    }

    fn take_alone(
        &mut self,
        store: &Store,
        jws: &Jws,
        entry: Verified<Entry>,
    ) -> Result<Option<EntryId>, BulletinError> {
        let held = self.entries.get(&entry.id);
        if held.is_some_and(|held| held.entry.version > entry.version) || !self.judge_version(&entry)? {
            return Ok(None);
        }
        let mut step = Step::default();
        self.keep(&mut step, &entry, jws, None);
        store.take_step(&step)?;
        let id = entry.id.clone();
        self.hold(entry, None);
        self.revision += 1;
        Ok(Some(id))
    }

    /// Whether an entry says more than the one held. Its older versions may still come in the log where that one came
    /// ahead of them.
    fn judge_version(&self, entry: &Verified<Entry>) -> Result<bool, Refusal> {
        let Some(held) = self.entries.get(&entry.id) else { return Ok(true) };
        if entry.body.kind() != held.entry.body.kind() {
            return Err(Refusal::KindChanged);
        }
        if entry.version < held.entry.version {
            return if held.seq.is_none() { Ok(false) } else { Err(Refusal::LowerVersion) };
        }
        if entry.version == held.entry.version && *entry != held.entry {
            return Err(Refusal::Conflict);
        }
        Ok(true)
    }

    pub(super) fn keep(&self, step: &mut Step, entry: &Verified<Entry>, jws: &Jws, seq: Option<u64>) {
        let kept = SignedEntry { id: entry.id.clone(), version: entry.version, jws: jws.compact(), seq };
        // what is not shown yet leaves the version before in its place
        let is_understood = !matches!(entry.body, Body::Unread(_));
        let is_shown = self.keys.as_ref().is_some_and(|keys| keys.entry(jws, self.carried(seq)).is_ok());
        if is_understood && is_shown {
            step.kept.push(kept);
        } else {
            step.not_shown.push(kept);
        }
    }
}
