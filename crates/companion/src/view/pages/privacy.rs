//! What personal data is under, from the law of the ministry's profile; and what was agreed to.

use contract::{
    profile::{Profile, Retention},
    record::Consent,
    words::Words,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::places::country_name;

/// What is under the ministry's law, and how to tell its app.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PrivacyPage {
    /// The country where records live.
    pub country: Words,
    /// Who answers for personal data, and how to reach them.
    pub responsible: Words,
    /// How many days each class of data is kept.
    pub retention: Retention,
    /// What is done where data got into other hands.
    pub breach: Words,
    /// What is agreed to by registering a trip.
    pub consent: Option<ConsentView>,
    /// And by naming somebody whom the ministry may call.
    pub consent_of_kin: Option<ConsentView>,
    /// What was agreed to last; absent where nothing was, or the text is another since.
    pub agreed: Option<Agreed>,
    /// The one host that the app speaks to by itself.
    pub host: String,
    /// Of the ministry's root keys, which tell its app from any other: SHA-256, hexadecimal, in fours.
    pub fingerprint: String,
}

/// A text that is agreed to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConsentView {
    /// Another text is a higher one.
    pub version: u32,
    /// Whole.
    pub text: Words,
}

/// What was agreed to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Agreed {
    /// Of the text.
    pub version: u32,
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
}

impl PrivacyPage {
    /// By the profile.
    pub fn of(profile: &Profile, host: &str, consent: Option<Consent>) -> Self {
        let law = &profile.law;
        let text = |name: &str| {
            let text = law.consents.get(name)?;
            Some(ConsentView { version: text.version, text: text.text.clone() })
        };
        let registering = text("registering");
        let newest = registering.as_ref().map_or(0, |text| text.version);
        Self {
            country: country_name(law.country),
            responsible: law.responsible.clone(),
            retention: law.retention,
            breach: law.breach.clone(),
            consent: registering,
            consent_of_kin: text("next_of_kin"),
            agreed: consent
                .filter(|consent| consent.version >= newest)
                .map(|consent| Agreed { version: consent.version, at: consent.at }),
            host: host.to_owned(),
            fingerprint: in_fours(&profile.fingerprint().to_string()),
        }
    }
}

/// As it is read aloud and compared.
fn in_fours(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
