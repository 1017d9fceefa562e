//! What somebody who checks in says beyond how they are. All of it is sealed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    CheckInStatus, InvalidField, MAX_PEOPLE,
    message::check_text,
    private::{Consent, GivenBy, Intent},
    require,
};
use crate::{open_enum::open_enum, place::Position, words::Tag};

open_enum! {
    /// What somebody needs.
    #[derive(PartialOrd, Ord)]
    pub enum Need {
        /// Under rubble, behind a fire, between two fronts.
        Trapped,
        /// Somebody is violent to them.
        Violence,
        /// Hurt.
        Injured,
        /// A child without its people.
        ChildAlone,
        /// Held by somebody.
        Detained,
        /// Medicine, an illness, a birth.
        Medical,
        /// No roof.
        Shelter,
        /// Cannot go on.
        Stranded,
        /// A passport lost, a visa run out.
        Documents,
        /// No money left.
        Money,
    }
    /// Something else: an officer asks.
    other

    /// How somebody's place is known.
    pub enum PlaceSource {
        /// They said so in words.
        OwnWord,
        /// They chose it, on the map or from a list.
        Chosen,
        /// By the plan of their trip.
        Itinerary,
        /// Measured by the phone.
        Measured,
    }
    /// Read as a plan: the least sure of them.
    other
}

impl Need {
    /// Somebody else may see the phone, or hear it: what comes is silent and neutral, and only the person closes the case.
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::Violence | Self::Detained | Self::ChildAlone)
    }
}

/// Where somebody says that they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SaidPlace {
    /// As they wrote it, or as the place is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Where that is known as a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// How it is known.
    pub source: PlaceSource,
    /// Within so many metres, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<u32>,
    /// When it was so.
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// How to reach somebody whom a call can harm; absent where nobody has said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SafeContact {
    /// A message may come.
    pub may_write: Option<bool>,
    /// The phone may ring.
    pub may_call: Option<bool>,
    /// When it is safe, in their words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub when: String,
}

impl SafeContact {
    /// Whether nothing was said.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What one of those who are named needs: one's medicine is not another's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NeedsOfOne {
    /// By their number in the party.
    pub number: u16,
    /// The most urgent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// For how many days they have enough of a medicine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medicine_days: Option<u16>,
    /// Free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// All of it in a line, as it was read on the screen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub told: String,
}

/// The sealed part of a check-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PrivateCheckIn {
    /// What it was sealed under.
    pub consent: Consent,
    /// Whose word it is.
    pub by: GivenBy,
    /// What they mean to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<Intent>,
    /// Free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// What they need, the most urgent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// For how many days they have enough of a medicine that they cannot do without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medicine_days: Option<u16>,
    /// "Do not call, write": they hide, or cannot speak or hear.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub write_only: bool,
    /// Kept with the person, whatever else of the party is shown to whom.
    #[serde(default, skip_serializing_if = "SafeContact::is_nothing")]
    pub contact: SafeContact,
    /// Who of those who are named is how, by their number in the party.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub who: BTreeMap<CheckInStatus, Vec<u16>>,
    /// What each of those who are named in need needs, where that is known; `needs`, `medicine_days` and `words` are of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_each: Vec<NeedsOfOne>,
    /// Where they say that they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SaidPlace>,
    /// The language to answer in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Tag>,
}

impl PrivateCheckIn {
    /// Bounds of what is sealed.
    ///
    /// # Errors
    /// A text is too long or cannot be read, or more are named than a trip may have.
    pub fn check(&self) -> Result<(), InvalidField> {
        check_text(&self.words, "/words")?;
        check_text(&self.contact.when, "/contact/when")?;
        if let Some(place) = &self.place {
            check_text(&place.words, "/place/words")?;
        }
        self.of_each.iter().try_for_each(|one| check_text(&one.words, "/of_each/words"))?;
        self.of_each.iter().try_for_each(|one| check_text(&one.told, "/of_each/told"))?;
        let named: usize = self.who.values().map(Vec::len).sum();
        require(named <= usize::from(MAX_PEOPLE), "/who", "500 people at most")
    }
}
