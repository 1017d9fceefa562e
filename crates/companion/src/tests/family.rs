//! What is sent to the family: after a word that all are well, in the family's language, with the place by wish alone.

use contract::{
    record::{CheckInStatus, Need, Person},
    words::Lang,
};

use crate::{
    Details, PartyAct, Whom,
    error::FailureCode,
    family::mail,
    party::Party,
    testing::{Device, dubai},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn safe_in_dubai() -> Device {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device
}

fn text(device: &Device, says_where: bool) -> String {
    device.companion.family_text(says_where).unwrap().text
}

#[test]
fn it_says_who_and_when_by_the_family_s_clock_and_where_by_wish_alone() {
    let device = safe_in_dubai();
    assert_eq!(text(&device, false), "We are safe (3 of us).\nSaid: 1 March, 17:00 (Almaty).");
    let place = "Place: Dubai, United Arab Emirates.";
    assert_eq!(text(&device, true), format!("We are safe (3 of us).\n{place}\nSaid: 1 March, 17:00 (Almaty)."));
}

#[test]
fn the_family_s_language_is_chosen_once_and_is_not_the_app_s() {
    let device = safe_in_dubai();
    device.session().set_family_language(Lang::Kk).unwrap();
    let device = device.reopened();
    assert_eq!((device.companion.lang(), device.companion.family_text(true).unwrap().lang), (Lang::En, Lang::Kk));
    assert!(
        text(&device, true).starts_with("Бәріміз аманбыз (3 адам).\nТұрған жерім: Дубай, "),
        "{}",
        text(&device, true)
    );
    device.session().set_family_language(Lang::Ru).unwrap();
    assert!(text(&device, false).starts_with("С нами всё в порядке (нас 3).\nСказано: 1 марта, 17:00 ("));
}

#[test]
fn one_alone_and_at_home_has_no_place_to_tell() {
    let device = Device::new(NOW);
    device.session().check_in(CheckInStatus::Safe).unwrap();
    assert_eq!(text(&device, true), "I am safe.\nSaid: 1 March, 17:00 (Astana en).");
    assert_eq!(device.companion.family_text(true).unwrap().place, None);
}

#[test]
fn whoever_needs_help_has_no_such_text() {
    let device = Device::new(NOW);
    let refused = |device: &Device| device.companion.family_text(true).unwrap_err().code;
    assert_eq!(refused(&device), FailureCode::NotFound);
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert_eq!(refused(&device), FailureCode::NotFound);
}

#[test]
fn of_a_party_it_says_who_is_safe_and_for_how_many_help_was_asked() {
    let device = safe_in_dubai();
    let whom = Whom::Some { count: 1, others_safe: true };
    device.session().cry_for(&whom).unwrap();
    assert_eq!(text(&device, false), "Safe: 2 of 3.\nAsked the ministry for help: 1.\nSaid: 1 March, 17:00 (Almaty).");
    let quiet = Details { needs: vec![Need::Violence], whom, ..Details::default() };
    device.session().say_more(&quiet).unwrap();
    assert_eq!(device.companion.family_text(false).unwrap_err().code, FailureCode::NotFound);
}

#[test]
fn a_letter_has_the_text_whole_and_names_nobody() {
    let device = safe_in_dubai();
    device.session().set_family_language(Lang::Ru).unwrap();
    let written = device.companion.family_text(true).unwrap();
    let letter = mail(&written.text);
    let mail = url::Url::parse(&letter).unwrap();
    assert_eq!((mail.scheme(), mail.path()), ("mailto", ""), "to nobody");
    let said: Vec<(String, String)> = mail.query_pairs().into_owned().collect();
    let names: Vec<&str> = said.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["subject", "body"]);
    assert_eq!(said[1].1.replace("\r\n", "\n"), written.text);
    assert!(!letter.contains('+'), "a mail program takes a plus for a plus");
    assert!(!device.session().names_link(&letter), "and no link of the page leads there");
}

/// It is sent to a mother and to a son.
#[test]
fn it_is_about_who_sends_it_and_addresses_nobody() {
    let device = safe_in_dubai();
    let addresses = ["сіз", "сен", "вы", "вас", "вам", "ты", "тебя"];
    for lang in [Lang::Kk, Lang::Ru] {
        device.session().set_family_language(lang).unwrap();
        let text = text(&device, true).to_lowercase();
        assert!(!text.split(|c: char| !c.is_alphabetic()).any(|word| addresses.contains(&word)), "{text}");
    }
}

#[test]
fn who_was_not_counted_is_not_said_to_be_safe() {
    let device = safe_in_dubai();
    let id = device.view().trips[0].id;
    let draft = crate::trips::TripDraft { adults: 5, ..device.session().trip_draft(id).unwrap() };
    device.session().save_trip(Some(id), &draft).unwrap();
    for (lang, said) in [
        (Lang::Kk, "Аман: 3 (барлығымыз 6 адам). Әлі көрінбегені: 3."),
        (Lang::Ru, "В порядке: 3 из 6. Ещё не видели: 3."),
        (Lang::En, "Safe: 3 of 6. Not seen yet: 3."),
    ] {
        device.session().set_family_language(lang).unwrap();
        let said_first: Vec<String> = text(&device, false).lines().take(2).map(str::to_owned).collect();
        assert_eq!(said_first.join(" "), said);
    }
}

#[test]
fn while_a_roll_is_called_it_says_that_it_goes_on() {
    let device = safe_in_dubai();
    let id = device.view().trips[0].id;
    let session = device.session();
    let people = ["Aigul", "Marat"].map(|name| Person { name: name.into(), ..Person::default() }).to_vec();
    session.lead(id, PartyAct::Save { party: Party { people, ..Party::default() }, unread: Vec::new() }).unwrap();
    session.lead(id, PartyAct::See { person: 1, status: CheckInStatus::Safe, own: false }).unwrap();
    session.lead(id, PartyAct::Tell { over: false, found: String::new() }).unwrap();
    for (lang, said) in [
        (Lang::Kk, "Әлі көрінбегені: 2, түгендеу жүріп жатыр."),
        (Lang::Ru, "Ещё не видели: 2, перекличка ещё идёт."),
        (Lang::En, "Not seen yet: 2, the roll call goes on."),
    ] {
        session.set_family_language(lang).unwrap();
        assert_eq!(text(&device, false).lines().nth(1), Some(said));
    }
}
