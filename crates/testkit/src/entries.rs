//! What a ministry says, before it is signed.

use contract::{
    entry::{
        Body, Entry,
        advisory::{Advisory, AdvisoryText, Announced, Certainty, MessageType, Severity, Urgency},
    },
    place::Area,
    words::{Lang, Tag},
};

use crate::{at, country};

/// An entry issued on the first of March.
pub fn entry(id: &str, version: u32, body: Body) -> Entry {
    Entry { id: id.parse().unwrap(), version, issued_at: at("2026-03-01T06:00:00Z"), body }
}

/// An advisory for one country, in force on the first two days of March.
pub fn advisory(code: &str) -> Advisory {
    let text = |lang: Lang| {
        let text = AdvisoryText {
            headline: format!("Headline {}", lang.tag()),
            steps: vec![format!("Step {}", lang.tag())],
            why: format!("Why {}", lang.tag()),
        };
        (Tag::from(lang), text)
    };
    Advisory {
        message_type: MessageType::Alert,
        announced: Announced::Loud,
        severity: Severity::Extreme,
        urgency: Urgency::Immediate,
        certainty: Certainty::Observed,
        effective: at("2026-03-01T06:00:00Z"),
        onset: None,
        expires: at("2026-03-03T06:00:00Z"),
        areas: vec![Area { country: Some(country(code)), ..Area::default() }],
        texts: Lang::ALL.into_iter().map(text).collect(),
    }
}

/// The same as an entry.
pub fn advisory_entry(id: &str, version: u32, code: &str) -> Entry {
    entry(id, version, Body::Advisory(advisory(code)))
}
