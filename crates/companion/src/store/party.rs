//! Who travels along by name, and who was seen at which roll. What stands in a list is not the store's to know.

use contract::{
    ids::TripId,
    record::{CheckInStatus, Kind},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    closed,
    database::{Damage, Result, Store, StoreError, json, to_word, word},
    names::Keys,
};

/// Somebody was seen at a roll, or said how they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Their number on the list.
    pub person: u16,
    /// Of which roll it is.
    pub roll: u32,
    pub status: CheckInStatus,
    /// By their own word.
    pub own: bool,
    pub at: Timestamp,
    /// Who called the roll, as they call themselves.
    pub by: String,
}

/// The roll that is called now, and what was seen at it and before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll {
    /// From 1; 0 before the first.
    pub number: u32,
    pub called_at: Option<Timestamp>,
    /// The oldest first.
    pub sightings: Vec<Sighting>,
}

/// The trip has another id now.
pub(super) fn rename(connection: &Connection, keys: &Keys, before: &str, after: &str) -> Result<()> {
    for column in ["private", "unread"] {
        let sql = format!("SELECT {column} FROM party WHERE trip = ?1");
        let closed: Option<Vec<u8>> = connection.query_row(&sql, [before], |row| row.get(0)).optional()?;
        let place = |trip| ["party", column, trip];
        let plain = closed.and_then(|closed| closed::open(keys, place(before), &closed, &Damage::default()));
        if let Some(plain) = plain {
            let closed = closed::close(keys, place(after), &plain)?;
            connection.execute(&format!("UPDATE party SET {column} = ?2 WHERE trip = ?1"), (before, closed))?;
        }
    }
    connection.execute("UPDATE party SET trip = ?2 WHERE trip = ?1", [before, after])?;
    connection.execute("UPDATE sighting SET trip = ?2 WHERE trip = ?1", [before, after])?;
    Ok(())
}

/// Nobody of a trip is named any more.
pub(super) fn forget(connection: &Connection, trip: &str) -> Result<()> {
    connection.execute("DELETE FROM party WHERE trip = ?1", [trip])?;
    connection.execute("DELETE FROM sighting WHERE trip = ?1", [trip])?;
    Ok(())
}

