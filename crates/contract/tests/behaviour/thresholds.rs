//! A key set holds when enough different roots signed it: the old ones and its own.

use contract::{
    jws::{MAX_BYTES, Purpose, Refusal, Signatory, Verified, sign_by_all},
    keys::{KeySet, RootKey, Roots},
};
use proptest::prelude::*;
use serde_json::Value;
use testkit::{root_key, roots, signatory};

fn three() -> Vec<Signatory> {
    vec![signatory("root-1", 1), signatory("root-2", 2), signatory("root-3", 3)]
}

/// Two of three.
fn held() -> Roots {
    roots(2, &three())
}

fn set(number: u32, roots: Roots) -> KeySet {
    KeySet { number, roots, keys: Vec::new() }
}

fn document(signatories: &[Signatory]) -> String {
    sign_by_all(signatories, &set(1, held())).unwrap()
}

fn believed(document: &str) -> Result<Verified<KeySet>, Refusal> {
    held().verify_first(document)
}

fn edit(document: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value = serde_json::from_str(document).unwrap();
    change(&mut value);
    value.to_string()
}

#[test]
fn enough_roots_are_believed_and_one_fewer_are_not() {
    assert!(believed(&document(&three())).is_ok());
    assert!(believed(&document(&three()[..2])).is_ok());
    assert_eq!(believed(&document(&three()[..1])), Err(Refusal::ThresholdNotMet));
    assert_eq!(believed(&document(&[])), Err(Refusal::ThresholdNotMet));
}

#[test]
fn one_root_that_signs_twice_counts_once() {
    let twice = document(&[signatory("root-1", 1), signatory("root-1", 1)]);
    assert_eq!(believed(&twice), Err(Refusal::ThresholdNotMet));
}

#[test]
fn one_key_under_two_names_counts_once() {
    let one = [signatory("root-1", 1), signatory("root-1-again", 1)];
    let doubled = roots(2, &one);
    let document = sign_by_all(&one, &set(1, doubled.clone())).unwrap();
    assert_eq!(doubled.verify_first(&document), Err(Refusal::ThresholdNotMet));
}

#[test]
fn unknown_roots_beside_the_known_ones_neither_help_nor_harm() {
    let stranger = || signatory("stranger", 8);
    assert_eq!(believed(&document(&[signatory("root-1", 1), stranger()])), Err(Refusal::ThresholdNotMet));
    assert!(believed(&document(&[stranger(), signatory("root-1", 1), signatory("root-3", 3)])).is_ok());
}

#[test]
fn a_known_root_whose_signature_does_not_hold_spoils_the_rest() {
    let impostor = document(&[signatory("root-1", 1), signatory("root-2", 2), signatory("root-3", 9)]);
    assert_eq!(believed(&impostor), Err(Refusal::BadSignature));
    let swapped = edit(&document(&three()), |value| {
        let other = sign_by_all(&three(), &set(2, held())).unwrap();
        value["payload"] = serde_json::from_str::<Value>(&other).unwrap()["payload"].clone();
    });
    assert_eq!(believed(&swapped), Err(Refusal::BadSignature));
}

#[test]
fn a_threshold_of_none_is_met_by_nobody() {
    let none = Roots { threshold: 0, ..held() };
    let document = sign_by_all(&three(), &set(1, none.clone())).unwrap();
    assert_eq!(none.verify_first(&document), Err(Refusal::ThresholdNotMet));
}

#[test]
fn a_set_must_meet_its_own_roots_too() {
    let next = [signatory("next-1", 11), signatory("next-2", 12)];
    let unmet = sign_by_all(&three(), &set(1, roots(2, &next))).unwrap();
    assert_eq!(believed(&unmet), Err(Refusal::ThresholdNotMet));
    let all: Vec<_> = three().into_iter().chain(next).collect();
    let next = roots(2, &[signatory("next-1", 11), signatory("next-2", 12)]);
    assert!(believed(&sign_by_all(&all, &set(1, next)).unwrap()).is_ok());
}

#[test]
fn a_profile_begins_with_the_first_set() {
    for number in [0, 2, u32::MAX] {
        let other = sign_by_all(&three(), &set(number, held())).unwrap();
        assert_eq!(believed(&other), Err(Refusal::NotTheNextKeySet), "{number}");
    }
}

#[test]
fn what_roots_signed_for_another_purpose_is_no_key_set() {
    let payload = serde_json::to_string(&set(1, held())).unwrap();
    let roots = three();
    let as_entry = roots.iter().map(|root| root.sign_text(Purpose::Entry, payload.clone()).unwrap());
    let signatures: Vec<_> =
        as_entry.map(|jws| serde_json::json!({ "protected": jws.protected, "signature": jws.signature })).collect();
    let as_entry = edit(&document(&three()), |value| value["signatures"] = signatures.into());
    assert_eq!(believed(&as_entry), Err(Refusal::Malformed));
}

#[test]
fn a_document_of_another_form_is_refused() {
    let good = document(&three());
    for other in [
        String::new(),
        "[]".into(),
        edit(&good, |value| value["header"] = "x".into()),
        edit(&good, |value| value["signatures"][0]["header"] = Value::Null),
        edit(&good, |value| value["payload"] = "é".into()),
        edit(&good, |value| value["signatures"][0]["protected"] = "e30".into()),
        three()[0].sign(&set(1, held())).unwrap().compact(),
    ] {
        assert!(matches!(believed(&other), Err(Refusal::Malformed | Refusal::BadSignature)), "{other}");
    }
    assert_eq!(believed(&" ".repeat(MAX_BYTES + 1)), Err(Refusal::TooLarge));
    assert!(believed(&format!("{good}{}", " ".repeat(MAX_BYTES - good.len()))).is_ok(), "the largest that is read");
}

#[test]
fn a_root_that_is_no_key_signs_nothing() {
    let broken = Roots { threshold: 1, keys: vec![RootKey { public: "short".into(), ..root_key(&three()[0]) }] };
    let document = sign_by_all(&three()[..1], &set(1, broken.clone())).unwrap();
    assert_eq!(broken.verify_first(&document), Err(Refusal::ThresholdNotMet));
}

proptest! {
    #[test]
    fn one_changed_byte_anywhere_is_never_another_key_set(place in any::<prop::sample::Index>(), mask in 1_u8..) {
        // exactly as many signatures as needed, so that none may be lost
        let good = document(&three()[..2]);
        let mut bytes = good.clone().into_bytes();
        let index = place.index(bytes.len());
        bytes[index] ^= mask;
        if let Ok(altered) = String::from_utf8(bytes) {
            prop_assert!(believed(&altered).is_err(), "{}", altered);
        }
    }

    #[test]
    fn any_text_at_all_is_answered_with_a_refusal(text in any::<String>()) {
        prop_assert!(believed(&text).is_err());
    }
}
