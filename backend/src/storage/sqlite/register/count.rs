//! The headcount's query; the counting itself is [`tally`]'s.

use contract::record::Headcount;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::{RegisterError, check_ins};
use crate::register::{
    Where,
    headcount::{Candidate, Latest, OVERDUE_DAYS, tally},
};

/// Trips with a leg in the place that has begun and ended at most so long ago, each with its latest check-in.
fn candidates(column: &str) -> String {
    format!(
        "SELECT t.people, t.received_us, \
           EXISTS (SELECT 1 FROM legs l WHERE l.trip_id = t.id AND l.{column} = ?1 \
             AND l.from_us <= ?2 AND ?2 < l.until_us), \
           (SELECT l.until_us FROM legs l WHERE l.trip_id = t.id AND l.{column} = ?1 \
             AND l.position = (SELECT max(position) FROM legs WHERE trip_id = t.id)), \
           c.status, c.people, c.at_us, c.received_us \
         FROM trips t LEFT JOIN check_ins c ON c.id = (SELECT id FROM check_ins \
             WHERE trip_id = t.id AND device_id = t.device_id ORDER BY at_us DESC, received_us DESC LIMIT 1) \
         WHERE t.id IN (SELECT trip_id FROM legs WHERE {column} = ?1 AND from_us <= ?2 AND until_us >= ?3)"
    )
}

type Row = (u16, i64, bool, Option<i64>, Option<(String, u16, i64, i64)>);

pub fn headcount(connection: &Connection, place: Where, at: Timestamp) -> Result<Headcount, RegisterError> {
    let (column, code) = match &place {
        Where::Country(code) => ("country", code.as_str()),
        Where::Airport(code) => ("airport", code.as_str()),
    };
    let since = at.saturating_sub(SignedDuration::from_hours(24 * OVERDUE_DAYS))?;
    let mut statement = connection.prepare_cached(&candidates(column))?;
    let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Row> {
        let status: Option<String> = row.get(4)?;
        let latest = status.map(|status| Ok::<_, rusqlite::Error>((status, row.get(5)?, row.get(6)?, row.get(7)?)));
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, latest.transpose()?))
    };
    let rows = statement.query_map(params![code, at.as_microsecond(), since.as_microsecond()], read)?;
    let candidates = rows.map(|row| candidate(row?)).collect::<Result<Vec<_>, RegisterError>>()?;
    Ok(tally(candidates, at))
}

fn candidate((people, received_us, present, ends_us, latest): Row) -> Result<Candidate, RegisterError> {
    let latest = latest.map(|(status, people, at_us, received_us)| {
        Ok::<_, RegisterError>(Latest {
            status: check_ins::status(&status)?,
            people,
            at: Timestamp::from_microsecond(at_us)?,
            received_at: Timestamp::from_microsecond(received_us)?,
        })
    });
    Ok(Candidate {
        people,
        received_at: Timestamp::from_microsecond(received_us)?,
        present,
        ends_there: ends_us.map(Timestamp::from_microsecond).transpose()?,
        latest: latest.transpose()?,
    })
}
