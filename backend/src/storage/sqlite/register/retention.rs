//! Retention: what has been kept as long as its class may be is erased.

use contract::{profile::Retention, record::Kind};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::{RegisterError, changes};
use crate::register::headcount::OVERDUE_DAYS;

/// How many records one run erases of each table, so that it holds nobody up.
const AT_ONCE: usize = 500;

/// A trip is kept so many days after its last leg, a check-in after it was last sent, a call too. Where the last word
/// of a trip asks for help or says "stranded", its people may still be there, and it is kept until nobody is counted
/// as overdue any more.
pub fn run(connection: &Connection, retention: &Retention, now: Timestamp) -> Result<usize, RegisterError> {
    let before = |days: i64| -> Result<i64, RegisterError> {
        Ok(now.saturating_sub(SignedDuration::from_hours(24 * days))?.as_microsecond())
    };
    let presumed = before(OVERDUE_DAYS.max(retention.trip.into()))?;
    let ended = "coalesce((SELECT max(until_us) FROM legs WHERE trip_id = trips.id), received_us)";
    let cries = "EXISTS (SELECT 1 FROM check_ins c WHERE c.trip_id = trips.id AND c.device_id = trips.device_id \
         AND c.need_help + c.stranded > 0)";
    let trips = format!(
        "id IN (SELECT id FROM trips WHERE {ended} < ?1 AND ({ended} < {presumed} OR NOT {cries}) LIMIT {AT_ONCE})"
    );
    let of_trips = format!("trip_id IN (SELECT id FROM trips WHERE {trips})");
    let old = |table: &str| format!("id IN (SELECT id FROM {table} WHERE received_us < ?1 LIMIT {AT_ONCE})");
    // a word of a trip that is kept is kept with it
    let words = format!(
        "id IN (SELECT id FROM check_ins WHERE received_us < ?1 \
           AND NOT EXISTS (SELECT 1 FROM trips t WHERE t.id = trip_id AND t.record IS NOT NULL) LIMIT {AT_ONCE})"
    );
    let mut erased = 0;
    let trip = before(retention.trip.into())?;
    erased += changes::erase(connection, Kind::CheckIn, &of_trips, &trip, now)?;
    erased += changes::erase(connection, Kind::Trip, &trips, &trip, now)?;
    erased += changes::erase(connection, Kind::CheckIn, &words, &before(retention.check_in.into())?, now)?;
    erased += changes::erase(connection, Kind::Call, &old("calls"), &before(retention.call.into())?, now)?;
    connection.execute("DELETE FROM receipts WHERE received_us < ?1", [trip])?;
    Ok(erased)
}
