//! What is held, and what it says: the keys, the newest statements, the entries that count.

use std::collections::BTreeMap;

use contract::{
    entry::{
        Body, Entry, Unread,
        advisory::Advisory,
        chat::Chat,
        level::Level,
        line::{Line, LineKind},
        mission::Mission,
        relayed_alert::{RelayList, RelayedAlert},
        topic::Topic,
    },
    ids::EntryId,
    jws::{Jws, Refusal, Verified},
    keys::{Carried, KeySet},
    log::{self, Head, Watermark},
    place::CountryCode,
    profile::Profile,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use crate::store::{Followed, Setting, SignedEntry, Step, Store, StoreError};

/// A longer chain is fetched in the next run.
pub const MOST_KEY_SETS_A_RUN: u32 = 64;

/// A clock this far behind the ministry's own word is wrong.
const CLOCK_IS_WRONG_BY: SignedDuration = SignedDuration::from_mins(5);

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
    pub(super) keys: Option<Verified<KeySet>>,
    pub(super) watermark: Option<Verified<Watermark>>,
    pub(super) head: Option<Verified<Head>>,
    /// How far the log has been followed without a gap.
    pub(super) followed: Followed,
    /// Up to here a watermark proves that the followed log is the ministry's own.
    pub(super) proven: u64,
    pub(super) entries: BTreeMap<EntryId, HeldEntry>,
    /// Ids whose newest version demands what this app does not know.
    too_new: BTreeMap<EntryId, u32>,
    /// What is held can only be put right by a snapshot, of a watermark that knows this key set.
    pub(super) snapshot_wanted: Option<u32>,
    /// Counts what was taken since the start.
    pub(super) revision: u64,
}

pub(super) struct HeldEntry {
    pub entry: Verified<Entry>,
    /// Its place in the log; `None` where it came without one, or across a gap.
    pub seq: Option<u64>,
}

impl Bulletin {
    /// Reads what the device kept and verifies all of it again; what no longer holds is left out.
    pub fn load(store: &Store, profile: &Profile) -> Result<Self, StoreError> {
        let documents = store.key_sets()?;
        if documents.is_empty() {
            return Ok(Self::default());
        }
        let keys = match profile.roots.verify_chain(documents.iter().map(String::as_str)) {
            Ok(keys) => keys,
            Err(refusal) => {
                tracing::warn!(reason = %refusal, "the stored key sets are not believed");
                return Ok(Self::default());
            }
        };
        let watermark = store.setting(Setting::Watermark)?.and_then(|compact| keys.watermark(&compact).ok());
        let head = store.setting(Setting::Head)?.and_then(|compact| keys.head(&compact).ok());
        let number = |text: Option<String>| text.and_then(|text| text.parse().ok());
        let mut bulletin = Self {
            watermark,
            head,
            followed: store.followed()?,
            proven: number(store.setting(Setting::ProvenSeq)?).unwrap_or_default(),
            snapshot_wanted: store.setting(Setting::SnapshotWanted)?.and_then(|text| text.parse().ok()),
            keys: Some(keys),
            ..Self::default()
        };
        bulletin.read_entries(store)?;
        Ok(bulletin)
    }

    /// Judges all that is kept by the keys and the watermark of now. What a void covers leaves the device; what only
    /// lacks a proof stays there unshown.
    pub(super) fn read_entries(&mut self, store: &Store) -> Result<(), StoreError> {
        let Some(keys) = self.keys.take() else { return Ok(()) };
        self.entries.clear();
        self.too_new.clear();
        let mut voided = Vec::new();
        for SignedEntry { id, version, jws, seq } in store.signed_entries()? {
            match jws.parse::<Jws>().and_then(|jws| keys.entry(&jws, self.carried(seq))) {
                Ok(entry) => self.hold(entry, seq),
                Err(Refusal::VoidedKey) => voided.push((id, version)),
                Err(refusal) => tracing::warn!(%id, reason = %refusal, "a stored entry is not shown"),
            }
        }
        if !voided.is_empty() {
            // the version before stands in the snapshot that was made after the void
            self.snapshot_wanted = Some(keys.number);
            let wanted = (Setting::SnapshotWanted, Some(keys.number.to_string()));
            store.take_step(&Step { voided, settings: vec![wanted], ..Step::default() })?;
        }
        self.keys = Some(keys);
        self.revision += 1;
        Ok(())
    }

    /// An entry in the followed log is confirmed up to where a watermark proves that log.
    pub(super) fn carried(&self, seq: Option<u64>) -> Carried {
        seq.map_or(Carried::Alone, |seq| Carried::At { seq, confirmed: seq <= self.proven })
    }

    /// Shows an entry that was judged and kept.
    pub(super) fn hold(&mut self, entry: Verified<Entry>, seq: Option<u64>) {
        let held_version = self.entries.get(&entry.id).map_or(0, |held| held.entry.version);
        if entry.version < held_version {
            return;
        }
        if let Body::Unread(unread) = &entry.body {
            if let Unread::TooNew { .. } = unread {
                self.too_new.insert(entry.id.clone(), entry.version);
            }
            return;
        }
        if self.too_new.get(&entry.id).is_some_and(|version| *version <= entry.version) {
            self.too_new.remove(&entry.id);
        }
        let seq =
            seq.or(self.entries.get(&entry.id).filter(|_| entry.version == held_version).and_then(|held| held.seq));
        self.entries.insert(entry.id.clone(), HeldEntry { entry, seq });
    }

