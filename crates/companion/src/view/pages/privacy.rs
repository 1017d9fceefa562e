//! What personal data is under, from the law of the ministry's profile; and what was agreed to.

use contract::{
    profile::{NEXT_OF_KIN, Profile, REGISTERING, Retention},
    record::Consent,
    words::Words,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{places::country_name, store::Aside};

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
    /// Damaged data files that were set aside.
    pub aside: Vec<Aside>,
    /// The one host that the app speaks to by itself.
    pub host: String,
    /// Of the ministry's root keys, which tell its app from any other: SHA-256, hexadecimal, in fours.
    pub fingerprint: String,
}

/// A text that is agreed to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConsentView {
    /// In the profile.
    pub name: String,
    /// Another text is a higher one.
    pub version: u32,
    /// Whole.
    pub text: Words,
    /// Absent where nothing was agreed to, or the text is another since.
    pub agreed: Option<Agreed>,
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
    /// By the profile; `agreed` is what was agreed to last under a text.
    pub fn of<E>(
        profile: &Profile,
        host: &str,
        aside: Vec<Aside>,
        agreed: impl Fn(&str) -> Result<Option<Consent>, E>,
    ) -> Result<Self, E> {
        let law = &profile.law;
        let view = |name: &str| {
            let Some(text) = law.consents.get(name) else { return Ok(None) };
            let agreed = agreed(name)?.filter(|consent| consent.version >= text.version);
            let agreed = agreed.map(|consent| Agreed { version: consent.version, at: consent.at });
            Ok(Some(ConsentView { name: name.to_owned(), version: text.version, text: text.text.clone(), agreed }))
        };
        Ok(Self {
            country: country_name(law.country),
            responsible: law.responsible.clone(),
            retention: law.retention,
            breach: law.breach.clone(),
            consent: view(REGISTERING)?,
            consent_of_kin: view(NEXT_OF_KIN)?,
            aside,
            host: host.to_owned(),
            fingerprint: in_fours(&format!("{:x}", profile.fingerprint())),
        })
    }
}

/// So much of it is compared: 128 bits.
const READ: usize = 32;

/// As it is read aloud and compared: digits and the letters A to F, which have a name in every language.
fn in_fours(text: &str) -> String {
    let letters: Vec<char> = text.to_uppercase().chars().take(READ).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
