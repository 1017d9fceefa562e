//! What legs are made of several reservations.

use serde_json::{Value, json};
use testkit::at;

use super::read;

/// Reads schema.org's reservations.
fn proposed(reservations: &Value) -> Value {
    let proposal = read(reservations.to_string().as_bytes(), at("2026-11-28T12:00:00Z")).unwrap();
    serde_json::to_value(proposal).unwrap()
}

fn flight(number: &str, [from, to]: [&str; 2], departs: &str, arrives: &str) -> Value {
    json!({
        "@context": "http://schema.org", "@type": "FlightReservation",
        "reservationFor": {
            "@type": "Flight", "flightNumber": number, "airline": { "iataCode": "QR" },
            "departureAirport": { "iataCode": from }, "arrivalAirport": { "iataCode": to },
            "departureTime": departs, "arrivalTime": arrives,
        },
    })
}

fn hotel(name: &str, country: &str, town: &str, from: &str, until: &str) -> Value {
    json!({
        "@type": "http://schema.org/LodgingReservation", "checkinTime": from, "checkoutTime": until,
        "reservationFor": { "name": name, "address": { "addressLocality": town, "addressCountry": country } },
    })
}

fn there_and_back() -> Value {
    json!([
        // in no order
        flight("392", ["DOH", "ALA"], "2026-12-10T19:30:00+03:00", "2026-12-11T02:45:00+05:00"),
        flight("0391", ["ALA", "DOH"], "2026-12-03T04:10:00+05:00", "2026-12-03T06:55:00+03:00"),
        flight("QR1010", ["DOH", "DXB"], "2026-12-03T08:40:00+03:00", "2026-12-03T10:50:00+04:00"),
        flight("1011", ["DXB", "DOH"], "2026-12-10T16:00:00+04:00", "2026-12-10T16:20:00+03:00"),
    ])
}

fn legs(proposal: &Value) -> Vec<(String, String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let leg = |leg: &Value| {
        let place = if leg["airport"].is_null() { &leg["address"] } else { &leg["airport"] };
        (text(place), text(&leg["from"]), text(&leg["until"]), text(&leg["flight"]))
    };
    proposal["legs"].as_array().unwrap().iter().map(leg).collect()
}

fn leg(place: &str, from: &str, until: &str, flight: &str) -> (String, String, String, String) {
    (place.into(), from.into(), until.into(), flight.into())
}

#[test]
fn planes_are_changed_on_the_way_there_and_on_the_way_home() {
    let proposal = proposed(&there_and_back());
    assert_eq!(proposal["origin"], "ALA");
    assert_eq!(
        legs(&proposal),
        [
            leg("DOH", "2026-12-03T06:55", "2026-12-03T08:40", "QR 391"),
            leg("DXB", "2026-12-03", "2026-12-10", "QR 1010"),
            leg("DOH", "2026-12-10T16:20", "2026-12-10T19:30", "QR 1011"),
        ]
    );
    assert_eq!(proposal["notes"], json!([{ "code": "way_home", "about": "QR 392" }]));
}

#[test]
fn a_family_of_four_with_a_ticket_each_makes_the_same_trip_as_one() {
    let one = there_and_back();
    let family: Vec<Value> = (0..4).flat_map(|_| one.as_array().unwrap().clone()).collect();
    assert_eq!(proposed(&json!(family)), proposed(&one));
}

#[test]
fn a_time_by_the_clocks_of_elsewhere_is_told_by_those_of_the_place() {
    let utc = json!([flight("391", ["ALA", "DOH"], "2026-12-02T23:10:00Z", "2026-12-03T03:55:00Z")]);
    assert_eq!(legs(&proposed(&utc)), [leg("DOH", "2026-12-03", "-", "QR 391")]);
    let late = json!([flight("391", ["ALA", "DOH"], "2026-12-02T16:10:00Z", "2026-12-02T21:30:00Z")]);
    assert_eq!(legs(&proposed(&late)), [leg("DOH", "2026-12-03", "-", "QR 391")], "half past midnight in Doha");
}

#[test]
fn a_day_and_more_between_two_planes_is_a_stay() {
    let proposal = proposed(&json!([
        flight("391", ["ALA", "DOH"], "2026-12-03T04:10", "2026-12-03T06:55"),
        flight("1010", ["DOH", "DXB"], "2026-12-04T06:55", "2026-12-04T10:50"),
    ]));
    assert_eq!(
        legs(&proposal),
        [leg("DOH", "2026-12-03", "2026-12-04", "QR 391"), leg("DXB", "2026-12-04", "-", "QR 1010")]
    );
}

#[test]
fn hotels_are_put_into_the_stay_that_they_are_a_part_of() {
    let mut all = there_and_back().as_array().unwrap().clone();
    all.push(hotel("Second", "AE", "Abu Dhabi", "2026-12-06", "2026-12-09"));
    all.push(hotel("First", "United Arab Emirates", "Dubai", "2026-12-03T14:00:00+04:00", "2026-12-06T12:00:00+04:00"));
    let proposal = proposed(&json!(all));
    let cities: Vec<&Value> = proposal["legs"].as_array().unwrap().iter().map(|leg| &leg["city"]).collect();
    assert_eq!(
        legs(&proposal)[1..4],
        [
            leg("DXB", "2026-12-03", "2026-12-06", "QR 1010"),
            leg("Second, Abu Dhabi", "2026-12-06", "2026-12-09", "-"),
            leg("-", "2026-12-09", "2026-12-10", "-"),
        ]
    );
    assert_eq!(cities[1..3], [&json!("ae-dubai"), &json!("ae-abu-dhabi")]);
    assert_eq!(proposal["legs"][1]["address"], "First, Dubai");
}

#[test]
fn an_airport_that_the_atlas_does_not_have_is_kept_and_noted() {
    let proposal = proposed(&json!([flight("1", ["ALA", "QQQ"], "2026-12-03T04:10", "2026-12-03T06:55")]));
    assert_eq!(legs(&proposal), [leg("QQQ", "2026-12-03", "-", "QR 1")]);
    assert_eq!(proposal["legs"][0]["country"], Value::Null);
    assert_eq!(proposal["notes"], json!([{ "code": "unknown_airport", "about": "QQQ" }]));
}

#[test]
fn what_is_no_leg_is_noted() {
    let proposal = proposed(&json!({ "@graph": [
        { "@type": "RentalCarReservation", "reservationFor": { "name": "Lada Niva" } },
        { "@type": "FlightReservation", "reservationFor": { "flightNumber": "77", "airline": { "iataCode": "KC" } } },
    ] }));
    assert_eq!(proposal["legs"], json!([]));
    assert_eq!(
        proposal["notes"],
        json!([{ "code": "not_a_leg", "about": "Lada Niva" }, { "code": "not_understood", "about": "KC 77" }])
    );
}

#[test]
fn a_proposal_is_what_the_form_holds() {
    let proposal = read(there_and_back().to_string().as_bytes(), at("2026-11-28T12:00:00Z")).unwrap();
    let drafts: Vec<Value> = proposal.legs.into_iter().map(|leg| serde_json::to_value(leg.draft()).unwrap()).collect();
    assert_eq!(
        drafts[..2],
        [
            json!({
                "kind": "transit", "airport": "DOH", "flight": "QR 391", "airside": true, "onward_ticket": true,
                "arrives": "2026-12-03T06:55", "departs": "2026-12-03T08:40",
            }),
            json!({
                "kind": "stay", "country": "AE", "city": "ae-dubai", "from": "2026-12-03", "until": "2026-12-10", "address": "",
            }),
        ]
    );
}
