//! Who is woken when, by which number, and what became of it.

use axum::{Json, extract::State, http::StatusCode};
use contract::words::Lang;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{House, fault::Fault, roles::Right, session::Asking};
use crate::{
    desk::{
        audit::{self, Deed},
        casework::{
            CaseworkError, Reading,
            officers::Badge,
            pushes::PushSet,
            waking::{Duty, NewDuty, Place, Wake, WakeDone, WakeSms},
        },
        office::{Carried, Office, Rooms},
    },
    http::{json::JsonBody, params::Segment},
};

/// Who is woken now, and how.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Night {
    /// Whose turn it is, the first one first; where it is nobody's, Gold is woken.
    on_duty: Vec<OnDuty>,
    /// Who was to be woken within the last hour, the newest first.
    wakes: Vec<Wake>,
    #[serde(flatten)]
    goes: Goes,
}

/// What would be sent now.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Goes {
    /// `ministry sms` asked within the last minute what is to be sent.
    sms_goes: bool,
    /// The same of `ministry push`.
    push_goes: bool,
}

impl Goes {
    pub fn of(office: &Office, now: Timestamp) -> Self {
        let [sms_goes, push_goes] = [Carried::Sms, Carried::Pushes].map(|what| office.is_carried(what, now));
        Self { sms_goes, push_goes }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct OnDuty {
    officer: Badge,
    place: Place,
    /// Without a number no SMS wakes them.
    has_number: bool,
    #[serde(flatten)]
    push: PushSet,
}

impl Night {
    /// # Errors
    /// It cannot be read.
    pub fn read(reading: Reading<'_>, goes: Goes, now: Timestamp) -> Result<Self, CaseworkError> {
        let mut on_duty = Vec::new();
        for Duty { officer, place, .. } in reading.rota(now)?.into_iter().filter(|duty| duty.from <= now) {
            let (has_number, push) = (reading.has_number(officer.id)?, reading.push_set(officer.id)?);
            on_duty.push(OnDuty { officer, place, has_number, push });
        }
        on_duty.sort_by_key(|one| one.place);
        Ok(Self { on_duty, wakes: reading.wakes(now)?, goes })
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Rota {
    /// The turns from now on, the first one first.
    duties: Vec<Duty>,
}

/// Who is woken when.
#[utoipa::path(get, path = "/v1/rota", operation_id = "rota", tag = "rota", security(("session" = [])),
    responses((status = 200, description = "The rota", body = Rota)))]
pub async fn rota(State(house): State<House>, asking: Asking) -> Result<Json<Rota>, Fault> {
    asking.must(Right::SeeBoard)?;
    let now = house.office().now();
    let duties = house.office().work(move |rooms| rooms.casework.reading().rota(now)).await?;
    Ok(Json(Rota { duties }))
}

/// Enters a turn.
#[utoipa::path(post, path = "/v1/rota", operation_id = "add_duty", tag = "rota", security(("session" = [])),
    request_body = NewDuty, responses((status = 204, description = "It stands")))]
pub async fn add(
    State(house): State<House>,
    asking: Asking,
    JsonBody(new): JsonBody<NewDuty>,
) -> Result<StatusCode, Fault> {
    asking.must(Right::Officers)?;
    let now = house.office().now();
    house
        .office()
        .work(move |rooms| {
            let path = rooms.folder.audit();
            rooms.casework.change(|change| {
                let whose = change.add_duty(new, now)?;
                Ok(audit::leave(&path, &[Deed::new(now, &asking.officer.name, "duty_added").to(&whose.name)])?)
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a turn off the rota.
#[utoipa::path(delete, path = "/v1/rota/{id}", operation_id = "drop_duty", tag = "rota", security(("session" = [])),
    params(("id" = i64, Path)), responses((status = 204, description = "It is gone")))]
pub async fn give_up(State(house): State<House>, asking: Asking, Segment(id): Segment) -> Result<StatusCode, Fault> {
    asking.must(Right::Officers)?;
    let (id, now) = (id.parse().map_err(|_| Fault::not_found())?, house.office().now());
    house
        .office()
        .work(move |rooms| {
            let path = rooms.folder.audit();
            rooms.casework.change(|change| {
                let whose = change.drop_duty(id, now)?;
                Ok(audit::leave(&path, &[Deed::new(now, &asking.officer.name, "duty_dropped").to(&whose.name)])?)
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Number {
    /// E.164; empty for none.
    number: String,
}

/// By which number an officer is woken: their own, or anybody's for who makes officers. It is never read back.
#[utoipa::path(put, path = "/v1/officers/{id}/number", operation_id = "set_number", tag = "rota",
    security(("session" = [])), params(("id" = i64, Path)), request_body = Number,
    responses((status = 204, description = "It is kept")))]
pub async fn set_number(
    State(house): State<House>,
    asking: Asking,
    Segment(id): Segment,
    JsonBody(Number { number }): JsonBody<Number>,
) -> Result<StatusCode, Fault> {
    let (id, now): (i64, _) = (id.parse().map_err(|_| Fault::not_found())?, house.office().now());
    if id != asking.officer.id {
        asking.must(Right::Officers)?;
    }
    house
        .office()
        .work(move |rooms| {
            let whose = rooms.casework.reading().officer_at_work(id)?;
            let Rooms { casework, folder, .. } = rooms;
            casework.change(|change| {
                change.set_number(id, &number)?;
                let deed = Deed::new(now, &asking.officer.name, "number_set").to(&whose.name);
                Ok(audit::leave(&folder.audit(), &[deed])?)
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub const WAKES_PATH: &str = "/v1/sms/wakes";

#[derive(Deserialize, utoipa::ToSchema)]
pub struct WakesDone {
    /// What became of those that were handed out before.
    done: Vec<WakeDone>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct WakesDue {
    wakes: Vec<WakeSms>,
}

/// What wakes officers, for whoever brings SMS to the operator.
#[utoipa::path(post, path = "/v1/sms/wakes", operation_id = "hand_out_wakes", tag = "sms", security(("sms" = [])),
    request_body = WakesDone, responses((status = 200, description = "What is to be sent now", body = WakesDue)))]
pub async fn hand_out(
    State(house): State<House>,
    JsonBody(WakesDone { done }): JsonBody<WakesDone>,
) -> Result<Json<WakesDue>, Fault> {
    let now = house.office().now();
    house.office().asked_for(Carried::Sms, now);
    let due = house.office().work(move |rooms| {
        if done.is_empty() && !rooms.casework.reading().wakes_wait()? {
            return Ok(Vec::new());
        }
        let languages = rooms.folder.settings()?.languages;
        let lang = languages.iter().find_map(|tag| Lang::from_tag(tag.as_str())).unwrap_or(Lang::En);
        rooms.casework.change(|change| {
            change.note_wakes(&done)?;
            change.hand_out_wakes(lang, now)
        })
    });
    Ok(Json(WakesDue { wakes: due.await? }))
}
