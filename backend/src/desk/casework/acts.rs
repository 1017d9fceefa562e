//! What an officer does about a case. Each act leaves an event, and none is done to a case that changed meanwhile.

use contract::record::{CaseKind, Rank, check_text};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{
    CaseworkError, Change, Result,
    cases::Row,
    next_id,
    officers::Badge,
    page::{EventWord, What},
    stamp, word,
};
use crate::officers::roles::Right;

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Helped,
    SafeByOwnWord,
    LeftTheCountry,
    HandedToOthers,
    Double,
    CouldNotHelp,
    Mistake,
    /// Its person erased everything.
    #[serde(skip_deserializing)]
    Erased,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Becomes its owner; from another owner only with a reason.
    Take {
        #[serde(default)]
        over: bool,
        #[serde(default)]
        reason: String,
    },
    /// Nobody has it again.
    Release {},
    /// It stays with its owner until the other accepts.
    HandOver {
        to: i64,
    },
    /// By whom it was handed to.
    Accept {},
    /// What is done next, and by when.
    Step {
        text: String,
        #[schema(value_type = String, format = DateTime)]
        due: Timestamp,
    },
    StepDone {
        #[serde(default)]
        text: String,
    },
    /// What the person is told that will be done, and by when.
    Promise {
        what: String,
        #[schema(value_type = String, format = DateTime)]
        by: Timestamp,
    },
    Kept {
        promise: i64,
    },
    /// The proposed rank is accepted without a word; another one has a reason.
    Rank {
        #[schema(value_type = String)]
        rank: Rank,
        #[serde(default)]
        reason: String,
    },
    Kind {
        #[schema(value_type = String)]
        kind: CaseKind,
    },
    Note {
        text: String,
    },
    /// With the person's own word, or why there is none.
    Close {
        outcome: Outcome,
        #[serde(default)]
        word: Option<String>,
        #[serde(default)]
        word_missing: Option<String>,
    },
    Reopen {
        reason: String,
    },
    /// Another case is one with this one, which speaks for both.
    Join {
        other: u32,
        #[serde(default)]
        reason: String,
    },
    /// It is not, after all.
    Part {
        other: u32,
        #[serde(default)]
        reason: String,
    },
    /// The phone that leads the trip now is the same person's: the case goes to it.
    ConfirmMove {},
}

impl Act {
    /// Which right it asks for.
    pub fn right(&self) -> Right {
        match self {
            Self::Take { .. } | Self::Release {} | Self::Accept {} => Right::Take,
            Self::HandOver { .. } => Right::Assign,
            Self::Step { .. } | Self::StepDone { .. } | Self::Promise { .. } | Self::Kept { .. } => Right::Answer,
            Self::Note { .. } | Self::Kind { .. } | Self::ConfirmMove {} => Right::Answer,
            Self::Rank { .. } => Right::Rank,
            Self::Close { .. } | Self::Reopen { .. } | Self::Join { .. } | Self::Part { .. } => Right::Close,
        }
    }

    /// The word for it in the audit file.
    pub fn deed(&self) -> &'static str {
        match self {
            Self::Take { .. } => "take",
            Self::Release {} => "release",
            Self::HandOver { .. } => "hand_over",
            Self::Accept {} => "accept",
            Self::Step { .. } => "step",
            Self::StepDone { .. } => "step_done",
            Self::Promise { .. } => "promise",
            Self::Kept { .. } => "kept",
            Self::Rank { .. } => "rank",
            Self::Kind { .. } => "kind",
            Self::Note { .. } => "note",
            Self::Close { .. } => "close",
            Self::Reopen { .. } => "reopen",
            Self::Join { .. } => "join",
            Self::Part { .. } => "part",
            Self::ConfirmMove {} => "confirm_move",
        }
    }

    /// Whether many cases may have it done at once.
    pub fn is_safe_for_many(&self) -> bool {
        match self {
            Self::Take { over, .. } => !over,
            Self::Rank { reason, .. } => reason.is_empty(),
            Self::Release {} | Self::HandOver { .. } => true,
            Self::Accept {}
            | Self::Step { .. }
            | Self::StepDone { .. }
            | Self::Promise { .. }
            | Self::Kept { .. }
            | Self::Kind { .. }
            | Self::Note { .. }
            | Self::Close { .. }
            | Self::Reopen { .. }
            | Self::Join { .. }
            | Self::Part { .. }
            | Self::ConfirmMove {} => false,
        }
    }
}

