//! Who may be meant: for those who may open records, as they type. Each answer is a line of the audit file.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};

use super::{House, cases::numbered, fault::Fault, roles::Right, session::Asking};
use crate::{
    desk::{
        alike::{Description, Fact},
        audit::Deed,
        casework::{CaseworkError, cases::Row},
        office::Rooms,
        people::{Found, Who},
    },
    http::{json::JsonBody, params::Segment},
};

/// How many are shown beside a call: as many as are read while somebody talks.
const BESIDE: usize = 3;
/// How many are shown of a search.
const SEARCHED: usize = 12;

#[derive(Serialize, utoipa::ToSchema)]
pub struct Candidates {
    candidates: Vec<Candidate>,
    /// How many more there are.
    more: usize,
}

/// Somebody who may be meant, and why.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Candidate {
    /// Their case, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<Row>,
    /// Their registered trip, where there is no case.
    #[serde(skip_serializing_if = "Option::is_none")]
    trip: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    birth_date: String,
    agree: Vec<Fact>,
    differ: Vec<Fact>,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Sought {
    /// As it is typed: a name, a telephone number, a document, the number of a case.
    #[serde(default)]
    typed: String,
    /// What is said of the person, fact by fact.
    #[serde(default)]
    said: Description,
}

/// Who may be meant.
#[utoipa::path(post, path = "/v1/search", operation_id = "search", tag = "intake", security(("session" = [])),
    request_body = Sought, responses((status = 200, description = "The most likely first", body = Candidates)))]
pub async fn search(
    State(house): State<House>,
    asking: Asking,
    JsonBody(Sought { typed, said }): JsonBody<Sought>,
) -> Result<Json<Candidates>, Fault> {
    asking.must(Right::LookUp)?;
    let now = house.office().now();
    let found = house.office().work(move |rooms| {
        let people = rooms.know_people(now)?;
        let (found, most) = if typed.trim().is_empty() {
            (people.find(&said, None), BESIDE)
        } else {
            (people.search(&typed), SEARCHED)
        };
        shown(rooms, found, most, Deed::new(now, &asking.officer.name, "searched"))
    });
    Ok(Json(found.await?))
}

/// Who else may be the person of a case.
#[utoipa::path(get, path = "/v1/cases/{number}/alike", operation_id = "alike", tag = "cases", security(("session" = [])),
    params(("number" = u32, Path)),
    responses((status = 200, description = "The most likely first", body = Candidates)))]
pub async fn alike(
    State(house): State<House>,
    asking: Asking,
    Segment(number): Segment,
) -> Result<Json<Candidates>, Fault> {
    asking.must(Right::LookUp)?;
    let number = numbered(&number)?;
    let now = house.office().now();
    let found = house.office().work(move |rooms| {
        let row = rooms.casework.reading().case(number)?;
        let said = rooms.casework.reading().description(number)?;
        let mut found = rooms.know_people(now)?.find(&said, Some(number));
        // what is of the same phone is no double
        found.retain(|one| one.device != row.device);
        shown(rooms, found, BESIDE, Deed::new(now, &asking.officer.name, "searched").of_case(number))
    });
    Ok(Json(found.await?))
}

/// What is shown of those who were found, once the line is written.
fn shown(rooms: &Rooms, mut found: Vec<Found>, most: usize, deed: Deed) -> Result<Candidates, CaseworkError> {
    let more = found.len().saturating_sub(most);
    found.truncate(most);
    let name = |one: &Found| match one.who {
        Who::Case(number) => format!("case {number}"),
        Who::Trip(trip) => format!("trip {trip}"),
    };
    rooms.audit(&[Deed { opened: found.iter().map(name).collect(), ..deed }])?;
    let reading = rooms.casework.reading();
    let candidates = found.into_iter().map(|one| {
        let (case, trip) = match one.who {
            Who::Case(number) => (Some(reading.whole_case(number)?), None),
            Who::Trip(trip) => (None, Some(trip.to_string())),
        };
        Ok(Candidate {
            case,
            trip,
            name: one.person.name,
            birth_date: one.person.birth_date,
            agree: one.agreement.agree.into_iter().collect(),
            differ: one.agreement.differ.into_iter().collect(),
        })
    });
    Ok(Candidates { candidates: candidates.collect::<Result<_, CaseworkError>>()?, more })
}
