//! One message to all who match, and the same answer to many cases.

use axum::{Json, extract::State};
use contract::{entry::advisory::Announced, words::Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    House,
    cases::{ActedOnMany, CaseVersion, RefusedCase, at_most},
    fault::Fault,
    roles::Right,
    session::Asking,
};
use crate::{
    desk::{
        audit::{self, Deed},
        casework::{
            CaseworkError,
            letters::LetterDraft,
            mailings::{ALONE, Mailing, NewMailing, Texts},
        },
        office::Rooms,
        receivers::{Match, Receivers},
    },
    http::{json::JsonBody, params::Segment},
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Preview {
    /// How many phones.
    receivers: usize,
    /// How many of them read which language.
    kk: usize,
    ru: usize,
    en: usize,
    /// Who are written to silently and under a neutral title, whatever is chosen.
    quiet: usize,
    /// Who match, and asked that nobody writes to them.
    left_out: usize,
    /// A second officer has to agree.
    second: bool,
}

impl Preview {
    fn of(found: &Receivers, sent_alone: usize) -> Self {
        let of = |lang: Lang| found.list.iter().filter(|one| one.lang == lang).count();
        Self {
            receivers: found.list.len(),
            kk: of(Lang::Kk),
            ru: of(Lang::Ru),
            en: of(Lang::En),
            quiet: found.list.iter().filter(|one| one.quiet).count(),
            left_out: found.left_out,
            second: found.list.len() + sent_alone > ALONE,
        }
    }
}

fn found(rooms: &mut Rooms, to: &Match, now: Timestamp) -> Result<Receivers, CaseworkError> {
    if *to == Match::default() {
        return Err(CaseworkError::Field { pointer: "/to", reason: "say to whom" });
    }
    rooms.receivers(to, now)
}

/// Whom a message would be for.
#[utoipa::path(post, path = "/v1/messages/receivers", operation_id = "receivers", tag = "messages",
    security(("session" = [])), request_body = Match,
    responses((status = 200, description = "How many, by language", body = Preview)))]
pub async fn receivers(
    State(house): State<House>,
    asking: Asking,
    JsonBody(to): JsonBody<Match>,
) -> Result<Json<Preview>, Fault> {
    asking.must(Right::Answer)?;
    let now = house.office().now();
    let preview = house.office().work(move |rooms| {
        rooms.audit(&[Deed::new(now, &asking.officer.name, "receivers_counted")])?;
        let found = found(rooms, &to, now)?;
        Ok(Preview::of(&found, rooms.casework.reading().sent_alone(asking.officer.id, now)?))
    });
    Ok(Json(preview.await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct MailingDraft {
    /// Made by the console: what is sent twice under one is one message.
    id: String,
    to: Match,
    texts: Texts,
    #[schema(value_type = String)]
    announced: Announced,
    /// How many the officer saw that it is for.
    receivers: usize,
}

/// Writes one message to all who match; to more than 50 a second officer agrees first.
#[utoipa::path(post, path = "/v1/messages", operation_id = "write_to_many", tag = "messages",
    security(("session" = [])), request_body = MailingDraft,
    responses((status = 200, description = "What became of it", body = Mailing)))]
pub async fn write(
    State(house): State<House>,
    asking: Asking,
    JsonBody(draft): JsonBody<MailingDraft>,
) -> Result<Json<Mailing>, Fault> {
    asking.must(Right::Answer)?;
    let now = house.office().now();
    let written = house.office().work(move |rooms| {
        if let Some(sent) = rooms.casework.reading().mailing_of_draft(&draft.id)? {
            let is_same = sent.officer.id == asking.officer.id
                && (&sent.to, &sent.texts, sent.announced) == (&draft.to, &draft.texts, draft.announced);
            return if is_same { Ok(sent) } else { Err(CaseworkError::Changed) };
        }
        let found = found(rooms, &draft.to, now)?;
        if found.list.len() != draft.receivers {
            return Err(CaseworkError::Changed);
        }
        let pen = rooms.pen()?;
        let path = rooms.folder.audit();
        rooms.casework.change(|change| {
            let MailingDraft { id, to, texts, announced, .. } = &draft;
            let new = NewMailing { draft: id, to, texts, announced: *announced, receivers: &found.list };
            let id = change.write_mailing(&new, &asking.officer, now)?;
            audit::leave(&path, &[Deed::new(now, &asking.officer.name, "wrote_to_many")])?;
            change.seal_mailings(&pen, now)?;
            change.reading().mailing(id)
        })
    });
    Ok(Json(written.await?))
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Mailings {
    mailings: Vec<Mailing>,
}

/// What was written to many.
#[utoipa::path(get, path = "/v1/messages", operation_id = "mailings", tag = "messages", security(("session" = [])),
    responses((status = 200, description = "The newest first", body = Mailings)))]
