//! Cases that are one. Joined, each keeps all that it has, with where it came from; one of them stands on the list and
//! speaks for all. Parted, each is what it was.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::params;

use super::{
    CaseworkError, Change, Reading, Result, at,
    cases::{Row, WordBy, late_at},
    officers::Badge,
    page::{EventWord, What},
    stamp,
};

/// Which case is joined to which, and since when.
#[derive(Debug, Default)]
pub struct Joins(BTreeMap<u32, Join>);

/// How a case is joined to another.
#[derive(Debug, Clone, Copy)]
struct Join {
    head: u32,
    since: Timestamp,
    /// How much of it was unread when the other was answered.
    seen: u32,
    /// The other was answered since.
    answered: bool,
}

impl Joins {
    /// To which a case is joined itself.
    pub fn head(&self, number: u32) -> Option<u32> {
        self.0.get(&number).map(|join| join.head)
    }

    /// The one that speaks for it: itself, where it is joined to none.
    pub fn root(&self, number: u32) -> u32 {
        let mut root = number;
        while let Some(head) = self.head(root) {
            root = head;
        }
        root
    }

    /// All that are joined to a case, and to those in their turn.
    pub fn members(&self, number: u32) -> BTreeSet<u32> {
        let own = self.0.iter().filter(|(_, join)| join.head == number).map(|(number, _)| *number);
        own.flat_map(|one| self.members(one).into_iter().chain([one])).collect()
    }
}

impl Reading<'_> {
    /// # Errors
    /// They cannot be read.
    pub fn joins(&self) -> Result<Joins> {
        let mut statement = self.connection.prepare_cached("SELECT number, head, at_us, seen, answered FROM joins")?;
        let mut rows = statement.query([])?;
        let mut joins = Joins::default();
        while let Some(row) = rows.next()? {
            let (head, since) = (row.get(1)?, at(row.get(2)?)?);
            joins.0.insert(row.get(0)?, Join { head, since, seen: row.get(3)?, answered: row.get(4)? });
        }
        Ok(joins)
    }

    /// A case as it stands on a list: with what is joined to it.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn whole_case(&self, number: u32) -> Result<Row> {
        let joins = self.joins()?;
        let mut whole = self.case(number)?;
        whole.joined_to = joins.head(number);
        for member in joins.members(number) {
            let one = self.case(member)?;
            if let Some(join) = joins.0.get(&member).filter(|_| is_as_open(&one, &whole)) {
                absorb(&mut whole, one, join);
            }
        }
        Ok(whole)
    }

    /// The open cases, each with those that are joined to it.
    pub(super) fn absorbed(&self, open: Vec<Row>) -> Result<Vec<Row>> {
        let joins = self.joins()?;
        if joins.0.is_empty() {
            return Ok(open);
        }
        let (joined, mut heads): (Vec<Row>, Vec<Row>) =
            open.into_iter().partition(|case| joins.head(case.number).is_some());
        for one in joined {
            let root = joins.root(one.number);
            let head = heads.iter_mut().find(|head| head.number == root);
            match head.zip(joins.0.get(&one.number)) {
                Some((head, join)) => absorb(head, one, join),
                // whatever became of the one that spoke for it: nobody who waits is unseen
                None => heads.push(one),
            }
        }
        Ok(heads)
    }
}

/// A case that is open is one with those that are open, also where one of them could not be opened again with it.
fn is_as_open(one: &Row, head: &Row) -> bool {
    one.closed_at.is_some() == head.closed_at.is_some()
}

/// Adds to a case what another one says, which is joined to it.
fn absorb(head: &mut Row, one: Row, join: &Join) {
    // whatever changed in either, somebody who read it before has not read it
    head.version = head.version.saturating_add(one.version);
    head.well = well(head, &one);
    head.has_own_voice |= one.has_own_voice;
    let own_word = head.word_by != WordBy::Traveller && one.word_by == WordBy::Traveller;
    if own_word || head.words.is_none() {
        (head.words, head.word_by, head.said_at) = (one.words, one.word_by, one.said_at);
    }
    head.name = head.name.take().or(one.name);
    head.people = head.people.max(one.people);
    head.place = head.place.take().or(one.place);
    head.safe_when = head.safe_when.take().or(one.safe_when);
    let tags: Vec<_> = one.tags.into_iter().filter(|tag| !head.tags.contains(tag)).collect();
    head.tags.extend(tags);
    let objected = one.objected_at.map(|at| at.max(join.since));
    let is_answered = head.rank.at.is_some_and(|ranked| objected.is_some_and(|objected| objected < ranked));
    head.objection |= one.objection && !is_answered;
    absorb_rank(head, &one.rank, one.said_at.max(join.since));
    (head.since, head.arrived_at) = (head.since.min(one.since), head.arrived_at.min(one.arrived_at));
    head.again = head.again.saturating_add(one.again).saturating_add(1);
    head.unread += one.unread.saturating_sub(join.seen);
    head.waiting |= one.waiting && !join.answered;
    head.moved |= one.moved;
    head.promise = head.promise.take().into_iter().chain(one.promise).min_by_key(|promise| promise.by);
    head.late_at = late_at(head);
    head.joined.push(one.number);
    head.joined.sort_unstable();
}

