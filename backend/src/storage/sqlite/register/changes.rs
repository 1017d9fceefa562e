//! Change numbers, what was erased, and the pages that the desk reads.

use contract::record::{Change, Kind, Made, RecordsPage};
use jiff::Timestamp;
use rusqlite::{Connection, Params, Row, params};

use super::{RegisterError, moved, parse};
use crate::register::changes::{PAGE, PAGE_BYTES, digest};

/// What stands and what was erased, each in the order of its numbers.
const PAGE_SQL: &str = "SELECT r.change, r.kind, r.id, d.id, r.received_us, r.record, 0, d.received_us, d.network \
       FROM records r JOIN devices d ON d.number = r.device WHERE r.change > ?1 \
     UNION ALL SELECT change, kind, digest, NULL, received_us, NULL, by_person, NULL, NULL FROM erased WHERE change > ?1 \
     ORDER BY 1 LIMIT ?2";

/// Why something is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its person erased everything.
    ByPerson,
    /// It was kept as long as its kind may be, or goes with its trip.
    Kept,
}

/// Takes the next change number.
pub fn next(connection: &Connection) -> Result<i64, RegisterError> {
    let sql = "UPDATE register SET change = change + 1 RETURNING change";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Erases the records `r` that `condition` holds for, and leaves the digests of their ids. Answers how many they were.
pub fn erase(
    connection: &Connection,
    condition: &str,
    by: impl Params,
    why: Why,
    now: Timestamp,
) -> Result<usize, RegisterError> {
    let sql = format!("DELETE FROM records AS r WHERE {condition} RETURNING kind, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let gone = statement.query_map(by, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let gone: Vec<(String, String)> = gone.collect::<Result<_, _>>()?;
    for (kind, id) in &gone {
        if kind == Kind::Trip.name() {
            moved::forget(connection, id)?;
        }
        leave_digest(connection, kind, id, why, now)?;
    }
    Ok(gone.len())
}

/// Of what was erased, whatever it was.
pub fn leave_digest(
    connection: &Connection,
    kind: &str,
    id: &str,
    why: Why,
    now: Timestamp,
) -> Result<(), RegisterError> {
    let sql = "INSERT INTO erased (change, kind, digest, received_us, by_person) VALUES (?1, ?2, ?3, ?4, ?5)";
    let by_person = why == Why::ByPerson;
    let gone = params![next(connection)?, kind, digest(id), now.as_microsecond(), by_person];
    connection.prepare_cached(sql)?.execute(gone)?;
    Ok(())
}

pub fn page(connection: &Connection, since: u64) -> Result<RecordsPage, RegisterError> {
    let epoch = connection.query_row("SELECT epoch FROM register", [], |row| row.get(0))?;
    let mut statement = connection.prepare_cached(PAGE_SQL)?;
    // one more than a page tells whether there are more
    let mut rows = statement.query(params![i64::try_from(since).unwrap_or(i64::MAX), PAGE as i64 + 1])?;
    let mut changes = Vec::new();
    let (mut bytes, mut more) = (0, false);
    while let Some(row) = rows.next()? {
        if changes.len() == PAGE || bytes >= PAGE_BYTES {
            more = true;
            break;
        }
        bytes += row.get_ref(5)?.as_str_or_null()?.map_or(0, str::len);
        changes.push(change(connection, row)?);
    }
    let next = changes.last().map_or(since, |change| change.number);
    Ok(RecordsPage { epoch, changes, next, more })
}

fn change(connection: &Connection, row: &Row<'_>) -> Result<Change, RegisterError> {
    let name = row.get_ref(1)?.as_str()?;
    let unknown = || RegisterError::Record(serde::de::Error::custom("a change is of no kind"));
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(unknown)?;
    let id: String = row.get(2)?;
    let was_of = if kind == Kind::Trip { moved::former(connection, &id)? } else { Vec::new() };
    let made_us: Option<i64> = row.get::<_, Option<i64>>(7)?.filter(|_| kind == Kind::CheckIn);
    let made = match made_us {
        Some(us) => Some(Made { at: Timestamp::from_microsecond(us)?, network: row.get(8)? }),
        None => None,
    };
    Ok(Change {
        number: row.get(0)?,
        kind,
        id,
        device: row.get_ref(3)?.as_str_or_null()?.map(parse).transpose()?,
        received_at: Timestamp::from_microsecond(row.get(4)?)?,
        record: row.get_ref(5)?.as_str_or_null()?.map(serde_json::from_str).transpose()?,
        was_of,
        made,
        by_person: row.get(6)?,
    })
}
