//! Thousands of cries alike are one line of the board: of new devices behind which nothing stands, from one network, in the
//! same words. Nothing is dropped, and whoever has a trip, a call or an answered message stands above.

use std::collections::HashMap;

use contract::{
    place::{AirportCode, CountryCode},
    record::CaseKind,
};
use jiff::Timestamp;
use serde::Serialize;

use super::cases::{CasePlace, Row};

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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<CasePlace>,
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub newest_at: Timestamp,
}

/// Open cases, those of a flood apart.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    pub cases: Vec<Row>,
    pub floods: Vec<Flood>,
}

/// What is the same in cries alike.
#[derive(PartialEq, Eq, Hash)]
struct Alike {
    network: String,
    kind: CaseKind,
    country: Option<CountryCode>,
    airport: Option<AirportCode>,
    words: String,
}

fn alike(case: &Row) -> Option<Alike> {
    let place = case.place.as_ref();
    let words = case.words.as_deref().unwrap_or_default();
    Some(Alike {
        network: case.network.clone()?,
        kind: case.kind,
        country: place.map(|place| place.country),
        airport: place.and_then(|place| place.airport),
        words: words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
    })
}

/// Whether it may be folded: nothing stands behind it, and no officer has touched it.
fn is_bare(case: &Row) -> bool {
    case.bare && case.owner.is_none() && case.rank.accepted.is_none()
}

/// Folds what is alike.
pub fn fold(cases: Vec<Row>) -> Folded {
    let mut groups: HashMap<Alike, (Vec<Row>, usize)> = HashMap::new();
    let mut folded = Folded::default();
    for case in cases {
        match (alike(&case), is_bare(&case)) {
            (Some(key), true) => groups.entry(key).or_default().0.push(case),
            (Some(key), false) => {
                groups.entry(key).or_default().1 += 1;
                folded.cases.push(case);
            }
            (None, _) => folded.cases.push(case),
        }
    }
    for (bare, with_more) in groups.into_values() {
        if bare.len() < FLOOD {
            folded.cases.extend(bare);
        } else {
            folded.floods.extend(line(&bare, with_more));
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
        words: first.words.clone(),
        place: first.place.clone(),
        since: bare.iter().map(|case| case.since).min()?,
        newest_at: bare.iter().map(|case| case.said_at).max()?,
    })
}

/// The cases that are folded with this one, the oldest first.
pub fn opened(cases: Vec<Row>, number: u32) -> Vec<Row> {
    let key = cases.iter().find(|case| case.number == number).filter(|case| is_bare(case)).and_then(alike);
    let Some(key) = key else { return Vec::new() };
    let mut rows: Vec<Row> =
        cases.into_iter().filter(|case| is_bare(case) && alike(case).is_some_and(|one| one == key)).collect();
    rows.sort_by_key(|case| (case.since, case.number));
    rows
}
