//! Passes as pictures, e-tickets as PDF, and what their text says: what is sure is proposed, and the rest is a note.

use std::{fs, path::Path};

use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::at;

use super::{
    super::{Refusal, Refused, itinerary, legs, read_several},
    read, with,
};

const NOW: &str = "2026-11-28T12:00:00Z";

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/passes").join(name)).unwrap()
}

fn proposed(name: &str) -> Value {
    serde_json::to_value(read(&fixture(name), at(NOW)).unwrap_or_else(|why| panic!("{name}: {why}"))).unwrap()
}

fn codes(proposal: &Value) -> Vec<&str> {
    proposal["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect()
}

fn stay(airport: &str, country: &str, city: &str, from: &str, until: Option<&str>, flight: &str) -> Value {
    json!({
        "kind": "stay", "country": country, "airport": airport, "city": city,
        "from": from, "until": until, "flight": flight, "address": null,
    })
}

fn in_dubai(until: Option<&str>) -> Value {
    stay("DXB", "AE", "ae-dubai", "2026-12-03", until, "KC 931")
}

/// A ticket's lines, and what is made of them.
fn of_text(text: &str) -> Value {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    serde_json::to_value(legs::legs(itinerary::read(&lines, with(at(NOW))))).unwrap()
}

#[test]
fn a_picture_of_a_pass_is_the_pass() {
    for name in ["aztec.png", "pdf417.png", "qr.png", "photo-aztec.jpg", "photo-pdf417.jpg"] {
        let proposal = proposed(name);
        assert_eq!(proposal["legs"], json!([in_dubai(None)]), "{name}");
        assert_eq!((&proposal["origin"], codes(&proposal)), (&json!("ALA"), vec!["year_guessed", "arrival_unknown"]));
    }
}

#[test]
fn the_passes_of_a_family_on_one_photo_are_one_journey() {
    assert_eq!(proposed("family.jpg")["legs"], json!([in_dubai(None)]));
}

#[test]
fn the_passes_of_a_family_in_several_files_are_one_journey_and_what_is_not_read_is_said() {
    let names = ["aztec.png", "qr.png", "sky.png", "back.png", "letter.txt"];
    let files: Vec<Vec<u8>> =
        names.map(|name| if name == "letter.txt" { b"Dear all,".to_vec() } else { fixture(name) }).into();
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let (proposal, refused) = read_several(&files, with(at(NOW))).unwrap();
    assert_eq!(serde_json::to_value(proposal.legs).unwrap(), json!([in_dubai(Some("2026-12-11"))]));
    let (none, strange) = (Refusal::NoBarcode, Refusal::UnknownKind);
    assert_eq!(refused, [Refused { file: 2, why: none }, Refused { file: 4, why: strange }]);
    assert_eq!(read_several(&[files[2], files[4]], with(at(NOW))).err(), Some(none), "nothing is proposed of any");
    assert_eq!(read_several(&[files[0]; 13], with(at(NOW))).err(), Some(Refusal::Several));
}

#[test]
fn a_picture_that_says_no_journey_is_refused_in_its_own_words() {
    for (name, why) in [
        ("sky.png", Refusal::NoBarcode),
        ("link.png", Refusal::NoJourney),
        ("scan.pdf", Refusal::NoText),
        ("locked.pdf", Refusal::Locked),
    ] {
        assert_eq!(read(&fixture(name), at(NOW)), Err(why), "{name}");
    }
    for begins in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"\xff\xd8\xff\xe0", b"%PDF-1.7\n"] {
        assert_eq!(read(begins, at(NOW)), Err(Refusal::Damaged), "{begins:?}");
    }
}

#[test]
fn a_ticket_of_each_language_is_read_to_the_same_journey() {
    for name in ["ticket-en.pdf", "ticket-ru.pdf", "ticket-kk.pdf", "protected.pdf"] {
        let proposal = proposed(name);
        assert_eq!(proposal["legs"], json!([in_dubai(Some("2026-12-10"))]), "{name}");
        assert_eq!(codes(&proposal), ["from_text", "from_text", "way_home"], "{name}");
    }
}

#[test]
fn a_ticket_in_rows_has_its_change_of_planes() {
    let proposal = proposed("rows.pdf");
    let changing = json!({
        "kind": "transit", "country": "TR", "airport": "IST", "city": "tr-istanbul",
        "from": "2026-12-03T11:05", "until": "2026-12-03T14:30", "flight": "KC 911", "address": null,
    });
    let london = stay("LHR", "GB", "gb-london", "2026-12-03", Some("2026-12-14"), "TK 1985");
    let istanbul = stay("IST", "TR", "tr-istanbul", "2026-12-14", None, "TK 1986");
    assert_eq!(proposal["legs"], json!([changing, london, istanbul]));
}

#[test]
fn a_pass_in_a_pdf_is_its_barcode_and_the_year_and_times_are_its_words() {
    let proposal = proposed("pass.pdf");
    assert_eq!(proposal["legs"], json!([in_dubai(None)]));
    assert_eq!(codes(&proposal), ["from_text"], "the text says the year and the arrival");
}

