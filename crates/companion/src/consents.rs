//! What the traveller agreed to, as it stood on the screen, and what is sealed under it.

#![deny(missing_docs)]

use contract::{
    ids::TripId,
    profile::{NEXT_OF_KIN, REGISTERING},
    record::{Consent, GivenBy, Kind, PrivateTrip},
    words::Tag,
};
use jiff::Timestamp;
use serde::Deserialize;
use ts_rs::TS;

use crate::{
    error::Failure,
    party::Party,
    session::Session,
    store::{Sent, Setting, StoreError, Under},
    trips::{self, TripDraft},
};

/// A text of the ministry's law as it stood on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct TextShown {
    /// In the profile.
    pub name: String,
    /// Of the text.
    pub version: u32,
    /// In which it was shown: another than the reader's, where the ministry has none in that.
    pub language: Tag,
}

/// Where it is kept that a text was agreed to.
fn setting_of(name: &str) -> Option<Setting> {
    let kept = [(REGISTERING, Setting::Consent), (NEXT_OF_KIN, Setting::ConsentOfKin)];
    kept.into_iter().find_map(|(known, setting)| (known == name).then_some(setting))
}

/// Who asks for help may do so before any text was shown.
fn nothing_shown(at: Timestamp) -> Consent {
    Consent { text: String::new(), version: 0, language: Tag::undetermined(), at, by: GivenBy::Traveller }
}

impl Session {
    /// The traveller goes on where these texts were shown, in this language and no other.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`](crate::error::FailureCode::DiskFull) or `StoreUnavailable`.
    pub fn agree(&self, shown: &[TextShown]) -> Result<(), Failure> {
        for text in shown {
            let of_the_law = self.profile.law.consents.get(&text.name);
            let is_of_the_law = of_the_law
                .is_some_and(|known| known.version == text.version && known.text.get(text.language.as_str()).is_some());
            let Some(setting) = setting_of(&text.name).filter(|_| is_of_the_law) else {
                tracing::error!(text.name, text.version, "a text was shown that the ministry does not have");
                continue;
            };
            let consent = Consent {
                text: text.name.clone(),
                version: text.version,
                language: text.language.clone(),
                at: self.now(),
                by: GivenBy::Traveller,
            };
            self.store.set(setting, &serde_json::to_string(&consent).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// What is written where nothing was shown yet.
    pub(crate) fn nothing_shown(&self) -> Consent {
        nothing_shown(self.now())
    }

    /// What was agreed to last, by the name of the text.
    pub(crate) fn agreed(&self, name: &str) -> Result<Option<Consent>, StoreError> {
        let Some(setting) = setting_of(name) else { return Ok(None) };
        Ok(self.store.setting(setting)?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// What a trip is entered under now.
    pub(crate) fn under(&self, draft: &TripDraft) -> Result<Under, StoreError> {
        let consent = self.agreed(REGISTERING)?.unwrap_or_else(|| nothing_shown(self.now()));
        let consent_of_kin = if draft.next_of_kin.is_some() { self.agreed(NEXT_OF_KIN)? } else { None };
        Ok(Under { consent, consent_of_kin, language: self.lang().into() })
    }

    /// What is sealed of a trip.
    pub(crate) fn sealed_part(&self, id: TripId, draft: &TripDraft) -> Result<PrivateTrip, StoreError> {
        let under = match self.store.under(id)? {
            Some(under) => under,
            None => self.under(draft)?,
        };
        let people = self.store.party::<Party>(id)?.map(|party| party.people).unwrap_or_default();
        Ok(trips::private(draft, people, under))
    }

    /// The same of a trip that was sent, while it stands as it was and can be read.
    pub(crate) fn sealed_in(&self, sent: &Sent) -> Result<Option<PrivateTrip>, StoreError> {
        let Some(id) = sent.id.parse().ok().filter(|_| sent.kind == Kind::Trip && sent.body.is_some()) else {
            return Ok(None);
        };
        let whole = self.store.whole_trip::<TripDraft>(id)?;
        let Some((_, draft)) = whole.filter(|(version, _)| *version == sent.version) else { return Ok(None) };
        let Ok(planned) = trips::schedule_kept(draft) else { return Ok(None) };
        Ok(Some(self.sealed_part(id, &planned.draft)?))
    }
}
