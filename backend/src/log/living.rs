//! What lives at one place of the log: the snapshot that the desk makes.

use std::collections::BTreeMap;

use contract::{
    entry::{Body, Entry},
    ids::EntryId,
    jws::{Refusal, Verified},
    keys::KeySet,
    log::{Frame, SnapshotLine},
};
use jiff::{SignedDuration, Timestamp};

use super::LogError;

/// The largest snapshot that an app reads.
pub const MAX_SNAPSHOT: usize = 8 * 1024 * 1024;

/// Who was offline hears of an end for this long.
const ENDINGS_STAY: SignedDuration = SignedDuration::from_hours(24 * 30);

struct Version<'a> {
    frame: &'a Frame,
    entry: Entry,
}

/// Of each id the newest version, in the order of the log, without what is over at `now`. What a voided key signed
/// is as if it had never been said: the version before stands.
///
/// # Errors
/// A frame that no key of the ministry signed.
pub fn living(frames: &[Frame], keys: &Verified<KeySet>, now: Timestamp) -> Result<Vec<SnapshotLine>, LogError> {
    let mut versions: BTreeMap<EntryId, Vec<Version<'_>>> = BTreeMap::new();
    for frame in frames {
        match keys.entry_at(frame.seq, &frame.entry) {
            Ok(entry) => {
                let entry = entry.into_inner();
                versions.entry(entry.id.clone()).or_default().push(Version { frame, entry });
            }
            Err(Refusal::VoidedKey | Refusal::OutsideKeyRange | Refusal::Unreadable) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let mut lines = Vec::new();
    for versions in versions.values() {
        if let Some(newest) = versions.last() {
            let before = versions.iter().rev().nth(1).map(|version| &version.entry);
            if !is_over(&newest.entry, before, now) {
                lines.push(SnapshotLine { seq: newest.frame.seq, entry: newest.frame.entry.clone() });
            }
        }
    }
    lines.sort_by_key(|line| line.seq);
    Ok(lines)
}

/// An end stays for thirty days, and at least as long as what it ends would have held.
fn is_over(entry: &Entry, before: Option<&Entry>, now: Timestamp) -> bool {
    let Some(end) = end(&entry.body) else { return false };
    if !is_ending(&entry.body) {
        return end <= now;
    }
    let heard = entry.issued_at.saturating_add(ENDINGS_STAY).unwrap_or(Timestamp::MAX);
    let ended = before.and_then(|before| self::end(&before.body)).unwrap_or(end);
    heard.max(end).max(ended) <= now
}

/// When an entry ends by itself; `None` for what stands until it is replaced.
fn end(body: &Body) -> Option<Timestamp> {
    match body {
        Body::Advisory(advisory) => Some(advisory.expires),
        // an ending may name no part
        Body::RelayedAlert(alert) => alert.parts.iter().map(|part| part.expires).max().or(Some(alert.sent)),
        Body::RelayList(_)
        | Body::Level(_)
        | Body::Mission(_)
        | Body::Line(_)
        | Body::Chat(_)
        | Body::Topic(_)
        | Body::Unread(_) => None,
    }
}

fn is_ending(body: &Body) -> bool {
    match body {
        Body::Advisory(advisory) => advisory.is_ending(),
        Body::RelayedAlert(alert) => alert.is_ending(),
        Body::RelayList(_)
        | Body::Level(_)
        | Body::Mission(_)
        | Body::Line(_)
        | Body::Chat(_)
        | Body::Topic(_)
        | Body::Unread(_) => false,
    }
}
