use std::process::Command;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::{Ministry, Served, advisory, cap, said};

/// Publishes one bad file: it must be refused for the reason, and nothing may reach the front.
pub async fn refused(ministry: &Ministry, served: &Served, name: &str, content: impl AsRef<[u8]>, reason: &str) {
    let keys = served.keys(&ministry.profile()).await;
    let before = served.head(&keys).await.seq;
    let file = ministry.file(name, content);
    let published = ministry.publish(&served.inside, &[&file]);
    assert!(!published.status.success(), "{name} was taken");
    assert!(said(&published).contains(reason), "{name}: {}", said(&published));
    assert_eq!(served.head(&keys).await.seq, before, "{name}");
    assert_eq!(std::fs::read_dir(ministry.desk().join("unposted")).unwrap().count(), 0, "{name}");
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut draft = advisory("advisory.bad", None, "Leave");
    change(&mut draft);
    draft.to_string()
}

#[tokio::test]
async fn a_draft_that_is_wrong_is_refused_with_its_reason() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let cases = [
        ("not.json", b"{\"id\": ".to_vec(), "it is not JSON"),
        ("utf.json", b"{\"id\": \"\xff\xfe\"}".to_vec(), "it is not UTF-8"),
        ("neither.txt", b"hello".to_vec(), "neither an officer's JSON draft nor a CAP alert"),
        ("empty.json", Vec::new(), "it is not JSON"),
        ("unknown.json", changed(|d| d["extra"] = json!(1)).into(), "unknown field `extra`"),
        ("deep.json", changed(|d| d["body"]["colour"] = json!(1)).into(), "at /body/colour: nobody would read this"),
        ("deeper.json", changed(|d| d["body"]["areas"][0]["countri"] = json!(1)).into(), "at /body/areas/0/countri"),
        (
            "kind.json",
            changed(|d| d["kind"] = json!("rumour")).into(),
            "none of advisory, level, mission, line, chat and topic",
        ),
        ("id.json", changed(|d| d["id"] = json!("Not An Id")).into(), "not a valid entry id"),
        ("zero.json", changed(|d| d["version"] = json!(0)).into(), "versions begin at 1"),
        (
            "lang.json",
            changed(|d| drop(d["body"]["texts"].as_object_mut().unwrap().remove("en"))).into(),
            "no complete text in en",
        ),
        ("area.json", changed(|d| d["body"]["areas"] = json!([])).into(), "names no area"),
        (
            "ring.json",
            changed(|d| d["body"]["areas"][0]["polygons"] = json!([[{"lat":1.0,"lon":1.0}]])).into(),
            "a ring",
        ),
        ("country.json", changed(|d| d["body"]["areas"][0]["country"] = json!("XX")).into(), "there is no country XX"),
        (
            "airport.json",
            changed(|d| d["body"]["areas"][0]["airports"] = json!(["QQQ"])).into(),
            "there is no airport QQQ",
        ),
        (
            "order.json",
            changed(|d| d["body"]["expires"] = json!("2020-01-01T00:00:00Z")).into(),
            "not after it takes effect",
        ),
        ("date.json", changed(|d| d["body"]["expires"] = json!("2026-02-30T00:00:00Z")).into(), "at /body/expires"),
        ("severity.json", changed(|d| d["body"]["severity"] = json!("awful")).into(), "at /body/severity"),
    ];
    for (name, content, reason) in cases {
        refused(&ministry, &served, name, content, reason).await;
    }
    let expired = changed(|d| {
        d["body"]["effective"] = json!("2020-01-01T00:00:00Z");
        d["body"]["expires"] = json!("2020-01-02T00:00:00Z");
    });
    refused(&ministry, &served, "expired.json", expired, "it expired at 2020-01-02").await;
}

