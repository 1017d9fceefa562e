//! What is sealed beside a record's plain part: read by the desk alone, and for years by desks newer than the app.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::person::{Needs, Person};
use crate::{ids::TripId, open_enum::open_enum, words::Tag};

/// What the traveller agreed to when this was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Consent {
    /// The name of the text in the profile's law; empty where none was shown.
    pub text: String,
    /// The version of that text; 0 where none was shown.
    pub version: u32,
    /// The language in which it was shown.
    pub language: Tag,
    /// When it was given.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Who gave it.
    pub by: GivenBy,
}

open_enum! {
    /// Who gave a consent, or a word.
    pub enum GivenBy {
        /// The person it is about.
        Traveller,
        /// For others in the party: a parent, a guide.
        Proxy,
    }
    /// Read as a proxy.
    other

    /// How somebody comes to a place.
    pub enum ArrivesBy {
        /// At an airport.
        Plane,
        /// At a station, or over a border by rail.
        Train,
        /// By car or by bus, over a border by road.
        Road,
        /// At a port.
        Ship,
    }
    /// Read as nothing said.
    other

    /// What somebody who checks in means to do.
    pub enum Intent {
        /// To leave, and has no way.
        WantsOut,
        /// To stay.
        Stays,
        /// To leave, and is doing so.
        OnTheWay,
        /// Has left.
        Out,
    }
    /// Read as wanting out.
    other
}

/// The sealed part of a trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrivateTrip {
    /// What it was sealed under.
    pub consent: Consent,
    /// What naming the next of kin was agreed to under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_of_kin: Option<Consent>,
    /// The trip that this one belongs to: a traveller in somebody else's party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<TripId>,
    /// The traveller among them.
    pub adults: u16,
    /// Those under age.
    #[serde(default)]
    pub children: u16,
    /// As it was typed, where it is none that libphonenumber knows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Whom to call about them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_of_kin: Option<NextOfKin>,
    /// What the ministry may do for them who wait at home.
    #[serde(default, skip_serializing_if = "ForRelatives::is_nothing")]
    pub for_relatives: ForRelatives,
    /// Whether the others in the party know that they are registered; absent where nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others_told: Option<bool>,
    /// What somebody in the party needs.
    #[serde(default, skip_serializing_if = "Needs::is_nothing")]
    pub needs: Needs,
    /// Those who were named; how many travel is said by `adults` and `children`, and not by this list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// The language to speak with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Tag>,
    /// In the order of the plain legs.
    pub legs: Vec<PrivateLeg>,
}

/// Whom the ministry may call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SealedNextOfKin")]
pub struct NextOfKin {
    /// As the traveller wrote it.
    pub name: String,
    /// As the traveller wrote it.
    pub phone: String,
}

/// What the ministry may do for the next of kin: nothing that was not said yes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ForRelatives {
    /// Call them where the traveller does not answer.
    pub call_if_silent: bool,
    /// Say that the traveller is safe.
    pub say_safe: bool,
    /// Say where the traveller is.
    pub say_where: bool,
    /// Speak about the traveller's health.
    pub say_health: bool,
}

impl ForRelatives {
    /// Whether nothing was said yes to.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What a leg's plain part does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PrivateLeg {
    /// Nights in one place.
    Stay {
        /// In English, as the atlas names it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        city: String,
        /// Hotel or address.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        address: String,
        /// How they come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrives_by: Option<ArrivesBy>,
        /// The terminal, the port, the station or the border crossing, as the traveller wrote it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        arrives_at: String,
        /// The last day of their visa, `YYYY-MM-DD`; text, so that none that is written otherwise hides the rest.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        visa_until: String,
    },
    /// Hours at one airport.
    Transit {
        /// The flight that brings them there, as printed on the ticket.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        flight: String,
        /// Not past the border control.
        airside: bool,
        /// Holds a ticket for the flight that leads away.
        onward_ticket: bool,
        /// How they come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrives_by: Option<ArrivesBy>,
        /// The terminal, as the traveller wrote it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        arrives_at: String,
        /// Whether they may enter the country, with a visa or where none is needed: who may not cannot leave airside.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        may_enter: Option<bool>,
    },
    /// A kind of leg that this reader does not know: its plain part says where.
    #[serde(other, rename = "(other)")]
    Other,
}
