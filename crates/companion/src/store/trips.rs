//! Trips, each written together with its place in the outbox. What stands in a draft is not the store's to know.

use contract::{ids::TripId, record::Kind};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    database::{Damage, Result, Store, json},
    forms,
};

/// Those that were not deleted.
pub(super) fn all<Draft: DeserializeOwned>(connection: &Connection, damage: &Damage) -> Result<Vec<(TripId, Draft)>> {
    let mut statement = connection.prepare_cached("SELECT id, draft FROM trip WHERE deleted = 0")?;
    let mut rows = statement.query([])?;
    let mut trips = Vec::new();
    while let Some(row) = rows.next()? {
        trips.extend(damage.readable(trip(row))?);
    }
    Ok(trips)
}

fn trip<Draft: DeserializeOwned>(row: &Row<'_>) -> Result<(TripId, Draft)> {
    Ok((row.get::<_, String>(0)?.parse()?, serde_json::from_str(&row.get::<_, String>(1)?)?))
}

/// Whether there is such a trip, and it was not deleted.
pub(super) fn is_kept(connection: &Connection, id: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM trip WHERE id = ?1 AND deleted = 0";
    Ok(connection.query_row(sql, [id], |_| Ok(())).optional()?.is_some())
}

/// Gives a trip another id, and whatever names it.
pub(super) fn rename(connection: &Connection, before: &str, after: &str) -> Result<()> {
    connection.execute("UPDATE trip SET id = ?2 WHERE id = ?1", [before, after])?;
    connection.execute("UPDATE check_in SET trip = ?2 WHERE trip = ?1", [before, after])?;
    connection.execute("UPDATE form SET name = ?2 WHERE name = ?1", [before, after])?;
    Ok(())
}

impl Store {
    /// Keeps a new or changed trip; durable when this returns.
    pub fn save_trip(&self, id: TripId, draft: &impl Serialize) -> Result<()> {
        self.save_trip_of(id, draft, Some(id))
    }

    /// The same as it was typed into a form: its own, or that of a new trip.
    pub fn save_trip_of(&self, id: TripId, draft: &impl Serialize, form: Option<TripId>) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        forms::forget(&transaction, form)?;
        self.put_trip(&transaction, id, draft)?;
        transaction.commit()?;
        Ok(())
    }

    /// A form of it that was begun holds an older plan.
    pub(super) fn put_trip(&self, connection: &Connection, id: TripId, draft: &impl Serialize) -> Result<()> {
        forms::forget(connection, Some(id))?;
        connection.execute(
            "INSERT INTO trip (id, draft) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE
             SET draft = excluded.draft, deleted = 0",
            (id.to_string(), json(draft)?),
        )?;
        self.enqueue(connection, Kind::Trip, &id.to_string(), false)?;
        Ok(())
    }

    /// Forgets a trip here and has the ministry forget it. False where there is none.
    pub fn delete_trip(&self, id: TripId) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let gone = transaction
            .execute("UPDATE trip SET draft = '', deleted = 1 WHERE id = ?1 AND deleted = 0", [id.to_string()])?;
        if gone == 0 {
            return Ok(false);
        }
        self.enqueue(&transaction, Kind::Trip, &id.to_string(), false)?;
        forms::forget(&transaction, Some(id))?;
        // what was received on a journey that the ministry is not told of says where the traveller is
        transaction.execute(
            "DELETE FROM outbox WHERE kind = 'receipt' AND received_version < version
             AND NOT EXISTS (SELECT 1 FROM trip WHERE deleted = 0)",
            [],
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// What was kept last and can be read, for who fills in the next one.
    pub fn newest_trip<Draft: DeserializeOwned>(&self) -> Result<Option<Draft>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT draft FROM trip WHERE deleted = 0 ORDER BY rowid DESC")?;
        let mut rows = statement.query([])?;
        let damage = Damage::default();
        while let Some(row) = rows.next()? {
            let draft = row.get::<_, String>(0).map_err(Into::into);
            if let Some(draft) = damage.readable(draft.and_then(|text| Ok(serde_json::from_str(&text)?)))? {
                return Ok(Some(draft));
            }
        }
        Ok(None)
    }

    /// A trip and the version to send it under; `None` for the draft of a deleted one.
    pub fn trip<Draft: DeserializeOwned>(&self, id: TripId) -> Result<Option<(u32, Option<Draft>)>> {
        let connection = self.lock();
        let row: Option<(String, bool)> = connection
            .query_row("SELECT draft, deleted FROM trip WHERE id = ?1", [id.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let Some((draft, deleted)) = row else { return Ok(None) };
        let version = Self::version_of(&connection, Kind::Trip, &id.to_string())?.unwrap_or(1);
        let draft = if deleted { None } else { Some(serde_json::from_str(&draft)?) };
        Ok(Some((version, draft)))
    }
}
