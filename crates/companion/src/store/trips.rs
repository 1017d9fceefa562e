//! Trips, each written together with its place in the outbox. What stands in a draft is not the store's to know.

use contract::{
    ids::TripId,
    record::{Consent, Kind},
    words::Tag,
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    check_ins, closed,
    database::{Damage, Result, Store, json},
    forms::{self, Form},
    names::Keys,
    party,
    settings::{self, Setting},
    sightings, undoable,
};

/// What a trip is kept as.
pub trait Draft: Serialize + DeserializeOwned {
    /// The same without what names people: what stands plain in the ministry's register too.
    fn plain(&self) -> Self;

    /// Nobody knows yet when it ends: for the ministry it ends where another begins.
    fn has_no_end(&self) -> bool;

    /// The same, with what `older` says wherever this one, made of the plain one, says nothing.
    fn joined(self, older: Self) -> Self;
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

/// What is closed of a trip: all of it, and what it was entered under.
#[derive(Serialize)]
struct Closed<'a, D> {
    #[serde(flatten)]
    draft: &'a D,
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<&'a Under>,
}

/// An app before this one closed no more than the draft.
#[derive(Deserialize)]
struct OfUnder {
    under: Option<Under>,
}

/// `closed_as` is the id that the trip had when it was closed first.
fn place(closed_as: &str) -> [&str; 3] {
    ["trip", "private", closed_as]
}

const COLUMNS: &str = "id, draft, private, coalesce(closed_as, id)";

/// Those that were not deleted.
pub(super) fn all<D: Draft>(connection: &Connection, keys: &Keys, damage: &Damage) -> Result<Vec<(TripId, D)>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM trip WHERE deleted = 0"))?;
    damage.rows(statement.query([])?, |row| trip(row, keys, damage))
}

