//! What a warning must fulfil before it is signed, and when it holds.

use contract::{
    entry::{
        advisory::{Advisory, AdvisoryText, Certainty, InvalidAdvisory, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, Relay, RelayList, RelayedAlert},
    },
    place::{Area, Circle, InvalidArea, Position},
    words::{Lang, Tag, Texts},
};
use jiff::SignedDuration;
use proptest::prelude::*;
use testkit::at;

const START: &str = "2026-03-01T06:00:00Z";
const END: &str = "2026-03-02T06:00:00Z";

fn languages() -> Vec<Tag> {
    Lang::ALL.map(Tag::from).to_vec()
}

fn text() -> AdvisoryText {
    AdvisoryText { headline: "Stay in".into(), steps: vec!["Stay.".into(), "Wait.".into()], why: "Missiles.".into() }
}

fn emirates() -> Area {
    Area { country: "AE".parse().ok(), ..Area::default() }
}

fn advisory() -> Advisory {
    let texts = languages().into_iter().map(|tag| (tag, text())).collect();
    Advisory { expires: at(END), texts, ..testkit::advisory("AE") }
}

fn checked(advisory: &Advisory) -> Result<(), InvalidAdvisory> {
    advisory.check(&languages())
}

fn with_text(tag: &str, text: AdvisoryText) -> Texts<AdvisoryText> {
    let mut texts = advisory().texts;
    texts.insert(tag.parse().unwrap(), text);
    texts
}

#[test]
fn a_whole_advisory_is_taken() {
    assert_eq!(checked(&advisory()), Ok(()));
    let later = Advisory { onset: Some(at("2026-03-02T05:59:59Z")), ..advisory() };
    assert_eq!(checked(&later), Ok(()));
}

#[test]
fn it_ends_after_it_takes_effect_and_begins_before_it_ends() {
    for effective in [END, "2026-03-02T06:00:01Z"] {
        let upside_down = Advisory { effective: at(effective), ..advisory() };
        assert!(matches!(checked(&upside_down), Err(InvalidAdvisory::EndsBeforeItBegins { .. })));
    }
    let too_late = Advisory { onset: Some(at(END)), ..advisory() };
    assert!(matches!(checked(&too_late), Err(InvalidAdvisory::BeginsAfterItsEnd { .. })));
}

#[test]
fn it_says_where() {
    assert_eq!(checked(&Advisory { areas: Vec::new(), ..advisory() }), Err(InvalidAdvisory::NoArea));
    let nowhere = Advisory { areas: vec![emirates(), Area::default()], ..advisory() };
    assert_eq!(checked(&nowhere), Err(InvalidAdvisory::Area(InvalidArea::Nowhere)));
}

#[test]
fn it_is_whole_in_each_of_the_ministrys_languages() {
    for tag in ["kk", "ru", "en"] {
        for blank in [
            AdvisoryText { headline: " ".into(), ..text() },
            AdvisoryText { why: "\u{200b}".into(), ..text() },
            AdvisoryText { steps: Vec::new(), ..text() },
            AdvisoryText { steps: vec!["Stay.".into(), "\u{a0}".into()], ..text() },
        ] {
            let missing = Advisory { texts: with_text(tag, blank), ..advisory() };
            let language = tag.parse().unwrap();
            assert_eq!(checked(&missing), Err(InvalidAdvisory::MissingLanguage { language }), "{tag}");
        }
    }
    let none = Advisory { texts: Texts::default(), ..advisory() };
    assert!(matches!(checked(&none), Err(InvalidAdvisory::MissingLanguage { .. })));
    let one = Advisory { texts: [("en".parse().unwrap(), text())].into_iter().collect(), ..advisory() };
    assert_eq!(one.check(&[Tag::from(Lang::En)]), Ok(()));
}

#[test]
fn its_languages_have_the_same_number_of_steps() {
    let fewer = AdvisoryText { steps: vec!["Stay.".into()], ..text() };
    let uneven = Advisory { texts: with_text("en", fewer), ..advisory() };
    assert_eq!(checked(&uneven), Err(InvalidAdvisory::Steps { language: Lang::En.into() }));
}

fn point(lat: f64, lon: f64) -> Position {
    Position { lat, lon }
}

fn ring(points: &[Position]) -> Area {
    Area { polygons: vec![points.to_vec()], ..Area::default() }
}

fn circle(center: Position, radius_km: f64) -> Area {
    Area { circles: vec![Circle { center, radius_km }], ..Area::default() }
}

