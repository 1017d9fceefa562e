//! Calls: what is taken down while somebody talks, the case of it, and whether the person is known.

use axum::{Json, extract::State, http::StatusCode};
use contract::{ids::TripId, record::Trip};
use serde::{Deserialize, Serialize};

use super::{
    House,
    cases::{Acted, numbered},
    fault::{Code, Fault},
    roles::Right,
    session::Asking,
};
use crate::{
    desk::{
        alike::Description,
        audit::{self, Deed},
        casework::{
            CaseworkError,
            intake::{Draft, Intake, Saved},
            look_ups::Asked,
        },
        mirror::Held,
        office::Rooms,
        people::Who,
    },
    http::{json::JsonBody, params::Segment},
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Drafts {
    drafts: Vec<Draft>,
}

/// What this officer is taking down: a page that is loaded anew goes on with it.
#[utoipa::path(get, path = "/v1/drafts", operation_id = "drafts", tag = "intake", security(("session" = [])),
    responses((status = 200, description = "Those that are no case yet", body = Drafts)))]
pub async fn drafts(State(house): State<House>, asking: Asking) -> Result<Json<Drafts>, Fault> {
    asking.must(Right::OwnCase)?;
    let now = house.office().now();
    let read = house.office().work(move |rooms| rooms.casework.reading().drafts_of(asking.officer.id, now));
    Ok(Json(Drafts { drafts: read.await? }))
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct KeptDraft {
    intake: Intake,
    /// How often this console has written it: what comes late overwrites nothing.
    #[serde(default)]
    counter: Option<u32>,
}

/// Keeps what was taken down so far. Who sees no list takes down one call at a time.
#[utoipa::path(put, path = "/v1/drafts/{id}", operation_id = "keep_draft", tag = "intake", security(("session" = [])),
    params(("id" = String, Path, description = "Made by the console")), request_body = KeptDraft,
    responses((status = 204, description = "It is kept")))]
