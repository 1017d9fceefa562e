//! The snapshot of what lives at one place of the log, by the watermark that names it.

use std::collections::BTreeSet;

use contract::{
    hash::Hash,
    ids::EntryId,
    jws::{Jws, Refusal},
    log::read_snapshot,
    profile::{Profile, Shipped},
};
use jiff::Timestamp;
use serde::Deserialize;

use super::held::{Bulletin, BulletinError, HeldEntry};
use crate::store::{Followed, Setting, Step, Store};

impl Bulletin {
    /// Takes the snapshot that the newest watermark names. What is held from a place that it covers and does not stand
    /// in it is over; what stands there unreadable keeps the version held; what came without a place keeps its own end.
    pub fn accept_snapshot(&mut self, store: &Store, text: &str) -> Result<(), BulletinError> {
        let name = self.watermark.as_ref().ok_or(Refusal::WrongSnapshot)?.snapshot;
        if Hash::of(text.as_bytes()) != name.hash {
            return Err(Refusal::WrongSnapshot.into());
        }
        let keys = self.keys()?;
        let (mut stands, mut entries) = (BTreeSet::new(), Vec::new());
        for line in read_snapshot(text).filter(|line| line.seq <= name.seq) {
            match keys.entry_at(line.seq, &line.entry) {
                Ok(entry) => {
                    stands.insert(entry.id.clone());
                    entries.push((line, entry));
                }
                Err(Refusal::Unreadable) => stands.extend(id_of(&line.entry)),
                Err(refusal) => tracing::warn!(seq = line.seq, reason = %refusal, "a line of the snapshot"),
            }
        }
        let is_covered = |held: &HeldEntry| held.seq.is_some_and(|seq| seq <= name.seq);
        let over = self.entries.values().filter(|held| is_covered(held) && !stands.contains(&held.entry.id));
        let over: Vec<_> = over.map(|held| (held.entry.id.clone(), held.entry.version)).collect();
        let led_elsewhere = self.snapshot_wanted == Some(0);
        let proven = self.proven.max(name.seq);
        let mut step = Step {
            proven: Some(proven),
            gone: over,
            settings: vec![(Setting::SnapshotWanted, None)],
            ..Step::default()
        };
        step.displaced_behind = led_elsewhere.then_some(name.seq);
        if led_elsewhere || self.followed.seq < name.seq {
            step.followed = Some(self.behind(name.seq));
        }
        self.proven = proven;
        for (line, entry) in &entries {
            match self.entries.get(&entry.id) {
                Some(held) if held.entry.version > entry.version && !is_covered(held) => continue,
                // the desk says that the one before lives
                Some(held) if held.entry.version > entry.version => {
                    step.gone.push((entry.id.clone(), held.entry.version))
                }
                Some(_) | None => {}
            }
            self.keep(&mut step, entry, &line.entry, Some(line.seq));
        }
        store.take_step(&step)?;
        self.followed = step.followed.unwrap_or(self.followed);
        self.snapshot_wanted = None;
        self.read_entries(store)?;
        Ok(())
    }

    /// The place right behind a snapshot. Its hash is the watermark's where both stand at one place.
    fn behind(&self, seq: u64) -> Followed {
        let watermark = self.watermark.as_ref().filter(|watermark| watermark.seq == seq);
        Followed { seq, hash: watermark.map(|watermark| watermark.hash) }
    }

    /// Takes what came with the app, once. What the ministry has said since stands over it.
    pub fn accept_shipped(
        &mut self,
        store: &Store,
        profile: &Profile,
        shipped: &Shipped,
        clock: Timestamp,
    ) -> Result<(), BulletinError> {
        let digest =
            Hash::of([shipped.watermark.as_str(), shipped.snapshot.as_str()].join("\n").as_bytes()).to_string();
        if store.setting(Setting::Shipped)?.as_ref() == Some(&digest) {
            return Ok(());
        }
        let known = usize::try_from(self.key_set_number()).unwrap_or(usize::MAX);
        for document in shipped.keys.iter().skip(known) {
            self.accept_key_set(store, profile, document)?;
        }
        match self.accept_watermark(store, &shipped.watermark, clock) {
            Ok(()) => self.accept_snapshot(store, &shipped.snapshot)?,
            Err(BulletinError::Refused(Refusal::OlderWatermark)) => tracing::info!("newer than what came with the app"),
            Err(error) => return Err(error),
        }
        store.set(Setting::Shipped, &digest)?;
        Ok(())
    }
}

/// The id of a signed entry whose shape is not known.
fn id_of(entry: &Jws) -> Option<EntryId> {
    #[derive(Deserialize)]
    struct Outline {
        id: EntryId,
    }
    serde_json::from_str::<Outline>(&entry.payload).ok().map(|outline| outline.id)
}
