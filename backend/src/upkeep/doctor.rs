//! What somebody who looks after a ministry should know, in words.

use std::{io, path::Path};

use contract::{jws::Document, log::Head};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, header::DATE, tls::TlsInfo};
use url::Url;
use x509_parser::parse_x509_certificate;

use super::{
    here::{Here, HereError},
    prove,
};
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
    disk::{self, Room},
    front::folder::{Folder, Settings},
    log::{CLOCK_TOLERANCE, LogError, LogStore},
    register::{Register, RegisterError},
    storage::sqlite::{Database, Schema, SqliteLog, SqliteRegister},
};

const HEAD_AGE: SignedDuration = SignedDuration::from_mins(90);
const WATERMARK_AGE: SignedDuration = SignedDuration::from_hours(7);
const CERTIFICATE_LEFT: SignedDuration = SignedDuration::from_hours(24 * 14);
const CLOCK_OFF: SignedDuration = SignedDuration::from_secs(2);
const DISK_PERCENT: u64 = 80;

/// How bad a finding is; the worst is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    Well = 0,
    /// Look at it in these days.
    Warning = 1,
    /// Somebody is not served, or soon will not be.
    Bad = 2,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub health: Health,
    pub words: String,
}

fn finding(health: Health, words: impl Into<String>) -> Finding {
    Finding { health, words: words.into() }
}

/// Looks at whichever of front and desk is there.
///
/// # Errors
/// Neither is, or something else is in the place of one.
pub async fn examine(data: &Path, clock: &Clock, http: &Client) -> Result<Vec<Finding>, HereError> {
    let here = Here::of(data)?;
    let mut found = Vec::new();
    if let Some(front) = &here.front {
        examine_front(front, clock, http, &mut found).await;
    }
    if let Some(desk) = &here.desk {
        examine_desk(desk, clock, http, &mut found).await;
    }
    found.extend(here.absent().map(|words| finding(Health::Well, words)));
    found.extend(disks(here.parts().into_iter().filter_map(|(part, path)| Some((part, path?)))));
    Ok(found)
}

async fn examine_front(front: &Folder, clock: &Clock, http: &Client, found: &mut Vec<Finding>) {
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
        examine_url(&settings.url, clock, http, found).await;
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

async fn examine_desk(desk: &DeskFolder, clock: &Clock, http: &Client, found: &mut Vec<Finding>) {
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
        Ok(settings) => examine_url(&settings.inside, clock, http, found).await,
        Err(error) => found.push(finding(Health::Bad, format!("desk: {}", chain(&error)))),
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

fn age(what: &str, signed: Timestamp, now: Timestamp, longest: SignedDuration) -> Finding {
    let age = now.duration_since(signed);
    if age < -CLOCK_TOLERANCE {
        return finding(
            Health::Bad,
            format!("{what} was signed at {signed}, and it is {now}: set the clock right, then `ministry repair`"),
        );
    }
    let minutes = age.as_mins().max(0);
    if age > longest {
        finding(Health::Bad, format!("{what} is {minutes} minutes old; {} are the most", longest.as_mins()))
    } else {
        finding(Health::Well, format!("{what} is {minutes} minutes old"))
    }
}

/// What answers there: its clock beside ours, and how long its certificate holds.
async fn examine_url(url: &Url, clock: &Clock, http: &Client, found: &mut Vec<Finding>) {
    let address = format!("{}/healthz", url.as_str().trim_end_matches('/'));
    let before = clock();
    let answer = match http.get(&address).send().await {
        Ok(answer) => answer,
        Err(error) => {
            let reason = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            return found.push(finding(Health::Bad, format!("{url} does not answer: {reason}")));
        }
    };
    let after = clock();
    let said = answer.headers().get(DATE).and_then(|date| date.to_str().ok());
    if let Some(said) = said.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) {
        found.push(clock_beside(url, said.timestamp(), before, after));
    }
    let certificate = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
    if let Some(until) = certificate.and_then(valid_until) {
        found.push(certificate_of(url, until, after));
    }
}

fn certificate_of(url: &Url, until: Timestamp, now: Timestamp) -> Finding {
    let words = format!("the certificate of {url} holds until {until}");
    let left = until.duration_since(now);
    if left.is_negative() {
        finding(Health::Bad, words)
    } else if left < CERTIFICATE_LEFT {
        finding(Health::Warning, words)
    } else {
        finding(Health::Well, words)
    }
}

/// A date of HTTP has whole seconds: it stands for any moment of its second.
fn clock_beside(url: &Url, said: Timestamp, before: Timestamp, after: Timestamp) -> Finding {
    let ahead = before.duration_since(said) - SignedDuration::from_secs(1);
    let behind = said.duration_since(after);
    if ahead > CLOCK_OFF || behind > CLOCK_OFF {
        finding(Health::Warning, format!("the clock says {after}, and {url} says {said}"))
    } else {
        finding(Health::Well, format!("the clock agrees with {url}"))
    }
}

fn valid_until(certificate: &[u8]) -> Option<Timestamp> {
    let (_, read) = parse_x509_certificate(certificate).ok()?;
    Timestamp::from_second(read.validity().not_after.timestamp()).ok()
}

/// The volumes on which the parts lie, wherever a mount or a link leads; one that holds both is looked at once.
fn disks<'a>(parts: impl Iterator<Item = (&'a str, &'a Path)>) -> Vec<Finding> {
    let mut found: Vec<(Option<u64>, String, io::Result<Room>)> = Vec::new();
    for (part, path) in parts {
        let volume = disk::volume(path);
        match found.iter_mut().find(|(other, ..)| other.is_some() && *other == volume) {
            Some((_, names, _)) => names.push_str(&format!(" and {part}")),
            None => found.push((volume, part.to_owned(), disk::room(path))),
        }
    }
    found.into_iter().map(|(_, names, room)| fullness(&names, room)).collect()
}

