//! Signing heads as the log grows, and telling streams what was added.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use contract::{
    jws::{Refusal, Signatory, Verified},
    keys::{KeySet, Role},
    log::{Frame, Head, LogPosition, Watermark},
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use super::{Author, CLOCK_TOLERANCE, LogError, Newest, News, Statement, Written, frame_event, news::LEVEL};
use crate::Clock;
use crate::coded::Coded;

/// How long a head may be believed.
const HEAD_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Signs heads, and tells streams what was added.
pub(super) struct Signing {
    /// The head keys that are here; the key set says which one is in use.
    pub(super) signatories: Vec<Signatory>,
    pub(super) clock: Clock,
    pub(super) state: RwLock<State>,
    pub(super) news: broadcast::Sender<News>,
}

/// What is served without asking the database.
pub(super) struct State {
    pub(super) key_sets: Vec<String>,
    pub(super) keys: Verified<KeySet>,
    pub(super) seq: u64,
    pub(super) head: Option<Arc<Statement>>,
    pub(super) watermark: Option<(Arc<Statement>, Verified<Watermark>)>,
    /// Frames up to this one are no longer served.
    pub(super) gone: u64,
}

impl Signing {
    pub(super) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The head key that is in use.
    fn signatory(&self, keys: &KeySet) -> Result<&Signatory, LogError> {
        let named = keys.in_use(Role::Head).ok_or(Refusal::UnknownKey)?;
        let held = self.signatories.iter().find(|signatory| signatory.kid == named.kid);
        held.ok_or_else(|| LogError::NoHeadKey(named.kid.clone()))
    }

    pub(super) fn confirmed(&self, statement: Statement, watermark: Verified<Watermark>, gone: u64) {
        let (seq, event) = (statement.seq, statement.event("watermark"));
        let mut state = self.state_mut();
        state.watermark = Some((Arc::new(statement), watermark));
        state.gone = gone;
        drop(state);
        self.announce(seq, false, event);
    }

    fn announce(&self, seq: u64, has_frames: bool, events: String) {
        match Coded::new(events, LEVEL) {
            // nobody may be listening
            Ok(events) => drop(self.news.send(News { seq, has_frames, events })),
            // whoever misses it sees the gap, and reads what is served
            Err(error) => tracing::error!(%error, "news were not announced"),
        }
    }
}

impl Author for Signing {
    fn admit(&self, frame: &Frame) -> Result<(), Refusal> {
        // the place is the front's own to give, so no old one can be claimed
        self.state().keys.entry_at(frame.seq, &frame.entry)?;
        Ok(())
    }

    fn head(&self, newest: Newest) -> Result<(Statement, Timestamp), LogError> {
        let now = (self.clock)();
        let before = newest.issued_before.unwrap_or(Timestamp::MIN);
        if before.duration_since(now) > CLOCK_TOLERANCE {
            return Err(LogError::ClockBehind { now, signed: before });
        }
        // a clock set back a little must not make the new head look older than the one that devices hold
        let issued_at = now.max(before);
        let LogPosition { seq, hash } = newest.position;
        let state = self.state();
        let head = Head { seq, hash, keys: state.keys.number, issued_at, expires_at: issued_at + HEAD_LIFE };
        let jws = self.signatory(&state.keys)?.sign(&head).map_err(LogError::Sign)?.compact();
        // a head that no device would believe is not handed out
        state.keys.head(&jws)?;
        Ok((Statement::new(seq, jws), issued_at))
    }

    fn committed(&self, written: &Written) {
        let Some(head) = &written.head else {
            // frames that come back after a restore: they are announced by the first head
            if let Some(last) = written.added.last() {
                self.state_mut().seq = last.seq;
            }
            return;
        };
        let mut text = String::new();
        for frame in &written.added {
            match frame_event(frame) {
                Ok(event) => text += &event,
                // whoever misses it sees the gap, and reads the frames
                Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "a frame was not announced"),
            }
        }
        text += &head.event("head");
        let mut state = self.state_mut();
        state.seq = head.seq;
        state.head = Some(Arc::new(head.clone()));
        drop(state);
        self.announce(head.seq, !written.added.is_empty(), text);
    }
}
