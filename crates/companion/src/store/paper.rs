//! A code on paper: what is kept of one that was made here, and the trips that came with one.

use std::collections::BTreeMap;

use contract::{ids::TripId, record::Kind};
use rusqlite::Connection;
use serde::Serialize;

use super::{
    closed,
    database::{Damage, Result, Store, json},
    party,
    settings::{self, Setting},
    trips::{Draft, Under},
};

/// A trip that was led from another device.
pub struct Taken<'a, D, P> {
    /// The same as there.
    pub id: TripId,
    /// The version that stands in the register.
    pub version: u32,
    /// As it is kept from now on.
    pub draft: D,
    /// Who is on it.
    pub party: &'a P,
    /// What it was entered under.
    pub under: &'a Under,
}

impl Store {
    /// Keeps what is known of a new paper, and has these trips sealed to it and sent anew.
    pub fn keep_paper(&self, paper: &str, trips: &[TripId]) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        settings::write(&transaction, Setting::Paper, paper)?;
        self.send_trips(&transaction, trips)?;
        transaction.commit()?;
        Ok(())
    }

    /// Has these trips sealed to the paper and sent anew.
    pub fn say_on_paper(&self, trips: &[TripId]) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        self.send_trips(&transaction, trips)?;
        transaction.commit()?;
        Ok(())
    }

    fn send_trips(&self, connection: &Connection, trips: &[TripId]) -> Result<()> {
        for id in trips {
            self.enqueue(connection, Kind::Trip, &id.to_string(), false)?;
        }
        Ok(())
    }

    /// Keeps trips that came with a paper, all or none; `token` has the front move them here.
    pub fn take_over<D: Draft, P: Serialize>(&self, trips: &[Taken<'_, D, P>], token: &str) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut tokens = self.tokens(&transaction)?;
        for Taken { id, version, draft, party, under } in trips {
            self.put_trip(&transaction, *id, draft, Some(under))?;
            party::write(&transaction, &self.keys, &id.to_string(), (party, &[(); 0]))?;
            transaction.execute(
                "UPDATE outbox SET version = max(version, ?3 + 1) WHERE kind = ?1 AND id = ?2",
                (Kind::Trip.name(), id.to_string(), version),
            )?;
            tokens.insert(*id, token.to_owned());
        }
        closed::write(&transaction, &self.keys, Setting::TakenOver, &json(&tokens)?)?;
        transaction.commit()?;
        Ok(())
    }

    /// The token by which a trip moved here, or is to. It is kept: a register that is restored may not know that it did.
    pub fn paper_token(&self, trip: TripId) -> Result<Option<String>> {
        Ok(self.tokens(&self.lock())?.remove(&trip))
    }

    fn tokens(&self, connection: &Connection) -> Result<BTreeMap<TripId, String>> {
        let kept = closed::read(connection, &self.keys, Setting::TakenOver, &Damage::default())?;
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
    }
}
