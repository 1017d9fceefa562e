//! The app in whatever state it could be opened: what the shell holds and its commands call.

#![deny(missing_docs)]

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use contract::{profile::Profile, words::Lang};
use jiff::Timestamp;

use crate::{
    bulletin::Bulletin,
    changes::Changes,
    error::{Failure, FailureCode, Trouble},
    facts::Facts,
    host::{Clock, Host},
    lock::lock,
    search::Index,
    session::Session,
    store::{Call, StoreError},
};

/// The app, whether it could be opened or not: every query has an answer.
pub struct Companion {
    clock: Clock,
    lang: Mutex<Lang>,
    changes: Arc<Changes>,
    state: State,
    /// Where there is no store, nothing was ever heard.
    nothing_heard: Bulletin,
    /// A tap where no store is open: shown until it is answered, sent to nobody.
    unkept_call: Mutex<Option<Call>>,
    /// What can be found, and the revision of the bulletin it was made at.
    pub(crate) index: Mutex<Option<(u64, Index)>>,
}

enum State {
    Ready(Arc<Session>),
    NoMinistry,
    Trouble { trouble: Trouble, profile: Option<Box<Profile>> },
}

impl Companion {
    /// Opens the data folder for the ministry of `profile`. It never fails: what cannot be opened is shown.
    pub fn open(folder: &Path, profile: Result<Option<Profile>, Trouble>, host: Host) -> Self {
        let (clock, lang) = (host.clock.clone(), host.lang);
        let changes = Arc::new(Changes::new(host.window.clone()));
        let state = match profile {
            Ok(None) => State::NoMinistry,
            Err(trouble) => State::Trouble { trouble, profile: None },
            Ok(Some(profile)) => match Session::open(folder, profile.clone(), host, changes.clone()) {
                Ok(session) => State::Ready(Arc::new(session)),
                Err(trouble) => State::Trouble { trouble, profile: Some(Box::new(profile)) },
            },
        };
        Self {
            clock,
            lang: Mutex::new(lang),
            changes,
            state,
            nothing_heard: Bulletin::default(),
            unkept_call: Mutex::default(),
            index: Mutex::default(),
        }
    }

    /// The working app.
    ///
    /// # Errors
    /// [`FailureCode::NoMinistry`] where none is set, [`FailureCode::StoreUnavailable`] where the store is not open.
    pub fn session(&self) -> Result<&Arc<Session>, Failure> {
        match &self.state {
            State::Ready(session) => Ok(session),
            State::NoMinistry => Err(Failure::new(FailureCode::NoMinistry)),
            State::Trouble { .. } => Err(Failure::new(FailureCode::StoreUnavailable)),
        }
    }

    /// Reads everything in one moment, with or without a store.
    pub(crate) fn with_facts<T>(&self, make: impl FnOnce(&Facts) -> T) -> Result<T, StoreError> {
        match &self.state {
            State::Ready(session) => session.with_facts(make),
            State::NoMinistry => Ok(make(&self.facts_without_store())),
            State::Trouble { trouble, profile } => {
                Ok(make(&Facts { profile: profile.as_deref(), trouble: Some(*trouble), ..self.facts_without_store() }))
            }
        }
    }

    fn facts_without_store(&self) -> Facts<'_> {
        Facts {
            revision: self.changes.revision(),
            latest_call: lock(&self.unkept_call).clone(),
            ..Facts::without_store(self.now(), *lock(&self.lang), &self.nothing_heard)
        }
    }

    pub(crate) fn profile(&self) -> Option<&Profile> {
        match &self.state {
            State::Ready(session) => Some(&session.profile),
            State::NoMinistry => None,
            State::Trouble { profile, .. } => profile.as_deref(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The traveller's choice, else the system's.
    pub fn lang(&self) -> Lang {
        match &self.state {
            State::Ready(session) => session.lang(),
            State::NoMinistry | State::Trouble { .. } => *lock(&self.lang),
        }
    }

    pub(crate) fn speak(&self, lang: Lang) {
        *lock(&self.lang) = lang;
        self.changes.tell();
    }

    pub(crate) fn keep_unkept_call(&self, call: Option<Call>) {
        *lock(&self.unkept_call) = call;
        self.changes.tell();
    }
}
