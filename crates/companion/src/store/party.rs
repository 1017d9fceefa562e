//! Who travels along, by name. What stands in a list is not the store's to know.

use contract::{ids::TripId, record::Kind};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    closed,
    database::{Damage, Result, Store, json},
    names::Keys,
    sightings, undoable,
};

/// The trip has another id now. What is closed stays bound to the one that it had.
pub(super) fn rename(connection: &Connection, before: &str, after: &str) -> Result<()> {
    let sql = "UPDATE party SET trip = ?2, closed_as = coalesce(closed_as, trip) WHERE trip = ?1";
    connection.execute(sql, [before, after])?;
    Ok(())
}

/// Nobody of a trip is named any more.
pub(super) fn forget(connection: &Connection, trip: &str) -> Result<()> {
    connection.execute("DELETE FROM party WHERE trip = ?1", [trip])?;
    Ok(())
}

fn read<T: DeserializeOwned>(connection: &Connection, keys: &Keys, column: &str, trip: &str) -> Result<Option<T>> {
    let sql = format!("SELECT {column}, coalesce(closed_as, trip) FROM party WHERE trip = ?1");
    let closed: Option<(Vec<u8>, String)> =
        connection.query_row(&sql, [trip], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let plain =
        closed.and_then(|(closed, trip)| closed::open(keys, ["party", column, &trip], &closed, &Damage::default()));
    Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

/// Keeps the list of a trip. False where there is no such trip.
pub(super) fn write(
    connection: &Connection,
    keys: &Keys,
    trip: &str,
    (party, unread): (&impl Serialize, &impl Serialize),
) -> Result<bool> {
    let kept = connection.execute(
        "INSERT INTO party (trip, private, unread)
         SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM trip WHERE id = ?1 AND deleted = 0)
         ON CONFLICT (trip) DO UPDATE SET private = excluded.private, unread = excluded.unread, closed_as = NULL",
        (
            trip,
            closed::close(keys, ["party", "private", trip], json(party)?.as_bytes())?,
            closed::close(keys, ["party", "unread", trip], json(unread)?.as_bytes())?,
        ),
    )?;
    Ok(kept > 0)
}

/// The same without what waits to be corrected, which stays as it is.
pub(super) fn write_people(connection: &Connection, keys: &Keys, trip: &str, party: &impl Serialize) -> Result<()> {
    let sql = "SELECT coalesce(closed_as, trip) FROM party WHERE trip = ?1";
    let closed_as: Option<String> = connection.query_row(sql, [trip], |row| row.get(0)).optional()?;
    let place = ["party", "private", closed_as.as_deref().unwrap_or(trip)];
    let private = closed::close(keys, place, json(party)?.as_bytes())?;
    if connection.execute("UPDATE party SET private = ?2 WHERE trip = ?1", (trip, private))? == 0 {
        write(connection, keys, trip, (party, &[(); 0]))?;
    }
    Ok(())
}

/// The roll of one trip is called as that of another.
pub(super) fn call_as(connection: &Connection, trip: &str, other: &str) -> Result<()> {
    let sql =
        "UPDATE party SET (roll, called_at) = (SELECT roll, called_at FROM party WHERE trip = ?2) WHERE trip = ?1";
    connection.execute(sql, [trip, other])?;
    Ok(())
}

impl Store {
    /// The list of a trip; `None` where nobody is named.
    pub fn party<P: DeserializeOwned>(&self, trip: TripId) -> Result<Option<P>> {
        read(&self.lock(), &self.keys, "private", &trip.to_string())
    }

    /// Whether the list of a trip may be read again at another start.
    pub fn is_party_away(&self, trip: TripId) -> Result<bool> {
        closed::is_away(&self.lock(), &self.keys, ["party", "private"], ("trip", &trip.to_string()))
    }

    /// What of its lists waits to be corrected.
    pub fn unread<U: DeserializeOwned>(&self, trip: TripId) -> Result<Option<U>> {
        read(&self.lock(), &self.keys, "unread", &trip.to_string())
    }

    /// Keeps the list of a trip; durable when this returns. Whoever is not among `numbers` any more was never seen;
    /// `merged` names one who is another now; `send` has the ministry get the trip anew. False where there is no such trip.
    pub fn save_party(
        &self,
        trip: TripId,
        (party, unread): (&impl Serialize, &impl Serialize),
        numbers: &[u16],
        merged: Option<(u16, u16)>,
        send: bool,
    ) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let id = trip.to_string();
        if !write(&transaction, &self.keys, &id, (party, unread))? {
            return Ok(false);
        }
        if let Some((kept, other)) = merged {
            sightings::merge(&transaction, &id, kept, other)?;
        }
        sightings::keep_of(&transaction, &id, numbers)?;
        if send {
            undoable::forget_split(&transaction, trip)?;
            self.enqueue(&transaction, Kind::Trip, &id, false)?;
        }
        transaction.commit()?;
        Ok(true)
    }

    /// Everybody is missing until they are seen. False where nobody is named.
    pub fn begin_roll(&self, trip: TripId, at: Timestamp) -> Result<bool> {
        let sql = "UPDATE party SET roll = roll + 1, called_at = ?2 WHERE trip = ?1";
        Ok(self.lock().execute(sql, (trip.to_string(), at.to_string()))? > 0)
    }
}
