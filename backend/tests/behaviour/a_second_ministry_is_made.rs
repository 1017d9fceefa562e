use std::path::Path;

use contract::{entry::Body, ids::TripId, profile::Profile, words::Lang};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::{App, Served, advisory, run, said};

fn fixture() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/ministry-uz.json");
    std::fs::read_to_string(path).unwrap()
}

fn init(description: &str) -> (tempfile::TempDir, std::process::Output) {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("ministry.json");
    std::fs::write(&file, description).unwrap();
    let data = folder.path().join("data");
    let made = run(&["init", "--data", data.to_str().unwrap(), "--ministry", file.to_str().unwrap()]);
    (folder, made)
}

#[test]
fn a_ministry_of_another_country_and_other_languages_is_made_from_its_description() {
    let (folder, made) = init(&fixture());
    assert!(made.status.success(), "{}", said(&made));
    let profile = std::fs::read_to_string(folder.path().join("data/profile.json")).unwrap();
    let profile: Profile = serde_json::from_str(&profile).unwrap();
    let tags: Vec<_> = profile.languages.iter().map(|tag| tag.as_str()).collect();
    assert_eq!(tags, ["uz", "ru", "en"]);
    assert_eq!((profile.home_country.as_str(), profile.home_time_zone.as_str()), ("UZ", "Asia/Tashkent"));
    assert_eq!(profile.front, "https://front.mfa-uz.example");
    assert_eq!(profile.identifier, "uz.mfa.companion.demo");
    assert_eq!(profile.name.shown(&profile.preference(Lang::Kk)), profile.name.get("uz").unwrap());
    let shipped = profile.shipped.as_ref().unwrap();
    let keys = profile.roots.verify_chain(shipped.keys.iter().map(String::as_str)).unwrap();
    let watermark = keys.watermark(&shipped.watermark).unwrap();
    assert_eq!(contract::hash::Hash::of(shipped.snapshot.as_bytes()), watermark.snapshot.hash);
    assert!(watermark.seq >= 3, "its list of relays and its first entries");
}

#[tokio::test]
async fn it_serves_publishes_in_its_own_languages_and_counts() {
    let (folder, made) = init(&fixture());
    assert!(made.status.success(), "{}", said(&made));
    let data = folder.path().join("data");
    let profile: Profile = serde_json::from_slice(&std::fs::read(data.join("profile.json")).unwrap()).unwrap();
    let served = Served::start(&data);
    let desk = |command: &str, more: &[&str]| {
        run(&[&[command, "--data", data.to_str().unwrap(), "--inside", &served.inside], more].concat())
    };
    let publish = |draft: &Value| {
        let file = folder.path().join("draft.json");
        std::fs::write(&file, draft.to_string()).unwrap();
        desk("publish", &[file.to_str().unwrap()])
    };
    let mut draft = advisory("advisory.ae", None, "Leave");
    let refused = publish(&draft);
    assert!(!refused.status.success() && said(&refused).contains("uz"), "{}", said(&refused));
    let text = |headline: &str| json!({ "headline": headline, "steps": ["1"], "why": "2" });
    draft["body"]["texts"] = json!({ "uz": text("Chiqib keting"), "ru": text("Выезжайте"), "en": text("Leave") });
    let published = publish(&draft);
    assert!(published.status.success(), "{}", said(&published));
    assert!(desk("watermark", &[]).status.success(), "with a snapshot of what lives");
    let entries = served.entries(&profile).await;
    let advisories = entries
        .iter()
        .filter_map(|entry| if let Body::Advisory(advisory) = &entry.body { Some(advisory) } else { None });
    let [advisory] = advisories.collect::<Vec<_>>()[..] else { panic!("{entries:?}") };
    let headline = |tag: &str| advisory.texts.get(tag).map(|text| text.headline.as_str());
    assert_eq!(["uz", "ru", "en"].map(headline), [Some("Chiqib keting"), Some("Выезжайте"), Some("Leave")]);
    assert_eq!(headline("kk"), None);
    let feed = served.text("/cap/advisory.ae.xml").await;
    assert!(feed.contains("<language>uz</language>") && feed.contains("Chiqib keting"), "{feed}");

    let (app, begin) = (App::register(&served).await, Timestamp::now() - SignedDuration::from_hours(24));
    let id = TripId::random(&mut rand::rng());
    app.put(&served, &format!("/v1/trips/{id}"), &json!(app.trip(id, 1, begin))).await;
    let at = Timestamp::now().to_string();
    let counted = desk("headcount", &["--country", "AE", "--at", &at, "--json"]);
    let counted: Value = serde_json::from_slice(&counted.stdout).unwrap();
    assert_eq!((&counted["people"], &counted["trips"]), (&json!(3), &json!(1)));
}

#[test]
fn a_description_that_is_wrong_is_refused_by_its_field_and_nothing_is_made() {
    let cases: [(&str, Value, &str); 7] = [
        ("/identifier", json!("saparlas"), "is not a reversed domain"),
        ("/languages", json!([]), "languages: it names none"),
        ("/name/uz", json!(" "), "name: not whole in each of the ministry's languages"),
        ("/home_time_zone", json!("Mars/Olympus"), "there is no time zone Mars/Olympus"),
        ("/home_country", json!("QQ"), "there is no country QQ"),
        ("/front", json!("ftp://x"), "is not an http or https address"),
        ("/law/retention/trip", json!("long"), "law.retention.trip"),
    ];
    for (pointer, value, reason) in cases {
        let mut description: Value = serde_json::from_str(&fixture()).unwrap();
        *description.pointer_mut(pointer).unwrap() = value;
        let (folder, made) = init(&description.to_string());
        assert!(!made.status.success(), "{pointer}");
        assert!(said(&made).contains(reason), "{pointer}: {}", said(&made));
        assert!(!folder.path().join("data").exists(), "{pointer}");
    }
    let mut description: Value = serde_json::from_str(&fixture()).unwrap();
    description["entries"][1]["body"]["level"] = json!(9);
    let (folder, made) = init(&description.to_string());
    assert!(said(&made).contains("a level is 1, 2, 3 or 4, not 9"), "{}", said(&made));
    assert!(!folder.path().join("data").exists());
}
