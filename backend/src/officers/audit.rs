//! The audit file, for those who read it.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{House, fault::Fault, roles::Right, session::Asking};
use crate::desk::{
    audit::{self, AuditError, Deed},
    casework::CaseworkError,
};

/// How many lines are answered at once.
const MOST: usize = 500;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    before: Option<usize>,
    limit: Option<usize>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditPage {
    lines: Vec<NumberedLine>,
    /// Whether each line follows the line before.
    whole: bool,
    /// The first that does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_at: Option<usize>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct NumberedLine {
    /// From 1.
    line: usize,
    /// As it stands in the file.
    #[schema(value_type = Object)]
    what: Value,
}

/// Lines of the audit file, the newest first. To read it is a line itself.
#[utoipa::path(get, path = "/v1/audit", operation_id = "audit", tag = "audit", security(("session" = [])),
    params(("before" = Option<usize>, Query, description = "Lines before this one"),
        ("limit" = Option<usize>, Query, description = "How many; 100 where nothing is said, 500 at most")),
    responses((status = 200, description = "The lines", body = AuditPage)))]
pub async fn lines(
    State(house): State<House>,
    asking: Asking,
    query: Result<Query<Question>, QueryRejection>,
) -> Result<Json<AuditPage>, Fault> {
    asking.must(Right::Audit)?;
    let Question { before, limit } = query.map_err(|rejection| Fault::field("", rejection.body_text()))?.0;
    let now = house.office().now();
    let page = house.office().work(move |rooms| {
        let path = rooms.folder.audit();
        rooms.audit(&[Deed::new(now, &asking.officer.name, "audit_read")])?;
        let text = audit::read(&path)?;
        let numbered: Vec<(usize, &str)> = (1..).zip(text.lines()).collect();
        let before = numbered.iter().rev().filter(|(line, _)| before.is_none_or(|before| *line < before));
        let some = before.take(limit.unwrap_or(100).min(MOST));
        let lines = some.map(|(line, text)| NumberedLine { line: *line, what: audit::line(text) }).collect();
        let broken_at = match audit::follow(&text) {
            Ok(_) => None,
            Err(AuditError::Broken(line)) => Some(line),
            Err(error) => return Err(CaseworkError::Audit(error)),
        };
        Ok(AuditPage { lines, whole: broken_at.is_none(), broken_at })
    });
    Ok(Json(page.await?))
}