/// A next step or a promise further off is a slip of the hand.
const FURTHEST: SignedDuration = SignedDuration::from_hours(90 * 24);

impl Change<'_> {
    /// Does it, as `officer`, to the case as it was at `version`.
    ///
    /// # Errors
    /// The case changed since, or is not as the act needs it.
    pub fn act(&mut self, number: u32, version: u32, act: &Act, officer: &Badge, now: Timestamp) -> Result<Row> {
        let case = self.reading().case(number)?;
        if self.reading().whole_case(number)?.version != version {
            return Err(CaseworkError::Changed);
        }
        match (case.closed_at.is_some(), act) {
            (true, Act::Reopen { .. } | Act::Part { .. }) | (false, _) => {}
            (true, _) => return Err(CaseworkError::Closed),
        }
        if let Some(head) = self.reading().joins()?.head(number) {
            return Err(CaseworkError::Joined(head));
        }
        let (what, said) = self.done(&case, act, officer, now)?;
        self.transaction.execute("UPDATE cases SET version = version + 1 WHERE number = ?1", [number])?;
        self.tell(number, now, what, Some(officer.id), &said)?;
        self.reading().whole_case(number)
    }

    fn done(&mut self, case: &Row, act: &Act, officer: &Badge, now: Timestamp) -> Result<(What, EventWord)> {
        match act {
            Act::Take { over, reason } => self.take(case, *over, reason, officer),
            Act::Release {} => {
                let _own = owned(case, officer)?;
                self.set_owner(case.number, None, None)?;
                Ok((What::Released, EventWord::default()))
            }
            Act::HandOver { to } => {
                let to = self.reading().officer_at_work(*to)?;
                if !to.role.may(Right::Take) {
                    return Err(CaseworkError::NotPossible("this officer may not take cases"));
                }
                self.transaction
                    .execute("UPDATE cases SET handed_to = ?2 WHERE number = ?1", params![case.number, to.id])?;
                Ok((What::Handed, EventWord { to: Some(to.name), ..EventWord::default() }))
            }
            Act::Accept {} => {
                if case.handed_to.as_ref().is_none_or(|to| to.id != officer.id) {
                    return Err(CaseworkError::NotPossible("it was not handed to this officer"));
                }
                self.set_owner(case.number, Some(officer.id), None)?;
                Ok((What::Accepted, EventWord::default()))
            }
            Act::Step { text, due } => {
                check_time(*due, now, "/due")?;
                self.set_step(case.number, Some((checked(text, "/text")?, *due)))?;
                Ok((What::Step, EventWord { due: Some(*due), ..EventWord::text(text) }))
            }
            Act::StepDone { text } => {
                if case.step.is_none() {
                    return Err(CaseworkError::NotPossible("there is no next step"));
                }
                self.set_step(case.number, None)?;
                Ok((What::StepDone, EventWord::text(text)))
            }
            Act::Promise { what, by } => {
                self.promise(case.number, what, *by, now)?;
                Ok((What::Promised, EventWord { due: Some(*by), ..EventWord::text(what) }))
            }
            Act::Kept { promise } => self.keep(&self.group(case.number)?, *promise, now),
            Act::Rank { rank, reason } => self.rank(case, *rank, reason, officer, now),
            Act::Kind { kind } => {
                if *kind == CaseKind::Other {
                    return Err(CaseworkError::Field { pointer: "/kind", reason: "no kind that this desk knows" });
                }
                self.transaction
                    .execute("UPDATE cases SET kind = ?2 WHERE number = ?1", params![case.number, word(kind)?])?;
                Ok((What::Kind, EventWord::text(&word(kind)?)))
            }
            Act::Note { text } => Ok((What::Noted, EventWord::text(checked(text, "/text")?))),
            Act::Close { outcome, word, word_missing } => {
                let said = last_word(word.as_deref(), word_missing.as_deref())?;
                for number in self.group(case.number)? {
                    if number == case.number || self.keep_as_it_is(number)? {
                        self.close(number, *outcome, Some(&said), Some(officer.id), now)?;
                    }
                }
                Ok((What::Closed, EventWord::text(said.text())))
            }
            Act::Reopen { reason } => self.reopen(case, reason, officer),
            Act::Join { other, reason } => {
                self.join(case, *other, reason, officer, now)?;
                Ok((What::Joined, EventWord { case: Some(*other), ..EventWord::text(reason) }))
            }
            Act::Part { other, reason } => {
                self.part(case, *other, reason, officer, now)?;
                Ok((What::Parted, EventWord { case: Some(*other), ..EventWord::text(reason) }))
            }
            Act::ConfirmMove {} => {
                let moved = self.moved_of(&self.group(case.number)?)?;
                self.confirm_move(&moved, officer, now)
            }
        }
    }

    fn take(&mut self, case: &Row, over: bool, reason: &str, officer: &Badge) -> Result<(What, EventWord)> {
        match &case.owner {
            Some(owner) if owner.id == officer.id => {
                return Err(CaseworkError::NotPossible("this officer has it already"));
            }
            Some(_) if !over => return Err(CaseworkError::Taken),
            Some(_) => drop(checked(reason, "/reason")?),
            None => {}
        }
        self.set_owner(case.number, Some(officer.id), None)?;
        Ok((What::Taken, EventWord::text(reason)))
    }

    fn set_owner(&mut self, number: u32, owner: Option<i64>, handed_to: Option<i64>) -> Result<()> {
        self.transaction.execute(
            "UPDATE cases SET owner = ?2, handed_to = ?3 WHERE number = ?1",
            params![number, owner, handed_to],
        )?;
        Ok(())
    }

    fn set_step(&mut self, number: u32, step: Option<(&str, Timestamp)>) -> Result<()> {
        let (text, due) = step.unzip();
        let place = ["cases", "step", &number.to_string()];
        let text = text.map(|text| self.key.close(place, text.as_bytes(), self.rng)).transpose()?;
        self.transaction.execute(
            "UPDATE cases SET step = ?2, step_due_us = ?3 WHERE number = ?1",
            params![number, text, due.map(stamp)],
        )?;
        Ok(())
    }

    /// Notes a promise.
    ///
    /// # Errors
    /// It says nothing, or is for a time that is over.
    pub fn promise(&mut self, number: u32, what: &str, by: Timestamp, now: Timestamp) -> Result<i64> {
        check_time(by, now, "/by")?;
        let id = next_id(&self.transaction, "promises")?;
        let place = ["promises", "what", &id.to_string()];
        let what = self.key.close(place, checked(what, "/what")?.as_bytes(), self.rng)?;
        self.transaction.execute(
            "INSERT INTO promises (id, number, what, by_us) VALUES (?1, ?2, ?3, ?4)",
            params![id, number, what, stamp(by)],
        )?;
        Ok(id)
    }

    fn keep(&mut self, group: &[u32], promise: i64, now: Timestamp) -> Result<(What, EventWord)> {
        let mut kept = 0;
        for number in group {
            kept += self.transaction.execute(
                "UPDATE promises SET kept_us = ?3 WHERE id = ?1 AND number = ?2 AND kept_us IS NULL",
                params![promise, number, stamp(now)],
            )?;
        }
        if kept == 0 {
            return Err(CaseworkError::NotPossible("there is no such promise that is not kept"));
        }
        Ok((What::Kept, EventWord::default()))
    }

    fn rank(
        &mut self,
        case: &Row,
        rank: Rank,
        reason: &str,
        officer: &Badge,
        now: Timestamp,
    ) -> Result<(What, EventWord)> {
        if rank == Rank::Other {
            return Err(CaseworkError::Field { pointer: "/rank", reason: "no rank that this desk knows" });
        }
        if rank != case.rank.proposed {
            checked(reason, "/reason")?;
        }
        let place = ["cases", "rank_reason", &case.number.to_string()];
        let kept = if reason.is_empty() { None } else { Some(self.key.close(place, reason.as_bytes(), self.rng)?) };
        self.transaction.execute(
            "UPDATE cases SET accepted = ?2, ranked_by = ?3, ranked_us = ?4, rank_reason = ?5, objection = 0 \
             WHERE number = ?1",
            params![case.number, word(&rank)?, officer.id, stamp(now), kept],
        )?;
        Ok((What::Ranked, EventWord { rank: Some(rank), ..EventWord::text(reason) }))
    }

    /// Closes a case; its clocks stop.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn close(
        &mut self,
        number: u32,
        outcome: Outcome,
        said: Option<&LastWord>,
        officer: Option<i64>,
        now: Timestamp,
    ) -> Result<()> {
        self.set_step(number, None)?;
        let place = ["cases", "own_word", &number.to_string()];
        let said = said.map(|said| self.key.close_json(place, said, self.rng)).transpose()?;
        self.transaction.execute(
            "UPDATE cases SET closed_us = ?2, closed_by = ?3, outcome = ?4, own_word = ?5, handed_to = NULL, unread = 0, \
             waiting = 0 WHERE number = ?1",
            params![number, stamp(now), officer, word(&outcome)?, said],
        )?;
        Ok(())
    }

    fn reopen(&mut self, case: &Row, reason: &str, officer: &Badge) -> Result<(What, EventWord)> {
        if case.closed_at.is_none() {
            return Err(CaseworkError::NotPossible("it is open"));
        }
        checked(reason, "/reason")?;
        let read = self.reading().whole_case(case.number)?.version;
        let reopened = self.transaction.execute(
            "UPDATE cases SET closed_us = NULL, closed_by = NULL, outcome = NULL, own_word = NULL, owner = ?2, \
             version = ?3 WHERE number = ?1 AND erased_us IS NULL AND NOT EXISTS (SELECT 1 FROM cases AS other WHERE \
             other.device = cases.device AND other.whose = cases.whose AND other.closed_us IS NULL)",
            // no version that was read of all comes again where one of them stays closed
            params![case.number, officer.id, read],
        )?;
        if reopened == 0 {
            return Err(CaseworkError::NotPossible("its person was erased, or has another open case for the same"));
        }
        for member in self.reading().joins()?.members(case.number) {
            self.open_as_it_was(member)?;
        }
        Ok((What::Reopened, EventWord::text(reason)))
    }
}

