//! Sync against fronts that forget, contradict themselves, are busy or silent. Time is the test's own.

mod busy;
mod catching_up;
mod erased;
mod forgotten;
mod left;
mod left_behind;
mod letters;
mod listening;
mod older_copy;
mod one_place;
mod paper;
mod receipts;
mod urgency;
mod voided;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::BoxFuture;
use reqwest::{Request, Response};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use crate::{
    front_client::{BoxError, Transport},
    sync::{Rests, catch_up, drain, run},
    testing::Device,
};

const NOW: &str = "2026-03-01T12:00:00Z";

/// A request as the front sees it.
#[derive(Debug, Clone)]
struct Asked {
    /// Method and path.
    line: String,
    host: String,
    /// What it was asked with.
    token: Option<String>,
    /// The token of a code on paper.
    paper: Option<String>,
    /// The same as it came.
    text: String,
    body: Value,
    at: Instant,
}

impl Asked {
    fn is(&self, start: &str) -> bool {
        self.line.starts_with(start)
    }
}

enum Reply {
    Answer(u16, Vec<(&'static str, String)>, String),
    /// Nothing gets through.
    Lost,
    /// Nothing ever comes.
    Silence,
    /// A stream of events that ends after a while.
    Stream(String, Duration),
}

fn accepted(version: u32) -> Reply {
    let body = json!({"version": version, "received_at": NOW});
    Reply::Answer(200, vec![("content-type", "application/json".into())], body.to_string())
}

fn problem(status: u16, code: &str) -> Reply {
    let body = json!({"status": status, "code": code, "title": ""});
    Reply::Answer(status, vec![("content-type", "application/problem+json".into())], body.to_string())
}

fn busy(status: u16, seconds: u32) -> Reply {
    Reply::Answer(status, vec![("retry-after", seconds.to_string())], String::new())
}

/// A front that answers as the test says, and remembers what it was asked.
struct Front {
    answer: Box<dyn Fn(&Asked) -> Reply + Send + Sync>,
    asked: Mutex<Vec<Asked>>,
}

impl Front {
    fn new(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { answer: Box::new(answer), asked: Mutex::default() })
    }

    fn asked(&self, start: &str) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|asked| asked.is(start)).cloned().collect()
    }

    /// Method and first part of the path of all that was put, in order.
    fn puts(&self) -> Vec<String> {
        let kind = |asked: &Asked| asked.line.split('/').nth(2).unwrap().to_owned();
        self.asked.lock().unwrap().iter().filter(|asked| asked.is("PUT")).map(kind).collect()
    }

    fn forget_asked(&self) {
        self.asked.lock().unwrap().clear();
    }
}

impl Transport for Front {
    fn carry(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let path = match request.url().query() {
            Some(query) => format!("{}?{query}", request.url().path()),
            None => request.url().path().to_owned(),
        };
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        let asked = Asked {
            line: format!("{} {path}", request.method()),
            host: request.url().host_str().unwrap().to_owned(),
            token: request.headers().get("authorization").map(|held| held.to_str().unwrap().to_owned()),
            paper: request.headers().get("paper-token").map(|held| held.to_str().unwrap().to_owned()),
            text: String::from_utf8(body.to_vec()).unwrap(),
            body: serde_json::from_slice(body).unwrap_or_default(),
            at: Instant::now(),
        };
        self.asked.lock().unwrap().push(asked.clone());
        let reply = (self.answer)(&asked);
        Box::pin(async move {
            let (status, headers, body) = match reply {
                Reply::Lost => return Err("lost".into()),
                Reply::Silence => std::future::pending().await,
                Reply::Answer(status, headers, text) => (status, headers, reqwest::Body::from(text)),
                Reply::Stream(events, open) => {
                    let end = async move {
                        tokio::time::sleep(open).await;
                        Err(std::io::Error::other("the front restarts"))
                    };
                    let events = futures_util::stream::iter([Ok(bytes::Bytes::from(events))]);
                    let body = futures_util::StreamExt::chain(events, futures_util::stream::once(end));
                    (200, vec![("content-type", "text/event-stream".into())], reqwest::Body::wrap_stream(body))
                }
            };
            let mut response = http::Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            Ok(response.body(body)?.into())
        })
    }
}

/// A register by the rules of the contract: the highest version stands, and the same version with other content is a
/// conflict.
#[derive(Default)]
struct Register {
    records: Mutex<BTreeMap<String, (u32, Value)>>,
}

impl Register {
    fn take(&self, asked: &Asked) -> Reply {
        let path = asked.line.split_once(' ').unwrap().1.to_owned();
        if !asked.is("PUT") || path.starts_with("/v1/devices") || path == "/v1/receipts" {
            return accepted(1);
        }
        let version = u32::try_from(asked.body["version"].as_u64().unwrap()).unwrap();
        let mut records = self.records.lock().unwrap();
        match records.get(&path) {
            Some((held, _)) if *held > version => accepted(*held),
            Some((held, body)) if *held == version && *body != asked.body => problem(409, "version_conflict"),
            _ => {
                records.insert(path, (version, asked.body.clone()));
                accepted(version)
            }
        }
    }

    fn only(&self, kind: &str) -> (u32, Value) {
        let records = self.records.lock().unwrap();
        let of_kind: Vec<_> = records.iter().filter(|(path, _)| path.starts_with(&format!("/v1/{kind}/"))).collect();
        let [(_, record)] = of_kind.as_slice() else { panic!("{} {kind}", of_kind.len()) };
        (*record).clone()
    }
}

/// Runs sync for so long.
async fn run_for(device: &Device, time: Duration) {
    let session = device.companion.session().unwrap().clone();
    let _elapsed = timeout(time, run(session)).await;
}

/// Drains until nothing lacks, however long that rests.
/// A front that takes each thing in the version in which it comes.
fn takes_all() -> Arc<Front> {
    Front::new(|asked| {
        let version = asked.line.split_once("?version=").map(|(_, version)| version.parse().unwrap());
        accepted(version.unwrap_or_else(|| u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()))
    })
}

async fn drain_all(device: &Device) {
    let mut rests = Rests::default();
    while let Some(again) = drain(device.session(), &mut rests).await.unwrap() {
        tokio::time::sleep_until(again).await;
    }
}

fn waiting(device: &Device) -> u32 {
    device.view().contact.waiting
}
