//! How somebody comes to a leg, where exactly, and whether they may be there: sealed, like all that is nobody's to
//! count.

use contract::record::ArrivesBy;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::{LegDraft, TripDraft};

/// What was said of coming to a leg. It is kept beside the legs and names its own, so that a plan which breaks off or
/// leads elsewhere takes nothing along that was said of another place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// Where the leg is: its city, or else its country, or its airport.
    pub place: String,
    /// When it begins, as its draft has it.
    pub begins: String,
    /// How they come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ArrivesBy>,
    /// The terminal, the port, the station or the border crossing, as they write it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// The last day of their visa, `YYYY-MM-DD`; empty where they did not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub visa_until: String,
    /// Of a transit: whether they may enter the country, where they must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_enter: Option<bool>,
}

impl Arrival {
    fn is_of(&self, leg: &LegDraft) -> bool {
        let (place, begins) = key(leg);
        self.place.trim().eq_ignore_ascii_case(place.trim()) && self.begins.trim() == begins.trim()
    }

    fn says_nothing(&self) -> bool {
        let Self { place: _, begins: _, by, at, visa_until, may_enter } = self;
        by.is_none() && at.trim().is_empty() && visa_until.trim().is_empty() && may_enter.is_none()
    }
}

fn key(leg: &LegDraft) -> (&str, &str) {
    match leg {
        LegDraft::Stay { city: Some(city), from, .. } => (city, from),
        LegDraft::Stay { country, from, .. } => (country, from),
        LegDraft::Transit { airport, arrives, .. } => (airport, arrives),
    }
}

impl TripDraft {
    /// What was said of each leg, in their order.
    pub fn arrivals_of_legs(&self) -> Vec<Option<&Arrival>> {
        let mut rest: Vec<&Arrival> = self.arrivals.iter().collect();
        let mut take = |leg: &LegDraft| Some(rest.remove(rest.iter().position(|arrival| arrival.is_of(leg))?));
        self.legs.iter().map(&mut take).collect()
    }

    /// The same said of the legs as they are in `legs`, and nothing that says nothing.
    pub(super) fn arrivals_for(&self, legs: &[LegDraft]) -> Vec<Arrival> {
        let said = self.arrivals_of_legs().into_iter().zip(legs);
        said.filter_map(|(arrival, leg)| Some((arrival.filter(|arrival| !arrival.says_nothing())?, key(leg))))
            .map(|(arrival, (place, begins))| Arrival {
                place: place.to_owned(),
                begins: begins.to_owned(),
                ..arrival.clone()
            })
            .collect()
    }
}
