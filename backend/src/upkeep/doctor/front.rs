//! What is served: the log, the register, the public address.

use contract::{jws::Document, log::Head};
use jiff::{SignedDuration, Timestamp};
use reqwest::Client;

use super::{Finding, Health, WATERMARK_AGE, address, age, finding};
use crate::{
    Clock,
    causes::chain,
    front::folder::{Folder, Settings},
    log::{LogError, LogStore},
    register::{Register, RegisterError},
    storage::sqlite::{Database, Schema, SqliteLog, SqliteRegister},
    upkeep::prove,
};

const HEAD_AGE: SignedDuration = SignedDuration::from_mins(90);

pub async fn examine(front: &Folder, clock: &Clock, http: &Client, found: &mut Vec<Finding>) {
    let settings = match front.must_be_whole().and_then(|()| front.settings()) {
        Ok(settings) => settings,
        Err(error) => return found.push(finding(Health::Bad, format!("front: {}", chain(&error)))),
    };
    match examine_log(front, &settings, clock()).await {
        Ok(of_log) => found.extend(of_log),
        Err(error) => found.push(finding(Health::Bad, format!("front: {}", chain(&error)))),
    }
    if let Err(error) = examine_register(front).await {
        found.push(finding(Health::Bad, format!("front: {}", chain(&error))));
    }
    if settings.url.scheme() == "https" {
        address::examine(&settings.url, clock, http, found).await;
    } else {
        found.push(finding(Health::Well, "front: the public address has no certificate to look at"));
    }
}

async fn examine_log(front: &Folder, settings: &Settings, now: Timestamp) -> Result<Vec<Finding>, LogError> {
    let mut found = Vec::new();
    let store = SqliteLog::new(Database::open(&front.bulletin(), Schema::Bulletin)?);
    let (keys, position) = prove(&store, &settings.roots).await?;
    found.push(finding(Health::Well, format!("front: {} frames, each as it was appended", position.seq)));
    match store.head().await? {
        None => found.push(finding(Health::Bad, "front: no head is signed: run `ministry watermark` at the desk")),
        Some(head) => {
            let payload = head.jws.parse::<contract::jws::Jws>()?.payload;
            found.push(age("front: the head", Head::read(&payload)?.issued_at, now, HEAD_AGE));
        }
    }
    let watermarks = store.watermarks().await?;
    match watermarks.iter().rev().find(|watermark| keys.watermark(&watermark.jws).is_ok()) {
        None => found.push(finding(Health::Bad, "front: the desk has confirmed nothing yet")),
        Some(last) => found.push(age("front: the watermark", last.issued_at, now, WATERMARK_AGE)),
    }
    Ok(found)
}

async fn examine_register(front: &Folder) -> Result<(), RegisterError> {
    let register = SqliteRegister::new(Database::open(&front.register(), Schema::Register)?);
    register.epoch().await.map(drop)
}
