//! Cases one by one: the page, what is done about them, words both ways.

use axum::{
    Json,
    extract::{Query, State},
};
use contract::record::CaseKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    House,
    fault::{Code, Fault},
    page::{CasePage, parts},
    roles::Right,
    session::Asking,
};
use crate::{
    desk::{
        audit::{self, Deed},
        casework::{
            CaseworkError,
            acts::{Act, Outcome},
            cases::Row,
            letters::{LetterDraft, Message},
            officers::Badge,
            page::{EventWord, What},
        },
        office::Rooms,
        opening::open,
    },
    http::{json::JsonBody, params::Segment},
};

/// How many cases one act is done to at most: as many as somebody has read.
const AT_ONCE: usize = 50;

pub(super) fn numbered(text: &str) -> Result<u32, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

/// A case with all that is known: an opening, with a line of the audit file.
#[utoipa::path(get, path = "/v1/cases/{number}", operation_id = "case", tag = "cases", security(("session" = [])),
    params(("number" = u32, Path)), responses((status = 200, description = "The case", body = CasePage)))]
pub async fn case(
    State(house): State<House>,
    asking: Asking,
    Segment(number): Segment,
) -> Result<Json<CasePage>, Fault> {
    asking.must(Right::OpenCase)?;
    let number = numbered(&number)?;
    let (office, now) = (house.office().clone(), house.office().now());
    let officer = asking.officer.clone();
    let page = house.office().work(move |rooms| {
        let reading = rooms.casework.reading();
        let row = reading.case(number)?;
        let parts = parts(reading, &rooms.mirror, &row)?;
        let names = parts.iter().map(|part| format!("{} {}", part.id, part.version)).collect();
        if office.opens_anew(officer.id, number, names) {
            let ids = parts.iter().map(|part| part.id.clone()).collect();
            let deed = Deed { opened: ids, device: Some(row.device), ..Deed::new(now, &officer.name, "opened") };
            // on the disk before anything is shown
            rooms.audit(&[deed.of_case(number)])?;
        }
        tell_that_it_was_read(rooms, number, &officer, now)?;
        let keys = rooms.consular()?;
        let opened: Vec<_> = parts.into_iter().map(|part| open(part, &keys)).collect();
        let reading = rooms.casework.reading();
        CasePage::of(reading, &rooms.mirror, reading.case(number)?, &opened)
    });
    let page = page.await?;
    house.office().has_open(number, &asking.officer);
    Ok(Json(page))
}

/// The first time that an officer opens a case, its person is told.
fn tell_that_it_was_read(rooms: &mut Rooms, number: u32, officer: &Badge, now: Timestamp) -> Result<(), CaseworkError> {
    let reading = rooms.casework.reading();
    let is_open = reading.case(number)?.closed_at.is_none();
    if rooms.casework.is_standby() || !is_open || reading.was_read(number)? {
        return Ok(());
    }
    let pen = rooms.pen()?;
    rooms.casework.change(|change| {
        change.tell(number, now, What::Read, Some(officer.id), &EventWord::default())?;
        change.tell_person(number, &pen, now)
    })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct ActOnCase {
    /// As the officer read it.
    version: u32,
    #[serde(flatten)]
    act: Act,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Acted {
    row: Row,
}

/// Does something about a case.
#[utoipa::path(post, path = "/v1/cases/{number}/acts", operation_id = "act", tag = "cases", security(("session" = [])),
    params(("number" = u32, Path)), request_body = ActOnCase,
    responses((status = 200, description = "The case as it is now", body = Acted)))]
pub async fn act(
    State(house): State<House>,
    asking: Asking,
    Segment(number): Segment,
    JsonBody(ActOnCase { version, act }): JsonBody<ActOnCase>,
) -> Result<Json<Acted>, Fault> {
    let number = numbered(&number)?;
    asking.must(act.right())?;
    let now = house.office().now();
    let row = house.office().work(move |rooms| done(rooms, (number, version), &act, &asking.officer, now)).await?;
    Ok(Json(Acted { row }))
}

fn done(
    rooms: &mut Rooms,
    (number, version): (u32, u32),
    act: &Act,
    officer: &Badge,
    now: Timestamp,
) -> Result<Row, CaseworkError> {
    let pen = if is_for_the_person(act) { Some(rooms.pen()?) } else { None };
    let Rooms { casework, folder, .. } = rooms;
    casework.change(|change| {
        let row = change.act(number, version, act, officer, now)?;
        if let Some(pen) = &pen {
            change.tell_person(number, pen, now)?;
        }
        audit::leave(&folder.audit(), &[Deed::new(now, &officer.name, act.deed()).of_case(number)])?;
        Ok(row)
    })
}

