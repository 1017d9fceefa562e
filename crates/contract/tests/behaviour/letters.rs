//! A letter opens on the device it was written to, as the desk's own word, and in no other way.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::{
    entry::advisory::Announced,
    ids::{DeviceId, KeyId, MessageId},
    keys::{NamedKey, Positions, Role},
    record::{CaseKind, CaseStep, CaseWord, Letter, PrivateLetter, QuickAnswer, Rank},
    seal::{Context, LetterContext, SealError, key_pair, open_letter, seal, seal_letter},
    words::Lang,
};
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use testkit::at;

const NOON: &str = "2026-03-01T12:00:00Z";

struct Sides {
    desk: ([u8; 32], [u8; 32]),
    device: ([u8; 32], [u8; 32]),
    rng: StdRng,
}

fn sides() -> Sides {
    let mut rng = StdRng::seed_from_u64(7);
    let mut pair = || {
        let (private, public) = key_pair(&mut rng);
        (*private, public)
    };
    let (desk, device) = (pair(), pair());
    Sides { desk, device, rng }
}

fn device(last: char) -> DeviceId {
    format!("0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e0{last}").parse().unwrap()
}

fn id(last: char) -> MessageId {
    format!("5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f1{last}").parse().unwrap()
}

fn kid() -> KeyId {
    "consular-1".parse().unwrap()
}

pub fn letter(text: &str) -> PrivateLetter {
    PrivateLetter {
        at: at(NOON),
        language: Lang::Kk.into(),
        text: text.into(),
        announced: Announced::Silent,
        neutral: true,
        person: Some(2),
        case: Some(CaseWord {
            number: 4812,
            kind: CaseKind::Medical,
            step: CaseStep::Answered,
            rank: Some(Rank::Hours),
            reason: "Дәрі 2 күнге жетеді".into(),
            promised: None,
            outcome: String::new(),
        }),
        asks: vec![QuickAnswer::IAmThere, QuickAnswer::ICannot],
    }
}

fn posted(sides: &mut Sides, text: &str) -> Letter {
    let context = LetterContext { device: device('1'), id: id('1'), at: at(NOON) };
    let sealed = seal_letter(&letter(text), context, (&kid(), &sides.desk.0), &sides.device.1, &mut sides.rng).unwrap();
    Letter { id: context.id, device: context.device, at: context.at, announced: Announced::Silent, sealed }
}

#[test]
fn what_the_desk_wrote_is_read_on_the_device() {
    let mut sides = sides();
    let posted = posted(&mut sides, "19:40, 3-терминал");
    posted.check().unwrap();
    assert_eq!(open_letter(&posted, &sides.device.0, &sides.desk.1).unwrap(), letter("19:40, 3-терминал"));
}

#[test]
fn it_opens_only_as_the_letter_it_was_written_as() {
    let mut sides = sides();
    let posted = posted(&mut sides, "x");
    let other = key_pair(&mut StdRng::seed_from_u64(8));
    let refused = |letter: &Letter, private: &[u8; 32], sender: &[u8; 32]| {
        assert!(matches!(open_letter(letter, private, sender), Err(SealError::Hpke)), "{letter:?}");
    };
    let Sides { desk, device: own, .. } = &sides;
    refused(&Letter { device: device('2'), ..posted.clone() }, &own.0, &desk.1);
    refused(&Letter { id: id('2'), ..posted.clone() }, &own.0, &desk.1);
    refused(&Letter { at: at("2026-03-01T12:00:00.000000001Z"), ..posted.clone() }, &own.0, &desk.1);
    refused(&posted, &other.0, &desk.1);
    refused(&posted, &own.0, &other.1);
    let mut renamed = posted.clone();
    renamed.sealed.key_id = "consular-2".parse().unwrap();
    refused(&renamed, &own.0, &desk.1);
    assert!(open_letter(&posted, &own.0, &desk.1).is_ok());
}

#[test]
fn whoever_has_no_consular_key_writes_no_letter() {
    let mut sides = sides();
    let genuine = posted(&mut sides, "x");
    let context = LetterContext { device: genuine.device, id: genuine.id, at: genuine.at };
    // a key of their own under the ministry's name
    let (theirs, _) = key_pair(&mut StdRng::seed_from_u64(9));
    let sealed = seal_letter(&letter("x"), context, (&kid(), &theirs), &sides.device.1, &mut sides.rng).unwrap();
    let forged = Letter { sealed, ..genuine.clone() };
    assert!(matches!(open_letter(&forged, &sides.device.0, &sides.desk.1), Err(SealError::Hpke)));
    // base mode, to which nobody signs his name: as a record of the letter's id and version
    let id = genuine.id.to_string();
    let context = Context { device: genuine.device, id: &id, version: 1 };
    let sealed = seal(&letter("x"), context, &kid(), &sides.device.1, &mut sides.rng).unwrap();
    let forged = Letter { sealed, ..genuine };
    assert!(matches!(open_letter(&forged, &sides.device.0, &sides.desk.1), Err(SealError::Hpke)));
}

#[test]
fn a_letter_that_says_nothing_of_it_is_silent() {
    let mut told = serde_json::to_value(letter("x")).unwrap();
    for announced in [None, Some("sung")] {
        match announced {
            Some(word) => told["announced"] = word.into(),
            None => drop(told.as_object_mut().unwrap().remove("announced")),
        }
        let read: PrivateLetter = serde_json::from_value(told.clone()).unwrap();
        assert_ne!(read.announced, Announced::Loud, "{announced:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_whole(text in any::<String>()) {
        let mut sides = sides();
        let posted = posted(&mut sides, &text);
        prop_assert_eq!(open_letter(&posted, &sides.device.0, &sides.desk.1).unwrap(), letter(&text));
    }

    #[test]
    fn one_changed_byte_anywhere_does_not_open(place in any::<prop::sample::Index>(), mask in 1_u8..) {
        let mut sides = sides();
        let mut altered = posted(&mut sides, "x");
        let mut bytes = B64.decode(&altered.sealed.ciphertext).unwrap();
        let index = place.index(bytes.len());
        bytes[index] ^= mask;
        altered.sealed.ciphertext = B64.encode(bytes);
        prop_assert!(open_letter(&altered, &sides.device.0, &sides.desk.1).is_err());
    }
}

#[test]
fn a_consular_key_that_has_ended_is_believed_and_one_that_was_in_other_hands_is_not() {
    let ministry = testkit::Ministry::new(1);
    let named = |change: fn(&mut NamedKey)| {
        let mut keys = ministry.named_keys();
        keys.iter_mut().filter(|key| key.role == Role::Consular).for_each(change);
        ministry.roots().verify_first(&ministry.key_set_of(1, keys)).unwrap().consular_named(&kid())
    };
    assert!(named(|_| {}).is_some());
    assert!(named(|key| key.valid = vec![Positions { from: 0, until: Some(5) }]).is_some());
    assert!(named(|key| key.void = vec![Positions { from: 3, until: Some(4) }]).is_none());
    assert!(named(|key| key.role = Role::Gateway).is_none(), "nor one of another role");
}
