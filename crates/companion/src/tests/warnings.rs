//! What a warning is made of, whoever speaks: when it begins and ends, what it says, and whose page it names.

use contract::{
    entry::{
        Body,
        advisory::{Advisory, Announced, Certainty, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
    },
    place::{Area, Position},
    words::{Lang, Preference, Tag},
};
use testkit::{advisory, at, country, entry, words};

use crate::{ChosenPlace, advisories::*, concern::Concern, testing::Device, view::advisories::AdvisoryView};

const NOW: &str = "2026-03-01T12:00:00Z";
/// When the kit's advisory takes effect.
const EFFECT: &str = "2026-03-01T06:00:00Z";
/// And when it expires.
const END: &str = "2026-03-03T06:00:00Z";

/// Looks at the warning that is made of an entry.
fn seen<T>(body: Body, look: impl FnOnce(&Warning) -> T) -> T {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&entry("advisory.ae", 1, body));
    device.session().with_facts(|facts| look(&warnings(facts.bulletin)[0])).unwrap()
}

fn text(web: &str) -> AlertText {
    AlertText {
        headline: "Storm".into(),
        event: "Thunderstorm".into(),
        sender_name: "The weather service".into(),
        steps: vec!["Stay in.".into()],
        why: "Strong wind.".into(),
        web: web.into(),
        contact: "Call 118".into(),
    }
}

fn part(urgency: Urgency, web: &str) -> AlertPart {
    AlertPart {
        severity: Severity::Moderate,
        urgency,
        certainty: Certainty::Likely,
        effective: at(EFFECT),
        onset: Some(at(NOW)),
        expires: at(END),
        areas: advisory("AE").areas,
        texts: [(Tag::from(Lang::En), text(web))].into_iter().collect(),
    }
}

fn alert(message_type: MessageType, parts: Vec<AlertPart>) -> Body {
    Body::RelayedAlert(RelayedAlert {
        message_type,
        sender: "met@example.org".into(),
        identifier: "1".into(),
        sent: at(EFFECT),
        parts,
    })
}

#[test]
fn a_danger_that_begins_later_is_said_before_it_holds() {
    let later = Advisory { onset: Some(at("2026-03-02T06:00:00Z")), ..advisory("AE") };
    let part = Part::of(&later);
    for (now, expected, said) in [
        ("2026-03-01T05:59:59Z", AdvisoryState::Upcoming, false),
        (EFFECT, AdvisoryState::Upcoming, true),
        ("2026-03-02T05:59:59Z", AdvisoryState::Upcoming, true),
        ("2026-03-02T06:00:00Z", AdvisoryState::InForce, true),
        (END, AdvisoryState::Expired, false),
    ] {
        assert_eq!((state(&part, at(now)), part.is_said(at(now))), (expected, said), "{now}");
    }
}

#[test]
fn nothing_holds_before_it_takes_effect_whenever_the_danger_began() {
    let earlier = Advisory { onset: Some(at("2026-02-01T06:00:00Z")), ..advisory("AE") };
    assert_eq!(Part::of(&earlier).begins(), at(EFFECT));
    assert_eq!(Part::of(&advisory("AE")).begins(), at(EFFECT));
}

#[test]
fn the_ministrys_own_warning_ends_by_its_word_alone() {
    let is_ending = |advisory| seen(Body::Advisory(advisory), |warning| warning.is_ending());
    assert!(!is_ending(advisory("AE")));
    assert!(!is_ending(Advisory { expires: at("2026-03-01T07:00:00Z"), ..advisory("AE") }));
    assert!(is_ending(Advisory { message_type: MessageType::Cancel, ..advisory("AE") }));
    assert!(is_ending(Advisory { urgency: Urgency::Past, ..advisory("AE") }));
}

#[test]
fn an_alert_that_is_passed_on_ends_part_by_part_or_at_once() {
    let ended = |message_type, parts| {
        seen(alert(message_type, parts), |warning| {
            (warning.parts.iter().map(|part| part.is_ended).collect::<Vec<_>>(), warning.is_ending())
        })
    };
    let (past, future) = (part(Urgency::Past, ""), part(Urgency::Future, ""));
    assert_eq!(ended(MessageType::Update, vec![past.clone(), future.clone()]), (vec![true, false], false));
    assert_eq!(ended(MessageType::Update, vec![past.clone(), past]), (vec![true, true], true));
    assert_eq!(ended(MessageType::Cancel, vec![future]), (vec![true], true));
    assert_eq!(ended(MessageType::Cancel, Vec::new()), (Vec::new(), true));
}

#[test]
fn a_part_is_as_its_sender_gave_it() {
    seen(alert(MessageType::Alert, vec![part(Urgency::Future, "")]), |warning| {
        let [part] = warning.parts.as_slice() else { panic!("{} parts", warning.parts.len()) };
        assert_eq!((part.severity, part.urgency), (Severity::Moderate, Urgency::Future));
        assert_eq!((part.effective, part.onset, part.expires), (at(EFFECT), Some(at(NOW)), at(END)));
        assert_eq!(part.areas, advisory("AE").areas);
        assert_eq!(warning.announced, Announced::Loud);
    });
}

fn wanted(lang: Lang) -> Preference {
    Preference::new(lang, &Lang::ALL.map(Tag::from))
}

