use std::path::PathBuf;

use contract::advisory::{Advisory, Certainty, MessageType, Severity};
use ministry::cap::read::{Alert, CapError, read};
use proptest::prelude::*;

use crate::support::cap;

/// A file of the corpora, where they are.
fn corpus(name: &str) -> Option<Vec<u8>> {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SAPARLAS_CORPORA").map_or_else(default, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: no corpus");
        return None;
    }
    Some(std::fs::read(folder.join("cap").join(name)).unwrap())
}

/// Every real alert must be read, pass the app's own check and fit in an entry.
fn alert(name: &str) -> Option<Advisory> {
    let alert = read(&corpus(name)?).unwrap_or_else(|error| panic!("{name}: {error}"));
    alert.advisory.check().unwrap_or_else(|error| panic!("{name}: {error}"));
    let size = serde_json::to_vec(&alert.advisory).unwrap().len();
    assert!(size < 150_000, "{name}: {size} bytes");
    Some(alert.advisory)
}

fn country(advisory: &Advisory) -> Option<String> {
    advisory.areas.first()?.country.map(|code| code.to_string())
}

#[test]
fn kazhydromets_alert_is_read() {
    let Some(alert) = alert("kz-2.49.0.0.398.0-20250306-133701-0284797-00-EN.xml") else { return };
    assert_eq!(alert.relayed.as_ref().unwrap().sender, "kalmenova_a@meteo.kz");
    assert_eq!((alert.severity, alert.certainty), (Severity::Moderate, Certainty::Likely));
    assert_eq!(alert.texts.len(), 1);
    assert_eq!((alert.texts[0].lang.as_str(), alert.texts[0].headline.as_str()), ("en-US", "Freezing rain, icing"));
    assert_eq!(alert.areas[0].name, "Kokpekti district (Abai oblysy)");
    assert_eq!(country(&alert).as_deref(), Some("KZ"));
    assert_eq!(alert.areas[0].polygons.len(), 1);
    assert_eq!(alert.effective.to_string(), "2025-03-06T13:37:01Z");
    assert_eq!(alert.expires.to_string(), "2025-03-07T16:00:00Z");
}

#[test]
fn roshydromets_alert_is_read_in_russian() {
    let Some(alert) = alert("ru-20250301222516-0086037.xml") else { return };
    assert_eq!(alert.texts[0].lang, "ru");
    assert_eq!(alert.texts[0].headline, "Ветер");
    assert_eq!(country(&alert).as_deref(), Some("RU"));
    assert_eq!(alert.areas[0].polygons.len(), 6);
}

#[test]
fn the_swiss_alert_is_read_without_its_html() {
    let Some(alert) = alert("alertswiss-POA-1216107687-4.xml") else { return };
    assert_eq!(alert.relayed.as_ref().unwrap().sender, "Canton Valais");
    assert!(!alert.texts[0].why.contains('<'), "{}", alert.texts[0].why);
    assert_eq!(country(&alert), None, "nothing in it is certain about its country");
}

#[test]
fn the_german_cancellation_is_read_and_made_light() {
    let Some(alert) = alert("mow.DE-HE-KS-SE106-20250313-106-001.xml") else { return };
    assert_eq!(alert.message_type, MessageType::Cancel);
    assert!(alert.texts[0].why.contains("\"Probealarm - Land Hessen\""), "{}", alert.texts[0].why);
    let informed = "Informieren Sie sich in den Medien, zum Beispiel im Lokalradio.";
    assert_eq!(alert.texts[0].steps, [informed, "Es besteht keine Gefahr."]);
}

#[test]
fn the_disaster_systems_alert_is_read() {
    let Some(alert) = alert("gdacs-cap_1001150.xml") else { return };
    assert_eq!(alert.relayed.unwrap().sender, "Global Disaster Alert and Coordination System");
}

#[test]
fn the_american_alert_is_read_by_its_object_identifier() {
    let name = "noaa-2.49.0.1.840.0.bde6c30c43ead9c23c42bea7977652a7de76d87d.002.1.xml";
    let Some(alert) = alert(name) else { return };
    let shaped: Vec<_> = alert.areas.iter().filter(|area| area.has_shape()).collect();
    assert!(shaped.iter().all(|area| area.country.is_some_and(|code| code.as_str() == "US")));
    assert!(!alert.texts[0].headline.is_empty());
}

#[test]
fn the_signed_canadian_alert_is_read_in_both_languages() {
    let Some(alert) = alert("canada_signed.cap") else { return };
    let langs: Vec<_> = alert.texts.iter().map(|text| text.lang.as_str()).collect();
    assert_eq!(langs, ["en-CA", "fr-CA"]);
    assert!(alert.areas.iter().all(|area| area.has_shape()));
}

