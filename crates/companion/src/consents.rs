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
    paper::{OwnersTrip, Standing},
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

/// What is agreed to by entering something, kept with it or not at all.
#[derive(Default)]
pub(crate) struct Agreed(Vec<(Setting, Consent)>);

impl Agreed {
    fn to(&self, setting: Setting) -> Option<&Consent> {
        self.0.iter().find_map(|(known, consent)| (*known == setting).then_some(consent))
    }

    /// As it is kept.
    pub fn settings(&self) -> Result<Vec<(Setting, String)>, StoreError> {
        self.0.iter().map(|(setting, consent)| Ok((*setting, serde_json::to_string(consent)?))).collect()
    }
}

impl Session {
    /// The traveller goes on where these texts were shown, in this language and no other.
    pub(crate) fn agreeing(&self, shown: &[TextShown]) -> Agreed {
        let consent_to = |text: &TextShown| {
            let of_the_law = self.profile.law.consents.get(&text.name);
            let is_of_the_law = of_the_law
                .is_some_and(|known| known.version == text.version && known.text.get(text.language.as_str()).is_some());
            let Some(setting) = setting_of(&text.name).filter(|_| is_of_the_law) else {
                tracing::error!(text.name, text.version, "a text was shown that the ministry does not have");
                return None;
            };
            let consent = Consent {
                text: text.name.clone(),
                version: text.version,
                language: text.language.clone(),
                at: self.now(),
                by: GivenBy::Traveller,
            };
            Some((setting, consent))
        };
        Agreed(shown.iter().filter_map(consent_to).collect())
    }

    /// What is written where nothing was shown yet.
    pub(crate) fn nothing_shown(&self) -> Consent {
        nothing_shown(self.now())
    }

    /// What was agreed to last, by the name of the text.
    pub(crate) fn agreed(&self, name: &str) -> Result<Option<Consent>, StoreError> {
        setting_of(name).map_or(Ok(None), |setting| self.agreed_before(setting))
    }

    fn agreed_before(&self, setting: Setting) -> Result<Option<Consent>, StoreError> {
        Ok(self.store.setting(setting)?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// What a trip is entered under now, with what is agreed to by that.
    pub(crate) fn under(&self, draft: &TripDraft, agreed: &Agreed) -> Result<Under, StoreError> {
        let to = |setting| match agreed.to(setting) {
            Some(consent) => Ok(Some(consent.clone())),
            None => self.agreed_before(setting),
        };
        let consent = to(Setting::Consent)?.unwrap_or_else(|| nothing_shown(self.now()));
        let consent_of_kin = if draft.next_of_kin.is_some() { to(Setting::ConsentOfKin)? } else { None };
        Ok(Under { consent, consent_of_kin, language: self.lang().into() })
    }

    /// What is sealed of a trip.
    pub(crate) fn sealed_part(&self, id: TripId, draft: &TripDraft) -> Result<PrivateTrip, StoreError> {
        let OwnersTrip { draft, party, under, .. } = self.owned(id, draft.clone())?;
        Ok(trips::private(&draft, party.people, under))
    }

    /// All that is kept of a trip, as its owner alone has it.
    pub(crate) fn owned(&self, id: TripId, draft: TripDraft) -> Result<OwnersTrip, StoreError> {
        let under = match self.store.under(id)? {
            Some(under) => under,
            None => self.under(&draft, &Agreed::default())?,
        };
        let party = self.store.party(id)?.unwrap_or_default();
        Ok(OwnersTrip { party, draft, under, standing: Standing::default() })
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