#[tokio::test]
async fn a_level_or_line_that_is_wrong_is_refused_with_its_reason() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let words = json!({ "kk": "а", "ru": "б", "en": "c" });
    let level = |level: u8, why: &Value| {
        let body = json!({ "country": "AE", "level": level, "since": Timestamp::now(), "why": why });
        json!({ "id": "level.ae", "kind": "level", "body": body }).to_string()
    };
    refused(&ministry, &served, "level.json", level(5, &words), "a level is 1, 2, 3 or 4").await;
    let blank = json!({ "kk": "а", "ru": " ", "en": "c" });
    refused(&ministry, &served, "level.json", level(4, &blank), "why is not complete in kk, ru and en").await;
    let line = |change: &dyn Fn(&mut Value)| {
        let mut body = json!({ "kind": "office", "name": words, "hours": { "kind": "always" }, "number": "+442079460199",
            "state": "open", "verified_at": Timestamp::now() });
        change(&mut body);
        json!({ "id": "line.x", "kind": "line", "body": body }).to_string()
    };
    let weekly = |zone: &str, opens: &str| {
        json!({ "kind": "weekly", "time_zone": zone,
            "spans": [{ "first": "monday", "last": "friday", "opens": opens, "closes": "18:00:00" }] })
    };
    let not_e164 = "not a phone number in E.164";
    let cases = [
        (line(&|body| body["number"] = json!("112")), not_e164),
        (line(&|body| body["text"] = json!({ "kind": "sms", "number": "0044" })), not_e164),
        (line(&|body| body["moved_to"] = json!("+1")), not_e164),
        (line(&|body| body["hours"] = weekly("Mars/Olympus", "09:00:00")), "there is no time zone Mars/Olympus"),
        (
            line(&|body| {
                body["text"] = json!({ "kind": "chat", "messenger": "telegram", "url": "https://t.example/x" })
            }),
            "is not an https address",
        ),
    ];
    for (content, reason) in cases {
        refused(&ministry, &served, "line.json", content, reason).await;
    }
}

#[tokio::test]
async fn a_chat_or_topic_that_is_wrong_is_refused_with_its_reason() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let words = json!({ "kk": "а", "ru": "б", "en": "c" });
    for url in [
        "http://t.me/x",
        "https://t.me@evil.example/x",
        "https://T.me/x",
        "https://evil.example/t.me",
        "javascript:alert(1)",
    ] {
        let body =
            json!({ "name": words, "link": { "messenger": "telegram", "url": url }, "verified_at": Timestamp::now() });
        let chat = json!({ "id": "chat.x", "kind": "chat", "body": body }).to_string();
        refused(&ministry, &served, "chat.json", chat, "is not an https address").await;
    }
    let text = json!({ "title": "t", "summary": "s", "steps": ["a", "b"], "why": "w", "whom": "m" });
    let topic = |change: &dyn Fn(&mut Value)| {
        let mut body = json!({ "id": "volcano", "group": "nature", "order": 99, "icon": "flame", "reviewed": "2026-02-01",
            "sources": [], "texts": { "kk": text, "ru": text, "en": text } });
        change(&mut body);
        json!({ "id": "topic.volcano", "kind": "topic", "body": body }).to_string()
    };
    let whole = "a topic is whole in kk, ru and en";
    let cases = [
        (topic(&|body| drop(body["texts"].as_object_mut().unwrap().remove("kk"))), whole),
        (topic(&|body| body["texts"]["ru"]["steps"] = json!(["a"])), whole),
        (topic(&|body| body["texts"]["en"]["why"] = json!(" ")), whole),
        (topic(&|body| body["levels"] = json!([5])), "a topic's levels are 1 to 4"),
        (topic(&|body| ["kk", "ru", "en"].iter().for_each(|lang| body["texts"][lang]["steps"] = json!([]))), whole),
        (topic(&|body| body["sources"] = json!([{ "title": "t", "url": "ftp://x" }])), "is not an https address"),
    ];
    for (content, reason) in cases {
        refused(&ministry, &served, "topic.json", content, reason).await;
    }
    let good = ministry.file("good.json", topic(&|_| ()));
    assert!(ministry.publish(&served.inside, &[&good]).status.success());
}

