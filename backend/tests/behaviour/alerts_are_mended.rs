//! What real authorities write and once came out wrong, each with its like.

use contract::entry::{
    advisory::{Severity, Urgency},
    relayed_alert::{AlertText, RelayList, RelayedAlert},
};
use jiff::Timestamp;
use ministry::cap::{alert::CapError, encoding::decode, note::Note, relay, relay::Relayed};

use crate::{
    corpus::{anyone, fault, file, read},
    support::cap,
};

fn fault_read(name: &str) -> Option<Relayed> {
    Some(read(&fault(name)?).unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn only_text(alert: &RelayedAlert) -> &AlertText {
    alert.parts[0].texts.iter().next().unwrap().1
}

fn with(element: &str, said: &str) -> AlertText {
    let text = cap("KZ.1", "Alert", "", "Гололёд").replace("<instruction>", "<x>").replace("</instruction>", "</x>");
    let added = format!("<{element}>{said}</{element}><area>");
    let relayed = read(&text.replace("<headline>Гололёд</headline>", "").replace("<area>", &added)).unwrap();
    only_text(&relayed.alert).clone()
}

#[test]
fn words_inside_elements_stay() {
    if let Some(read) = fault_read("do-not-becomes-do.xml") {
        assert_eq!(only_text(&read.alert).headline, "Do not drink tap water");
    }
    assert_eq!(with("headline", "Не <i xmlns='u'>пейте</i> воду").headline, "Не пейте воду");
    let section = "<section><p>Leave.</p><p>Do <strong>not</strong> return.</p></section>";
    assert_eq!(with("instruction", section).steps, ["Leave.", "Do not return."]);
}

#[test]
fn a_minus_stays_a_minus() {
    if let Some(read) = fault_read("minus-forty-becomes-forty.xml") {
        assert_eq!(only_text(&read.alert).headline, "-40 °C tonight");
    }
    assert_eq!(with("description", "- Frost\n-40 °C").why, "Frost\n-40 °C");
}

#[test]
fn brackets_that_make_no_tag_are_text() {
    if let Some(read) = fault_read("visibility-four-metres.xml") {
        let why = "Visibility <one hundred metres and waves >4 m expected.";
        assert_eq!(only_text(&read.alert).why, why);
    }
    assert_eq!(with("description", "T &lt; -30, wind &gt; 20").why, "T < -30, wind > 20");
}

#[test]
fn every_instruction_and_description_is_passed_on_in_order() {
    if let Some(read) = fault_read("second-instruction-is-gone.xml") {
        assert_eq!(only_text(&read.alert).steps, ["Make a wide detour.", "Follow the rescue services."]);
    }
    assert_eq!(with("description", "One.</description><description>Two.").why, "One.\nTwo.");
}

#[test]
fn numbered_and_bulleted_steps_are_steps() {
    if let Some(read) = fault_read("numbered-steps-run-together.xml") {
        let steps = &only_text(&read.alert).steps;
        assert_eq!(steps.len(), 3, "{steps:?}");
        assert!(steps[0].starts_with("Leave the valley") && steps[2].starts_with("Do not return"), "{steps:?}");
    }
    assert_eq!(with("instruction", "1) Leave 2) Call 3) Wait").steps, ["Leave", "Call", "Wait"]);
    assert_eq!(with("instruction", "• Leave • Call").steps, ["Leave", "Call"]);
}

#[test]
fn entities_escaped_twice_are_read_and_style_is_not_words() {
    if let Some(read) = fault_read("ouml-and-degree-stay.xml") {
        assert_eq!(only_text(&read.alert).why, "Sturmböen, 5°C, 5–10 cm");
    }
    assert_eq!(with("description", "<![CDATA[<style>p{}</style>Sturmb&ouml;en<!-- x -->]]>").why, "Sturmböen");
    assert_eq!(with("description", "Sturmb&ouml;en &nbsp;&amp;amp; Regen & Hagel").why, "Sturmböen & Regen & Hagel");
}

#[test]
fn each_area_keeps_its_own_severity_times_and_words() {
    let Some(read) = fault_read("mild-area-becomes-extreme.xml") else { return };
    let [north, south] = read.alert.parts.as_slice() else { panic!("{:?}", read.alert) };
    assert_eq!((north.severity, north.urgency), (Severity::Extreme, Urgency::Immediate));
    assert_eq!((south.severity, south.urgency), (Severity::Minor, Urgency::Future));
    assert_eq!(north.areas[0].name.get("en").unwrap(), "North");
    assert_eq!(south.texts.get("en").unwrap().steps, ["Mind your hat."]);
}

#[test]
fn an_ended_area_is_not_warned() {
    let text = cap("KZ.1", "Update", "duty@weather.example,KZ.0,2026-01-01T00:00:00-00:00", "Гололёд");
    let info = text.split_once("<info>").unwrap().1.split_once("</info>").unwrap().0.to_owned();
    for over in ["<responseType>AllClear</responseType><urgency>Future", "<urgency>Past"] {
        let ended = info.replace("50,80 50,81 51,81 50,80", "52,80 52,81 53,81 52,80").replace("<urgency>Future", over);
        let alert = read(&text.replace("</alert>", &format!("<info>{ended}</info></alert>"))).unwrap().alert;
        let warned: Vec<_> = alert.in_force(Timestamp::now()).collect();
        assert!(alert.parts.len() == 2 && warned.len() == 1 && !alert.is_ending(), "{alert:?}");
        assert_eq!(warned[0].areas[0].polygons[0][0].lat, 50.0);
    }
}

#[test]
fn an_area_that_only_a_code_names_reaches_its_country() {
    if let Some(read) = fault_read("area-of-emma-code-only.xml") {
        let area = &read.alert.parts[0].areas[0];
        assert_eq!((area.country.unwrap().as_str(), area.name.get("en").unwrap().as_str()), ("KZ", "Almaty region"));
    }
    let coded = |scheme: &str, value: &str| {
        let code = format!("<geocode><valueName>{scheme}</valueName><value>{value}</value></geocode></area>");
        let text = cap("KZ.1", "Alert", "", "Гололёд").replace("polygon", "x").replace("</area>", &code);
        read(&text).map(|read| read.alert.parts[0].areas[0].country.unwrap().to_string())
    };
    for (scheme, value, country) in
        [("ISO 3166-2", "AE-DU", "AE"), ("SAME", "048201", "US"), ("UGC", "TXZ213", "US"), ("FIPS6", "072001", "PR")]
    {
        assert_eq!(coded(scheme, value).unwrap(), country);
    }
    assert!(matches!(coded("TREFLE", "7"), Err(CapError::Nowhere(None))), "nobody would be reached");
}

#[test]
fn where_nothing_tells_the_place_the_issuers_country_is_warned_with_a_note() {
    let text = cap("2.49.0.0.398.0", "Alert", "", "Гололёд").replace("polygon", "x");
    let read = read(&text).unwrap();
    assert_eq!(read.alert.parts[0].areas[0].country.unwrap().as_str(), "KZ");
    assert!(matches!(read.notes.as_slice(), [Note::WholeCountry { area, .. }] if area == "Семей"), "{:?}", read.notes);
    let by_address = cap("1", "Alert", "", "Гололёд").replace("polygon", "x").replace("weather.example", "meteo.kz");
    assert_eq!(crate::corpus::read(&by_address).unwrap().alert.parts[0].areas[0].country.unwrap().as_str(), "KZ");
}

#[test]
fn a_longitude_past_180_is_turned_round_and_a_bad_ring_left_out_with_a_note() {
    if let Some(read) = fault_read("longitude-181.xml") {
        let ring = &read.alert.parts[0].areas[0].polygons[0];
        assert!(ring.iter().all(|point| point.lon.abs() == 179.0), "{ring:?}");
    }
    if let Some(read) = fault_read("one-bad-ring-of-two.xml") {
        assert_eq!(read.alert.parts[0].areas[0].polygons.len(), 1);
        assert!(matches!(read.notes.as_slice(), [Note::ShapeLeftOut(_)]), "{:?}", read.notes);
    }
    let circle = cap("KZ.1", "Alert", "", "x").replace("</area>", "<circle>50,80 far</circle></area>");
    assert!(matches!(read(&circle).unwrap().notes.as_slice(), [Note::ShapeLeftOut(_)]));
    let nothing = cap("KZ.1", "Alert", "", "x").replace("50,80 50,81 51,81 50,80", "50,80 50,81");
    assert!(matches!(read(&nothing), Err(CapError::Nowhere(Some(_)))));
}

#[test]
fn a_shape_that_contradicts_its_country_is_noted() {
    let code = "<geocode><valueName>ISO 3166-1</valueName><value>AE</value></geocode></area>";
    let read = read(&cap("KZ.1", "Alert", "", "x").replace("</area>", code)).unwrap();
    assert!(matches!(read.notes.as_slice(), [Note::ShapeElsewhere { .. }]), "{:?}", read.notes);
}

#[test]
fn sound_inside_is_dropped_and_fine_shapes_are_thinned() {
    let text = cap("KZ.1", "Alert", "", "Гололёд");
    let sound = format!(
        "<resource><resourceDesc>x</resourceDesc><derefUri>{}</derefUri></resource><area>",
        "QUJD".repeat(300_000)
    );
    let whole = read(&text.replace("<area>", &sound)).unwrap().alert;
    assert!(serde_json::to_vec(&whole).unwrap().len() < 2_000);
    let at = |step: i32| {
        let angle = f64::from(step) / 90_000.0 * std::f64::consts::TAU;
        format!("{:.6},{:.6} ", 50.0 + angle.sin(), 80.0 + angle.cos())
    };
    let ring: String = (0..90_000).map(at).collect();
    assert!(ring.len() > 1_700_000);
    let fine = read(&text.replace("50,80 50,81 51,81 50,80", &ring)).unwrap().alert;
    let points = fine.parts[0].areas[0].polygons[0].len();
    assert!((30..=1500).contains(&points), "{points}");
}

#[test]
fn a_language_is_what_its_tag_means() {
    if let Some(read) = fault_read("ru_RU-becomes-und.xml") {
        let tags: Vec<_> = read.alert.parts[0].texts.tags().map(|tag| tag.as_str()).collect();
        assert_eq!(tags, ["en-US", "ru-RU"]);
    }
    if let Some(read) = fault_read("language-of-ten-letters.xml") {
        assert_eq!(read.alert.parts[0].texts.tags().next().unwrap().as_str(), "und");
    }
    for (said, tag) in [("rus", "ru"), ("kz", "kk"), ("kaz", "kk"), ("eng", "en"), ("RU-ru", "ru-RU")] {
        let text = cap("KZ.1", "Alert", "", "x").replace("<language>ru", &format!("<language>{said}"));
        assert!(read(&text).unwrap().alert.parts[0].texts.get(tag).is_some(), "{said}");
    }
}

#[test]
fn what_cannot_be_seen_or_written_is_taken_out() {
    for (name, headline) in [("noncharacter-fffe-2.xml", "Flood"), ("nul-in-headline.xml", "")] {
        let Some(read) = fault_read(name) else { return };
        let said = &only_text(&read.alert).headline;
        assert!(said.starts_with(headline) && said.chars().all(|c| !c.is_control() && c != '\u{fffe}'), "{said:?}");
    }
    assert_eq!(with("headline", "Fl&#x202E;ood&#x200B; &#0;now\u{2066}").headline, "Flood now");
}

#[test]
fn what_begins_later_keeps_its_onset_and_holds_a_day_from_there() {
    let Some(read) = fault_read("no-expires-onset-in-three-days.xml") else { return };
    let part = &read.alert.parts[0];
    let onset = part.onset.unwrap();
    assert!(onset.duration_since(part.effective).as_hours() > 70);
    assert_eq!(part.expires.duration_since(onset).as_hours(), 24);
}

#[test]
fn every_time_of_the_schema_is_read() {
    if let Some(read) = fault_read("midnight-as-24.xml") {
        assert_eq!(read.alert.parts[0].expires.to_string(), "2030-01-01T00:00:00Z");
    }
    let until = |said: &str| {
        let text = cap("KZ.1", "Alert", "", "x");
        let (before, rest) = text.split_once("<expires>").unwrap();
        let rest = rest.split_once("</expires>").unwrap().1;
        read(&format!("{before}<expires>{said}</expires>{rest}"))
    };
    assert_eq!(until("9999-12-31T23:59:59").unwrap().alert.parts[0].expires, Timestamp::MAX);
    assert!(until("2030-01-01T00:00:00.5+05:00").is_ok());
    assert!(matches!(until("soon"), Err(CapError::Time { .. })));
}

#[test]
fn what_calls_itself_utf_16_is_read() {
    let Some(bytes) = file("faults/alerts/says-utf-16.xml") else { return };
    assert!(read(&decode(&bytes).unwrap()).is_ok());
}

#[test]
fn a_required_test_is_no_warning() {
    let text = cap("KZ.1", "Alert", "", "x");
    let coded =
        text.replace("<urgency>", "<eventCode><valueName>SAME</valueName><value>RWT</value></eventCode><urgency>");
    let named = text.replace("<event>Гололёд", "<event>Required Monthly Test");
    for test in [coded, named] {
        assert!(matches!(read(&test), Err(CapError::Test(_))));
    }
}

#[test]
fn links_and_contacts_of_the_source_are_kept() {
    assert_eq!(with("web", "https://weather.example/1").web, "https://weather.example/1");
    assert_eq!(with("web", "javascript:alert(1)").web, "");
    assert_eq!(with("contact", "duty@weather.example").contact, "duty@weather.example");
    assert_eq!(with("senderName", "Казгидромет").sender_name, "Казгидромет");
}

#[test]
fn only_those_on_the_list_are_passed_on_and_for_their_countries() {
    let text = cap("2.49.0.0.398.0", "Alert", "", "x");
    let nobody = RelayList { relays: Vec::new() };
    assert!(matches!(relay::read(&text, &nobody), Err(CapError::Sender(sender)) if sender == "duty@weather.example"));
    let mut list = anyone();
    list.relays[0].countries = vec!["RU".parse().unwrap()];
    assert!(matches!(relay::read(&text, &list), Err(CapError::NotItsCountries(_))));
    list.relays[0].countries = vec!["KZ".parse().unwrap()];
    assert!(relay::read(&text, &list).is_ok());
}
