//! Thousands of cries alike are one line of the board: of new devices behind which nothing stands, from one network, that
//! say the same of the same place and people. Nothing is dropped, and whoever says more, or whose life is at stake, stands
//! for themselves.

use std::collections::HashMap;

use contract::{
    place::{AirportCode, CountryCode},
    record::{CaseKind, Rank},
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    cases::{CasePlace, Row, Tag},
    ranks::Reason,
};

/// So many alike are a flood; fewer may be a family, or a hotel.
pub const FLOOD: usize = 20;

/// One line of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Flood {
    /// Of its first case: by it the line is opened.
    pub number: u32,
    /// How many cases are folded in it.
    pub alike: usize,
    /// How many said the same from there, and have a trip, a call or a message: they stand above.
    pub with_more: usize,
    #[schema(value_type = String)]
    pub kind: CaseKind,
    #[schema(value_type = String)]
    pub rank: Rank,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<CasePlace>,
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub newest_at: Timestamp,
    /// When somebody must have looked at the first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub late_at: Option<Timestamp>,
}

/// Open cases, those of a flood apart.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    pub cases: Vec<Row>,
    pub floods: Vec<Flood>,
}

/// What was said, and from where.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Said {
    network: String,
    kind: CaseKind,
    country: Option<CountryCode>,
    airport: Option<AirportCode>,
    words: String,
}

/// What is the same in cries alike.
#[derive(PartialEq, Eq, Hash)]
struct Alike {
    said: Said,
    rank: Rank,
    needs: Vec<Reason>,
    medicine_days: Option<u16>,
    tags: Vec<Tag>,
    people: Option<u32>,
    place: String,
}

fn said(case: &Row) -> Option<Said> {
    let place = case.place.as_ref();
    Some(Said {
        network: case.network.clone()?,
        kind: case.kind,
        country: place.map(|place| place.country),
        airport: place.and_then(|place| place.airport),
        words: plain(case.words.as_deref()),
    })
}

fn alike(case: &Row) -> Option<Alike> {
    let because = &case.rank.because;
    Some(Alike {
        said: said(case)?,
        rank: case.rank.stands(),
        needs: [because.code].into_iter().chain(because.also.iter().copied()).collect(),
        medicine_days: because.facts.medicine_days,
        tags: case.tags.clone(),
        people: case.people,
        place: plain(case.place.as_ref().and_then(|place| place.said.as_deref())),
    })
}

fn plain(text: Option<&str>) -> String {
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether it may be folded: nothing stands behind it, no life is at stake by their own word, and no officer has touched it.
fn is_bare(case: &Row) -> bool {
    let is_touched = case.owner.is_some() || case.rank.accepted.is_some() || case.step.is_some() || case.unread > 0;
    case.bare && !is_touched && case.rank.stands() != Rank::Life && case.name.is_none()
}

/// Folds what is alike.
pub fn fold(cases: Vec<Row>) -> Folded {
    let mut groups: HashMap<Alike, Vec<Row>> = HashMap::new();
    let mut more: HashMap<Said, usize> = HashMap::new();
    let mut folded = Folded::default();
    for case in cases {
        match alike(&case).filter(|_| is_bare(&case)) {
            Some(key) => groups.entry(key).or_default().push(case),
            None => {
                if let Some(said) = said(&case).filter(|_| !case.bare) {
                    *more.entry(said).or_default() += 1;
                }
                folded.cases.push(case);
            }
        }
    }
    for (key, bare) in groups {
        if bare.len() < FLOOD {
            folded.cases.extend(bare);
        } else {
            folded.floods.extend(line(&bare, more.get(&key.said).copied().unwrap_or_default()));
        }
    }
    folded.floods.sort_by_key(|flood| (flood.since, flood.number));
    folded
}

fn line(bare: &[Row], with_more: usize) -> Option<Flood> {
    let first = bare.iter().min_by_key(|case| case.number)?;
    Some(Flood {
        number: first.number,
        alike: bare.len(),
        with_more,
        kind: first.kind,
        rank: first.rank.stands(),
        words: first.words.clone(),
        place: first.place.clone(),
        since: bare.iter().map(|case| case.since).min()?,
        newest_at: bare.iter().map(|case| case.said_at).max()?,
        late_at: bare.iter().filter_map(|case| case.late_at).min(),
    })
}

/// The cases that are folded with this one, the oldest first.
pub fn opened(cases: Vec<Row>, number: u32) -> Vec<Row> {
    // by that one it was opened, also where somebody has it by now
    let key = cases.iter().find(|case| case.number == number).and_then(alike);
    let Some(key) = key else { return Vec::new() };
    let mut rows: Vec<Row> =
        cases.into_iter().filter(|case| is_bare(case) && alike(case).is_some_and(|one| one == key)).collect();
    rows.sort_by_key(|case| (case.since, case.number));
    rows
}
