use contract::entry::{
    advisory::{Certainty, MessageType, Severity},
    relayed_alert::{AlertText, RelayedAlert},
};
use ministry::cap::{
    alert::{Alert, CapError},
    encoding::decode,
    relay::Relayed,
};
use proptest::prelude::*;

use crate::{corpus, corpus::read, support::cap};

/// Every real alert must be read, be a place and fit in an entry.
fn alert(name: &str) -> Option<RelayedAlert> {
    let text = decode(&corpus::file(&format!("cap/{name}"))?).unwrap();
    let alert = read(&text).unwrap_or_else(|error| panic!("{name}: {error}")).alert;
    for area in alert.parts.iter().flat_map(|part| &part.areas) {
        area.check().unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let size = serde_json::to_vec(&alert).unwrap().len();
    assert!(size < 150_000, "{name}: {size} bytes");
    Some(alert)
}

fn text<'a>(alert: &'a RelayedAlert, tag: &str) -> &'a AlertText {
    alert.parts.iter().find_map(|part| part.texts.get(tag)).unwrap()
}

fn country(alert: &RelayedAlert) -> Option<String> {
    alert.parts.first()?.areas.first()?.country.map(|code| code.to_string())
}

#[test]
fn kazhydromets_alert_is_read() {
    let Some(alert) = alert("kz-2.49.0.0.398.0-20250306-133701-0284797-00-EN.xml") else { return };
    assert_eq!(alert.sender, "kalmenova_a@meteo.kz");
    let [part] = alert.parts.as_slice() else { panic!("{alert:?}") };
    assert_eq!((part.severity, part.certainty), (Severity::Moderate, Certainty::Likely));
    assert_eq!(part.texts.len(), 1);
    assert_eq!(text(&alert, "en-US").headline, "Freezing rain, icing");
    assert_eq!(part.areas[0].name.get("en-US").unwrap(), "Kokpekti district (Abai oblysy)");
    assert_eq!(country(&alert).as_deref(), Some("KZ"));
    assert_eq!(part.areas[0].polygons.len(), 1);
    assert_eq!(part.effective.to_string(), "2025-03-06T13:37:01Z");
    assert_eq!(part.expires.to_string(), "2025-03-07T16:00:00Z");
}

#[test]
fn roshydromets_alert_is_read_in_russian() {
    let Some(alert) = alert("ru-20250301222516-0086037.xml") else { return };
    assert_eq!(text(&alert, "ru").headline, "Ветер");
    assert_eq!(country(&alert).as_deref(), Some("RU"));
    assert_eq!(alert.parts[0].areas[0].polygons.len(), 6);
}

#[test]
fn the_swiss_alert_is_read_without_its_html() {
    let Some(alert) = alert("alertswiss-POA-1216107687-4.xml") else { return };
    let text = alert.parts[0].texts.iter().next().unwrap().1;
    assert_eq!(text.sender_name, "Canton Valais");
    assert!(!text.why.contains('<'), "{}", text.why);
    assert_eq!(country(&alert), None, "nothing in it is certain about its country");
}

#[test]
fn the_german_cancellation_is_read_and_made_light() {
    let Some(alert) = alert("mow.DE-HE-KS-SE106-20250313-106-001.xml") else { return };
    assert_eq!(alert.message_type, MessageType::Cancel);
    let text = text(&alert, "de");
    assert!(text.why.contains("\"Probealarm - Land Hessen\""), "{}", text.why);
    let informed = "Informieren Sie sich in den Medien, zum Beispiel im Lokalradio.";
    assert_eq!(text.steps, [informed, "Es besteht keine Gefahr."]);
}

#[test]
fn the_disaster_systems_alert_is_read() {
    let Some(alert) = alert("gdacs-cap_1001150.xml") else { return };
    let text = alert.parts[0].texts.iter().next().unwrap().1;
    assert_eq!(text.sender_name, "Global Disaster Alert and Coordination System");
}

#[test]
fn the_american_alert_is_read_by_its_codes() {
    let name = "noaa-2.49.0.1.840.0.bde6c30c43ead9c23c42bea7977652a7de76d87d.002.1.xml";
    let Some(alert) = alert(name) else { return };
    assert!(
        alert
            .parts
            .iter()
            .flat_map(|part| &part.areas)
            .all(|area| area.country.is_some_and(|code| code.as_str() == "US"))
    );
    assert!(!alert.parts[0].texts.is_empty());
}

