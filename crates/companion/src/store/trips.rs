//! Trips, each written together with its place in the outbox. What stands in a draft is not the store's to know.

use contract::{
    ids::TripId,
    record::{Consent, Kind},
    words::Tag,
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    closed,
    database::{Damage, Result, Store, json},
    forms,
    names::Keys,
    party, sightings,
};

/// What a trip is kept as.
pub trait Draft: Serialize + DeserializeOwned {
    /// The same without what names people: what stands plain in the ministry's register too.
    fn plain(&self) -> Self;
}

/// What a trip was entered under: with that it is sealed, however late and however often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Under {
    /// To registering.
    pub consent: Consent,
    /// To naming the next of kin, where one is named.
    pub consent_of_kin: Option<Consent>,
    /// In which the traveller reads.
    pub language: Tag,
}

fn place(id: &str) -> [&str; 3] {
    ["trip", "private", id]
}

/// Those that were not deleted.
pub(super) fn all<D: Draft>(connection: &Connection, keys: &Keys, damage: &Damage) -> Result<Vec<(TripId, D)>> {
    let mut statement = connection.prepare_cached("SELECT id, draft, private FROM trip WHERE deleted = 0")?;
    let mut rows = statement.query([])?;
    let mut trips = Vec::new();
    while let Some(row) = rows.next()? {
        trips.extend(damage.readable(trip(row, keys, damage))?);
    }
    Ok(trips)
}

