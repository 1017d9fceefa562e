//! The bounds of records, each with a pointer to the field that breaks it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::{
    hash::Hash,
    ids::DeviceId,
    keys::key_text,
    place::CountryCode,
    record::{
        Call, CallOutcome, CheckIn, CheckInStatus, Device, Kind, MAX_PEOPLE, MAX_TEXT, MAX_VERSION, Message, PlainLeg,
        PrivateMessage, Receipt, Receipts, Record, Trip,
    },
    seal::{Context, Sealed, seal},
};
use rand::{SeedableRng, rngs::StdRng};
use testkit::at;

const NOON: &str = "2026-03-01T12:00:00Z";

fn pointer(record: &impl Record) -> Option<String> {
    record.check().err().map(|field| field.pointer)
}

fn sealed(bytes: usize) -> Sealed {
    Sealed { key_id: "consular-1".parse().unwrap(), ciphertext: B64.encode(vec![7; bytes]) }
}

fn leg() -> PlainLeg {
    let country: CountryCode = "AE".parse().unwrap();
    PlainLeg { country, airport: None, from: at(NOON), until: Some(at("2026-03-02T12:00:00Z")) }
}

fn trip() -> Trip {
    Trip { version: 1, people: 3, legs: vec![leg()], sealed: sealed(1024 + 48), sealed_to_owner: None, paper: None }
}

fn check_in(people: &[(CheckInStatus, u16)]) -> CheckIn {
    CheckIn {
        version: 1,
        people: people.iter().copied().collect(),
        trip: None,
        country: None,
        airport: None,
        at: at(NOON),
        sealed: None,
    }
}

#[test]
fn a_trip_within_its_bounds_is_taken_and_one_outside_is_not() {
    assert_eq!(pointer(&trip()), None);
    assert_eq!(pointer(&Trip { people: 0, ..trip() }), None, "it may belong to another");
    assert_eq!(pointer(&Trip { legs: vec![leg(), PlainLeg { until: None, ..leg() }], ..trip() }), None, "nobody knows");
    assert_eq!(pointer(&Trip { people: 500, ..trip() }), None);
    assert_eq!(pointer(&Trip { legs: vec![leg(); 40], ..trip() }), None);
    for (wrong, expected) in [
        (Trip { version: 0, ..trip() }, "/version"),
        (Trip { people: 501, ..trip() }, "/people"),
        (Trip { legs: Vec::new(), ..trip() }, "/legs"),
        (Trip { legs: vec![leg(); 41], ..trip() }, "/legs"),
        (Trip { legs: vec![leg(), PlainLeg { until: Some(at(NOON)), ..leg() }], ..trip() }, "/legs/1/until"),
        (Trip { legs: vec![PlainLeg { until: None, ..leg() }, leg()], ..trip() }, "/legs/0/until"),
        (Trip { legs: vec![PlainLeg { from: at("1999-12-31T23:59:59Z"), ..leg() }], ..trip() }, "/legs/0/from"),
        (Trip { legs: vec![PlainLeg { until: Some(at("9999-12-30T00:00:00Z")), ..leg() }], ..trip() }, "/legs/0/until"),
        (Trip { sealed: sealed(0), ..trip() }, "/sealed/ciphertext"),
        (Trip { sealed_to_owner: Some(sealed(1024)), ..trip() }, "/sealed_to_owner/ciphertext"),
        (Trip { paper: Some(Hash::ZERO), ..trip() }, "/paper"),
    ] {
        assert_eq!(pointer(&wrong).as_deref(), Some(expected));
    }
}

#[test]
fn a_sealed_part_is_whole_kib_under_a_key_and_a_tag() {
    for kib in [1, 2, 448] {
        assert!(sealed(48 + kib * 1024).is_plausible(), "{kib}");
    }
    for bytes in [0, 47, 48, 1024, 48 + 1023, 48 + 1025, 48 + 449 * 1024] {
        assert!(!sealed(bytes).is_plausible(), "{bytes}");
    }
    assert!(!Sealed { ciphertext: "no base64!".into(), ..sealed(1072) }.is_plausible());
}

