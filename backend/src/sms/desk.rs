//! The desk, as whoever brings it SMS knows it.

use reqwest::{Client, StatusCode};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    desk::{
        casework::{
            sms::{ReceivedSms, SmsOutcome},
            waking::{WakeDone, WakeSms},
        },
        front_client::is_this_machine,
    },
    officers::{rota::WAKES_PATH, sms::PATH},
};

/// How many are brought at once, and how long each may be: whatever they are made of, the desk takes so much.
const AT_ONCE: usize = 16;
const LONGEST: usize = 400;

#[derive(Debug, thiserror::Error)]
pub enum BringError {
    #[error("the desk cannot be reached: nothing more was brought, and what is brought twice is taken once")]
    Unreachable(#[source] reqwest::Error),
    #[error("the desk does not know this credential")]
    Unknown,
    #[error("the desk answered {0}")]
    Status(StatusCode),
    #[error("what answered is not a desk")]
    NotADesk,
    #[error("{0} is not the address of a desk")]
    Address(Url),
    #[error("a credential goes over https, or to this very machine: not to {0}")]
    Plain(Url),
}

impl BringError {
    /// Whether the same is refused each time.
    fn is_for_good(&self) -> bool {
        let Self::Status(status) = self else { return false };
        matches!(*status, StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY)
    }
}

/// What became of one SMS.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Brought {
    /// `None` for what the desk refuses for good.
    pub outcome: Option<SmsOutcome>,
    /// To be sent to whom it came from.
    #[serde(default)]
    pub answer: Option<String>,
}

pub struct SmsDesk {
    http: Client,
    address: Url,
    wakes: Url,
    credential: Zeroizing<String>,
}

impl SmsDesk {
    /// # Errors
    /// [`BringError::Plain`] where others could listen to the credential.
    pub fn new(http: Client, base: &Url, credential: Zeroizing<String>) -> Result<Self, BringError> {
        if base.scheme() != "https" && !is_this_machine(base) {
            return Err(BringError::Plain(base.clone()));
        }
        let at = |path| base.join(path).map_err(|_| BringError::Address(base.clone()));
        Ok(Self { http, address: at(PATH)?, wakes: at(WAKES_PATH)?, credential })
    }

    /// Brings them, and says what became of each.
    ///
    /// # Errors
    /// The desk cannot be reached, or refuses. Those before may have been taken: they can be brought again.
    pub async fn bring(&self, messages: &[ReceivedSms]) -> Result<Vec<Brought>, BringError> {
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

    async fn bring_one(&self, message: &ReceivedSms) -> Result<Brought, BringError> {
        match self.bring_some(std::slice::from_ref(message)).await {
            Ok(brought) => brought.into_iter().next().ok_or(BringError::NotADesk),
            Err(error) if error.is_for_good() => Ok(Brought { outcome: None, answer: None }),
            Err(error) => Err(error),
        }
    }

    async fn bring_some(&self, messages: &[ReceivedSms]) -> Result<Vec<Brought>, BringError> {
        #[derive(Serialize)]
        struct Messages<'a> {
            messages: &'a [ReceivedSms],
        }
        #[derive(Deserialize)]
        struct Outcomes {
            outcomes: Vec<Brought>,
        }
        let Outcomes { outcomes } = self.ask(&self.address, &Messages { messages }).await?;
        if outcomes.len() == messages.len() { Ok(outcomes) } else { Err(BringError::NotADesk) }
    }

    /// Says what became of SMS that were handed out before, and asks which are to be sent now.
    ///
    /// # Errors
    /// The desk cannot be reached, or refuses.
    pub async fn wakes(&self, done: &[WakeDone]) -> Result<Vec<WakeSms>, BringError> {
        #[derive(Serialize)]
        struct Done<'a> {
            done: &'a [WakeDone],
        }
        #[derive(Deserialize)]
        struct Due {
            wakes: Vec<WakeSms>,
        }
        let Due { wakes } = self.ask(&self.wakes, &Done { done }).await?;
        Ok(wakes)
    }

    async fn ask<T: DeserializeOwned>(&self, address: &Url, body: &impl Serialize) -> Result<T, BringError> {
        let request = self.http.post(address.clone()).bearer_auth(self.credential.as_str());
        let answer = request.json(body).send().await.map_err(BringError::Unreachable)?;
        match answer.status() {
            StatusCode::OK => answer.json().await.map_err(|_| BringError::NotADesk),
            StatusCode::UNAUTHORIZED => Err(BringError::Unknown),
            other => Err(BringError::Status(other)),
        }
    }
}

/// What is longer is no code, or has it at its beginning.
fn shortened(message: &ReceivedSms) -> ReceivedSms {
    let texts = message.texts.iter().map(|text| text.chars().take(LONGEST).collect()).collect();
    ReceivedSms { texts, from: message.from.chars().take(LONGEST).collect(), ..message.clone() }
}