pub async fn all(State(house): State<House>, asking: Asking) -> Result<Json<Mailings>, Fault> {
    asking.must(Right::Answer)?;
    let mailings = house.office().work(|rooms| rooms.casework.reading().mailings()).await?;
    Ok(Json(Mailings { mailings }))
}

/// The second officer agrees: then it goes.
#[utoipa::path(post, path = "/v1/messages/{id}/send", operation_id = "agree_to_mailing", tag = "messages",
    security(("session" = [])), params(("id" = i64, Path)),
    responses((status = 200, description = "It goes", body = Mailing)))]
pub async fn agree(State(house): State<House>, asking: Asking, Segment(id): Segment) -> Result<Json<Mailing>, Fault> {
    asking.must(Right::Answer)?;
    let (id, now) = (id.parse().map_err(|_| Fault::not_found())?, house.office().now());
    let sent = house.office().work(move |rooms| {
        let pen = rooms.pen()?;
        let path = rooms.folder.audit();
        rooms.casework.change(|change| {
            let first = change.reading().mailing(id)?.officer.name;
            change.agree_to_mailing(id, &asking.officer, now)?;
            audit::leave(&path, &[Deed::new(now, &asking.officer.name, "agreed_to_message").to(&first)])?;
            change.seal_mailings(&pen, now)?;
            change.reading().mailing(id)
        })
    });
    Ok(Json(sent.await?))
}

/// It does not go, after all.
#[utoipa::path(post, path = "/v1/messages/{id}/drop", operation_id = "drop_mailing", tag = "messages",
    security(("session" = [])), params(("id" = i64, Path)),
    responses((status = 200, description = "It does not go", body = Mailing)))]
pub async fn give_up(State(house): State<House>, asking: Asking, Segment(id): Segment) -> Result<Json<Mailing>, Fault> {
    asking.must(Right::Answer)?;
    let (id, now) = (id.parse().map_err(|_| Fault::not_found())?, house.office().now());
    let dropped = house.office().work(move |rooms| {
        let path = rooms.folder.audit();
        rooms.casework.change(|change| {
            change.drop_mailing(id, &asking.officer)?;
            audit::leave(&path, &[Deed::new(now, &asking.officer.name, "dropped_message")])?;
            change.reading().mailing(id)
        })
    });
    Ok(Json(dropped.await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct AnswerToMany {
    cases: Vec<CaseVersion>,
    texts: Texts,
    #[schema(value_type = String)]
    announced: Announced,
}

/// The same answer to many cases, to each in their language; one that cannot be written to leaves the others alone.
#[utoipa::path(post, path = "/v1/answers", operation_id = "answer_many", tag = "messages", security(("session" = [])),
    request_body = AnswerToMany, responses((status = 200, description = "What became of each", body = ActedOnMany)))]
pub async fn answer_many(
    State(house): State<House>,
    asking: Asking,
    JsonBody(AnswerToMany { cases, texts, announced }): JsonBody<AnswerToMany>,
) -> Result<Json<ActedOnMany>, Fault> {
    asking.must(Right::Answer)?;
    at_most(&cases)?;
    let now = house.office().now();
    let answered = house.office().work(move |rooms| {
        texts.check()?;
        let pen = rooms.pen()?;
        let path = rooms.folder.audit();
        let (mut acted, mut are_read) = (ActedOnMany::default(), false);
        for CaseVersion { number, version } in cases {
            let done = language_of(rooms, number, &mut are_read, now).and_then(|lang| {
                rooms.casework.change(|change| {
                    change.may_be_written_to(number)?;
                    let (text, language) = (texts.of(lang).to_owned(), lang.into());
                    let (asks, neutral, promise) = (Vec::new(), false, None);
                    let draft = LetterDraft { text, language, asks, announced, neutral, promise };
                    change.answer(number, version, &draft, &asking.officer, &pen, now)?;
                    audit::leave(&path, &[Deed::new(now, &asking.officer.name, "wrote").of_case(number)])?;
                    change.reading().whole_case(number)
                })
            });
            match done {
                Ok(row) => acted.done.push(row),
                Err(error) => acted.refused.push(RefusedCase { number, code: Fault::from(error).code }),
            }
        }
        Ok(acted)
    });
    Ok(Json(answered.await?))
}

/// In which language the person of a case is written to: as they spoke, else as they registered. Whoever registered is read
/// once for many cases.
fn language_of(rooms: &mut Rooms, number: u32, are_read: &mut bool, now: Timestamp) -> Result<Lang, CaseworkError> {
    let reading = rooms.casework.reading();
    let (device, facts) = (reading.case(number)?.device, reading.facts(number)?);
    let language = match facts.and_then(|facts| facts.language) {
        Some(spoken) => spoken,
        None => {
            if !*are_read {
                rooms.know_people(now)?;
                *are_read = true;
            }
            rooms.people.language_of(device)
        }
    };
    Ok(Lang::from_tag(language.as_str()).unwrap_or(Lang::Kk))
}
