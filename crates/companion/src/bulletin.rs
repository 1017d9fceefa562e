//! The bulletin as this device has it: everything in it was verified here, whoever carried it.

use std::collections::{BTreeMap, BTreeSet};

use contract::{
    advisory::{Advisory, Level},
    bulletin::{self, Frame, Hash, Head, Place},
    entry::{Body, Entry},
    guidance::Topic,
    ids::EntryId,
    jws::{Refusal, Verified},
    keys::KeySet,
    lines::Line,
    missions::{Chat, Mission},
    place::CountryCode,
    profile::{Profile, Shipped},
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::store::{Setting, Store, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum BulletinError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The last thing that was not believed, for the screen to say so.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Refused {
    pub reason: Refusal,
    #[ts(type = "string")]
    pub at: Timestamp,
}

#[derive(Default)]
pub struct Bulletin {
    keys: Option<Verified<KeySet>>,
    pub(crate) head: Option<Verified<Head>>,
    /// How far the log has been followed without a gap.
    place: Place,
    entries: BTreeMap<EntryId, Verified<Entry>>,
    /// Those that came across a gap: their older versions may still follow in the log.
    ahead: BTreeSet<EntryId>,
    /// Counts what was taken since the start.
    revision: u64,
}

/// What a head asks for before it can be believed.
#[derive(Debug, PartialEq, Eq)]
pub enum Lacks {
    Nothing,
    Snapshot { seq: u64 },
    Frames { from: u64, to: u64, newest: u64 },
}

impl Bulletin {
    /// Reads what the device kept and verifies all of it again; what no longer holds is left out.
    pub fn load(store: &Store, profile: &Profile) -> Result<Self, StoreError> {
        let Some(document) = store.setting(Setting::KeySet)? else { return Ok(Self::default()) };
        let keys = match profile.roots.verify(&document) {
            Ok(keys) => keys,
            Err(refusal) => {
                tracing::warn!(reason = %refusal, "the stored key set is not believed");
                return Ok(Self::default());
            }
        };
        let (mut entries, mut ahead) = (BTreeMap::new(), BTreeSet::new());
        for (jws, is_ahead) in store.entries()? {
            match keys.entry(&jws, None) {
                Ok(entry) => {
                    if is_ahead {
                        ahead.insert(entry.id.clone());
                    }
                    entries.insert(entry.id.clone(), entry);
                }
                Err(refusal) => tracing::warn!(reason = %refusal, "a stored entry is not believed"),
            }
        }
        let head = store.setting(Setting::Head)?.and_then(|jws| keys.head(&jws).ok());
        Ok(Self { keys: Some(keys), head, place: store.place()?, entries, ahead, revision: 0 })
    }

    pub fn has_keys(&self) -> bool {
        self.keys.is_some()
    }

    pub fn place(&self) -> Place {
        self.place
    }

    /// Another number whenever what it says may have changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// False while the newest head is in force and every frame up to it is here.
    pub fn may_be_stale(&self, now: Timestamp) -> bool {
        self.head.as_ref().is_none_or(|head| head.expires_at <= now || head.seq > self.place.seq)
    }

    pub fn accept_keys(&mut self, store: &Store, profile: &Profile, document: &str) -> Result<(), BulletinError> {
        let keys = profile.roots.verify(document)?;
        store.set(Setting::KeySet, document)?;
        self.keys = Some(keys);
        Ok(())
    }

    /// Takes what came with the app, once. It has no place in the log: what the ministry has said since stands over it.
    pub fn accept_shipped(&mut self, store: &Store, profile: &Profile, shipped: &Shipped) -> Result<(), BulletinError> {
        let digest = Hash::of([shipped.keys.as_str(), &shipped.entries.join("\n")].join("\n").as_bytes()).to_string();
        if store.setting(Setting::Shipped)?.as_ref() == Some(&digest) {
            return Ok(());
        }
        let keys = profile.roots.verify(&shipped.keys)?;
        let mut entries = Vec::new();
        for jws in &shipped.entries {
            let entry = keys.entry(jws, None)?;
            if self.entries.get(&entry.id).is_none_or(|held| held.version < entry.version) {
                entries.push((entry, jws));
            }
        }
        let rows: Vec<_> = entries.iter().map(|(entry, jws)| (entry.id.clone(), entry.version, jws.as_str())).collect();
        store.keep_entries(&rows, None)?;
        for (entry, _) in entries {
            self.ahead.insert(entry.id.clone());
            self.entries.insert(entry.id.clone(), entry);
        }
        if self.keys.is_none() {
            store.set(Setting::KeySet, &shipped.keys)?;
            self.keys = Some(keys);
        }
        store.set(Setting::Shipped, &digest)?;
        self.revision += 1;
        Ok(())
    }

    /// Judges a head. It is kept once the log has been followed to it; until then, says what is lacking.
    pub fn accept_head(&mut self, store: &Store, jws: &str, now: Timestamp) -> Result<Lacks, BulletinError> {
        let head = self.keys()?.head(jws)?;
        bulletin::check_head(self.head.as_ref(), &head, now)?;
        if head.seq > self.place.seq {
            if self.place.seq == 0 {
                return Ok(Lacks::Snapshot { seq: head.seq });
            }
            let from = self.place.seq + 1;
            let page_end = (self.place.seq / bulletin::PAGE * bulletin::PAGE).saturating_add(bulletin::PAGE);
            return Ok(Lacks::Frames { from, to: head.seq.min(page_end), newest: head.seq });
        }
        if head.seq == self.place.seq {
            if head.hash != self.place.hash {
                // frames that no head had confirmed led elsewhere: the snapshot this head names leads back
                return Ok(Lacks::Snapshot { seq: head.seq });
            }
            // one place has one snapshot: where two were named, what was left out is taken now
            if self.head.as_ref().is_some_and(|held| held.seq == head.seq && held.snapshot != head.snapshot) {
                return Ok(Lacks::Snapshot { seq: head.seq });
            }
            store.set(Setting::Head, jws)?;
            self.head = Some(head);
        }
        Ok(Lacks::Nothing)
    }

    /// Takes a snapshot whose hash the (verified) head names, and with it the head's place in the log.
    pub fn accept_snapshot(
        &mut self,
        store: &Store,
        head_jws: &str,
        snapshot: &str,
        now: Timestamp,
    ) -> Result<(), BulletinError> {
        let keys = self.keys()?;
        let head = keys.head(head_jws)?;
        bulletin::check_head(self.head.as_ref(), &head, now)?;
        if Hash::of(snapshot.as_bytes()) != head.snapshot {
            return Err(Refusal::WrongSnapshot.into());
        }
        let entries =
            snapshot.lines().map(|jws| Ok((keys.entry(jws, None)?, jws))).collect::<Result<Vec<_>, Refusal>>()?;
        let place = Place { seq: head.seq, hash: head.hash };
        let rows: Vec<_> = entries.iter().map(|(entry, jws)| (entry.id.clone(), entry.version, *jws)).collect();
        store.keep_entries(&rows, Some(place))?;
        for (entry, _) in entries {
            if self.entries.get(&entry.id).is_none_or(|held| held.version <= entry.version) {
                self.ahead.remove(&entry.id);
                self.entries.insert(entry.id.clone(), entry);
            }
        }
        self.place = place;
        self.revision += 1;
        store.set(Setting::Head, head_jws)?;
        self.head = Some(head);
        Ok(())
    }

    /// Takes one frame. A valid entry is shown even across a gap; the place moves only along the chain.
    pub fn accept_frame(&mut self, store: &Store, frame: &Frame) -> Result<(), BulletinError> {
        let entry = self.keys()?.entry(&frame.entry, Some(frame.seq))?;
        if frame.seq <= self.place.seq {
            return Ok(());
        }
        let place = self.place.after(frame);
        if let Some(held) = self.entries.get(&entry.id) {
            if entry.version < held.version {
                let (Ok(place), true) = (place, self.ahead.contains(&entry.id)) else {
                    return Err(Refusal::LowerVersion.into());
                };
                store.keep_entries(&[], Some(place))?;
                self.place = place;
                return Ok(());
            }
            if entry.version == held.version && entry != *held {
                return Err(Refusal::Conflict.into());
            }
        }
        store.keep_entries(&[(entry.id.clone(), entry.version, &frame.entry)], place.ok())?;
        if place.is_ok() {
            self.ahead.remove(&entry.id);
        } else {
            self.ahead.insert(entry.id.clone());
        }
        self.entries.insert(entry.id.clone(), entry);
        self.revision += 1;
        match place {
            Ok(place) => self.place = place,
            Err(refusal) if self.place.seq.checked_add(1) == Some(frame.seq) => return Err(refusal.into()),
            Err(_gap) => tracing::info!(seq = frame.seq, have = self.place.seq, "a gap in the log"),
        }
        Ok(())
    }

    pub fn keys(&self) -> Result<&Verified<KeySet>, Refusal> {
        self.keys.as_ref().ok_or(Refusal::UnknownKey)
    }

    pub fn advisories(&self) -> impl Iterator<Item = (&Verified<Entry>, &Advisory)> {
        self.each(|body| if let Body::Advisory(advisory) = body { Some(advisory) } else { None })
    }

    /// The newest word on each country, by code.
    pub fn levels(&self) -> BTreeMap<CountryCode, &Level> {
        let mut levels: Vec<_> =
            self.each(|body| if let Body::Level(level) = body { Some(level) } else { None }).collect();
        levels.sort_by_key(|(entry, _)| (entry.issued_at, entry.version));
        levels.into_iter().map(|(_, level)| (level.country, level)).collect()
    }

    pub fn missions(&self) -> impl Iterator<Item = (&Verified<Entry>, &Mission)> + Clone {
        self.each(|body| if let Body::Mission(mission) = body { Some(mission) } else { None })
    }

    pub fn lines(&self) -> impl Iterator<Item = (&Verified<Entry>, &Line)> + Clone {
        self.each(|body| if let Body::Line(line) = body { Some(line) } else { None })
    }

    pub fn chats(&self) -> impl Iterator<Item = (&Verified<Entry>, &Chat)> {
        self.each(|body| if let Body::Chat(chat) = body { Some(chat) } else { None })
    }

    pub fn topics(&self) -> impl Iterator<Item = (&Verified<Entry>, &Topic)> {
        self.each(|body| if let Body::Topic(topic) = body { Some(topic.as_ref()) } else { None })
    }

    fn each<'a, T: 'a>(
        &'a self,
        pick: impl Fn(&'a Body) -> Option<&'a T> + Clone,
    ) -> impl Iterator<Item = (&'a Verified<Entry>, &'a T)> + Clone {
        self.entries.values().filter_map(move |entry| Some((entry, pick(&entry.body)?)))
    }

    pub fn mission(&self, id: &EntryId) -> Option<&Mission> {
        if let Body::Mission(mission) = &self.entries.get(id)?.body { Some(mission) } else { None }
    }
}
