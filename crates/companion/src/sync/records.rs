//! What is sent of each kind, and where to.

use contract::{
    hash::Hash,
    http::Code,
    ids::{KeyId, TripId},
    record::{self, Accepted, Kind, Receipts, Record},
    seal::{self, Context, Sealed},
};
use rand::rngs::StdRng;
use serde::Serialize;

use crate::{
    front_client::{FrontError, WithEpoch},
    paper::OwnersTrip,
    session::Session,
    standing,
    store::{Identity, Item, Leaving, StoreError},
    trips::{self, PlannedTrip, Sealing, TripDraft},
};

#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a key that it needs is not here yet")]
    NoKey,
    #[error("it was erased meanwhile")]
    Erased,
    #[error("the record cannot be sent as it is")]
    Unsendable(Code),
}

const UNSENDABLE: SendError = SendError::Unsendable(Code::FieldInvalid);

type Sent = Result<WithEpoch<Accepted>, SendError>;

/// Sends one item, or a list of receipts.
pub async fn send(session: &Session, items: &[Item]) -> Sent {
    let identity = session.identity()?;
    let Some(item) = items.first() else { return Err(UNSENDABLE) };
    match item.kind {
        Kind::Device => device(session, &identity, item).await,
        Kind::Call => call(session, &identity, item).await,
        Kind::CheckIn => check_in(session, &identity, item).await,
        Kind::Message => message(session, &identity, item).await,
        Kind::Trip => trip(session, &identity, item).await,
        Kind::Receipts => receipts(session, &identity, items).await,
    }
}

/// Puts one record, noted among what leaves this device.
async fn put<R: Record>(session: &Session, item: &Item, token: Option<&str>, record: &R) -> Sent {
    note(session, &[(item, Some(json(record)?))])?;
    Ok(session.front.put(&item.id, token, record).await?)
}

/// Notes what is about to leave. Where that cannot be kept it goes all the same: it may be a call for help.
fn note(session: &Session, leaving: &[Leaving]) -> Result<(), SendError> {
    match session.store.note_leaving(leaving, session.front.host(), session.now(), session.sent_since()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(SendError::Erased),
        Err(error) => {
            tracing::error!(%error, "what leaves this device cannot be noted");
            Ok(())
        }
    }
}

fn json(record: &impl Serialize) -> Result<String, SendError> {
    Ok(serde_json::to_string(record).map_err(StoreError::from)?)
}

async fn device(session: &Session, identity: &Identity, item: &Item) -> Sent {
    let device = record::Device {
        version: item.version,
        token_hash: Hash::of(identity.token.as_bytes()),
        public_key: identity.public_key.clone(),
    };
    put(session, item, None, &device).await
}

async fn call(session: &Session, identity: &Identity, item: &Item) -> Sent {
    let id = item.id.parse().map_err(|_| UNSENDABLE)?;
    let call = session.store.call(id)?.ok_or(UNSENDABLE)?;
    let record = record::Call {
        version: item.version,
        number: call.number.parse().ok(),
        outcome: call.outcome,
        country: call.country,
        at: call.at,
    };
    put(session, item, Some(&identity.token), &record).await
}

async fn check_in(session: &Session, identity: &Identity, item: &Item) -> Sent {
    let id = item.id.parse().map_err(|_| UNSENDABLE)?;
    let check_in = session.store.check_in(id)?.ok_or(UNSENDABLE)?;
    if session.store.is_taken_back(id)? {
        note(session, &[(item, None)])?;
        return Ok(session.front.delete(Kind::CheckIn, &item.id, item.version, &identity.token, None).await?);
    }
    let record = |sealed| record::CheckIn {
        version: item.version,
        people: check_in.people.clone(),
        trip: check_in.trip,
        country: check_in.country,
        airport: check_in.airport,
        at: check_in.at,
        sealed,
    };
    let details = session.store.check_in_details(id)?;
    if details.is_none() && !session.store.are_details_away(id)? {
        return put(session, item, Some(&identity.token), &record(None)).await;
    }
    let sealed = sealed_once(
        session,
        item,
        |record: &record::CheckIn| record.sealed.as_ref(),
        |(key, public)| {
            let details = details.as_ref().ok_or(SendError::NoKey)?;
            let context = Context { device: identity.id, id: &item.id, version: item.version };
            let seal = |rng: &mut StdRng| seal::seal(details, context, key, &public, rng);
            Ok(record(Some(session.with_rng(seal).map_err(|_| UNSENDABLE)?)))
        },
    );
    match sealed {
        // a word waits for no key: what is sealed with it goes with the next version
        Err(SendError::NoKey) if item.received_version == 0 => {
            let sent = put(session, item, Some(&identity.token), &record(None)).await?;
            session.store.raise_over(item.kind, &item.id, item.version)?;
            Ok(sent)
        }
        sealed => put(session, item, Some(&identity.token), &sealed?).await,
    }
}

