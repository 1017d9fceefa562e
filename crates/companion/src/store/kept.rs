//! Everything the screens are made from, read in one transaction.

use contract::ids::TripId;
use rusqlite::Connection;
use serde::de::DeserializeOwned;

use super::{
    calls::{self, Call},
    check_ins::{self, CheckIn},
    database::{Result, Store},
    notices::{self, Told},
    outbox::{self, Item},
    settings::{self, Setting, YES},
    trips,
};

#[derive(Debug)]
pub struct Kept<Draft> {
    pub trips: Vec<(TripId, Draft)>,
    pub outbox: Vec<Item>,
    pub latest_call: Option<Call>,
    pub latest_check_in: Option<CheckIn>,
    /// The oldest first.
    pub told: Vec<Told>,
    /// The place chosen by hand, as JSON.
    pub choice: Option<String>,
    /// A tag of BCP 47.
    pub language: Option<String>,
    /// RFC 3339.
    pub last_heard: Option<String>,
    pub prefers_text: bool,
}

impl Store {
    pub fn kept<Draft: DeserializeOwned>(&self) -> Result<Kept<Draft>> {
        let mut connection = self.lock();
        let moment = connection.transaction()?;
        read(&moment)
    }
}

fn read<Draft: DeserializeOwned>(connection: &Connection) -> Result<Kept<Draft>> {
    Ok(Kept {
        trips: trips::all(connection)?,
        outbox: outbox::all(connection)?,
        latest_call: calls::latest(connection)?,
        latest_check_in: check_ins::latest(connection)?,
        told: notices::of_held(connection)?,
        choice: settings::read(connection, Setting::Choice)?,
        language: settings::read(connection, Setting::Language)?,
        last_heard: settings::read(connection, Setting::LastHeard)?,
        prefers_text: settings::read(connection, Setting::PrefersText)?.as_deref() == Some(YES),
    })
}
