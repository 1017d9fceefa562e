//! The network between the phone and the register, with a weather that changes.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::future::BoxFuture;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use reqwest::{Request, Response};
use serde_json::{Value, json};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep},
};

use super::register::{Register, Said};
use testkit::at;

use crate::front_client::{BoxError, Transport};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    Calm,
    /// Now and then something goes wrong.
    Fair,
    /// Requests come late, twice, or their answers do not come.
    Fog,
    /// Nothing gets through.
    Dark,
    /// Something hangs.
    Mud,
    Portal,
    Unauthorized,
    TooMany,
    Unavailable,
    Broken,
}

pub const STORMS: [Weather; 9] = [
    Weather::Fair,
    Weather::Fog,
    Weather::Dark,
    Weather::Mud,
    Weather::Portal,
    Weather::Unauthorized,
    Weather::TooMany,
    Weather::Unavailable,
    Weather::Broken,
];

enum Fate {
    Pass,
    LostGoing,
    LostComing,
    Late(Duration),
    Twice(Duration),
    Half,
    Hang,
    Page,
    Problem(u16, &'static str),
    Busy(u16, u32),
}

#[derive(Debug, Clone)]
struct Asked {
    method: String,
    path: String,
    version: u32,
    body: Value,
}

pub struct Network {
    pub register: Arc<Mutex<Register>>,
    pub weather: Mutex<Weather>,
    rng: Mutex<StdRng>,
    /// Paths of what asks for help and was not tried since it was entered.
    pub urgent: Mutex<BTreeSet<String>>,
    /// Every request in order.
    pub log: Mutex<Vec<String>>,
    began: Instant,
}

impl Network {
    pub fn new(seed: u64) -> Arc<Self> {
        Arc::new(Self {
            register: Arc::default(),
            weather: Mutex::new(Weather::Fair),
            rng: Mutex::new(StdRng::seed_from_u64(seed)),
            urgent: Mutex::default(),
            log: Mutex::default(),
            began: Instant::now(),
        })
    }

    pub fn note(&self, what: &str) {
        self.log.lock().unwrap().push(format!("{:>9} {what}", self.began.elapsed().as_millis()));
    }

    fn fate(&self) -> Fate {
        let mut rng = self.rng.lock().unwrap();
        let luck: u32 = rng.random_range(0..100);
        let late = Duration::from_millis(rng.random_range(0..90_000));
        let seconds = rng.random_range(0..120);
        match *self.weather.lock().unwrap() {
            Weather::Calm => Fate::Pass,
            Weather::Fair => match luck {
                0..5 => Fate::LostGoing,
                5..10 => Fate::LostComing,
                10..13 => Fate::Half,
                13..16 => Fate::Late(late),
                16..18 => Fate::Busy(503, seconds),
                _ => Fate::Pass,
            },
            Weather::Fog => match luck {
                0..30 => Fate::Late(late),
                30..50 => Fate::Twice(late),
                50..75 => Fate::LostComing,
                75..85 => Fate::Half,
                _ => Fate::Pass,
            },
            Weather::Dark => Fate::LostGoing,
            Weather::Mud => {
                if luck < 60 {
                    Fate::Hang
                } else {
                    Fate::Pass
                }
            }
            Weather::Portal => Fate::Page,
            Weather::Unauthorized => {
                if luck < 70 {
                    Fate::Problem(401, "unauthorized")
                } else {
                    Fate::Pass
                }
            }
            Weather::TooMany => {
                if luck < 70 {
                    Fate::Busy(429, seconds)
                } else {
                    Fate::Pass
                }
            }
            Weather::Unavailable => {
                if luck < 80 {
                    Fate::Busy(503, seconds)
                } else {
                    Fate::Pass
                }
            }
            Weather::Broken => {
                if luck < 60 {
                    Fate::Busy(500, 0)
                } else {
                    Fate::LostComing
                }
            }
        }
    }

