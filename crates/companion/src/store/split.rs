//! A party that goes two ways: both trips, both lists and who was seen are written together, and so is taking it back.

use contract::ids::TripId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    closed,
    database::{Damage, Result, Store, json},
    party,
    settings::{self, Setting},
    sightings,
    trips::{Draft, Under},
    undoable::{self, Undoable},
};

/// One of the two trips, and who of the list is on it.
pub struct SplitTrip<'a, D, P> {
    /// Of the trip.
    pub id: TripId,
    /// As it is kept from now on.
    pub draft: &'a D,
    /// Absent where nobody is listed.
    pub party: Option<&'a P>,
}

/// The trip as it was.
#[derive(Serialize, Deserialize)]
struct Before<D, P> {
    draft: D,
    party: Option<P>,
}

impl Store {
    /// Keeps both trips instead of the one; who is listed on the second one takes along how they were seen.
    pub fn split_trip<D: Draft, P: Serialize>(
        &self,
        before: (&D, Option<&P>),
        stay: &SplitTrip<'_, D, P>,
        go: &SplitTrip<'_, D, P>,
        numbers: &[u16],
        under: Option<&Under>,
    ) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for trip in [stay, go] {
            self.put_trip(&transaction, trip.id, trip.draft, under)?;
            if let Some(party) = trip.party {
                party::write_people(&transaction, &self.keys, &trip.id.to_string(), party)?;
            }
        }
        if go.party.is_some() {
            party::call_as(&transaction, &go.id.to_string(), &stay.id.to_string())?;
            sightings::hand_over(&transaction, &stay.id.to_string(), &go.id.to_string(), numbers)?;
        }
        let undoable = Undoable { stay: stay.id, go: go.id };
        settings::write(&transaction, Setting::Split, &json(&undoable)?)?;
        let (draft, party) = before;
        closed::write(&transaction, &self.keys, Setting::BeforeSplit, &json(&Before { draft, party })?)?;
        transaction.commit()?;
        Ok(())
    }

    /// The one trip instead of both, as it was; what was seen since stays with whom it was seen of. False where that split
    /// cannot be taken back any more.
    pub fn undo_split<D: Draft, P: Serialize + DeserializeOwned>(&self, trip: TripId) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let last =
            undoable::split(&transaction, &Damage::default())?.filter(|last| last.stay == trip || last.go == trip);
        let before = closed::read(&transaction, &self.keys, Setting::BeforeSplit, &Damage::default())?;
        let (Some(last), Some(before)) = (last, before) else { return Ok(false) };
        let Before { draft, party } = serde_json::from_str::<Before<D, P>>(&before)?;
        let (stay, go) = (last.stay.to_string(), last.go.to_string());
        let under = self.under_of(&transaction, last.stay)?;
        self.put_trip(&transaction, last.stay, &draft, under.as_ref())?;
        if let Some(party) = party {
            party::write_people(&transaction, &self.keys, &stay, &party)?;
        }
        sightings::rename(&transaction, &go, &stay)?;
        self.forget_trip::<D>(&transaction, last.go)?;
        transaction.commit()?;
        Ok(true)
    }
}
