//! The board.

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    House,
    fault::Fault,
    list::{Counts, ListVersion, Lists},
    roles::Right,
    session::Asking,
};
use crate::desk::casework::{cases::Row, intake::DraftView, look_ups::ManyLookUps};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Board {
    list: ListVersion,
    front: FrontView,
    /// Whether each line of the audit file followed the line before, when it was looked at last.
    audit_whole: bool,
    counts: Counts,
    upper: Vec<Row>,
    lower: Vec<Row>,
    /// Who takes a call down now.
    drafts: Vec<DraftView>,
    /// Who looked people up more often in the last hour than is usual: for those who make officers.
    many_look_ups: Vec<ManyLookUps>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    last_closed_at: Option<Timestamp>,
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
    let leads = asking.officer.role.may(Right::Officers);
    let read = house.office().work(move |rooms| {
        let reading = rooms.casework.reading();
        let many_look_ups = if leads { reading.many_look_ups(now)? } else { Vec::new() };
        let beside = (reading.drafts(now)?, many_look_ups);
        Ok((reading.open_cases()?, rooms.casework.list()?, reading.last_closed()?, beside))
    });
    let (mut cases, number, last_closed_at, (drafts, many_look_ups)) = read.await?;
    let mut present = house.office().present();
    for case in &mut cases {
        case.open_by = present.remove(&case.number).unwrap_or_default();
    }
    let Lists { counts, upper, lower } = Lists::of(cases, asking.officer.id, now);
    let heard = house.office().heard();
    let front = FrontView { heard_at: heard.at, away_since: heard.away_since };
    let list = ListVersion { number, at: now };
    let audit_whole = house.office().is_audit_whole();
    Ok(Json(Board { list, front, audit_whole, counts, upper, lower, drafts, many_look_ups, last_closed_at }))
}
