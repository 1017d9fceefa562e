//! A compact JWS is believed as it was signed, by the key named for it, and in no other form.

use std::sync::LazyLock;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD as B64},
};
use contract::{
    entry::Entry,
    hash::Hash,
    jws::{Document, Jws, MAX_BYTES, Purpose, Refusal, Verified},
    keys::Carried,
};
use ed25519_dalek::Signer;
use proptest::prelude::*;
use testkit::signatory;

use crate::ministry::{entry, head, header, keys, publisher};

const IN_RANGE: Carried = Carried::At { seq: 5, confirmed: true };

static SIGNED: LazyLock<String> = LazyLock::new(|| publisher().sign(&entry("level.ae", 1)).unwrap().compact());

fn signed() -> String {
    SIGNED.clone()
}

fn believed(jws: &str) -> Result<Verified<Entry>, Refusal> {
    keys().entry(&jws.parse()?, IN_RANGE)
}

/// Signs any header and payload with the publishing key.
fn forged(header: &str, payload: &str) -> String {
    let input = format!("{}.{}", B64.encode(header), B64.encode(payload));
    let signature = B64.encode(publisher().key.sign(input.as_bytes()).to_bytes());
    format!("{input}.{signature}")
}

fn payload() -> String {
    serde_json::to_string(&entry("level.ae", 1)).unwrap()
}

