//! Signing in: by a passkey, which an officer makes by a link that works once.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use axum::{
    Extension, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{
    CreationChallengeResponse, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, RequestChallengeResponse,
};

use super::{
    House,
    fault::{Code, Fault},
    roles::{Right, Role},
    session::{Asking, cookie},
    signature::public_key,
};
use crate::{
    desk::{audit::Deed, casework::officers::Badge, office::Rooms},
    http::{json::JsonBody, serve::Client},
};

/// How long a browser may take over a passkey.
const CEREMONY: SignedDuration = SignedDuration::from_mins(5);
/// More are under way only where somebody tries the door.
const UNDERWAY: usize = 1000;

/// What is under way, by its name: a link's token, or one that was given.
#[derive(Default)]
pub struct Ceremonies(Mutex<HashMap<String, (Ceremony, Timestamp)>>);

enum Ceremony {
    Enrolment(Box<PasskeyRegistration>),
    SignIn { officer: i64, passkeys: Vec<(i64, Passkey)>, state: Box<PasskeyAuthentication> },
}

impl Ceremonies {
    fn begin(&self, name: String, ceremony: Ceremony, now: Timestamp) -> Result<(), Fault> {
        let mut underway = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        underway.retain(|_, (_, at)| now.duration_since(*at) < CEREMONY);
        if underway.len() >= UNDERWAY {
            return Err(Fault::new(Code::TooManyRequests, "too many sign in at once"));
        }
        underway.insert(name, (ceremony, now));
        Ok(())
    }

