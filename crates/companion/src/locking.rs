//! What the traveller does with the PIN, and who asks whether the trips are locked.

#![deny(missing_docs)]

use std::ops::RangeInclusive;

use tokio::time::Instant;

use crate::{
    app_lock::{LockView, Pin, Tries},
    error::{Failure, FailureCode},
    lock::lock,
    session::Session,
    store::{Kept, Setting, StoreError},
};

const DIGITS: RangeInclusive<usize> = 4..=12;

impl Session {
    /// Whether the trips are locked: a PIN is set and was not given.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub(crate) fn is_locked(&self) -> Result<bool, StoreError> {
        Ok(self.pin()?.is_some() && !lock(&self.screen).is_open(self.now()))
    }

    /// The same of what is kept, for the screens.
    pub(crate) fn lock_view<D>(&self, kept: &Kept<D>) -> LockView {
        LockView::of(kept, &lock(&self.screen), self.now())
    }

    fn pin(&self) -> Result<Option<Pin>, StoreError> {
        Ok(Pin::read(self.store.setting(Setting::Pin)?.as_deref()))
    }

    /// # Errors
    /// [`FailureCode::Locked`] where the trips are locked; `StoreUnavailable`.
    pub(crate) fn refuse_locked(&self) -> Result<(), Failure> {
        if self.is_locked()? { Err(Failure::new(FailureCode::Locked)) } else { Ok(()) }
    }

    /// Shows the trips to who knows the PIN.
    ///
    /// # Errors
    /// [`FailureCode::PinWrong`]; `PinWait` after too many; `NotFound` where none is set; `DiskFull` or
    /// `StoreUnavailable`.
    pub fn unlock(&self, digits: &str) -> Result<(), Failure> {
        self.check_pin(digits)?;
        self.open_screen();
        Ok(())
    }

    /// Sets a PIN, or with `None` takes it away. Where one is set, `current` is it.
    ///
    /// # Errors
    /// [`FailureCode::PinNotDigits`] for anything but 4 to 12 digits; as of [`Self::unlock`] for a wrong `current`.
    pub fn set_pin(&self, current: Option<&str>, new: Option<&str>) -> Result<(), Failure> {
        let is_pin =
            |digits: &str| DIGITS.contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        if new.is_some_and(|new| !is_pin(new)) {
            return Err(Failure::new(FailureCode::PinNotDigits));
        }
        if self.pin()?.is_some() {
            self.check_pin(current.unwrap_or_default())?;
        }
        match new {
            Some(new) => {
                let pin = self.with_rng(|rng| Pin::new(new, rng));
                self.store.set(Setting::Pin, &serde_json::to_string(&pin).map_err(StoreError::from)?)?;
            }
            None => self.store.unset(Setting::Pin)?,
        }
        self.open_screen();
        Ok(())
    }

    /// Locks the trips again.
    pub fn lock_screen(&self) {
        {
            let mut screen = lock(&self.screen);
            (screen.is_open, screen.away_since) = (false, None);
        }
        self.changed();
    }

    /// The window went out of sight, or came back: after two minutes the trips are locked.
    pub fn look_away(&self, is_away: bool) {
        let now = self.now();
        {
            let mut screen = lock(&self.screen);
            screen.is_open = screen.is_open(now);
            screen.away_since = is_away.then(|| screen.away_since.unwrap_or(now));
        }
        self.changed();
    }

    fn open_screen(&self) {
        {
            let mut screen = lock(&self.screen);
            (screen.is_open, screen.away_since) = (true, None);
        }
        self.changed();
    }

    /// A try is counted before it is made: who ends the app in between has used it up.
    fn check_pin(&self, digits: &str) -> Result<(), Failure> {
        // one at a time
        let mut screen = lock(&self.screen);
        let pin = self.pin()?.ok_or(Failure::new(FailureCode::NotFound))?;
        let now = self.now();
        let tries = Tries::read(self.store.setting(Setting::PinTries)?.as_deref());
        let note = |tries: &Tries| -> Result<(), StoreError> {
            self.store.set(Setting::PinTries, &serde_json::to_string(tries)?)
        };
        if tries.wait(now, screen.tried.elapsed()).is_positive() {
            if now < tries.at {
                // the clock was set back: the wait begins again, and does not last until it is caught up
                note(&Tries { at: now, ..tries })?;
            }
            return Err(Failure::new(FailureCode::PinWait));
        }
        note(&Tries { failed: tries.failed.saturating_add(1), at: now })?;
        screen.tried = Instant::now();
        if !pin.is(digits) {
            return Err(Failure::new(FailureCode::PinWrong));
        }
        self.store.unset(Setting::PinTries)?;
        Ok(())
    }
}
