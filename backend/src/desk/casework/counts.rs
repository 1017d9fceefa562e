//! How many were where, as it was known then; and the dead, injured and missing, which an officer says and no machine counts.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{
    CaseworkError, Change, Reading, Result, acts::checked, at, next_id, of_word, officers::Badge, stamp, word,
};
use crate::desk::counting::{Counted, Figures};

/// A count as it was known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub at: Timestamp,
    pub counted: Counted,
    /// Who printed it, or took it along.
    pub printed_by: Option<Badge>,
}

/// The total as it was known at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Point {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub low: u64,
    pub likely: u64,
    pub high: u64,
    /// Somebody printed it, or took it along.
    pub printed: bool,
}

/// Into how many spans of time a course is thinned out: as many as a line on a screen shows.
const SPANS: i64 = 150;

/// What is never counted by a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Harm {
    Dead,
    Injured,
    Missing,
}

impl Harm {
    pub const ALL: [Self; 3] = [Self::Dead, Self::Injured, Self::Missing];
}

/// What an officer says of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct HarmDraft {
    pub kind: Harm,
    /// Absent where nobody knows.
    #[serde(default)]
    pub confirmed: Option<u32>,
    /// Being checked; absent where nothing is.
    #[serde(default)]
    pub checking: Option<u32>,
    /// Whose word it is: a hospital, a mission, when they were asked.
    pub source: String,
}

/// The newest word on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HarmWord {
    pub kind: Harm,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checking: Option<u32>,
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

impl Change<'_> {
    /// Keeps a count as it is known now; one that says the same as the last, and that nobody printed, is not kept twice.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep_count(&mut self, counted: &Counted, printed_by: Option<i64>, now: Timestamp) -> Result<()> {
        let last = self.reading().known(now)?;
        if printed_by.is_none() && last.is_some_and(|last| last.counted == *counted) {
            return Ok(());
        }
        self.transaction.execute(
            "INSERT INTO counts (at_us, counted, printed_by) VALUES (?1, ?2, ?3) \
             ON CONFLICT (at_us) DO UPDATE SET counted = excluded.counted, \
             printed_by = coalesce(excluded.printed_by, printed_by)",
            params![stamp(now), serde_json::to_string(counted)?, printed_by],
        )?;
        Ok(())
    }

    /// Notes how many are dead, injured or missing, by whose word.
    ///
    /// # Errors
    /// It says nothing, or not by whom.
    pub fn say_harm(&mut self, said: &HarmDraft, officer: &Badge, now: Timestamp) -> Result<()> {
        if said.confirmed.is_none() && said.checking.is_none() {
            let reason = "how many are confirmed, or being checked";
            return Err(CaseworkError::Field { pointer: "/confirmed", reason });
        }
        let id = next_id(&self.transaction, "casualties")?;
        let place = ["casualties", "source", &id.to_string()];
        let source = self.key.close(place, checked(&said.source, "/source")?.as_bytes(), self.rng)?;
        self.transaction.execute(
            "INSERT INTO casualties (id, at_us, officer, kind, confirmed, checking, source) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id, stamp(now), officer.id, word(&said.kind)?, said.confirmed, said.checking, source],
        )?;
        Ok(())
    }
}

impl Reading<'_> {
    /// The count as it was known at a time; none where nothing was counted by then.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn known(&self, then: Timestamp) -> Result<Option<Known>> {
        self.count("at_us <= ?1", then)
    }

    /// The last one that was printed before a time.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn printed(&self, then: Timestamp) -> Result<Option<Known>> {
        self.count("at_us < ?1 AND printed_by IS NOT NULL", then)
    }

    /// Those that were printed in a span of time, the oldest first.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn printed_between(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Known>> {
        let sql = "SELECT at_us FROM counts WHERE at_us BETWEEN ?1 AND ?2 AND printed_by IS NOT NULL ORDER BY at_us";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([stamp(from), stamp(until)])?;
        let mut printed = Vec::new();
        while let Some(row) = rows.next()? {
            printed.extend(self.count("at_us <= ?1", at(row.get(0)?)?)?);
        }
        Ok(printed)
    }

    /// How the total went between two times, the oldest first: the last count of each span, and each that was printed.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn course(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Point>> {
        let sql = "SELECT at_us, counted, printed_by IS NOT NULL FROM counts WHERE at_us BETWEEN ?1 AND ?2 AND \
                   (printed_by IS NOT NULL OR at_us IN (SELECT max(at_us) FROM counts WHERE at_us BETWEEN ?1 AND ?2 \
                   GROUP BY (at_us - ?1) / ?3)) ORDER BY at_us";
        let (from, until) = (stamp(from), stamp(until));
        let span = (until - from) / SPANS + 1;
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([from, until, span])?;
        let mut course = Vec::new();
        while let Some(row) = rows.next()? {
            let counted: Counted = serde_json::from_str(&row.get::<_, String>(1)?)?;
            let Figures { low, likely, high, .. } = counted.total();
            course.push(Point { at: at(row.get(0)?)?, low, likely, high, printed: row.get(2)? });
        }
        Ok(course)
    }

    fn count(&self, condition: &str, then: Timestamp) -> Result<Option<Known>> {
        let sql =
            format!("SELECT at_us, counted, printed_by FROM counts WHERE {condition} ORDER BY at_us DESC LIMIT 1");
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found: Option<(i64, String, Option<i64>)> =
            self.connection.prepare_cached(&sql)?.query_row([stamp(then)], read).optional()?;
        let Some((us, counted, printed_by)) = found else { return Ok(None) };
        let officers = self.officers()?;
        let printed_by = printed_by.and_then(|id| officers.badge(id));
        Ok(Some(Known { at: at(us)?, counted: serde_json::from_str(&counted)?, printed_by }))
    }

    /// The newest word on each harm, as it was known at a time.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn harms(&self, then: Timestamp) -> Result<Vec<HarmWord>> {
        let officers = self.officers()?;
        let sql = "SELECT id, kind, confirmed, checking, source, officer, at_us FROM casualties WHERE id IN \
                   (SELECT max(id) FROM casualties WHERE at_us <= ?1 GROUP BY kind)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([stamp(then)])?;
        let mut harms = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let place = ["casualties", "source", &id.to_string()];
            harms.push(HarmWord {
                kind: of_word(row.get(1)?)?,
                confirmed: row.get(2)?,
                checking: row.get(3)?,
                source: self.text(place, Some(row.get(4)?))?.unwrap_or_default(),
                by: officers.badge(row.get(5)?),
                at: at(row.get(6)?)?,
            });
        }
        harms.sort_by_key(|harm| harm.kind);
        Ok(harms)
    }
}
