//! What is asked of the app with no network, and what it answers.

use contract::{
    entry::{
        Body,
        advisory::Advisory,
        chat::{Chat, ChatLink, Messenger},
        level::Level,
        line::{Line, LineKind, LineState, TextWay},
        mission::{Mission, MissionKind},
        topic::Topic,
    },
    hours::{Hours, Span, Weekday},
    place::{Area, Circle, CountryCode, Position},
    profile::{DisputedPlace, Profile},
    words::{Lang, Texts},
};

use jiff::Timestamp;
use testkit::{advisory, advisory_entry, at, entry, in_lang, words};

use crate::{
    ChosenPlace,
    emergency::EmergencyRow,
    error::FailureCode,
    places::{self, PickedPlace, PlaceAt},
    search::Target,
    testing::{Device, dubai, stay, transit, trip},
    view::pages::country::CountryPage,
    whereabouts::HereSource,
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn device() -> Device {
    let device = Device::new(NOW);
    device.catch_up();
    device
}

fn code(code: &str) -> CountryCode {
    code.parse().unwrap()
}

fn said(place: &PlaceAt) -> String {
    match place {
        PlaceAt::Sea => "sea".into(),
        PlaceAt::Country { country } => country.code.to_string(),
        PlaceAt::Border { country, beside } => {
            let beside: Vec<_> = beside.iter().map(|one| one.code.to_string()).collect();
            format!("{} by {}", country.code, beside.join(" "))
        }
        PlaceAt::Disputed { claims, counts_as, .. } => {
            let claims: Vec<_> = claims.iter().map(|one| one.code.to_string()).collect();
            format!("{} as {}", claims.join(" "), counts_as.as_ref().map_or("each", |one| one.code.as_str()))
        }
    }
}

#[test]
fn a_disputed_place_is_treated_as_the_ministry_says() {
    let golan = Position { lat: 33.0, lon: 35.78 };
    let place = |area, claims: [&str; 2], counts_as: Option<&str>| DisputedPlace {
        area,
        claims: claims.map(code).to_vec(),
        counts_as: counts_as.map(code),
        note: words("Note"),
    };
    let round = Area { circles: vec![Circle { center: golan, radius_km: 20.0 }], ..Area::default() };
    let kosovo = Area { country: Some(code("XK")), ..Area::default() };
    let disputed = vec![
        place(round, ["IL", "SY"], None),
        place(kosovo, ["RS", "XK"], Some("RS")),
        place(Area::default(), ["RU", "UA"], None),
    ];
    let of = |disputed: Vec<DisputedPlace>, lat, lon| {
        let device = Device::with_profile(NOW, |profile| Profile { disputed, ..profile });
        said(&device.companion.place_at(Position { lat, lon }))
    };
    assert_eq!(of(disputed.clone(), 33.0, 35.78), "IL SY as each");
    assert_eq!(of(disputed.clone(), 42.66, 21.16), "RS XK as RS");
    assert_eq!(of(disputed.clone(), 45.03, 34.10), "RU UA as each");
    assert_eq!(of(Vec::new(), 45.03, 34.10), "RU UA as each", "with no word of the ministry both are named");
    assert_eq!(of(disputed, 44.8, 20.46), "RS");
    assert_eq!(of(Vec::new(), -50.0, 90.0), "sea");
    assert!(of(Vec::new(), 44.215, 80.41).contains(" by "));
}

#[test]
fn a_point_chosen_on_the_map_is_where_the_traveller_is() {
    let device = device();
    let position = Position { lat: 25.08, lon: 55.14 };
    device.session().choose_place(Some(ChosenPlace::Point { position, country: code("AE") })).unwrap();
    let here = device.view().here.unwrap();
    assert_eq!((in_lang(&here.place, "en"), here.time_zone.as_str()), ("Dubai", "Asia/Dubai"));
    assert_eq!((here.source, here.position), (HereSource::Chosen, Some(position)));
    device.session().choose_place(None).unwrap();
    assert_eq!(device.view().here.unwrap().source, HereSource::Home);
    let off = ChosenPlace::Point { position: Position { lat: 95.0, lon: 0.0 }, country: code("AE") };
    assert!(device.session().choose_place(Some(off)).is_err());
}

#[test]
fn local_numbers_go_by_the_land_whichever_state_a_point_counts_as() {
    let device = device();
    let numbers = |country| {
        let position = Position { lat: 25.03, lon: 121.56 };
        device.session().choose_place(Some(ChosenPlace::Point { position, country: code(country) })).unwrap();
        device
            .view()
            .emergency
            .iter()
            .flat_map(|row| row.numbers.iter().map(|one| one.number.clone()))
            .collect::<Vec<_>>()
    };
    assert!(numbers("CN").contains(&"119".to_owned()));
    assert_eq!(numbers("CN"), numbers("TW"));
    assert!(!numbers("CN").contains(&"120".to_owned()), "mainland China's ambulance");
}

#[test]
fn a_country_page_is_made_of_facts_and_one_that_is_none_says_so() {
    let mut device = device();
    device.hear(&advisory_entry("advisory.om", 1, "OM"));
    let level = Level { country: code("OM"), level: 3, since: at(NOW), why: words("Why") };
    device.hear(&entry("level.om", 1, Body::Level(level)));
    let page = device.companion.country_page(code("OM")).unwrap();
    assert_eq!(page.level.as_ref().unwrap().level, 3);
    assert_eq!(page.advisories.len(), 1);
    assert_eq!(page.time_zone, "Asia/Muscat");
    assert_eq!(said_numbers(&page), ["9999"]);
    assert!(page.topics.contains(&"shelter".to_owned()) && !page.topics.contains(&"evacuation".to_owned()));
    // Czechoslovakia, which ISO retired
    let retired = device.companion.country_page(code("CS")).unwrap_err();
    assert_eq!(retired.code, FailureCode::UnknownCountry);
}

/// The ministry's keys may sign a mistake: the app opens, and the call bar still dials.
#[test]
fn what_is_signed_and_makes_no_sense_neither_ends_the_app_nor_takes_the_call_bar() {
    let mut device = device();
    let position = Position { lat: 25.08, lon: 55.14 };
    device.session().choose_place(Some(ChosenPlace::Point { position, country: code("AE") })).unwrap();
    let before = device.view().call;
    let nowhere = Position { lat: 1e300, lon: -1e300 };
    let backwards = |zone: &str| Hours::Weekly {
        time_zone: zone.into(),
        spans: vec![Span {
            first: Weekday::Sunday,
            last: Weekday::Monday,
            opens: "18:00".parse().unwrap(),
            closes: "09:00".parse().unwrap(),
        }],
    };
    let mission = Mission {
        position: Some(nowhere),
        hours: Some(backwards("Nowhere/At_All")),
        site: "javascript:alert(1)".into(),
        name: words(""),
        serves: vec![code("AE"), code("AE"), code("ZZ")],
        ..mission("AE")
    };
    device.hear(&entry("mission.odd", 1, Body::Mission(mission)));
    for (at, (number, state, hours)) in [
        ("", LineState::Open, Hours::Always),
        ("javascript:alert(1)", LineState::Overloaded, backwards("Asia/Dubai")),
        ("*#06#", LineState::Open, backwards("")),
        ("+442079460100", LineState::Moved, Hours::Always),
    ]
    .into_iter()
    .enumerate()
    {
        let line = Line {
            mission: Some("mission.odd".parse().unwrap()),
            kind: LineKind::Emergency,
            name: words(""),
            hours,
            languages: Vec::new(),
            number: "+442079460100".parse().unwrap(),
            text: Some(TextWay::Other),
            state,
            moved_to: None,
            demo: false,
            verified_at: Timestamp::MAX,
        };
        // a number that is none can be signed all the same
        let mut odd = serde_json::to_value(entry(&format!("line.odd-{at}"), 1, Body::Line(line))).unwrap();
        odd["body"]["number"] = number.into();
        device.hear_json(&odd);
    }
    for level in [0, 255] {
        let level = Level { country: code("AE"), level, since: Timestamp::MIN, why: words("") };
        device.hear(&entry("level.ae", u32::from(level.level) + 1, Body::Level(level)));
    }
    let odd = Area {
        polygons: vec![vec![nowhere]],
        circles: vec![Circle { center: nowhere, radius_km: -1.0 }],
        ..Area::default()
    };
    let advisory = Advisory { areas: vec![odd], texts: Texts::default(), expires: Timestamp::MAX, ..advisory("AE") };
    device.hear(&entry("advisory.odd", 1, Body::Advisory(advisory)));
    let view = device.view();
    assert_eq!(view.call, before);
    assert_eq!(view.contacts.missions.len(), 1);
    for code in ["AE", "ZZ"].map(code) {
        let _shown = device.companion.country_page(code);
    }
    device.companion.contacts().unwrap();
    device.companion.levels().unwrap();
    for typed in ["", "javascript", "odd", "ae"] {
        device.companion.search(typed).unwrap();
    }
    assert!(!device.companion.names_link("javascript:alert(1)"));
    device.pass_to("2026-03-02T12:00:00Z");
}

fn said_numbers(page: &CountryPage) -> Vec<String> {
    let row = |row: &EmergencyRow| {
        let numbers: Vec<&str> = row.numbers.iter().map(|number| number.number.as_str()).collect();
        format!("{}{}", numbers.join(" "), if row.differ { " differ" } else { "" })
    };
    page.emergency.iter().map(row).collect()
}

#[test]
fn local_numbers_stand_a_row_a_service_none_twice_and_say_where_sources_differ() {
    let device = device();
    let of = |country| said_numbers(&device.companion.country_page(code(country)).unwrap());
    // one for everything, and two whose second only one source names
    assert_eq!(of("TR"), ["112", "112 155 differ", "112 110 differ"]);
    assert_eq!(of("AE"), ["112", "999", "998", "997"]);
    // the newest that most sources name, and of those that are alike the one for everything
    assert_eq!(of("SA"), ["112 911", "112 911 999 differ", "112 911 997 differ", "112 911 998 differ"]);
    assert_eq!(of("QA"), ["999"]);
    assert!(of("AQ").is_empty());
}

#[test]
fn my_missions_stand_nearest_first_and_a_distance_is_said_only_of_a_known_door() {
    let mut device = device();
    for (id, city, door) in
        [("a", "ae-abu-dhabi", None), ("b", "ae-dubai", None), ("c", "ae-sharjah", Some((25.34, 55.42)))]
    {
        let city = atlas::city(city).unwrap();
        let position = door.map(|(lat, lon)| Position { lat, lon });
        let mission = Mission { city: city.name.clone(), position, ..mission("AE") };
        device.hear(&entry(&format!("mission.{id}"), 1, Body::Mission(mission)));
    }
    device.session().choose_place(Some(ChosenPlace::City { key: "ae-dubai".into() })).unwrap();
    let view = device.view();
    let missions = view.contacts.missions.iter();
    let said: Vec<_> =
        missions.map(|one| (in_lang(&one.city, "en").to_owned(), one.distance_km.map(f64::round))).collect();
    assert_eq!(said, [("Dubai".into(), None), ("Sharjah".into(), Some(21.0)), ("Abu Dhabi".into(), None)]);
}

/// Mecca has no mission: Jeddah is 70 km away, Riyadh 800.
#[test]
fn the_bar_s_office_is_that_of_the_first_mission_listed() {
    let mut device = device();
    for (id, city, number) in [("riyadh", "sa-riyadh", "+442079460110"), ("jeddah", "sa-jeddah", "+442079460112")] {
        let kind = if id == "riyadh" { MissionKind::Embassy } else { MissionKind::ConsulateGeneral };
        let mission = Mission { kind, city: atlas::city(city).unwrap().name.clone(), ..mission("SA") };
        device.hear(&entry(&format!("mission.{id}"), 1, Body::Mission(mission)));
        let of = Some(format!("mission.{id}").parse().unwrap());
        let office = Line {
            mission: of,
            kind: LineKind::Office,
            name: words("Office"),
            hours: Hours::Always,
            languages: Vec::new(),
            number: number.parse().unwrap(),
            text: None,
            moved_to: None,
            state: LineState::Open,
            demo: true,
            verified_at: at("2026-02-01T00:00:00Z"),
        };
        device.hear(&entry(&format!("line.{id}"), 1, Body::Line(office.clone())));
        if id == "riyadh" {
            let urgent = Line { kind: LineKind::Emergency, number: "+442079460111".parse().unwrap(), ..office };
            device.hear(&entry("line.urgent", 1, Body::Line(urgent)));
        }
    }
    device.session().choose_place(Some(ChosenPlace::City { key: "sa-mecca".into() })).unwrap();
    let view = device.view();
    let first = view.contacts.missions.iter().find(|mission| mission.mine).unwrap();
    assert_eq!(first.ask.as_ref().unwrap().href, "tel:+442079460112");
    assert_eq!(view.call.href, "tel:+442079460111", "at any hour an urgent call is answered there");
    assert_eq!(view.call.second_way.unwrap().href, "tel:+442079460112");
}

pub fn mission(country: &str) -> Mission {
    Mission {
        kind: MissionKind::Embassy,
        name: words("Mission"),
        city: words("City"),
        country: code(country),
        position: None,
        address: String::new(),
        hours: None,
        site: String::new(),
        serves: vec![code(country)],
        sources: Vec::new(),
    }
}

#[test]
fn with_no_ministry_a_country_page_has_what_the_app_itself_knows() {
    let device = Device::without_ministry(NOW);
    let page = device.country_page(code("TR")).unwrap();
    assert!(page.level.is_none() && page.contacts.missions.is_empty());
    assert!(!page.emergency.is_empty() && !page.topics.is_empty());
    assert!(!device.search("паспорт").unwrap().is_empty());
    assert!(device.levels().unwrap().is_empty() && device.contacts().unwrap().lines.is_empty());
}

#[test]
fn places_of_my_trips_come_first() {
    let device = device();
    device.session().save_trip(None, &trip(vec![stay("IE", Some("ie-dublin"), "2026-04-01", "2026-04-05")])).unwrap();
    let first = |places: Vec<PickedPlace>| places.into_iter().next();
    assert!(
        matches!(first(device.companion.look_up("dub").unwrap()), Some(PickedPlace::City { key, .. }) if key == "ie-dublin")
    );
    let hits = device.companion.search("dub").unwrap();
    assert!(matches!(&hits[0].target, Target::City { key, .. } if key == "ie-dublin"), "{hits:?}");
}

#[test]
fn what_the_ministry_says_can_be_found_as_soon_as_it_is_heard() {
    let mut device = device();
    let finds = |device: &Device| {
        let hits = device.companion.search("headline").unwrap();
        hits.into_iter().any(|hit| matches!(hit.target, Target::Advisory { .. }))
    };
    assert!(!finds(&device));
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    assert!(finds(&device));
}

#[test]
fn an_advisory_that_is_over_is_found_no_more() {
    let mut device = device();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    device.companion.search("headline").unwrap();
    device.pass_to("2027-03-01T12:00:00Z");
    let hits = device.companion.search("headline").unwrap();
    assert!(hits.iter().all(|hit| !matches!(hit.target, Target::Advisory { .. })), "{hits:?}");
}

#[test]
fn a_text_pasted_by_mistake_holds_nothing_up() {
    let device = device();
    let pasted = "паспорт ".repeat(20_000) + &"а".repeat(200_000);
    assert!(!device.companion.search(&pasted).unwrap().is_empty());
    device.companion.look_up(&pasted).unwrap();
}

#[test]
fn of_two_words_on_a_countrys_level_the_newer_holds() {
    let mut device = device();
    for (id, level, issued) in [("level.z", 1, "2026-01-01T00:00:00Z"), ("level.a", 4, "2026-02-01T00:00:00Z")] {
        let level = Level { country: code("AE"), level, since: at(issued), why: words("Why") };
        let written = entry(id, 1, Body::Level(level));
        device.hear(&contract::entry::Entry { issued_at: at(issued), ..written });
    }
    assert_eq!(device.companion.country_page(code("AE")).unwrap().level.unwrap().level, 4);
    assert_eq!(device.companion.levels().unwrap().iter().map(|level| level.level).collect::<Vec<_>>(), [4]);
}

#[test]
fn home_has_no_level_among_the_countries_abroad() {
    let mut device = device();
    let level = Level { country: code("KZ"), level: 1, since: at(NOW), why: words("Why") };
    device.hear(&entry("level.kz", 1, Body::Level(level)));
    assert!(device.companion.levels().unwrap().is_empty());
}

#[test]
fn a_hit_is_told_in_the_readers_language_with_what_was_typed_marked() {
    let device = device();
    for (typed, marked) in [("lost passport", true), ("паспорт жоғалды", false)] {
        let hits = device.companion.search(typed).unwrap();
        let hit = &hits[0];
        assert_eq!((&hit.target, hit.lang), (&Target::Topic { id: "lost-passport".into() }, Lang::En));
        assert_eq!(hit.title.iter().chain(&hit.detail).any(|piece| piece.hit), marked, "{typed}");
    }
}

#[test]
fn a_topic_of_the_ministry_that_lacks_a_language_is_there_in_those_it_has() {
    let mut device = device();
    let shipped = device.companion.topics().unwrap();
    let sea = shipped.iter().find(|topic| topic.id == "sea").unwrap();
    let mut text = sea.texts.get("en").unwrap().clone();
    text.title = "Volcano ash".into();
    let volcano = Topic {
        id: "volcano".into(),
        order: 99,
        texts: [(Lang::En.into(), text)].into_iter().collect(),
        ..sea.clone()
    };
    device.hear(&entry("topic.volcano", 1, Body::Topic(Box::new(volcano))));
    let topics = device.companion.topics().unwrap();
    assert_eq!(topics.len(), shipped.len() + 1);
    let hits = device.companion.search("volcano").unwrap();
    assert_eq!(hits[0].target, Target::Topic { id: "volcano".into() });
}

#[test]
fn only_a_link_that_something_verified_names_is_opened() {
    let mut device = device();
    let url = "https://t.me/saparlas_demo";
    assert!(!device.companion.names_link(url));
    let link = ChatLink { messenger: Messenger::Telegram, url: url.into() };
    let chat = Chat { mission: None, name: words("Chat"), link, demo: true, verified_at: at(NOW) };
    device.hear(&entry("chat.ministry", 1, Body::Chat(chat)));
    assert!(device.companion.names_link(url));
    assert!(!device.companion.names_link("https://t.me/somebody_else"));
}

#[test]
fn a_kept_trip_to_a_city_that_is_no_longer_known_stays_on_the_list() {
    let device = device();
    let mut draft = dubai();
    let id = device.session().save_trip(None, &draft).unwrap();
    for leg in &mut draft.legs {
        if let crate::trips::LegDraft::Stay { city, .. } = leg {
            *city = Some("ae-atlantis".into());
        }
    }
    device.session().store.save_trip(id, &draft).unwrap();
    let trips = device.view().trips;
    assert_eq!(trips.len(), 1);
    assert_eq!(in_lang(&trips[0].legs.last().unwrap().place, "en"), "United Arab Emirates");
}

#[test]
fn the_places_of_the_trips_are_at_hand_those_nearest_in_time_first_and_none_behind_the_pin() {
    let device = Device::new("2026-03-03T12:00:00Z");
    let legs = vec![
        transit("DOH", "2026-02-27T06:10", "2026-02-27T09:20"),
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
        stay("OM", None, "2026-03-04", "2026-03-06"),
    ];
    device.session().save_trip(None, &trip(legs)).unwrap();
    let names = |places: Vec<PickedPlace>| -> Vec<String> {
        let name = |place: &PickedPlace| match place {
            PickedPlace::Country { code, .. } => code.to_string(),
            PickedPlace::City { key, .. } => key.clone(),
            PickedPlace::Airport { code, .. } => code.to_string(),
        };
        places.iter().map(name).collect()
    };
    assert_eq!(names(device.companion.own_places().unwrap()), ["OM", "ae-dubai", "DOH"]);
    device.session().set_pin(None, Some("2468")).unwrap();
    device.session().lock_screen();
    assert_eq!(names(device.companion.own_places().unwrap()), Vec::<String>::new());
}

#[test]
fn an_airport_at_home_is_found_first_by_its_code_in_any_letters() {
    let device = device();
    for typed in ["ала", "ALA", "фдф"] {
        let found = device.companion.look_up(typed).unwrap();
        let first = found.into_iter().next();
        assert!(matches!(first, Some(PickedPlace::Airport { code, .. }) if code.as_str() == "ALA"), "{typed}");
    }
    let hits = device.companion.search("ала").unwrap();
    assert!(matches!(&hits[0].target, Target::Airport { code, .. } if code.as_str() == "ALA"), "{hits:?}");
}

/// As the list under a field shows them.
fn seen(typed: &str) -> Vec<PickedPlace> {
    places::look_up(typed, &[]).into_iter().take(6).collect()
}

fn is_stay(place: &PickedPlace, airport: &atlas::Airport) -> bool {
    match place {
        PickedPlace::Country { code, .. } => airport.own_city().is_none() && *code == airport.country,
        PickedPlace::City { key, .. } => airport.own_city().is_some_and(|city| city.key == key),
        PickedPlace::Airport { .. } => false,
    }
}

#[test]
fn an_airport_s_code_offers_its_city_too_whatever_else_begins_so() {
    let far = ["XXC", "TUK", "ZYL"].into_iter().filter_map(|code| atlas::airport(code.parse().ok()?));
    for airport in atlas::known_airports().chain(far) {
        for typed in [airport.code.to_string(), airport.code.as_str().to_lowercase(), format!(" {} ", airport.code)] {
            let seen = seen(&typed);
            assert!(seen.iter().any(|place| is_stay(place, &airport)), "{typed}: {seen:?}");
            assert!(seen.contains(&places::airport_place(airport.clone())), "{typed}: {seen:?}");
        }
    }
}

#[test]
fn a_code_typed_in_cyrillic_letters_offers_its_city_too() {
    for (typed, code) in [("сзе", "CPT"), ("вчи", "DXB"), ("ала", "ALA"), ("ист", "IST"), ("дох", "DOH")]
    {
        let airport = atlas::airport(code.parse().unwrap()).unwrap();
        let seen = seen(typed);
        assert!(seen.iter().any(|place| is_stay(place, &airport)), "{typed}: {seen:?}");
    }
}

#[test]
fn a_city_whose_name_is_a_code_stays_first_in_each_language() {
    for key in ["tr-van", "ru-ufa", "kg-osh", "vn-hue", "in-goa", "mv-gan", "gr-kos", "rs-nis"] {
        let city = atlas::city(key).unwrap();
        for (tag, name) in city.name.iter() {
            assert_eq!(seen(name).first(), Some(&places::city(key).unwrap()), "{tag} {name}");
        }
    }
}
