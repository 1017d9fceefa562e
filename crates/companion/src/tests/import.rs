//! A ticket that a traveller brings is shown with its places, to be taken into the form.

use serde_json::{Value, json};

use crate::{
    import::{LegToTake, NoteCode, Proposed, Refusal},
    places::PickedPlace,
    testing::Device,
    trips::LegDraft,
};

const NOW: &str = "2026-11-28T12:00:00Z";

fn brought(bytes: &[u8]) -> Result<Proposed, Refusal> {
    Device::new(NOW).companion.import_read(&[bytes], &crate::testing::InProcess)
}

fn reservations(all: &Value) -> Proposed {
    brought(all.to_string().as_bytes()).unwrap()
}

fn hotel(name: &str, town: &str) -> Value {
    json!({
        "@type": "LodgingReservation", "checkinTime": "2026-12-03T14:00:00", "checkoutTime": "2026-12-05T12:00:00",
        "reservationFor": { "name": name, "address": { "addressLocality": town, "addressCountry": "TR" } },
    })
}

fn calendar(summary: &str) -> String {
    let times = "DTSTART:20261203T180500Z\nDTEND:20261203T223500Z";
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{summary}\n{times}\nEND:VEVENT\nEND:VCALENDAR\n")
}

#[test]
fn a_flight_is_a_stay_where_it_lands_by_the_clocks_of_the_place() {
    let Proposed { origin, legs, notes, .. } = brought(calendar("KC 931 ALA DXB").as_bytes()).unwrap();
    assert!(matches!(origin, Some(PickedPlace::Airport { code, .. }) if code.as_str() == "ALA"));
    let [LegToTake { draft, place: Some(PickedPlace::City { key, name, .. }), airport, flight }] = &legs[..] else {
        panic!("{legs:?}")
    };
    assert!(matches!(draft, LegDraft::Stay { country, from, until, .. }
        if country == "AE" && from == "2026-12-04" && until.is_empty()));
    assert_eq!((key.as_str(), airport.as_deref(), flight.as_deref()), ("ae-dubai", Some("DXB"), Some("KC 931")));
    assert_eq!(name.get("ru").map(String::as_str), Some("Дубай"));
    assert_eq!(notes, []);
}

#[test]
fn what_takes_somebody_there_by_land_is_said_not_to_be_kept() {
    let train = json!({
        "@type": "TrainReservation",
        "reservationFor": {
            "trainName": "TGV", "trainNumber": "5186",
            "departureStation": { "name": "Paris" }, "arrivalStation": { "name": "Lyon" },
            "departureTime": "2026-12-03T07:10:00+01:00", "arrivalTime": "2026-12-03T09:20:00+01:00",
        },
    });
    let notes = reservations(&train).notes;
    assert!(notes.iter().any(|note| note.code == NoteCode::ByLand && note.about == "TGV 5186"), "{notes:?}");
}

#[test]
fn a_name_of_ten_thousand_letters_is_cut_where_it_is_said_and_whole_where_it_is_kept() {
    let endless = "ש".repeat(10_000);
    let Proposed { legs, notes, .. } = reservations(
        &json!([hotel(&endless, "Istanbul"), { "@type": "TaxiReservation", "reservationFor": { "name": endless } }]),
    );
    assert!(matches!(&legs[0].draft, LegDraft::Stay { address, .. } if address.starts_with(&endless)));
    assert_eq!(notes[0].about, format!("{}…", "ש".repeat(100)));
}

#[test]
fn a_file_that_says_more_than_anybody_reads_is_refused() {
    let taxis: Vec<Value> = (0..10_000)
        .map(|n| json!({ "@type": "TaxiReservation", "reservationFor": { "name": n.to_string() } }))
        .collect();
    assert_eq!(brought(json!(taxis).to_string().as_bytes()), Err(Refusal::TooMuch));
}

#[test]
fn each_refusal_has_a_code_of_its_own() {
    let codes = [
        Refusal::TooLarge,
        Refusal::Several,
        Refusal::TooMuch,
        Refusal::UnknownKind,
        Refusal::Damaged,
        Refusal::NoJourney,
        Refusal::NoBarcode,
        Refusal::NoText,
        Refusal::Locked,
        Refusal::TooHeavy,
        Refusal::NotHere,
    ];
    let said = [
        "too_large",
        "several",
        "too_much",
        "unknown_kind",
        "damaged",
        "no_journey",
        "no_barcode",
        "no_text",
        "locked",
        "too_heavy",
        "not_here",
    ];
    assert_eq!(serde_json::to_value(codes).unwrap(), json!(said));
}