#[test]
fn alerts_of_every_age_and_encoding_are_read() {
    for name in [
        "canada.cap",
        "earthquake.cap",
        "earthquake-iso8859-1.cap",
        "v1dot1_appendix_adot1.xml",
        "v1dot2_appendix_adot1.xml",
        "v1dot2_appendix_adot2.xml",
        "v1dot2_appendix_adot3.xml",
        "v1dot2_appendix_adot4.xml",
        "weather.cap",
    ] {
        alert(name);
    }
}

#[test]
fn a_file_with_outside_entities_and_one_without_alert_are_refused() {
    let Some(xee) = corpus("xee.cap") else { return };
    assert!(read(&xee).unwrap_err().to_string().contains("DOCTYPE"));
    assert!(matches!(read(&corpus("amber.atom").unwrap()), Err(CapError::NotAnAlert(root)) if root == "feed"));
    assert!(matches!(read(&corpus("no_optional_fields.cap").unwrap()), Err(CapError::Missing("info"))));
}

fn own(change: impl Fn(String) -> String) -> Alert {
    read(change(cap("KZ.1", "Alert", "", "Гололёд")).as_bytes()).unwrap()
}

#[test]
fn an_alert_in_latin_1_or_utf_16_keeps_its_letters() {
    let text = cap("X.1", "Alert", "", "Gefähr & Größe").replace(" & ", " &amp; ");
    let text = text
        .replace("Гололёд", "Glätte")
        .replace("Закройте окна", "a")
        .replace("Оставайтесь дома", "b")
        .replace("Семей", "c");
    let latin: Vec<u8> =
        text.replace("UTF-8", "ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(read(&latin).unwrap().advisory.texts[0].headline, "Gefähr & Größe");
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(read(&wide).unwrap().advisory.texts[0].headline, "Gefähr & Größe");
}

#[test]
fn the_instruction_becomes_steps_and_two_languages_become_two_texts() {
    let alert = own(|text| {
        let info = text.split_once("<info>").unwrap().1.split_once("</info>").unwrap().0.to_owned();
        let kazakh =
            info.replace("<language>ru", "<language>kk").replace("Гололёд", "Көктайғақ").replace("Moderate", "Severe");
        text.replace("</alert>", &format!("<info>{kazakh}</info></alert>"))
    });
    assert_eq!(alert.advisory.texts[0].steps, ["Закройте окна", "Оставайтесь дома"]);
    assert_eq!(alert.advisory.texts[1].headline, "Көктайғақ");
    assert_eq!(alert.advisory.severity, Severity::Severe, "the worst of both");
    assert_eq!(alert.advisory.areas.len(), 1, "the same shape twice is one area");
}

#[test]
fn a_country_is_named_only_where_it_is_certain() {
    let code = |geocode: &str| {
        let name_value = geocode.split_once('=').unwrap();
        let geocode =
            format!("<geocode><valueName>{}</valueName><value>{}</value></geocode>", name_value.0, name_value.1);
        country(&own(|text| text.replace("</area>", &format!("{geocode}</area>"))).advisory)
    };
    assert_eq!(code("ISO 3166-1=AE").as_deref(), Some("AE"));
    assert_eq!(code("iso3166=qa").as_deref(), Some("QA"));
    assert_eq!(code("FIPS6=AE"), None);
    let issued = |id: &str| own(|text| text.replace("KZ.1", id));
    assert_eq!(country(&issued("urn:oid:2.49.0.1.398.0.2026").advisory).as_deref(), Some("KZ"));
    assert_eq!(country(&issued("2.49.0.0.999.0").advisory), None);
    let shapeless = own(|text| text.replace("KZ.1", "2.49.0.0.398.0").replace("polygon", "x"));
    assert_eq!(country(&shapeless.advisory), None, "a district without a shape does not stand for its country");
}

#[test]
fn an_alert_without_an_end_holds_for_a_day() {
    let alert = own(|text| text.replace("expires>", "x>")).advisory;
    assert_eq!(alert.expires.duration_since(alert.effective).as_hours(), 24);
}

proptest! {
    #[test]
    fn the_reader_survives_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        drop(read(&bytes));
    }

    #[test]
    fn the_reader_survives_an_alert_with_anything_in_it(at in 0usize..1400, junk in ".{0,40}", cut in 0usize..200) {
        let mut text = cap("KZ.1", "Alert", "", "Гололёд");
        let floor = |text: &str, at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let (from, to) = (floor(&text, at), floor(&text, at + cut));
        text.replace_range(from..to, &junk);
        drop(read(text.as_bytes()));
    }
}
