//! The JSON of records and of what is answered to them. A changed snapshot is a changed contract.

use contract::{
    entry::advisory::Announced,
    hash::Hash,
    http::{Capabilities, Code, Problem},
    keys::key_text,
    log::Frame,
    place::Position,
    record::{
        About, Accepted, ArrivesBy, Call, CallOutcome, Change, CheckIn, CheckInStatus, Consent, Device, ForRelatives,
        Former, GivenBy, Headcount, Intent, Kind, Letter, Letters, Made, Message, Need, Needs, NeedsOfOne, NextOfKin,
        NumberedLetter, PaperTrip, PaperTrips, Person, PlaceSource, PlainLeg, Posted, PrivateCheckIn, PrivateLeg,
        PrivateMessage, PrivateTrip, Promised, Published, QuickAnswer, Receipt, Receipts, RecordsPage, SafeContact,
        SaidPlace, Submission, Trip,
    },
    seal::Sealed,
    words::Lang,
};
use insta::assert_json_snapshot;
use testkit::at;

use crate::{letters, ministry::unsigned, wire::crossed};

fn sealed() -> Sealed {
    Sealed { key_id: "consular-1".parse().unwrap(), ciphertext: "AAAA".into() }
}

fn consent() -> Consent {
    Consent {
        text: "registering".into(),
        version: 1,
        language: Lang::Kk.into(),
        at: at("2026-03-01T06:00:00Z"),
        by: GivenBy::Traveller,
    }
}

#[test]
fn a_trip() {
    let leg = |country: &str, airport: Option<&str>| PlainLeg {
        country: country.parse().unwrap(),
        airport: airport.map(|code| code.parse().unwrap()),
        from: at("2026-02-27T03:10:00Z"),
        until: Some(at("2026-02-27T06:20:00Z")),
    };
    let legs = vec![leg("QA", Some("DOH")), leg("AE", None)];
    let trip = Trip { version: 1, people: 3, legs, sealed: sealed(), sealed_to_owner: None, paper: None };
    assert_json_snapshot!(crossed(trip.clone()));
    assert_json_snapshot!(
        "a_trip_of_its_owner",
        crossed(Trip { people: 0, sealed_to_owner: Some(sealed()), ..trip.clone() })
    );
    let paper = Some(Hash::of(b"token of a paper"));
    let on_paper = Trip { sealed_to_owner: Some(sealed()), paper, ..trip.clone() };
    assert_json_snapshot!("a_trip_with_a_code_on_paper", crossed(on_paper));
    let stranded = PlainLeg { until: None, ..leg("QA", Some("DOH")) };
    assert_json_snapshot!("a_trip_without_an_end", crossed(Trip { legs: vec![stranded], ..trip }));
}

#[test]
fn the_trips_of_a_code_on_paper() {
    let id = "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().unwrap();
    assert_json_snapshot!(crossed(PaperTrips { trips: vec![PaperTrip { id, version: 2, sealed_to_owner: sealed() }] }));
}

#[test]
fn a_device() {
    assert_json_snapshot!(crossed(Device {
        version: 1,
        token_hash: Hash::of(b"token"),
        public_key: key_text(&[7; 32]),
    }));
}

#[test]
fn a_call() {
    assert_json_snapshot!(crossed(Call {
        version: 1,
        number: "+442079460123".parse().ok(),
        outcome: CallOutcome::StillNeedHelp,
        country: Some("AE".parse().unwrap()),
        at: at("2026-03-01T06:00:00Z"),
    }));
}

