//! Retention: what has been kept as long as its kind may be is erased. A reader looks for it, however long that takes;
//! the writer erases it by its number, a piece at a time, so that it holds nobody up.

use contract::profile::Retention;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::{
    RegisterError,
    changes::{self, Why},
    count::word,
};
use crate::register::{
    headcount::{OVERDUE_DAYS, Word, standing},
    kept::KEPT,
};

/// How much the writer erases at once.
pub const PIECE: usize = 500;

const ENDED: &str = "SELECT change, id, device, ended_us FROM trips WHERE ended_us < ?1";

/// Every word of a trip, in the order in which they came.
const WORDS: &str = "SELECT change, at_us, received_us, safe, need_help, stranded, left FROM words \
     WHERE trip = ?1 AND device = ?2 ORDER BY change";

/// Whether record `r` is the word of a living trip.
const IS_OF_A_TRIP: &str = "EXISTS (SELECT 1 FROM words w JOIN records t ON t.id = w.trip AND t.kind = 'trip' \
       WHERE w.change = r.change AND t.device = w.device AND t.record IS NOT NULL)";

const LETTERS: &str = "SELECT id FROM letters WHERE received_us < ?1";

const RECEIPTS: &str = "SELECT device, entry_id, version, received_us FROM receipts WHERE received_us < ?1";

/// Whether device `d` has nothing in the register.
const IS_EMPTY: &str = "NOT EXISTS (SELECT 1 FROM records r WHERE r.device = d.number) \
       AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.device = d.number) \
       AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.device = d.number)";

/// What has been kept long enough, as it was when it was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// By its change number: one that was written anew since has another. A word whose trip lives again is kept.
    Record(i64),
    /// With its trip's: a trip that was changed since is kept, and its words with it.
    Word {
        change: i64,
        trip: i64,
    },
    Receipt {
        device: i64,
        entry: String,
        version: u32,
        received_us: i64,
    },
    /// By its id.
    Letter(String),
    Device(i64),
}

/// A trip is kept so many days after its last leg, anything else after it came. Where the word that stands of a trip
/// asks for help or says "stranded", its people may still be there, and it is kept until nobody is counted as overdue
/// any more. A word of a trip that is kept is kept with it. A device that has nothing here is kept as long as that too.
pub fn look(connection: &Connection, retention: &Retention, now: Timestamp) -> Result<Vec<Over>, RegisterError> {
    let before = |days: i64| -> Result<i64, RegisterError> {
        Ok(now.saturating_sub(SignedDuration::from_hours(24 * days))?.as_microsecond())
    };
    let (end, presumed) = (before(retention.trip.into())?, before(OVERDUE_DAYS.max(retention.trip.into()))?);
    let mut over = ended(connection, end, presumed)?;
    let aged_sql = format!(
        "SELECT r.change FROM records r WHERE r.kind = ?1 AND r.received_us < ?2 \
           AND NOT EXISTS (SELECT 1 FROM trips t WHERE t.change = r.change) AND NOT {IS_OF_A_TRIP}"
    );
    for rules in KEPT {
        let aged = params![rules.kind.name(), before((rules.days)(retention).into())?];
        let mut statement = connection.prepare_cached(&aged_sql)?;
        over.extend(statement.query_map(aged, |row| row.get(0).map(Over::Record))?.collect::<Result<Vec<_>, _>>()?);
    }
    let mut statement = connection.prepare_cached(RECEIPTS)?;
    let receipts = statement.query_map([end], |row| {
        Ok(Over::Receipt { device: row.get(0)?, entry: row.get(1)?, version: row.get(2)?, received_us: row.get(3)? })
    })?;
    over.extend(receipts.collect::<Result<Vec<_>, _>>()?);
    let mut statement = connection.prepare_cached(LETTERS)?;
    let letters = statement.query_map([before(retention.message.into())?], |row| row.get(0).map(Over::Letter))?;
    over.extend(letters.collect::<Result<Vec<_>, _>>()?);
    let sql = format!("SELECT number FROM devices d WHERE received_us < ?1 AND {IS_EMPTY}");
    let mut statement = connection.prepare_cached(&sql)?;
    over.extend(statement.query_map([presumed], |row| row.get(0).map(Over::Device))?.collect::<Result<Vec<_>, _>>()?);
    Ok(over)
}

/// Of each trip that is over its words as they came, so that no cry outlives its answer; then the trip.
fn ended(connection: &Connection, end: i64, presumed: i64) -> Result<Vec<Over>, RegisterError> {
    let mut statement = connection.prepare_cached(ENDED)?;
    let mut trips = statement.query([end])?;
    let mut over = Vec::new();
    while let Some(trip) = trips.next()? {
        let words = words(connection, trip.get_ref(1)?.as_str()?, trip.get(2)?)?;
        let stands = standing(words.iter().map(|(_, word)| word));
        if trip.get::<_, i64>(3)? < presumed || stands.is_none_or(|word| !word.told.is_in_need()) {
            let ended = trip.get(0)?;
            over.extend(words.iter().map(|(change, _)| Over::Word { change: *change, trip: ended }));
            over.push(Over::Record(ended));
        }
    }
    Ok(over)
}

fn words(connection: &Connection, trip: &str, device: i64) -> Result<Vec<(i64, Word)>, RegisterError> {
    let mut statement = connection.prepare_cached(WORDS)?;
    let mut rows = statement.query(params![trip, device])?;
    let mut words = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(word) = word(row, 1)? {
            words.push((row.get(0)?, word));
        }
    }
    Ok(words)
}

