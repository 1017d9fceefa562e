//! A trip as the traveller fills it in. It is also what the device keeps.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the form holds, unchecked: codes and dates are the text that was typed, so that each can be
/// answered for by its field. Dates are `YYYY-MM-DD`, times `YYYY-MM-DDTHH:MM`, local to the place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TripDraft {
    /// Where the trip begins.
    pub origin: Option<String>,
    pub legs: Vec<LegDraft>,
    /// The traveller among them.
    pub adults: u16,
    pub children: u16,
    /// E.164 or as typed with a `+`.
    pub phone: String,
    pub next_of_kin: Option<NextOfKin>,
}

impl TripDraft {
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NextOfKin {
    pub name: String,
    pub phone: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum LegDraft {
    Stay {
        country: String,
        /// Key of a city of the atlas.
        city: Option<String>,
        /// The day of arrival, local.
        from: String,
        /// The day of leaving, local.
        until: String,
        /// Hotel or address.
        address: String,
    },
    Transit {
        airport: String,
        /// The flight that brings them there, as printed on the ticket.
        flight: String,
        /// Local time at the airport, to the minute.
        arrives: String,
        departs: String,
        airside: bool,
        onward_ticket: bool,
    },
}
