//! The desk's way to the front.

use contract::{
    problem::{Code, Problem},
    records::{Headcount, Published, Submission},
};
use jiff::Timestamp;
use reqwest::{Client, Response, StatusCode};
use url::Url;
use zeroize::Zeroizing;

#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("the front cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the front refuses: {0}")]
    Refused(String),
    #[error("the front does not know this desk's credential")]
    Unknown,
    #[error("the front answered {0}")]
    Status(StatusCode),
    #[error("what answered is not the front of a ministry")]
    NotAFront(#[source] reqwest::Error),
    #[error("{0} is not the address of a front")]
    Address(Url),
}

/// The front, as the desk's credential opens it.
pub struct FrontClient {
    pub http: Client,
    pub base: Url,
    pub credential: Zeroizing<String>,
}

impl FrontClient {
    pub async fn publish(&self, entry: &str) -> Result<Published, PostError> {
        let body = Submission { entry: entry.to_owned() };
        let request = self.http.post(self.at("v1/bulletin/entries")?).json(&body);
        answer(request.bearer_auth(self.credential.as_str()).send().await).await
    }

    pub async fn headcount(&self, place: (&str, &str), at: Timestamp) -> Result<Headcount, PostError> {
        let mut url = self.at("v1/officer/headcount")?;
        url.query_pairs_mut().append_pair(place.0, place.1).append_pair("at", &at.to_string());
        answer(self.http.get(url).bearer_auth(self.credential.as_str()).send().await).await
    }

    fn at(&self, path: &str) -> Result<Url, PostError> {
        let base = self.base.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}/{path}")).map_err(|_| PostError::Address(self.base.clone()))
    }
}

async fn answer<T: serde::de::DeserializeOwned>(sent: Result<Response, reqwest::Error>) -> Result<T, PostError> {
    let response = sent.map_err(PostError::Unreachable)?;
    let status = response.status();
    if status.is_success() {
        return response.json().await.map_err(PostError::NotAFront);
    }
    let problem = response.json::<Problem>().await.map_err(|_| PostError::Status(status))?;
    match problem.code {
        Code::EntryRefused | Code::EntryExists | Code::FieldInvalid | Code::BodyTooLarge => {
            Err(PostError::Refused(problem.title))
        }
        Code::Unauthorized => Err(PostError::Unknown),
        Code::BodyNotJson
        | Code::ContentTypeNotJson
        | Code::DeviceTaken
        | Code::NotFound
        | Code::MethodNotAllowed
        | Code::PageNotAligned
        | Code::TooManyRequests
        | Code::Internal => Err(PostError::Status(status)),
    }
}
