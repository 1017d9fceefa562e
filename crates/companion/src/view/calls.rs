//! The call bar, and the call whose outcome is not told yet.

use contract::{
    ids::{CallId, EntryId},
    record::{CallOutcome, Kind},
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    call_bar::{self, CallBar, CallBarInput},
    facts::Facts,
    store::{CallWay, Delivery},
    writing,
};

/// A tap on a number.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LastCall {
    /// Of the call.
    pub id: CallId,
    /// As it was handed to the dialler.
    pub number: String,
    /// True for a number reserved for fiction.
    pub demo: bool,
    /// Whether to speak or to write.
    pub way: CallWay,
    /// When it was tapped.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// False where this machine has nothing that dials: show the number large.
    pub dialled: bool,
    /// The SMS that it began; empty where they speak.
    pub words: String,
    /// The call or the SMS for another phone, which reads it as a picture.
    pub qr: String,
    /// What came of it, by the traveller's word.
    pub outcome: CallOutcome,
    /// How far it is on its way to the ministry.
    pub delivery: Delivery,
}

/// The best line for the whereabouts, as this traveller wants to use it.
pub fn call_bar(facts: &Facts) -> CallBar {
    let Some(profile) = facts.profile else { return call_bar::of_nobody() };
    let levels = facts.bulletin.levels();
    let level = facts.leg().and_then(|leg| levels.get(&leg.country));
    let input = CallBarInput {
        profile,
        lines: facts.bulletin.lines().map(|(_, line)| line),
        mission: |id: &EntryId| facts.bulletin.mission(id),
        here: facts.leg(),
        level: level.map(|level| level.shown()),
        prefers_text: facts.prefers_text,
        now: facts.now,
    };
    input.call_bar()
}

/// After so long nobody is asked what came of a call.
const IS_ASKED: SignedDuration = SignedDuration::from_hours(12);

/// The latest tap, where its outcome is not told yet and is still asked.
pub fn last_call(facts: &Facts) -> Option<LastCall> {
    let call = facts.latest_call.as_ref().filter(|call| call.outcome == CallOutcome::Called)?;
    if facts.unasked.as_ref() == Some(&call.id.to_string()) || facts.now.duration_since(call.at) >= IS_ASKED {
        return None;
    }
    let of_profile = facts.profile.is_some_and(|profile| profile.demo && profile.line.number.as_str() == call.number);
    let of_line = facts.bulletin.lines().any(|(_, line)| line.demo && call_bar::reaches(line, &call.number));
    let (words, qr) = match call.way {
        CallWay::Voice => (String::new(), format!("tel:{}", call.number)),
        CallWay::Sms => {
            let words = writing::first_words(facts);
            let qr = writing::qr(&call.number, &words);
            (words, qr)
        }
    };
    Some(LastCall {
        words,
        qr,
        id: call.id,
        number: call.number.clone(),
        demo: of_profile || of_line,
        way: call.way,
        at: call.at,
        dialled: call.dialled,
        outcome: call.outcome,
        delivery: facts.delivery(Kind::Call, &call.id.to_string()),
    })
}
