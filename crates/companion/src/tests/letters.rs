//! What the ministry writes is opened, kept closed and shown once; what is not its word, or not for this phone, harms
//! nothing.

use contract::{
    entry::advisory::Announced,
    ids::MessageId,
    record::{Letter, PrivateLetter, QuickAnswer},
    seal::{self, Context},
    words::Lang,
};
use rand::{SeedableRng, rngs::StdRng};
use testkit::{Ministry, at};

use crate::{
    MessageDraft,
    correspondence::Judged,
    error::FailureCode,
    notices::{Loudness, Opens, Sound},
    testing::Device,
    view::pages::messages::ThreadItem,
};

const NOW: &str = "2026-03-01T12:00:00Z";

pub fn private(text: &str) -> PrivateLetter {
    PrivateLetter {
        at: at(NOW),
        language: Lang::Ru.into(),
        text: text.into(),
        announced: Announced::Loud,
        neutral: false,
        person: None,
        case: None,
        asks: vec![QuickAnswer::Yes, QuickAnswer::Other],
    }
}

/// The desk's letter to this phone, under an id of its own.
pub fn letter(device: &Device, private: &PrivateLetter, seed: u64) -> Letter {
    by(&device.ministry, device, private, seed)
}

fn by(ministry: &Ministry, device: &Device, private: &PrivateLetter, seed: u64) -> Letter {
    let identity = device.session().identity().unwrap();
    let mut rng = StdRng::seed_from_u64(seed);
    let id = MessageId::random(&mut rng);
    ministry.letter((identity.id, &identity.public_key), id, private, &mut rng)
}

pub fn take(device: &Device, letter: &Letter) -> Judged {
    let session = device.session();
    let judged = session.take_letter(&session.identity().unwrap(), letter).unwrap();
    if judged == Judged::New {
        session.letters_came();
    }
    judged
}

fn device() -> Device {
    let device = Device::new(NOW);
    device.catch_up();
    device
}

fn thread(device: &Device) -> Vec<ThreadItem> {
    device.session().messages().unwrap().thread
}

#[test]
fn a_letter_is_kept_once_and_shown_once() {
    let device = device();
    let sent = letter(&device, &private("Ждите у выхода 4"), 1);
    assert_eq!(take(&device, &sent), Judged::New);
    assert_eq!(take(&device, &sent), Judged::Known);
    let device = device.reopened();
    device.session().time_passed();
    assert_eq!(device.window.notices.lock().unwrap().len(), 0, "it was shown before");
    let [ThreadItem::Ministry { text, asks, is_new: true, .. }] = &thread(&device)[..] else { panic!() };
    assert_eq!((text.as_str(), asks.as_slice()), ("Ждите у выхода 4", &[QuickAnswer::Yes][..]));
    assert_eq!(device.view().unread, 1);
    device.session().letters_seen(&[sent.id]).unwrap();
    assert_eq!(device.view().unread, 0);
}

#[test]
fn what_is_written_stands_closed_in_the_file() {
    let device = device();
    take(&device, &letter(&device, &private("Ждите у выхода 4"), 1));
    device.session().write(MessageDraft { text: "Я у выхода 7".into(), ..MessageDraft::default() }).unwrap();
    drop(device.companion);
    for file in std::fs::read_dir(device.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!has("у выхода"));
    }
}

#[test]
fn it_rings_as_its_sealed_part_asks_and_says_nothing_where_it_must_not() {
    let show = |private: PrivateLetter, discreet: bool| {
        let device = device();
        device.session().set_discreet(discreet).unwrap();
        // whoever carries it cannot make it louder
        let mut sent = letter(&device, &private, 1);
        sent.announced = Announced::Loud;
        assert_eq!(take(&device, &sent), Judged::New);
        device.window.notices.lock().unwrap().pop().unwrap()
    };
    let loud = show(private("Ждите"), false);
    assert_eq!((loud.loudness, loud.sound, loud.body.as_str()), (Loudness::Normal, Some(Sound::Message), "Ждите"));
    assert_eq!(loud.opens, Opens::Messages);
    let hidden = show(PrivateLetter { announced: Announced::Silent, neutral: true, ..private("Ждите") }, false);
    assert_eq!((hidden.loudness, hidden.sound, hidden.body.as_str()), (Loudness::Silent, None, ""));
    assert!(!hidden.title.to_lowercase().contains("ministry"));
    let unknown = show(PrivateLetter { announced: Announced::Other, ..private("Ждите") }, false);
    assert_eq!(unknown.loudness, Loudness::Silent, "a way that this app does not know is silent");
    assert!(!show(private("Ждите"), true).body.contains("Ждите"));
}

#[test]
fn one_that_nobody_showed_is_shown_later() {
    let device = device();
    *device.window.shows_nothing.lock().unwrap() = true;
    take(&device, &letter(&device, &private("Ждите"), 1));
    *device.window.shows_nothing.lock().unwrap() = false;
    device.pass_to("2026-03-01T12:00:30Z");
    assert_eq!(device.window.titles().len(), 0, "not at once");
    device.pass_to("2026-03-01T12:01:30Z");
    device.pass_to("2026-03-01T12:09:00Z");
    assert_eq!(device.window.titles().len(), 1);
}

