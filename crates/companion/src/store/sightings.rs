//! Who was seen when, at which roll, and by whom.

use contract::{ids::TripId, record::CheckInStatus};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    closed,
    database::{Damage, Result, Store, json, to_word, word},
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

/// The number of what was said while no roll was called.
pub const BEFORE_ROLLS: u32 = 0;

/// The roll that is called now, and what was seen at it and before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll {
    /// From 1; 0 before the first.
    pub number: u32,
    pub begun_at: Option<Timestamp>,
    /// The oldest first.
    pub sightings: Vec<Sighting>,
}

impl Roll {
    /// What was noted of it by then.
    pub fn as_of(&self, at: Timestamp) -> Self {
        let by_then = self.sightings.iter().filter(|word| word.at <= at);
        Self { sightings: by_then.cloned().collect(), ..*self }
    }

    /// Somebody was seen at it: whoever was not is missing. Before the first, a need alone calls none.
    pub fn is_called(&self) -> bool {
        self.number > BEFORE_ROLLS && self.sightings.iter().any(|word| word.roll == self.number)
    }
}

/// The trip has another id now.
pub(super) fn rename(connection: &Connection, before: &str, after: &str) -> Result<()> {
    connection.execute("UPDATE sighting SET trip = ?2 WHERE trip = ?1", [before, after])?;
    Ok(())
}

/// These are on another trip now, with all that was seen of them.
pub(super) fn hand_over(connection: &Connection, before: &str, after: &str, numbers: &[u16]) -> Result<()> {
    let sql = "UPDATE sighting SET trip = ?2 WHERE trip = ?1 AND person IN (SELECT value FROM json_each(?3))";
    connection.execute(sql, (before, after, json(&numbers)?))?;
    Ok(())
}

/// What was seen of the other was seen of the one who stays; it is noted of whom it was.
pub(super) fn merge(connection: &Connection, trip: &str, kept: u16, other: u16) -> Result<()> {
    let sql = "UPDATE sighting SET person = ?2, noted_as = ?3 WHERE trip = ?1 AND person = ?3";
    connection.execute(sql, (trip, kept, other))?;
    Ok(())
}

/// Those are on the list. Who was one with another and is back on it has again what was seen of them; of all others
/// nothing stays.
pub(super) fn keep_of(connection: &Connection, trip: &str, numbers: &[u16]) -> Result<()> {
    let numbers = json(&numbers)?;
    let back = "UPDATE sighting SET person = noted_as, noted_as = NULL
                WHERE trip = ?1 AND noted_as IN (SELECT value FROM json_each(?2))";
    connection.execute(back, (trip, &numbers))?;
    let gone = "DELETE FROM sighting WHERE trip = ?1 AND person NOT IN (SELECT value FROM json_each(?2))";
    connection.execute(gone, (trip, &numbers))?;
    Ok(())
}

/// Nobody of a trip was ever seen.
pub(super) fn forget(connection: &Connection, trip: &str) -> Result<()> {
    connection.execute("DELETE FROM sighting WHERE trip = ?1", [trip])?;
    Ok(())
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

/// Takes back the last that was noted of somebody, at whichever roll.
pub(super) fn unnote(connection: &Connection, trip: TripId, person: u16) -> Result<()> {
    let sql = "DELETE FROM sighting WHERE rowid = (SELECT max(rowid) FROM sighting WHERE trip = ?1 AND person = ?2)";
    connection.execute(sql, (trip.to_string(), person))?;
    Ok(())
}

/// Which roll is called now; `None` where nobody of the trip is named.
fn called(connection: &Connection, trip: &str) -> Result<Option<u32>> {
    Ok(connection.query_row("SELECT roll FROM party WHERE trip = ?1", [trip], |row| row.get(0)).optional()?)
}

impl Store {
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
        let roll = called(&transaction, &trip)?.unwrap_or_default();
        self.put_sighting(&transaction, &trip, &Sighting { person, roll, status, own, at, by: by.to_owned() })?;
        transaction.commit()?;
        Ok(true)
    }

    /// Notes what was said of them, and begins no roll; all or nothing. Nothing where nobody is named.
    pub fn note(&self, trip: TripId, words: impl IntoIterator<Item = Sighting>) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let trip = trip.to_string();
        if called(&transaction, &trip)?.is_some() {
            for word in words {
                self.put_sighting(&transaction, &trip, &word)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    fn put_sighting(&self, connection: &Connection, trip: &str, word: &Sighting) -> Result<()> {
        let next = "SELECT coalesce(max(rowid), 0) + 1 FROM sighting";
        let id = connection.query_row(next, [], |row| row.get::<_, i64>(0))?.to_string();
        connection.execute(
            "INSERT INTO sighting (id, trip, person, roll, status, own, at, private)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (
                &id,
                trip,
                word.person,
                word.roll,
                to_word(&word.status)?,
                word.own,
                word.at.to_string(),
                closed::close(&self.keys, ["sighting", "private", &id], word.by.as_bytes())?,
            ),
        )?;
        Ok(())
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
        let Some((number, begun_at)) = begun else { return Ok(Roll::default()) };
        let begun_at = begun_at.map(|at| at.parse()).transpose()?;
        let sql = "SELECT id, person, roll, status, own, at, private FROM sighting WHERE trip = ?1 ORDER BY rowid";
        let mut statement = connection.prepare_cached(sql)?;
        let sightings = Damage::default().rows(statement.query([&id])?, |row| sighting(row, &self.keys))?;
        Ok(Roll { number, begun_at, sightings })
    }
}
