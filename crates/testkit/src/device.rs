//! A device as a front sees it: an id, a token, and records with a sealed part.

use contract::{
    hash::Hash,
    ids::{DeviceId, TripId},
    keys::key_text,
    record::{self, PlainLeg, Trip},
    seal::{self, Context},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::country;

#[derive(Debug, Clone)]
pub struct Device {
    pub id: DeviceId,
    pub token: String,
}

impl Device {
    pub fn new(rng: &mut impl rand::Rng) -> Self {
        let id = DeviceId::random(rng);
        Self { id, token: format!("token of {id}") }
    }

    /// What it puts of itself.
    pub fn record(&self) -> record::Device {
        record::Device { version: 1, token_hash: Hash::of(self.token.as_bytes()), public_key: key_text(&[7; 32]) }
    }

    /// Three people from `begin` on: through Doha's airport for six hours, five nights in the Emirates.
    pub fn trip(&self, id: TripId, version: u32, begin: Timestamp, rng: &mut impl rand::CryptoRng) -> Trip {
        let hours = |hours| begin + SignedDuration::from_hours(hours);
        let (_, consular) = seal::key_pair(rng);
        let private = json!({ "name": "Айгүл Серікқызы", "phone": "+77010000001", "hotel": "Desert Pearl" });
        let context = Context { device: self.id, id: &id.to_string(), version };
        let key = "consular-1".parse().unwrap();
        let sealed = seal::seal(&private, context, &key, &consular, rng).unwrap();
        let legs = vec![
            PlainLeg { country: country("QA"), airport: "DOH".parse().ok(), from: hours(5), until: Some(hours(11)) },
            PlainLeg { country: country("AE"), airport: None, from: hours(12), until: Some(hours(132)) },
        ];
        Trip { version, people: 3, legs, sealed, sealed_to_owner: None, paper: None }
    }
}
