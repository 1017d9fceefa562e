//! What an SMS to the ministry begins with.

use contract::{
    record::{CheckInStatus, Need},
    words::Lang,
};
use url::Url;

use crate::{
    saying_more::Details,
    store::CallWay,
    testing::{Device, dubai},
};

const NOW: &str = "2026-03-01T12:00:00Z";
const NUMBER: &str = "+442079460802";

/// The text, as a program that writes messages reads it.
fn begun(device: &Device) -> String {
    let url = Url::parse(&device.companion.sms_to(NUMBER)).unwrap();
    assert_eq!((url.scheme(), url.path()), ("sms", NUMBER));
    url.query_pairs().find(|(name, _)| name == "body").unwrap().1.into_owned()
}

#[test]
fn it_says_where_and_how_many_in_the_reader_s_language_and_leaves_the_rest_to_them() {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    assert_eq!(begun(&device), "Dubai, United Arab Emirates. 3 of us. I need help: ");
    device.companion.set_language(Lang::Kk).unwrap();
    assert!(begun(&device).ends_with(". 3 адамбыз. Көмек керек: "), "{}", begun(&device));
    device.companion.set_language(Lang::Ru).unwrap();
    assert!(begun(&device).ends_with(". Нас 3. Нужна помощь: "), "{}", begun(&device));
}

#[test]
fn another_phone_reads_it_with_its_words_and_who_does_not_hear_says_so_first() {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().set_prefers_text(true).unwrap();
    device.companion.called(NUMBER, CallWay::Sms, false).unwrap();
    let call = device.view().last_call.unwrap();
    assert_eq!(call.words, "Dubai, United Arab Emirates. 3 of us. Do not call, write. I need help: ");
    assert_eq!((call.qr, call.words.as_str()), (format!("SMSTO:{NUMBER}:{}", call.words), begun(&device).as_str()));
    device.companion.called(NUMBER, CallWay::Voice, false).unwrap();
    let call = device.view().last_call.unwrap();
    assert_eq!((call.qr, call.words), (format!("tel:{NUMBER}"), String::new()));
}

#[test]
fn at_home_there_is_no_place_to_say() {
    assert_eq!(begun(&Device::new(NOW)), "I need help: ");
}

#[test]
fn locked_trips_are_not_said() {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    assert_eq!(begun(&device), "I need help. ");
}

fn told(details: Details) -> Device {
    let device = Device::new(NOW);
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.session().say_more(&details).unwrap();
    device
}

#[test]
fn what_was_told_stands_in_it_until_it_is_over() {
    let device = told(Details {
        needs: vec![Need::Medical, Need::Documents],
        medicine_days: Some(2),
        place: "Hotel Rixos, room 412".to_owned(),
        write_only: true,
        ..Details::default()
    });
    assert_eq!(
        begun(&device),
        "Dubai, United Arab Emirates. Hotel Rixos, room 412. 3 of us. Do not call, write. \
         I need help: medicine for 2 days, no documents. "
    );
    device.companion.set_language(Lang::Ru).unwrap();
    assert!(begun(&device).ends_with("Не звоните, пишите. Нужна помощь: лекарств на 2 дн., нет документов. "));
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.companion.set_language(Lang::En).unwrap();
    assert_eq!(begun(&device), "Dubai, United Arab Emirates. 3 of us. I need help: ", "it is over");
}

#[test]
fn what_nobody_who_holds_the_phone_should_read_is_not_in_it() {
    let details =
        Details { needs: vec![Need::Violence, Need::Money], place: "room 412".to_owned(), ..Details::default() };
    assert_eq!(begun(&told(details)), "Dubai, United Arab Emirates. 3 of us. I need help: no money. ");
    let nowhere_else = told(Details { needs: vec![Need::Shelter], ..Details::default() });
    assert_eq!(
        begun(&nowhere_else),
        "Dubai, United Arab Emirates. 3 of us. I need help: nowhere to stay. ",
        "the place by the plan is said once"
    );
}

#[test]
fn whoever_cannot_hear_says_so_in_it() {
    let device = Device::new(NOW);
    device.session().set_prefers_text(true).unwrap();
    assert_eq!(begun(&device), "Do not call, write. I need help: ");
}