#[test]
fn the_ministrys_words_are_whole_and_name_no_other_sender() {
    let own = advisory("AE");
    let all = PartTexts::Own(&own.texts).by_preference(&wanted(Lang::Ru));
    let expected = WarningText {
        lang: "ru".into(),
        headline: "Headline ru".into(),
        steps: vec!["Step ru".into()],
        why: "Why ru".into(),
        ..WarningText::default()
    };
    assert_eq!(all[0], expected);
    assert_eq!(all.iter().map(|text| text.lang.as_str()).collect::<Vec<_>>(), ["ru", "en", "kk"]);
}

#[test]
fn the_words_of_another_authority_are_whole_and_its_own() {
    let page = "https://example.org/storm";
    let passed_on = part(Urgency::Future, page);
    let all = PartTexts::Relayed(&passed_on.texts).by_preference(&wanted(Lang::Kk));
    let expected = WarningText {
        lang: "en".into(),
        headline: "Storm".into(),
        steps: vec!["Stay in.".into()],
        why: "Strong wind.".into(),
        event: "Thunderstorm".into(),
        sender: "The weather service".into(),
        web: page.into(),
        contact: "Call 118".into(),
    };
    assert_eq!(all, [expected]);
}

#[test]
fn only_a_page_on_the_web_is_shown_and_only_one_that_is_shown_is_named() {
    for (named, shown) in [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org", "http://example.org/"),
        ("ftp://example.org/a", ""),
        ("javascript:alert(1)", ""),
        ("example.org", ""),
        ("", ""),
    ] {
        let texts = part(Urgency::Future, named).texts;
        let web = PartTexts::Relayed(&texts).by_preference(&wanted(Lang::En)).remove(0).web;
        assert_eq!(web, shown, "{named}");
        seen(alert(MessageType::Alert, vec![part(Urgency::Future, named)]), |warning| {
            assert_eq!(warning.names_page(shown), !shown.is_empty(), "{named}");
            assert!(!warning.names_page("https://example.org/other") && !warning.names_page(""));
        });
    }
    assert!(!seen(Body::Advisory(advisory("AE")), |warning| warning.names_page("https://example.org/a")));
}

/// How a passed-on alert stands on the screens of somebody at home.
fn at_home(sender: &str, name: &str, area: Area) -> AdvisoryView {
    let said = AlertText { event: "Flash flood".into(), sender_name: name.into(), ..text("") };
    let texts = [(Tag::from(Lang::En), said)].into_iter().collect();
    let part = AlertPart { areas: vec![area], texts, onset: None, ..part(Urgency::Immediate, "") };
    let alert = RelayedAlert {
        message_type: MessageType::Alert,
        sender: sender.into(),
        identifier: "1".into(),
        sent: at(EFFECT),
        parts: vec![part],
    };
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&entry("cap.kz", 1, Body::RelayedAlert(alert)));
    device.view().advisories.remove(0)
}

#[test]
fn a_warning_for_a_part_of_the_country_concerns_whoever_may_be_there_only_perhaps() {
    let perhaps = |area| {
        let seen = at_home("", "", area).main_part;
        (seen.concerns, seen.perhaps)
    };
    let country = Area { country: "KZ".parse().ok(), ..Area::default() };
    let shape =
        vec![[(49.3, 81.6), (49.3, 83.6), (48.1, 83.6), (49.3, 81.6)].map(|(lat, lon)| Position { lat, lon }).into()];
    assert_eq!(perhaps(country.clone()), (Concern::Here, false));
    assert_eq!(perhaps(Area { polygons: shape, ..country.clone() }), (Concern::Here, true));
    assert_eq!(perhaps(Area { name: words("Around Kokpekti"), ..country }), (Concern::Here, true));
}

#[test]
fn whoever_warns_is_named_in_words_or_not_at_all_and_our_topic_says_what_to_do() {
    let country = || Area { country: "KZ".parse().ok(), ..Area::default() };
    let named = |sender: &str, name: &str| at_home(sender, name, country()).relayed.unwrap().sender;
    assert_eq!(named("met@example.org", "Kazhydromet"), "Kazhydromet");
    assert_eq!(named("met@example.org", "duty@example.org"), "");
    assert_eq!(named("urn:oid:2.49.0.0.398", ""), "");
    assert_eq!(named("weather.example.org", ""), "");
    assert_eq!(named("Казгидромет", ""), "Казгидромет");
    assert_eq!(at_home("met@example.org", "", country()).main_part.topics, ["flood"]);
}

#[test]
fn the_gravest_warning_of_a_country_stands_first() {
    let mut device = Device::new(NOW);
    device.catch_up();
    let of = |severity| Body::Advisory(Advisory { severity, ..advisory("AE") });
    device.hear(&entry("advisory.extreme", 1, of(Severity::Extreme)));
    // it is newer, and one of them is of where they are
    device.hear(&entry("advisory.minor", 1, of(Severity::Minor)));
    device.session().choose_place(Some(ChosenPlace::Country { code: country("AE") })).unwrap();
    let soon = Advisory { onset: Some(at(END)), expires: at("2026-03-04T06:00:00Z"), ..advisory("AE") };
    device.hear(&entry("advisory.soon", 1, Body::Advisory(soon)));
    let page = device.companion.country_page(country("AE")).unwrap();
    let severities: Vec<Severity> = page.advisories.iter().map(|one| one.main_part.severity).collect();
    assert_eq!(severities, [Severity::Extreme, Severity::Extreme, Severity::Minor]);
}
