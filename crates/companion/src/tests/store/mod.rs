//! What the store promises.

mod damage;
mod full_disk;
mod keeping;
mod killing;
mod names;
mod notices;
mod opening;
mod outbox;
mod rebuilding;
mod upgrading;

use std::path::Path;

use contract::{ids::TripId, profile::Profile};
use rand::{SeedableRng, rngs::StdRng};
use testkit::{Ministry, at};

use crate::{
    error::Trouble,
    host::NoKeychain,
    store::{Loudness, Saying, Store, Told},
    trips::TripDraft,
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn open(folder: &Path) -> Store {
    open_as(folder, &Ministry::new(1).profile(), NOW).unwrap()
}

/// Where there is no keychain; each finds the same key.
fn open_as(folder: &Path, profile: &Profile, now: &str) -> Result<Store, Trouble> {
    let (keychain, mut rng) = (NoKeychain("none".into()), StdRng::seed_from_u64(7));
    let store = Store::open(folder, profile, at(now), &keychain, &mut rng)?;
    store.close_names::<TripDraft>(at(now)).unwrap();
    Ok(store)
}

fn trips(store: &Store) -> Vec<(TripId, TripDraft)> {
    store.kept().unwrap().trips
}

fn trip_id(seed: u64) -> TripId {
    TripId::random(&mut StdRng::seed_from_u64(seed))
}

/// A version of an advisory, about to be notified, which the ministry is told.
fn warning(version: u32) -> Told {
    Told {
        entry: "advisory.ae".parse().unwrap(),
        version,
        saying: Saying::Warning,
        headline: "Headline".into(),
        areas: Vec::new(),
        loudness: Some(Loudness::Critical),
        report: true,
        shown_at: None,
        warned_at: None,
        dismissed: false,
    }
}