    /// Each is finished once, whether it succeeds or not.
    fn take(&self, name: &str, now: Timestamp) -> Result<Ceremony, Fault> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        let (ceremony, begun) = taken.ok_or_else(Fault::unauthorized)?;
        if now.duration_since(begun) < CEREMONY { Ok(ceremony) } else { Err(Fault::unauthorized()) }
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct LinkToken {
    token: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Enrolling {
    officer: Enrolled,
    /// For `navigator.credentials.create`.
    #[schema(value_type = Object)]
    options: CreationChallengeResponse,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Enrolled {
    name: String,
    role: Role,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Enrolment {
    token: String,
    /// What the browser made, as JSON.
    #[schema(value_type = Object)]
    credential: Value,
    /// The raw P-256 point (65 bytes, base64url) whose private half signs each request.
    key: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Named {
    name: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SigningIn {
    ceremony: String,
    /// For `navigator.credentials.get`.
    #[schema(value_type = Object)]
    options: RequestChallengeResponse,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct SignIn {
    ceremony: String,
    #[schema(value_type = Object)]
    credential: Value,
    key: String,
}

/// A session, as its console knows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionView {
    officer: Badge,
    rights: Vec<Right>,
    /// Which roles this officer gives and ends.
    makes: Vec<Role>,
    /// By the desk's clock, which times of requests go by.
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// This desk only reads.
    standby: bool,
}

fn view(house: &House, officer: Badge, until: Timestamp) -> SessionView {
    let rights = officer.role.rights().to_vec();
    let makes = Role::ALL.into_iter().filter(|role| officer.role.may_make(*role)).collect();
    SessionView { officer, rights, makes, now: house.office().now(), until, standby: house.office().is_standby() }
}

fn take_try(house: &House, address: IpAddr) -> Result<(), Fault> {
    house.inner.tries.take(&address).map_err(|_| Fault::new(Code::TooManyRequests, "too many tries from here"))
}

/// What a link leads to: the officer it is for, and how a browser makes a passkey.
#[utoipa::path(post, path = "/v1/enrolment/options", operation_id = "enrolment_options", tag = "sign in",
    request_body = LinkToken, responses((status = 200, description = "How to make a passkey", body = Enrolling)))]
pub async fn enrolment_options(
    State(house): State<House>,
    Extension(Client(address)): Extension<Client>,
    JsonBody(LinkToken { token }): JsonBody<LinkToken>,
) -> Result<Json<Enrolling>, Fault> {
    take_try(&house, address)?;
    let now = house.office().now();
    let asked = token.clone();
    let found = house.office().work(move |rooms| {
        let officer = rooms.casework.reading().link(&asked, now)?;
        let held = rooms.casework.reading().passkeys(officer.id)?;
        Ok((officer, held, rooms.casework.fork_rng()))
    });
    let (officer, held, mut rng) = found.await.map_err(|_| Fault::unauthorized())?;
    let held = held.into_iter().map(|(_, passkey)| passkey.cred_id().clone()).collect();
    let mut bytes = [0; 16];
    rand::Rng::fill_bytes(&mut rng, &mut bytes);
    let handle = uuid::Builder::from_random_bytes(bytes).into_uuid();
    let begun = house.inner.webauthn.start_passkey_registration(handle, &officer.name, &officer.name, Some(held));
    let (options, state) = begun.map_err(|error| Fault::internal(&error))?;
    house.inner.ceremonies.begin(token, Ceremony::Enrolment(Box::new(state)), now)?;
    Ok(Json(Enrolling { officer: Enrolled { name: officer.name, role: officer.role }, options }))
}

/// Keeps the passkey, uses the link up, and begins a session.
#[utoipa::path(post, path = "/v1/enrolment", operation_id = "enrol", tag = "sign in", request_body = Enrolment,
    responses((status = 200, description = "The session; its cookie is set", body = SessionView)))]
pub async fn enrol(
    State(house): State<House>,
    Extension(Client(address)): Extension<Client>,
    JsonBody(Enrolment { token, credential, key }): JsonBody<Enrolment>,
) -> Result<Response, Fault> {
    take_try(&house, address)?;
    let key = public_key(&key).ok_or_else(|| Fault::field("/key", "65 bytes of a P-256 point, base64url"))?;
    let now = house.office().now();
    let Ceremony::Enrolment(state) = house.inner.ceremonies.take(&token, now)? else {
        return Err(Fault::unauthorized());
    };
    let credential: RegisterPublicKeyCredential = read(credential)?;
    let made = house.inner.webauthn.finish_passkey_registration(&credential, &state);
    let passkey = made.map_err(|error| refused(&error))?;
    let begun = house.office().work(move |rooms| {
        let Rooms { casework, folder, .. } = rooms;
        casework.write(|change| {
            let officer = change.enrol(&token, &passkey, now)?;
            let begun = change.begin_session(officer.id, &key, &address.to_string(), now)?;
            let deed = Deed::new(now, &officer.name, "enrolled");
            crate::desk::audit::leave(&folder.audit(), &[deed])?;
            Ok((officer, begun))
        })
    });
    let (officer, (token, until)) = begun.await?;
    Ok(([cookie(&house, Some(&token))], Json(view(&house, officer, until))).into_response())
}

/// How an officer's passkey is asked for.
#[utoipa::path(post, path = "/v1/sign-in/options", operation_id = "sign_in_options", tag = "sign in",
    request_body = Named, responses((status = 200, description = "How to use a passkey", body = SigningIn)))]
pub async fn sign_in_options(
    State(house): State<House>,
    Extension(Client(address)): Extension<Client>,
    JsonBody(Named { name }): JsonBody<Named>,
) -> Result<Json<SigningIn>, Fault> {
    take_try(&house, address)?;
    let now = house.office().now();
    let found = house.office().work(move |rooms| {
        let officer = rooms.casework.reading().officer_named(name.trim())?;
        Ok((officer.id, rooms.casework.reading().passkeys(officer.id)?, rooms.casework.fork_rng()))
    });
    let (officer, passkeys, mut rng) = found.await.map_err(|_| Fault::unauthorized())?;
    if passkeys.is_empty() {
        return Err(Fault::unauthorized());
    }
    let all: Vec<Passkey> = passkeys.iter().map(|(_, passkey)| passkey.clone()).collect();
    let begun = house.inner.webauthn.start_passkey_authentication(&all);
    let (options, state) = begun.map_err(|error| Fault::internal(&error))?;
    let ceremony = contract::keys::key_text(&crate::files::secret(&mut rng));
    let underway = Ceremony::SignIn { officer, passkeys, state: Box::new(state) };
    house.inner.ceremonies.begin(ceremony.clone(), underway, now)?;
    Ok(Json(SigningIn { ceremony, options }))
}