    /// What asks for help waits behind nothing but the device itself.
    fn watch(&self, asked: &Asked) {
        self.note(&format!("{} {} {}", asked.method, asked.path, asked.version));
        if asked.method == "GET" {
            return;
        }
        let mut urgent = self.urgent.lock().unwrap();
        if !urgent.remove(&asked.path) && !asked.path.starts_with("/v1/devices/") {
            let is_help = asked.path.starts_with("/v1/calls/") || asked.body["people"]["need_help"].is_u64();
            assert!(is_help || urgent.is_empty(), "{} goes before {urgent:?}", asked.path);
        }
    }
}

fn arrive(register: &Mutex<Register>, asked: &Asked) -> HttpAnswer {
    let mut register = register.lock().unwrap();
    let said = match asked.method.as_str() {
        "PUT" => register.put(&asked.path, asked.version, asked.body.clone()),
        "DELETE" => register.delete(&asked.path, asked.version),
        _get => {
            let headers = vec![("register-epoch", register.epoch())];
            return HttpAnswer { status: 304, headers, body: String::new() };
        }
    };
    match said {
        Said::Accepted(version) => HttpAnswer {
            status: 200,
            headers: vec![("content-type", "application/json".into()), ("register-epoch", register.epoch())],
            body: json!({"version": version, "received_at": at("2026-03-01T12:00:00Z")}).to_string(),
        },
        Said::Unauthorized => problem(401, "unauthorized"),
        Said::Conflict => problem(409, "version_conflict"),
    }
}

struct HttpAnswer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
}

fn problem(status: u16, code: &str) -> HttpAnswer {
    let body = json!({"status": status, "code": code, "title": ""}).to_string();
    HttpAnswer { status, headers: vec![("content-type", "application/problem+json".into())], body }
}

impl HttpAnswer {
    fn response(self) -> Result<Response, BoxError> {
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        Ok(response.body(self.body)?.into())
    }
}

impl Drop for Network {
    /// A life that is lived again by its number and fails tells its story.
    fn drop(&mut self) {
        if std::thread::panicking() && std::env::var_os("SEED").is_some() {
            eprintln!("{}", self.log.get_mut().unwrap_or_else(PoisonError::into_inner).join("\n"));
        }
    }
}

impl Transport for Network {
    fn carry(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let body: Value = request
            .body()
            .and_then(|body| body.as_bytes())
            .map(|bytes| serde_json::from_slice(bytes).unwrap())
            .unwrap_or_default();
        let in_query = request.url().query().and_then(|query| query.strip_prefix("version=")?.parse().ok());
        let version = in_query.or(body["version"].as_u64()).unwrap_or(1);
        let asked = Asked {
            method: request.method().to_string(),
            path: request.url().path().to_owned(),
            version: u32::try_from(version).unwrap(),
            body,
        };
        self.watch(&asked);
        let (mut fate, register) = (self.fate(), self.register.clone());
        if asked.path.starts_with("/v1/devices/") && matches!(fate, Fate::Late(_) | Fate::Twice(_)) {
            // nobody could tell a register that forgot a device, and got it late from before, from one that did not
            fate = Fate::LostGoing;
        }
        Box::pin(async move {
            match fate {
                Fate::Pass => arrive(&register, &asked).response(),
                Fate::LostGoing => Err("lost on its way".into()),
                Fate::LostComing => {
                    arrive(&register, &asked);
                    Err("the answer is lost".into())
                }
                Fate::Late(time) => {
                    // it arrives, whether or not somebody still waits for the answer
                    let (told, answer) = oneshot::channel();
                    tokio::spawn(async move {
                        sleep(time).await;
                        let _nobody_waits = told.send(arrive(&register, &asked));
                    });
                    answer.await?.response()
                }
                Fate::Twice(time) => {
                    let answer = arrive(&register, &asked);
                    tokio::spawn(async move {
                        sleep(time).await;
                        arrive(&register, &asked);
                    });
                    answer.response()
                }
                Fate::Half => {
                    let mut answer = arrive(&register, &asked);
                    answer.body.truncate(answer.body.len() / 2);
                    answer.response()
                }
                Fate::Hang => std::future::pending().await,
                Fate::Page => HttpAnswer {
                    status: 200,
                    headers: vec![("content-type", "text/html".into())],
                    body: "<html>Sign in</html>".into(),
                }
                .response(),
                Fate::Problem(status, code) => problem(status, code).response(),
                Fate::Busy(status, seconds) => {
                    HttpAnswer { status, headers: vec![("retry-after", seconds.to_string())], body: String::new() }
                        .response()
                }
            }
        })
    }
}
