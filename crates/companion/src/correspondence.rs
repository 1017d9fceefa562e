//! What the ministry and this phone write to each other: letters are opened and kept, messages are written.

#![deny(missing_docs)]

use contract::{
    ids::{MessageId, TripId},
    keys::key_bytes,
    profile::REGISTERING,
    record::{About, CaseStep, MAX_TEXT, PrivateMessage, QuickAnswer},
    seal,
};
use jiff::SignedDuration;
use serde::Deserialize;
use ts_rs::TS;

use crate::{
    error::{Failure, FailureCode},
    facts::Facts,
    notices,
    session::Session,
    store::{Identity, Message, StoreError},
    trips::no_longer_than,
};

/// A letter whose key is not known yet is asked for again so long.
const WAITS_FOR_ITS_KEY: SignedDuration = SignedDuration::from_hours(24 * 7);
/// So long somebody waits for an answer, and it is asked for often.
const AWAITED: SignedDuration = SignedDuration::from_hours(24);

/// What became of a letter that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    /// It is kept.
    New,
    /// It was here.
    Known,
    /// Its key is in a key set that is not here yet.
    Waits,
    /// It is not the ministry's, not for this phone, or says what nobody can read.
    Refused,
}

/// What the traveller writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default)]
pub struct MessageDraft {
    /// Empty where a tap says it all.
    pub text: String,
    /// The letter that it answers.
    pub answers: Option<MessageId>,
    /// What was tapped.
    pub quick: Option<QuickAnswer>,
    /// "This rank is wrong."
    pub objection: bool,
    /// "My need is over."
    pub closes: bool,
}

impl Session {
    /// Opens a letter and keeps it. What does not open, or is too long, harms nothing and is passed over.
    ///
    /// # Errors
    /// It cannot be kept.
    pub(crate) fn take_letter(
        &self,
        identity: &Identity,
        letter: &contract::record::Letter,
    ) -> Result<Judged, StoreError> {
        let refused = |why: &str| {
            tracing::warn!(why, "a letter is passed over");
            Ok(Judged::Refused)
        };
        if letter.device != identity.id {
            return refused("it is another device's");
        }
        let sender = {
            let bulletin = self.bulletin();
            bulletin.keys().ok().and_then(|keys| keys.consular_named(&letter.sealed.key_id))
        };
        let Some(sender) = sender else {
            let is_recent = self.now().duration_since(letter.at) < WAITS_FOR_ITS_KEY;
            return if is_recent { Ok(Judged::Waits) } else { refused("nobody here knows its key") };
        };
        let Some(private_key) = key_bytes(&identity.private_key) else { return refused("this phone's key is no key") };
        let private = match seal::open_letter(letter, &private_key, &sender) {
            Ok(private) => private,
            Err(error) => return refused(&error.to_string()),
        };
        if let Err(error) = private.check() {
            return refused(&error.to_string());
        }
        let is_new = self.store.keep_letter(letter.id, letter.at, &private)?;
        if is_new && !private.asks.is_empty() {
            self.asked_anew()?;
        }
        Ok(if is_new { Judged::New } else { Judged::Known })
    }

    /// Something came: it is shown.
    pub(crate) fn letters_came(&self) {
        self.notify_letters();
        self.changed();
    }

    /// Whether somebody here waits for the ministry's answer.
    pub(crate) fn awaits_answer(&self) -> bool {
        self.with_facts(awaits_answer).unwrap_or_else(|error| {
            tracing::error!(%error, "what is kept cannot be read");
            false
        })
    }

    /// Writes to the ministry; durable when this returns.
    ///
    /// # Errors
    /// [`FailureCode::NothingSaid`] or `TextTooLong`; `NotFound` where the letter that it answers is not here; `Locked`;
    /// `DiskFull` or `StoreUnavailable`.
    pub fn write(&self, draft: MessageDraft) -> Result<(), Failure> {
        self.refuse_locked()?;
        let text = tidied(&draft.text);
        if text.is_empty() && draft.quick.is_none() && !draft.objection && !draft.closes {
            return Err(Failure::at(FailureCode::NothingSaid, "/text"));
        }
        no_longer_than(MAX_TEXT, &text, "/text")?;
        let (about, is_known) = self.with_facts(|facts| {
            let knows = |id| facts.letters.iter().any(|letter| letter.id == id);
            (about(facts), draft.answers.is_none_or(knows))
        })?;
        if !is_known {
            return Err(Failure::at(FailureCode::NotFound, "/answers"));
        }
        let MessageDraft { answers, quick, objection, closes, .. } = draft;
        let plain = self.message(text, about)?;
        self.send(PrivateMessage { answers, quick, objection, closes, ..plain })
    }

