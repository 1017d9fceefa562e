//! A demo ministry in a folder of its own, and its front as a process.

use std::{
    io::{BufRead, BufReader},
    ops::Deref,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Once,
};

use contract::{
    entry::Entry,
    hash::Hash,
    ids::TripId,
    jws::{Jws, Verified},
    keys::{Carried, KeySet, Role},
    log::{Frame, Head, LogPosition, PAGE, Watermark, read_snapshot},
    profile::Profile,
    record::Trip,
};
use jiff::{SignedDuration, Timestamp};
use ministry::storage::sqlite::{Database, Schema, SqliteRegister};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::Device;

pub struct Ministry {
    /// Holds `desk` and `profile.json`.
    pub inside: TempDir,
    /// Holds `front` alone: the desk was moved away from it.
    pub outside: TempDir,
}

impl Ministry {
    pub fn new() -> Self {
        let (inside, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let inside_port = ["--listen", "127.0.0.1:0"];
        let made = run(&[&["init", "--data", inside.path().to_str().unwrap()], &inside_port[..]].concat());
        assert!(made.status.success(), "{made:?}");
        std::fs::rename(inside.path().join("front"), outside.path().join("front")).unwrap();
        Self { inside, outside }
    }

    pub fn profile(&self) -> Profile {
        serde_json::from_str(&std::fs::read_to_string(self.inside.path().join("profile.json")).unwrap()).unwrap()
    }

    pub fn desk(&self) -> PathBuf {
        self.inside.path().join("desk")
    }

    /// By which the desk publishes.
    pub fn credential(&self) -> String {
        std::fs::read_to_string(self.desk().join("publish.credential")).unwrap()
    }

    /// By which the desk counts.
    pub fn reading_credential(&self) -> String {
        std::fs::read_to_string(self.desk().join("read.credential")).unwrap()
    }

    pub fn serve(&self) -> Served {
        Served::start(self.outside.path())
    }

    pub fn publish(&self, inside: &str, files: &[&Path]) -> Output {
        let data = self.inside.path().to_str().unwrap();
        let files = files.iter().map(|file| file.to_str().unwrap());
        run(&["publish", "--data", data, "--inside", inside].into_iter().chain(files).collect::<Vec<_>>())
    }

    /// Lets the desk confirm the log anew.
    pub fn confirm(&self, inside: &str) -> Output {
        run(&["watermark", "--data", self.inside.path().to_str().unwrap(), "--inside", inside])
    }

    pub fn headcount(&self, inside: &str, place: &[&str], at: Timestamp, more: &[&str]) -> String {
        let (data, at) = (self.inside.path().to_str().unwrap(), at.to_string());
        let mut args = vec!["headcount", "--data", data, "--inside", inside, "--at", &at];
        args.extend(place.iter().chain(more));
        let counted = run(&args);
        assert!(counted.status.success(), "{counted:?}");
        String::from_utf8(counted.stdout).unwrap()
    }

    /// Writes a file beside the desk.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.inside.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Signs a draft as the desk would.
    pub fn sign(&self, draft: &Value) -> Jws {
        let folder = ministry::desk::folder::DeskFolder::of(self.inside.path());
        let draft = ministry::desk::draft::Draft::from_json(&draft.to_string()).unwrap();
        let entry = contract::entry::Entry {
            id: draft.id,
            version: draft.version.unwrap(),
            issued_at: Timestamp::now(),
            body: draft.body,
        };
        folder.signatory(&folder.newest_keys().unwrap(), Role::Publish).unwrap().sign(&entry).unwrap()
    }
}

pub fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ministry")).args(args).output().unwrap()
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

pub struct Served {
    pub child: Child,
    pub url: String,
    /// Where the desk asks.
    pub inside: String,
    pub log: PathBuf,
}

impl Served {
    pub fn start(data: &Path) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_ministry")), data, &[])
    }

    /// `command` is the program, or runs what it is given as if it were.
    pub fn run(command: Command, data: &Path, more: &[&str]) -> Self {
        Self::at(command, data, "127.0.0.1:0", "127.0.0.1:0", more)
    }

    /// Where it was before it stopped.
    pub fn again(command: Command, data: &Path, public: &str, inside: &str) -> Self {
        Self::at(command, data, public, inside, &[])
    }

    fn at(mut command: Command, data: &Path, public: &str, inside: &str, more: &[&str]) -> Self {
        let log = data.join("front.log");
        let mut child = command
            .args(["serve", "--data", data.to_str().unwrap(), "--listen", public, "--inside", inside])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut address = |begins: &str| {
            let mut line = String::new();
            said.read_line(&mut line).unwrap();
            line.trim().strip_prefix(begins).expect(&line).to_owned()
        };
        let (url, inside) = (address("listening on "), address("inside on "));
        Self { child, url, inside, log }
    }

    pub fn terminate(&mut self) -> bool {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().success()
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        client().get(format!("{}{path}", self.url))
    }

    /// A request of the inside listener.
    pub fn inside(&self, method: Method, path: &str) -> RequestBuilder {
        client().request(method, format!("{}{path}", self.inside))
    }

    pub fn put(&self, path: &str, body: &Value) -> RequestBuilder {
        client().put(format!("{}{path}", self.url)).json(body)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        client().request(method, format!("{}{path}", self.url))
    }

