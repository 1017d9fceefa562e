//! The list of open cases: who has nobody above, the rest below, and what the strip counts.

use std::cmp::Reverse;

use contract::record::Rank;
use jiff::Timestamp;
use serde::Serialize;

use crate::desk::casework::{cases::Row, floods::Flood};

/// Which list it is: every screen and print says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ListVersion {
    pub number: u64,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// How many, and when the oldest of them, or the next, is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Count {
    pub count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub oldest_at: Option<Timestamp>,
}

impl Count {
    fn of(times: impl Iterator<Item = Timestamp>) -> Self {
        let times: Vec<_> = times.collect();
        Self { count: times.len(), oldest_at: times.into_iter().min() }
    }

    fn and(self, times: impl Iterator<Item = Timestamp>) -> Self {
        let more = Self::of(times);
        Self { count: self.count + more.count, oldest_at: self.oldest_at.into_iter().chain(more.oldest_at).min() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Counts {
    /// Nobody has taken them.
    pub unowned: Count,
    /// A clock of theirs ran out.
    pub late: Count,
    /// Something is promised; its time is the next promise's.
    pub promised: Count,
    /// Somebody has them, and nobody said what comes next.
    pub no_step: Count,
    /// It is the person who has to answer.
    pub waiting: Count,
    pub mine: Count,
}

/// Open cases in two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    pub counts: Counts,
    pub upper: Vec<Row>,
    pub lower: Vec<Row>,
}

impl Lists {
    /// As `me` sees them.
    pub fn of(cases: Vec<Row>, floods: &[Flood], me: i64, now: Timestamp) -> Self {
        let counts = counts(&cases, floods, me, now);
        let (mut lower, mut upper): (Vec<Row>, Vec<Row>) = cases.into_iter().partition(|case| case.owner.is_some());
        // life first, then who has waited longest
        upper.sort_by_key(|case| (Reverse(case.rank.stands() == Rank::Life), case.since, case.number));
        // what has no clock comes last
        lower.sort_by_key(|case| (case.late_at.is_none(), case.late_at, case.number));
        Self { counts, upper, lower }
    }
}

/// A folded line is one that nobody has taken, with the clock of its first.
fn counts(cases: &[Row], floods: &[Flood], me: i64, now: Timestamp) -> Counts {
    let of = |is_one: &dyn Fn(&&Row) -> bool, at: fn(&Row) -> Timestamp| Count::of(cases.iter().filter(is_one).map(at));
    let since = |case: &Row| case.since;
    Counts {
        unowned: of(&|case| case.owner.is_none(), since).and(floods.iter().map(|flood| flood.since)),
        late: of(&|case| case.late_at.is_some_and(|at| at < now), |case| case.late_at.unwrap_or(case.since))
            .and(floods.iter().filter_map(|flood| flood.late_at).filter(|at| *at < now)),
        promised: of(&|case| case.promise.is_some(), |case| {
            case.promise.as_ref().map_or(case.since, |promise| promise.by)
        }),
        no_step: of(&|case| case.owner.is_some() && case.step.is_none(), since),
        waiting: of(&|case| case.waiting, since),
        mine: of(&|case| case.owner.as_ref().is_some_and(|owner| owner.id == me), since),
    }
}