    /// Says who of a party was not seen at its roll; durable when this returns.
    ///
    /// # Errors
    /// [`FailureCode::TextTooLong`]; `DiskFull` or `StoreUnavailable`.
    pub(crate) fn write_missing(&self, trip: TripId, missing: Vec<u16>, text: &str) -> Result<(), Failure> {
        let text = tidied(text);
        no_longer_than(MAX_TEXT, &text, "/text")?;
        let plain = self.message(text, Some(About::Trip { id: trip }))?;
        self.send(PrivateMessage { missing: Some(missing), ..plain })
    }

    fn message(&self, text: String, about: Option<About>) -> Result<PrivateMessage, StoreError> {
        Ok(PrivateMessage {
            consent: self.agreed(REGISTERING)?.unwrap_or_else(|| self.nothing_shown()),
            text,
            language: Some(self.lang().into()),
            answers: None,
            quick: None,
            about,
            objection: false,
            closes: false,
            missing: None,
        })
    }

    fn send(&self, private: PrivateMessage) -> Result<(), Failure> {
        let id = self.with_rng(MessageId::random);
        let is_answer = private.answers.is_some();
        self.store.save_message(&Message { id, at: self.now(), private })?;
        if is_answer {
            self.asked_anew()?;
        }
        self.changed();
        Ok(())
    }

    /// The traveller has these letters before them.
    ///
    /// # Errors
    /// [`FailureCode::Locked`], `DiskFull` or `StoreUnavailable`.
    pub fn letters_seen(&self, ids: &[MessageId]) -> Result<(), Failure> {
        self.refuse_locked()?;
        if self.store.mark_letters_read(ids, self.now())? {
            self.changed();
        }
        Ok(())
    }

    /// Shows each letter once, as its sealed part asks.
    pub(crate) fn notify_letters(&self) {
        let shown = self.store.letters_to_show().and_then(|letters| {
            let told = self.with_facts(|facts| (facts.lang, facts.discreet || facts.lock.has_pin, facts.now))?;
            Ok((letters, told))
        });
        let (letters, (lang, discreet, now)) = match shown {
            Ok(shown) => shown,
            Err(error) => return tracing::error!(%error, "what the ministry wrote could not be shown"),
        };
        for letter in letters {
            match self.store.claim_letter(letter.id, now) {
                Ok(true) => self.show_letter(letter.id, notices::letter(lang, &letter.private, discreet), now),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "a notification could not be kept"),
            }
        }
    }

    /// One that the system does not show is claimed again later.
    fn show_letter(&self, id: MessageId, notice: notices::Notice, at: jiff::Timestamp) {
        let store = self.store.clone();
        let shown = move |shown: Result<(), crate::host::NotShown>| match shown.map(|()| store.letter_shown(id, at)) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "that it was shown could not be kept"),
            Err(error) => tracing::error!(%error, "it is tried again later"),
        };
        self.window.notify(notice, Box::new(shown));
    }
}

/// Lines of what can be read, without what stands empty around them.
pub(crate) fn tidied(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    let read: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    read.trim().to_owned()
}

/// The cry that stands, or the trip under way.
fn about(facts: &Facts) -> Option<About> {
    facts.cry().map(|cry| cry.about).or_else(|| facts.trip_now().map(|(id, _)| About::Trip { id }))
}

/// A cry or a message of a day's age that nothing has closed, or a case that is open.
fn awaits_answer(facts: &Facts) -> bool {
    let is_recent = |at| facts.now.duration_since(at) < AWAITED;
    let cry = facts.cry().is_some_and(|cry| is_recent(cry.at));
    let message = facts.messages.last().is_some_and(|message| is_recent(message.at));
    let case = facts.letters.iter().rev().find_map(|letter| letter.private.case.as_ref());
    cry || message || case.is_some_and(|case| case.step != CaseStep::Closed)
}
