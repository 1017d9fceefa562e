//! The desk's way to the front: its inside listener, by one of two credentials.

use contract::{
    hash::Hash,
    http::{Code, Problem, path},
    ids::DeviceId,
    jws::Jws,
    log::Frame,
    record::{Device, Headcount, Letter, Posted, Published, RecordsPage, Submission},
};
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use url::{Host, Url};
use zeroize::Zeroizing;

#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("the front cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// Of a list, the place of the entry that is refused.
    #[error("the front refuses: {title}")]
    Refused { title: String, entry: Option<usize> },
    #[error("the front does not know this desk's credential")]
    Unknown,
    #[error("the front cannot yet: {0}")]
    NotYet(String),
    #[error("the front answered {0}")]
    Status(StatusCode),
    #[error("what answered is not the front of a ministry")]
    NotAFront(#[source] reqwest::Error),
    #[error("{0} is not the address of a front")]
    Address(Url),
    #[error("a credential goes over https, or to this very machine: not to {0}")]
    Plain(Url),
}

/// How far the desk has read of the register's changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    pub epoch: String,
    pub number: u64,
}

/// The front, as one of the desk's credentials opens it.
pub struct FrontClient {
    http: Client,
    base: Url,
    credential: Zeroizing<String>,
}

impl FrontClient {
    /// # Errors
    /// [`PostError::Plain`] where others could listen to the credential.
    pub fn new(http: Client, base: Url, credential: Zeroizing<String>) -> Result<Self, PostError> {
        if base.scheme() != "https" && !is_this_machine(&base) {
            return Err(PostError::Plain(base));
        }
        Ok(Self { http, base, credential })
    }

    /// Brings entries, all or none.
    ///
    /// # Errors
    /// One is refused, or the front cannot take them.
    pub async fn publish(&self, entries: Vec<Jws>) -> Result<Vec<Frame>, PostError> {
        let request = self.http.post(self.at(path::inside::ENTRIES)?).json(&Submission { entries });
        let published: Published = self.send(request).await?.json().await.map_err(PostError::NotAFront)?;
        Ok(published.frames)
    }

