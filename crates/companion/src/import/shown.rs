//! What a file proposes, as the screen shows it and the form takes it over.

use serde::Serialize;
use ts_rs::TS;

use super::{
    Refused,
    legs::{Proposal, ProposedLeg},
    reservation::Note,
};
use crate::{
    places::{self, PickedPlace},
    trips::LegDraft,
};

/// What a file proposes.
#[derive(Debug, PartialEq, Serialize, TS)]
pub struct Proposed {
    /// Where the trip begins.
    pub origin: Option<PickedPlace>,
    /// In the order of time.
    pub legs: Vec<LegToTake>,
    /// What the file says besides, and what it does not say.
    pub notes: Vec<Note>,
    /// Of several files, those of which nothing is proposed.
    pub refused: Vec<Refused>,
}

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

impl From<(Proposal, Vec<Refused>)> for Proposed {
    fn from((Proposal { origin, legs, notes }, refused): (Proposal, Vec<Refused>)) -> Self {
        let origin = origin.and_then(|code| places::airport(&code));
        Self { origin, legs: legs.into_iter().map(LegToTake::from).collect(), notes, refused }
    }
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
