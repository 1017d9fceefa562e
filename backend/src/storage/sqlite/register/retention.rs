//! Retention: what has been kept as long as its kind may be is erased.

use std::collections::BTreeMap;

use contract::profile::Retention;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::{RegisterError, changes, count::word, records};
use crate::register::{
    headcount::{OVERDUE_DAYS, Word, standing},
    kept::KEPT,
};

/// How many records of each kind one run erases, so that it holds nobody up.
const AT_ONCE: usize = 500;

/// Trips whose last leg ended before one time, and where nobody asks for help or is stranded; and whatever
/// word there is, before another.
const ENDED: &str = "SELECT t.change, t.id, t.device FROM trips t WHERE t.ended_us < ?1 AND (t.ended_us < ?2 OR NOT EXISTS \
       (SELECT 1 FROM words w WHERE w.trip = t.id AND w.device = t.device AND w.need_help + w.stranded > 0)) LIMIT ?3";

/// Every word of the trips that ended between the two, and where somebody did.
const IN_NEED: &str = "SELECT t.change, t.id, t.device, w.at_us, w.received_us, w.safe, w.need_help, w.stranded, w.left \
     FROM trips t JOIN words w ON w.trip = t.id AND w.device = t.device \
     WHERE t.ended_us < ?1 AND t.ended_us >= ?2 AND EXISTS \
       (SELECT 1 FROM words n WHERE n.trip = t.id AND n.device = t.device AND n.need_help + n.stranded > 0)";

/// What is no living trip, nor a word of one.
const AGED: &str = "change IN (SELECT r.change FROM records r WHERE r.kind = ?1 AND r.received_us < ?2 \
       AND NOT EXISTS (SELECT 1 FROM trips t WHERE t.change = r.change) \
       AND NOT EXISTS (SELECT 1 FROM words w JOIN trips t ON t.id = w.trip WHERE w.change = r.change) LIMIT ?3)";

/// A trip is kept so many days after its last leg, anything else after it came. Where the word that stands of a trip
/// asks for help or says "stranded", its people may still be there, and it is kept until nobody is counted as overdue
/// any more. A word of a trip that is kept is kept with it.
pub fn run(connection: &Connection, retention: &Retention, now: Timestamp) -> Result<usize, RegisterError> {
    let before = |days: i64| -> Result<i64, RegisterError> {
        Ok(now.saturating_sub(SignedDuration::from_hours(24 * days))?.as_microsecond())
    };
    let (end, presumed) = (before(retention.trip.into())?, before(OVERDUE_DAYS.max(retention.trip.into()))?);
    let mut over = ended(connection, end, presumed)?;
    over.extend(answered(connection, end, presumed)?);
    let mut erased = 0;
    for trip in over {
        erased += changes::erase(connection, records::WORDS_OF_TRIP, params![trip.id, trip.device], now)?;
        erased += changes::erase(connection, "change = ?1", [trip.change], now)?;
    }
    for rules in KEPT {
        let aged = params![rules.kind.name(), before((rules.days)(retention).into())?, AT_ONCE as i64];
        erased += changes::erase(connection, AGED, aged, now)?;
    }
    connection.execute("DELETE FROM receipts WHERE received_us < ?1", [end])?;
    Ok(erased)
}

struct Ended {
    change: i64,
    id: String,
    device: i64,
}

fn ended(connection: &Connection, end: i64, presumed: i64) -> Result<Vec<Ended>, RegisterError> {
    let mut statement = connection.prepare_cached(ENDED)?;
    let ended = statement.query_map(params![end, presumed, AT_ONCE as i64], |row| {
        Ok(Ended { change: row.get(0)?, id: row.get(1)?, device: row.get(2)? })
    })?;
    Ok(ended.collect::<Result<_, _>>()?)
}

/// Those where somebody was in need, and a later word says that nobody is any more.
fn answered(connection: &Connection, end: i64, presumed: i64) -> Result<Vec<Ended>, RegisterError> {
    let mut trips: BTreeMap<i64, (Ended, Vec<Word>)> = BTreeMap::new();
    let mut statement = connection.prepare_cached(IN_NEED)?;
    let mut rows = statement.query([end, presumed])?;
    while let Some(row) = rows.next()? {
        let trip = Ended { change: row.get(0)?, id: row.get(1)?, device: row.get(2)? };
        trips.entry(trip.change).or_insert((trip, Vec::new())).1.extend(word(row, 3)?);
    }
    let is_answered = |words: &[Word]| standing(words.iter()).is_none_or(|word| !word.told.is_in_need());
    let answered = trips.into_values().filter(|(_, words)| is_answered(words)).map(|(trip, _)| trip);
    Ok(answered.take(AT_ONCE).collect())
}
