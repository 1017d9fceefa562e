use std::{
    fs::File,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use contract::ids::{CallId, CheckInId, TripId};
use jiff::Timestamp;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{App, Ministry, Served, advisory, said};

/// A small volume of its own under a ministry's front, gone when dropped.
struct Volume<'a>(&'a Path);

impl<'a> Volume<'a> {
    /// `None`, said aloud, where this user may not mount. In CI that is a failure.
    fn under(folder: &'a Path) -> Option<Self> {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs"]).arg(folder).stderr(Stdio::null());
        if !command.status().is_ok_and(|status| status.success()) {
            assert!(std::env::var_os("CI").is_none(), "nothing can be mounted here");
            eprintln!("skipped: not root");
            return None;
        }
        Some(Self(folder))
    }

    /// Fills it until so much is free, in KiB.
    fn leave(&self, kib: u64) {
        let free = || {
            let volume = rustix::fs::statvfs(self.0).unwrap();
            volume.f_bavail * volume.f_frsize / 1024
        };
        let mut filler = File::options().create(true).append(true).open(self.0.join("filler")).unwrap();
        while free() > kib {
            filler.write_all(&[7; 4096]).unwrap();
        }
    }
}

impl Drop for Volume<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(self.0).status();
        assert!(unmounted.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

struct Traveller<'a> {
    served: &'a Served,
    app: App,
}

impl Traveller<'_> {
    async fn put(&self, path: &str, body: Value) -> reqwest::Response {
        self.served.put(path, &body).bearer_auth(&self.app.token).send().await.unwrap()
    }

    async fn trip(&self) -> reqwest::Response {
        let id = TripId::random(&mut rand::rng());
        self.put(&format!("/v1/trips/{id}"), json!(self.app.trip(id, 1, Timestamp::now()))).await
    }

    async fn word(&self, status: &str) -> StatusCode {
        let word = json!({ "version": 1, "people": { (status): 1 }, "country": "AE", "at": Timestamp::now() });
        self.put(&format!("/v1/check-ins/{}", CheckInId::random(&mut rand::rng())), word).await.status()
    }

    async fn call(&self) -> StatusCode {
        let call = json!({ "version": 1, "outcome": "called", "country": "AE", "at": Timestamp::now() });
        self.put(&format!("/v1/calls/{}", CallId::random(&mut rand::rng())), call).await.status()
    }

    async fn device(&self) -> StatusCode {
        let other = App::new();
        self.served.put(&format!("/v1/devices/{}", other.id), &json!(other.record())).send().await.unwrap().status()
    }
}

#[tokio::test]
async fn on_a_disk_that_fills_up_help_and_the_ministry_s_word_still_find_room() {
    let ministry = Ministry::new();
    let front = ministry.outside.path().join("front");
    let aside = ministry.outside.path().join("aside");
    std::fs::rename(&front, &aside).unwrap();
    std::fs::create_dir(&front).unwrap();
    let Some(volume) = Volume::under(&front) else { return };
    for file in std::fs::read_dir(&aside).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), front.join(file.file_name())).unwrap();
    }
    let served = ministry.serve();
    let traveller = Traveller { app: App::register(&served).await, served: &served };
    assert_eq!(traveller.trip().await.status(), 200);
    // a twentieth of 64 MiB is reserved
    volume.leave(3_000);
    let refused = traveller.trip().await;
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(refused.json::<Value>().await.unwrap()["code"], "unavailable");
    assert_eq!(
        (traveller.word("safe").await, traveller.device().await),
        (StatusCode::SERVICE_UNAVAILABLE, StatusCode::OK)
    );
    assert_eq!((traveller.call().await, traveller.word("need_help").await), (StatusCode::OK, StatusCode::OK));
    volume.leave(1_500);
    assert_eq!(traveller.device().await, 503);
    assert_eq!((traveller.call().await, traveller.word("need_help").await), (StatusCode::OK, StatusCode::OK));
    volume.leave(700);
    assert_eq!(traveller.call().await, 503, "the last of it is the ministry's");
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    let published = ministry.publish(&served.inside, &[&file]);
    assert!(published.status.success(), "{}", said(&published));
    std::fs::remove_file(front.join("filler")).unwrap();
    assert_eq!(traveller.trip().await.status(), 200, "and with room again all is taken");
    drop(served);
}

#[tokio::test]
async fn a_device_that_writes_without_end_is_asked_to_wait_and_still_asks_for_help() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let traveller = Traveller { app: App::register(&served).await, served: &served };
    let id = TripId::random(&mut rand::rng());
    let path = format!("/v1/trips/{id}");
    let (mut sent, mut waits) = (traveller.app.trip(id, 1, Timestamp::now()), None);
    for version in 1..2_000 {
        let trip = traveller.app.trip(id, version, Timestamp::now());
        let answer = traveller.put(&path, json!(trip)).await;
        if answer.status() == 429 {
            waits = Some((version, answer));
            break;
        }
        assert_eq!(answer.status(), 200);
        sent = trip;
    }
    let (version, answer) = waits.expect("it is never asked to wait");
    assert!(version > 300, "what a traveller has goes without a wait: {version}");
    assert_eq!(answer.headers()["retry-after"], "1");
    assert_eq!(answer.json::<Value>().await.unwrap()["code"], "too_many_requests");
    for _ in 0..20 {
        let stands = traveller.put(&path, json!(sent)).await;
        assert_eq!(stands.status(), 200, "what stands already is no write");
    }
    let unseen = || format!("/v1/trips/{}?version=1", TripId::random(&mut rand::rng()));
    let delete = || served.request(reqwest::Method::DELETE, &unseen()).bearer_auth(&traveller.app.token).send();
    let mut deleted = 0;
    // a second more may have passed for each
    while delete().await.unwrap().status() == 200 {
        deleted += 1;
        assert!(deleted < 100, "deleting is writing too");
    }
    assert_eq!((traveller.call().await, traveller.word("need_help").await), (StatusCode::OK, StatusCode::OK));
    let other = Traveller { app: App::register(&served).await, served: &served };
    assert_eq!(other.trip().await.status(), 200, "and nobody else waits");
}

#[tokio::test]
async fn a_device_that_cries_without_end_is_asked_to_wait_and_nobody_else_is() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let traveller = Traveller { app: App::register(&served).await, served: &served };
    let path = format!("/v1/calls/{}", CallId::random(&mut rand::rng()));
    let mut answered = 0;
    loop {
        let call = json!({ "version": answered + 1, "outcome": "still_need_help", "at": Timestamp::now() });
        match traveller.put(&path, call).await.status() {
            StatusCode::OK => answered += 1,
            refused => break assert_eq!(refused, 429),
        }
        assert!(answered < 2_000, "it is never asked to wait");
    }
    assert!(answered >= 300, "what a traveller has goes without a wait: {answered}");
    let other = Traveller { app: App::register(&served).await, served: &served };
    assert_eq!(other.call().await, 200);
}
