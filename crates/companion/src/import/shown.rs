//! A leg that a file proposes, as the screen shows it and the form takes it over.

use serde::Serialize;
use ts_rs::TS;

use super::legs::ProposedLeg;
use crate::{
    places::{self, PickedPlace},
    trips::LegDraft,
};

/// A leg to take or to leave out.
#[derive(Debug, PartialEq, Serialize, TS)]
pub struct LegToTake {
    /// As the form holds it.
    pub draft: LegDraft,
    /// Where it is; absent where the atlas does not have it.
    pub place: Option<PickedPlace>,
    /// IATA code as the file writes it.
    pub airport: Option<String>,
    /// What brings them there.
    pub flight: Option<String>,
}

impl From<ProposedLeg> for LegToTake {
    fn from(leg: ProposedLeg) -> Self {
        let (airport, flight) = (leg.airport.clone(), leg.flight.clone());
        let draft = leg.draft();
        let place = match &draft {
            LegDraft::Stay { country, city, .. } => {
                city.as_deref().and_then(places::city).or_else(|| places::country(country))
            }
            LegDraft::Transit { airport, .. } => places::airport(airport),
        };
        Self { draft, place, airport, flight }
    }
}
