//! Officers: who works here, made and ended by those who may.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};

use super::{
    House,
    fault::{Code, Fault},
    roles::{Right, Role},
    session::Asking,
};
use crate::{
    desk::{
        audit::{self, Deed},
        casework::officers::{Badge, Officer},
        office::Rooms,
    },
    http::{json::JsonBody, params::Segment},
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Staff {
    officers: Vec<Officer>,
}

/// Who works here, and who did.
#[utoipa::path(get, path = "/v1/officers", operation_id = "officers", tag = "officers", security(("session" = [])),
    responses((status = 200, description = "Those who ended last", body = Staff)))]
pub async fn all(State(house): State<House>, asking: Asking) -> Result<Json<Staff>, Fault> {
    if !asking.officer.role.may(Right::SeeBoard) {
        asking.must(Right::Officers)?;
    }
    let officers = house.office().work(|rooms| rooms.casework.reading().all_officers()).await?;
    Ok(Json(Staff { officers }))
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewOfficer {
    name: String,
    role: Role,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Welcome {
    officer: Badge,
    /// Works once, for a quarter of an hour.
    link: String,
}

/// Makes an officer, and the link by which they enrol.
#[utoipa::path(post, path = "/v1/officers", operation_id = "add_officer", tag = "officers", security(("session" = [])),
    request_body = NewOfficer, responses((status = 200, description = "The officer", body = Welcome)))]
pub async fn add(
    State(house): State<House>,
    asking: Asking,
    JsonBody(NewOfficer { name, role }): JsonBody<NewOfficer>,
) -> Result<Json<Welcome>, Fault> {
    asking.must(Right::Officers)?;
    must_make(&asking, role)?;
    let now = house.office().now();
    let made = house.office().work(move |rooms| {
        let Rooms { casework, folder, .. } = rooms;
        casework.change(|change| {
            let officer = change.add_officer(&name, role, now)?;
            let token = change.add_link(officer.id, Some(asking.officer.id), now)?;
            let deed = Deed::new(now, &asking.officer.name, "officer_added").to(&officer.name);
            audit::leave(&folder.audit(), &[deed])?;
            Ok((officer, token))
        })
    });
    let (officer, token) = made.await?;
    Ok(Json(Welcome { officer, link: house.origin().link(&token) }))
}

/// Another link: a passkey was lost. Used, it makes every passkey and session before void, but for who gave it to themselves.
#[utoipa::path(post, path = "/v1/officers/{id}/link", operation_id = "add_link", tag = "officers",
    security(("session" = [])), params(("id" = i64, Path)),
    responses((status = 200, description = "The officer", body = Welcome)))]
pub async fn link(State(house): State<House>, asking: Asking, Segment(id): Segment) -> Result<Json<Welcome>, Fault> {
    let officer = whom(&house, &asking, &id).await?;
    let now = house.office().now();
    let (id, name) = (officer.id, officer.name.clone());
    let token = house.office().work(move |rooms| {
        let Rooms { casework, folder, .. } = rooms;
        casework.write(|change| {
            let token = change.add_link(id, Some(asking.officer.id), now)?;
            audit::leave(&folder.audit(), &[Deed::new(now, &asking.officer.name, "link_given").to(&name)])?;
            Ok(token)
        })
    });
    Ok(Json(Welcome { officer, link: house.origin().link(&token.await?) }))
}

/// Ends an officer: sessions, passkeys and links at once.
#[utoipa::path(post, path = "/v1/officers/{id}/end", operation_id = "end_officer", tag = "officers",
    security(("session" = [])), params(("id" = i64, Path)), responses((status = 204, description = "They are out")))]
pub async fn end(State(house): State<House>, asking: Asking, Segment(id): Segment) -> Result<StatusCode, Fault> {
    let officer = whom(&house, &asking, &id).await?;
    let now = house.office().now();
    house
        .office()
        .work(move |rooms| {
            let Rooms { casework, folder, .. } = rooms;
            casework.change(|change| {
                change.end_officer(officer.id, now)?;
                let deed = Deed::new(now, &asking.officer.name, "officer_ended").to(&officer.name);
                Ok(audit::leave(&folder.audit(), &[deed])?)
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn whom(house: &House, asking: &Asking, id: &str) -> Result<Badge, Fault> {
    asking.must(Right::Officers)?;
    let id: i64 = id.parse().map_err(|_| Fault::not_found())?;
    let officer = house.office().work(move |rooms| rooms.casework.reading().officer_at_work(id)).await?;
    must_make(asking, officer.role)?;
    Ok(officer)
}

fn must_make(asking: &Asking, role: Role) -> Result<(), Fault> {
    if asking.officer.role.may_make(role) {
        Ok(())
    } else {
        Err(Fault::new(Code::Forbidden, "nobody makes an officer who may more than they do"))
    }
}
