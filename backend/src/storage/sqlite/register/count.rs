//! The headcount's queries; the counting itself is [`tally`]'s.

use std::collections::{HashMap, hash_map::Entry};

use contract::record::Headcount;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Row, params};

use super::RegisterError;
use crate::register::{
    Where,
    headcount::{OVERDUE_DAYS, PlannedTrip, Told, UnplannedWord, Word, tally},
};

/// Legs in the place that have begun and either go on or, within the time that is asked for, were the last of a trip;
/// each with its trip and every word on it. `CROSS JOIN` keeps the order: legs by the place, all else by the trip, so
/// that the work grows with the legs.
fn planned(column: &str) -> String {
    format!(
        "SELECT l.change, t.device, t.people, t.received_us, l.from_us, l.until_us, l.is_last, \
           w.at_us, w.received_us, w.safe, w.need_help, w.stranded, w.left \
         FROM legs l INDEXED BY legs_by_{column} \
           CROSS JOIN trips t ON t.change = l.change \
           LEFT JOIN words w ON w.trip = t.id AND w.device = t.device \
         WHERE l.{column} = ?1 AND l.until_us >= ?3 AND l.from_us <= ?2 AND (l.is_last OR l.until_us > ?2)"
    )
}

/// Every word of the devices that have spoken in the place without a trip of theirs, and whether this word is such.
fn unplanned(column: &str) -> String {
    format!(
        "SELECT w.device, w.{column} IS ?1 AND r.id IS NULL, \
           w.at_us, w.received_us, w.safe, w.need_help, w.stranded, w.left \
         FROM words w INDEXED BY words_by_device \
           LEFT JOIN records r ON r.id = w.trip AND r.kind = 'trip' AND r.device = w.device AND r.record IS NOT NULL \
         WHERE w.device IN \
           (SELECT device FROM words INDEXED BY words_by_{column} WHERE {column} = ?1 AND received_us >= ?2)"
    )
}

pub fn headcount(connection: &Connection, place: Where, at: Timestamp) -> Result<Headcount, RegisterError> {
    let (column, code) = match &place {
        Where::Country(code) => ("country", code.as_str()),
        Where::Airport(code) => ("airport", code.as_str()),
    };
    let since = at.saturating_sub(SignedDuration::from_hours(24 * OVERDUE_DAYS))?;
    let trips = read_planned(connection, column, code, at, since)?;
    Ok(tally(trips, read_unplanned(connection, column, code, since)?, at))
}

fn read_planned(
    connection: &Connection,
    column: &str,
    code: &str,
    at: Timestamp,
    since: Timestamp,
) -> Result<impl Iterator<Item = PlannedTrip>, RegisterError> {
    let mut trips: HashMap<i64, PlannedTrip> = HashMap::new();
    let mut statement = connection.prepare_cached(&planned(column))?;
    let mut rows = statement.query(params![code, at.as_microsecond(), since.as_microsecond()])?;
    while let Some(row) = rows.next()? {
        let (from, until) = (time(row, 4)?, time(row, 5)?);
        let trip = match trips.entry(row.get(0)?) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(vacant) => vacant.insert(PlannedTrip {
                device: row.get(1)?,
                people: row.get(2)?,
                received_at: time(row, 3)?,
                present: false,
                ends_there: None,
                words: Vec::new(),
            }),
        };
        trip.present |= from <= at && at < until;
        if row.get(6)? {
            trip.ends_there = Some(until);
        }
        // a trip with two legs there brings its words twice, which changes nothing
        trip.words.extend(word(row, 7)?);
    }
    Ok(trips.into_values())
}

fn read_unplanned(
    connection: &Connection,
    column: &str,
    code: &str,
    since: Timestamp,
) -> Result<Vec<UnplannedWord>, RegisterError> {
    let mut statement = connection.prepare_cached(&unplanned(column))?;
    let mut rows = statement.query(params![code, since.as_microsecond()])?;
    let mut words = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(word) = word(row, 2)? {
            words.push(UnplannedWord { device: row.get(0)?, here: row.get(1)?, word });
        }
    }
    Ok(words)
}

/// The word whose columns begin at `first`, where there is one.
pub fn word(row: &Row<'_>, first: usize) -> Result<Option<Word>, RegisterError> {
    let Some(at) = row.get::<_, Option<i64>>(first)? else { return Ok(None) };
    let told = Told {
        safe: row.get(first + 2)?,
        need_help: row.get(first + 3)?,
        stranded: row.get(first + 4)?,
        left: row.get(first + 5)?,
    };
    Ok(Some(Word { told, at: Timestamp::from_microsecond(at)?, received_at: time(row, first + 1)? }))
}

fn time(row: &Row<'_>, column: usize) -> Result<Timestamp, RegisterError> {
    Ok(Timestamp::from_microsecond(row.get(column)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::sqlite::{Database, Schema};

    fn plan(connection: &Connection, sql: &str) -> Vec<String> {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let arguments = vec!["x"; statement.parameter_count()];
        let rows = statement.query_map(rusqlite::params_from_iter(arguments), |row| row.get(3)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// Legs or words are found by the place once; all else, for each of them, by an id.
    #[tokio::test]
    async fn nothing_is_scanned_inside_a_loop() {
        let folder = tempfile::TempDir::new().unwrap();
        let database = Database::create(&folder.path().join("register.db"), Schema::Register).unwrap();
        let plans = database.read(|connection| {
            let sql = ["country", "airport"].into_iter().flat_map(|column| [planned(column), unplanned(column)]);
            Ok::<_, RegisterError>(sql.map(|sql| plan(connection, &sql)).collect::<Vec<_>>())
        });
        for plan in plans.await.unwrap() {
            let steps = || plan.iter().filter(|step| step.starts_with("SEARCH") || step.starts_with("SCAN"));
            let by_id = |step: &&String| {
                ["(rowid=?", "(id=?", "(trip=?", "(device=?"]
                    .iter()
                    .any(|key| step.starts_with("SEARCH") && step.contains(key))
            };
            let by_place = |step: &&String| step.starts_with("SEARCH") && step.contains("=? AND ") && !by_id(step);
            assert_eq!(steps().filter(by_place).count(), 1, "{plan:#?}");
            assert_eq!(steps().filter(by_id).count(), steps().count() - 1, "{plan:#?}");
        }
    }
}
