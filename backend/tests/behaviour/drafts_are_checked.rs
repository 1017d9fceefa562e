//! What officers get wrong in their drafts, each with its like.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    a_bad_file_is_refused::refused,
    corpus,
    support::{Ministry, Served, advisory, said},
};

async fn refused_fault(ministry: &Ministry, served: &Served, name: &str, reason: &str) {
    if let Some(draft) = corpus::draft(name) {
        refused(ministry, served, name, draft, reason).await;
    }
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut draft = advisory("advisory.bad", None, "Leave");
    change(&mut draft["body"]);
    draft.to_string()
}

fn line(change: impl FnOnce(&mut Value)) -> String {
    let mut body = json!({ "kind": "office", "name": { "kk": "а", "ru": "б", "en": "c" }, "hours": { "kind": "always" },
        "number": "+442079460199", "state": "open", "verified_at": Timestamp::now() });
    change(&mut body);
    json!({ "id": "line.x", "kind": "line", "body": body }).to_string()
}

fn chat(change: impl FnOnce(&mut Value)) -> String {
    let mut body = json!({ "name": { "kk": "а", "ru": "б", "en": "c" },
        "link": { "messenger": "web", "url": "https://example.org/" }, "verified_at": Timestamp::now() });
    change(&mut body);
    json!({ "id": "chat.x", "kind": "chat", "body": body }).to_string()
}

#[tokio::test]
async fn an_advisory_that_nobody_could_read_or_be_reached_by_is_refused() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    for (name, reason) in [
        ("officer-names-the-place-only.json", "names no country, airport or shape"),
        ("officer-swapped-lat-lon.json", "at /body/areas/0: the place lies nowhere near AE"),
        ("officer-bidi.json", "at /body/texts/en/headline: it has U+202E"),
        ("blank-steps.json", "no complete text in en"),
        ("two-english-texts.json", "/body/texts/en is given twice"),
    ] {
        refused_fault(&ministry, &served, name, reason).await;
    }
    let point = |lat: f64, lon: f64| json!({ "lat": lat, "lon": lon });
    let circle = json!([{ "center": point(55.3, 25.2), "radius_km": 30.0 }]);
    for (content, reason) in [
        (changed(|body| body["areas"][0]["circles"] = circle), "lies nowhere near AE"),
        (changed(|body| body["texts"]["ru"]["steps"] = json!(["a", "b"])), "another number of steps in ru"),
        (changed(|body| body["texts"]["ru"]["why"] = json!("\u{a0}\u{3000}")), "no complete text in ru"),
        (changed(|body| body["texts"]["kk"]["headline"] = json!("a\u{200b}b")), "U+200B"),
        (
            changed(|body| body["areas"][0]["name"]["en"] = json!("Du\u{feff}bai")),
            "/body/areas/0/name/en: it has U+FEFF",
        ),
        (
            advisory("a", None, "x").to_string().replacen("\"severity\":", "\"severity\":\"minor\",\"severity\":", 1),
            "/body/severity is given twice",
        ),
    ] {
        refused(&ministry, &served, "draft.json", content, reason).await;
    }
}

#[tokio::test]
async fn numbers_links_and_references_are_checked() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    for (name, reason) in [
        ("line-of-a-chat.json", "chat.ministry is no mission"),
        ("number-plus-zero.json", "is not a phone number in E.164 that can exist"),
        ("link-with-unknown-field.json", "at /body/link/x"),
    ] {
        refused_fault(&ministry, &served, name, reason).await;
    }
    let nowhere = "is not an https address";
    for (content, reason) in [
        (line(|body| body["mission"] = json!("mission.nowhere")), "is no mission"),
        (chat(|body| body["mission"] = json!("chat.ministry")), "is no mission"),
        (line(|body| body["moved_to"] = json!("+10000000000")), "that can exist"),
        (line(|body| body["text"] = json!({ "kind": "sms", "number": "+99999999999" })), "that can exist"),
        (chat(|body| body["link"]["url"] = json!("https://localhost")), nowhere),
        (chat(|body| body["link"]["url"] = json!("https:example.org")), nowhere),
        (chat(|body| body["link"]["url"] = json!("https://example.org@evil.example")), nowhere),
        (chat(|body| body["link"]["url"] = json!("https://example.org/a b")), nowhere),
    ] {
        refused(&ministry, &served, "draft.json", content, reason).await;
    }
}

#[tokio::test]
async fn an_id_keeps_its_kind_and_a_topic_has_one_entry() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    for (first, second, reason) in [
        ("advisory-becomes-level-1.json", "advisory-becomes-level-2.json", "has the kind advisory, and keeps it"),
        ("two-entries-one-topic-1.json", "two-entries-one-topic-2.json", "one entry a topic"),
    ] {
        let Some(draft) = corpus::draft(first) else { return };
        let unique =
            |draft: String| draft.replace("\"id\":\"x\"", &format!("\"id\":\"{}\"", first.trim_end_matches(".json")));
        let file = ministry.file("first.json", unique(draft));
        let published = ministry.publish(&served.inside, &[&file]);
        assert!(published.status.success(), "{}", said(&published));
        refused(&ministry, &served, second, unique(corpus::draft(second).unwrap()), reason).await;
    }
}

#[tokio::test]
async fn night_duty_sites_without_a_slash_and_utf_16_are_taken() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let mut good = vec![
        chat(|body| body["link"]["url"] = json!("https://пример.қаз/жол")),
        chat(|body| body["link"]["url"] = json!("https://Example.org:8443?x=1")),
        line(|body| body["mission"] = json!("mission.dubai")),
    ];
    good.extend(
        ["night-duty-18-to-9.json", "site-without-slash.json", "utf-16.json"]
            .iter()
            .filter_map(|name| corpus::draft(name)),
    );
    for (at, draft) in good.into_iter().enumerate() {
        let draft = draft.replace("\"id\":\"x\"", &format!("\"id\":\"x{at}\""));
        let file = ministry.file("good.json", &draft);
        let published = ministry.publish(&served.inside, &[&file]);
        assert!(published.status.success(), "{draft}: {}", said(&published));
    }
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(chat(|_| ()).encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let file = ministry.file("wide.json", wide);
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
}
