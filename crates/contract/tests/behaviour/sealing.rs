//! A sealed record opens with its key, as the record it was sealed as, and in no other way.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::{
    ids::{DeviceId, KeyId},
    seal::{Context, SealError, Sealed, key_pair, open, seal},
};
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};

const RECORD: &str = "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11";
/// The encapsulated key and the tag of the AEAD.
const OVERHEAD: usize = 32 + 16;

fn rng() -> StdRng {
    StdRng::seed_from_u64(7)
}

fn device(last: char) -> DeviceId {
    format!("0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e0{last}").parse().unwrap()
}

fn kid() -> KeyId {
    "consular-1".parse().unwrap()
}

fn context() -> Context<'static> {
    Context { device: device('1'), id: RECORD, version: 3 }
}

fn sealed(text: &str) -> (Sealed, [u8; 32]) {
    let mut rng = rng();
    let (private, public) = key_pair(&mut rng);
    (seal(&text, context(), &kid(), &public, &mut rng).unwrap(), *private)
}

fn opened(sealed: &Sealed, context: Context<'_>, private: &[u8; 32]) -> Result<String, SealError> {
    open(sealed, context, private)
}

#[test]
fn what_was_sealed_is_opened_by_its_key() {
    let (record, private) = sealed("Гульнара, Кріек 5");
    assert_eq!(opened(&record, context(), &private).unwrap(), "Гульнара, Кріек 5");
}

#[test]
fn nothing_of_what_was_sealed_can_be_read_on_the_wire() {
    let (record, _) = sealed("Gulnara");
    let bytes = B64.decode(&record.ciphertext).unwrap();
    assert!(!bytes.windows(7).any(|window| window == b"Gulnara"));
    assert!(!bytes.windows(8).any(|window| window == b"        "), "the padding shows");
}

#[test]
fn the_length_tells_only_how_many_kib_there_are() {
    // the JSON of a text has two quotation marks
    for (letters, kib) in [(0, 1), (1, 1), (1022, 1), (1023, 2), (2046, 2), (2047, 3)] {
        let (record, private) = sealed(&"x".repeat(letters));
        assert_eq!(B64.decode(&record.ciphertext).unwrap().len(), OVERHEAD + kib * 1024, "{letters}");
        assert_eq!(opened(&record, context(), &private).unwrap().len(), letters);
    }
}

#[test]
fn it_opens_only_as_the_record_it_was_sealed_as() {
    let (record, private) = sealed("x");
    let other_key = key_pair(&mut StdRng::seed_from_u64(8)).0;
    let other_id = RECORD.replace('5', "6");
    let refused = |record: &Sealed, context: Context<'_>, private: &[u8; 32]| {
        assert!(matches!(opened(record, context, private), Err(SealError::Hpke)), "{context:?}");
    };
    refused(&record, Context { device: device('2'), ..context() }, &private);
    refused(&record, Context { id: &other_id, ..context() }, &private);
    refused(&record, Context { version: 4, ..context() }, &private);
    refused(&record, context(), &other_key);
    refused(&Sealed { key_id: "consular-2".parse().unwrap(), ..record.clone() }, context(), &private);
    assert!(opened(&record, context(), &private).is_ok());
}

#[test]
fn the_same_record_sealed_twice_looks_different() {
    let mut rng = rng();
    let (_, public) = key_pair(&mut rng);
    let mut once = || seal(&"x", context(), &kid(), &public, &mut rng).unwrap().ciphertext;
    assert_ne!(once(), once());
}

#[test]
fn a_key_that_gives_no_secret_is_not_sealed_to() {
    // the all-zero point of X25519 would make every shared secret zero
    assert!(matches!(seal(&"x", context(), &kid(), &[0; 32], &mut rng()), Err(SealError::Hpke)));
}

#[test]
fn a_ciphertext_that_is_cut_or_written_otherwise_does_not_open() {
    let (record, private) = sealed("x");
    for cut in [0, 1, 31, 32, 42, 64, record.ciphertext.len() - 4] {
        let cut = Sealed { ciphertext: record.ciphertext[..cut].to_owned(), ..record.clone() };
        assert!(opened(&cut, context(), &private).is_err());
    }
    let padded = Sealed { ciphertext: format!("{}=", record.ciphertext), ..record };
    assert!(matches!(opened(&padded, context(), &private), Err(SealError::Encoding)));
}

#[test]
fn what_holds_something_else_is_told_from_what_does_not_open() {
    let (record, private) = sealed("x");
    assert!(matches!(open::<u32>(&record, context(), &private), Err(SealError::Plaintext(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_changed_byte_anywhere_does_not_open(place in any::<prop::sample::Index>(), mask in 1_u8..) {
        let (record, private) = sealed("x");
        let mut bytes = B64.decode(&record.ciphertext).unwrap();
        let index = place.index(bytes.len());
        // X25519 reads a point without its topmost bit, yet the key schedule takes it in
        bytes[index] ^= mask;
        let altered = Sealed { ciphertext: B64.encode(bytes), ..record };
        prop_assert!(opened(&altered, context(), &private).is_err());
    }

    #[test]
    fn any_ciphertext_at_all_is_answered_with_an_error(bytes in any::<Vec<u8>>(), text in any::<String>()) {
        let (record, private) = sealed("x");
        for ciphertext in [B64.encode(&bytes), text] {
            let other = Sealed { ciphertext, ..record.clone() };
            prop_assert!(opened(&other, context(), &private).is_err());
        }
    }
}