/// Begins a session.
#[utoipa::path(post, path = "/v1/sign-in", operation_id = "sign_in", tag = "sign in", request_body = SignIn,
    responses((status = 200, description = "The session; its cookie is set", body = SessionView)))]
pub async fn sign_in(
    State(house): State<House>,
    Extension(Client(address)): Extension<Client>,
    JsonBody(SignIn { ceremony, credential, key }): JsonBody<SignIn>,
) -> Result<Response, Fault> {
    take_try(&house, address)?;
    let key = public_key(&key).ok_or_else(|| Fault::field("/key", "65 bytes of a P-256 point, base64url"))?;
    let now = house.office().now();
    let Ceremony::SignIn { officer, passkeys, state } = house.inner.ceremonies.take(&ceremony, now)? else {
        return Err(Fault::unauthorized());
    };
    let credential: PublicKeyCredential = read(credential)?;
    let used = house.inner.webauthn.finish_passkey_authentication(&credential, &state);
    let used = used.map_err(|error| refused(&error))?;
    let begun = house.office().work(move |rooms| {
        let Rooms { casework, folder, .. } = rooms;
        casework.write(|change| {
            // the officer may have ended while the passkey was asked for
            let badge = change.reading().officer_at_work(officer)?;
            for (id, mut passkey) in passkeys {
                if passkey.update_credential(&used) == Some(true) {
                    change.keep_passkey(id, &passkey)?;
                }
            }
            let begun = change.begin_session(officer, &key, &address.to_string(), now)?;
            crate::desk::audit::leave(&folder.audit(), &[Deed::new(now, &badge.name, "signed_in")])?;
            Ok((badge, begun))
        })
    });
    let (officer, (token, until)) = begun.await?;
    Ok(([cookie(&house, Some(&token))], Json(view(&house, officer, until))).into_response())
}

/// Who asks, and what they may do.
#[utoipa::path(get, path = "/v1/session", operation_id = "session", tag = "sign in", security(("session" = [])),
    responses((status = 200, description = "The session", body = SessionView)))]
pub async fn session(State(house): State<House>, asking: Asking) -> Json<SessionView> {
    Json(view(&house, asking.officer, asking.until))
}

/// Ends the session.
#[utoipa::path(delete, path = "/v1/session", operation_id = "sign_out", tag = "sign in", security(("session" = [])),
    responses((status = 204, description = "It is over")))]
pub async fn sign_out(State(house): State<House>, asking: Asking) -> Result<Response, Fault> {
    let now = house.office().now();
    let Asking { officer, token, .. } = asking;
    house
        .office()
        .work(move |rooms| {
            let Rooms { casework, folder, .. } = rooms;
            casework.write(|change| {
                change.end_session(&token)?;
                Ok(crate::desk::audit::leave(&folder.audit(), &[Deed::new(now, &officer.name, "signed_out")])?)
            })
        })
        .await?;
    Ok((StatusCode::NO_CONTENT, [cookie(&house, None)]).into_response())
}

fn read<T: serde::de::DeserializeOwned>(credential: Value) -> Result<T, Fault> {
    serde_json::from_value(credential).map_err(|_| Fault::field("/credential", "not what a browser makes"))
}

fn refused(error: &webauthn_rs::prelude::WebauthnError) -> Fault {
    tracing::warn!(%error, "a passkey was refused");
    Fault::unauthorized()
}
