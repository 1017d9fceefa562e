//! How often somebody asks whether a person is known: one who asks without end is told to who leads the shift, and is answered
//! no more until an hour is over.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;
use serde::Serialize;

use super::{
    Change, Reading, Result, next_id,
    officers::Badge,
    page::{EventWord, What},
    stamp,
};
use crate::officers::roles::Right;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// So many in an hour are the work of a call-taker on the worst of days.
const USUAL: u32 = 20;

/// An officer who asked more often than anybody has to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ManyLookUps {
    pub officer: Badge,
    /// Within the last hour.
    pub count: u32,
}

/// What becomes of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Fine,
    /// It is answered, and is the first of many.
    ManyNow,
    /// It is not answered, for the first time.
    TooOftenNow,
    TooOften,
}

impl Reading<'_> {
    /// Who asked more often in the last hour than is usual, and how often.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn many_look_ups(&self, now: Timestamp) -> Result<Vec<ManyLookUps>> {
        let officers = self.officers()?;
        let sql = "SELECT officer, count(*) FROM look_ups WHERE at_us > ?1 GROUP BY officer HAVING count(*) > ?2 \
                   ORDER BY count(*) DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![stamp(now - HOUR), USUAL])?;
        let mut many = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(officer) = officers.badge(row.get(0)?) {
                many.push(ManyLookUps { officer, count: row.get(1)? });
            }
        }
        Ok(many)
    }
}

impl Change<'_> {
    /// Notes that an officer asked, and in the case that was probably meant: no news of it for anybody who reads the case.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn note_look_up(&mut self, officer: &Badge, case: Option<u32>, now: Timestamp) -> Result<Asked> {
        // a clock that was set back locks nobody out
        let sql = "DELETE FROM look_ups WHERE at_us <= ?1 OR at_us > ?2";
        self.transaction.execute(sql, [stamp(now - HOUR), stamp(now)])?;
        let sql = "SELECT count(*) FROM look_ups WHERE officer = ?1";
        let before: u32 = self.transaction.query_row(sql, [officer.id], |row| row.get(0))?;
        // who may open records reads them anyway
        let is_bound = !officer.role.may(Right::LookUp);
        if is_bound && before > USUAL {
            return Ok(Asked::TooOften);
        }
        let id = next_id(&self.transaction, "look_ups")?;
        self.transaction.execute(
            "INSERT INTO look_ups (id, officer, at_us) VALUES (?1, ?2, ?3)",
            params![id, officer.id, stamp(now)],
        )?;
        if is_bound && before == USUAL {
            return Ok(Asked::TooOftenNow);
        }
        if let Some(number) = case {
            self.tell(number, now, What::LookedUp, Some(officer.id), &EventWord::default())?;
        }
        Ok(if before == USUAL { Asked::ManyNow } else { Asked::Fine })
    }
}