pub async fn keep(
    State(house): State<House>,
    asking: Asking,
    Segment(id): Segment,
    JsonBody(KeptDraft { intake, counter }): JsonBody<KeptDraft>,
) -> Result<StatusCode, Fault> {
    asking.must(Right::OwnCase)?;
    let now = house.office().now();
    let one_at_a_time = !asking.officer.role.may(Right::OpenCase);
    house
        .office()
        .work(move |rooms| {
            let (officer, reading) = (&asking.officer, rooms.casework.reading());
            let own = reading.drafts_of(officer.id, now)?;
            let begins = own.iter().all(|draft| draft.view.id != id);
            if begins && one_at_a_time && !own.is_empty() {
                return Err(CaseworkError::NotPossible("one call at a time: pass on the one before"));
            }
            if !begins {
                return rooms.casework.write(|change| change.keep_draft(&id, &intake, counter, officer, now).map(drop));
            }
            let path = rooms.folder.audit();
            // others see that a call is being taken down
            rooms.casework.change(|change| {
                if change.keep_draft(&id, &intake, counter, officer, now)? {
                    audit::leave(&path, &[Deed::new(now, &officer.name, "draft_begun")])?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Nobody needs what was taken down: a wrong number.
#[utoipa::path(delete, path = "/v1/drafts/{id}", operation_id = "give_up_draft", tag = "intake",
    security(("session" = [])), params(("id" = String, Path)), responses((status = 204, description = "It is gone")))]
pub async fn give_up(State(house): State<House>, asking: Asking, Segment(id): Segment) -> Result<StatusCode, Fault> {
    asking.must(Right::OwnCase)?;
    let now = house.office().now();
    house
        .office()
        .work(move |rooms| {
            let path = rooms.folder.audit();
            rooms.casework.change(|change| {
                change.give_up_draft(&id, &asking.officer, now)?;
                Ok(audit::leave(&path, &[Deed::new(now, &asking.officer.name, "draft_given_up")])?)
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Goes on with a draft that another officer left, or cannot finish.
#[utoipa::path(post, path = "/v1/drafts/{id}/take", operation_id = "take_draft", tag = "intake",
    security(("session" = [])), params(("id" = String, Path)),
    responses((status = 200, description = "What was taken down", body = Draft)))]
pub async fn take(State(house): State<House>, asking: Asking, Segment(id): Segment) -> Result<Json<Draft>, Fault> {
    asking.must(Right::OpenCase)?;
    let now = house.office().now();
    let taken = house.office().work(move |rooms| {
        let path = rooms.folder.audit();
        rooms.casework.change(|change| {
            let from = change.reading().draft(&id, now)?.view.officer.name;
            let draft = change.take_draft(&id, &asking.officer, now)?;
            audit::leave(&path, &[Deed::new(now, &asking.officer.name, "draft_taken").to(&from)])?;
            Ok(draft)
        })
    });
    Ok(Json(taken.await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewCase {
    /// Of the draft: what is saved twice under one id is one case.
    draft: String,
    intake: Intake,
    /// The registered trip of the person, where an officer found them.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    trip: Option<TripId>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TakenDown {
    /// Which the caller is told.
    number: u32,
}

/// Makes a case of what was taken down. It is on the disk of the desk when it answers, whether the front is there or not.
/// Who sees no list has passed it on with that.
#[utoipa::path(post, path = "/v1/cases", operation_id = "take_down", tag = "intake", security(("session" = [])),
    request_body = NewCase, responses((status = 200, description = "The number of the case", body = TakenDown)))]
pub async fn save(
    State(house): State<House>,
    asking: Asking,
    JsonBody(NewCase { draft, intake, trip }): JsonBody<NewCase>,
) -> Result<Json<TakenDown>, Fault> {
    asking.must(Right::OwnCase)?;
    if trip.is_some() {
        asking.must(Right::OpenCase)?;
    }
    let now = house.office().now();
    let saved = house.office().work(move |rooms| {
        let held = held(rooms, trip)?;
        let path = rooms.folder.audit();
        let officer = &asking.officer;
        rooms.casework.change(|change| {
            let saved = Saved { draft: &draft, intake: &intake, trip: held.as_ref() };
            let (number, is_new) = change.take_down(&saved, officer, now)?;
            if is_new {
                let device = held.as_ref().map(|held| held.device);
                let deed = Deed { device, ..Deed::new(now, &officer.name, "took_down") };
                audit::leave(&path, &[deed.of_case(number)])?;
            }
            Ok(TakenDown { number })
        })
    });
    Ok(Json(saved.await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct PersonOfCall {
    version: u32,
    /// A registered trip of theirs; absent where it was somebody else.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    trip: Option<TripId>,
}

/// Says who the person of a call is, or that it was somebody else after all.
#[utoipa::path(post, path = "/v1/cases/{number}/person", operation_id = "tie_call", tag = "intake",
    security(("session" = [])), params(("number" = u32, Path)), request_body = PersonOfCall,
    responses((status = 200, description = "The case as it is now", body = Acted)))]
pub async fn tie(
    State(house): State<House>,
    asking: Asking,
    Segment(number): Segment,
    JsonBody(PersonOfCall { version, trip }): JsonBody<PersonOfCall>,
) -> Result<Json<Acted>, Fault> {
    asking.must(Right::Close)?;
    let number = numbered(&number)?;
    let now = house.office().now();
    let tied = house.office().work(move |rooms| {
        let held = held(rooms, trip)?;
        let device = held.as_ref().map(|held| held.device);
        let deed = if held.is_some() { "tied" } else { "untied" };
        let deed = Deed { device, ..Deed::new(now, &asking.officer.name, deed) };
        let keys = rooms.consular()?;
        let Rooms { casework, mirror, folder, .. } = rooms;
        casework.change(|change| {
            change.tie(number, version, held.as_ref(), &asking.officer, now)?;
            let mut deeds = vec![deed.of_case(number)];
            // a register that is still being read is heard when it was
            if mirror.is_whole()? {
                deeds.extend(change.hear(mirror, &keys, now)?);
            }
            audit::leave(&folder.audit(), &deeds)?;
            change.reading().whole_case(number)
        })
    });
    Ok(Json(Acted { row: tied.await? }))
}

/// The trip that is named, which has to be there, with the phone that it is of: one that took it over is not, until an officer
/// says so.
fn held(rooms: &Rooms, trip: Option<TripId>) -> Result<Option<Held<Trip>>, CaseworkError> {
    let Some(trip) = trip else { return Ok(None) };
    let held = rooms.mirror.trip(trip)?.ok_or(CaseworkError::NotFound)?;
    let device = rooms.casework.reading().phone_of(trip, &rooms.mirror)?.unwrap_or(held.device);
    Ok(Some(Held { device, ..held }))
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct LookedUp {
    /// Two facts agree with somebody who is known here. No datum of theirs is answered.
    probable: bool,
    /// The case that is probably theirs; who leads the shift sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<u32>,
}

/// Whether the person is probably known here: by two facts that agree, each time with a line of the audit file.
#[utoipa::path(post, path = "/v1/look-up", operation_id = "look_up", tag = "intake", security(("session" = [])),
    request_body = Description, responses((status = 200, description = "Whether, and no more", body = LookedUp)))]
pub async fn look_up(
    State(house): State<House>,
    asking: Asking,
    JsonBody(said): JsonBody<Description>,
) -> Result<Json<LookedUp>, Fault> {
    asking.must(Right::OwnCase)?;
    if said.is_nothing() {
        return Err(Fault::new(Code::FieldInvalid, "say a number, a name, a birth date or a document"));
    }
    let now = house.office().now();
    let asked = house.office().work(move |rooms| {
        let officer = &asking.officer;
        rooms.must_be_whole()?;
        let found = rooms.know_people(now)?.find(&said, None);
        let found = found.into_iter().find(|one| one.agreement.is_probable()).map(|one| one.who);
        let (case, opened) = match found {
            Some(Who::Case(number)) => (Some(number), Vec::new()),
            Some(Who::Trip(trip)) => (None, vec![trip.to_string()]),
            None => (None, Vec::new()),
        };
        let path = rooms.folder.audit();
        rooms.casework.write(|change| {
            let asked = change.note_look_up(officer, case, now)?;
            if let Asked::ManyNow | Asked::TooOftenNow = asked {
                // who leads the shift sees it on the board
                change.list_changes()?;
                audit::leave(&path, &[Deed::new(now, audit::DESK, "many_look_ups").to(&officer.name)])?;
            }
            if let Asked::TooOften | Asked::TooOftenNow = asked {
                return Ok(None);
            }
            // what was found is in the line: who cannot write it down answers nothing
            let deed = Deed { case, opened, ..Deed::new(now, &officer.name, "looked_up") };
            audit::leave(&path, &[deed])?;
            Ok(Some(LookedUp { probable: found.is_some(), case }))
        })
    });
    let answer = asked.await?;
    let answer = answer.ok_or_else(|| {
        Fault::new(Code::TooManyRequests, "more than 20 questions in an hour: who leads the shift answers")
    })?;
    Ok(Json(answer))
}
