//! `ministry.json`: all that ties the code to one ministry.

use contract::{
    entry::relayed_alert::Relay,
    place::CountryCode,
    profile::{DisputedPlace, Law, ProfileLine},
    words::{Tag, Words, is_blank},
};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

#[derive(Debug, thiserror::Error)]
pub enum DescriptionError {
    #[error("it cannot be read")]
    Read(#[source] std::io::Error),
    #[error("it is no description of a ministry, at {at}: {source}")]
    Field {
        at: String,
        #[source]
        source: serde_json::Error,
    },
    #[error("identifier: \"{0}\" is not a reversed domain, as in kz.gov.mfa.saparlas")]
    Identifier(String),
    #[error("languages: it names none")]
    NoLanguage,
    #[error("{what}: not whole in each of the ministry's languages")]
    Words { what: String },
    #[error("home_time_zone: there is no time zone {0}")]
    Zone(String),
    #[error("there is no country {0}")]
    Country(CountryCode),
    #[error("front: \"{0}\" is not an http or https address without a path")]
    Front(String),
    #[error("cap_sender: it is empty")]
    CapSender,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// The app's identifier, a reversed domain.
    pub identifier: String,
    pub name: Words,
    /// True for a ministry that does not exist.
    #[serde(default)]
    pub demo: bool,
    /// Every text of the ministry is whole in each; in the order in which a reader of another is shown them.
    pub languages: Vec<Tag>,
    /// Where the app finds the front; absent for where it listens.
    #[serde(default)]
    pub front: Option<String>,
    pub home_time_zone: String,
    pub home_city: Words,
    pub home_country: CountryCode,
    pub line: ProfileLine,
    #[serde(default)]
    pub disputed: Vec<DisputedPlace>,
    pub law: Law,
    /// `sender` of the CAP alerts that go out.
    pub cap_sender: String,
    /// Whoever sends a word by coded SMS is told by SMS that it came. It leaves a trace on their phone.
    #[serde(default)]
    pub answers_sms: bool,
    /// Whose CAP alerts are passed on.
    #[serde(default)]
    pub relay_list: Vec<Relay>,
    /// The first entries, as officers' drafts; what has no date of its own is dated on the day of making.
    #[serde(default)]
    pub entries: Vec<Value>,
}

impl Description {
    /// Reads and checks a description.
    ///
    /// # Errors
    /// The first thing that is wrong, by its name.
    pub fn read(text: &str) -> Result<Self, DescriptionError> {
        let mut json = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
        let read: Self = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let at = error.path().to_string();
            DescriptionError::Field { at, source: error.into_inner() }
        })?;
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<(), DescriptionError> {
        if !is_reversed_domain(&self.identifier) {
            return Err(DescriptionError::Identifier(self.identifier.clone()));
        }
        if self.languages.is_empty() {
            return Err(DescriptionError::NoLanguage);
        }
        self.whole("name", &self.name)?;
        self.whole("home_city", &self.home_city)?;
        self.whole("line.name", &self.line.name)?;
        self.whole("law.responsible", &self.law.responsible)?;
        self.whole("law.breach", &self.law.breach)?;
        for (name, consent) in &self.law.consents {
            self.whole(&format!("law.consents.{name}"), &consent.text)?;
        }
        for (index, place) in self.disputed.iter().enumerate() {
            self.whole(&format!("disputed[{index}].note"), &place.note)?;
        }
        TimeZone::get(&self.home_time_zone).map_err(|_| DescriptionError::Zone(self.home_time_zone.clone()))?;
        for country in [self.home_country, self.law.country] {
            atlas::country(country).ok_or(DescriptionError::Country(country))?;
        }
        if let Some(front) = self.front.as_ref().filter(|front| !is_base(front)) {
            return Err(DescriptionError::Front(front.clone()));
        }
        if is_blank(&self.cap_sender) {
            return Err(DescriptionError::CapSender);
        }
        Ok(())
    }

    fn whole(&self, what: &str, words: &Words) -> Result<(), DescriptionError> {
        if words.is_complete(&self.languages) { Ok(()) } else { Err(DescriptionError::Words { what: what.to_owned() }) }
    }
}

/// Two labels at least, each of letters, digits and hyphens: what every system takes for an identifier.
fn is_reversed_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        label.starts_with(|c: char| c.is_ascii_alphabetic())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.split('.').count() >= 2 && text.split('.').all(is_label)
}

fn is_base(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none() && url.has_host()
}
