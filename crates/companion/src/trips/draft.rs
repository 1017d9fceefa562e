//! A trip as the traveller fills it in. It is also what the device keeps.

use contract::record::{ForRelatives, Needs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::arrival::Arrival;
use crate::store::Draft;

/// What the form holds, unchecked: codes and dates are the text that was typed, so that each can be
/// answered for by its field. Dates are `YYYY-MM-DD`, times `YYYY-MM-DDTHH:MM`, local to the place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TripDraft {
    /// Where the trip begins.
    pub origin: Option<String>,
    /// In the order of time.
    pub legs: Vec<LegDraft>,
    /// The traveller among them.
    pub adults: u16,
    /// Whoever is no adult.
    pub children: u16,
    /// E.164 or as typed with a `+`.
    pub phone: String,
    /// Whom the ministry may call.
    pub next_of_kin: Option<NextOfKin>,
    /// What the ministry may do for them.
    #[serde(default, skip_serializing_if = "ForRelatives::is_nothing")]
    pub for_relatives: ForRelatives,
    /// Whether the others in the party know that they are registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others_told: Option<bool>,
    /// The traveller is not among them: they registered others, who may travel at one time with them elsewhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_others: bool,
    /// What the traveller calls those on a trip of others; it stays on this device.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub called: String,
    /// What somebody of them needs.
    #[serde(default, skip_serializing_if = "Needs::is_nothing")]
    pub needs: Needs,
}

impl TripDraft {
    /// Nothing but a traveller.
    pub fn of_one() -> Self {
        Self {
            origin: None,
            legs: Vec::new(),
            adults: 1,
            children: 0,
            phone: String::new(),
            next_of_kin: None,
            for_relatives: ForRelatives::default(),
            others_told: None,
            of_others: false,
            called: String::new(),
            needs: Needs::default(),
        }
    }

    /// The same of so many people; who of them is a child stays said where the number does.
    pub fn with_people(self, people: u16) -> Self {
        if u32::from(self.adults) + u32::from(self.children) == u32::from(people) {
            return self;
        }
        Self { adults: people, children: 0, ..self }
    }

    /// The same, with only the country where a city is not known.
    pub fn with_known_cities(mut self) -> Self {
        for leg in &mut self.legs {
            if let LegDraft::Stay { city, .. } = leg {
                *city = city.take().filter(|key| atlas::city(key).is_some());
            }
        }
        self
    }
}

impl Draft for TripDraft {
    fn plain(&self) -> Self {
        let legs = self.legs.iter().map(LegDraft::plain).collect();
        let adults = self.adults.saturating_add(self.children);
        Self { legs, adults, ..Self::of_one() }
    }

    fn has_no_end(&self) -> bool {
        match self.legs.last() {
            Some(LegDraft::Stay { until: end, .. } | LegDraft::Transit { departs: end, .. }) => end.trim().is_empty(),
            None => false,
        }
    }

    fn joined(self, older: Self) -> Self {
        self.with_said_before(older)
    }
}

/// Whom the ministry may call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NextOfKin {
    /// As the traveller writes it.
    pub name: String,
    /// E.164 or as typed with a `+`.
    pub phone: String,
}

/// One part of a trip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LegDraft {
    /// Nights in one country.
    Stay {
        /// ISO 3166-1 alpha-2.
        country: String,
        /// Key of a city of the atlas.
        city: Option<String>,
        /// The day of arrival, local.
        from: String,
        /// The day of leaving, local; empty where it is not known yet.
        until: String,
        /// Hotel or address.
        address: String,
        /// How they come, and whether they may be there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrival: Option<Arrival>,
    },
    /// A change of planes.
    Transit {
        /// IATA code.
        airport: String,
        /// The flight that brings them there, as printed on the ticket.
        flight: String,
        /// Local time at the airport, to the minute; the day alone where they do not know the hour.
        arrives: String,
        /// The same; empty for somebody stranded.
        departs: String,
        /// They stay behind passport control.
        airside: bool,
        /// They hold a ticket on.
        onward_ticket: bool,
        /// How they come, and whether they may be there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrival: Option<Arrival>,
    },
}

impl LegDraft {
    /// How they come, and whether they may be there.
    pub fn arrival(&self) -> Option<&Arrival> {
        match self {
            Self::Stay { arrival, .. } | Self::Transit { arrival, .. } => arrival.as_ref(),
        }
    }

    /// Whether they say at which hour they fly on; a stay ends with its day.
    pub fn names_hour_of_leaving(&self) -> bool {
        match self {
            Self::Stay { .. } => true,
            Self::Transit { departs, .. } => departs.contains('T'),
        }
    }

    /// Whether a transit has a ticket that leads on.
    pub(super) fn holds_onward_ticket(&self) -> bool {
        match self {
            Self::Stay { .. } => false,
            Self::Transit { onward_ticket, .. } => *onward_ticket,
        }
    }

    pub(super) fn is_where(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stay { country, city, .. }, Self::Stay { country: there, city: in_it, .. }) => {
                (country, city) == (there, in_it)
            }
            (Self::Transit { airport, .. }, Self::Transit { airport: there, .. }) => airport == there,
            (Self::Stay { .. }, Self::Transit { .. }) | (Self::Transit { .. }, Self::Stay { .. }) => false,
        }
    }

    /// Whether both are there from one time on, however long.
    pub(super) fn begins_as(&self, other: &Self) -> bool {
        let begins = |leg: &Self| match leg {
            Self::Stay { from, .. } => from.clone(),
            Self::Transit { arrives, .. } => arrives.clone(),
        };
        self.is_where(other) && begins(self) == begins(other)
    }

    pub(super) fn arrival_mut(&mut self) -> &mut Option<Arrival> {
        match self {
            Self::Stay { arrival, .. } | Self::Transit { arrival, .. } => arrival,
        }
    }

    /// Where and when, and no more of it than the ministry's register has in the clear.
    fn plain(&self) -> Self {
        match self.clone() {
            Self::Stay { country, from, until, .. } => {
                Self::Stay { country, city: None, from, until, address: String::new(), arrival: None }
            }
            Self::Transit { airport, arrives, departs, .. } => {
                let (airside, onward_ticket) = (false, false);
                let flight = String::new();
                Self::Transit { airport, flight, arrives, departs, airside, onward_ticket, arrival: None }
            }
        }
    }
}