/// Of the columns `id`, `draft`, `private`.
fn trip<D: Draft>(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<(TripId, D)> {
    let draft = match whole(row, keys, damage)? {
        Some(draft) => draft,
        None => serde_json::from_str(&row.get::<_, String>(1)?)?,
    };
    Ok((row.get::<_, String>(0)?.parse()?, draft))
}

/// The same where what names people in it can be read.
fn whole<D: Draft>(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<Option<D>> {
    let (id, private): (String, Option<Vec<u8>>) = (row.get(0)?, row.get(2)?);
    let opened = private.and_then(|private| closed::open(keys, place(&id), &private, damage));
    Ok(opened.map(|draft| serde_json::from_slice(&draft)).transpose()?)
}

/// Closes what stands open. Whether there was any.
pub(super) fn close_open<D: Draft>(connection: &Connection, keys: &Keys) -> Result<bool> {
    let sql = "SELECT id, draft, private FROM trip WHERE deleted = 0 AND private IS NULL";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut open = Vec::new();
    while let Some(row) = rows.next()? {
        // what cannot be read stays as it is
        open.extend(Damage::default().readable(trip::<D>(row, keys, &Damage::default()))?);
    }
    for (id, draft) in &open {
        write(connection, keys, &id.to_string(), draft)?;
    }
    Ok(!open.is_empty())
}

fn write(connection: &Connection, keys: &Keys, id: &str, draft: &impl Draft) -> Result<()> {
    let private = closed::close(keys, place(id), json(draft)?.as_bytes())?;
    connection.execute(
        "INSERT INTO trip (id, draft, private) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE
         SET draft = excluded.draft, private = excluded.private, deleted = 0",
        (id, json(&draft.plain())?, private),
    )?;
    Ok(())
}

/// Whether there is such a trip, and it was not deleted.
pub(super) fn is_kept(connection: &Connection, id: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM trip WHERE id = ?1 AND deleted = 0";
    Ok(connection.query_row(sql, [id], |_| Ok(())).optional()?.is_some())
}

/// Whether what names people in it may be read again at another start.
pub(super) fn is_away(connection: &Connection, keys: &Keys, id: &str) -> Result<bool> {
    let sql = "SELECT private FROM trip WHERE id = ?1";
    let private: Option<Vec<u8>> = connection.query_row(sql, [id], |row| row.get(0)).optional()?.flatten();
    Ok(private.is_some_and(|private| keys.is_away(&private)))
}

/// Gives a trip another id, and whatever names it.
pub(super) fn rename(connection: &Connection, keys: &Keys, before: &str, after: &str) -> Result<()> {
    let sql = "SELECT private FROM trip WHERE id = ?1";
    let private: Option<Vec<u8>> = connection.query_row(sql, [before], |row| row.get(0))?;
    let whole = private.and_then(|private| closed::open(keys, place(before), &private, &Damage::default()));
    let private = whole.map(|whole| closed::close(keys, place(after), &whole)).transpose()?;
    connection.execute("UPDATE trip SET id = ?2, private = ?3 WHERE id = ?1", (before, after, private))?;
    connection.execute("UPDATE check_in SET trip = ?2 WHERE trip = ?1", [before, after])?;
    party::rename(connection, keys, before, after)?;
    sightings::rename(connection, before, after)?;
    forms::rename(connection, keys, before, after)
}

impl Store {
    /// Keeps a new or changed trip; durable when this returns.
    pub fn save_trip(&self, id: TripId, draft: &impl Draft) -> Result<()> {
        self.save_trip_of(id, draft, None, Some(id))
    }

    /// The same as it was typed into a form: its own, or that of a new trip.
    pub fn save_trip_of(
        &self,
        id: TripId,
        draft: &impl Draft,
        under: Option<&Under>,
        form: Option<TripId>,
    ) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        forms::forget(&transaction, form)?;
        self.put_trip(&transaction, id, draft, under)?;
        transaction.commit()?;
        Ok(())
    }

    /// A form of it that was begun holds an older plan.
    pub(super) fn put_trip(
        &self,
        connection: &Connection,
        id: TripId,
        draft: &impl Draft,
        under: Option<&Under>,
    ) -> Result<()> {
        forms::forget(connection, Some(id))?;
        write(connection, &self.keys, &id.to_string(), draft)?;
        let under = under.map(json).transpose()?;
        connection.execute("UPDATE trip SET under = ?2 WHERE id = ?1", (id.to_string(), under))?;
        self.enqueue(connection, Kind::Trip, &id.to_string(), false)?;
        Ok(())
    }

    /// Forgets a trip here and has the ministry forget it. False where there is none.
    pub fn delete_trip(&self, id: TripId) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let is_gone = self.forget_trip(&transaction, id)?;
        transaction.commit()?;
        Ok(is_gone)
    }

    pub(super) fn forget_trip(&self, connection: &Connection, id: TripId) -> Result<bool> {
        let gone = connection.execute(
            "UPDATE trip SET draft = '', private = NULL, under = NULL, deleted = 1 WHERE id = ?1 AND deleted = 0",
            [id.to_string()],
        )?;
        if gone == 0 {
            return Ok(false);
        }
        self.enqueue(connection, Kind::Trip, &id.to_string(), false)?;
        forms::forget(connection, Some(id))?;
        party::forget(connection, &id.to_string())?;
        sightings::forget(connection, &id.to_string())?;
        // what was received on a journey that the ministry is not told of says where the traveller is
        connection.execute(
            "DELETE FROM outbox WHERE kind = 'receipt' AND received_version < version
             AND NOT EXISTS (SELECT 1 FROM trip WHERE deleted = 0)",
            [],
        )?;
        // and it is not put there again where the outbox cannot be read
        connection.execute(
            "UPDATE notice SET report = 0 WHERE NOT EXISTS (SELECT 1 FROM trip WHERE deleted = 0)
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'receipt' AND id = notice.entry || '@' || notice.version)",
            [],
        )?;
        Ok(true)
    }

    /// What a trip was entered under; `None` for one that an app entered which did not keep that.
    pub fn under(&self, id: TripId) -> Result<Option<Under>> {
        Self::under_of(&self.lock(), id)
    }

    pub(super) fn under_of(connection: &Connection, id: TripId) -> Result<Option<Under>> {
        let sql = "SELECT under FROM trip WHERE id = ?1";
        let under: Option<String> = connection.query_row(sql, [id.to_string()], |row| row.get(0)).optional()?.flatten();
        let under = under.map(|under| Ok(serde_json::from_str(&under)?)).transpose();
        Ok(Damage::default().readable(under)?.flatten())
    }

    /// What was kept last, can be read and is like the next one, for who fills that in.
    pub fn newest_trip<D: Draft>(&self, is_like_it: impl Fn(&D) -> bool) -> Result<Option<D>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT id, draft, private FROM trip WHERE deleted = 0 ORDER BY rowid DESC")?;
        let mut rows = statement.query([])?;
        let damage = Damage::default();
        while let Some(row) = rows.next()? {
            let read = damage.readable(trip(row, &self.keys, &damage))?;
            if let Some((_, draft)) = read.filter(|(_, draft)| is_like_it(draft)) {
                return Ok(Some(draft));
            }
        }
        Ok(None)
    }

    /// A trip of which everything can be read, and the version to send it under.
    pub fn whole_trip<D: Draft>(&self, id: TripId) -> Result<Option<(u32, D)>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT id, draft, private FROM trip WHERE id = ?1")?;
        let mut rows = statement.query([id.to_string()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let Some(draft) = whole(row, &self.keys, &Damage::default())? else { return Ok(None) };
        let version = Self::version_of(&connection, Kind::Trip, &id.to_string())?.unwrap_or(1);
        Ok(Some((version, draft)))
    }

    /// A trip and the version to send it under; `None` for the draft of a deleted one.
    pub fn trip<D: Draft>(&self, id: TripId) -> Result<Option<(u32, Option<D>)>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT id, draft, private, deleted FROM trip WHERE id = ?1")?;
        let mut rows = statement.query([id.to_string()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let is_deleted: bool = row.get(3)?;
        let draft = if is_deleted { None } else { Some(trip(row, &self.keys, &Damage::default())?.1) };
        let version = Self::version_of(&connection, Kind::Trip, &id.to_string())?.unwrap_or(1);
        Ok(Some((version, draft)))
    }
}
