//! Boarding passes: which year they are of, several legs, and the wallet's archive around them.

use serde_json::{Value, json};
use testkit::at;

use super::{
    super::{ProposedLeg, Refusal},
    read,
};
pub use crate::testing::zipped as wallet;
use crate::{testing::trip, trips::schedule};

fn proposed(bytes: &[u8], now: &str) -> Value {
    serde_json::to_value(read(bytes, at(now)).unwrap()).unwrap()
}

/// A leg as the barcode has it, without what it may have besides.
pub fn leg(from: &str, to: &str, flight: &str, day: &str) -> String {
    format!("ABC123 {from}{to}{flight:8}{day}Y012A0025 100")
}

pub fn pass(legs: &[String]) -> String {
    format!("M{}ASQAROVA/AIGUL      E{}", legs.len(), legs.concat())
}

#[test]
fn the_year_is_the_one_that_brings_the_day_nearest() {
    for (now, day, expected) in [
        ("2026-11-28T12:00:00Z", "337", "2026-12-03"),
        ("2026-12-30T12:00:00Z", "002", "2027-01-02"),
        ("2027-01-02T12:00:00Z", "364", "2026-12-30"),
        ("2026-11-28T12:00:00Z", "366", "2024-12-31"),
    ] {
        let proposal = proposed(pass(&[leg("ALA", "DXB", "KC 0931", day)]).as_bytes(), now);
        assert_eq!(proposal["legs"][0]["from"], expected, "{day} at {now}");
        assert!(proposal["notes"].to_string().contains("year_guessed"), "{proposal}");
    }
}

#[test]
fn a_pass_that_says_when_it_was_given_out_is_of_the_next_such_day() {
    let code = "M1DOE/JOHN            EXXX007 TXLBRUSN 2588 034Y023D0999 35D>5181WM7034BSN              2A0";
    let proposal = proposed(code.as_bytes(), "2026-11-28T12:00:00Z");
    assert_eq!(proposal["legs"][0]["from"], "2017-02-03");
    let across_new_year = code.replace(" 034Y", " 002Y").replace("WM7034", "WM5364");
    let proposal = proposed(across_new_year.as_bytes(), "2026-11-28T12:00:00Z");
    assert_eq!(proposal["legs"][0]["from"], "2026-01-02");
}

#[test]
fn two_legs_of_one_day_are_a_change_of_planes_at_times_to_be_filled_in() {
    let code = pass(&[leg("ALA", "DOH", "QR 0391", "337"), leg("DOH", "DXB", "QR 1010", "337")]);
    let proposal = proposed(code.as_bytes(), "2026-11-28T12:00:00Z");
    assert_eq!(proposal["origin"], "ALA");
    let kinds = [&proposal["legs"][0]["kind"], &proposal["legs"][0]["airport"], &proposal["legs"][1]["kind"]];
    assert_eq!(kinds, ["transit", "DOH", "stay"]);
    assert!(proposal["notes"].to_string().contains("time_unknown"));
}

/// As airlines write it: with what each leg may have besides, and the name of who gave it out.
#[test]
fn a_stop_between_two_legs_of_one_pass_is_a_change_of_planes_over_midnight_too() {
    for (second, departs) in [("337", "2026-12-03"), ("338", "2026-12-04")] {
        let besides = |leg: String, more: &str| format!("{}{:02X}{more}", &leg[..leg.len() - 2], more.len());
        let code = pass(&[
            besides(leg("ALA", "DOH", "QR 0391", "337"), ">5180OO6332BQR              29             0QR "),
            besides(leg("DOH", "DXB", "QR 1010", second), "29             0QR "),
        ]);
        let proposal = proposed(code.as_bytes(), "2026-11-28T12:00:00Z");
        let legs = &proposal["legs"];
        assert_eq!([&legs[0]["kind"], &legs[0]["airport"], &legs[1]["kind"]], ["transit", "DOH", "stay"], "{proposal}");
        assert_eq!([&legs[0]["from"], &legs[0]["until"], &legs[1]["from"]], ["2026-12-03", departs, departs]);
    }
    // two passes for two days: a night there
    let text = [("ALA", "DOH", "QR 0391", "337"), ("DOH", "DXB", "QR 1010", "338")];
    let text = text.map(|(from, to, flight, day)| pass(&[leg(from, to, flight, day)])).join("\n");
    let legs = &proposed(text.as_bytes(), "2026-11-28T12:00:00Z")["legs"];
    assert_eq!([&legs[0]["kind"], &legs[1]["kind"]], ["stay", "stay"]);
}

