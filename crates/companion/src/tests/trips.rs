//! A trip as it is filled in: what each field must hold, and when the legs are.

use contract::{
    ids::{DeviceId, TripId},
    record::{Consent, GivenBy, Kind, MAX_PEOPLE, Record},
    seal,
    words::Lang,
};
use jiff::{Timestamp, ToSpan, civil::date};
use rand::{SeedableRng, rngs::StdRng};
use testkit::country;

use crate::{
    error::FailureCode,
    store::Under,
    trips::{LegDraft, MAX_LEGS, Sealing, TripDraft, private, schedule, seal_trip},
};

fn story() -> TripDraft {
    TripDraft {
        origin: Some("ALA".into()),
        legs: vec![
            LegDraft::Transit {
                airport: "doh".into(),
                flight: "QR 391".into(),
                arrives: "2026-02-27T06:10".into(),
                departs: "2026-02-27T09:20".into(),
                airside: true,
                onward_ticket: true,
                arrival: None,
            },
            LegDraft::Stay {
                country: "AE".into(),
                city: Some("ae-dubai".into()),
                from: "2026-02-27".into(),
                until: "2026-03-04".into(),
                address: "Creek".into(),
                arrival: None,
            },
        ],
        adults: 2,
        children: 1,
        phone: "8 701 111 22 33".into(),
        next_of_kin: None,
        ..TripDraft::of_one()
    }
}

#[test]
fn a_stay_on_the_day_of_a_transit_begins_when_the_transit_ends() {
    let trip = schedule(&story(), country("KZ")).unwrap();
    assert_eq!(trip.people, 3);
    assert_eq!(trip.draft.phone, "+77011112233");
    assert_eq!(trip.legs[0].airport.unwrap().as_str(), "DOH");
    assert_eq!(trip.legs[0].from.to_string(), "2026-02-27T03:10:00Z");
    assert_eq!(trip.legs[1].from, trip.legs[0].until);
    assert_eq!(trip.legs[1].until.to_string(), "2026-03-04T20:00:00Z");
}

#[test]
fn each_fault_names_its_field() {
    let fault = |change: &dyn Fn(&mut TripDraft)| {
        let mut draft = story();
        change(&mut draft);
        let failure = schedule(&draft, country("KZ")).unwrap_err();
        (failure.code, failure.field.unwrap_or_default())
    };
    use FailureCode::*;
    assert_eq!(fault(&|d| d.legs.clear()), (NoLegs, "/legs".into()));
    assert_eq!(fault(&|d| d.origin = Some("QQQ".into())), (UnknownAirport, "/origin".into()));
    assert_eq!(fault(&|d| d.adults = 0), (NoPeople, "/adults".into()));
    assert_eq!(fault(&|d| d.phone = "112".into()), (PhoneInvalid, "/phone".into()));
    assert_eq!(
        fault(&|d| if let LegDraft::Stay { from, .. } = &mut d.legs[1] {
            *from = "2026-02-30".into();
        }),
        (ImpossibleDate, "/legs/1/from".into())
    );
    assert_eq!(
        fault(&|d| if let LegDraft::Stay { until, .. } = &mut d.legs[1] {
            *until = "2026-02-01".into();
        }),
        (EndsBeforeItBegins, "/legs/1/until".into())
    );
    assert_eq!(
        fault(&|d| if let LegDraft::Stay { from, .. } = &mut d.legs[1] {
            *from = "2026-02-20".into();
        }),
        (LegsOutOfOrder, "/legs/1/from".into())
    );
    assert_eq!(
        fault(&|d| if let LegDraft::Transit { airport, .. } = &mut d.legs[0] {
            *airport = "Doha".into();
        }),
        (UnknownAirport, "/legs/0/airport".into())
    );
}

#[test]
fn the_longest_trip_that_a_form_takes_is_one_that_a_register_takes() {
    let stay = |day: i64| LegDraft::Stay {
        country: "AE".into(),
        city: None,
        from: (date(2026, 3, 1) + day.days()).to_string(),
        until: (date(2026, 3, 2) + day.days()).to_string(),
        address: "🏨".repeat(300),
        arrival: None,
    };
    let days = |legs: usize| (0..).map(stay).take(legs).collect::<Vec<_>>();
    let longest = TripDraft { legs: days(MAX_LEGS), adults: MAX_PEOPLE, children: 0, ..story() };
    let trip = schedule(&longest, country("KZ")).unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let (_, consular) = seal::key_pair(&mut rng);
    let at = Timestamp::UNIX_EPOCH;
    let consent =
        Consent { text: "trip".into(), version: 1, language: "kk".parse().unwrap(), at, by: GivenBy::Traveller };
    let sealing = Sealing {
        device: DeviceId::random(&mut rng),
        id: TripId::random(&mut rng),
        version: 1,
        consular: (&"consular-1".parse().unwrap(), consular),
        private: private(&trip.draft, Vec::new(), Under { consent, consent_of_kin: None, language: Lang::Kk.into() }),
    };
    let record = seal_trip(&trip, sealing, &mut rng).unwrap();
    record.check().unwrap();
    assert!(serde_json::to_vec(&record).unwrap().len() <= Kind::Trip.max_bytes());
    let fault = |draft: TripDraft| schedule(&draft, country("KZ")).unwrap_err().code;
    assert_eq!(fault(TripDraft { legs: days(MAX_LEGS + 1), ..longest.clone() }), FailureCode::TooManyLegs);
    assert_eq!(fault(TripDraft { children: 1, ..longest }), FailureCode::TooManyPeople);
}
