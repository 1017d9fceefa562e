//! Each ministry's app has the identifier of its profile; one without a profile has the demo's.

use std::{fs, path::Path};

use serde_json::Value;

#[path = "../build/identifier.rs"]
mod identifier;

use identifier::identifier;

#[test]
fn the_identifier_of_the_profile_is_taken() {
    assert_eq!(identifier(r#"{"identifier": "uz.tiv.hamroh"}"#, "kz.saparlas.app"), Ok("uz.tiv.hamroh".into()));
}

#[test]
fn without_one_the_demo_s_stays() {
    for profile in ["", "{}", r#"{"name": {}}"#] {
        assert_eq!(identifier(profile, "kz.saparlas.app"), Ok("kz.saparlas.app".into()), "{profile}");
    }
}

#[test]
fn what_no_shop_would_take_stops_the_build() {
    for name in
        ["", "saparlas", "kz..app", "kz.saparlas.", "Kz.saparlas", "kz.1app", "kz.my-app", "kz.my_app", "kz.a/b"]
    {
        let profile = serde_json::json!({ "identifier": name }).to_string();
        assert!(identifier(&profile, "kz.saparlas.app").is_err(), "{name}");
    }
    assert!(identifier(r#"{"identifier": 7}"#, "kz.saparlas.app").is_err());
    assert!(identifier("no JSON", "kz.saparlas.app").is_err());
}

#[test]
fn this_build_has_the_demo_s() {
    let config = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tauri.conf.json")).unwrap();
    let config: Value = serde_json::from_str(&config).unwrap();
    assert_eq!(config["identifier"], "kz.saparlas.app");
    if option_env!("SAPARLAS_EMBED_PROFILE").is_none() {
        assert_eq!(config["identifier"], saparlas::IDENTIFIER);
    }
}