    /// The head as it stands, a compact JWS; `None` where none can be signed since a restore.
    ///
    /// # Errors
    /// The front cannot answer.
    pub async fn head(&self) -> Result<Option<String>, PostError> {
        match self.send(self.http.get(self.at(path::HEAD)?)).await {
            Ok(answer) => Ok(Some(answer.text().await.map_err(PostError::NotAFront)?)),
            Err(PostError::NotYet(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// # Errors
    /// The front cannot answer.
    pub async fn frames(&self, from: u64, to: u64) -> Result<Vec<Frame>, PostError> {
        let answer = self.send(self.http.get(self.at(&path::frames(from, to))?)).await?;
        let text = answer.text().await.map_err(PostError::NotAFront)?;
        let read = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
        read.map_err(|_| PostError::Status(StatusCode::OK))
    }

    /// # Errors
    /// It is refused.
    pub async fn put_key_set(&self, number: u32, document: String) -> Result<(), PostError> {
        let path = path::inside::KEYS.replace("{number}", &number.to_string());
        self.send(self.http.put(self.at(&path)?).body(document)).await.map(drop)
    }

    /// # Errors
    /// It is refused.
    pub async fn put_snapshot(&self, hash: Hash, bytes: Vec<u8>) -> Result<(), PostError> {
        let path = path::inside::SNAPSHOT.replace("{hash}", &hash.to_string());
        self.send(self.http.put(self.at(&path)?).body(bytes)).await.map(drop)
    }

    /// # Errors
    /// It is refused.
    pub async fn post_watermark(&self, jws: String) -> Result<(), PostError> {
        self.send(self.http.post(self.at(path::inside::WATERMARK)?).body(jws)).await.map(drop)
    }

    /// # Errors
    /// The front cannot count.
    pub async fn headcount(&self, place: (&str, &str), at: Timestamp) -> Result<Headcount, PostError> {
        let mut url = self.at(path::inside::HEADCOUNT)?;
        url.query_pairs_mut().append_pair(place.0, place.1).append_pair("at", &at.to_string());
        self.send(self.http.get(url)).await?.json().await.map_err(PostError::NotAFront)
    }

    /// A page of what changed in the register since then; `None` where the register is another one by now.
    ///
    /// # Errors
    /// The front cannot answer.
    pub async fn records(&self, since: Option<Since>) -> Result<Option<RecordsPage>, PostError> {
        let mut url = self.at(path::inside::RECORDS)?;
        if let Some(Since { epoch, number }) = since {
            url.query_pairs_mut().append_pair("since", &number.to_string()).append_pair("epoch", &epoch);
        }
        match self.send(self.http.get(url)).await {
            Ok(answer) => Ok(Some(answer.json().await.map_err(PostError::NotAFront)?)),
            Err(PostError::Status(StatusCode::GONE)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What time it is there.
    ///
    /// # Errors
    /// The front cannot answer, or does not say it.
    pub async fn time(&self) -> Result<Timestamp, PostError> {
        let answer = self.send(self.http.get(self.at(path::HEAD)?)).await?;
        let date = answer.headers().get(reqwest::header::DATE).and_then(|date| date.to_str().ok());
        let time = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        time.map(|time| time.timestamp()).ok_or(PostError::Status(StatusCode::OK))
    }

    /// A device as it was put; `None` where the front does not know it: it was erased, or never was there.
    ///
    /// # Errors
    /// The front cannot answer.
    pub async fn device(&self, id: DeviceId) -> Result<Option<Device>, PostError> {
        let path = path::inside::DEVICE.replace("{id}", &id.to_string());
        match self.send(self.http.get(self.at(&path)?)).await {
            Ok(answer) => Ok(Some(answer.json().await.map_err(PostError::NotAFront)?)),
            Err(PostError::Status(StatusCode::NOT_FOUND)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Posts letters to devices; each once, however often it is posted.
    ///
    /// # Errors
    /// The front cannot take them.
    pub async fn post_letters(&self, letters: &[Letter]) -> Result<Posted, PostError> {
        let request = self.http.post(self.at(path::inside::MESSAGES)?).json(letters);
        self.send(request).await?.json().await.map_err(PostError::NotAFront)
    }

    fn at(&self, path: &str) -> Result<Url, PostError> {
        let base = self.base.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}{path}")).map_err(|_| PostError::Address(self.base.clone()))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, PostError> {
        let sent = request.bearer_auth(self.credential.as_str()).send().await;
        let response = sent.map_err(PostError::Unreachable)?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let problem = response.json::<Problem>().await.map_err(|_| PostError::Status(status))?;
        Err(refusal(status, problem))
    }
}

fn refusal(status: StatusCode, problem: Problem) -> PostError {
    let Problem { code, title, pointer, .. } = problem;
    match code {
        Code::EntryRefused | Code::EntryExists | Code::FieldInvalid | Code::BodyTooLarge => {
            let index = pointer.as_deref().and_then(|pointer| pointer.strip_prefix("/entries/"));
            let entry = index.and_then(|index| index.split('/').next()?.parse().ok());
            PostError::Refused { title, entry }
        }
        Code::Unauthorized => PostError::Unknown,
        Code::NotYetThere | Code::Unavailable => PostError::NotYet(title),
        Code::BodyNotJson
        | Code::ContentTypeNotJson
        | Code::DeviceTaken
        | Code::TripMoved
        | Code::VersionConflict
        | Code::NotFound
        | Code::MethodNotAllowed
        | Code::PageNotAligned
        | Code::Timeout
        | Code::Gone
        | Code::TooManyRequests
        | Code::QuotaReached
        | Code::Internal
        | Code::Other => PostError::Status(status),
    }
}

pub fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
