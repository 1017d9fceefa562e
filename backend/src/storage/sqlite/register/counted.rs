//! Tables `trips`, `legs` and `words`: what a headcount reads of a record, under the record's change number.

use contract::record::PlainLeg;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, moved};
use crate::register::kept::{Counted, Incoming};

const TRIP: &str = "INSERT INTO trips (change, id, device, people, received_us, ended_us) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const LEG: &str = "INSERT INTO legs (change, position, country, airport, from_us, until_us, is_last) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const WORD: &str = "INSERT INTO words (change, device, trip, safe, need_help, stranded, left, at_us, received_us, \
       country, airport) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

pub fn add(
    connection: &Connection,
    change: i64,
    device: i64,
    record: &Incoming,
    now: Timestamp,
) -> Result<(), RegisterError> {
    let received_us = now.as_microsecond();
    match &record.counted {
        Counted::Nothing => {}
        Counted::Trip { people, legs } => {
            let ended = legs.iter().map(PlainLeg::end).max().unwrap_or(now).as_microsecond();
            connection.prepare_cached(TRIP)?.execute(params![
                change,
                record.id.to_string(),
                device,
                people,
                received_us,
                ended
            ])?;
            add_legs(connection, change, legs)?;
        }
        Counted::Word { trip, told, at, country, airport } => {
            let trip = trip.map(|trip| trip.to_string());
            connection.prepare_cached(WORD)?.execute(params![
                change,
                moved::speaks_for(connection, trip.as_deref(), device)?,
                trip,
                told.safe,
                told.need_help,
                told.stranded,
                told.left,
                at.as_microsecond(),
                received_us,
                country.as_ref().map(|code| code.as_str()),
                airport.as_ref().map(|code| code.as_str())
            ])?;
        }
    }
    Ok(())
}

fn add_legs(connection: &Connection, change: i64, legs: &[PlainLeg]) -> Result<(), RegisterError> {
    let mut statement = connection.prepare_cached(LEG)?;
    for (position, leg) in legs.iter().enumerate() {
        statement.execute(params![
            change,
            position as i64,
            leg.country.as_str(),
            leg.airport.as_ref().map(|airport| airport.as_str()),
            leg.from.as_microsecond(),
            leg.end().as_microsecond(),
            // whoever's plan has no end is past none
            position + 1 == legs.len() && leg.until.is_some()
        ])?;
    }
    Ok(())
}
