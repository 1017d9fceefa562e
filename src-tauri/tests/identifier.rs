//! Each ministry's app has the identifier of its profile; one without a profile has the demo's.

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