#[test]
fn a_check_in() {
    assert_json_snapshot!(crossed(CheckIn {
        version: 1,
        people: [(CheckInStatus::Safe, 43), (CheckInStatus::NeedHelp, 2)].into_iter().collect(),
        trip: Some("5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().unwrap()),
        country: Some("QA".parse().unwrap()),
        airport: Some("DOH".parse().unwrap()),
        at: at("2026-03-01T06:00:00Z"),
        sealed: Some(sealed()),
    }));
}

#[test]
fn a_message() {
    assert_json_snapshot!(crossed(Message { version: 1, at: at("2026-03-01T06:00:00Z"), sealed: sealed() }));
    let message = PrivateMessage {
        consent: consent(),
        text: "Сары сөмкедемін".into(),
        language: Some(Lang::Kk.into()),
        answers: "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().ok(),
        quick: Some(QuickAnswer::IAmThere),
        about: Some(About::CheckIn { id: "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f12".parse().unwrap() }),
        objection: true,
        closes: true,
        missing: Some(vec![3, 17]),
    };
    assert_json_snapshot!("a_private_message", crossed(message));
}

#[test]
fn a_letter() {
    let letter = Letter {
        id: "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().unwrap(),
        device: "0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e01".parse().unwrap(),
        at: at("2026-03-01T06:00:00Z"),
        announced: Announced::Silent,
        sealed: sealed(),
    };
    let page = Letters {
        epoch: Some("e".into()),
        letters: vec![NumberedLetter { number: 7, letter: letter.clone() }],
        next: 7,
        more: false,
        moved: vec!["1a9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e02".parse().unwrap()],
    };
    assert_json_snapshot!(crossed(page));
    assert_json_snapshot!("posted", crossed(Posted { accepted: vec![letter.id], unknown: Vec::new() }));
    let mut private = letters::letter("19:40");
    let case = private.case.as_mut().unwrap();
    case.promised = Some(Promised { what: "Қоңырау".into(), by: at("2026-03-01T07:00:00Z") });
    case.outcome = "Бортта".into();
    assert_json_snapshot!("a_private_letter", crossed(private));
}

#[test]
fn a_receipt() {
    assert_json_snapshot!(crossed(Receipts(vec![Receipt {
        entry: "advisory.ae".parse().unwrap(),
        version: 2,
        delivered_at: at("2026-03-01T06:00:00Z"),
        shown_at: Some(at("2026-03-01T06:00:01Z")),
        read_at: None,
    }])));
}

#[test]
fn what_the_front_answers() {
    assert_json_snapshot!("accepted", crossed(Accepted { version: 2, received_at: at("2026-03-01T06:00:00Z") }));
    assert_json_snapshot!("submission", crossed(Submission { entries: vec![unsigned("{}")] }));
    let frame = Frame { seq: 7, prev: Hash::ZERO, entry: unsigned("{}") };
    assert_json_snapshot!("published", crossed(Published { frames: vec![frame] }));
    let records = [("trip".to_owned(), 98_304)].into_iter().collect();
    let capabilities = Capabilities { records, entries: vec!["level".into()], vapid_key: Some("BA".into()) };
    assert_json_snapshot!("capabilities", crossed(capabilities));
    let change = Change {
        number: 12,
        kind: Kind::Trip,
        id: "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".into(),
        device: Some("0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e01".parse().unwrap()),
        received_at: at("2026-03-01T06:00:00Z"),
        record: Some(serde_json::json!({ "version": 1 })),
        was_of: vec![Former {
            device: "7c9e6679-7425-40de-944b-e07fc1f90ae7".parse().unwrap(),
            until: at("2026-02-28T21:00:00Z"),
        }],
        made: Some(Made { at: at("2026-02-27T21:00:00Z"), network: Some("bmV0d29yazEx".into()) }),
        by_person: false,
    };
    let deleted = Change { number: 13, record: None, was_of: Vec::new(), made: None, ..change.clone() };
    let erased = Change { number: 14, id: Hash::ZERO.to_string(), device: None, by_person: true, ..deleted.clone() };
    let page = RecordsPage { epoch: "e".into(), changes: vec![change, deleted, erased], next: 14, more: false };
    assert_json_snapshot!("records_page", crossed(page));
    let title = "this field is not what it should be".to_owned();
    let pointer = Some("/legs/0/from".to_owned());
    assert_json_snapshot!("problem", crossed(Problem { status: 422, code: Code::FieldInvalid, title, pointer }));
}

#[test]
fn a_headcount() {
    assert_json_snapshot!(crossed(Headcount {
        people: 3,
        trips: 1,
        overdue: 2,
        safe: 1,
        need_help: 1,
        stranded: 0,
        heard: 2,
        need_help_without_trip: 4,
        beyond_party: 5,
        at: at("2026-03-01T06:00:00Z"),
        as_of: Some(at("2026-02-20T10:00:00Z")),
    }));
}

#[test]
fn what_is_sealed_beside_the_plain_part() {
    let consent = consent();
    assert_json_snapshot!(
        "a_private_trip",
        crossed(PrivateTrip {
            consent: consent.clone(),
            consent_of_kin: Some(Consent { text: "next_of_kin".into(), ..consent.clone() }),
            of: Some("5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().unwrap()),
            adults: 2,
            children: 1,
            phone: "+77011112233".into(),
            next_of_kin: Some(NextOfKin { name: "Сәуле".into(), phone: "+77022223344".into() }),
            for_relatives: ForRelatives { call_if_silent: true, ..ForRelatives::default() },
            others_told: Some(true),
            needs: Needs { infant: true, ..Needs::default() },
            people: vec![
                Person { number: 1, name: "Айгүл Серікқызы".into(), ..Person::default() },
                Person {
                    number: 2,
                    name: "Марат".into(),
                    latin: "Marat Serikuly".into(),
                    phone: "+77011112244".into(),
                    group: "Автобус 2".into(),
                    room: "401".into(),
                    needs: Needs {
                        medicine: "Инсулин".into(),
                        medicine_days: Some(5),
                        wheelchair: true,
                        pregnant: true,
                        infant: true,
                    },
                },
            ],
            language: Some(Lang::Kk.into()),
            legs: vec![
                PrivateLeg::Transit {
                    flight: "QR 391".into(),
                    airside: true,
                    onward_ticket: false,
                    arrives_by: Some(ArrivesBy::Plane),
                    arrives_at: "T1".into(),
                    may_enter: Some(false),
                },
                PrivateLeg::Stay {
                    city: "Dubai".into(),
                    address: "Creek 5".into(),
                    arrives_by: Some(ArrivesBy::Ship),
                    arrives_at: "Port Rashid".into(),
                    visa_until: "2026-03-20".into(),
                },
            ],
        })
    );
    assert_json_snapshot!(
        "a_private_check_in",
        crossed(PrivateCheckIn {
            consent,
            by: GivenBy::Proxy,
            intent: Some(Intent::WantsOut),
            words: "Гейт 12".into(),
            needs: vec![Need::Medical, Need::Stranded],
            medicine_days: Some(2),
            write_only: true,
            contact: SafeContact { may_write: Some(true), may_call: Some(false), when: "после 22:00".into() },
            who: [(CheckInStatus::NeedHelp, vec![2, 7])].into(),
            of_each: vec![NeedsOfOne {
                number: 7,
                needs: vec![Need::Medical],
                medicine_days: Some(2),
                words: "Инсулин".into(),
                told: "Инсулин: 2 күнге".into(),
            }],
            place: Some(SaidPlace {
                words: "Гостиница".into(),
                position: Position::new(25.25, 55.36),
                source: PlaceSource::Measured,
                accuracy_m: Some(30),
                at: at("2026-03-01T12:00:00Z"),
            }),
            language: Some(Lang::Kk.into()),
        })
    );
}
