//! Whom an advisory concerns, in what order, and how loudly.

use contract::{
    entry::{
        advisory::{Advisory, AdvisoryText, Announced, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
    },
    place::{Area, Circle, Position},
    words::{Lang, Preference, Tag, Texts},
};

use jiff::{SignedDuration, Timestamp};
use testkit::{advisory, at};

use crate::{
    advisories::{self, *},
    concern::Concern,
    facts::Facts,
    notices::{self, Loudness, Notice, loudness},
    testing::{stay, transit, trip},
    trips::{LegDraft, PlannedLeg, schedule},
};

const NOW: &str = "2026-03-01T12:00:00Z";

/// Whom the one part of an advisory concerns.
fn concern<'a>(
    advisory: &Advisory,
    legs: impl IntoIterator<Item = &'a PlannedLeg>,
    current: Option<&PlannedLeg>,
    now: Timestamp,
    past: bool,
) -> Concern {
    let own = legs.into_iter().map(|leg| (Concern::Trip, leg));
    advisories::concern(&Part::of(advisory), own, current, now, past)
}

fn state(advisory: &Advisory, now: Timestamp) -> AdvisoryState {
    advisories::state(&Part::of(advisory), now)
}

fn legs(drafts: Vec<LegDraft>) -> Vec<PlannedLeg> {
    schedule(&trip(drafts), testkit::country("KZ")).unwrap().legs
}

fn leg(draft: LegDraft) -> PlannedLeg {
    legs(vec![draft]).remove(0)
}