async fn trip(session: &Session, identity: &Identity, item: &Item) -> Sent {
    let id = item.id.parse().map_err(|_| UNSENDABLE)?;
    // where it was changed since the outbox was read, the next look takes it under its newer version too
    let (version, (_, draft)) = (item.version, session.store.trip(id)?.ok_or(UNSENDABLE)?);
    let paper = session.store.paper_token(id)?;
    let Some(draft) = draft else {
        note(session, &[(item, None)])?;
        return Ok(session.front.delete(Kind::Trip, &item.id, version, &identity.token, paper.as_deref()).await?);
    };
    let on_paper = session.kept_paper()?;
    let is_on_this_paper =
        |record: &record::Trip| on_paper.as_ref().map_or(record.paper.is_none(), |paper| paper.is_of(record));
    // before the bulletin is held: facts are made from it
    let standing = session.with_facts(|facts| standing::on_paper(facts, id))?;
    let record = sealed_once(
        session,
        item,
        |record: &record::Trip| Some(&record.sealed).filter(|_| is_on_this_paper(record)),
        |consular| {
            let planned = planned(session, id, draft)?;
            let private = session.sealed_part(id, &planned.draft)?;
            let sealing = Sealing { device: identity.id, id, version, consular, private };
            let record = session.with_rng(|rng| trips::seal_trip(&planned, sealing, rng)).map_err(|_| UNSENDABLE)?;
            let Some(paper) = &on_paper else { return Ok(record) };
            let owned = OwnersTrip { standing, ..session.owned(id, planned.draft)? };
            session.with_rng(|rng| paper.on(record, (identity.id, id), &owned, rng)).map_err(|_| UNSENDABLE)
        },
    )?;
    note(session, &[(item, Some(json(&record)?))])?;
    Ok(session.front.put_by(&item.id, Some(&identity.token), paper.as_deref(), &record).await?)
}

/// A trip as it is told: one without an end ends where another begins.
fn planned(session: &Session, id: TripId, draft: TripDraft) -> Result<PlannedTrip, SendError> {
    let planned = trips::schedule_kept(draft).map_err(|_| UNSENDABLE)?;
    let mut trips = trips::schedule_all(session.store.trips()?);
    trips.retain(|(other, _)| *other != id);
    trips.push((id, planned));
    trips::in_one_place(&mut trips, session.now());
    trips.pop().map(|(_, planned)| planned).ok_or(UNSENDABLE)
}

async fn message(session: &Session, identity: &Identity, item: &Item) -> Sent {
    let id = item.id.parse().map_err(|_| UNSENDABLE)?;
    let lacking = || if session.store.is_message_away(id)? { Err(SendError::NoKey) } else { Err(UNSENDABLE) };
    let message = session.store.message(id)?.map_or_else(lacking, Ok)?;
    let record = sealed_once(
        session,
        item,
        |record: &record::Message| Some(&record.sealed),
        |(key, public)| {
            let context = Context { device: identity.id, id: &item.id, version: item.version };
            let seal = |rng: &mut StdRng| seal::seal(&message.private, context, key, &public, rng);
            let sealed = session.with_rng(seal).map_err(|_| UNSENDABLE)?;
            Ok(record::Message { version: item.version, at: message.at, sealed })
        },
    )?;
    put(session, item, Some(&identity.token), &record).await
}

/// What was made of this version for the wire before, while the key that it is sealed to is in use: a repeat is the same
/// request. Else what `make` makes of it.
fn sealed_once<R: Record>(
    session: &Session,
    item: &Item,
    sealed: impl Fn(&R) -> Option<&Sealed>,
    make: impl FnOnce((&KeyId, [u8; 32])) -> Result<R, SendError>,
) -> Result<R, SendError> {
    let bulletin = session.bulletin();
    let keys = bulletin.keys().map_err(|_| SendError::NoKey)?;
    let consular = keys.consular().ok_or(SendError::NoKey)?;
    let prepared = session.store.prepared(item.kind, &item.id, item.version)?;
    let prepared = prepared.and_then(|text| serde_json::from_str::<R>(&text).ok());
    if let Some(record) = prepared.filter(|record| sealed(record).is_some_and(|sealed| sealed.key_id == *consular.0)) {
        return Ok(record);
    }
    let record = make(consular)?;
    session.store.keep_prepared(item.kind, &item.id, item.version, &json(&record)?)?;
    Ok(record)
}

async fn receipts(session: &Session, identity: &Identity, items: &[Item]) -> Sent {
    let mut list = Vec::new();
    let mut leaving = Vec::new();
    for item in items {
        let receipt = session.store.receipt(&item.id)?.ok_or(UNSENDABLE)?;
        leaving.push((item, Some(json(&receipt)?)));
        list.push(receipt);
    }
    note(session, &leaving)?;
    Ok(session.front.put("", Some(&identity.token), &Receipts(list)).await?)
}
