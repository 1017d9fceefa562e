//! Check-ins. Each is a thing of its own; the latest speaks.

use contract::{
    ids::{CheckInId, TripId},
    place::{AirportCode, CountryCode},
    record::{CheckInStatus, Intent, Kind, PeopleByStatus, PlaceSource, PrivateCheckIn, SaidPlace, most_urgent},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    closed,
    database::{Damage, Result, Store, json, to_word, word},
    forms::{self, Form},
    names::Keys,
    outbox, sent,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    pub id: CheckInId,
    pub trip: Option<TripId>,
    pub people: PeopleByStatus,
    pub country: Option<CountryCode>,
    pub airport: Option<AirportCode>,
    pub at: Timestamp,
}

fn check_in(row: &Row<'_>) -> Result<CheckIn> {
    let text = |index| row.get::<_, Option<String>>(index);
    Ok(CheckIn {
        id: row.get::<_, String>(0)?.parse()?,
        trip: text(1)?.map(|id| id.parse()).transpose()?,
        people: people(row)?,
        country: text(4)?.map(|code| code.parse()).transpose()?,
        airport: text(5)?.map(|code| code.parse()).transpose()?,
        at: row.get::<_, String>(6)?.parse()?,
    })
}

/// An app before this one said one thing of all of them.
fn people(row: &Row<'_>) -> Result<PeopleByStatus> {
    match row.get::<_, Option<String>>(7)? {
        Some(by_status) => Ok(serde_json::from_str(&by_status)?),
        None => Ok([(word(row.get(2)?)?, row.get(3)?)].into()),
    }
}

impl CheckIn {
    /// The most urgent of what it says.
    pub fn status(&self) -> CheckInStatus {
        most_urgent(&self.people)
    }

    /// Everybody that it speaks of.
    pub fn everybody(&self) -> u16 {
        self.people.values().fold(0, |all, people| all.saturating_add(*people))
    }
}

/// Whether more was said than of whom it is, that they are written to, and that they left.
pub fn tells_more(private: &PrivateCheckIn) -> bool {
    let is_own = |place: &SaidPlace| place.source == PlaceSource::OwnWord;
    !private.needs.is_empty()
        || !private.words.is_empty()
        || private.intent.is_some_and(|intent| intent != Intent::Out)
        || !private.contact.is_nothing()
        || private.place.as_ref().is_some_and(is_own)
}

const COLUMNS: &str = "id, trip, status, people, country, airport, at, by_status";

fn one(connection: &Connection, clause: &str, parameter: &str) -> Result<Option<CheckIn>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM check_in {clause}"))?;
    statement.query_row([parameter], |row| Ok(check_in(row))).optional()?.transpose()
}