    pub async fn text(&self, path: &str) -> String {
        self.get(path).send().await.unwrap().error_for_status().unwrap().text().await.unwrap()
    }

    /// Frames `from..=to`, page by page.
    pub async fn log(&self, from: u64, to: u64) -> Vec<Frame> {
        let mut frames = Vec::new();
        let mut next = from;
        while next <= to {
            let last = to.min((next - 1) / PAGE * PAGE + PAGE);
            let page = self.text(&format!("/v1/bulletin/frames/{next}-{last}")).await;
            frames.extend(page.lines().map(|line| serde_json::from_str::<Frame>(line).unwrap()));
            next = last + 1;
        }
        frames
    }

    /// The entries of the snapshot that the newest watermark names.
    pub async fn entries(&self, profile: &Profile) -> Vec<Entry> {
        let keys = self.keys(profile).await;
        let watermark = self.watermark(&keys).await;
        let snapshot = self.text(&format!("/v1/bulletin/snapshot/{}", watermark.snapshot.hash)).await;
        assert_eq!(Hash::of(snapshot.as_bytes()), watermark.snapshot.hash);
        let carried = |seq| Carried::At { seq, confirmed: true };
        read_snapshot(&snapshot).map(|line| keys.entry(&line.entry, carried(line.seq)).unwrap().into_inner()).collect()
    }

    pub async fn keys(&self, profile: &Profile) -> Verified<KeySet> {
        profile.roots.verify_first(&self.text("/v1/bulletin/keys/1").await).unwrap()
    }

    pub async fn watermark(&self, keys: &Verified<KeySet>) -> Verified<Watermark> {
        keys.watermark(&self.text("/v1/bulletin/watermark").await).unwrap()
    }

    /// Follows the log from where a watermark stands to its head.
    pub async fn follow(&self, from: &Watermark, head: &Head) -> LogPosition {
        let frames = self.log(from.seq + 1, head.seq).await;
        frames.iter().fold(from.position(), |position, frame| position.after(frame).unwrap())
    }

    pub async fn head(&self, keys: &Verified<KeySet>) -> Verified<Head> {
        keys.head(&self.text("/v1/bulletin/head").await).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // it may have ended already
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A register in a folder that ends with it.
pub fn sqlite_register() -> (SqliteRegister, TempDir) {
    let folder = TempDir::new().unwrap();
    let database = Database::create(&folder.path().join("register.db"), Schema::Register).unwrap();
    (SqliteRegister::new(database), folder)
}

pub fn client() -> Client {
    static TLS: Once = Once::new();
    TLS.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
    Client::builder().no_proxy().build().unwrap()
}

/// A device with the requests it makes.
pub struct App(Device);

impl Deref for App {
    type Target = Device;

    fn deref(&self) -> &Device {
        &self.0
    }
}

impl App {
    pub fn new() -> Self {
        Self(Device::new(&mut rand::rng()))
    }

    pub async fn register(served: &Served) -> Self {
        let app = Self::new();
        let answer = served.put(&format!("/v1/devices/{}", app.id), &json!(app.record())).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert!(answer.headers().contains_key("register-epoch"));
        app
    }

    pub async fn put(&self, served: &Served, path: &str, body: &Value) -> Value {
        let answer = served.put(path, body).bearer_auth(&self.token).send().await.unwrap();
        let status = answer.status();
        let body = answer.json().await.unwrap();
        assert!(status.is_success(), "{status} {body}");
        body
    }

    pub fn trip(&self, id: TripId, version: u32, begin: Timestamp) -> Trip {
        self.0.trip(id, version, begin, &mut rand::rng())
    }
}

/// An officer's advisory for AE.
pub fn advisory(id: &str, version: Option<u32>, headline: &str) -> Value {
    let now = Timestamp::now();
    let text = json!({ "headline": headline, "steps": ["Stay inside"], "why": "Airspace closed" });
    let mut draft = json!({
        "id": id,
        "kind": "advisory",
        "body": {
            "message_type": "alert", "severity": "extreme", "urgency": "immediate", "certainty": "observed",
            "effective": now, "expires": now + SignedDuration::from_hours(48),
            "areas": [{ "name": { "en": "UAE" }, "country": "AE" }],
            "texts": { "kk": text, "ru": text, "en": text },
        }
    });
    if let Some(version) = version {
        draft["version"] = json!(version);
    }
    draft
}

/// A CAP alert for a square near Semey.
pub fn cap(identifier: &str, kind: &str, references: &str, headline: &str) -> String {
    let now = Timestamp::now();
    let stamp = |time: Timestamp| time.strftime("%Y-%m-%dT%H:%M:%S-00:00").to_string();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{identifier}</identifier><sender>duty@weather.example</sender><sent>{}</sent>
  <status>Actual</status><msgType>{kind}</msgType><scope>Public</scope><references>{references}</references>
  <info><language>ru</language><category>Met</category><event>Гололёд</event>
    <urgency>Future</urgency><severity>Moderate</severity><certainty>Likely</certainty>
    <expires>{}</expires><headline>{headline}</headline>
    <instruction>Закройте окна
Оставайтесь дома</instruction>
    <area><areaDesc>Семей</areaDesc><polygon>50,80 50,81 51,81 50,80</polygon></area></info>
</alert>"#,
        stamp(now),
        stamp(now + SignedDuration::from_hours(24)),
    )
}