#[test]
fn an_area_is_a_place_on_the_earth() {
    let (a, b, c) = (point(48.0, 82.0), point(49.0, 82.0), point(49.0, 83.0));
    for good in [
        ring(&[a, b, c, a]),
        circle(a, 0.0),
        circle(a, 20_040.0),
        emirates(),
        Area { airports: vec!["DOH".parse().unwrap()], ..Area::default() },
    ] {
        assert_eq!(good.check(), Ok(()), "{good:?}");
    }
    for (wrong, expected) in [
        (ring(&[a, b, a]), InvalidArea::OpenRing),
        (ring(&[a, b, c, c]), InvalidArea::OpenRing),
        (ring(&[]), InvalidArea::OpenRing),
        (ring(&[a, point(90.5, 82.0), c, a]), InvalidArea::OffTheEarth),
        (ring(&[a, point(48.0, 181.0), c, a]), InvalidArea::OffTheEarth),
        (circle(point(-91.0, 0.0), 1.0), InvalidArea::OffTheEarth),
        (circle(a, -1.0), InvalidArea::OffTheEarth),
        (circle(a, 20_041.0), InvalidArea::OffTheEarth),
        (circle(a, f64::NAN), InvalidArea::OffTheEarth),
    ] {
        assert_eq!(wrong.check(), Err(expected), "{wrong:?}");
    }
    assert!(ring(&[a, b, c, a]).has_shape() && circle(a, 1.0).has_shape() && !emirates().has_shape());
}

#[test]
fn it_holds_from_its_effect_to_its_end_unless_it_is_an_ending() {
    let just_before = SignedDuration::from_nanos(1);
    for (now, holds) in
        [(at(START) - just_before, false), (at(START), true), (at(END) - just_before, true), (at(END), false)]
    {
        assert_eq!(advisory().is_in_force(now), holds, "{now}");
    }
    for ending in [
        Advisory { message_type: MessageType::Cancel, ..advisory() },
        Advisory { message_type: MessageType::Update, urgency: Urgency::Past, ..advisory() },
    ] {
        assert!(ending.is_ending() && !ending.is_in_force(at(START)));
    }
    assert!(!advisory().is_ending());
}

fn part(urgency: Urgency) -> AlertPart {
    AlertPart {
        severity: Severity::Severe,
        urgency,
        certainty: Certainty::Likely,
        effective: at(START),
        onset: None,
        expires: at(END),
        areas: vec![emirates()],
        texts: Texts::default(),
    }
}

fn alert(message_type: MessageType, parts: Vec<AlertPart>) -> RelayedAlert {
    RelayedAlert { message_type, sender: "met@example.org".into(), identifier: "1".into(), sent: at(START), parts }
}

#[test]
fn the_parts_of_an_alert_end_one_by_one() {
    let both = alert(MessageType::Update, vec![part(Urgency::Past), part(Urgency::Expected)]);
    assert!(!both.is_ending());
    assert_eq!(both.in_force(at(START)).map(|part| part.urgency).collect::<Vec<_>>(), [Urgency::Expected]);
    assert_eq!(both.in_force(at(END)).count(), 0);
    assert!(alert(MessageType::Update, vec![part(Urgency::Past)]).is_ending());
    let cancel = alert(MessageType::Cancel, vec![part(Urgency::Expected)]);
    assert!(cancel.is_ending());
    assert_eq!(cancel.in_force(at(START)).count(), 0);
    assert!(alert(MessageType::Cancel, Vec::new()).is_ending());
    assert!(!alert(MessageType::Alert, Vec::new()).is_ending());
}

#[test]
fn a_relay_that_is_named_is_preferred_to_anyone() {
    let relay = |sender: &str, country: &str| Relay {
        sender: sender.into(),
        names: Texts::default(),
        countries: vec![country.parse().unwrap()],
    };
    let list = RelayList { relays: vec![relay("*", "AE"), relay("met@example.org", "KZ")] };
    let found = |sender: &str| list.find(sender).map(|relay| relay.sender.as_str());
    assert_eq!(found("met@example.org"), Some("met@example.org"));
    assert_eq!(found("stranger"), Some("*"));
    assert_eq!(RelayList { relays: list.relays[1..].to_vec() }.find("stranger"), None);
}

#[test]
fn the_words_of_cap_are_read_in_any_case_and_no_others() {
    assert_eq!(Severity::from_cap(" EXTREME "), Some(Severity::Extreme));
    assert_eq!(Urgency::from_cap("past"), Some(Urgency::Past));
    assert_eq!(Certainty::from_cap("Observed"), Some(Certainty::Observed));
    assert_eq!(MessageType::from_cap("Cancel"), Some(MessageType::Cancel));
    for odd in ["", "other", "(other)", "Extremely"] {
        assert_eq!(Severity::from_cap(odd), None, "{odd}");
        assert_eq!(MessageType::from_cap(odd), None, "{odd}");
    }
}

proptest! {
    #[test]
    fn scales_are_ordered_from_least_to_worst(a in 0_usize..5, b in 0_usize..5) {
        use Severity::{Extreme, Minor, Moderate, Severe, Unknown};
        let scale = [Unknown, Minor, Moderate, Severe, Extreme];
        prop_assert_eq!(scale[a].cmp(&scale[b]), a.cmp(&b));
        prop_assert_eq!(scale[a].partial_cmp(&scale[b]), Some(a.cmp(&b)));
    }
}