#[test]
fn a_check_in_speaks_of_somebody() {
    use CheckInStatus::{Left, NeedHelp, Safe, Stranded};
    assert_eq!(pointer(&check_in(&[(Safe, 43), (NeedHelp, 2)])), None);
    assert_eq!(pointer(&check_in(&[(Safe, 500)])), None);
    for wrong in [&[][..], &[(Safe, 0)], &[(Safe, 500), (Left, 1)], &[(Safe, u16::MAX), (Left, u16::MAX)]] {
        assert_eq!(pointer(&check_in(wrong)).as_deref(), Some("/people"));
    }
    assert_eq!(pointer(&CheckIn { version: 0, ..check_in(&[(Safe, 1)]) }).as_deref(), Some("/version"));
    let late = CheckIn { at: at("2101-01-01T00:00:00Z"), ..check_in(&[(Safe, 1)]) };
    assert_eq!(pointer(&late).as_deref(), Some("/at"));
    let unsealed = CheckIn { sealed: Some(sealed(1)), ..check_in(&[(Safe, 1)]) };
    assert_eq!(pointer(&unsealed).as_deref(), Some("/sealed/ciphertext"));
    assert_eq!(check_in(&[(Safe, 43), (NeedHelp, 2)]).most_urgent(), NeedHelp);
    assert_eq!(check_in(&[(Safe, 43), (NeedHelp, 0)]).most_urgent(), Safe);
    assert_eq!(check_in(&[(Left, 1), (Safe, 1), (Stranded, 1)]).most_urgent(), Stranded);
    assert_eq!(check_in(&[(Left, 3)]).most_urgent(), Left);
    assert_eq!(check_in(&[(Safe, 43), (NeedHelp, 2)]).need_help(), 2);
    assert_eq!(check_in(&[(Safe, 43), (NeedHelp, 2)]).everybody(), 45);
}

#[test]
fn a_call_and_a_device_have_a_version_and_plausible_contents() {
    let call = Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: at(NOON) };
    assert_eq!(pointer(&call), None);
    assert_eq!(pointer(&Call { version: 0, ..call.clone() }).as_deref(), Some("/version"));
    assert_eq!(pointer(&Call { at: at("0001-01-01T00:00:00Z"), ..call }).as_deref(), Some("/at"));
    let device = Device { version: 1, token_hash: Hash::of(b"token"), public_key: key_text(&[7; 32]) };
    assert_eq!(pointer(&device), None);
    assert_eq!(pointer(&Device { version: 0, ..device.clone() }).as_deref(), Some("/version"));
    assert_eq!(pointer(&Device { public_key: "short".into(), ..device.clone() }).as_deref(), Some("/public_key"));
    // the points of low order: 0, 1, both of order 8, and those whose bytes wrap round the field
    for hex in [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
    ] {
        let key: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        let low = Device { public_key: key_text(&key.try_into().unwrap()), ..device.clone() };
        assert_eq!(pointer(&low).as_deref(), Some("/public_key"), "{hex}");
    }
}

#[test]
fn receipts_come_in_lists_of_one_to_five_hundred() {
    let receipt = Receipt {
        entry: "advisory.ae".parse().unwrap(),
        version: 1,
        delivered_at: at(NOON),
        shown_at: Some(at(NOON)),
        read_at: None,
    };
    assert_eq!(pointer(&Receipts(vec![receipt.clone(); 500])), None);
    for count in [0, 501] {
        assert_eq!(pointer(&Receipts(vec![receipt.clone(); count])).as_deref(), Some(""));
    }
    let late = Some(at("3000-01-01T00:00:00Z"));
    for (wrong, expected) in [
        (Receipt { version: 0, ..receipt.clone() }, "/1/version"),
        (Receipt { shown_at: late, ..receipt.clone() }, "/1/shown_at"),
        (Receipt { read_at: late, ..receipt.clone() }, "/1/read_at"),
    ] {
        assert_eq!(pointer(&Receipts(vec![receipt.clone(), wrong])).as_deref(), Some(expected));
    }
}

#[test]
fn a_record_is_of_the_version_it_says_and_receipts_have_none() {
    let device = Device { version: 7, token_hash: Hash::of(b"token"), public_key: key_text(&[7; 32]) };
    let call = Call { version: 7, number: None, outcome: CallOutcome::Called, country: None, at: at(NOON) };
    let safe = CheckIn { version: 7, ..check_in(&[(CheckInStatus::Safe, 1)]) };
    let versions = [device.version(), call.version(), safe.version(), Trip { version: 7, ..trip() }.version()];
    assert_eq!(versions, [7; 4]);
    assert_eq!(Receipts(Vec::new()).version(), 1);
    let unversioned = serde_json::json!({ "token_hash": device.token_hash, "public_key": device.public_key });
    assert_eq!(serde_json::from_value::<Device>(unversioned).unwrap().version, 1);
}