fn fullness(names: &str, room: io::Result<Room>) -> Finding {
    match room {
        Ok(room) => {
            let percent = room.percent_used();
            let health = if percent >= DISK_PERCENT { Health::Warning } else { Health::Well };
            finding(health, format!("{names}: the disk is {percent} % full"))
        }
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            finding(Health::Well, format!("{names}: how full the disk is cannot be asked on this system"))
        }
        Err(error) => finding(Health::Bad, format!("{names}: the disk cannot be looked at: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    /// Self-signed for front.example, until 2036-11-25.
    const CERTIFICATE: &str = "MIIBRDCB96ADAgECAhQx6kGvDxZ8fIAwQYpYV0EvCps1ITAFBgMrZXAwGDEWMBQGA1UEAwwNZnJvbnQuZXhhbXBs\
        ZTAeFw0yNjExMjgwMTMzMTRaFw0zNjExMjUwMTMzMTRaMBgxFjAUBgNVBAMMDWZyb250LmV4YW1wbGUwKjAFBgMrZXADIQD61TcrEBkF7gl5\
        VgltO7Yn6PVMoOc8dZnX8aypZQpiCqNTMFEwHQYDVR0OBBYEFMgFLdn8sqkKCM8ncf7Bs/W9/Dy6MB8GA1UdIwQYMBaAFMgFLdn8sqkKCM8n\
        cf7Bs/W9/Dy6MA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAomge9Wo5pEZR6Ma0g5QLn3YRhP5XvPNRpB58ce/bK4iGGDpQI/d4iFW7JWVu\
        Oka0VsMlFul+Nmj5QGG26cEmCA==";

    #[test]
    fn a_certificate_that_ends_within_two_weeks_is_to_be_looked_at() {
        let url: Url = "https://front.example".parse().unwrap();
        let bytes = STANDARD.decode(CERTIFICATE).unwrap();
        let until = valid_until(&bytes).unwrap();
        assert_eq!(until.to_string(), "2036-11-25T01:33:14Z");
        let health = |days: i64| certificate_of(&url, until, until - SignedDuration::from_hours(24 * days)).health;
        assert_eq!((health(15), health(13), health(-1)), (Health::Well, Health::Warning, Health::Bad));
        assert_eq!(valid_until(b"no certificate"), None);
    }
}
