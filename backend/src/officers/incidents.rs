//! The log of an incident, and its report.

use axum::{Json, extract::State, response::Response};
use serde::Serialize;

use super::{
    House,
    cases::numbered,
    fault::Fault,
    roles::Right,
    session::Asking,
    table::{Format, Table},
};
use crate::{
    desk::{
        audit::{self, Deed},
        casework::{
            self, CaseworkError,
            incidents::{Entry, Incident, LogLine},
        },
        office::Rooms,
    },
    http::{json::JsonBody, params::Segment},
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Incidents {
    incidents: Vec<IncidentView>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct IncidentView {
    #[serde(flatten)]
    incident: Incident,
    /// A closed one is read alone.
    open: bool,
}

impl From<Incident> for IncidentView {
    fn from(incident: Incident) -> Self {
        Self { open: incident.is_open(), incident }
    }
}

/// Every incident with its log, the newest first.
#[utoipa::path(get, path = "/v1/incidents", operation_id = "incidents", tag = "incidents", security(("session" = [])),
    responses((status = 200, description = "The incidents", body = Incidents)))]
pub async fn all(State(house): State<House>, asking: Asking) -> Result<Json<Incidents>, Fault> {
    asking.must(Right::SeeBoard)?;
    let incidents = house.office().work(|rooms| rooms.casework.reading().incidents()).await?;
    Ok(Json(Incidents { incidents: incidents.into_iter().map(IncidentView::from).collect() }))
}

/// Adds a line to the log: it opens an incident, says a decision with its reason, notes, closes, or opens a closed one again.
#[utoipa::path(post, path = "/v1/incidents", operation_id = "enter", tag = "incidents", security(("session" = [])),
    request_body = Entry, responses((status = 200, description = "The incident as it is now", body = IncidentView)))]
pub async fn enter(
    State(house): State<House>,
    asking: Asking,
    JsonBody(entry): JsonBody<Entry>,
) -> Result<Json<IncidentView>, Fault> {
    asking.must(entry.right())?;
    let now = house.office().now();
    let entered = house.office().work(move |rooms| {
        let Rooms { casework, folder, .. } = rooms;
        casework.change(|change| {
            let incident = change.enter(&entry, &asking.officer, now)?;
            audit::leave(&folder.audit(), &[Deed::new(now, &asking.officer.name, entry.deed())])?;
            Ok(incident)
        })
    });
    Ok(Json(entered.await?.into()))
}

/// What was decided and when, and the figures that were printed meanwhile: for whoever reviews it.
#[utoipa::path(get, path = "/v1/incidents/{number}/report", operation_id = "incident_report", tag = "incidents",
    security(("session" = [])), params(("number" = u32, Path)),
    responses((status = 200, description = "A line for each: CSV in UTF-8, or a workbook where `Accept` names one",
        content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn report(
    State(house): State<House>,
    asking: Asking,
    format: Format,
    Segment(number): Segment,
) -> Result<Response, Fault> {
    asking.must(Right::Decide)?;
    let number = numbered(&number)?;
    let (now, officer) = (house.office().now(), asking.officer.name.clone());
    let written = house.office().work(move |rooms| {
        let incident = rooms.casework.reading().incident(number)?;
        rooms.audit(&[Deed::new(now, &asking.officer.name, "report_exported")])?;
        let mut table = Table::default();
        table.line([
            "incident",
            &number.to_string(),
            "name",
            incident.name(),
            "taken_at",
            &now.to_string(),
            "by",
            &officer,
        ]);
        table.line(["at", "officer", "what", "text", "reason"]);
        for line in &incident.lines {
            write(&mut table, line)?;
        }
        let printed = match (incident.opening(), incident.last_at()) {
            (Some((_, from)), Some(until)) => {
                let until = if incident.is_open() { now } else { until };
                rooms.casework.reading().printed_between(from, until)?
            }
            (None, _) | (_, None) => Vec::new(),
        };
        for known in printed {
            let (total, by) = (known.counted.total(), known.printed_by.map(|by| by.name).unwrap_or_default());
            let figures = format!("{} ({}-{})", total.likely, total.low, total.high);
            table.line([&known.at.to_string(), &by, "headcount_printed", &figures, ""]);
        }
        Ok(table)
    });
    written.await?.as_file(format)
}

fn write(table: &mut Table, line: &LogLine) -> Result<(), CaseworkError> {
    let officer = line.officer.as_ref().map(|officer| officer.name.clone()).unwrap_or_default();
    let what = casework::word(&line.what)?;
    table.line([&line.at.to_string(), &officer, &what, &line.text, &line.reason]);
    Ok(())
}