#[test]
fn a_mail_with_tickets_attached_is_read_with_them() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let part = |kind: &str, name: &str| {
        let file = STANDARD.encode(fixture(name));
        format!(
            "--x\r\nContent-Type: {kind}; name={name}\r\nContent-Transfer-Encoding: base64\r\n\
                 Content-Disposition: attachment; filename={name}\r\n\r\n{file}\r\n"
        )
    };
    let parts =
        [part("application/pdf", "rows.pdf"), part("image/png", "sky.png"), part("application/pdf", "locked.pdf")];
    let mail = format!(
        "From: a@b.kz\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}--x--\r\n",
        parts.concat()
    );
    let proposal = serde_json::to_value(read(mail.as_bytes(), at(NOW)).unwrap()).unwrap();
    assert_eq!(proposal["legs"], proposed("rows.pdf")["legs"]);
    let unread: Vec<_> =
        proposal["notes"].as_array().unwrap().iter().filter(|note| note["code"] == "not_read").collect();
    assert_eq!(
        unread,
        [&json!({"code": "not_read", "about": "sky.png"}), &json!({"code": "not_read", "about": "locked.pdf"})]
    );
}

#[test]
fn what_belongs_to_a_flight_may_stand_above_its_number_or_below() {
    let below =
        "Flight KC 931\nALA → DXB\n3 Dec 2026\n18:05 – 21:30\nFlight KC 932\nDXB → ALA\n10 Dec 2026\n22:45 – 04:20";
    let above = "3 Dec 2026\nAlmaty (ALA) 18:05\nDubai (DXB) 21:30\nKC 931, Airbus 321\n\
        10 Dec 2026\nDubai (DXB) 22:45\nAlmaty (ALA) 04:20\nKC 932, Airbus 321";
    let headed = "3 декабря 2026 г.\nKC 931  ALA 18:05  DXB 21:30\n10 декабря 2026 г.\nKC 932  DXB 22:45  ALA 04:20";
    for text in [below, above, headed] {
        assert_eq!(of_text(text)["legs"], json!([in_dubai(Some("2026-12-10"))]), "{text}");
    }
}

#[test]
fn what_is_not_sure_is_a_note_and_no_leg() {
    for (text, why) in [
        ("Flight KC 931\nALA → DXB", "no day"),
        ("Flight KC 931\nALA → DXB\n03/12/2026", "a day that may be another"),
        ("KC 931 ALA → DXB 3 Dec 2026\nKC 932 DXB → ALA", "the second has no day"),
        ("KC 931, KC 932\nALA → DXB\n3 Dec 2026", "which of the two it is"),
        ("3 Dec 2026 IST → LHR\nKC 931\nALA → DXB 5 Dec 2026", "above and below say two things"),
        ("KC 931 ALA → IST → DXB 3 Dec 2026", "three airports"),
    ] {
        let proposal = of_text(text);
        assert_eq!(proposal["legs"], json!([]), "{why}");
        assert!(codes(&proposal).contains(&"not_understood"), "{why}: {proposal}");
    }
    for text in ["", "Dear all,\nwe wish you a good journey.", "ALA → DXB 3 Dec 2026", "1 PC 23 KG\nFARE USD 640.00"]
    {
        assert_eq!(of_text(text), json!({ "origin": null, "legs": [], "notes": [] }), "{text}");
    }
}

#[test]
fn days_and_times_of_something_else_are_not_the_flight_s() {
    let text = "Issued 20 Nov 2026\nBorn 01.02.1990\nFlight KC 931\nBoarding 17:25\nALA → DXB\n3 Dec 2026\n18:05 21:30\nDuration 04:25";
    let proposal = of_text(&text.replace("Born", "Date of birth"));
    assert_eq!(proposal["legs"], json!([in_dubai(None)]));
    // two times that no plane has between the two are not believed
    let proposal = of_text("KC 931 ALA-DXB 3 Dec 2026 18:05 17:10");
    assert_eq!(codes(&proposal), ["from_text", "arrival_unknown"]);
}

#[test]
fn a_plane_that_lands_on_the_next_day_lands_on_the_next_day() {
    let proposal = of_text("KC 932 DXB-ALA 3 Dec 2026 22:45 04:20");
    assert_eq!(proposal["legs"][0]["from"], "2026-12-04");
}

/// What tickets are made of, in an order that none has.
const PIECES: [&str; 20] = [
    "KC 931",
    "TK1985",
    "ALA",
    "(DXB)",
    "IST → LHR",
    "03DEC26",
    "3 желтоқсан 2026",
    "2026 ж.",
    "18:05",
    "24:61",
    "é",
    "\n",
    "\n",
    " ",
    " ",
    "Dec 3",
    "31.02.2026",
    "ABC123",
    "23 KG",
    "İ\u{301}",
];

proptest! {
    #[test]
    fn whatever_a_ticket_says_reading_it_ends_and_every_leg_was_said(
        pieces in prop::collection::vec(prop_oneof![prop::sample::select(&PIECES[..]).prop_map(str::to_owned), "\\PC{0,8}"], 0..60),
    ) {
        let text = pieces.concat();
        for leg in of_text(&text)["legs"].as_array().unwrap() {
            let airport = leg["airport"].as_str().unwrap();
            prop_assert!(text.contains(airport), "{airport} of {text:?}");
        }
    }
}
