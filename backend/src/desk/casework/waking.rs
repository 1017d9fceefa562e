//! Who is woken for a life that nobody has taken: the consoles ring at once, then the officer on duty, the next on the rota,
//! and Gold are sent a push and, where that brings nobody, an SMS. Whoever takes the case ends it everywhere.

use std::collections::{BTreeMap, BTreeSet};

use contract::{phone::PhoneNumber, record::Rank, words::Lang};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Row as SqlRow, params};
use serde::{Deserialize, Serialize};

use super::{
    CaseworkError, Change, Reading, Result, at,
    cases::Row,
    next_id, of_word,
    officers::{Badge, Officers},
    pushes::PushState,
    sentences, stamp, word,
};
use crate::{
    desk::{
        audit::{DESK, Deed},
        draft::exists,
    },
    officers::roles::{Right, Role},
};

/// Nobody is sent another SMS within so long: who is awake looks at the board.
const AWAKE: SignedDuration = SignedDuration::from_mins(2);
/// When an SMS that somebody asked for, and said nothing more of, is handed out again.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// A push that a push service may bring has so long before the SMS goes.
const PUSH_FIRST: SignedDuration = SignedDuration::from_secs(30);
/// The longest duty: a week that nobody else can take.
const LONGEST_DUTY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// What was sent stays on the board for so long after.
const SHOWN: SignedDuration = SignedDuration::from_hours(1);

/// After how long each is woken, in seconds from when a life was nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WakesAfter {
    pub first_s: u32,
    pub next_s: u32,
    pub gold_s: u32,
}

impl Default for WakesAfter {
    fn default() -> Self {
        Self { first_s: 30, next_s: 180, gold_s: 480 }
    }
}

impl WakesAfter {
    /// How far it has come after so long.
    fn step(self, waited: SignedDuration) -> Step {
        let reached = |after: u32| waited >= SignedDuration::from_secs(after.into());
        if reached(self.gold_s) {
            Step::Gold
        } else if reached(self.next_s) {
            Step::Next
        } else if reached(self.first_s) {
            Step::First
        } else {
            Step::Consoles
        }
    }
}

/// Who has been woken so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Consoles,
    First,
    Next,
    Gold,
}

/// Whose turn it is on the rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The officer on duty.
    First,
    /// Who is woken where that one does not take it.
    Next,
}

/// One officer's turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Duty {
    pub id: i64,
    pub officer: Badge,
    pub place: Place,
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

/// A turn as it is entered.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct NewDuty {
    pub officer: i64,
    pub place: Place,
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WakeState {
    /// Nobody who brings SMS has asked for it.
    Waits,
    OnItsWay,
    /// The operator has it.
    Sent,
    Refused,
    /// The desk has no number of theirs.
    NoNumber,
    /// Somebody took what it was about before it went.
    Over,
}

/// One officer who was to be woken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Wake {
    pub id: i64,
    pub officer: Badge,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub cases: Vec<u32>,
    /// Of the SMS.
    pub state: WakeState,
    /// Absent where none was to go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub push: Option<PushState>,
}

/// An SMS that wakes somebody, for whoever brings it to the operator. It names no person and no place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct WakeSms {
    pub id: i64,
    /// E.164.
    pub to: String,
    pub text: String,
}

/// What became of one at the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct WakeDone {
    pub id: i64,
    pub sent: bool,
}

/// A life that nobody has taken.
pub fn is_alarm(case: &Row) -> bool {
    case.owner.is_none() && case.closed_at.is_none() && case.rank.stands() == Rank::Life
}

