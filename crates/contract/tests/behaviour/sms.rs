//! A word by SMS: one SMS of letters that pass everywhere, which the gateway alone opens, and only whole.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::AeadInOut};
use contract::{
    ids::{CheckInId, DeviceId},
    place::Position,
    record::{CheckInStatus, Intent, Need, PlaceSource, SafeContact},
    seal::key_pair,
    sms::{Content, Gateway, LETTERS, Measured, SmsError, Spot, find, is_beginning, open, write},
};
use hkdf::{
    Hkdf,
    hmac::{Hmac, Mac},
};
use jiff::Timestamp;
use proptest::{collection::btree_set, option, prelude::*, sample::select};
use rand::{SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use x25519_dalek::x25519;

struct Keys {
    device: ([u8; 32], [u8; 32]),
    gateway: ([u8; 32], [u8; 32]),
    rng: StdRng,
}

fn keys(seed: u64) -> Keys {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut pair = || {
        let (private, public) = key_pair(&mut rng);
        (*private, public)
    };
    Keys { device: pair(), gateway: pair(), rng }
}

fn held(private: [u8; 32]) -> Gateway {
    Gateway::of(private.into())
}

fn cry() -> Content {
    Content {
        device: "0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e01".parse().unwrap(),
        check_in: "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().unwrap(),
        version: 2,
        at: "2026-03-01T06:12:30Z".parse().unwrap(),
        spot: Some(Spot::Country("AE".parse().unwrap())),
        point: Some(Measured { position: Position { lat: 25.2048, lon: 55.2708 }, accuracy_m: Some(12) }),
        source: Some(PlaceSource::Measured),
        age_min: 3,
        status: CheckInStatus::NeedHelp,
        intent: Some(Intent::WantsOut),
        needs: [Need::Trapped, Need::Medical].into(),
        medicine_days: Some(2),
        people: 4,
        need_help: 2,
        write_only: true,
        contact: SafeContact { may_write: Some(true), may_call: Some(false), when: String::new() },
        language: Some("kk".parse().unwrap()),
    }
}

fn written(content: &Content, seed: u64) -> (String, Keys) {
    let mut keys = keys(seed);
    let code = write(content, &keys.device.0, &keys.gateway.1, &mut keys.rng).unwrap();
    (code, keys)
}

fn spots() -> impl Strategy<Value = Option<Spot>> {
    let country = "[A-Z]{2}".prop_map(|code| Spot::Country(code.parse().unwrap()));
    let airport = "[A-Z]{3}".prop_map(|code| Spot::Airport(code.parse().unwrap()));
    option::of(prop_oneof![country, airport])
}

fn points() -> impl Strategy<Value = Option<Measured>> {
    let position = (-90.0..=90.0, -180.0..=180.0).prop_map(|(lat, lon)| Position { lat, lon });
    option::of(
        (position, option::of(0..5_000_000_u32)).prop_map(|(position, accuracy_m)| Measured { position, accuracy_m }),
    )
}

fn contents() -> impl Strategy<Value = Content> {
    let who = (any::<u64>(), any::<u8>(), 0..=u32::MAX);
    let place = (spots(), points(), option::of(select(PlaceSource::KNOWN)), 0..=32_768_u32);
    let how = (select(CheckInStatus::KNOWN), option::of(select(Intent::KNOWN)), btree_set(select(Need::KNOWN), 0..5));
    let more = (option::of(0..255_u8), any::<u8>(), any::<u8>(), any::<bool>(), option::of("[a-z]{2}"));
    let contact = (option::of(any::<bool>()), option::of(any::<bool>()));
    (who, place, how, more, contact).prop_map(
        |(
            (seed, version, second),
            (spot, point, source, age_min),
            (status, intent, needs),
            (medicine_days, people, need_help, write_only, language),
            (may_write, may_call),
        )| {
            let mut rng = StdRng::seed_from_u64(seed);
            Content {
                device: DeviceId::random(&mut rng),
                check_in: CheckInId::random(&mut rng),
                version,
                at: Timestamp::from_second(second.into()).unwrap(),
                spot,
                point,
                source,
                age_min,
                status,
                intent,
                needs,
                medicine_days,
                people,
                need_help,
                write_only,
                contact: SafeContact { may_write, may_call, when: String::new() },
                language: language.map(|tag| tag.parse().unwrap()),
            }
        },
    )
}

/// What is said roughly: never closer, never fresher, and not far from it.
fn must_be_near(said: &Content, read: &Content) {
    let is_up = |said: u32, read: u32| said <= read && f64::from(read) <= f64::from(said) * 1.5 + 1.0;
    assert!(is_up(said.age_min, read.age_min), "{} minutes read as {}", said.age_min, read.age_min);
    let (Some(said), Some(read)) = (said.point, read.point) else {
        return assert_eq!(said.point, read.point);
    };
    assert!((said.position.lat - read.position.lat).abs() < 0.000_01, "{said:?} {read:?}");
    assert!((said.position.lon - read.position.lon).abs() < 0.000_02, "{said:?} {read:?}");
    match (said.accuracy_m, read.accuracy_m) {
        (Some(said), Some(read)) => assert!(is_up(said, read), "{said} metres read as {read}"),
        (said, read) => assert_eq!(said, read),
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_by_the_gateway_alone_and_is_one_sms(content in contents(), seed: u64) {
        let (code, Keys { device, gateway, .. }) = written(&content, seed);
        prop_assert_eq!(code.len(), LETTERS);
        prop_assert!(code.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-.".contains(&letter)));
        prop_assert!(is_beginning(&code));
        let other = keys(seed.wrapping_add(1));
        let opened = open(&code, [&held(other.gateway.0), &held(gateway.0)]).unwrap();
        must_be_near(&content, &opened.content);
        let rough = Content { point: opened.content.point, age_min: opened.content.age_min, ..content };
        prop_assert_eq!(&opened.content, &rough);
        prop_assert!(opened.is_by(&device.1));
        prop_assert!(!opened.is_by(&other.device.1), "of whoever knows the id");
        prop_assert!(matches!(open(&code, [&held(other.gateway.0)]), Err(SmsError::OtherKey)));
        // what was rough is not rougher when it goes again
        let (again, _) = written(&opened.content, seed);
        prop_assert_eq!(open(&again, [&held(gateway.0)]).unwrap().content, opened.content);
    }

    #[test]
    fn one_wrong_letter_is_refused(seed: u64, at in 0..LETTERS, letter in "[A-Za-z0-9.-]") {
        let (code, Keys { gateway, .. }) = written(&cry(), seed);
        let mut wrong = code.clone();
        wrong.replace_range(at..=at, &letter);
        prop_assert_eq!(open(&wrong, [&held(gateway.0)]).is_ok(), wrong == code);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,200}", code in "A[Q-f][A-Za-z0-9.-]{158}") {
        let gateway = held(keys(1).gateway.0);
        for text in [text, code] {
            prop_assert!(open(&text, [&gateway]).is_err());
        }
    }
}

#[test]
fn it_is_found_in_what_was_sent_on() {
    let (code, _) = written(&cry(), 1);
    let lines = format!("{}\r\n{}\n{}", &code[..70], &code[70..140], &code[140..]);
    for text in [code.clone(), format!("Fwd: «{code}» көмек"), format!(" {code}\n"), format!("Fwd: {code}."), lines]
    {
        assert_eq!(find(&text).as_ref(), Some(&code), "{text}");
    }
    for text in [&code[1..], "Help! I am at the airport", "", &format!("{code}A")] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn a_code_of_a_later_app_is_said_to_be_newer_and_what_it_adds_hides_nothing() {
    let (code, Keys { gateway, .. }) = written(&cry(), 1);
    // format 2, of which this reader knows nothing
    assert!(matches!(open(&format!("Ag{}", &code[2..]), [&held(gateway.0)]), Err(SmsError::Newer(2))));
    let later = sealed_by_hand(&keys(3), |bytes| {
        bytes[48] = 0xF0; // a status and no intent that it knows
        bytes[49..51].copy_from_slice(&(1_u16 << 12 | 1).to_be_bytes()); // a need that it does not know
        bytes[65..].copy_from_slice(&[9, 9]); // what is spare now
    });
    let opened = open(&later, [&held(keys(3).gateway.0)]).unwrap();
    assert_eq!(opened.content.status, CheckInStatus::Other);
    assert!(opened.content.status.asks_for_help());
    assert_eq!(opened.content.needs, [Need::Trapped, Need::Other].into());
    assert!(opened.is_by(&keys(3).device.1), "what is spare is proven too");
}

/// A code as the app of tomorrow, or somebody else's, writes it: by the standards alone.
fn sealed_by_hand(keys: &Keys, change: impl FnOnce(&mut [u8; 67])) -> String {
    let (code, known) = written(&cry(), 3);
    let bytes = decoded(&code);
    let mut plain = opened_by_hand(&bytes, &known.gateway.0, &known.gateway.1);
    change(&mut plain);
    let header = &bytes[..5];
    let proven = [header, &plain[..54], &plain[62..]].concat();
    plain[54..62].copy_from_slice(&proof(&keys.device.0, &keys.gateway.1, &proven));
    let ephemeral = [7; 32];
    let encapped = x25519(ephemeral, x25519_dalek::X25519_BASEPOINT_BYTES);
    let (key, nonce) = schedule(&x25519(ephemeral, keys.gateway.1), &encapped, &keys.gateway.1);
    let mut sealed = plain.to_vec();
    ChaCha20Poly1305::new(&key.into()).encrypt_in_place(&nonce.into(), header, &mut sealed).unwrap();
    B64.encode([header, &encapped, &sealed].concat()).replace('_', ".")
}

fn decoded(code: &str) -> Vec<u8> {
    B64.decode(code.replace('.', "_")).unwrap()
}

fn proof(private: &[u8; 32], public: &[u8; 32], proven: &[u8]) -> [u8; 8] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, &x25519(*private, *public)).expand(b"saparlas sms 1", &mut key).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(proven);
    mac.finalize().into_bytes()[..8].try_into().unwrap()
}

fn opened_by_hand(bytes: &[u8], private: &[u8; 32], public: &[u8; 32]) -> [u8; 67] {
    let encapped: [u8; 32] = bytes[5..37].try_into().unwrap();
    let (key, nonce) = schedule(&x25519(*private, encapped), &encapped, public);
    let mut plain = bytes[37..].to_vec();
    ChaCha20Poly1305::new(&key.into()).decrypt_in_place(&nonce.into(), &bytes[..5], &mut plain).unwrap();
    plain.try_into().unwrap()
}

/// RFC 9180, sections 4.1 and 5.1, for X25519, HKDF-SHA256 and ChaCha20-Poly1305 in base mode.
fn schedule(shared: &[u8; 32], encapped: &[u8; 32], public: &[u8; 32]) -> ([u8; 32], [u8; 12]) {
    const KEM: &[u8] = b"KEM\x00\x20";
    const SUITE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x03";
    let extract = |suite: &[u8], salt: &[u8], label: &[u8], of: &[u8]| {
        Hkdf::<Sha256>::extract(Some(salt), &[b"HPKE-v1", suite, label, of].concat()).0
    };
    let expand = |suite: &[u8], of: &[u8], label: &[u8], info: &[u8], made: &mut [u8]| {
        let length = u16::try_from(made.len()).unwrap().to_be_bytes();
        let info = [&length[..], b"HPKE-v1", suite, label, info].concat();
        Hkdf::<Sha256>::from_prk(of).unwrap().expand(&info, made).unwrap();
    };
    let mut secret = [0; 32];
    let of = extract(KEM, b"", b"eae_prk", shared);
    expand(KEM, &of, b"shared_secret", &[&encapped[..], public].concat(), &mut secret);
    let id = extract(SUITE, b"", b"psk_id_hash", b"");
    let info = extract(SUITE, b"", b"info_hash", b"saparlas sealed sms 1");
    let context = [&[0][..], &id, &info].concat();
    let secret = extract(SUITE, &secret, b"secret", b"");
    let (mut key, mut nonce) = ([0; 32], [0; 12]);
    expand(SUITE, &secret, b"key", &context, &mut key);
    expand(SUITE, &secret, b"base_nonce", &context, &mut nonce);
    (key, nonce)
}

#[test]
fn the_standards_alone_open_it_and_each_thing_is_where_it_is_said_to_be() {
    let (code, Keys { device, gateway, .. }) = written(&cry(), 1);
    // phones of years ago still write it so
    insta::assert_snapshot!(code);
    let bytes = decoded(&code);
    assert_eq!((bytes.len(), bytes[0]), (120, 1));
    assert_eq!(bytes[1..5], Sha256::digest(gateway.1)[..4]);
    let plain = opened_by_hand(&bytes, &gateway.0, &gateway.1);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(hex(&plain[..16]), "0d9d5b1e2a444c398a6e2f3b5c7d9e01", "the device");
    assert_eq!(hex(&plain[16..32]), "5f0c2d0e7f6e4a529a5e6f1f0a6f3f11", "the check-in");
    assert_eq!(plain[32], 2, "its version");
    assert_eq!(plain[33..37], 1_772_345_550_u32.to_be_bytes(), "when");
    assert_eq!(&plain[37..40], b"AE\0", "where");
    let degrees = |at: usize, half: f64| {
        let step = u32::from_be_bytes([0, plain[at], plain[at + 1], plain[at + 2]]) - 1;
        f64::from(step) / f64::from(0xFF_FFFE) * 2.0 * half - half
    };
    assert!((degrees(40, 90.0) - 25.2048).abs() < 1e-5 && (degrees(43, 180.0) - 55.2708).abs() < 2e-5, "where exactly");
    assert_eq!(plain[46], 29, "within 2^(28/8), which is 11.3 metres and said as 12");
    assert_eq!(plain[47], 4 << 3 | 4, "2^(3/2) minutes ago, measured");
    assert_eq!(plain[48], 2 << 4 | 1, "help, wants out");
    assert_eq!(plain[49..51], [0, 0b10_0001], "trapped, medical");
    assert_eq!(plain[51..54], [3, 4, 2], "medicine for two days, four people, two in need");
    let proven = [&bytes[..5], &plain[..54], &plain[62..]].concat();
    assert_eq!(plain[54..62], proof(&device.0, &gateway.1, &proven), "the proof by the device's key");
    assert_eq!(plain[54..62], proof(&gateway.0, &device.1, &proven), "and by the gateway's");
    assert_eq!(plain[62..], [0b1_0011, b'k', b'k', 0, 0], "write only: may write, may not call; in Kazakh; spare");
}
