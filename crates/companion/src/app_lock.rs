//! A PIN for the screens of the trips. It locks the screen and nothing else: what is kept is closed under a key of its own,
//! so that a PIN that is forgotten, or guessed by who copies the file, opens and loses nothing.

use std::{num::NonZeroU32, time::Duration};

use contract::hash::Hash;
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use ring::pbkdf2;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use ts_rs::TS;

use crate::store::Kept;

/// OWASP's count for this function, 2023.
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(599_999);
const ALGORITHM: pbkdf2::Algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
/// Who looks elsewhere for less than this is not asked again.
const AWAY: SignedDuration = SignedDuration::from_mins(2);
/// So much of a wait passes by a clock that nobody can set, though it begins again at each start.
const OF_THIS_RUN: SignedDuration = SignedDuration::from_mins(1);

/// How the trips stand locked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct LockView {
    /// A PIN is set.
    pub has_pin: bool,
    /// The trips are not shown, nor changed.
    pub locked: bool,
    /// No PIN is tried before then: too many were wrong.
    #[ts(type = "string | null")]
    pub wait_until: Option<Timestamp>,
    /// A PIN was set and is damaged: it locks nothing any more.
    pub pin_damaged: bool,
}

impl LockView {
    pub(crate) fn of<D>(kept: &Kept<D>, screen: &Screen, now: Timestamp) -> Self {
        let has_pin = Pin::read(kept.pin.as_deref()).is_some();
        let wait = Tries::read(kept.pin_tries.as_deref()).wait(now, screen.tried.elapsed());
        Self {
            has_pin,
            locked: has_pin && !screen.is_open(now),
            wait_until: Some(wait).filter(|wait| has_pin && wait.is_positive()).map(|wait| now + wait),
            pin_damaged: kept.pin.is_some() && !has_pin,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Pin {
    rounds: NonZeroU32,
    salt: [u8; 16],
    hash: [u8; 32],
    /// Of the three; absent where an app before this one set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sum: Option<Hash>,
}

impl Pin {
    pub fn new(digits: &str, rng: &mut impl Rng) -> Self {
        let (mut salt, mut hash) = ([0; 16], [0; 32]);
        rng.fill_bytes(&mut salt);
        pbkdf2::derive(ALGORITHM, ROUNDS, &salt, digits.as_bytes(), &mut hash);
        let pin = Self { rounds: ROUNDS, salt, hash, sum: None };
        Self { sum: Some(pin.sum()), ..pin }
    }

    /// One that is damaged is none: no PIN opens it, and it would lock the trips for ever.
    pub fn read(kept: Option<&str>) -> Option<Self> {
        let pin: Self = serde_json::from_str(kept?).ok()?;
        pin.sum.as_ref().is_none_or(|sum| *sum == pin.sum()).then_some(pin)
    }

    fn sum(&self) -> Hash {
        Hash::of(&[&self.rounds.get().to_be_bytes()[..], &self.salt, &self.hash].concat())
    }

    pub fn is(&self, digits: &str) -> bool {
        pbkdf2::verify(ALGORITHM, self.rounds, &self.salt, digits.as_bytes(), &self.hash).is_ok()
    }
}

/// The PINs that were wrong since the last right one.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Tries {
    pub failed: u32,
    /// When the last was tried.
    pub at: Timestamp,
}

impl Tries {
    pub fn read(kept: Option<&str>) -> Self {
        kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// How long nothing is tried. A clock that was set back has counted nothing of it, and one that was set forward not
    /// more than all but a minute: `in_this_run` is the time since the last try, or the start, that it cannot change.
    pub fn wait(&self, now: Timestamp, in_this_run: Duration) -> SignedDuration {
        let all = SignedDuration::from_secs(match self.failed {
            0..=3 => 0,
            4 => 30,
            5 => 60,
            6 => 5 * 60,
            7 => 15 * 60,
            8.. => 60 * 60,
        });
        let passed = now.duration_since(self.at).max(SignedDuration::ZERO);
        let in_this_run = SignedDuration::try_from(in_this_run).unwrap_or(SignedDuration::MAX);
        (all - passed).max(all.min(OF_THIS_RUN) - in_this_run).max(SignedDuration::ZERO)
    }
}

/// Whether somebody has given the PIN since the app was opened, and looks at it.
pub(crate) struct Screen {
    pub is_open: bool,
    pub away_since: Option<Timestamp>,
    /// When a PIN was tried last, or the app was opened.
    pub tried: Instant,
}

impl Screen {
    /// As the app is opened.
    pub fn new() -> Self {
        Self { is_open: false, away_since: None, tried: Instant::now() }
    }

    pub fn is_open(&self, now: Timestamp) -> bool {
        let is_back = |since: Timestamp| now >= since && now.duration_since(since) < AWAY;
        self.is_open && self.away_since.is_none_or(is_back)
    }
}