/// The hours that a pass does not say keep nobody from registering what it proposes.
#[test]
fn what_a_pass_of_two_legs_proposes_is_a_trip() {
    let code = pass(&[leg("ALA", "DOH", "QR 0391", "337"), leg("DOH", "DXB", "QR 1010", "337")]);
    let proposal = read(code.as_bytes(), at("2026-11-28T12:00:00Z")).unwrap();
    let legs = proposal.legs.into_iter().map(ProposedLeg::draft).collect();
    let planned = schedule(&trip(legs), testkit::country("KZ")).unwrap();
    assert_eq!(planned.legs[0].airport.unwrap().as_str(), "DOH");
    assert_eq!(planned.legs[1].from, planned.legs[0].until);
}

#[test]
fn passes_of_one_trip_are_read_a_line_each() {
    let text = [("ALA", "DXB", "KC 0931", "337"), ("DXB", "ALA", "KC 0932", "344")];
    let text = text.map(|(from, to, flight, day)| pass(&[leg(from, to, flight, day)])).join("\r\n");
    let legs = &proposed(text.as_bytes(), "2026-11-28T12:00:00Z")["legs"];
    assert_eq!(legs.as_array().unwrap().len(), 1);
    assert_eq!([&legs[0]["from"], &legs[0]["until"]], ["2026-12-03", "2026-12-10"]);
}

#[test]
fn a_pass_that_was_cut_off_is_refused() {
    let code = pass(&[leg("ALA", "DOH", "QR 0391", "337"), leg("DOH", "DXB", "QR 1010", "337")]);
    assert_eq!(read(&code.as_bytes()[..80], at("2026-11-28T12:00:00Z")), Err(Refusal::Damaged));
}

#[test]
fn a_wallet_s_pass_says_the_times_that_its_barcode_does_not() {
    let written = json!({
        "barcodes": [{ "message": pass(&[leg("ALA", "DXB", "KC 0931", "337")]) }],
        "relevantDate": "2026-12-03T17:30+05:00",
        "boardingPass": { "transitType": "PKTransitTypeAir" },
        "semantics": { "originalDepartureDate": "2026-12-03T18:05+05:00", "originalArrivalDate": "2026-12-04T00:30+04:00" },
    });
    let zip = wallet(&[("icon.png", b"no picture"), ("pass.json", written.to_string().as_bytes())]);
    let proposal = proposed(&zip, "2031-01-01T00:00:00Z");
    assert_eq!(proposal["legs"][0]["from"], "2026-12-04");
    assert_eq!(proposal["notes"], json!([]));
}

#[test]
fn a_wallet_s_pass_without_a_known_barcode_is_read_by_what_is_written_on_it() {
    let written = json!({
        "barcode": { "message": "a code of the airline's own" }, "relevantDate": "2026-12-03T18:05+05:00",
        "boardingPass": {
            "transitType": "PKTransitTypeAir",
            "primaryFields": [{ "key": "from", "value": "ALA" }, { "key": "to", "value": "DXB" }],
            "auxiliaryFields": [{ "key": "flightNo", "value": "KC931" }],
        },
    });
    let proposal = proposed(&wallet(&[("pass.json", written.to_string().as_bytes())]), "2026-11-28T12:00:00Z");
    let leg = &proposal["legs"][0];
    assert_eq!([&leg["airport"], &leg["flight"], &leg["from"]], ["DXB", "KC 931", "2026-12-03"]);
}

#[test]
fn an_archive_that_is_no_pass_is_refused() {
    let now = at("2026-11-28T12:00:00Z");
    assert_eq!(read(&wallet(&[("word/document.xml", b"<w/>")]), now), Err(Refusal::UnknownKind));
    assert_eq!(read(&wallet(&[("pass.json", b"{\"coupon\":{}}")]), now), Err(Refusal::NoJourney));
    assert_eq!(read(&wallet(&[("pass.json", b"{")]), now), Err(Refusal::Damaged));
    let whole = wallet(&[("pass.json", b"{\"boardingPass\":{}}")]);
    assert_eq!(read(&whole[..whole.len() - 30], now), Err(Refusal::Damaged));
}

#[test]
fn a_bomb_is_refused_as_soon_as_it_is_larger_than_a_pass() {
    let now = at("2026-11-28T12:00:00Z");
    let bomb = wallet(&[("pass.json", &vec![b' '; 50_000_000])]);
    assert!(bomb.len() < 100_000);
    assert_eq!(read(&bomb, now), Err(Refusal::TooMuch));
    let many: Vec<String> = (0..1000).map(|at| format!("{at}.png")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(read(&wallet(&many), now), Err(Refusal::TooMuch));
}
