//! The desk, as whoever brings it SMS knows it.

use serde::{Deserialize, Serialize};

use crate::{
    desk::casework::{
        sms::{ReceivedSms, SmsOutcome},
        waking::{WakeDone, WakeSms},
    },
    desk_client::{AskError, DeskClient},
    officers::{rota::WAKES_PATH, sms::PATH},
};

/// How many are brought at once, and how long each may be: whatever they are made of, the desk takes so much.
const AT_ONCE: usize = 16;
const LONGEST: usize = 400;

/// What became of one SMS.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Brought {
    /// `None` for what the desk refuses for good.
    pub outcome: Option<SmsOutcome>,
    /// To be sent to whom it came from.
    #[serde(default)]
    pub answer: Option<String>,
}

pub struct SmsDesk(pub DeskClient);

impl SmsDesk {
    /// Brings them, and says what became of each.
    ///
    /// # Errors
    /// The desk cannot be reached, or refuses. Those before may have been taken: they can be brought again.
    pub async fn bring(&self, messages: &[ReceivedSms]) -> Result<Vec<Brought>, AskError> {
        let mut outcomes = Vec::new();
        for some in messages.chunks(AT_ONCE) {
            let some: Vec<ReceivedSms> = some.iter().map(shortened).collect();
            match self.bring_some(&some).await {
                Ok(brought) => outcomes.extend(brought),
                Err(error) if error.is_for_good() => {
                    // one that the desk does not take holds up none of the others
                    for one in &some {
                        outcomes.push(self.bring_one(one).await?);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(outcomes)
    }

    async fn bring_one(&self, message: &ReceivedSms) -> Result<Brought, AskError> {
        match self.bring_some(std::slice::from_ref(message)).await {
            Ok(brought) => brought.into_iter().next().ok_or(AskError::NotADesk),
            Err(error) if error.is_for_good() => Ok(Brought { outcome: None, answer: None }),
            Err(error) => Err(error),
        }
    }

    async fn bring_some(&self, messages: &[ReceivedSms]) -> Result<Vec<Brought>, AskError> {
        #[derive(Serialize)]
        struct Messages<'a> {
            messages: &'a [ReceivedSms],
        }
        #[derive(Deserialize)]
        struct Outcomes {
            outcomes: Vec<Brought>,
        }
        let Outcomes { outcomes } = self.0.ask(PATH, &Messages { messages }).await?;
        if outcomes.len() == messages.len() { Ok(outcomes) } else { Err(AskError::NotADesk) }
    }

    /// Says what became of SMS that were handed out before, and asks which are to be sent now.
    ///
    /// # Errors
    /// The desk cannot be reached, or refuses.
    pub async fn wakes(&self, done: &[WakeDone]) -> Result<Vec<WakeSms>, AskError> {
        #[derive(Serialize)]
        struct Done<'a> {
            done: &'a [WakeDone],
        }
        #[derive(Deserialize)]
        struct Due {
            wakes: Vec<WakeSms>,
        }
        let Due { wakes } = self.0.ask(WAKES_PATH, &Done { done }).await?;
        Ok(wakes)
    }
}

/// What is longer is no code, or has it at its beginning.
fn shortened(message: &ReceivedSms) -> ReceivedSms {
    let texts = message.texts.iter().map(|text| text.chars().take(LONGEST).collect()).collect();
    ReceivedSms { texts, from: message.from.chars().take(LONGEST).collect(), ..message.clone() }
}
