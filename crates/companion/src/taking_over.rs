//! A code on paper is made on the one phone; on another one it gives the trips back, which are led from there then.

#![deny(missing_docs)]

use contract::{
    http::Code,
    ids::TripId,
    letters::Mistyped,
    paper::{Misread, Paper},
    record::PaperTrips,
};
use reqwest::StatusCode;

use crate::{
    error::{Failure, FailureCode},
    front_client::FrontError,
    import::{MAX_BYTES, Reader},
    lock::lock,
    paper::{self, Found, FoundTrip, KeptPaper},
    session::Session,
    store::{Setting, StoreError, Taken},
    trips::{self, TripDraft},
};

impl Session {
    /// Makes a code on paper, and makes the one before void: every trip that is not over is sealed to it and sent anew.
    /// Gives its groups, which nobody can have a second time.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where this device has nothing with the ministry; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn make_paper(&self) -> Result<Vec<String>, Failure> {
        self.refuse_locked()?;
        self.identify()?;
        let identity = self.store.identity()?.ok_or(Failure::new(FailureCode::NotFound))?;
        let made = self.with_rng(|rng| Paper::new(identity.id, rng));
        let kept = KeptPaper::of(&made.keys(), self.now());
        let living = self.living()?;
        let kept = serde_json::to_string(&kept).map_err(StoreError::from)?;
        self.store.keep_paper(&kept, &living)?;
        self.changed();
        Ok(made.groups(self.profile.fingerprint()))
    }

    /// Trips that are not over.
    fn living(&self) -> Result<Vec<TripId>, StoreError> {
        self.with_facts(|facts| {
            let living = facts.trips.iter().filter(|(_, trip)| trip.until() > facts.now);
            living.map(|(id, _)| *id).collect()
        })
    }

    /// Whether the ministry waits for an answer is another than it was: whoever has the paper is to read it.
    pub(crate) fn asked_anew(&self) -> Result<(), StoreError> {
        if self.kept_paper()?.is_some() { self.store.say_on_paper(&self.living()?) } else { Ok(()) }
    }

    /// What a file of the paper is called: no two are called the same.
    ///
    /// # Errors
    /// [`FailureCode::Locked`].
    pub fn paper_file(&self) -> Result<String, Failure> {
        self.refuse_locked()?;
        Ok(format!("saparlas-code-{}.txt", self.now().strftime("%Y-%m-%d-%H%M%S")))
    }

    /// What is kept of the paper that was made last.
    pub(crate) fn kept_paper(&self) -> Result<Option<KeptPaper>, StoreError> {
        let kept = self.store.setting(Setting::Paper)?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
    }

    /// Asks the ministry what a code opens, and keeps it until it is taken or another is asked for. Nothing changes yet.
    ///
    /// # Errors
    /// `Paper…` for what is wrong with the code, a group by its number; `NoNetwork`, `FrontBusy` or `FrontTooOld`; `Locked`.
    pub async fn look_for_paper(&self, text: &str) -> Result<(), Failure> {
        self.refuse_locked()?;
        *lock(&self.found) = None;
        let paper = Paper::read(text, self.profile.fingerprint()).map_err(misread)?;
        if self.store.identity()?.is_some_and(|identity| identity.id == paper.device) {
            return Err(Failure::new(FailureCode::PaperHere));
        }
        let keys = paper.keys();
        let given = self.front.paper(paper.device, &keys.token).await.map_err(not_given)?;
        let trips = self.not_here(paper::open(&paper, &keys, &given), &given)?;
        *lock(&self.found) = Some(Found { token: keys.token, trips });
        self.changed();
        Ok(())
    }

    /// Of what was opened, what is neither here already nor over.
    fn not_here(&self, opened: Vec<FoundTrip>, given: &PaperTrips) -> Result<Vec<FoundTrip>, Failure> {
        if opened.is_empty() && !given.trips.is_empty() {
            return Err(Failure::new(FailureCode::PaperUnreadable));
        }
        let (mut others, now) = self.with_facts(|facts| {
            let others = opened.into_iter().filter(|trip| facts.trip(trip.id).is_none());
            (others.collect::<Vec<_>>(), facts.now)
        })?;
        if others.is_empty() {
            return Err(Failure::new(FailureCode::PaperHere));
        }
        others.retain(|trip| trip.planned.until() > now);
        if others.is_empty() { Err(Failure::new(FailureCode::PaperOver)) } else { Ok(others) }
    }

    /// The code in a picture of a paper.
    ///
    /// # Errors
    /// [`FailureCode::PaperNotSeen`] where there is none.
    pub fn see_paper(&self, picture: &[u8], reader: &impl Reader) -> Result<String, Failure> {
        let none = || Failure::new(FailureCode::PaperNotSeen);
        if picture.len() as u64 > MAX_BYTES {
            return Err(none());
        }
        let seen = reader.see(picture).map_err(|error| {
            tracing::info!(?error, "no code is seen in the picture");
            none()
        })?;
        let ministry = self.profile.fingerprint();
        let is_code = |text: &String| matches!(Paper::read(text, ministry), Ok(_) | Err(Misread::Another));
        seen.barcodes.into_iter().find(is_code).ok_or_else(none)
    }

    /// Takes over what was found: durable when it returns, and told to the ministry when there is a network. Where the
    /// traveller is on a trip of their own then, it is one of others.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where nothing was looked for; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn take_over(&self) -> Result<Vec<TripId>, Failure> {
        self.refuse_locked()?;
        let Some(found) = lock(&self.found).take() else { return Err(Failure::new(FailureCode::NotFound)) };
        match self.take(&found) {
            Ok(ids) => {
                self.notify_due();
                self.changed();
                Ok(ids)
            }
            Err(error) => {
                *lock(&self.found) = Some(found);
                Err(error.into())
            }
        }
    }

    fn take(&self, found: &Found) -> Result<Vec<TripId>, StoreError> {
        let mut taken = Vec::new();
        for FoundTrip { id, version, owned, planned } in &found.trips {
            let of_others = owned.draft.of_others || self.is_elsewhere(planned)?;
            let draft = TripDraft { of_others, ..owned.draft.clone() };
            taken.push(Taken { id: *id, version: *version, draft, party: &owned.party, under: &owned.under });
        }
        self.store.take_over(&taken, &found.token)?;
        Ok(taken.iter().map(|trip| trip.id).collect())
    }

    /// Whether the traveller is on a trip of their own at that time.
    fn is_elsewhere(&self, planned: &trips::PlannedTrip) -> Result<bool, StoreError> {
        self.with_facts(|facts| {
            let others = facts.trips.iter().map(|(id, trip)| (*id, trip));
            trips::overlap(planned, others, facts.now).is_some()
        })
    }
}

fn misread(misread: Misread) -> Failure {
    match misread {
        Misread::Mistyped(Mistyped::Group(group)) => Failure::at(FailureCode::PaperGroup, group.to_string()),
        Misread::Mistyped(Mistyped::Short(groups)) => Failure::at(FailureCode::PaperShort, groups.to_string()),
        Misread::Mistyped(Mistyped::Long) => Failure::new(FailureCode::PaperLong),
        Misread::Another => Failure::new(FailureCode::PaperOfAnother),
    }
}

fn not_given(error: FrontError) -> Failure {
    tracing::info!(%error, "what is on paper was not given");
    Failure::new(match error {
        FrontError::Refused { code: Code::Unauthorized, .. } => FailureCode::PaperUnknown,
        FrontError::Unreachable(_) | FrontError::CaptivePortal => FailureCode::NoNetwork,
        FrontError::Trouble { status, .. } if status != StatusCode::NOT_FOUND => FailureCode::FrontBusy,
        FrontError::Refused { .. } | FrontError::NotUnderstood | FrontError::Trouble { .. } => FailureCode::FrontTooOld,
    })
}