#[tokio::test]
async fn an_alert_that_must_not_be_passed_on_is_refused_with_its_reason() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let alert = cap("KZ.1", "Alert", "", "Гололёд");
    let doctype = "<!DOCTYPE alert [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]>";
    let cases = [
        ("broken.xml", alert.replace("</info>", ""), "broken XML"),
        ("cut.xml", alert.split_at(400).0.to_owned(), "broken XML"),
        (
            "xxe.xml",
            alert.replace("<alert", &format!("{doctype}<alert")).replace("Гололёд", "&xxe;"),
            "it has a DOCTYPE",
        ),
        ("entity.xml", alert.replace("Гололёд", "&xxe;"), "the entity &xxe;"),
        ("feed.xml", "<feed><alert/></feed>".into(), "it is not a CAP alert but a feed"),
        ("rss.xml", "<rss><channel/></rss>".into(), "it is not a CAP alert but a feed"),
        ("page.xml", "<html><body/></html>".into(), "it is not a CAP alert: its root element is <html>"),
        ("test.xml", alert.replace(">Actual<", ">Test<"), "only Actual is passed on"),
        ("private.xml", alert.replace(">Public<", ">Private<"), "only Public is passed on"),
        ("ack.xml", cap("KZ.1", "Ack", "", "x"), "only Alert, Update or Cancel is passed on"),
        ("error.xml", cap("KZ.1", "Error", "", "x"), "only Alert, Update or Cancel is passed on"),
        ("point.xml", alert.replace("51,81", "91,81"), "\"91,81\" is not a point"),
        ("time.xml", alert.replace("<expires>", "<expires>soon "), "is not a time"),
        ("bare.xml", alert.replace("<info>", "<x>").replace("</info>", "</x>"), "its <info> is missing"),
        ("nowhere.xml", alert.replace("<area>", "<x>").replace("</area>", "</x>"), "names no area"),
        ("deep.xml", "<a>".repeat(5000), "broken XML"),
    ];
    for (name, content, reason) in cases {
        refused(&ministry, &served, name, content, reason).await;
    }
    let old = alert.replace(&Timestamp::now().strftime("%Y-").to_string(), "2020-");
    refused(&ministry, &served, "old.xml", old, "it expired at 2020").await;
}

#[tokio::test]
async fn a_file_of_fifty_megabytes_is_refused_unread() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let path = ministry.file("big.json", b"{");
    std::fs::File::options().write(true).open(&path).unwrap().set_len(50 * 1024 * 1024).unwrap();
    let published = ministry.publish(&served.inside, &[&path]);
    assert!(!published.status.success());
    assert!(said(&published).contains("larger than 1 MiB"), "{}", said(&published));
}

#[tokio::test]
async fn one_bad_file_does_not_hold_up_the_good_ones() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let good = ministry.file("good.json", advisory("advisory.good", None, "Leave").to_string());
    let bad = ministry.file("bad.json", "{}");
    let published = ministry.publish(&served.inside, &[&bad, &good]);
    assert!(!published.status.success());
    assert!(said(&published).contains("advisory.good 1 "), "{}", said(&published));
    assert!(said(&published).contains("1 of 2 files were refused"), "{}", said(&published));
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_regular_file_is_refused_and_not_waited_for() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let beside = |name: &str| ministry.inside.path().join(name);
    assert!(Command::new("mkfifo").arg(beside("pipe.json")).status().unwrap().success());
    std::fs::create_dir(beside("folder.json")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", beside("device.json")).unwrap();
    ministry.file("draft.json", advisory("advisory.linked", None, "Leave").to_string());
    std::os::unix::fs::symlink("draft.json", beside("link.json")).unwrap();
    let names = ["pipe.json", "folder.json", "device.json", "link.json"];
    // who waits for the pipe is ended, and has said nothing
    let published = Command::new("timeout")
        .args(["60", env!("CARGO_BIN_EXE_ministry"), "publish", "--inside", &served.inside, "--data"])
        .arg(ministry.inside.path())
        .args(names.map(beside))
        .output()
        .unwrap();
    let told = said(&published);
    for name in &names[..3] {
        assert!(told.contains(&format!("{name}: it cannot be opened: it is no regular file")), "{told}");
    }
    assert!(told.contains("advisory.linked 1 ") && told.contains("3 of 4 files were refused"), "{told}");
}
