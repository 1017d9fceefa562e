//! The desk, as whoever has the net and no key asks it, by a credential of its own.

use reqwest::{Client, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;
use zeroize::Zeroizing;

use crate::desk::front_client::is_this_machine;

#[derive(Debug, thiserror::Error)]
pub enum AskError {
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

impl AskError {
    /// Whether the same is refused each time.
    pub fn is_for_good(&self) -> bool {
        let Self::Status(status) = self else { return false };
        matches!(*status, StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY)
    }
}

pub struct DeskClient {
    http: Client,
    base: Url,
    credential: Zeroizing<String>,
}

impl DeskClient {
    /// # Errors
    /// [`AskError::Plain`] where others could listen to the credential.
    pub fn new(http: Client, base: &Url, credential: Zeroizing<String>) -> Result<Self, AskError> {
        if base.scheme() != "https" && !is_this_machine(base) {
            return Err(AskError::Plain(base.clone()));
        }
        Ok(Self { http, base: base.clone(), credential })
    }

    /// # Errors
    /// The desk cannot be reached, or refuses.
    pub async fn ask<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, AskError> {
        let address = self.base.join(path).map_err(|_| AskError::Address(self.base.clone()))?;
        let request = self.http.post(address).bearer_auth(self.credential.as_str());
        let answer = request.json(body).send().await.map_err(AskError::Unreachable)?;
        match answer.status() {
            StatusCode::OK => answer.json().await.map_err(|_| AskError::NotADesk),
            StatusCode::UNAUTHORIZED => Err(AskError::Unknown),
            other => Err(AskError::Status(other)),
        }
    }
}