/// What changes the case as its person sees it.
fn is_for_the_person(act: &Act) -> bool {
    match act {
        Act::Promise { .. } | Act::Kept { .. } | Act::Rank { .. } | Act::Close { .. } | Act::Reopen { .. } => true,
        Act::Take { .. }
        | Act::Release {}
        | Act::HandOver { .. }
        | Act::Accept {}
        | Act::Step { .. }
        | Act::StepDone { .. }
        | Act::Kind { .. }
        | Act::Note { .. }
        | Act::ConfirmMove {} => false,
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct ActOnMany {
    cases: Vec<CaseVersion>,
    #[serde(flatten)]
    act: Act,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct CaseVersion {
    number: u32,
    version: u32,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ActedOnMany {
    done: Vec<Row>,
    refused: Vec<RefusedCase>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusedCase {
    number: u32,
    code: Code,
}

/// Does one safe thing to many cases; what does not fit one leaves the others alone.
#[utoipa::path(post, path = "/v1/acts", operation_id = "act_on_many", tag = "cases", security(("session" = [])),
    request_body = ActOnMany, responses((status = 200, description = "What became of each", body = ActedOnMany)))]
pub async fn act_on_many(
    State(house): State<House>,
    asking: Asking,
    JsonBody(ActOnMany { cases, act }): JsonBody<ActOnMany>,
) -> Result<Json<ActedOnMany>, Fault> {
    asking.must(act.right())?;
    if !act.is_safe_for_many() {
        return Err(Fault::field("/act", "this is done to one case at a time"));
    }
    if cases.is_empty() || cases.len() > AT_ONCE {
        return Err(Fault::field("/cases", "1 to 50 cases"));
    }
    let now = house.office().now();
    let acted = house.office().work(move |rooms| {
        let mut acted = ActedOnMany { done: Vec::new(), refused: Vec::new() };
        for CaseVersion { number, version } in cases {
            match done(rooms, (number, version), &act, &asking.officer, now) {
                Ok(row) => acted.done.push(row),
                Err(error) => acted.refused.push(RefusedCase { number, code: Fault::from(error).code }),
            }
        }
        Ok(acted)
    });
    Ok(Json(acted.await?))
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Messages {
    messages: Vec<Message>,
}

/// Words both ways, the oldest first.
#[utoipa::path(get, path = "/v1/cases/{number}/messages", operation_id = "messages", tag = "cases",
    security(("session" = [])), params(("number" = u32, Path)),
    responses((status = 200, description = "The messages", body = Messages)))]
pub async fn messages(
    State(house): State<House>,
    asking: Asking,
    Segment(number): Segment,
) -> Result<Json<Messages>, Fault> {
    asking.must(Right::OpenCase)?;
    let (number, now) = (numbered(&number)?, house.office().now());
    let read = house.office().work(move |rooms| {
        let reading = rooms.casework.reading();
        let (row, messages) = (reading.case(number)?, reading.messages(number)?);
        let deed = Deed { device: Some(row.device), ..Deed::new(now, &asking.officer.name, "messages_read") };
        rooms.audit(&[deed.of_case(number)])?;
        Ok(messages)
    });
    Ok(Json(Messages { messages: read.await? }))
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Answer {
    version: u32,
    #[serde(flatten)]
    letter: LetterDraft,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Answered {
    row: Row,
    message: Message,
}

/// Seals a letter to the case's device. It waits at the desk until the front has it.
#[utoipa::path(post, path = "/v1/cases/{number}/messages", operation_id = "write", tag = "cases",
    security(("session" = [])), params(("number" = u32, Path)), request_body = Answer,
    responses((status = 200, description = "The letter", body = Answered)))]
pub async fn write(
    State(house): State<House>,
    asking: Asking,
    Segment(number): Segment,
    JsonBody(Answer { version, letter }): JsonBody<Answer>,
) -> Result<Json<Answered>, Fault> {
    asking.must(Right::Answer)?;
    let (number, now) = (numbered(&number)?, house.office().now());
    let written = house.office().work(move |rooms| {
        let pen = rooms.pen()?;
        let officer = &asking.officer;
        let Rooms { casework, folder, .. } = rooms;
        casework.change(|change| {
            let id = change.answer(number, version, &letter, officer, &pen, now)?;
            audit::leave(&folder.audit(), &[Deed::new(now, &officer.name, "wrote").of_case(number)])?;
            let reading = change.reading();
            let message = reading.messages(number)?.into_iter().find(|message| message.id == id);
            Ok(Answered { row: reading.case(number)?, message: message.ok_or(CaseworkError::NotFound)? })
        })
    });
    Ok(Json(written.await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    closed: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ClosedCases {
    cases: Vec<ClosedCase>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ClosedCase {
    number: u32,
    #[schema(value_type = String)]
    kind: CaseKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    closed_at: Timestamp,
    outcome: Outcome,
}

/// Those that were closed last.
#[utoipa::path(get, path = "/v1/cases", operation_id = "closed_cases", tag = "cases", security(("session" = [])),
    params(("closed" = String, Query, description = "true: the open ones are on the board")),
    responses((status = 200, description = "The newest first", body = ClosedCases)))]
pub async fn closed(
    State(house): State<House>,
    asking: Asking,
    query: Result<Query<Which>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<ClosedCases>, Fault> {
    asking.must(Right::SeeBoard)?;
    let asked = query.map_err(|rejection| Fault::field("", rejection.body_text()))?.0;
    if asked.closed.as_deref() != Some("true") {
        return Err(Fault::field("/closed", "true: the open ones are on the board"));
    }
    let cases = house.office().work(|rooms| {
        let reading = rooms.casework.reading();
        let mut cases = Vec::new();
        for row in reading.closed_cases()? {
            let (Some(closed_at), Some(outcome)) = (row.closed_at, row.outcome) else { continue };
            cases.push(ClosedCase { number: row.number, kind: row.kind, name: row.name, closed_at, outcome });
        }
        Ok(cases)
    });
    Ok(Json(ClosedCases { cases: cases.await? }))
}
