//! How long the desk keeps what is about people: a closed case and its messages each as long as the profile says of their
//! class, an open one always.

use contract::{profile::Retention, record::Kind};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::{Change, Reading, Result, at_some, page::What, stamp};
use crate::desk::{
    audit::{DESK, Deed},
    mirror::Mirror,
};

/// How many cases one change takes: whoever works waits for no more.
pub const PIECE: usize = 100;

/// How far the clock may be from the front's, and how long ago it may have been looked at last: what is taken because of a
/// wrong year never comes back.
const SURE: SignedDuration = SignedDuration::from_hours(48);

impl Change<'_> {
    /// Whether the clock can be believed: it is the front's, and no further on than it was when it was looked at last. Where
    /// it leapt, the next look says whether it stays there.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn is_sure_of_the_time(&mut self, front: Timestamp, now: Timestamp) -> Result<bool> {
        let before: Option<i64> = self.transaction.query_row("SELECT looked_us FROM desk", [], |row| row.get(0))?;
        self.transaction.execute("UPDATE desk SET looked_us = ?1", [stamp(now)])?;
        let Some(before) = at_some(before)? else { return Ok(false) };
        Ok(before <= now && now.duration_since(before) <= SURE && now.duration_since(front).abs() <= SURE)
    }

    /// Takes what is about people from some of the cases whose time is over, and answers a line of the audit file for each;
    /// none where there is no such case any more.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn keep_no_longer(&mut self, retention: &Retention, now: Timestamp) -> Result<Vec<Deed>> {
        self.forget_sms(before(now, retention.sms)?)?;
        let mut deeds = Vec::new();
        for number in self.reading().over(before(now, retention.case)?, "erased_us IS NULL")? {
            self.strip(number, What::KeptLongEnough, now)?;
            deeds.push(Deed::new(now, DESK, "kept_long_enough").of_case(number));
        }
        let has_words = "erased_us IS NULL AND EXISTS (SELECT 1 FROM messages \
                         WHERE messages.number = cases.number AND (private IS NOT NULL OR letter IS NOT NULL))";
        for number in self.reading().over(before(now, retention.message)?, has_words)? {
            self.strip_messages(number)?;
            deeds.push(Deed::new(now, DESK, "kept_long_enough").of_case(number));
        }
        deeds.extend(self.forget_drafts(before(now, retention.message)?, now)?);
        self.forget_mailings(before(now, retention.message)?)?;
        self.forget_nights(before(now, retention.message)?)?;
        self.forget_phones()?;
        Ok(deeds)
    }

    /// What was taken down and became no case is kept as long as a message, and what did a day beside its case. Of each call
    /// that nobody saved a line of the audit file is answered.
    fn forget_drafts(&mut self, end: Timestamp, now: Timestamp) -> Result<Vec<Deed>> {
        let of_cases = "DELETE FROM drafts WHERE changed_us < ?1 AND number IS NOT NULL";
        self.transaction.execute(of_cases, [stamp(before(now, 1)?)])?;
        let unsaved = "DELETE FROM drafts WHERE changed_us < ?1 AND number IS NULL";
        let unsaved = self.transaction.execute(unsaved, [stamp(end)])?;
        Ok(vec![Deed::new(now, DESK, "draft_kept_long_enough"); unsaved])
    }

    /// What was written to many is kept as long as a message: that it was, and by whom, stays.
    fn forget_mailings(&mut self, end: Timestamp) -> Result<()> {
        for sql in [
            "DELETE FROM mailed WHERE mailing IN (SELECT id FROM mailings WHERE at_us < ?1)",
            "UPDATE mailings SET private = x'' WHERE at_us < ?1 AND private <> x''",
        ] {
            self.transaction.execute(sql, [stamp(end)])?;
        }
        Ok(())
    }

    /// Who was to be woken when, and by what, is kept as long as a message: the audit file has each waking.
    fn forget_nights(&mut self, end: Timestamp) -> Result<()> {
        for sql in [
            "DELETE FROM pushes WHERE wake IN (SELECT id FROM wakes WHERE at_us < ?1)",
            "DELETE FROM wakes WHERE at_us < ?1",
            "DELETE FROM duties WHERE until_us < ?1",
        ] {
            self.transaction.execute(sql, [stamp(end)])?;
        }
        Ok(())
    }

    fn strip_messages(&mut self, number: u32) -> Result<()> {
        self.withdraw_letters(number)?;
        let words = "('wrote', 'they_wrote', 'objected', 'asks_to_close')";
        for sql in [
            "UPDATE messages SET private = NULL, letter = NULL WHERE number = ?1",
            &format!("UPDATE events SET private = NULL WHERE number = ?1 AND what IN {words}"),
            // what a case that came by a message is known by is the message
            "UPDATE cases SET private = NULL WHERE number = ?1 AND came_by = 'message'",
            "UPDATE cases SET version = version + 1 WHERE number = ?1",
        ] {
            self.transaction.execute(sql, [number])?;
        }
        Ok(())
    }

    /// Forgets of which records the cases were made that say nothing any more, and how their trips moved, as far as these are
    /// gone too: one that still stands in the register makes no case a second time. A copy of the register that is still being read says nothing.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn forget_sources(&mut self, mirror: &Mirror) -> Result<()> {
        if !mirror.is_whole()? {
            return Ok(());
        }
        self.forget_moves(mirror)?;
        for (kind, id) in self.reading().sources_of_nobody()? {
            if !self.reading().still_stands(kind, &id, mirror)? {
                self.transaction.execute("DELETE FROM sources WHERE kind = ?1 AND id = ?2", [kind.name(), &id])?;
            }
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// Cases that were closed before `end`, and for which `condition` holds.
    fn over(&self, end: Timestamp, condition: &str) -> Result<Vec<u32>> {
        let sql = format!("SELECT number FROM cases WHERE closed_us < ?1 AND {condition} LIMIT ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let numbers = statement.query_map(params![stamp(end), PIECE], |row| row.get(0))?;
        Ok(numbers.collect::<std::result::Result<_, _>>()?)
    }

    /// Whether a record is still at hand, whichever way it came.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn still_stands(&self, kind: Kind, id: &str, mirror: &Mirror) -> Result<bool> {
        let by_sms = "SELECT 1 FROM sms WHERE id = ?1";
        Ok(mirror.has(kind, id)? || self.connection.prepare_cached(by_sms)?.exists([id])?)
    }

    fn sources_of_nobody(&self) -> Result<Vec<(Kind, String)>> {
        let sql = "SELECT sources.kind, id FROM sources JOIN cases USING (number) WHERE erased_us IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            sources.push((super::of_word(row.get(0)?)?, row.get(1)?));
        }
        Ok(sources)
    }
}

fn before(now: Timestamp, days: u32) -> Result<Timestamp> {
    Ok(now.checked_sub(SignedDuration::from_hours(24 * i64::from(days)))?)
}
