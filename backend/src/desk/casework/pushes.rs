//! Officers are told of a life by a push to their browsers, before an SMS: which browsers, and what became of each push.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{CaseworkError, Change, Reading, Result, next_id, of_word, officers::Officers, stamp, word};
use crate::{
    desk::audit::{DESK, Deed},
    push::{
        carrier::Outcome,
        sealed::{Message, Sealed, Urgency},
        subscription::{Given, Subscription},
    },
};

/// A push that did not go within so long is given up: who comes next is woken by then.
const LIVES: SignedDuration = SignedDuration::from_mins(2);
/// When a push that somebody asked for, and said nothing more of, is handed out again.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_secs(30);
/// An officer's browsers; with one more the oldest gives way.
const MOST_BROWSERS: u32 = 5;

/// A life that nobody has: no name and no place, whoever sees the screen.
pub const LIFE: Message = Message { words: r#"{"kind":"life"}"#, ttl_s: 120, urgency: Urgency::High, topic: "life" };

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PushState {
    /// A push service has it.
    Taken,
    OnItsWay,
    /// Nobody who carries pushes has asked for it, or a push service said to wait.
    Waits,
    /// Somebody took what it was about before it went.
    Over,
    /// That browser takes pushes no more.
    Gone,
    /// The push service did not take it, or not in time.
    Refused,
}

/// Whether an officer is told by a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PushSet {
    /// A browser of theirs is told.
    pub has_push: bool,
    /// One of theirs takes pushes no more, and they have set none since.
    pub push_gone: bool,
}

/// A push to be carried now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PushDue {
    pub id: i64,
    #[serde(flatten)]
    pub push: Sealed,
}

/// What became of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PushDone {
    pub id: i64,
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl Reading<'_> {
    /// The browsers in which an officer is told, by the digests of their endpoints.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn push_browsers(&self, officer: i64) -> Result<Vec<String>> {
        let sql = "SELECT browser FROM push_browsers WHERE officer = ?1 ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([officer], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// # Errors
    /// It cannot be read.
    pub fn push_set(&self, officer: i64) -> Result<PushSet> {
        let sql = "SELECT EXISTS (SELECT 1 FROM push_browsers WHERE officer = officers.id), push_gone FROM officers WHERE id = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok(PushSet { has_push: row.get(0)?, push_gone: row.get(1)? });
        Ok(self.connection.prepare_cached(sql)?.query_row([officer], read)?)
    }

    /// How far the pushes of a wake have come: that of the browser that has come furthest.
    pub(super) fn push_of(&self, wake: i64) -> Result<Option<PushState>> {
        let mut statement = self.connection.prepare_cached("SELECT state FROM pushes WHERE wake = ?1")?;
        let mut rows = statement.query([wake])?;
        let mut furthest = None;
        while let Some(row) = rows.next()? {
            let state: PushState = of_word(row.get(0)?)?;
            furthest = Some(furthest.map_or(state, |other: PushState| other.min(state)));
        }
        Ok(furthest)
    }

    /// Whether a push is to be carried by now.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn pushes_wait(&self, now: Timestamp) -> Result<bool> {
        Ok(!due(self.connection, now)?.is_empty())
    }

    fn subscription(&self, browser: &str) -> Result<Option<Subscription>> {
        let sql = "SELECT subscription FROM push_browsers WHERE browser = ?1";
        let read = |row: &rusqlite::Row<'_>| row.get(0);
        let closed: Option<Vec<u8>> = self.connection.prepare_cached(sql)?.query_row([browser], read).optional()?;
        let Some(closed) = closed else { return Ok(None) };
        let given: Given = self.key.open_json(place(browser), &closed)?;
        Ok(Some(Subscription::try_from(&given).map_err(|_| CaseworkError::Shut)?))
    }
}

fn place(browser: &str) -> [&str; 3] {
    ["push_browsers", "subscription", browser]
}