/// Erases a piece of what was found, as far as it is still so. Answers how many records that were.
pub fn erase(connection: &Connection, piece: &[Over], now: Timestamp) -> Result<usize, RegisterError> {
    let mut erased = 0;
    for over in piece {
        match over {
            Over::Record(change) => {
                let still = format!("change = ?1 AND NOT {IS_OF_A_TRIP}");
                erased += changes::erase(connection, &still, [change], Why::Kept, now)?;
            }
            Over::Word { change, trip } => {
                let as_it_was = "change = ?1 AND EXISTS (SELECT 1 FROM trips WHERE change = ?2)";
                erased += changes::erase(connection, as_it_was, [change, trip], Why::Kept, now)?;
            }
            Over::Receipt { device, entry, version, received_us } => {
                let sql = "DELETE FROM receipts \
                     WHERE device = ?1 AND entry_id = ?2 AND version = ?3 AND received_us = ?4";
                connection.prepare_cached(sql)?.execute(params![device, entry, version, received_us])?;
            }
            Over::Letter(id) => {
                connection.prepare_cached("DELETE FROM letters WHERE id = ?1")?.execute([id])?;
            }
            Over::Device(number) => {
                let sql = format!("DELETE FROM devices AS d WHERE number = ?1 AND {IS_EMPTY}");
                connection.prepare_cached(&sql)?.execute([number])?;
            }
        }
    }
    Ok(erased)
}

#[cfg(test)]
mod tests {
    use contract::{
        ids::{CheckInId, TripId},
        record::{CheckIn, CheckInStatus, PeopleByStatus},
    };
    use rand::{SeedableRng, rngs::StdRng};
    use testkit::Device;

    use super::*;
    use crate::{
        register::{Register, kept::Incoming},
        storage::sqlite::{Database, Schema, SqliteRegister},
    };

    const RETENTION: Retention =
        Retention { trip: 30, check_in: 30, case: 1, message: 1, sms: 1, call: 1, audit: 1, backup: 1 };

    /// A register in which a trip is over.
    struct Ended {
        register: SqliteRegister,
        database: Database,
        device: Device,
        trip: TripId,
        now: Timestamp,
        rng: StdRng,
        _folder: tempfile::TempDir,
    }

    impl Ended {
        async fn new() -> Self {
            let folder = tempfile::TempDir::new().unwrap();
            let database = Database::create(&folder.path().join("register.db"), Schema::Register).unwrap();
            let register = SqliteRegister::new(database.clone());
            register.begin("epoch".into()).await.unwrap();
            let mut rng = StdRng::seed_from_u64(1);
            let (device, trip) = (Device::new(&mut rng), TripId::random(&mut rng));
            let begin = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 40);
            register.put_device(device.id, device.record(), None, begin).await.unwrap();
            let now = begin + SignedDuration::from_hours(24 * 50);
            let mut ended = Self { register, database, device, trip, now, rng, _folder: folder };
            ended.plan(1, begin).await;
            ended
        }

        async fn plan(&mut self, version: u32, begin: Timestamp) {
            let planned = self.device.trip(self.trip, version, begin, &mut self.rng);
            let planned = Incoming::new(self.trip, &planned).unwrap();
            self.register.put(self.device.id, planned, begin).await.unwrap();
        }

        async fn say(&mut self, status: CheckInStatus) {
            let (people, trip, at) = (PeopleByStatus::from([(status, 1)]), Some(self.trip), self.now);
            let (country, airport, sealed) = (None, None, None);
            let word = CheckIn { version: 1, people, trip, country, airport, at, sealed };
            let word = Incoming::new(CheckInId::random(&mut self.rng), &word).unwrap();
            self.register.put(self.device.id, word, at).await.unwrap();
        }

        async fn look(&self) -> Vec<Over> {
            let now = self.now;
            let over = self.database.read(move |connection| look(connection, &RETENTION, now)).await.unwrap();
            assert_eq!(over.len(), 2, "the trip and its word");
            over
        }

        async fn erase(&self, over: Vec<Over>) -> usize {
            let now = self.now;
            self.database.erase(move |connection| erase(connection, &over, now)).await.unwrap()
        }
    }

    #[tokio::test]
    async fn a_cry_that_comes_while_its_trip_is_looked_at_is_not_erased_with_it() {
        let mut all = Ended::new().await;
        all.say(CheckInStatus::Safe).await;
        let over = all.look().await;
        all.say(CheckInStatus::NeedHelp).await;
        assert_eq!(all.erase(over).await, 2);
        let stays = |connection: &Connection| -> Result<i64, RegisterError> {
            Ok(connection.query_row("SELECT sum(need_help) FROM words", [], |row| row.get(0))?)
        };
        assert_eq!(all.database.read(stays).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_word_whose_trip_lives_again_while_it_is_looked_at_is_kept() {
        let mut all = Ended::new().await;
        all.say(CheckInStatus::Safe).await;
        let change = |connection: &Connection| -> Result<i64, RegisterError> {
            Ok(connection.query_row("SELECT change FROM words", [], |row| row.get(0))?)
        };
        let aged = vec![Over::Record(all.database.read(change).await.unwrap())];
        assert_eq!(all.erase(aged).await, 0);
    }

    #[tokio::test]
    async fn a_trip_that_is_changed_while_it_is_looked_at_keeps_its_words() {
        let mut all = Ended::new().await;
        all.say(CheckInStatus::Left).await;
        let over = all.look().await;
        all.plan(2, all.now).await;
        assert_eq!(all.erase(over).await, 0);
    }
}