fn read<T: DeserializeOwned>(connection: &Connection, keys: &Keys, column: &str, trip: &str) -> Result<Option<T>> {
    let sql = format!("SELECT {column} FROM party WHERE trip = ?1");
    let closed: Option<Vec<u8>> = connection.query_row(&sql, [trip], |row| row.get(0)).optional()?;
    let plain = closed.and_then(|closed| closed::open(keys, ["party", column, trip], &closed, &Damage::default()));
    Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

/// Of the columns `id`, `person`, `roll`, `status`, `own`, `at`, `private`.
fn sighting(row: &Row<'_>, keys: &Keys) -> Result<Sighting> {
    let (id, closed): (String, Vec<u8>) = (row.get(0)?, row.get(6)?);
    let by = closed::open(keys, ["sighting", "private", &id], &closed, &Damage::default()).unwrap_or_default();
    Ok(Sighting {
        person: row.get(1)?,
        roll: row.get(2)?,
        status: word(row.get(3)?)?,
        own: row.get(4)?,
        at: row.get::<_, String>(5)?.parse()?,
        by: String::from_utf8(by).unwrap_or_default(),
    })
}

impl Store {
    /// The list of a trip; `None` where nobody is named.
    pub fn party<P: DeserializeOwned>(&self, trip: TripId) -> Result<Option<P>> {
        read(&self.lock(), &self.keys, "private", &trip.to_string())
    }

    /// Whether the list of a trip may be read again at another start.
    pub fn is_party_away(&self, trip: TripId) -> Result<bool> {
        let sql = "SELECT private FROM party WHERE trip = ?1";
        let closed = self.lock().query_row(sql, [trip.to_string()], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        Ok(closed.is_some_and(|closed| self.keys.is_away(&closed)))
    }

    /// The lists that can be read.
    pub fn parties<P: DeserializeOwned>(&self) -> Result<Vec<(TripId, P)>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT trip FROM party")?;
        let trips = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let (mut found, damage) = (Vec::new(), Damage::default());
        for trip in trips {
            let party = damage.readable(read(&connection, &self.keys, "private", &trip))?.flatten();
            found.extend(party.map(|party| Ok::<_, StoreError>((trip.parse()?, party))).transpose()?);
        }
        Ok(found)
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
        let kept = transaction.execute(
            "INSERT INTO party (trip, private, unread)
             SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM trip WHERE id = ?1 AND deleted = 0)
             ON CONFLICT (trip) DO UPDATE SET private = excluded.private, unread = excluded.unread",
            (
                &id,
                closed::close(&self.keys, ["party", "private", &id], json(party)?.as_bytes())?,
                closed::close(&self.keys, ["party", "unread", &id], json(unread)?.as_bytes())?,
            ),
        )?;
        if kept == 0 {
            return Ok(false);
        }
        if let Some((kept, other)) = merged {
            let sql = "UPDATE sighting SET person = ?2 WHERE trip = ?1 AND person = ?3";
            transaction.execute(sql, (&id, kept, other))?;
        }
        transaction.execute(
            "DELETE FROM sighting WHERE trip = ?1 AND person NOT IN (SELECT value FROM json_each(?2))",
            (&id, json(&numbers)?),
        )?;
        if send {
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

    /// Notes that somebody was seen at the roll that is called now, and begins the first one; durable when this returns.
    /// False where nobody is named.
    pub fn see(
        &self,
        trip: TripId,
        person: u16,
        status: CheckInStatus,
        own: bool,
        at: Timestamp,
        by: &str,
    ) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let trip = trip.to_string();
        let sql = "UPDATE party SET roll = max(roll, 1), called_at = coalesce(called_at, ?2) WHERE trip = ?1";
        if transaction.execute(sql, (&trip, at.to_string()))? == 0 {
            return Ok(false);
        }
        let next = "SELECT coalesce(max(rowid), 0) + 1 FROM sighting";
        let id = transaction.query_row(next, [], |row| row.get::<_, i64>(0))?.to_string();
        transaction.execute(
            "INSERT INTO sighting (id, trip, person, roll, status, own, at, private)
             VALUES (?1, ?2, ?3, (SELECT roll FROM party WHERE trip = ?2), ?4, ?5, ?6, ?7)",
            (
                &id,
                &trip,
                person,
                to_word(&status)?,
                own,
                at.to_string(),
                closed::close(&self.keys, ["sighting", "private", &id], by.as_bytes())?,
            ),
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// Takes back the last that was noted of somebody at the roll that is called now. False where nothing was.
    pub fn unsee(&self, trip: TripId, person: u16) -> Result<bool> {
        let sql = "DELETE FROM sighting WHERE rowid = (SELECT max(rowid) FROM sighting WHERE trip = ?1 AND person = ?2
                   AND roll = (SELECT roll FROM party WHERE trip = ?1))";
        Ok(self.lock().execute(sql, (trip.to_string(), person))? > 0)
    }

    /// The roll that is called now.
    pub fn roll(&self, trip: TripId) -> Result<Roll> {
        let connection = self.lock();
        let id = trip.to_string();
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?));
        let begun =
            connection.query_row("SELECT roll, called_at FROM party WHERE trip = ?1", [&id], read).optional()?;
        let Some((number, called_at)) = begun else { return Ok(Roll::default()) };
        let called_at = called_at.map(|at| at.parse()).transpose()?;
        let sql = "SELECT id, person, roll, status, own, at, private FROM sighting WHERE trip = ?1 ORDER BY rowid";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([&id])?;
        let (mut sightings, damage) = (Vec::new(), Damage::default());
        while let Some(row) = rows.next()? {
            sightings.extend(damage.readable(sighting(row, &self.keys))?);
        }
        Ok(Roll { number, called_at, sightings })
    }
}