impl Reading<'_> {
    /// The rota from now on, the first turn first.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn rota(&self, now: Timestamp) -> Result<Vec<Duty>> {
        let officers = self.officers()?;
        let sql =
            "SELECT id, officer, place, from_us, until_us FROM duties WHERE until_us > ?1 ORDER BY from_us, place, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([stamp(now)])?;
        let mut rota = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(officer) = officers.badge(row.get(1)?) else { continue };
            let (place, from, until) = (of_word(row.get(2)?)?, at(row.get(3)?)?, at(row.get(4)?)?);
            rota.push(Duty { id: row.get(0)?, officer, place, from, until });
        }
        Ok(rota)
    }

    /// Who was to be woken for what is still nobody's, or within the last hour, the newest first.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn wakes(&self, now: Timestamp) -> Result<Vec<Wake>> {
        let officers = self.officers()?;
        let sql = "SELECT id, officer, at_us, cases, state FROM wakes WHERE at_us > ?1 ORDER BY id DESC LIMIT 50";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([stamp(now - SHOWN)])?;
        let mut wakes = Vec::new();
        while let Some(row) = rows.next()? {
            wakes.extend(self.wake(row, &officers)?);
        }
        Ok(wakes)
    }

    fn wake(&self, row: &SqlRow<'_>, officers: &Officers) -> Result<Option<Wake>> {
        let Some(officer) = officers.badge(row.get(1)?) else { return Ok(None) };
        let (id, cases) = (row.get(0)?, serde_json::from_str(&row.get::<_, String>(3)?)?);
        let (state, push) = (of_word(row.get(4)?)?, self.push_of(id)?);
        Ok(Some(Wake { id, officer, at: at(row.get(2)?)?, cases, state, push }))
    }

    /// Whether the desk can send an officer an SMS.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn has_number(&self, officer: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM officers WHERE id = ?1 AND number IS NOT NULL";
        Ok(self.connection.prepare_cached(sql)?.exists([officer])?)
    }

    /// Whether somebody is to be sent an SMS.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn wakes_wait(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM wakes WHERE state IN ('waits', 'on_its_way')";
        Ok(self.connection.prepare_cached(sql)?.exists([])?)
    }

    fn number_of(&self, officer: i64) -> Result<Option<String>> {
        let sql = "SELECT number FROM officers WHERE id = ?1";
        let closed: Option<Vec<u8>> = self.connection.prepare_cached(sql)?.query_row([officer], |row| row.get(0))?;
        let place = ["officers", "number", &officer.to_string()];
        closed.map(|closed| self.key.open_json(place, &closed)).transpose()
    }

    /// Whom a step wakes now. Where the rota has a gap, who comes after.
    fn whom(&self, step: Step, now: Timestamp) -> Result<Vec<Badge>> {
        let rota = self.rota(now)?;
        let on = |place: Place| rota.iter().filter(move |duty| duty.place == place && duty.from <= now);
        let places: &[Place] = match step {
            Step::Consoles => return Ok(Vec::new()),
            Step::First => &[Place::First, Place::Next],
            Step::Next => &[Place::Next],
            Step::Gold => &[],
        };
        for place in places {
            let officers: Vec<Badge> = on(*place).map(|duty| duty.officer.clone()).collect();
            if !officers.is_empty() {
                return Ok(officers);
            }
        }
        let at_work = self.all_officers()?.into_iter().filter(|officer| officer.ended_at.is_none());
        Ok(at_work.map(|officer| officer.badge).filter(|badge| badge.role == Role::Gold).collect())
    }

    /// Whether an officer was sent an SMS or a push so lately that they are awake.
    fn is_awake(&self, officer: i64, now: Timestamp) -> Result<bool> {
        let sql = "SELECT 1 FROM wakes WHERE officer = ?1 AND at_us > ?2 AND at_us <= ?3 \
                   AND (state IN ('waits', 'on_its_way', 'sent') OR EXISTS \
                   (SELECT 1 FROM pushes WHERE wake = wakes.id AND state IN ('waits', 'on_its_way', 'taken')))";
        Ok(self.connection.prepare_cached(sql)?.exists(params![officer, stamp(now - AWAKE), stamp(now)])?)
    }

    fn alarms(&self) -> Result<BTreeMap<u32, (Timestamp, Step)>> {
        let mut statement = self.connection.prepare_cached("SELECT number, since_us, step FROM alarms")?;
        let mut rows = statement.query([])?;
        let mut alarms = BTreeMap::new();
        while let Some(row) = rows.next()? {
            alarms.insert(row.get(0)?, (at(row.get(1)?)?, of_word(row.get(2)?)?));
        }
        Ok(alarms)
    }

    /// Whether there is anything to do by now for these lives that nobody has.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn is_waking_due(&self, lives: &BTreeSet<u32>, after: WakesAfter, now: Timestamp) -> Result<bool> {
        let alarms = self.alarms()?;
        let is_known = alarms.keys().eq(lives);
        Ok(!is_known
            || alarms.values().any(|(since, step)| *since > now || after.step(now.duration_since(*since)) > *step))
    }
}

