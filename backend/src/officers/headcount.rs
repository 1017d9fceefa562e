//! How many are where, as the desk knows it; and what no machine counts, as an officer said it.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use contract::place::CountryCode;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    House,
    fault::Fault,
    list::ListVersion,
    roles::Right,
    session::Asking,
    table::{Cell, Format, Table},
};
use crate::{
    desk::{
        audit::{self, Deed},
        casework::{
            self, CaseworkError,
            counts::{HarmDraft, HarmWord, Known, Point},
            incidents::Incident,
            officers::Badge,
        },
        counting::{Counted, Figures},
        office::Rooms,
    },
    http::json::JsonBody,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    known: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct HeadcountView {
    list: ListVersion,
    /// As of when it was known: now, or the last count before the time that was asked for.
    #[schema(value_type = String, format = DateTime)]
    known_at: Timestamp,
    total: Figures,
    #[serde(flatten)]
    counted: Counted,
    /// Since the last table that was printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<Printed>,
    /// Dead, injured, missing: none of a kind where nobody said anything.
    harms: Vec<HarmWord>,
    /// Since when nothing new of the register is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    front_away_since: Option<Timestamp>,
}

/// The last table that was printed, to say what changed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Printed {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Badge>,
    likely: u64,
    #[schema(value_type = std::collections::HashMap<String, u64>)]
    countries: BTreeMap<CountryCode, u64>,
}

impl From<Known> for Printed {
    fn from(known: Known) -> Self {
        let countries = known.counted.countries.iter().map(|(code, figures)| (*code, figures.likely)).collect();
        Self { at: known.at, by: known.printed_by, likely: known.counted.total().likely, countries }
    }
}

/// People in every place, now or as it was known then.
#[utoipa::path(get, path = "/v1/headcount", operation_id = "headcount", tag = "headcount", security(("session" = [])),
    params(("known" = Option<String>, Query, description = "RFC 3339: as it was known then; now where nothing is said")),
    responses((status = 200, description = "The count; not_found where nothing was counted by then", body = HeadcountView)))]
pub async fn headcount(
    State(house): State<House>,
    asking: Asking,
    query: Result<Query<Question>, QueryRejection>,
) -> Result<Json<HeadcountView>, Fault> {
    asking.must(Right::Headcount)?;
    let asked = asked(&house, query).await?;
    Ok(Json(view(&house, asked).await?))
}

/// A count as it is now.
#[derive(Clone)]
struct Now {
    at: Timestamp,
    counted: Arc<Counted>,
}

impl Now {
    async fn of(house: &House) -> Result<Self, Fault> {
        let counted = house.office().counted().await?;
        Ok(Self { at: house.office().now(), counted })
    }
}

/// Which count is asked for.
#[derive(Clone)]
enum Asked {
    Now(Now),
    Then(Timestamp),
}

async fn asked(house: &House, query: Result<Query<Question>, QueryRejection>) -> Result<Asked, Fault> {
    let question = query.map_err(|rejection| Fault::field("", rejection.body_text()))?.0;
    match question.known.map(|text| text.parse()) {
        None => Ok(Asked::Now(Now::of(house).await?)),
        Some(Ok(then)) => Ok(Asked::Then(then)),
        Some(Err(_)) => Err(Fault::field("/known", "must be a time, RFC 3339")),
    }
}

async fn view(house: &House, asked: Asked) -> Result<HeadcountView, Fault> {
    let office = house.office();
    let now = office.now();
    let away = office.heard().away_since;
    let seen = office.work(move |rooms| {
        let reading = rooms.casework.reading();
        let (known_at, said_until, counted) = match asked {
            Asked::Now(Now { at, counted }) => (at, at, Arc::unwrap_or_clone(counted)),
            Asked::Then(then) => {
                let known = reading.known(then)?.ok_or(CaseworkError::NotFound)?;
                (known.at, then, known.counted)
            }
        };
        Ok(HeadcountView {
            list: ListVersion { number: rooms.casework.list()?, at: now },
            known_at,
            total: counted.total(),
            counted,
            printed: reading.printed(known_at)?.map(Printed::from),
            // what an officer said after the last count was known then too
            harms: reading.harms(said_until)?,
            front_away_since: away,
        })
    });
    Ok(seen.await?)
}

/// How far back the course goes while no incident is open.
const CALM: SignedDuration = SignedDuration::from_hours(24 * 7);
/// And before one that is: what changed is seen beside how it was.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);

#[derive(Serialize, utoipa::ToSchema)]
pub struct CourseView {
    /// The oldest first.
    points: Vec<Point>,
}

/// How the total went since a day before the incident began, or for a week where none is open.
#[utoipa::path(get, path = "/v1/headcount/course", operation_id = "headcount_course", tag = "headcount",
    security(("session" = [])), responses((status = 200, description = "As it was known then", body = CourseView)))]