#[test]
fn the_signed_canadian_alert_is_read_in_both_languages() {
    let Some(alert) = alert("canada_signed.cap") else { return };
    let tags: Vec<_> = alert.parts[0].texts.tags().map(|tag| tag.as_str()).collect();
    assert_eq!(tags, ["en-CA", "fr-CA"], "{alert:?}");
    assert!(alert.parts[0].areas.iter().all(|area| area.has_shape() && area.name.len() == 2), "named in both");
}

#[test]
fn alerts_of_every_age_and_encoding_are_read() {
    for name in [
        "canada.cap",
        "canada_errors.cap",
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
    let Some(xee) = corpus::file("cap/xee.cap") else { return };
    assert!(Alert::read(&xee).unwrap_err().to_string().contains("DOCTYPE"));
    let of = |name: &str| read(&decode(&corpus::file(name).unwrap()).unwrap());
    assert!(matches!(of("cap/amber.atom"), Err(CapError::Feed(root)) if root == "feed"));
    assert!(matches!(of("cap/no_optional_fields.cap"), Err(CapError::Missing("info"))));
    assert!(of("cap/invalid.cap").is_err());
}

fn own(change: impl Fn(String) -> String) -> Relayed {
    read(&change(cap("KZ.1", "Alert", "", "Гололёд"))).unwrap()
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
    let headline = |bytes: &[u8]| Alert::read(bytes).unwrap().infos[0].headline.clone().unwrap();
    assert_eq!(headline(&latin), "Gefähr & Größe");
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(headline(&wide), "Gefähr & Größe");
}

#[test]
fn the_instruction_becomes_steps_and_two_languages_become_two_texts_of_one_part() {
    let alert = own(|text| {
        let info = text.split_once("<info>").unwrap().1.split_once("</info>").unwrap().0.to_owned();
        let kazakh = info
            .replace("<language>ru", "<language>kk")
            .replace("Гололёд", "Көктайғақ")
            .replace("Семей", "Семей қаласы");
        text.replace("</alert>", &format!("<info>{kazakh}</info></alert>"))
    })
    .alert;
    let [part] = alert.parts.as_slice() else { panic!("{alert:?}") };
    assert_eq!(text(&alert, "ru").steps, ["Закройте окна", "Оставайтесь дома"]);
    assert_eq!(text(&alert, "kk").headline, "Көктайғақ");
    assert_eq!(text(&alert, "kk").event, "Көктайғақ", "the event keeps its language");
    assert_eq!(part.areas.len(), 1, "the same shape twice is one area");
    assert_eq!(part.areas[0].name.get("kk").unwrap(), "Семей қаласы");
    assert_eq!(part.areas[0].name.get("ru").unwrap(), "Семей");
}

#[test]
fn a_country_is_named_only_where_it_is_certain() {
    let code = |geocode: &str| {
        let name_value = geocode.split_once('=').unwrap();
        let geocode =
            format!("<geocode><valueName>{}</valueName><value>{}</value></geocode>", name_value.0, name_value.1);
        country(&own(|text| text.replace("</area>", &format!("{geocode}</area>"))).alert)
    };
    assert_eq!(code("ISO 3166-1=AE").as_deref(), Some("AE"));
    assert_eq!(code("iso3166=qa").as_deref(), Some("QA"));
    assert_eq!(code("FIPS6=AE"), None);
    let issued = |id: &str| own(|text| text.replace("KZ.1", id)).alert;
    assert_eq!(country(&issued("urn:oid:2.49.0.1.398.0.2026")).as_deref(), Some("KZ"));
    assert_eq!(country(&issued("2.49.0.0.999.0")), None);
}

#[test]
fn an_alert_without_an_end_holds_for_a_day() {
    let alert = own(|text| text.replace("expires>", "x>")).alert;
    assert_eq!(alert.parts[0].expires.duration_since(alert.parts[0].effective).as_hours(), 24);
}

proptest! {
    #[test]
    fn the_reader_survives_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        drop(Alert::read(&bytes));
        drop(decode(&bytes).map(|text| read(&text).map(drop)));
    }

    #[test]
    fn the_reader_survives_an_alert_with_anything_in_it(at in 0usize..1400, junk in ".{0,40}", cut in 0usize..200) {
        let mut text = cap("KZ.1", "Alert", "", "Гололёд");
        let floor = |text: &str, at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let (from, to) = (floor(&text, at), floor(&text, at + cut));
        text.replace_range(from..to, &junk);
        drop(read(&text));
    }
}
