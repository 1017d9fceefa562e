//! In which browsers an officer is told of a life while nobody looks at the console, and what is carried to them.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};

use super::{
    House,
    fault::{Code, Fault},
    session::Asking,
};
use crate::{
    desk::{
        audit::{self, Deed},
        casework::{
            CaseworkError, Change,
            pushes::{LIFE, PushDone, PushDue},
        },
        office::Carried,
    },
    http::{json::JsonBody, params::Segment},
    push::subscription::Given,
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Browsers {
    /// By which a browser knows the desk's pushes (VAPID): P-256, uncompressed, base64url.
    key: String,
    /// SHA-256 of the endpoint of each in which this officer is told, base64url.
    browsers: Vec<String>,
}

/// In which browsers an officer is told: their own alone.
#[utoipa::path(get, path = "/v1/officers/{id}/push", operation_id = "push_browsers", tag = "rota",
    security(("session" = [])), params(("id" = i64, Path)),
    responses((status = 200, description = "Their browsers, and the desk's key", body = Browsers)))]
pub async fn browsers(
    State(house): State<House>,
    asking: Asking,
    Segment(id): Segment,
) -> Result<Json<Browsers>, Fault> {
    let officer = own(&asking, &id)?;
    let browsers = house.office().work(move |rooms| rooms.casework.reading().push_browsers(officer)).await?;
    Ok(Json(Browsers { key: house.inner.push_key.public(), browsers }))
}

/// An officer is told in this browser: their own alone. Of five the oldest gives way.
#[utoipa::path(put, path = "/v1/officers/{id}/push", operation_id = "set_push", tag = "rota",
    security(("session" = [])), params(("id" = i64, Path)), request_body = Given,
    responses((status = 204, description = "It is told")))]
pub async fn set(
    State(house): State<House>,
    asking: Asking,
    Segment(id): Segment,
    JsonBody(given): JsonBody<Given>,
) -> Result<StatusCode, Fault> {
    let officer = own(&asking, &id)?;
    change(&house, asking, "push_set", move |change| change.set_push(officer, &given)).await
}

/// An officer is told in this browser no more.
#[utoipa::path(delete, path = "/v1/officers/{id}/push/{browser}", operation_id = "drop_push", tag = "rota",
    security(("session" = [])), params(("id" = i64, Path), ("browser" = String, Path, description = "SHA-256 of its endpoint")),
    responses((status = 204, description = "It is told no more")))]
pub async fn give_up(
    State(house): State<House>,
    asking: Asking,
    Path((id, browser)): Path<(String, String)>,
) -> Result<StatusCode, Fault> {
    let officer = own(&asking, &id)?;
    change(&house, asking, "push_dropped", move |change| change.drop_push(officer, &browser)).await
}

/// Nobody says where another is told.
fn own(asking: &Asking, id: &str) -> Result<i64, Fault> {
    let officer: i64 = id.parse().map_err(|_| Fault::not_found())?;
    if officer == asking.officer.id {
        Ok(officer)
    } else {
        Err(Fault::new(Code::Forbidden, "each says it of their own browsers"))
    }
}

async fn change(
    house: &House,
    asking: Asking,
    deed: &'static str,
    work: impl FnOnce(&mut Change<'_>) -> Result<(), CaseworkError> + Send + 'static,
) -> Result<StatusCode, Fault> {
    let now = house.office().now();
    let changed = house.office().work(move |rooms| {
        let path = rooms.folder.audit();
        rooms.casework.change(|change| {
            work(change)?;
            Ok(audit::leave(&path, &[Deed::new(now, &asking.officer.name, deed)])?)
        })
    });
    changed.await?;
    Ok(StatusCode::NO_CONTENT)
}

pub const DUE_PATH: &str = "/v1/pushes";

#[derive(Deserialize, utoipa::ToSchema)]
pub struct PushesDone {
    /// What became of those that were handed out before.
    done: Vec<PushDone>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PushesDue {
    pushes: Vec<PushDue>,
}

/// What wakes officers, closed to their browsers, for whoever carries it to their push services.
#[utoipa::path(post, path = "/v1/pushes", operation_id = "hand_out_pushes", tag = "rota", security(("push" = [])),
    request_body = PushesDone, responses((status = 200, description = "What is to be carried now", body = PushesDue)))]
pub async fn hand_out(
    State(house): State<House>,
    JsonBody(PushesDone { done }): JsonBody<PushesDone>,
) -> Result<Json<PushesDue>, Fault> {
    let now = house.office().now();
    house.office().asked_for(Carried::Pushes, now);
    let due = house.office().work(move |rooms| {
        if done.is_empty() && !rooms.casework.reading().pushes_wait(now)? {
            return Ok(Vec::new());
        }
        let path = rooms.folder.audit();
        rooms.casework.change(|change| {
            let deeds = change.note_pushes(&done, now)?;
            let due = change.hand_out_pushes(now)?;
            audit::leave(&path, &deeds)?;
            Ok(due)
        })
    });
    let (contact, key) = (house.origin().text(), &house.inner.push_key);
    let mut pushes = Vec::new();
    for (id, to) in due.await? {
        let push = LIFE.seal(&to, key, contact, now).map_err(|error| Fault::internal(&error))?;
        pushes.push(PushDue { id, push });
    }
    Ok(Json(PushesDue { pushes }))
}
