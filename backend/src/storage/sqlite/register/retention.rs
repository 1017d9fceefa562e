//! Retention: what has been kept as long as its class may be is erased.

use contract::{profile::Retention, record::Kind};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::{RegisterError, changes, records};
use crate::register::headcount::OVERDUE_DAYS;

/// How many records of each kind one run erases, so that it holds nobody up.
const AT_ONCE: usize = 500;

/// A trip is kept so many days after its last leg, a check-in after it was last sent, a call too. Where a word of a
/// trip asks for help or says "stranded", its people may still be there, and it is kept until nobody is counted as
/// overdue any more. A word of a trip that is kept is kept with it.
pub fn run(connection: &Connection, retention: &Retention, now: Timestamp) -> Result<usize, RegisterError> {
    let before = |days: i64| -> Result<i64, RegisterError> {
        Ok(now.saturating_sub(SignedDuration::from_hours(24 * days))?.as_microsecond())
    };
    let trip = before(retention.trip.into())?;
    let mut erased = 0;
    for (change, id, device) in ended_trips(connection, trip, before(OVERDUE_DAYS.max(retention.trip.into()))?)? {
        erased += changes::erase(connection, records::WORDS_OF_TRIP, params![id, device], now)?;
        erased += changes::erase(connection, "change = ?1", [change], now)?;
    }
    let old = |kind: Kind, but: &str| {
        let kind = kind.name();
        format!(
            "change IN (SELECT r.change FROM records r \
               WHERE r.kind = '{kind}' AND r.received_us < ?1 AND {but} LIMIT {AT_ONCE})"
        )
    };
    let of_no_trip = "NOT EXISTS (SELECT 1 FROM words w JOIN records t ON t.id = w.trip AND t.kind = 'trip' \
         WHERE w.change = r.change AND t.record IS NOT NULL)";
    erased += changes::erase(connection, &old(Kind::Trip, "r.record IS NULL"), [trip], now)?;
    erased += changes::erase(connection, &old(Kind::CheckIn, of_no_trip), [before(retention.check_in.into())?], now)?;
    erased += changes::erase(connection, &old(Kind::Call, "true"), [before(retention.call.into())?], now)?;
    connection.execute("DELETE FROM receipts WHERE received_us < ?1", [trip])?;
    Ok(erased)
}

/// Trips that ended before `end`; those with a cry for help, only before `presumed`.
fn ended_trips(connection: &Connection, end: i64, presumed: i64) -> Result<Vec<(i64, String, i64)>, RegisterError> {
    let sql = format!(
        "SELECT t.change, t.id, t.device FROM trips t WHERE t.ended_us < ?1 AND (t.ended_us < ?2 OR NOT EXISTS \
           (SELECT 1 FROM words w WHERE w.trip = t.id AND w.device = t.device AND w.need_help + w.stranded > 0)) \
         LIMIT {AT_ONCE}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let ended = statement.query_map([end, presumed], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(ended.collect::<Result<_, _>>()?)
}
