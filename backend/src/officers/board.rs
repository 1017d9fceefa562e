//! The board.

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    House,
    cases::numbered,
    fault::Fault,
    list::{Counts, ListVersion, Lists},
    roles::Right,
    rota::{Goes, Night},
    session::Asking,
};
use crate::{
    desk::casework::{
        cases::Row,
        floods::{self, Flood, Folded},
        incidents::Incident,
        intake::DraftView,
        look_ups::ManyLookUps,
    },
    http::params::Segment,
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Board {
    list: ListVersion,
    front: FrontView,
    /// Whether each line of the audit file followed the line before, when it was looked at last.
    audit_whole: bool,
    counts: Counts,
    /// What goes on, and who leads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
    upper: Vec<Row>,
    lower: Vec<Row>,
    /// Who takes a call down now.
    drafts: Vec<DraftView>,
    /// Who is woken for a life that nobody takes.
    night: Night,
    /// Who looked people up more often in the last hour than is usual: for those who make officers.
    many_look_ups: Vec<ManyLookUps>,
    /// Cries alike, a line each: in neither list, and nothing of them is dropped.
    floods: Vec<Flood>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    last_closed_at: Option<Timestamp>,
}

/// The incident that is open.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Event {
    name: String,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// Who opened it.
    gold: String,
}

impl Event {
    fn of(incident: &Incident) -> Option<Self> {
        let (gold, since) = incident.opening()?;
        Some(Self { name: incident.name().to_owned(), since, gold: gold.name.clone() })
    }
}

/// When the front was heard.
#[derive(Serialize, utoipa::ToSchema)]
pub struct FrontView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    heard_at: Option<Timestamp>,
    /// Absent while it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    away_since: Option<Timestamp>,
}

/// Every open case, those that nobody has first.
#[utoipa::path(get, path = "/v1/board", operation_id = "board", tag = "cases", security(("session" = [])),
    responses((status = 200, description = "The board", body = Board)))]
pub async fn board(State(house): State<House>, asking: Asking) -> Result<Json<Board>, Fault> {
    asking.must(Right::SeeBoard)?;
    let now = house.office().now();
    let goes = Goes::of(house.office(), now);
    let leads = asking.officer.role.may(Right::Officers);
    let read = house.office().work(move |rooms| {
        let standing = rooms.standing()?;
        let reading = rooms.casework.reading();
        let many_look_ups = if leads { reading.many_look_ups(now)? } else { Vec::new() };
        let beside = (reading.drafts(now)?, many_look_ups, Night::read(reading, goes, now)?);
        Ok((standing, rooms.casework.list()?, reading.last_closed()?, beside))
    });
    let (standing, number, last_closed_at, (drafts, many_look_ups, night)) = read.await?;
    let event = standing.incident.as_ref().and_then(Event::of);
    let Folded { mut cases, floods } = standing.cases.clone();
    let mut present = house.office().present();
    for case in &mut cases {
        case.open_by = present.remove(&case.number).unwrap_or_default();
    }
    let Lists { counts, upper, lower } = Lists::of(cases, &floods, asking.officer.id, now);
    let heard = house.office().heard();
    let front = FrontView { heard_at: heard.at, away_since: heard.away_since };
    let list = ListVersion { number, at: now };
    let audit_whole = house.office().is_audit_whole();
    Ok(Json(Board {
        list,
        front,
        audit_whole,
        counts,
        event,
        upper,
        lower,
        drafts,
        night,
        many_look_ups,
        floods,
        last_closed_at,
    }))
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct FloodCases {
    cases: Vec<Row>,
}

/// The cases of a folded line, the oldest first.
#[utoipa::path(get, path = "/v1/board/floods/{number}", operation_id = "flood", tag = "cases", security(("session" = [])),
    params(("number" = u32, Path, description = "Of any of its cases")),
    responses((status = 200, description = "Its cases; none where it is no flood any more", body = FloodCases)))]
pub async fn flood(
    State(house): State<House>,
    asking: Asking,
    Segment(number): Segment,
) -> Result<Json<FloodCases>, Fault> {
    asking.must(Right::SeeBoard)?;
    let number = numbered(&number)?;
    let cases = house.office().work(|rooms| rooms.casework.reading().open_cases()).await?;
    Ok(Json(FloodCases { cases: floods::opened(cases, number) }))
}