pub async fn course(State(house): State<House>, asking: Asking) -> Result<Json<CourseView>, Fault> {
    asking.must(Right::Headcount)?;
    let now = house.office().now();
    let points = house.office().work(move |rooms| {
        let reading = rooms.casework.reading();
        let open = reading.incidents()?.into_iter().find(Incident::is_open);
        let from = match open.as_ref().and_then(|incident| incident.lines.first()) {
            Some(began) => began.at.saturating_sub(BEFORE)?,
            None => now.saturating_sub(CALM)?,
        };
        reading.course(from, now)
    });
    Ok(Json(CourseView { points: points.await? }))
}

/// Keeps the count as it is now as a table that was printed, with a line of the audit file.
#[utoipa::path(post, path = "/v1/headcount/prints", operation_id = "print_headcount", tag = "headcount",
    security(("session" = [])), responses((status = 204, description = "Kept: what changes from now on is said against it")))]
pub async fn print(State(house): State<House>, asking: Asking) -> Result<axum::http::StatusCode, Fault> {
    asking.must(Right::Headcount)?;
    keep(&house, Now::of(&house).await?, asking.officer, "headcount_printed").await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

async fn keep(house: &House, Now { at, counted }: Now, officer: Badge, deed: &'static str) -> Result<(), Fault> {
    let kept = house.office().work(move |rooms| {
        let Rooms { casework, folder, .. } = rooms;
        casework.write(|change| {
            change.keep_count(&counted, Some(officer.id), at)?;
            Ok(audit::leave(&folder.audit(), &[Deed::new(at, &officer.name, deed)])?)
        })
    });
    Ok(kept.await?)
}

/// The count as a table for a spreadsheet. It says who took it, and leaves a line in the audit file.
#[utoipa::path(get, path = "/v1/headcount/table", operation_id = "headcount_table", tag = "headcount",
    security(("session" = [])),
    params(("known" = Option<String>, Query, description = "RFC 3339: as it was known then; now where nothing is said")),
    responses((status = 200, description = "A line for each country: CSV in UTF-8, or a workbook where `Accept` names one",
        content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn table(
    State(house): State<House>,
    asking: Asking,
    format: Format,
    query: Result<Query<Question>, QueryRejection>,
) -> Result<Response, Fault> {
    asking.must(Right::Headcount)?;
    let asked = asked(&house, query).await?;
    let view = view(&house, asked.clone()).await?;
    match asked {
        // the very figures that are taken along
        Asked::Now(now) => keep(&house, now, asking.officer.clone(), "headcount_exported").await?,
        Asked::Then(_) => {
            let (name, now) = (asking.officer.name.clone(), house.office().now());
            house.office().work(move |rooms| rooms.audit(&[Deed::new(now, &name, "headcount_exported")])).await?;
        }
    }
    table_of(&view, &asking.officer.name)?.as_file(format)
}

fn table_of(view: &HeadcountView, officer: &str) -> Result<Table, CaseworkError> {
    let mut table = Table::default();
    let ListVersion { number, at } = view.list;
    table.line(["list".into(), number.to_string(), "taken_at".into(), at.to_string(), "by".into(), officer.to_owned()]);
    table.line(["known_at".into(), view.known_at.to_string()]);
    if let Some(away) = view.front_away_since {
        table.line(["front_away_since".into(), away.to_string()]);
    }
    for harm in &view.harms {
        let figure = |count: Option<u32>| count.map_or(Cell::from(""), |count| Cell::Number(count.into()));
        let (confirmed, checking) = (figure(harm.confirmed), figure(harm.checking));
        table.line([
            casework::word(&harm.kind)?.into(),
            "confirmed".into(),
            confirmed,
            "checking".into(),
            checking,
            harm.source.clone().into(),
        ]);
    }
    let heads =
        ["country", "low", "likely", "high", "safe", "need_help", "stranded", "silent", "presumed", "unconfirmed"];
    table.line(heads.map(str::to_owned));
    let places = view.counted.countries.iter().map(|(code, figures)| (code.to_string(), figures));
    for (place, figures) in places.chain([("total".to_owned(), &view.total)]) {
        let Figures { low, likely, high, safe, need_help, stranded, silent, presumed, unconfirmed, .. } = figures;
        let cells = [low, likely, high, safe, need_help, stranded, silent, presumed, unconfirmed];
        table.line([Cell::from(place)].into_iter().chain(cells.map(|figure| Cell::Number(*figure))));
    }
    Ok(table)
}

/// How many are dead, injured or missing: as an officer who decides says it, and by whose word.
#[utoipa::path(post, path = "/v1/headcount/harms", operation_id = "say_harm", tag = "headcount", security(("session" = [])),
    request_body = HarmDraft, responses((status = 204, description = "Said")))]
pub async fn say_harm(
    State(house): State<House>,
    asking: Asking,
    JsonBody(said): JsonBody<HarmDraft>,
) -> Result<axum::http::StatusCode, Fault> {
    asking.must(Right::Decide)?;
    let now = house.office().now();
    let done = house.office().work(move |rooms| {
        let Rooms { casework, folder, .. } = rooms;
        casework.change(|change| {
            change.say_harm(&said, &asking.officer, now)?;
            Ok(audit::leave(&folder.audit(), &[Deed::new(now, &asking.officer.name, "harm_said")])?)
        })
    });
    done.await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
