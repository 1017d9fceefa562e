//! Writing is strict: a draft that would not come back whole is refused, with a pointer to what would not.

use contract::entry::{Body, NotWhole};
use serde_json::{Value, json};

fn draft() -> Value {
    json!({
        "message_type": "alert", "severity": "extreme", "urgency": "immediate", "certainty": "observed",
        "effective": "2026-03-01T06:00:00Z", "expires": "2026-03-02T06:00:00Z",
        "areas": [{ "country": "AE" }],
        "texts": { "en": { "headline": "Stay in", "steps": ["Stay."], "why": "Because." } },
    })
}

fn read(change: impl FnOnce(&mut Value)) -> Result<Body, NotWhole> {
    let mut value = draft();
    change(&mut value);
    Body::read_whole("advisory", &value)
}

fn refused_at(change: impl FnOnce(&mut Value)) -> String {
    read(change).unwrap_err().pointer
}

#[test]
fn a_whole_draft_is_read() {
    assert!(matches!(read(|_| ()).unwrap(), Body::Advisory(_)));
}

#[test]
fn what_equals_its_default_may_stand_there_or_not() {
    let plain = read(|_| ()).unwrap();
    for (pointer, default) in [
        ("announced", json!("loud")),
        ("onset", Value::Null),
        ("/areas/0/name", json!({})),
        ("/areas/0/airports", json!([])),
    ] {
        let read = read(|value| match pointer.strip_prefix("/areas/0/") {
            Some(field) => value["areas"][0][field] = default,
            None => value[pointer] = default,
        });
        assert_eq!(read.unwrap(), plain, "{pointer}");
    }
}

#[test]
fn an_instant_or_number_may_be_written_in_two_ways() {
    let plain = read(|_| ()).unwrap();
    assert_eq!(read(|value| value["effective"] = "2026-03-01T11:00:00+05:00".into()).unwrap(), plain);
    let circle = json!([{ "center": { "lat": 25, "lon": 55.0 }, "radius_km": 10 }]);
    assert!(read(|value| value["areas"][0]["circles"] = circle).is_ok());
}

#[test]
fn what_nobody_would_read_is_refused_where_it_stands() {
    assert_eq!(refused_at(|value| value["unheard_of"] = 1.into()), "/unheard_of");
    assert_eq!(refused_at(|value| value["areas"][0]["contry"] = "AE".into()), "/areas/0/contry");
    assert_eq!(refused_at(|value| value["texts"]["en"]["a/b~c"] = "x".into()), "/texts/en/a~1b~0c");
    assert_eq!(refused_at(|value| value["texts"]["no tag"] = json!({ "headline": "x" })), "/texts/no tag");
}

#[test]
fn a_word_that_is_not_known_is_refused_where_it_stands() {
    assert_eq!(refused_at(|value| value["severity"] = "apocalyptic".into()), "/severity");
    assert_eq!(refused_at(|value| value["severity"] = "(other)".into()), "/severity");
    assert_eq!(refused_at(|value| value["announced"] = "whispered".into()), "/announced");
}

#[test]
fn a_field_of_the_wrong_shape_is_refused_where_it_stands() {
    assert_eq!(refused_at(|value| value["areas"][0]["country"] = "Emirates".into()), "/areas/0/country");
    assert_eq!(refused_at(|value| value["texts"]["en"]["steps"] = "Stay.".into()), "/texts/en/steps");
    assert_eq!(refused_at(|value| value["expires"] = "tomorrow".into()), "/expires");
    assert_eq!(refused_at(|value| *value = json!([])), "");
}

#[test]
fn a_tag_in_another_case_than_its_canonical_one_is_refused() {
    let refused = refused_at(|value| value["texts"] = json!({ "EN": { "headline": "x", "steps": [], "why": "" } }));
    assert_eq!(refused, "/texts/EN");
}

#[test]
fn a_kind_nobody_knows_is_refused() {
    assert!(Body::read_whole("song", &draft()).is_err());
}