    pub fn keys(&self) -> Result<&Verified<KeySet>, Refusal> {
        self.keys.as_ref().ok_or(Refusal::UnknownKey)
    }

    /// The number of the newest key set; 0 where none is held.
    pub fn key_set_number(&self) -> u32 {
        self.keys.as_ref().map_or(0, |keys| keys.number)
    }

    /// How far the log has been followed without a gap.
    pub fn followed_seq(&self) -> u64 {
        self.followed.seq
    }

    /// Another number whenever what it says may have changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The time to judge by: the device's clock, raised by the ministry's newest watermark.
    pub fn time(&self, clock: Timestamp) -> Timestamp {
        log::floor_of_time(clock, self.watermark.as_deref())
    }

    /// Whether the newest watermark is dated further ahead of this clock than it may raise the time: one of the two
    /// clocks was wrong.
    pub(super) fn is_misdated(&self, clock: Timestamp) -> bool {
        self.said_at().is_some_and(|said| said > self.time(clock))
    }

    /// The newest time that the ministry itself has said.
    pub fn said_at(&self) -> Option<Timestamp> {
        self.watermark.as_ref().map(|watermark| watermark.issued_at)
    }

    /// The ministry has signed later than this clock says it is now.
    pub fn is_clock_behind(&self, clock: Timestamp) -> bool {
        self.said_at().is_some_and(|said| said.duration_since(clock) > CLOCK_IS_WRONG_BY)
    }

    /// Whether a word that was signed at `signed_at` and has just come gives this clock the lie: it is from later, or it
    /// is as new as the ministry's newest word and that has long expired.
    pub fn doubts(&self, clock: Timestamp, signed_at: Timestamp) -> bool {
        let is_newest = self.said_at().is_some_and(|said| said.duration_since(signed_at) <= CLOCK_IS_WRONG_BY);
        signed_at > clock || is_newest && !self.is_confirmed(clock)
    }

    /// False while the newest head is in force and every frame up to it is here.
    pub fn may_be_stale(&self, now: Timestamp) -> bool {
        self.head.as_ref().is_none_or(|head| head.expires_at <= now || head.seq > self.followed.seq)
    }

    /// Whether the desk has confirmed the log within its day. A date still to come confirms nothing.
    pub fn is_confirmed(&self, now: Timestamp) -> bool {
        self.watermark.as_ref().is_some_and(|watermark| watermark.issued_at <= now && watermark.is_current(now))
    }

    /// Something that the ministry says demands a newer app.
    pub fn is_too_new(&self) -> bool {
        !self.too_new.is_empty()
    }

    pub fn advisories(&self) -> impl Iterator<Item = (&Verified<Entry>, &Advisory)> {
        self.each(|body| if let Body::Advisory(advisory) = body { Some(advisory) } else { None })
    }

    pub fn relayed_alerts(&self) -> impl Iterator<Item = (&Verified<Entry>, &RelayedAlert)> {
        self.each(|body| if let Body::RelayedAlert(alert) = body { Some(alert) } else { None })
    }

    pub fn relay_lists(&self) -> impl Iterator<Item = (&Verified<Entry>, &RelayList)> {
        self.each(|body| if let Body::RelayList(list) = body { Some(list) } else { None })
    }

    /// The newest word on each country, by code.
    pub fn levels(&self) -> BTreeMap<CountryCode, &Level> {
        let mut levels: Vec<_> = self.level_entries().collect();
        levels.sort_by_key(|(entry, _)| (entry.issued_at, entry.version));
        levels.into_iter().map(|(_, level)| (level.country, level)).collect()
    }

    pub fn level_entries(&self) -> impl Iterator<Item = (&Verified<Entry>, &Level)> {
        self.each(|body| if let Body::Level(level) = body { Some(level) } else { None })
    }

    pub fn missions(&self) -> impl Iterator<Item = (&Verified<Entry>, &Mission)> + Clone {
        self.each(|body| if let Body::Mission(mission) = body { Some(mission) } else { None })
    }

    /// The lines on which somebody answers, or reads.
    pub fn lines(&self) -> impl Iterator<Item = (&Verified<Entry>, &Line)> + Clone {
        self.each_line().filter(|(_, line)| line.kind != LineKind::CodedSms)
    }

    /// Where coded SMS go to: the ministry's newest word on it.
    pub fn coded_sms(&self) -> Option<&Line> {
        let taking =
            self.each_line().filter(|(_, line)| line.kind == LineKind::CodedSms && line.answers_at().is_some());
        taking.max_by_key(|(entry, _)| entry.issued_at).map(|(_, line)| line)
    }

    fn each_line(&self) -> impl Iterator<Item = (&Verified<Entry>, &Line)> + Clone {
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
        self.entries.values().filter_map(move |held| Some((&held.entry, pick(&held.entry.body)?)))
    }

    pub fn mission(&self, id: &EntryId) -> Option<&Mission> {
        if let Body::Mission(mission) = &self.entries.get(id)?.entry.body { Some(mission) } else { None }
    }
}