#[test]
fn versions_run_up_to_the_last_that_another_can_be_put_over() {
    assert_eq!(pointer(&Trip { version: MAX_VERSION, ..trip() }), None);
    assert_eq!(pointer(&Trip { version: MAX_VERSION + 1, ..trip() }).as_deref(), Some("/version"));
    assert_eq!(MAX_VERSION, 2_147_483_647);
}

#[test]
fn an_instant_is_between_the_years_2000_and_2100() {
    let taken = |text: &str| {
        let call = Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: at(text) };
        call.check().is_ok()
    };
    for (text, expected) in [
        ("1999-12-31T23:59:59.999Z", false),
        ("2000-01-01T00:00:00Z", true),
        ("2100-01-01T00:00:00Z", true),
        ("2100-01-01T00:00:00.001Z", false),
    ] {
        assert_eq!(taken(text), expected, "{text}");
    }
}

#[test]
fn a_check_in_that_does_not_tell_people_by_their_state_is_told_so() {
    let mut told = serde_json::to_value(check_in(&[(CheckInStatus::Safe, 1)])).unwrap();
    told["people"] = 3.into();
    let error = serde_json::from_value::<CheckIn>(told).unwrap_err().to_string();
    assert!(error.contains("how many people are in each state"), "{error}");
}

#[test]
fn every_kind_has_a_path_and_a_limit_of_its_own() {
    let paths: Vec<_> = Kind::ALL.into_iter().map(|kind| contract::http::path::record(kind, "ID")).collect();
    assert_eq!(
        paths,
        ["/v1/devices/ID", "/v1/calls/ID", "/v1/check-ins/ID", "/v1/messages/ID", "/v1/trips/ID", "/v1/receipts"]
    );
    assert_eq!(Kind::ALL.map(|kind| kind.max_bytes() / 1024), [4, 4, 16, 16, 1216, 256], "KiB");
    assert!(Kind::ALL.iter().all(|kind| kind.max_bytes() % 1024 == 0));
    // a whole trip at its largest: two sealed parts of 32 KiB in base64, and 40 legs
    let largest = Trip {
        legs: vec![PlainLeg { airport: "DOH".parse().ok(), ..leg() }; 40],
        sealed: sealed(48 + 32 * 1024),
        sealed_to_owner: Some(sealed(48 + 32 * 1024)),
        ..trip()
    };
    assert_eq!(pointer(&largest), None);
    assert!(serde_json::to_vec(&largest).unwrap().len() <= Kind::Trip.max_bytes());
}

#[test]
fn a_message_has_a_version_a_time_and_a_sealed_part() {
    let message = Message { version: 1, at: at(NOON), sealed: sealed(48 + 1024) };
    assert_eq!(pointer(&message), None);
    assert_eq!(pointer(&Message { version: 0, ..message.clone() }).as_deref(), Some("/version"));
    assert_eq!(pointer(&Message { at: at("0001-01-01T00:00:00Z"), ..message.clone() }).as_deref(), Some("/at"));
    assert_eq!(pointer(&Message { sealed: sealed(48), ..message }).as_deref(), Some("/sealed/ciphertext"));
}

#[test]
fn the_longest_text_fits_into_a_message_whatever_its_letters() {
    let (_, public) = contract::seal::key_pair(&mut StdRng::seed_from_u64(7));
    for letter in ["x", "\"", "\n", "ә", "😀", "ﷺ"] {
        let message = private_message(letter.repeat(MAX_TEXT));
        assert_eq!(message.check(), Ok(()));
        let context = Context { device: DeviceId::NIL, id: "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11", version: 1 };
        let kid = "consular-1".parse().unwrap();
        let sealed = seal(&message, context, &kid, &public, &mut StdRng::seed_from_u64(7)).unwrap();
        let body = serde_json::to_vec(&Message { version: MAX_VERSION, at: at(NOON), sealed }).unwrap();
        assert!(body.len() <= Kind::Message.max_bytes(), "{letter}: {}", body.len());
    }
    for wrong in ["x".repeat(MAX_TEXT + 1), "\0".into(), "\u{1b}[2J".into()] {
        assert_eq!(private_message(wrong).check().unwrap_err().pointer, "/text");
    }
}

fn private_message(text: String) -> PrivateMessage {
    let consent = serde_json::json!({
        "text": "x", "version": 1, "language": "kk", "at": NOON, "by": "traveller",
    });
    let missing: Vec<_> = (1..=MAX_PEOPLE).collect();
    serde_json::from_value(serde_json::json!({ "consent": consent, "text": text, "missing": missing })).unwrap()
}
