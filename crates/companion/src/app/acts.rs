//! What the traveller does. Each is durable when it returns, and told to the ministry when there is a network.

use contract::{
    ids::{CallId, CheckInId, EntryId, TripId},
    records::{CallOutcome, CheckInStatus},
};

use super::Ready;
use crate::{
    error::{Failure, FailureCode},
    help,
    store::{self, Setting, StoreError},
    trips::{self, TripDraft},
    view::CallWay,
    whereabouts::{self, Choice, ChosenPlace},
};

impl Ready {
    /// Says by hand where the traveller is; `None` takes the choice back.
    pub fn choose_place(&self, place: Option<ChosenPlace>) -> Result<(), Failure> {
        match place {
            Some(place) => {
                let at = self.now();
                whereabouts::leg_of(&place, at)?;
                let choice = serde_json::to_string(&Choice { place, at }).map_err(StoreError::from)?;
                self.store.set(Setting::Choice, &choice)?;
            }
            None => self.store.unset(Setting::Choice)?,
        }
        self.advise();
        Ok(())
    }

    /// Whether the traveller does not hear or speak.
    pub fn set_prefers_text(&self, prefers: bool) -> Result<(), Failure> {
        if prefers {
            self.store.set(Setting::PrefersText, store::YES)?;
        } else {
            self.store.unset(Setting::PrefersText)?;
        }
        self.changed();
        Ok(())
    }

    /// Checks and keeps a trip, new where `id` is absent. Durable when this returns.
    pub fn save_trip(&self, id: Option<TripId>, draft: &TripDraft) -> Result<TripId, Failure> {
        let planned = trips::plan(draft, self.profile.home_country)?;
        let id = id.unwrap_or_else(|| self.with_rng(TripId::random));
        self.store.save_trip(id, &planned.draft)?;
        self.deliver_now.notify_one();
        self.advise();
        Ok(id)
    }

    pub fn trip_draft(&self, id: TripId) -> Result<TripDraft, Failure> {
        let kept = self.store.trip(id)?.and_then(|(_, draft)| draft);
        kept.ok_or(Failure::new(FailureCode::NotFound))
    }

    pub fn delete_trip(&self, id: TripId) -> Result<(), Failure> {
        if !self.store.delete_trip(id)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    /// Tells the ministry how the party is, and where by the plan: the traveller acts, so the place may leave.
    pub fn check_in(&self, status: CheckInStatus) -> Result<(), Failure> {
        let now = self.now();
        let trips = self.planned_trips()?;
        let here = self.whereabouts(&trips, now)?;
        let trip = here.as_ref().and_then(|here| here.trip);
        let people = trips.iter().find(|(id, _)| Some(*id) == trip).map_or(1, |(_, trip)| trip.people);
        self.store.save_check_in(&store::CheckIn {
            id: self.with_rng(CheckInId::random),
            trip,
            status,
            people,
            country: here.as_ref().map(|here| here.leg.country),
            airport: here.and_then(|here| here.leg.airport),
            at: now,
        })?;
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    /// Records a tap on a number after it was handed to the dialler. A call to the ministry is reported;
    /// one to anybody else stays here.
    pub(super) fn called(&self, number: &str, way: CallWay, dialled: bool) -> Result<(), Failure> {
        let now = self.now();
        let of_ministry =
            number == self.profile.line.number || self.bulletin().lines().any(|(_, line)| help::reaches(line, number));
        let trips = self.planned_trips()?;
        let country = self.whereabouts(&trips, now)?.map(|here| here.leg.country);
        let call = store::Call {
            id: self.with_rng(CallId::random),
            number: number.to_owned(),
            way,
            country: country.filter(|_| of_ministry),
            outcome: CallOutcome::Called,
            dialled,
            at: now,
        };
        self.store.save_call(&call, of_ministry)?;
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    pub(super) fn call_outcome(&self, id: CallId, outcome: CallOutcome) -> Result<(), Failure> {
        if !self.store.set_call_outcome(id, outcome)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    /// For the impatient: no waiting for the next try, parked things included.
    pub fn send_now(&self) -> Result<(), Failure> {
        self.store.unpark_all()?;
        self.listen_now.notify_one();
        self.deliver_now.notify_one();
        Ok(())
    }

    /// The traveller opened an advisory.
    pub fn advisory_read(&self, id: &EntryId, version: u32) -> Result<(), Failure> {
        self.store.mark_read(id, version, self.now())?;
        self.deliver_now.notify_one();
        Ok(())
    }
}