#[test]
fn what_was_signed_is_read_back() {
    assert_eq!(*believed(&signed()).unwrap(), entry("level.ae", 1));
    let usual = forged(r#"{"alg":"EdDSA","kid":"publish-1","typ":"saparlas-entry"}"#, &payload());
    assert_eq!(usual, signed());
}

#[test]
fn what_was_signed_for_one_purpose_is_not_believed_for_another() {
    for purpose in [Purpose::Head, Purpose::Watermark, Purpose::Keys] {
        let for_another = publisher().sign_text(purpose, payload()).unwrap();
        assert_eq!(believed(&for_another.compact()), Err(Refusal::Malformed), "{purpose:?}");
    }
    let newest = head(5, Hash::ZERO, "2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z");
    let newest = serde_json::to_string(&newest).unwrap();
    for purpose in [Purpose::Entry, Purpose::Watermark] {
        let as_another = header().sign_text(purpose, newest.clone()).unwrap().compact();
        assert_eq!(keys().head(&as_another).unwrap_err(), Refusal::Malformed, "{purpose:?}");
    }
}

#[test]
fn an_unknown_key_is_refused_and_so_is_a_known_name_with_another_key() {
    let stranger = signatory("publish-2", 9).sign(&entry("level.ae", 1)).unwrap().compact();
    assert_eq!(believed(&stranger), Err(Refusal::UnknownKey));
    let impostor = signatory("publish-1", 9).sign(&entry("level.ae", 1)).unwrap().compact();
    assert_eq!(believed(&impostor), Err(Refusal::BadSignature));
}

#[test]
fn a_key_signs_only_what_its_role_is() {
    let by_head_key = header().sign(&entry("level.ae", 1)).unwrap().compact();
    assert_eq!(believed(&by_head_key), Err(Refusal::UnknownKey));
    let by_sealing_key = signatory("sealing", 4).sign(&entry("level.ae", 1)).unwrap().compact();
    assert_eq!(believed(&by_sealing_key), Err(Refusal::UnknownKey));
    let newest = head(5, Hash::ZERO, "2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z");
    let by_publisher = publisher().sign(&newest).unwrap().compact();
    assert_eq!(keys().head(&by_publisher).unwrap_err(), Refusal::UnknownKey);
}

#[test]
fn a_key_signs_only_within_its_range_of_the_log() {
    for (seq, expected) in [(4, Err(())), (5, Ok(())), (9, Ok(())), (10, Err(()))] {
        let answer = keys().entry(&signed().parse().unwrap(), Carried::At { seq, confirmed: true });
        assert_eq!(
            answer.map(|_| ()).map_err(|refusal| assert_eq!(refusal, Refusal::OutsideKeyRange)),
            expected,
            "{seq}"
        );
    }
}

#[test]
fn a_signature_that_does_not_hold_is_told_before_a_range_that_does_not() {
    let (one, other) = (signed(), publisher().sign(&entry("level.ae", 2)).unwrap().compact());
    let spliced = format!("{}.{}", one.rsplit_once('.').unwrap().0, other.rsplit_once('.').unwrap().1);
    assert_eq!(
        keys().entry(&spliced.parse().unwrap(), Carried::At { seq: 99, confirmed: true }),
        Err(Refusal::BadSignature)
    );
}

#[test]
fn a_document_too_large_is_not_even_looked_at() {
    let large = publisher().sign_text(Purpose::Entry, "x".repeat(MAX_BYTES)).unwrap();
    assert_eq!(believed(&large.compact()), Err(Refusal::TooLarge));
    assert_eq!(keys().entry(&large, IN_RANGE), Err(Refusal::TooLarge));
    let overhead = large.protected.len() + large.signature.len() + 2;
    let just_fits = publisher().sign_text(Purpose::Entry, "x".repeat((MAX_BYTES - overhead) / 4 * 3)).unwrap();
    assert_eq!(keys().entry(&just_fits, IN_RANGE), Err(Refusal::Unreadable));
    assert_eq!(believed(&"x".repeat(MAX_BYTES + 1)), Err(Refusal::TooLarge));
    assert_eq!(believed(&"x".repeat(MAX_BYTES)), Err(Refusal::Malformed));
}

#[test]
fn a_document_may_have_the_largest_size_and_not_a_letter_more() {
    // a key whose name leaves room for whole groups of base64
    let signatory = signatory("publish-10", 2);
    let key = signatory.key.verifying_key();
    let sized = |letters| signatory.sign_text(Purpose::Entry, "x".repeat(letters)).unwrap();
    let overhead = sized(0).compact().len();
    let letters = (MAX_BYTES - overhead) / 4 * 3;
    let largest = sized(letters);
    assert_eq!(largest.compact().len(), MAX_BYTES);
    assert_eq!(largest.verify::<Text>(|_| Some(key)).unwrap().0.len(), letters);
    assert_eq!(sized(letters + 1).verify::<Text>(|_| Some(key)).map(drop), Err(Refusal::TooLarge));
}

#[test]
fn no_other_algorithm_is_believed_even_over_a_signature_that_holds() {
    for alg in ["none", "None", "", "HS256", "ES256", "Ed25519", "eddsa"] {
        let header = format!(r#"{{"alg":"{alg}","kid":"publish-1","typ":"saparlas-entry"}}"#);
        assert_eq!(believed(&forged(&header, &payload())), Err(Refusal::Malformed), "{alg}");
    }
    let unsigned = format!("{}.", signed().rsplit_once('.').unwrap().0);
    assert_eq!(believed(&unsigned), Err(Refusal::Malformed));
}

#[test]
fn a_header_says_three_things_and_each_once() {
    for header in [
        r#"{"alg":"EdDSA","typ":"saparlas-entry"}"#,
        r#"{"alg":"EdDSA","kid":"publish-1"}"#,
        r#"{"kid":"publish-1","typ":"saparlas-entry"}"#,
        r#"{"alg":"EdDSA","kid":"publish-1","typ":"saparlas-entry","crit":["b64"],"b64":false}"#,
        r#"{"alg":"EdDSA","kid":"publish-1","typ":"saparlas-entry","jwk":{}}"#,
        r#"{"alg":"none","alg":"EdDSA","kid":"publish-1","typ":"saparlas-entry"}"#,
        r#"{"alg":"EdDSA","kid":"other","kid":"publish-1","typ":"saparlas-entry"}"#,
        r#"{"alg":"EdDSA","kid":"Publish 1","typ":"saparlas-entry"}"#,
        r#"{"alg":"EdDSA","kid":"publish-1","typ":"JWT"}"#,
        "[]",
        "",
    ] {
        assert_eq!(believed(&forged(header, &payload())), Err(Refusal::Malformed), "{header}");
    }
}

#[test]
fn a_payload_that_is_no_entry_is_refused_after_its_signature_held() {
    let header = r#"{"alg":"EdDSA","kid":"publish-1","typ":"saparlas-entry"}"#;
    let twice = payload().replacen("\"version\":1", "\"version\":1,\"version\":2", 1);
    for payload in ["", "null", "{}", "[1]", twice.as_str(), "\u{feff}{}"] {
        assert_eq!(believed(&forged(header, payload)), Err(Refusal::Unreadable), "{payload}");
    }
}

#[test]
fn a_document_has_three_parts() {
    let jws = signed();
    for other in [format!("{jws}."), format!(".{jws}"), format!("{jws}.{jws}"), jws.replacen('.', "", 1), "..".into()] {
        assert_eq!(believed(&other), Err(Refusal::Malformed), "{other}");
    }
}

#[test]
fn base64_is_read_in_its_one_canonical_form() {
    let jws = signed();
    let parts: Vec<Vec<u8>> = jws.split('.').map(|part| B64.decode(part).unwrap()).collect();
    let padded = parts.iter().map(|part| URL_SAFE.encode(part)).collect::<Vec<_>>().join(".");
    assert_ne!(padded, jws);
    assert_eq!(believed(&padded), Err(Refusal::Malformed));
    // 64 bytes end in 4 bits that say nothing: 15 other letters would decode to the same signature
    let (body, last) = jws.split_at(jws.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ \n";
    for letter in alphabet.chars().filter(|letter| !last.starts_with(*letter)) {
        assert!(believed(&format!("{body}{letter}")).is_err(), "{letter:?}");
    }
    let standard = parts.iter().map(|part| STANDARD_NO_PAD.encode(part)).collect::<Vec<_>>().join(".");
    assert_ne!(standard, jws);
    assert!(believed(&standard).is_err());
    for spaced in [format!(" {jws}"), format!("{jws}\n"), jws.replacen('.', ".\n", 1)] {
        assert!(believed(&spaced).is_err());
    }
}

/// A document that is whatever its payload is.
#[derive(Debug)]
struct Text(String);

impl Document for Text {
    const PURPOSE: Purpose = Purpose::Entry;

    fn read(payload: &str) -> Result<Self, Refusal> {
        Ok(Self(payload.to_owned()))
    }
}

proptest! {
    #[test]
    fn one_changed_byte_anywhere_is_never_believed(place in any::<prop::sample::Index>(), mask in 1_u8..) {
        let mut bytes = signed().into_bytes();
        let index = place.index(bytes.len());
        bytes[index] ^= mask;
        if let Ok(altered) = String::from_utf8(bytes) {
            prop_assert!(believed(&altered).is_err());
        }
    }

    #[test]
    fn any_text_at_all_is_answered_with_a_refusal(text in any::<String>()) {
        prop_assert!(believed(&text).is_err());
    }

    #[test]
    fn any_three_parts_are_answered_with_a_refusal(
        header in any::<Vec<u8>>(), payload in any::<Vec<u8>>(), signature in prop::collection::vec(any::<u8>(), 60..68),
    ) {
        let (good, _) = signed().split_once('.').map(|(one, rest)| (one.to_owned(), rest.to_owned())).unwrap();
        for header in [B64.encode(&header), good] {
            let text = format!("{header}.{}.{}", B64.encode(&payload), B64.encode(&signature));
            prop_assert!(believed(&text).is_err());
        }
    }

    #[test]
    fn any_signed_text_is_read_back_whatever_it_says_and_however_it_was_carried(text in any::<String>()) {
        let jws = publisher().sign_text(Purpose::Entry, text.clone()).unwrap();
        prop_assert_eq!(jws.to_string(), jws.compact());
        let json = serde_json::to_string(&jws).unwrap();
        prop_assert!(!json.contains('\n'), "a frame is one line");
        for carried in [jws.compact().parse().unwrap(), serde_json::from_str::<Jws>(&json).unwrap()] {
            prop_assert_eq!(&carried, &jws);
            let read: Verified<Text> = carried.verify(|_| Some(publisher().key.verifying_key())).unwrap();
            prop_assert_eq!(read.into_inner().0, text.clone());
        }
    }
}