fn in_dubai() -> PlannedLeg {
    leg(stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"))
}

fn somewhere_in_the_emirates() -> PlannedLeg {
    leg(stay("AE", None, "2026-02-27", "2026-03-04"))
}

fn through_doha() -> PlannedLeg {
    leg(transit("DOH", "2026-03-01T14:00", "2026-03-01T18:00"))
}

fn of(areas: Vec<Area>) -> Advisory {
    Advisory { areas, ..advisory("AE") }
}

fn country(code: &str) -> Area {
    Area { country: Some(code.parse().unwrap()), ..Area::default() }
}

/// A square of about 100 km round a point.
fn square(lat: f64, lon: f64) -> Vec<Position> {
    let corners = [(-0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, -0.5)];
    corners.map(|(up, right)| Position { lat: lat + up, lon: lon + right }).to_vec()
}

fn touched(area: Area, leg: &PlannedLeg) -> bool {
    concern(&of(vec![area]), [leg], None, at(NOW), false) == Concern::Trip
}

#[test]
fn a_country_holds_its_cities_and_its_airports_and_no_other() {
    assert!(touched(country("AE"), &in_dubai()));
    assert!(touched(country("AE"), &somewhere_in_the_emirates()));
    assert!(touched(country("QA"), &through_doha()));
    assert!(!touched(country("QA"), &in_dubai()));
    assert!(!touched(Area::default(), &in_dubai()));
}

#[test]
fn an_airport_holds_those_who_pass_through_it_and_not_the_rest_of_its_country() {
    let doha = Area { airports: vec!["DOH".parse().unwrap()], ..country("QA") };
    assert!(touched(doha.clone(), &through_doha()));
    assert!(!touched(doha, &leg(stay("QA", Some("qa-doha"), "2026-02-27", "2026-03-04"))));
    assert!(!touched(Area { airports: vec!["DXB".parse().unwrap()], ..Area::default() }, &through_doha()));
}

#[test]
fn a_shape_holds_what_lies_in_it() {
    let dubai = Area { polygons: vec![square(25.2, 55.27)], ..country("AE") };
    let elsewhere = Area { polygons: vec![square(24.0, 52.0)], ..country("AE") };
    assert!(touched(dubai.clone(), &in_dubai()));
    assert!(!touched(elsewhere.clone(), &in_dubai()));
    assert!(!touched(dubai.clone(), &through_doha()));
    let circle = |radius_km| Circle { center: Position { lat: 25.2854, lon: 51.531 }, radius_km };
    assert!(touched(Area { circles: vec![circle(30.0)], ..Area::default() }, &through_doha()));
    assert!(!touched(Area { circles: vec![circle(30.0)], ..Area::default() }, &in_dubai()));
    let either = Area { circles: vec![circle(30.0)], ..dubai };
    assert!(touched(either.clone(), &in_dubai()) && touched(either, &through_doha()));
}

#[test]
fn a_stay_whose_city_is_unknown_is_not_ruled_out_of_a_part_of_its_country() {
    let part = Area { polygons: vec![square(24.0, 52.0)], ..country("AE") };
    assert!(touched(part.clone(), &somewhere_in_the_emirates()));
    assert!(!touched(Area { country: None, ..part.clone() }, &somewhere_in_the_emirates()));
    assert!(!touched(Area { country: Some("OM".parse().unwrap()), ..part }, &somewhere_in_the_emirates()));
}

#[test]
fn where_the_traveller_is_comes_before_where_the_trip_goes() {
    let trip = legs(vec![
        stay("QA", Some("qa-doha"), "2026-02-27", "2026-03-02"),
        stay("AE", Some("ae-dubai"), "2026-03-03", "2026-03-08"),
    ]);
    let concern = |advisory: &Advisory| concern(advisory, &trip, Some(&trip[0]), at(NOW), false);
    assert_eq!(concern(&advisory("QA")), Concern::Here);
    assert_eq!(concern(&advisory("AE")), Concern::Trip);
    assert_eq!(concern(&advisory("OM")), Concern::Elsewhere);
    assert_eq!(concern(&of(vec![country("OM"), country("AE")])), Concern::Trip);
}

#[test]
fn a_leg_that_is_over_is_listed_and_not_notified() {
    let over = leg(stay("AE", Some("ae-dubai"), "2026-02-20", "2026-03-01"));
    let later = at("2026-03-02T12:00:00Z");
    assert_eq!(concern(&advisory("AE"), [&over], None, later, true), Concern::Trip);
    assert_eq!(concern(&advisory("AE"), [&over], None, later, false), Concern::Elsewhere);
    // over before the advisory began
    let long_over = leg(stay("AE", Some("ae-dubai"), "2026-02-20", "2026-02-28"));
    assert_eq!(concern(&advisory("AE"), [&long_over], None, later, true), Concern::Elsewhere);
}

#[test]
fn a_coming_trip_is_concerned_where_it_begins_within_a_week_of_the_expiry() {
    // the advisory expires on 3 March at 06:00 UTC, 10:00 in Dubai
    for (from, expected) in
        [("2026-03-02", Concern::Trip), ("2026-03-10", Concern::Trip), ("2026-03-11", Concern::Elsewhere)]
    {
        let coming = leg(stay("AE", Some("ae-dubai"), from, "2026-03-20"));
        for past in [false, true] {
            assert_eq!(concern(&advisory("AE"), [&coming], None, at(NOW), past), expected, "{from}");
        }
    }
}

#[test]
fn what_ended_long_before_the_trip_began_does_not_concern_it_even_on_the_spot() {
    let here = leg(stay("AE", Some("ae-dubai"), "2026-05-01", "2026-05-20"));
    let now = at("2026-05-05T12:00:00Z");
    assert_eq!(concern(&advisory("AE"), [&here], Some(&here), now, true), Concern::Elsewhere);
    let extended = Advisory { expires: at("2026-05-04T00:00:00Z"), ..advisory("AE") };
    assert_eq!(concern(&extended, [&here], Some(&here), now, true), Concern::Here);
}

#[test]
fn between_two_legs_the_traveller_is_still_where_the_last_one_was() {
    let trip = legs(vec![
        transit("DOH", "2026-03-01T06:00", "2026-03-01T09:00"),
        stay("OM", None, "2026-03-02", "2026-03-04"),
    ]);
    assert_eq!(concern(&advisory("QA"), &trip, Some(&trip[0]), at(NOW), false), Concern::Here);
}

#[test]
fn an_advisory_is_in_force_from_its_first_instant_until_its_last() {
    let advisory = advisory("AE");
    assert_eq!(state(&advisory, at("2026-03-01T05:59:59Z")), AdvisoryState::Upcoming);
    assert_eq!(state(&advisory, at("2026-03-01T06:00:00Z")), AdvisoryState::InForce);
    assert_eq!(state(&advisory, at("2026-03-03T05:59:59Z")), AdvisoryState::InForce);
    assert_eq!(state(&advisory, at("2026-03-03T06:00:00Z")), AdvisoryState::Expired);
    let cancelled = Advisory { message_type: MessageType::Cancel, ..advisory };
    assert_eq!(state(&cancelled, at("2026-03-01T06:00:00Z")), AdvisoryState::Ended);
    assert!(!cancelled.is_in_force(at("2026-03-01T06:00:00Z")));
}

#[test]
fn what_matters_most_comes_first() {
    use AdvisoryState::{Ended, Expired, InForce, Upcoming};
    use Concern::{Elsewhere, Here, Trip};
    let extreme = advisory("AE");
    let severe = Advisory { severity: Severity::Severe, ..advisory("AE") };
    let later = Advisory { urgency: Urgency::Expected, ..advisory("AE") };
    let (old, new) = (at("2026-03-01T06:00:00Z"), at("2026-03-01T07:00:00Z"));
    let sorted = [
        (Here, InForce, &extreme, new),
        (Here, InForce, &extreme, old),
        (Here, InForce, &later, new),
        (Here, InForce, &severe, new),
        (Here, Upcoming, &extreme, new),
        (Trip, InForce, &extreme, new),
        (Trip, Upcoming, &extreme, new),
        (Elsewhere, InForce, &extreme, new),
        (Elsewhere, Upcoming, &extreme, new),
        // what is over comes after all that is not
        (Here, Expired, &extreme, new),
        (Here, Ended, &extreme, new),
        (Trip, Expired, &extreme, new),
    ];
    for (index, one) in sorted.iter().enumerate() {
        for other in &sorted[index + 1..] {
            let key = |(concern, state, advisory, issued): &(Concern, AdvisoryState, &Advisory, Timestamp)| {
                (rank(*concern, *state, &Part::of(advisory)), std::cmp::Reverse(*issued))
            };
            assert!(key(one) < key(other), "{:?} {:?} before {:?} {:?}", one.0, one.1, other.0, other.1);
        }
    }
}

#[test]
fn loudness_follows_severity_and_urgency() {
    let of =
        |severity, urgency| loudness(Announced::Loud, &Part::of(&Advisory { severity, urgency, ..advisory("AE") }));
    assert_eq!(of(Severity::Extreme, Urgency::Immediate), Loudness::Critical);
    assert_eq!(of(Severity::Extreme, Urgency::Future), Loudness::Critical);
    assert_eq!(of(Severity::Severe, Urgency::Expected), Loudness::Critical);
    assert_eq!(of(Severity::Severe, Urgency::Future), Loudness::Normal);
    assert_eq!(of(Severity::Moderate, Urgency::Immediate), Loudness::Normal);
    assert_eq!(of(Severity::Unknown, Urgency::Immediate), Loudness::Normal);
    assert_eq!(of(Severity::Minor, Urgency::Immediate), Loudness::Low);
    assert_eq!(of(Severity::Other, Urgency::Other), Loudness::Critical, "what is not known counts as severe, and soon");
}

#[test]
fn at_those_who_hide_nothing_rings() {
    let extreme = advisory("AE");
    for announced in [Announced::Silent, Announced::Other] {
        assert_eq!(loudness(announced, &Part::of(&extreme)), Loudness::Silent);
    }
}

#[test]
fn a_reader_gets_their_language_else_the_next_best_there_is() {
    let read = |langs: &[&str], lang: Lang| {
        let text = advisory("AE").texts.get("en").unwrap().clone();
        let texts: Texts<AdvisoryText> = langs.iter().map(|tag| (tag.parse().unwrap(), text.clone())).collect();
        let wanted = Preference::new(lang, &Lang::ALL.map(Tag::from));
        PartTexts::Own(&texts).by_preference(&wanted).first().map(|text| text.lang.clone()).unwrap_or_default()
    };
    assert_eq!(read(&["en", "ru", "kk"], Lang::Ru), "ru");
    assert_eq!(read(&["en", "ru"], Lang::Kk), "ru");
    assert_eq!(read(&["en-US", "kk"], Lang::Ru), "kk");
    assert_eq!(read(&["fr", "en"], Lang::Kk), "en");
    assert_eq!(read(&["fr", "de"], Lang::Kk), "de");
    assert_eq!(read(&[], Lang::Kk), "");
}

/// What is notified of an entry, to a reader of Russian.
fn said(body: contract::entry::Body) -> Option<Notice> {
    let mut device = crate::testing::Device::new(NOW);
    device.catch_up();
    device.hear(&testkit::entry("advisory.ae", 2, body));
    device.companion.set_language(Lang::Ru).unwrap();
    let said = |facts: &Facts| {
        let all = warnings(facts.bulletin);
        notices::warning(facts, &all[0], &all[0].parts[0])
    };
    device.session().with_facts(said).unwrap()
}

#[test]
fn a_notice_says_where_and_what_to_do_in_the_readers_language() {
    let notice = said(contract::entry::Body::Advisory(advisory("QA"))).unwrap();
    assert_eq!((notice.title.as_str(), notice.body.as_str()), ("Катар: Headline ru", "Step ru"));
    assert_eq!(notice.loudness, Loudness::Critical);
    let wordless = Advisory { texts: Texts::default(), ..advisory("AE") };
    assert_eq!(said(contract::entry::Body::Advisory(wordless)), None);
}

#[test]
fn a_relayed_alert_may_say_neither_what_to_do_nor_in_which_country_it_holds() {
    let own = advisory("AE");
    let text = AlertText { headline: "Headline ru".into(), why: "Why ru".into(), ..AlertText::default() };
    let part = AlertPart {
        severity: own.severity,
        urgency: own.urgency,
        certainty: own.certainty,
        effective: own.effective,
        onset: None,
        expires: own.expires,
        areas: vec![Area { polygons: vec![square(25.2, 55.27)], ..Area::default() }],
        texts: [(Tag::from(Lang::Ru), text)].into_iter().collect(),
    };
    let alert = RelayedAlert {
        message_type: MessageType::Alert,
        sender: "Kazhydromet".into(),
        identifier: "1".into(),
        sent: at(NOW),
        parts: vec![part],
    };
    let notice = said(contract::entry::Body::RelayedAlert(alert)).unwrap();
    assert_eq!((notice.title.as_str(), notice.body.as_str()), ("Headline ru", "Why ru"));
}

#[test]
fn a_leg_counts_to_the_very_moment() {
    let (advisory, moment) = (advisory("AE"), SignedDuration::from_nanos(1));
    let concerned = |leg: &PlannedLeg, past| concern(&advisory, [leg], None, at(NOW), past);
    let week_after = advisory.expires + SignedDuration::from_hours(24 * 7);
    for (from, trip, here) in
        [(week_after - moment, Concern::Trip, Concern::Here), (week_after, Concern::Elsewhere, Concern::Elsewhere)]
    {
        let leg = PlannedLeg { from, until: at("2026-04-01T00:00:00Z"), ..in_dubai() };
        assert_eq!(concerned(&leg, false), trip, "{from}");
        assert_eq!(concern(&advisory, [], Some(&leg), at(NOW), false), here, "{from}");
    }
    let ended = |until| PlannedLeg { from: at("2026-02-01T00:00:00Z"), until, ..in_dubai() };
    assert_eq!(concerned(&ended(at(NOW) + moment), false), Concern::Trip);
    assert_eq!(concerned(&ended(at(NOW)), false), Concern::Elsewhere);
    assert_eq!(concerned(&ended(advisory.effective + moment), true), Concern::Trip);
    assert_eq!(concerned(&ended(advisory.effective), true), Concern::Elsewhere);
}
