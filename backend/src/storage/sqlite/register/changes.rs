//! Change numbers, what was erased, and the pages that the desk reads.

use contract::record::{Change, Kind, RecordsPage};
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{RegisterError, parse};
use crate::register::{
    KEPT,
    changes::{PAGE, digest},
};

/// Each table by its own index, then the first of all.
fn page_sql() -> String {
    let table = |kind: Kind| {
        let (name, table) = (kind.name(), kind.plural());
        format!(
            "SELECT * FROM (SELECT change, '{name}', id, device_id, received_us, record FROM {table} \
               WHERE change > ?1 ORDER BY change LIMIT ?2)"
        )
    };
    let tables = KEPT.map(table).join(" UNION ALL ");
    format!(
        "{tables} UNION ALL SELECT * FROM (SELECT change, kind, digest, NULL, received_us, NULL FROM erased \
           WHERE change > ?1 ORDER BY change LIMIT ?2) ORDER BY change LIMIT ?2"
    )
}

/// Takes the next change number.
pub fn next(connection: &Connection) -> Result<i64, RegisterError> {
    let sql = "UPDATE register SET change = change + 1 RETURNING change";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Erases the rows that `condition` over `?1` names, and leaves the digests of their ids. Answers how many they were.
pub fn erase(
    connection: &Connection,
    kind: Kind,
    condition: &str,
    by: &dyn rusqlite::ToSql,
    now: Timestamp,
) -> Result<usize, RegisterError> {
    let sql = format!("DELETE FROM {} WHERE {condition} RETURNING id", kind.plural());
    let mut statement = connection.prepare_cached(&sql)?;
    let ids: Vec<String> = statement.query_map([by], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in &ids {
        connection
            .prepare_cached("INSERT INTO erased (change, kind, digest, received_us) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![next(connection)?, kind.name(), digest(id), now.as_microsecond()])?;
    }
    Ok(ids.len())
}

pub fn page(connection: &Connection, since: u64) -> Result<RecordsPage, RegisterError> {
    let epoch = connection.query_row("SELECT epoch FROM register", [], |row| row.get(0))?;
    let mut statement = connection.prepare_cached(&page_sql())?;
    // one more than a page tells whether there are more
    let mut rows = statement.query(params![i64::try_from(since).unwrap_or(i64::MAX), PAGE as i64 + 1])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(change(row)?);
    }
    let more = changes.len() > PAGE;
    changes.truncate(PAGE);
    let next = changes.last().map_or(since, |change| change.number);
    Ok(RecordsPage { epoch, changes, next, more })
}

fn change(row: &Row<'_>) -> Result<Change, RegisterError> {
    let name = row.get_ref(1)?.as_str()?;
    let unknown = || RegisterError::Record(serde::de::Error::custom("a change is of no kind"));
    let kind = KEPT.into_iter().find(|kind| kind.name() == name).ok_or_else(unknown)?;
    Ok(Change {
        number: row.get(0)?,
        kind,
        id: row.get(2)?,
        device: row.get_ref(3)?.as_str_or_null()?.map(parse).transpose()?,
        received_at: Timestamp::from_microsecond(row.get(4)?)?,
        record: row.get_ref(5)?.as_str_or_null()?.map(serde_json::from_str).transpose()?,
    })
}