/// What is sealed with a word; `None` where nothing is, or its key is not there.
pub(super) fn details(
    connection: &Connection,
    keys: &Keys,
    id: CheckInId,
    damage: &Damage,
) -> Result<Option<PrivateCheckIn>> {
    let sql = "SELECT private, coalesce(closed_as, id) FROM check_in WHERE id = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let found: Option<(Option<Vec<u8>>, String)> = connection.query_row(sql, [id.to_string()], read).optional()?;
    let Some((Some(closed), closed_as)) = found else { return Ok(None) };
    let plain = closed::open(keys, ["check_in", "private", &closed_as], &closed, damage);
    Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

/// Nothing speaks where that is of a trip that was deleted.
pub(super) fn latest(connection: &Connection, damage: &Damage) -> Result<Option<CheckIn>> {
    let newest = newest_but(connection, "", damage)?;
    still_speaks(connection, newest)
}

/// The latest that cries for nothing, of whatever trip.
pub(super) fn newest_but_cries(connection: &Connection, damage: &Damage) -> Result<Option<CheckIn>> {
    newest_but(connection, &to_word(&CheckInStatus::NeedHelp)?, damage)
}

fn newest_but(connection: &Connection, status: &str, damage: &Damage) -> Result<Option<CheckIn>> {
    let clause = "WHERE taken_back = 0 AND status <> ?1 ORDER BY rowid DESC LIMIT 1";
    Ok(damage.readable(one(connection, clause, status))?.flatten())
}

/// A word, unless its trip was deleted. What was said before it does not come up again then: it was answered.
pub(super) fn still_speaks(connection: &Connection, said: Option<CheckIn>) -> Result<Option<CheckIn>> {
    let Some(trip) = said.as_ref().and_then(|said| said.trip) else { return Ok(said) };
    let sql = "SELECT 1 FROM trip WHERE id = ?1 AND deleted = 1";
    let is_deleted = connection.prepare_cached(sql)?.exists([trip.to_string()])?;
    Ok(said.filter(|_| !is_deleted))
}

/// The cries of which none was answered by a word that cries for nothing, the oldest first.
pub(super) fn cries(connection: &Connection, damage: &Damage) -> Result<Vec<CheckIn>> {
    let answer = "SELECT max(rowid) FROM check_in WHERE taken_back = 0 AND status <> ?1";
    let sql = format!(
        "SELECT {COLUMNS} FROM check_in
         WHERE taken_back = 0 AND status = ?1 AND rowid > coalesce(({answer}), 0) ORDER BY rowid"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    damage.rows(statement.query([to_word(&CheckInStatus::NeedHelp)?])?, check_in)
}

/// The latest word of each trip.
pub(super) fn of_trips(connection: &Connection, damage: &Damage) -> Result<Vec<CheckIn>> {
    let newest = "SELECT max(rowid) FROM check_in WHERE taken_back = 0 AND trip IS NOT NULL GROUP BY trip";
    let sql = format!("SELECT {COLUMNS} FROM check_in WHERE rowid IN ({newest})");
    let mut statement = connection.prepare_cached(&sql)?;
    damage.rows(statement.query([])?, check_in)
}

/// The latest word of each trip, and of none, that says whether they left or cannot.
pub(super) fn moved(connection: &Connection, damage: &Damage) -> Result<Vec<CheckIn>> {
    let newest = "SELECT max(rowid) FROM check_in WHERE taken_back = 0 AND status IN (?1, ?2) GROUP BY trip";
    let sql = format!("SELECT {COLUMNS} FROM check_in WHERE rowid IN ({newest})");
    let mut statement = connection.prepare_cached(&sql)?;
    let [left, stranded] = [CheckInStatus::Left, CheckInStatus::Stranded].map(|status| to_word(&status));
    damage.rows(statement.query((left?, stranded?))?, check_in)
}

pub(super) fn is_taken_back(connection: &Connection, id: &str) -> Result<bool> {
    let sql = "SELECT taken_back FROM check_in WHERE id = ?1";
    Ok(connection.query_row(sql, [id], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Whether a word says the plan alone: no cry for help goes with one, and nothing that somebody wrote.
pub(super) fn says_the_plan_alone(connection: &Connection, keys: &Keys, id: CheckInId) -> Result<bool> {
    let name = id.to_string();
    let cries = |said: CheckIn| said.status().asks_for_help();
    if one(connection, "WHERE id = ?1 AND taken_back = 0", &name)?.is_none_or(cries) {
        return Ok(false);
    }
    // what cannot be read may be somebody's words
    let is_bare = one(connection, "WHERE id = ?1 AND private IS NULL", &name)?.is_some();
    Ok(is_bare || details(connection, keys, id, &Damage::default())?.is_some_and(|private| !tells_more(&private)))
}

/// A word that is not to count any more. What never left is forgotten; else the ministry is told to forget it too.
pub(super) fn take_back(store: &Store, connection: &Connection, id: CheckInId) -> Result<()> {
    let name = id.to_string();
    let trip = trip_of(connection, &name)?;
    let by_sms = sent::written_sms(connection)?.is_some_and(|sms| sms.check_in == id);
    if !by_sms && !sent::has_left(connection, Kind::CheckIn, &name)? {
        connection.execute("DELETE FROM check_in WHERE id = ?1", [&name])?;
        outbox::forget(connection, Kind::CheckIn, &name)?;
    } else {
        connection.execute("UPDATE check_in SET taken_back = 1, private = NULL WHERE id = ?1", [&name])?;
        store.enqueue(connection, Kind::CheckIn, &name, false)?;
    }
    outbox::send_trip_of_word(store, connection, trip)
}

/// Of which trip a word is.
fn trip_of(connection: &Connection, name: &str) -> Result<Option<TripId>> {
    Ok(one(connection, "WHERE id = ?1", name)?.and_then(|said| said.trip))
}

impl Store {
    /// Keeps a word, with what was said before and goes with it too.
    pub fn save_check_in(&self, check_in: &CheckIn, carried: Option<&PrivateCheckIn>) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        self.put_check_in(&transaction, check_in, carried)?;
        transaction.commit()?;
        Ok(())
    }

    pub(super) fn put_check_in(
        &self,
        connection: &Connection,
        check_in: &CheckIn,
        carried: Option<&PrivateCheckIn>,
    ) -> Result<()> {
        let before = latest(connection, &Damage::default())?;
        let is_repeated =
            before.is_some_and(|before| before.status() == check_in.status() && before.trip == check_in.trip);
        if !(is_repeated && check_in.status().asks_for_help()) {
            // what was being added was of the word before
            forms::forget(connection, &self.keys, Form::More)?;
        }
        connection.execute(
            &format!("INSERT INTO check_in ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
            (
                check_in.id.to_string(),
                check_in.trip.map(|id| id.to_string()),
                to_word(&check_in.status())?,
                check_in.everybody(),
                check_in.country.map(|code| code.to_string()),
                check_in.airport.map(|code| code.to_string()),
                check_in.at.to_string(),
                (check_in.people.len() > 1).then(|| json(&check_in.people)).transpose()?,
            ),
        )?;
        let name = check_in.id.to_string();
        if let Some(private) = carried {
            let closed = closed::close(&self.keys, ["check_in", "private", &name], json(private)?.as_bytes())?;
            connection.execute("UPDATE check_in SET private = ?2 WHERE id = ?1", (&name, closed))?;
        }
        self.enqueue(connection, Kind::CheckIn, &name, check_in.status().asks_for_help())?;
        outbox::send_trip_of_word(self, connection, check_in.trip)
    }

    /// Adds to a word what is sealed with it, and sends it again. False where there is none.
    pub fn save_details(&self, id: CheckInId, people: &PeopleByStatus, private: &PrivateCheckIn) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let (name, status) = (id.to_string(), most_urgent(people));
        forms::forget(&transaction, &self.keys, Form::More)?;
        let everybody = people.values().fold(0_u16, |all, people| all.saturating_add(*people));
        let changed = transaction.execute(
            "UPDATE check_in SET status = ?2, people = ?3, by_status = ?4, private = ?5, closed_as = NULL WHERE id = ?1",
            (
                &name,
                to_word(&status)?,
                everybody,
                (people.len() > 1).then(|| json(people)).transpose()?,
                closed::close(&self.keys, ["check_in", "private", &name], json(private)?.as_bytes())?,
            ),
        )?;
        if changed > 0 {
            self.enqueue(&transaction, Kind::CheckIn, &name, status.asks_for_help())?;
            outbox::send_trip_of_word(self, &transaction, trip_of(&transaction, &name)?)?;
        }
        transaction.commit()?;
        Ok(changed > 0)
    }

    /// The same of a word that says nothing else of how they are, but where; what is being typed stays.
    pub fn add_details(&self, said: &CheckIn, private: &PrivateCheckIn) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let name = said.id.to_string();
        let closed = closed::close(&self.keys, ["check_in", "private", &name], json(private)?.as_bytes())?;
        let (country, airport) = (said.country.map(|code| code.to_string()), said.airport.map(|code| code.to_string()));
        let sql = "UPDATE check_in SET private = ?2, closed_as = NULL, country = ?3, airport = ?4 WHERE id = ?1";
        transaction.execute(sql, (&name, closed, country, airport))?;
        self.enqueue(&transaction, Kind::CheckIn, &name, said.status().asks_for_help())?;
        transaction.commit()?;
        Ok(())
    }

    /// The word that speaks if one is taken back: the one before it, unless its trip was deleted.
    pub fn word_before(&self, id: CheckInId) -> Result<Option<CheckIn>> {
        let connection = self.lock();
        let sql =
            "WHERE taken_back = 0 AND rowid < (SELECT rowid FROM check_in WHERE id = ?1) ORDER BY rowid DESC LIMIT 1";
        let before = one(&connection, sql, &id.to_string())?;
        still_speaks(&connection, before)
    }

    /// The latest other word of the trip of one that more was said with, and that; none from before all were well.
    pub fn last_told(&self, before: CheckInId) -> Result<Option<(CheckIn, PrivateCheckIn)>> {
        let connection = self.lock();
        let well = [CheckInStatus::Safe, CheckInStatus::Left].map(|status| to_word(&status));
        let [safe, left] = well;
        let of_trip = "taken_back = 0 AND coalesce(trip, '') = (SELECT coalesce(trip, '') FROM check_in WHERE id = ?1)";
        let ended = format!("SELECT max(rowid) FROM check_in WHERE {of_trip} AND status IN (?2, ?3)");
        let sql = format!(
            "SELECT {COLUMNS} FROM check_in WHERE {of_trip} AND private IS NOT NULL AND id <> ?1
             AND rowid > coalesce(({ended}), 0) ORDER BY rowid DESC"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let said = Damage::default().rows(statement.query((before.to_string(), safe?, left?))?, check_in)?;
        for said in said {
            let private = details(&connection, &self.keys, said.id, &Damage::default())?;
            if let Some(private) = private.filter(tells_more) {
                return Ok(Some((said, private)));
            }
        }
        Ok(None)
    }

    /// What is sealed with a word.
    pub fn check_in_details(&self, id: CheckInId) -> Result<Option<PrivateCheckIn>> {
        details(&self.lock(), &self.keys, id, &Damage::default())
    }

    /// Whether what is sealed with a word may be read again at another start.
    pub fn are_details_away(&self, id: CheckInId) -> Result<bool> {
        closed::is_away(&self.lock(), &self.keys, ["check_in", "private"], ("id", &id.to_string()))
    }

    pub fn check_in(&self, id: CheckInId) -> Result<Option<CheckIn>> {
        one(&self.lock(), "WHERE id = ?1", &id.to_string())
    }

    /// Whether a word is not to count any more.
    pub fn is_taken_back(&self, id: CheckInId) -> Result<bool> {
        is_taken_back(&self.lock(), &id.to_string())
    }
}
