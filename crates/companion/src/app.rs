//! The app without its window: what the shell holds and its commands call.

mod acts;
mod answers;
mod ready;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use contract::{ids::CallId, profile::Profile, records::CallOutcome, words::Lang};
use jiff::Timestamp;
use rand::rngs::StdRng;

use crate::{
    advice::Notice,
    compose,
    error::{Failure, FailureCode, Trouble},
    search::Index,
    store::Setting,
    view::{CallBar, CallWay, Delivery, LastCall, View},
};

pub use ready::Ready;

pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the companion tells its window.
pub trait Window: Send + Sync {
    /// Something a screen shows has changed.
    fn changed(&self);
    /// An advisory is worth a notification. Its `(id, version)` is committed: this comes once.
    fn notify(&self, notice: Notice);
}

/// What the edge hands in.
pub struct Outside {
    pub clock: Clock,
    pub rng: StdRng,
    pub http: reqwest::Client,
    pub window: Arc<dyn Window>,
    /// The system's language.
    pub lang: Lang,
}

/// The app in whatever state it could be opened.
pub struct Companion {
    clock: Clock,
    lang: Mutex<Lang>,
    window: Arc<dyn Window>,
    state: State,
    /// A tap where no store is open: shown until it is answered, sent to nobody.
    unkept_call: Mutex<Option<LastCall>>,
    /// What can be found, and the place in the bulletin it was made at.
    index: Mutex<Option<(u64, Index)>>,
}

enum State {
    Ready(Arc<Ready>),
    NoMinistry,
    Trouble { trouble: Trouble, profile: Option<Box<Profile>> },
}

impl Companion {
    /// Opens the data folder for the ministry of `profile`. It never fails: what cannot be opened is shown.
    pub fn open(folder: &Path, profile: Result<Option<Profile>, Trouble>, outside: Outside) -> Self {
        let (clock, lang, window) = (outside.clock.clone(), outside.lang, outside.window.clone());
        let state = match profile {
            Ok(None) => State::NoMinistry,
            Err(trouble) => State::Trouble { trouble, profile: None },
            Ok(Some(profile)) => match Ready::open(folder, profile.clone(), outside) {
                Ok(ready) => State::Ready(Arc::new(ready)),
                Err(trouble) => State::Trouble { trouble, profile: Some(Box::new(profile)) },
            },
        };
        Self { clock, lang: Mutex::new(lang), window, state, unkept_call: Mutex::default(), index: Mutex::default() }
    }

    /// The working app, or why there is none.
    pub fn ready(&self) -> Result<&Arc<Ready>, Failure> {
        match &self.state {
            State::Ready(ready) => Ok(ready),
            State::NoMinistry => Err(Failure::new(FailureCode::NoMinistry)),
            State::Trouble { .. } => Err(Failure::new(FailureCode::StoreUnavailable)),
        }
    }

    pub fn view(&self) -> Result<View, Failure> {
        let (profile, trouble) = match &self.state {
            State::Ready(ready) => return Ok(compose::view(ready)?),
            State::NoMinistry => (None, None),
            State::Trouble { trouble, profile } => (profile.as_deref(), Some(*trouble)),
        };
        let last_call = lock(&self.unkept_call).clone();
        Ok(View { last_call, ..compose::without_store(profile, trouble, self.lang(), (self.clock)()) })
    }

    /// A number was handed to the dialler; `dialled` is false where nothing here took it.
    pub fn called(&self, number: &str, way: CallWay, dialled: bool) -> Result<(), Failure> {
        if let State::Ready(ready) = &self.state {
            return ready.called(number, way, dialled);
        }
        let bar = self.call_bar();
        *lock(&self.unkept_call) = Some(LastCall {
            id: CallId::NIL,
            number: number.to_owned(),
            demo: bar.demo && bar.number == number,
            way,
            at: (self.clock)(),
            dialled,
            outcome: CallOutcome::Called,
            delivery: Delivery::OnlyHere,
        });
        self.window.changed();
        Ok(())
    }

    pub fn call_outcome(&self, id: CallId, outcome: CallOutcome) -> Result<(), Failure> {
        if let State::Ready(ready) = &self.state {
            return ready.call_outcome(id, outcome);
        }
        *lock(&self.unkept_call) = None;
        self.window.changed();
        Ok(())
    }

    pub fn lang(&self) -> Lang {
        match &self.state {
            State::Ready(ready) => ready.lang(),
            State::NoMinistry | State::Trouble { .. } => *lock(&self.lang),
        }
    }

    pub fn set_language(&self, lang: Lang) -> Result<(), Failure> {
        *lock(&self.lang) = lang;
        if let State::Ready(ready) = &self.state {
            ready.store.set(Setting::Language, lang.tag())?;
        }
        Ok(())
    }

    /// What the call bar dials now.
    pub fn call_bar(&self) -> CallBar {
        match &self.state {
            State::Ready(ready) => compose::call_bar(ready),
            State::NoMinistry => crate::help::of_nobody(),
            State::Trouble { profile, .. } => {
                profile.as_deref().map_or_else(crate::help::of_nobody, crate::help::of_profile)
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
