//! SMS come in, from a process that has no keys: it brings them by a credential of its own, and is told nothing but what
//! became of each.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};

use super::{House, fault::Fault};
use crate::{
    desk::{
        audit::Deed,
        casework::sms::{ReceivedSms, SmsOutcome},
        office::Rooms,
    },
    http::json::JsonBody,
};

pub const PATH: &str = "/v1/sms";
/// How many come at once at most.
const AT_ONCE: usize = 50;

#[derive(Deserialize, utoipa::ToSchema)]
pub struct BroughtSms {
    /// 1 to 50.
    messages: Vec<ReceivedSms>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SmsOutcomes {
    /// One for each, in their order.
    outcomes: Vec<OneOutcome>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct OneOutcome {
    outcome: SmsOutcome,
    /// To be sent to the number that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

/// Takes words that came by SMS, each once; a cry is a case when this is answered.
#[utoipa::path(post, path = "/v1/sms", operation_id = "take_sms", tag = "sms", security(("sms" = [])),
    request_body = BroughtSms, responses((status = 200, description = "What became of each", body = SmsOutcomes)))]
pub async fn take(
    State(house): State<House>,
    JsonBody(BroughtSms { messages }): JsonBody<BroughtSms>,
) -> Result<Json<SmsOutcomes>, Fault> {
    if messages.is_empty() || messages.len() > AT_ONCE {
        return Err(Fault::field("/messages", "1 to 50 messages"));
    }
    let now = house.office().now();
    let outcomes = house.office().work(move |rooms| {
        let (keys, gateways) = (rooms.consular()?, rooms.gateways()?);
        let answers = rooms.folder.settings()?.answers_sms;
        let Rooms { casework, mirror, folder, .. } = rooms;
        casework.change(|change| {
            let (mut outcomes, mut deeds) = (Vec::new(), Vec::new());
            for received in &messages {
                let taken = change.take_sms(received, &gateways, mirror, now)?;
                deeds.extend(taken.word.map(|(device, id)| Deed::of_sms(now, device, id)));
                outcomes.push(OneOutcome { outcome: taken.outcome, answer: taken.answer.filter(|_| answers) });
            }
            change.fold_sms(deeds, mirror, &keys, &folder.audit(), now)?;
            Ok(outcomes)
        })
    });
    Ok(Json(SmsOutcomes { outcomes: outcomes.await? }))
}