impl Change<'_> {
    /// Wakes whoever is to be woken by now for these lives that nobody has; what somebody has taken is over. `pushes`: somebody
    /// carries them, and an SMS may wait for one.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn wake(
        &mut self,
        lives: &BTreeSet<u32>,
        after: WakesAfter,
        pushes: bool,
        now: Timestamp,
    ) -> Result<Vec<Deed>> {
        let before = self.reading().alarms()?;
        for taken in before.keys().filter(|number| !lives.contains(number)) {
            self.transaction.execute("DELETE FROM alarms WHERE number = ?1", [taken])?;
        }
        let mut woken: BTreeMap<i64, (Badge, Vec<u32>)> = BTreeMap::new();
        for number in lives {
            // a clock that was set back begins anew
            let known = before.get(number).copied().filter(|(since, _)| *since <= now);
            let (since, last) = known.unwrap_or((now, Step::Consoles));
            let step = after.step(now.duration_since(since)).max(last);
            let sql = "INSERT OR REPLACE INTO alarms (number, since_us, step) VALUES (?1, ?2, ?3)";
            self.transaction.execute(sql, params![number, stamp(since), word(&step)?])?;
            // a desk that was away a while passes nobody over
            for step in [Step::First, Step::Next, Step::Gold].into_iter().filter(|one| last < *one && *one <= step) {
                for officer in self.reading().whom(step, now)? {
                    let (_, cases) = woken.entry(officer.id).or_insert_with(|| (officer, Vec::new()));
                    if cases.last() != Some(number) {
                        cases.push(*number);
                    }
                }
            }
        }
        self.drop_what_is_over(lives)?;
        let mut deeds = Vec::new();
        for (officer, cases) in woken.into_values() {
            if self.reading().is_awake(officer.id, now)? {
                continue;
            }
            let state = if self.reading().has_number(officer.id)? { WakeState::Waits } else { WakeState::NoNumber };
            let id = next_id(&self.transaction, "wakes")?;
            self.transaction.execute(
                "INSERT INTO wakes (id, officer, at_us, cases, state) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, officer.id, stamp(now), serde_json::to_string(&cases)?, word(&state)?],
            )?;
            if pushes {
                self.push_wake(id, officer.id, now)?;
            }
            deeds.extend(cases.first().map(|number| Deed::new(now, DESK, "woken").of_case(*number).to(&officer.name)));
        }
        Ok(deeds)
    }

    fn drop_what_is_over(&mut self, lives: &BTreeSet<u32>) -> Result<()> {
        let waiting: Vec<(i64, String)> = {
            let sql = "SELECT id, cases FROM wakes WHERE state IN ('waits', 'on_its_way') \
                       OR id IN (SELECT wake FROM pushes WHERE state IN ('waits', 'on_its_way'))";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        for (id, cases) in waiting {
            let cases: Vec<u32> = serde_json::from_str(&cases)?;
            if !cases.iter().any(|number| lives.contains(number)) {
                for (table, column) in [("wakes", "id"), ("pushes", "wake")] {
                    let sql = format!(
                        "UPDATE {table} SET state = 'over' WHERE {column} = ?1 AND state IN ('waits', 'on_its_way')"
                    );
                    self.transaction.execute(&sql, [id])?;
                }
            }
        }
        Ok(())
    }

    /// What is to be sent, for whoever brings SMS: each is handed out once in a while until something is said of it. One whose
    /// push may still bring somebody waits for that.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn hand_out_wakes(&mut self, lang: Lang, now: Timestamp) -> Result<Vec<WakeSms>> {
        let due: Vec<(i64, i64, String)> = {
            let sql = "SELECT id, officer, cases FROM wakes WHERE (state = 'waits' \
                       OR state = 'on_its_way' AND (asked_us <= ?1 OR asked_us > ?2)) \
                       AND NOT (at_us > ?3 AND at_us <= ?2 AND EXISTS \
                       (SELECT 1 FROM pushes WHERE wake = wakes.id AND state IN ('waits', 'on_its_way', 'taken'))) ORDER BY id";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let times = [now - ASKED_AGAIN, now, now - PUSH_FIRST].map(stamp);
            let rows = statement.query_map(times, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        let mut wakes = Vec::new();
        for (id, officer, cases) in due {
            let cases: Vec<u32> = serde_json::from_str(&cases)?;
            let Some(to) = self.reading().number_of(officer)? else {
                self.transaction.execute("UPDATE wakes SET state = 'no_number' WHERE id = ?1", [id])?;
                continue;
            };
            let sql = "UPDATE wakes SET state = 'on_its_way', asked_us = ?2 WHERE id = ?1";
            self.transaction.execute(sql, params![id, stamp(now)])?;
            wakes.push(WakeSms { id, to, text: sentences::wake(&cases, lang) });
        }
        Ok(wakes)
    }

    /// Notes what became of them at the operator.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn note_wakes(&mut self, done: &[WakeDone]) -> Result<()> {
        for WakeDone { id, sent } in done {
            let state = if *sent { WakeState::Sent } else { WakeState::Refused };
            let sql = "UPDATE wakes SET state = ?2 WHERE id = ?1 AND state = 'on_its_way'";
            self.transaction.execute(sql, params![id, word(&state)?])?;
        }
        Ok(())
    }

    /// A turn on the rota.
    ///
    /// # Errors
    /// Who it names takes no case, or its times are none.
    pub fn add_duty(&mut self, new: NewDuty, now: Timestamp) -> Result<Badge> {
        let officer = self.reading().officer_at_work(new.officer)?;
        if !officer.role.may(Right::Take) {
            return Err(CaseworkError::Field { pointer: "/officer", reason: "somebody who takes cases" });
        }
        let length = new.until.duration_since(new.from);
        if length <= SignedDuration::ZERO || length > LONGEST_DUTY || new.until <= now {
            return Err(CaseworkError::Field {
                pointer: "/until",
                reason: "later than it begins, a week at most, not past",
            });
        }
        let id = next_id(&self.transaction, "duties")?;
        self.transaction.execute(
            "INSERT INTO duties (id, officer, place, from_us, until_us) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, officer.id, word(&new.place)?, stamp(new.from), stamp(new.until)],
        )?;
        Ok(officer)
    }

    /// Takes a turn off the rota; whose it was is answered.
    ///
    /// # Errors
    /// There is none.
    pub fn drop_duty(&mut self, id: i64, now: Timestamp) -> Result<Badge> {
        let duty = self.reading().rota(now)?.into_iter().find(|duty| duty.id == id).ok_or(CaseworkError::NotFound)?;
        self.transaction.execute("DELETE FROM duties WHERE id = ?1", [id])?;
        Ok(duty.officer)
    }

    /// By which number an officer is woken; by none where it is empty.
    ///
    /// # Errors
    /// It is no number that exists.
    pub fn set_number(&mut self, officer: i64, number: &str) -> Result<()> {
        let number = match number.trim() {
            "" => None,
            said => Some(checked_number(said)?),
        };
        let place = ["officers", "number", &officer.to_string()];
        let closed = number.map(|number| self.key.close_json(place, &number, self.rng)).transpose()?;
        self.transaction.execute("UPDATE officers SET number = ?2 WHERE id = ?1", params![officer, closed])?;
        Ok(())
    }

    /// Who is out is woken no more.
    pub(super) fn let_sleep(&mut self, officer: i64) -> Result<()> {
        for sql in [
            "DELETE FROM duties WHERE officer = ?1",
            "UPDATE officers SET number = NULL WHERE id = ?1",
            "UPDATE wakes SET state = 'over' WHERE officer = ?1 AND state IN ('waits', 'on_its_way')",
        ] {
            self.transaction.execute(sql, [officer])?;
        }
        self.let_browsers_sleep(officer)
    }
}

fn checked_number(said: &str) -> Result<String> {
    let wrong = || CaseworkError::Field { pointer: "/number", reason: "a number with its country, +7 701 123 45 67" };
    let figures: String = said.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    let number: PhoneNumber = figures.parse().map_err(|_| wrong())?;
    if exists(&number) { Ok(number.to_string()) } else { Err(wrong()) }
}
