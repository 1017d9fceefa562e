//! What a line of the audit file says of people.

use contract::ids::DeviceId;
use jiff::Timestamp;
use serde::Deserialize;

use super::What;

/// A line, whoever left it.
#[derive(Debug, Deserialize)]
pub struct Line {
    /// From 1.
    #[serde(skip)]
    pub number: usize,
    pub at: Timestamp,
    pub account: String,
    /// Absent where a command opened a record.
    deed: Option<String>,
    pub case: Option<u32>,
    pub device: Option<DeviceId>,
    #[serde(default)]
    pub opened: Vec<String>,
    /// Whom it was done to, where that is an officer.
    pub officer: Option<String>,
}

/// All lines, and the numbers of those that cannot be read.
pub fn read(text: &str) -> (Vec<Line>, Vec<usize>) {
    let (mut lines, mut unread) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()) {
        match serde_json::from_str(line) {
            Ok(line) => lines.push(Line { number, ..line }),
            Err(_) => unread.push(number),
        }
    }
    (lines, unread)
}

impl Line {
    pub fn word(&self) -> &str {
        self.deed.as_deref().unwrap_or("open")
    }

    pub fn is_opening(&self) -> bool {
        matches!(self.word(), "opened" | "open")
    }

    /// Whether it was asked who somebody is.
    pub fn is_question(&self) -> bool {
        matches!(self.word(), "searched" | "looked_up" | "breach_listed")
    }

    /// A question to which the answer was nobody.
    pub fn found_nobody(&self) -> bool {
        self.is_question() && self.opened.is_empty()
    }

    /// What of people it touched; nothing where the desk did it by itself, or it is about nobody. What this does not know is
    /// about somebody: whatever another version of the desk did changed something.
    pub fn what(&self) -> Option<What> {
        match self.word() {
            "opened" | "open" => Some(What::Case),
            "messages_read" => Some(What::Letters),
            "wrote" | "asked_for_sign" => Some(What::Written),
            "took_down" | "tied" | "untied" => Some(What::Call),
            "searched" => Some(What::Found),
            "looked_up" => Some(What::Known),
            "breach_listed" => Some(What::Named),
            "ranked"
            | "sms_taken"
            | "sms_proven"
            | "people_read"
            | "words_read"
            | "kept_long_enough"
            | "erased"
            | "many_look_ups"
            | "signed_in"
            | "signed_out"
            | "enrolled"
            | "session_refused"
            | "officer_added"
            | "officer_ended"
            | "link_given"
            | "audit_read"
            | "headcount_printed"
            | "headcount_exported"
            | "harm_said"
            | "report_exported"
            | "incident_opened"
            | "incident_decided"
            | "incident_noted"
            | "incident_closed"
            | "incident_reopened"
            | "receivers_counted"
            | "dropped_message"
            | "draft_begun"
            | "woken"
            | "duty_added"
            | "duty_dropped"
            | "number_set"
            | "push_set"
            | "push_dropped"
            | "push_gone"
            | "draft_given_up"
            | "draft_kept_long_enough" => None,
            _ => Some(What::Changed),
        }
    }
}
