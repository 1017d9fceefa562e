//! What the desk keeps: its log, what it could not post, the audit file, what it can open.

use reqwest::Client;

use super::{Finding, Health, WATERMARK_AGE, address, age, finding};
use crate::{
    Clock,
    causes::chain,
    desk::{
        Desk,
        audit::{self, Chain},
        folder::{Credential, DeskFolder, FolderError},
        front_client::FrontClient,
        mirror::Mirror,
        opening::{OpeningError, try_all},
        unposted::Unposted,
    },
};

pub async fn examine(desk: &DeskFolder, clock: &Clock, http: &Client, found: &mut Vec<Finding>) {
    let now = clock();
    match Desk::open(desk).map(|open| (open.log().newest().seq, open.confirmed_at())) {
        Err(FolderError::Busy) => {
            found
                .push(finding(Health::Well, "desk: another command is at work on it: what it keeps was not looked at"));
        }
        Err(error) => found.push(finding(Health::Bad, format!("desk: {}", chain(&error)))),
        Ok((seq, confirmed_at)) => {
            found.push(finding(Health::Well, format!("desk: {seq} frames, each as it was kept")));
            found.push(match confirmed_at {
                Ok(Some(at)) => age("desk: the watermark", at, now, WATERMARK_AGE),
                Ok(None) => finding(Health::Bad, "desk: it has confirmed nothing yet"),
                Err(error) => finding(Health::Bad, format!("desk: {}", chain(&error))),
            });
        }
    }
    found.push(examine_audit(desk));
    found.push(examine_gateways(desk));
    found.extend(examine_records(desk, http).await);
    match Unposted::open(&desk.unposted()).and_then(|unposted| unposted.waiting()) {
        Ok(waiting) if waiting.is_empty() => {}
        Ok(waiting) => {
            let words = format!("desk: {} entries wait in {}", waiting.len(), desk.unposted().display());
            found.push(finding(Health::Bad, words));
        }
        Err(error) => found.push(finding(Health::Bad, format!("desk: what waits cannot be read: {}", chain(&error)))),
    }
    match desk.settings() {
        Ok(settings) => address::examine(&settings.inside, clock, http, found).await,
        Err(error) => found.push(finding(Health::Bad, format!("desk: {}", chain(&error)))),
    }
}

fn examine_gateways(desk: &DeskFolder) -> Finding {
    let lost = match desk.newest_keys() {
        Ok(keys) => desk.lost_gateways(&keys),
        Err(error) => return finding(Health::Bad, format!("desk: {}", chain(&error))),
    };
    match lost.first() {
        None => finding(Health::Well, "desk: each key is here that opens SMS"),
        Some(kid) => finding(Health::Bad, format!("desk: {kid} is gone: SMS that are sealed to it are kept closed")),
    }
}

fn examine_audit(desk: &DeskFolder) -> Finding {
    if !desk.audit().exists() {
        return finding(Health::Well, "desk: nothing that was sealed has been opened");
    }
    match audit::verify(&desk.audit()) {
        Ok(Chain { lines, newest }) => finding(
            Health::Well,
            format!("desk: {lines} lines in the audit file, each after the one before; the last is {newest}"),
        ),
        Err(error) => finding(Health::Bad, format!("desk: {}", chain(&error))),
    }
}

/// Opens all that travellers sealed, shows nothing of it, and says what does not open.
async fn examine_records(desk: &DeskFolder, http: &Client) -> Vec<Finding> {
    match sealed_records(desk, http).await {
        Ok(found) => found,
        Err(error) => vec![finding(Health::Bad, format!("desk: the sealed records cannot be read: {}", chain(&error)))],
    }
}

async fn sealed_records(desk: &DeskFolder, http: &Client) -> Result<Vec<Finding>, OpeningError> {
    let private = desk.consular(&*desk.newest_keys()?)?;
    let mut mirror = Mirror::open(&desk.records())?;
    let front = FrontClient::new(http.clone(), desk.settings()?.inside, desk.credential(Credential::Read)?);
    let read = match front {
        Ok(front) => mirror.catch_up(&front).await,
        Err(error) => Err(error.into()),
    };
    let tried = try_all(&mirror, &private)?;
    let when = if read.is_ok() { "" } else { ", as they were read last" };
    let mut found = Vec::new();
    for (kid, records) in &tried.without_key {
        let words = format!("desk: {records} records are sealed to {kid}, a key that this desk does not have{when}");
        found.push(finding(Health::Bad, words));
    }
    // whoever sent it can have broken it: it is no sign that the ministry's own side fails
    for id in &tried.broken {
        found.push(finding(Health::Warning, format!("desk: what was sealed in {id} is broken{when}")));
    }
    if found.is_empty() {
        found.push(finding(Health::Well, format!("desk: {} sealed records, each opens{when}", tried.opened)));
    }
    Ok(found)
}