/// What is to be carried by now: its id, and to which browser. A clock that was set back holds nothing up.
fn due(connection: &Connection, now: Timestamp) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT id, browser FROM pushes WHERE state IN ('waits', 'on_its_way') \
               AND (from_us <= ?1 OR from_us > ?2) ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([stamp(now), stamp(now + LIVES)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

impl Change<'_> {
    /// A browser in which an officer is told; it is told of nobody else's waking any more.
    ///
    /// # Errors
    /// What it gives is no subscription.
    pub fn set_push(&mut self, officer: i64, given: &Given) -> Result<()> {
        Subscription::try_from(given)
            .map_err(|wrong| CaseworkError::Field { pointer: wrong.pointer(), reason: wrong.reason() })?;
        let browser = given.browser().to_string();
        let closed = self.key.close_json(place(&browser), given, self.rng)?;
        self.transaction.execute("DELETE FROM push_browsers WHERE browser = ?1", [&browser])?;
        let id = next_id(&self.transaction, "push_browsers")?;
        self.transaction.execute(
            "INSERT INTO push_browsers (id, browser, officer, subscription) VALUES (?1, ?2, ?3, ?4)",
            params![id, browser, officer, closed],
        )?;
        let oldest = "DELETE FROM push_browsers WHERE officer = ?1 AND id NOT IN \
                      (SELECT id FROM push_browsers WHERE officer = ?1 ORDER BY id DESC LIMIT ?2)";
        self.transaction.execute(oldest, params![officer, MOST_BROWSERS])?;
        self.transaction.execute("UPDATE officers SET push_gone = 0 WHERE id = ?1", [officer])?;
        Ok(())
    }

    /// An officer is told in this browser no more.
    ///
    /// # Errors
    /// They were not.
    pub fn drop_push(&mut self, officer: i64, browser: &str) -> Result<()> {
        let sql = "DELETE FROM push_browsers WHERE officer = ?1 AND browser = ?2";
        let dropped = self.transaction.execute(sql, params![officer, browser])?;
        self.transaction.execute("UPDATE officers SET push_gone = 0 WHERE id = ?1", [officer])?;
        if dropped > 0 { Ok(()) } else { Err(CaseworkError::NotFound) }
    }

    /// A push to each browser of an officer who is woken.
    pub(super) fn push_wake(&self, wake: i64, officer: i64, now: Timestamp) -> Result<()> {
        for browser in self.reading().push_browsers(officer)? {
            let id = next_id(&self.transaction, "pushes")?;
            self.transaction.execute(
                "INSERT INTO pushes (id, wake, browser, state, from_us) VALUES (?1, ?2, ?3, 'waits', ?4)",
                params![id, wake, browser, stamp(now)],
            )?;
        }
        Ok(())
    }

    /// Who is out is told no more.
    pub(super) fn let_browsers_sleep(&mut self, officer: i64) -> Result<()> {
        for sql in [
            "DELETE FROM push_browsers WHERE officer = ?1",
            "UPDATE officers SET push_gone = 0 WHERE id = ?1",
            "UPDATE pushes SET state = 'over' WHERE state IN ('waits', 'on_its_way') \
             AND wake IN (SELECT id FROM wakes WHERE officer = ?1)",
        ] {
            self.transaction.execute(sql, [officer])?;
        }
        Ok(())
    }

    /// What is to be carried now, and to which browser: each is handed out once in a while until something is said of it.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn hand_out_pushes(&mut self, now: Timestamp) -> Result<Vec<(i64, Subscription)>> {
        let late = "UPDATE pushes SET state = 'refused' WHERE state IN ('waits', 'on_its_way') \
                    AND wake IN (SELECT id FROM wakes WHERE at_us <= ?1)";
        self.transaction.execute(late, [stamp(now - LIVES)])?;
        let mut pushes = Vec::new();
        for (id, browser) in due(&self.transaction, now)? {
            let Some(subscription) = self.reading().subscription(&browser)? else {
                self.transaction.execute("UPDATE pushes SET state = 'over' WHERE id = ?1", [id])?;
                continue;
            };
            let sql = "UPDATE pushes SET state = 'on_its_way', from_us = ?2 WHERE id = ?1";
            self.transaction.execute(sql, params![id, stamp(now + ASKED_AGAIN)])?;
            pushes.push((id, subscription));
        }
        Ok(pushes)
    }

    /// Notes what became of them at their push services. A browser that is gone is pruned.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn note_pushes(&mut self, done: &[PushDone], now: Timestamp) -> Result<Vec<Deed>> {
        let officers = self.reading().officers()?;
        let mut deeds = Vec::new();
        for PushDone { id, outcome } in done {
            let state = match outcome {
                Outcome::Taken => PushState::Taken,
                Outcome::Gone => PushState::Gone,
                Outcome::Later { .. } => PushState::Waits,
                Outcome::Refused => PushState::Refused,
            };
            let from = match outcome {
                Outcome::Later { after_s } => now + SignedDuration::from_secs((*after_s).into()).min(LIVES),
                Outcome::Taken | Outcome::Gone | Outcome::Refused => now,
            };
            let sql =
                "UPDATE pushes SET state = ?2, from_us = ?3 WHERE id = ?1 AND state = 'on_its_way' RETURNING browser";
            let read = |row: &rusqlite::Row<'_>| row.get(0);
            let values = params![id, word(&state)?, stamp(from)];
            let browser: Option<String> = self.transaction.query_row(sql, values, read).optional()?;
            if let Some(browser) = browser.filter(|_| state == PushState::Gone) {
                deeds.extend(self.prune(&browser, &officers, now)?);
            }
        }
        Ok(deeds)
    }

    fn prune(&self, browser: &str, officers: &Officers, now: Timestamp) -> Result<Option<Deed>> {
        let sql = "DELETE FROM push_browsers WHERE browser = ?1 RETURNING officer";
        let read = |row: &rusqlite::Row<'_>| row.get(0);
        let whose: Option<i64> = self.transaction.query_row(sql, [browser], read).optional()?;
        let Some(whose) = whose else { return Ok(None) };
        self.transaction.execute("UPDATE officers SET push_gone = 1 WHERE id = ?1", [whose])?;
        Ok(officers.badge(whose).map(|officer| Deed::new(now, DESK, "push_gone").to(&officer.name)))
    }
}
