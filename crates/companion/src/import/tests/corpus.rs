//! Real files, and what KItinerary reads of each: <https://invent.kde.org/pim/kitinerary>, its tests, CC0.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use testkit::at;

use super::{super::Refusal, read};

/// About when these were read into what is beside them: it chooses the year where a boarding pass has none.
const THEN: &str = "2018-11-01T00:00:00Z";

fn stay(airport: &str, country: &str, city: Option<&str>, from: &str, flight: &str) -> Value {
    json!([{
        "kind": "stay", "country": country, "airport": airport, "city": city,
        "from": from, "until": null, "flight": flight, "address": null,
    }])
}

/// Origin, legs, codes of the notes.
type Reading = (Option<&'static str>, Value, &'static [&'static str]);

/// What is proposed of each file.
fn expected() -> BTreeMap<&'static str, Result<Reading, Refusal>> {
    let unsaid = &["arrival_unknown"] as &[_];
    BTreeMap::from([
        // a decoder's own words, with the day it found out
        (
            "bcbp/iata-resolution792-example1.txt",
            Ok((Some("YUL"), stay("FRA", "DE", Some("de-frankfurt"), "2018-11-22", "AC 834"), unsaid)),
        ),
        (
            "bcbp/iata-resolution792-example2.txt",
            Ok((Some("YUL"), stay("FRA", "DE", Some("de-frankfurt"), "2011-11-22", "AC 834"), unsaid)),
        ),
        (
            "bcbp/iata-resolution792-example3.txt",
            Ok((Some("GVA"), stay("CDG", "FR", Some("fr-paris"), "2018-12-05", "AF 123"), unsaid)),
        ),
        (
            "bcbp/issue-date.txt",
            Ok((Some("TXL"), stay("BRU", "BE", Some("be-brussels"), "2017-02-03", "SN 2588"), unsaid)),
        ),
        (
            "bcbp/qatar-zero-size-conditional-section.txt",
            Ok((Some("MXP"), stay("DOH", "QA", Some("qa-doha"), "2018-09-13", "QR 128"), unsaid)),
        ),
        (
            "jsonld/google-flight-reservation-json-ld.html",
            Ok((Some("SFO"), stay("JFK", "US", Some("us-new-york"), "2027-03-05", "UA 110"), &[])),
        ),
        (
            "pkpass/airbaltic.pkpass",
            Ok((Some("TXL"), stay("RIX", "LV", Some("lv-riga"), "2017-11-05", "BT 212"), unsaid)),
        ),
        (
            "pkpass/eurowings.pkpass",
            Ok((Some("LHR"), stay("TXL", "DE", Some("de-berlin"), "2017-06-18", "4U 8465"), unsaid)),
        ),
        (
            "pkpass/lufthansa.pkpass",
            Ok((Some("MUC"), stay("TXL", "DE", Some("de-berlin"), "2018-03-06", "LH 2724"), unsaid)),
        ),
        (
            "pkpass/swiss.pkpass",
            Ok((Some("ZRH"), stay("TXL", "DE", Some("de-berlin"), "2017-09-15", "LX 962"), unsaid)),
        ),
        ("ics/canceled.ics", Ok((None, json!([]), &["cancelled"] as &[_]))),
        ("ics/flight.ics", Ok((Some("HEL"), stay("TXL", "DE", Some("de-berlin"), "2017-09-20", "AB 8075"), &[]))),
        (
            "ics/hotel.ics",
            Ok((
                None,
                json!([{
                    "kind": "stay", "country": "FI", "airport": null, "city": null,
                    "from": "2017-09-19", "until": "2017-09-20", "flight": null,
                    "address": "Glo Hotel Sello, Leppävaarankatu 1, Espoo",
                }]),
                &[],
            )),
        ),
        (
            "ics/train.ics",
            Ok((
                None,
                json!([{
                    "kind": "stay", "country": "FR", "airport": null, "city": "fr-lyon",
                    "from": "2017-09-29", "until": null, "flight": null, "address": null,
                }]),
                &["by_land"],
            )),
        ),
    ])
}

#[test]
fn every_file_of_the_corpus_is_read_to_what_is_expected_of_it() {
    let Some(folder) = corpus() else { return };
    let mut expected = expected();
    for file in files(&folder) {
        let name = file.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        let found = read(&fs::read(&file).unwrap(), at(THEN));
        let found = found.map(|proposal| serde_json::to_value(proposal).unwrap());
        let wanted = expected.remove(name.as_str()).unwrap_or_else(|| panic!("{name} is expected to be nothing"));
        match (found, wanted) {
            (Ok(found), Ok((origin, legs, notes))) => {
                assert_eq!(found["origin"], json!(origin), "{name}");
                assert_eq!(found["legs"], legs, "{name}");
                let codes: Vec<_> =
                    found["notes"].as_array().unwrap().iter().map(|note| note["code"].clone()).collect();
                assert_eq!(codes, notes, "{name}");
                agrees(&found, &file.with_extension("json"));
            }
            (found, wanted) => assert_eq!(found.err(), wanted.err(), "{name}"),
        }
    }
    assert!(expected.is_empty(), "not in the corpus: {:?}", expected.keys());
}

/// The barcodes themselves are beside what was read of them; those of wallets have their year from the pass.
#[test]
fn every_barcode_of_the_corpus_is_read_to_what_is_expected_of_it() {
    let Some(folder) = corpus() else { return };
    let mut read_at_all = 0;
    for file in files(&folder.join("bcbp")) {
        let beside = file.with_extension("json");
        let expected: Value = serde_json::from_slice(&fs::read(&beside).unwrap()).unwrap();
        let token = expected[0]["reservedTicket"]["ticketToken"].as_str().unwrap_or_default();
        let Some(code) = token.strip_prefix("aztecCode:") else { continue };
        let proposal = read(code.as_bytes(), at(THEN)).unwrap();
        agrees(&serde_json::to_value(proposal).unwrap(), &beside);
        read_at_all += 1;
    }
    assert_eq!(read_at_all, 5);
}

/// What is expected is JSON-LD too.
#[test]
fn what_is_expected_of_a_file_proposes_the_same_as_the_file() {
    let Some(folder) = corpus() else { return };
    for file in files(&folder) {
        let [read_of_it, expected] =
            [&file, &file.with_extension("json")].map(|file| read(&fs::read(file).unwrap(), at(THEN)));
        assert!(read_of_it.is_ok());
        assert_eq!(read_of_it, expected, "{}", file.display());
    }
}

/// The same flight, from and to the same airports on the same day, as is said beside the file.
fn agrees(found: &Value, beside: &Path) {
    let beside: Value = serde_json::from_slice(&fs::read(beside).unwrap()).unwrap();
    let (status, flight) = (&beside[0]["reservationStatus"], &beside[0]["reservationFor"]);
    if flight["@type"] != "Flight" || status.as_str().unwrap().ends_with("Cancelled") {
        return;
    }
    assert_eq!(found["origin"], flight["departureAirport"]["iataCode"]);
    let leg = &found["legs"][0];
    assert_eq!(leg["airport"], flight["arrivalAirport"]["iataCode"]);
    let name =
        format!("{} {}", flight["airline"]["iataCode"].as_str().unwrap(), flight["flightNumber"].as_str().unwrap());
    assert_eq!(leg["flight"], name.as_str());
    let day = ["arrivalTime", "departureDay"].into_iter().find_map(|field| flight[field].as_str()).unwrap();
    assert_eq!(leg["from"], day[..10]);
}

fn corpus() -> Option<PathBuf> {
    let workspace = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let corpora = std::env::var_os("SAPARLAS_CORPORA").unwrap_or_else(|| "../shared/data".into());
    let folder = workspace.join(corpora).join("itineraries");
    if !folder.exists() {
        eprintln!("skipped: no corpus at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// All but what is said of them.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|file| file.extension().is_none_or(|kind| kind != "json")).collect()
}