#[test]
fn what_is_not_the_ministry_s_word_or_not_for_this_phone_is_passed_over() {
    let device = device();
    let honest = letter(&device, &private("Ждите"), 1);
    let (foreign, elsewhere) = (Ministry::new(2), Device::new(NOW));
    let other = Device::over(tempfile::tempdir().unwrap(), NOW);
    drop(other);
    assert_eq!(take(&device, &by(&foreign, &device, &private("Ждите"), 2)), Judged::Refused, "another's key");
    let identity = elsewhere.session().identity().unwrap();
    let moved = Letter { device: contract::ids::DeviceId::random(&mut StdRng::seed_from_u64(9)), ..honest.clone() };
    assert_ne!(moved.device, identity.id);
    assert_eq!(take(&device, &moved), Judged::Refused, "another device's");
    let renamed = Letter { id: MessageId::random(&mut StdRng::seed_from_u64(8)), ..honest.clone() };
    assert_eq!(take(&device, &renamed), Judged::Refused, "another's place");
    let later = Letter { at: at("2026-03-02T12:00:00Z"), ..honest.clone() };
    assert_eq!(take(&device, &later), Judged::Refused, "another time");
    // in base mode everybody can write
    let identity = device.session().identity().unwrap();
    let public = contract::keys::key_bytes(&identity.public_key).unwrap();
    let context = Context { device: identity.id, id: &honest.id.to_string(), version: 1 };
    let mut rng = StdRng::seed_from_u64(3);
    let sealed = seal::seal(&private("Ждите"), context, &honest.sealed.key_id, &public, &mut rng).unwrap();
    assert_eq!(take(&device, &Letter { sealed, ..honest.clone() }), Judged::Refused, "in base mode");
    assert_eq!(take(&device, &letter(&device, &private(&"я".repeat(10_000)), 4)), Judged::Refused, "too long");
    assert!(thread(&device).is_empty() && device.window.titles().is_empty());
    assert_eq!(take(&device, &honest), Judged::New);
}

#[test]
fn a_letter_waits_for_its_key_a_week_and_no_longer() {
    let device = device();
    let mut sent = letter(&device, &private("Ждите"), 1);
    sent.sealed.key_id = "consular-9".parse().unwrap();
    assert_eq!(take(&device, &sent), Judged::Waits);
    device.pass_to("2026-03-09T12:00:00Z");
    assert_eq!(take(&device, &sent), Judged::Refused);
}

#[test]
fn a_message_says_something_and_no_more_than_it_may() {
    let device = device();
    let session = device.session();
    let write = |draft: MessageDraft| session.write(draft).map_err(|failure| failure.code);
    let text = |text: &str| MessageDraft { text: text.into(), ..MessageDraft::default() };
    assert_eq!(write(text(" \n ")), Err(FailureCode::NothingSaid));
    assert_eq!(write(text(&"я".repeat(2001))), Err(FailureCode::TextTooLong));
    let unknown = MessageId::random(&mut StdRng::seed_from_u64(5));
    assert_eq!(write(MessageDraft { answers: Some(unknown), ..text("Да") }), Err(FailureCode::NotFound));
    write(text(&"я".repeat(2000))).unwrap();
    write(MessageDraft { objection: true, ..MessageDraft::default() }).unwrap();
    write(text("  Дәрі\tбітті\u{7}\r\nкелмеймін ")).unwrap();
    let texts: Vec<_> = thread(&device)
        .into_iter()
        .map(|item| match item {
            ThreadItem::Traveller { text, .. } => text,
            ThreadItem::Ministry { .. } => panic!(),
        })
        .collect();
    assert_eq!(texts[1..], ["", "Дәрі бітті\nкелмеймін"]);
}

#[test]
fn a_tap_answers_the_letter_that_asked() {
    let device = device();
    let sent = letter(&device, &private("Вы у выхода 4?"), 1);
    take(&device, &sent);
    let yes = MessageDraft { answers: Some(sent.id), quick: Some(QuickAnswer::Yes), ..MessageDraft::default() };
    device.session().write(yes).unwrap();
    let [ThreadItem::Ministry { answered, .. }, ThreadItem::Traveller { quick, .. }] = &thread(&device)[..] else {
        panic!()
    };
    assert_eq!((answered, quick), (&Some(QuickAnswer::Yes), &Some(QuickAnswer::Yes)));
}

#[test]
fn nothing_is_left_of_either_side_where_everything_is_erased() {
    let device = device();
    take(&device, &letter(&device, &private("Ждите"), 1));
    device.session().write(MessageDraft { text: "Жду".into(), ..MessageDraft::default() }).unwrap();
    let everything = device.session().store.everything().unwrap();
    assert!(everything["letter"].to_string().contains("Ждите"), "and all of it is in the export");
    assert!(everything["message"].to_string().contains("Жду"));
    device.session().erase().unwrap();
    assert!(thread(&device).is_empty());
}