/// The most urgent of what is proposed; what an officer accepted before it was known does not stand against it.
fn absorb_rank(head: &mut Row, other: &super::cases::Ranked, known: Timestamp) {
    let rank = &mut head.rank;
    let also = [rank.because.code, other.because.code].into_iter().chain(rank.because.also.iter().copied());
    let also: BTreeSet<_> = also.chain(other.because.also.iter().copied()).collect();
    if other.proposed < rank.proposed {
        (rank.proposed, rank.because) = (other.proposed, other.because.clone());
    }
    rank.because.also = also.into_iter().filter(|reason| *reason != rank.because.code).collect();
    let is_newer = rank.at.is_none_or(|at| at < known);
    if is_newer && rank.accepted.is_some_and(|accepted| other.proposed < accepted) {
        (rank.accepted, rank.by, rank.at, rank.reason) = (None, None, None, None);
    }
}

/// Who cries from one phone is not well because another one is; what was told by voice knows nothing of it.
fn well(head: &Row, one: &Row) -> Option<super::cases::Well> {
    match (head.has_own_voice, one.has_own_voice) {
        (false, _) => one.well,
        (true, false) => head.well,
        (true, true) => Some(*[head.well?, one.well?].iter().max_by_key(|well| well.at)?),
    }
}

impl Change<'_> {
    /// Joins another case to one: nothing of either is changed.
    ///
    /// # Errors
    /// The two cannot be one.
    pub(super) fn join(&mut self, head: &Row, other: u32, reason: &str, officer: &Badge, now: Timestamp) -> Result<()> {
        let reading = self.reading();
        let one = reading.case(other)?;
        if other == head.number || reading.joins()?.head(other).is_some() {
            return Err(CaseworkError::NotPossible("it is joined already"));
        }
        if one.closed_at.is_some() {
            return Err(CaseworkError::Closed);
        }
        if one.has_phone && !head.has_phone {
            return Err(CaseworkError::NotPossible("what is of no phone is joined to the case of the phone"));
        }
        let mut group = self.group(head.number)?;
        group.extend(self.group(other)?);
        if self.phones(&group)?.len() > 1 && self.reading().is_guarded(&group)? {
            return Err(CaseworkError::NotPossible(
                "two phones, and one must not be seen, or not be written to: keep them apart",
            ));
        }
        self.transaction.execute(
            "INSERT INTO joins (number, head, at_us) VALUES (?1, ?2, ?3)",
            params![other, head.number, stamp(now)],
        )?;
        self.told_of_other(other, head.number, What::Joined, reason, officer, now)
    }

    /// Takes a case out of the one that it was joined to: both are what they were.
    ///
    /// # Errors
    /// It is not joined to it.
    pub(super) fn part(&mut self, head: &Row, other: u32, reason: &str, officer: &Badge, now: Timestamp) -> Result<()> {
        let read = self.reading().whole_case(head.number)?.version;
        if self.reading().joins()?.head(other) != Some(head.number) {
            return Err(CaseworkError::NotPossible("it is not joined to this one"));
        }
        for number in self.reading().joins()?.members(other).into_iter().chain([other]) {
            self.open_as_it_was(number)?;
        }
        self.transaction.execute("DELETE FROM joins WHERE number = ?1", [other])?;
        // no version that was read of both comes again of the one
        self.transaction.execute("UPDATE cases SET version = ?2 WHERE number = ?1", params![head.number, read])?;
        self.told_of_other(other, head.number, What::Parted, reason, officer, now)
    }

    fn told_of_other(
        &mut self,
        other: u32,
        head: u32,
        what: What,
        reason: &str,
        officer: &Badge,
        now: Timestamp,
    ) -> Result<()> {
        self.transaction.execute("UPDATE cases SET version = version + 1 WHERE number = ?1", [other])?;
        self.tell(other, now, what, Some(officer.id), &EventWord { case: Some(head), ..EventWord::text(reason) })
    }

    /// A case and all that are one with it, open or closed as it is, itself first.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn group(&self, number: u32) -> Result<Vec<u32>> {
        let whole = self.reading().whole_case(number)?;
        Ok([number].into_iter().chain(whole.joined).collect())
    }

    /// Of a group one case of each phone, that of the head first.
    ///
    /// # Errors
    /// One cannot be read.
    pub(super) fn phones(&self, group: &[u32]) -> Result<Vec<Row>> {
        let mut phones: Vec<Row> = Vec::new();
        for number in group {
            let case = self.reading().case(*number)?;
            if case.has_phone && phones.iter().all(|phone| phone.device != case.device) {
                phones.push(case);
            }
        }
        Ok(phones)
    }

    /// The one that speaks for them was answered: what those that are joined had said is heard, and they stay as they are.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn answered_with(&mut self, members: &[u32]) -> Result<()> {
        for member in members {
            self.transaction.execute(
                "UPDATE joins SET answered = 1, seen = (SELECT unread FROM cases WHERE cases.number = joins.number) \
                 WHERE number = ?1",
                [member],
            )?;
        }
        Ok(())
    }

    /// Keeps what a case is, which is closed with the one that speaks for it; whether it is open is answered.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep_as_it_is(&mut self, member: u32) -> Result<bool> {
        let kept = self.transaction.execute(
            "UPDATE joins SET closed = 1, step = was.step, step_due_us = was.step_due_us, handed_to = was.handed_to, \
             unread = was.unread, waiting = was.waiting \
             FROM cases AS was WHERE was.number = joins.number AND joins.number = ?1 AND was.closed_us IS NULL",
            [member],
        )?;
        Ok(kept > 0)
    }

    /// A case that was closed with the one that spoke for it is what it was before: but it stays closed where its person was
    /// erased, or has another open one for the same.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn open_as_it_was(&mut self, member: u32) -> Result<()> {
        let opened = self.transaction.execute(
            "UPDATE cases SET closed_us = NULL, closed_by = NULL, outcome = NULL, own_word = NULL, untold = 1, \
             step = was.step, step_due_us = was.step_due_us, unread = was.unread, waiting = was.waiting, \
             owner = (SELECT id FROM officers WHERE id = cases.owner AND ended_us IS NULL), \
             handed_to = (SELECT id FROM officers WHERE id = was.handed_to AND ended_us IS NULL) \
             FROM joins AS was WHERE was.number = cases.number AND was.closed = 1 AND cases.number = ?1 \
             AND erased_us IS NULL AND NOT EXISTS (SELECT 1 FROM cases AS other WHERE \
             other.device = cases.device AND other.whose = cases.whose AND other.closed_us IS NULL)",
            [member],
        )?;
        if opened > 0 {
            self.transaction
                .execute("UPDATE joins SET closed = 0, step = NULL, step_due_us = NULL WHERE number = ?1", [member])?;
        }
        Ok(())
    }

    /// Who is erased is joined to nothing any more. What was one with it is of others until an officer says otherwise:
    /// open ones come back to the board.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn part_erased(&mut self, number: u32, now: Timestamp) -> Result<()> {
        let joins = self.reading().joins()?;
        if let Some(head) = joins.head(number) {
            // no version that was read of both comes again of the one
            let read = self.reading().whole_case(head)?.version;
            self.transaction.execute("UPDATE cases SET version = ?2 WHERE number = ?1", params![head, read])?;
        }
        let parted: Vec<u32> = joins.0.iter().filter(|(_, join)| join.head == number).map(|(one, _)| *one).collect();
        self.transaction.execute("DELETE FROM joins WHERE number = ?1 OR head = ?1", [number])?;
        for other in parted.into_iter().chain(joins.head(number)) {
            self.transaction.execute("UPDATE cases SET version = version + 1 WHERE number = ?1", [other])?;
            self.tell(other, now, What::Parted, None, &EventWord { case: Some(number), ..EventWord::default() })?;
        }
        Ok(())
    }
}