/// One of them; `None` within where it was deleted.
pub(super) fn one<D: Draft>(connection: &Connection, keys: &Keys, id: TripId) -> Result<Option<Option<D>>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS}, deleted FROM trip WHERE id = ?1"))?;
    let mut rows = statement.query([id.to_string()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let is_deleted: bool = row.get(4)?;
    Ok(Some(if is_deleted { None } else { Some(trip(row, keys, &Damage::default())?.1) }))
}

/// Of [`COLUMNS`].
fn trip<D: Draft>(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<(TripId, D)> {
    let draft = match whole(row, keys, damage)? {
        Some(draft) => draft,
        None => serde_json::from_str(&row.get::<_, String>(1)?)?,
    };
    Ok((row.get::<_, String>(0)?.parse()?, draft))
}

/// The same where what names people in it can be read.
fn whole<T: DeserializeOwned>(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<Option<T>> {
    opened(row, 2, keys, damage)
}

fn opened<T: DeserializeOwned>(row: &Row<'_>, column: usize, keys: &Keys, damage: &Damage) -> Result<Option<T>> {
    let (closed_as, closed): (String, Option<Vec<u8>>) = (row.get(3)?, row.get(column)?);
    let opened = closed.and_then(|closed| closed::open(keys, place(&closed_as), &closed, damage));
    Ok(opened.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

/// What an app before this one left in the clear.
fn open_under(row: &Row<'_>, column: usize) -> Result<Option<Under>> {
    let under: Option<String> = row.get(column)?;
    Ok(Damage::default().readable(under.map(|under| Ok(serde_json::from_str(&under)?)).transpose())?.flatten())
}

/// Closes what stands open. Whether there was any.
pub(super) fn close_open<D: Draft>(connection: &Connection, keys: &Keys) -> Result<bool> {
    let sql = format!(
        "SELECT {COLUMNS}, under FROM trip
         WHERE deleted = 0 AND older IS NULL AND (private IS NULL OR under IS NOT NULL)"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut open = Vec::new();
    while let Some(row) = rows.next()? {
        let is_closed = row.get::<_, Option<Vec<u8>>>(2).is_ok_and(|private| private.is_some());
        let read = || {
            let (id, draft) = trip::<D>(row, keys, &Damage::default())?;
            Ok((id, draft, open_under(row, 4)?))
        };
        // what cannot be read stays as it is
        if !is_closed || whole::<D>(row, keys, &Damage::default()).is_ok_and(|whole| whole.is_some()) {
            open.extend(Damage::default().readable(read())?);
        }
    }
    for (id, draft, under) in &open {
        write(connection, keys, &id.to_string(), draft, under.as_ref())?;
        connection.execute("UPDATE trip SET under = NULL WHERE id = ?1", [id.to_string()])?;
    }
    Ok(!open.is_empty())
}

/// Makes one of what was entered while a key was away and what that key closed, where it is there again. Which trips
/// are others than the ministry has now.
pub(super) fn join<D: Draft>(connection: &Connection, keys: &Keys) -> Result<Vec<TripId>> {
    let sql = format!("SELECT {COLUMNS}, older, under FROM trip WHERE deleted = 0 AND older IS NOT NULL");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let damage = Damage::default();
    let mut joined = Vec::new();
    while let Some(row) = rows.next()? {
        let read = || {
            let Some(older) = opened::<D>(row, 4, keys, &damage)? else { return Ok(None) };
            let (id, draft) = trip::<D>(row, keys, &damage)?;
            let under = whole::<OfUnder>(row, keys, &damage)?.and_then(|of| of.under);
            let before = opened::<OfUnder>(row, 4, keys, &damage)?.and_then(|of| of.under).or(open_under(row, 5)?);
            Ok(Some((id, draft.joined(older), under_joined(under, before))))
        };
        joined.extend(damage.readable(read())?.flatten());
    }
    for (id, draft, under) in &joined {
        write(connection, keys, &id.to_string(), draft, under.as_ref())?;
        connection.execute("UPDATE trip SET older = NULL, under = NULL WHERE id = ?1", [id.to_string()])?;
    }
    Ok(joined.into_iter().map(|(id, _, _)| id).collect())
}

/// Whom they named before was named under what was agreed to then.
fn under_joined(now: Option<Under>, before: Option<Under>) -> Option<Under> {
    let Some(now) = now else { return before };
    let of_kin = before.and_then(|before| before.consent_of_kin);
    Some(Under { consent_of_kin: now.consent_of_kin.or(of_kin), ..now })
}

/// What a key that is away closed stays beside what is written now.
fn write(connection: &Connection, keys: &Keys, id: &str, draft: &impl Draft, under: Option<&Under>) -> Result<()> {
    if is_closed_away(connection, keys, id)? {
        connection.execute("UPDATE trip SET older = coalesce(older, private) WHERE id = ?1", [id])?;
    }
    let sql = "SELECT coalesce(closed_as, id) FROM trip WHERE id = ?1";
    let closed_as = connection.query_row(sql, [id], |row| row.get(0)).optional()?.unwrap_or_else(|| id.to_owned());
    let private = closed::close(keys, place(&closed_as), json(&Closed { draft, under })?.as_bytes())?;
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
pub(super) fn is_closed_away(connection: &Connection, keys: &Keys, id: &str) -> Result<bool> {
    closed::is_away(connection, keys, ["trip", "private"], ("id", id))
}

/// Gives a trip another id, and whatever names it. What is closed stays bound to the one that it had.
pub(super) fn rename(connection: &Connection, before: &str, after: &str) -> Result<()> {
    let sql = "UPDATE trip SET id = ?2, closed_as = coalesce(closed_as, id) WHERE id = ?1";
    connection.execute(sql, [before, after])?;
    connection.execute("UPDATE check_in SET trip = ?2 WHERE trip = ?1", [before, after])?;
    party::rename(connection, before, after)?;
    sightings::rename(connection, before, after)?;
    settings::rename_trip(connection, Setting::Choice, before, after)?;
    forms::rename(connection, before, after)
}

impl Store {
    /// Keeps a new or changed trip; durable when this returns.
    pub fn save_trip(&self, id: TripId, draft: &impl Draft) -> Result<()> {
        self.save_trip_of(id, draft, None, Some(id), &[])
    }

    /// The same as it was typed into a form: its own, or that of a new trip. `agreed` is kept with it.
    pub fn save_trip_of(
        &self,
        id: TripId,
        draft: &impl Draft,
        under: Option<&Under>,
        form: Option<TripId>,
        agreed: &[(Setting, String)],
    ) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        settings::write_all(&transaction, agreed)?;
        forms::forget(&transaction, &self.keys, form.into())?;
        self.put_trip(&transaction, id, draft, under)?;
        transaction.commit()?;
        Ok(())
    }

    /// A form of it that was begun holds an older plan.
    pub(super) fn put_trip<D: Draft>(
        &self,
        connection: &Connection,
        id: TripId,
        draft: &D,
        under: Option<&Under>,
    ) -> Result<()> {
        forms::forget(connection, &self.keys, Some(id).into())?;
        undoable::forget(connection, id)?;
        write(connection, &self.keys, &id.to_string(), draft, under)?;
        self.enqueue(connection, Kind::Trip, &id.to_string(), false)?;
        self.enqueue_endless::<D>(connection, id)
    }

    /// What has no end may have another since this trip changed: the ministry gets it anew.
    fn enqueue_endless<D: Draft>(&self, connection: &Connection, but: TripId) -> Result<()> {
        let sql = "SELECT id, draft FROM trip WHERE deleted = 0 AND id <> ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let read = |row: &Row<'_>| Ok((row.get(0)?, serde_json::from_str(&row.get::<_, String>(1)?)?));
        // its end stands plain; one that does not read is told of where it is shown
        let others: Vec<(String, D)> = Damage::default().rows(statement.query([but.to_string()])?, read)?;
        for (id, _) in others.iter().filter(|(_, draft)| draft.has_no_end()) {
            self.enqueue(connection, Kind::Trip, id, false)?;
        }
        Ok(())
    }

    /// Those that were not deleted.
    pub fn trips<D: Draft>(&self) -> Result<Vec<(TripId, D)>> {
        all(&self.lock(), &self.keys, &Damage::default())
    }

    /// Forgets a trip here and has the ministry forget it, and a form that was `typed` of it. False where there is none.
    pub fn delete_trip<D: Draft>(&self, id: TripId, typed: Option<Form>) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let is_gone = self.forget_trip::<D>(&transaction, id)?;
        if let Some(form) = typed.filter(|_| is_gone) {
            forms::forget(&transaction, &self.keys, form)?;
        }
        let cries = check_ins::cries(&transaction, &Damage::default())?;
        let of_it: Vec<_> = cries.into_iter().filter(|cry| is_gone && cry.trip == Some(id)).collect();
        for cry in &of_it {
            check_ins::take_back(self, &transaction, cry.id)?;
        }
        if !of_it.is_empty() {
            self.take_outcome_back(&transaction)?;
        }
        transaction.commit()?;
        Ok(is_gone)
    }

    pub(super) fn forget_trip<D: Draft>(&self, connection: &Connection, id: TripId) -> Result<bool> {
        let said = check_ins::latest(connection, &Damage::default())?;
        let gone = connection.execute(
            "UPDATE trip SET draft = '', private = NULL, older = NULL, under = NULL, deleted = 1
             WHERE id = ?1 AND deleted = 0",
            [id.to_string()],
        )?;
        if gone == 0 {
            return Ok(false);
        }
        self.enqueue(connection, Kind::Trip, &id.to_string(), false)?;
        self.enqueue_endless::<D>(connection, id)?;
        forms::forget_all(connection, &id.to_string())?;
        party::forget(connection, &id.to_string())?;
        sightings::forget(connection, &id.to_string())?;
        undoable::forget(connection, id)?;
        settings::remove_of(connection, Setting::Choice, &id.to_string())?;
        if said.is_some_and(|said| said.trip == Some(id)) {
            // what was being added was to a word of those on it
            forms::forget(connection, &self.keys, Form::More)?;
        }
        if connection.prepare_cached("SELECT 1 FROM trip WHERE deleted = 0")?.exists([])? {
            return Ok(true);
        }
        // it is deleting that takes it back: the next one is asked anew
        settings::remove(connection, Setting::Consent)?;
        settings::remove(connection, Setting::ConsentOfKin)?;
        // what was received on a journey that the ministry is not told of says where the traveller is
        connection.execute("DELETE FROM outbox WHERE kind = 'receipt' AND received_version < version", [])?;
        // and it is not put there again where the outbox cannot be read
        connection.execute(
            "UPDATE notice SET report = 0
             WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'receipt' AND id = notice.entry || '@' || notice.version)",
            [],
        )?;
        Ok(true)
    }

    /// What a trip was entered under; `None` where that cannot be read, and for one that an app entered which did not
    /// keep it.
    pub fn under(&self, id: TripId) -> Result<Option<Under>> {
        self.under_of(&self.lock(), id)
    }

    pub(super) fn under_of(&self, connection: &Connection, id: TripId) -> Result<Option<Under>> {
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM trip WHERE id = ?1"))?;
        let mut rows = statement.query([id.to_string()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let damage = Damage::default();
        let whole = damage.readable(whole::<OfUnder>(row, &self.keys, &damage))?.flatten();
        Ok(whole.and_then(|of| of.under))
    }

    /// What was kept last, can be read and is like the next one, for who fills that in.
    pub fn newest_trip<D: Draft>(&self, is_like_it: impl Fn(&D) -> bool) -> Result<Option<D>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM trip WHERE deleted = 0 ORDER BY rowid DESC"))?;
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
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM trip WHERE id = ?1"))?;
        let mut rows = statement.query([id.to_string()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let Some(draft) = whole(row, &self.keys, &Damage::default())? else { return Ok(None) };
        let version = Self::version_of(&connection, Kind::Trip, &id.to_string())?.unwrap_or(1);
        Ok(Some((version, draft)))
    }

    /// A trip and the version to send it under; `None` for the draft of a deleted one.
    pub fn trip<D: Draft>(&self, id: TripId) -> Result<Option<(u32, Option<D>)>> {
        let connection = self.lock();
        let Some(draft) = one(&connection, &self.keys, id)? else { return Ok(None) };
        let version = Self::version_of(&connection, Kind::Trip, &id.to_string())?.unwrap_or(1);
        Ok(Some((version, draft)))
    }
}
