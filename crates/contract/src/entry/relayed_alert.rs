//! Another authority's CAP alert, passed on, and the list of those who may be.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::advisory::{Certainty, MessageType, Severity, Urgency};
use crate::{
    place::{Area, CountryCode},
    words::{Texts, Words},
};

/// An alert as its sender gave it, under the ministry's signature of having passed it on.
/// It is followed through its life by `(sender, identifier, sent)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct RelayedAlert {
    /// CAP's `msgType`.
    pub message_type: MessageType,
    /// The alert's own `sender`.
    pub sender: String,
    /// The alert's own `identifier`.
    pub identifier: String,
    /// The alert's own `sent`.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub sent: Timestamp,
    /// Each with its own severity, times, places and words. Empty where an ending names none.
    #[serde(default)]
    pub parts: Vec<AlertPart>,
}

/// What holds in some areas at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct AlertPart {
    /// CAP's severity: how much harm.
    pub severity: Severity,
    /// `past` where the danger is over: the part ends the warning for its areas.
    pub urgency: Urgency,
    /// CAP's certainty: how sure it is.
    pub certainty: Certainty,
    /// From when it is shown as in force.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub effective: Timestamp,
    /// When what it warns of begins, where that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string | null")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub onset: Option<Timestamp>,
    /// From when it no longer is.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub expires: Timestamp,
    /// Where it holds.
    pub areas: Vec<Area>,
    /// In the languages the alert came in.
    pub texts: Texts<AlertText>,
}

/// The sender's words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct AlertText {
    /// What it is about, in one line.
    pub headline: String,
    /// What kind of event it is, as the sender calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub event: String,
    /// The authority's name, where the alert gives one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sender_name: String,
    /// What to do, in order; an alert may give nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// CAP's `description`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The sender's page on it, `http` or `https`: shown as the sender's, never as the ministry's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub web: String,
    /// Whom the sender says to contact.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
}

impl RelayedAlert {
    /// The end of what it names: a cancellation, or an alert whose every part is over.
    pub fn is_ending(&self) -> bool {
        let all_over = !self.parts.is_empty() && self.parts.iter().all(AlertPart::is_over);
        self.message_type == MessageType::Cancel || all_over
    }

    /// The parts that warn at `now`.
    pub fn in_force(&self, now: Timestamp) -> impl Iterator<Item = &AlertPart> {
        let cancelled = self.message_type == MessageType::Cancel;
        self.parts.iter().filter(move |part| !cancelled && part.is_in_force(now))
    }
}

impl AlertPart {
    /// The danger has passed.
    pub fn is_over(&self) -> bool {
        self.urgency == Urgency::Past
    }

    /// Whether it warns at `now`.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        !self.is_over() && self.effective <= now && now < self.expires
    }
}

/// Whose alerts the ministry passes on; any other sender is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct RelayList {
    /// In no order; the first that names a sender counts.
    pub relays: Vec<Relay>,
}

/// One authority whose alerts are passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Relay {
    /// The `sender` of its alerts; `*` for anyone.
    pub sender: String,
    /// What it is called.
    pub names: Words,
    /// The countries it may warn for; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryCode>,
}

impl RelayList {
    /// The relay that `sender` is; one named is preferred to `*`.
    pub fn find(&self, sender: &str) -> Option<&Relay> {
        let named = self.relays.iter().find(|relay| relay.sender == sender);
        named.or_else(|| self.relays.iter().find(|relay| relay.sender == "*"))
    }
}
