//! A PIN for the screens of the trips. It locks the screen and nothing else: what is kept is closed under a key of its own,
//! so that a PIN that is forgotten, or guessed by who copies the file, opens and loses nothing.

use std::num::NonZeroU32;

use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use ring::pbkdf2;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::store::Kept;

/// OWASP's count for this function, 2023.
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(599_999);
const ALGORITHM: pbkdf2::Algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
/// Who looks elsewhere for less than this is not asked again.
const AWAY: SignedDuration = SignedDuration::from_mins(2);

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
}

impl LockView {
    /// Locked where a PIN is set: whether it was given is the session's to say.
    pub(crate) fn of<D>(kept: &Kept<D>, now: Timestamp) -> Self {
        let has_pin = kept.pin.is_some();
        let tries = Tries::read(kept.pin_tries.as_deref());
        let wait_until = Some(tries.wait(now)).filter(|wait| has_pin && wait.is_positive()).map(|wait| now + wait);
        Self { has_pin, locked: has_pin, wait_until }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Pin {
    rounds: NonZeroU32,
    salt: [u8; 16],
    hash: [u8; 32],
}

impl Pin {
    pub fn new(digits: &str, rng: &mut impl Rng) -> Self {
        let (mut salt, mut hash) = ([0; 16], [0; 32]);
        rng.fill_bytes(&mut salt);
        pbkdf2::derive(ALGORITHM, ROUNDS, &salt, digits.as_bytes(), &mut hash);
        Self { rounds: ROUNDS, salt, hash }
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

    /// How long nothing is tried. A clock that was set back has counted nothing of it.
    pub fn wait(&self, now: Timestamp) -> SignedDuration {
        let all = SignedDuration::from_secs(match self.failed {
            0..=3 => 0,
            4 => 30,
            5 => 60,
            6 => 5 * 60,
            7 => 15 * 60,
            8.. => 60 * 60,
        });
        let passed = now.duration_since(self.at).max(SignedDuration::ZERO);
        (all - passed).max(SignedDuration::ZERO)
    }
}

/// Whether somebody has given the PIN since the app was opened, and looks at it.
#[derive(Default)]
pub(crate) struct Screen {
    pub is_open: bool,
    pub away_since: Option<Timestamp>,
}

impl Screen {
    pub fn is_open(&self, now: Timestamp) -> bool {
        let is_back = |since: Timestamp| now >= since && now.duration_since(since) < AWAY;
        self.is_open && self.away_since.is_none_or(is_back)
    }
}