fn owned<'a>(case: &'a Row, officer: &Badge) -> Result<&'a Badge> {
    let own = case.owner.as_ref().filter(|owner| owner.id == officer.id);
    own.ok_or(CaseworkError::NotPossible("another officer has it, or nobody"))
}

/// The person's own word at the end, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LastWord {
    Word(String),
    WordMissing(String),
}

impl LastWord {
    fn text(&self) -> &str {
        let (Self::Word(text) | Self::WordMissing(text)) = self;
        text
    }
}

fn last_word(word: Option<&str>, missing: Option<&str>) -> Result<LastWord> {
    match (word, missing) {
        (Some(word), None) => Ok(LastWord::Word(checked(word, "/word")?.to_owned())),
        (None, Some(missing)) => Ok(LastWord::WordMissing(checked(missing, "/word_missing")?.to_owned())),
        (Some(_), Some(_)) | (None, None) => {
            Err(CaseworkError::Field { pointer: "/word", reason: "the person's own word, or why there is none" })
        }
    }
}

/// A text that says something, and that a person can read.
pub(super) fn checked<'a>(text: &'a str, pointer: &'static str) -> Result<&'a str> {
    if text.trim().is_empty() || check_text(text, pointer).is_err() {
        return Err(CaseworkError::Field { pointer, reason: "1 to 2000 letters" });
    }
    Ok(text)
}

fn check_time(at: Timestamp, now: Timestamp, pointer: &'static str) -> Result<()> {
    if at <= now || at > now + FURTHEST {
        return Err(CaseworkError::Field { pointer, reason: "a time to come, within 90 days" });
    }
    Ok(())
}
