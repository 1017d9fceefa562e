//! What others wrote is seen as they meant it: the barcodes and tickets of `tests/fixtures/passes`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use reader::{Seen, Unseen, see};

const OUT: &str = "M1SAPAR/SALTANAT      EABC123 ALADXBKC 0931 337Y012A0025 100";
const BACK: &str = "M1SAPAR/SALTANAT      EABC123 DXBALAKC 0932 345Y014F0025 100";

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/passes").join(name)).unwrap()
}

fn seen(name: &str) -> Seen {
    see(&fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_barcode_is_read_as_its_writer_wrote_it() {
    for (name, text) in
        [("aztec.png", OUT), ("aztec.jpg", OUT), ("pdf417.png", OUT), ("qr.png", OUT), ("back.png", BACK)]
    {
        assert_eq!(seen(name), Seen { barcodes: vec![text.into()], lines: Vec::new() }, "{name}");
    }
}

#[test]
fn a_photo_of_a_pass_is_read_turned_tilted_blurred_and_in_the_shade() {
    for name in ["photo-aztec.jpg", "photo-qr.jpg", "photo-pdf417.jpg", "photo-pdf417-turned.jpg"] {
        assert_eq!(seen(name).barcodes, [OUT], "{name}");
    }
}

#[test]
fn all_passes_of_a_family_are_read_of_one_photo() {
    let mut barcodes = seen("family.jpg").barcodes;
    barcodes.sort();
    let names: Vec<&str> = barcodes.iter().map(|barcode| barcode[8..20].trim()).collect();
    assert_eq!(names, ["AISULU", "DAMIR", "SALTANAT", "YERLAN"]);
}

#[test]
fn a_picture_without_a_barcode_has_none() {
    assert_eq!(seen("sky.png"), Seen::default());
}

#[test]
fn the_text_of_a_ticket_is_read_in_its_lines() {
    for (name, flight, words) in [
        ("ticket-en.pdf", "Flight KC 931", ["3 December 2026", "Almaty (ALA) 18:05", "Dubai (DXB) 21:30"]),
        ("ticket-ru.pdf", "Рейс KC 931", ["3 декабря 2026", "Алматы (ALA) 18:05", "Дубай (DXB) 21:30"]),
        ("ticket-kk.pdf", "Рейс KC 931", ["2026 жылғы 3 желтоқсан", "Алматы (ALA) 18:05", "Дубай (DXB) 21:30"]),
    ] {
        let lines = seen(name).lines;
        let at = lines.iter().position(|line| line == flight).unwrap_or_else(|| panic!("{name}: {lines:?}"));
        assert_eq!(lines[at + 1..at + 4], words, "{name}");
    }
    let rows = seen("rows.pdf").lines;
    assert!(rows.iter().any(|row| row == "KC 911   ALA   IST   03DEC26   07:10  11:05  Y      23 KG"), "{rows:?}");
}

#[test]
fn a_barcode_on_a_page_is_read_beside_its_words() {
    let Seen { barcodes, lines } = seen("pass.pdf");
    assert_eq!(barcodes, [OUT]);
    assert!(lines.contains(&"KC 931  ALA-DXB  3 Dec 2026  18:05 21:30".to_owned()), "{lines:?}");
}

#[test]
fn a_pdf_that_opens_with_a_password_says_so_and_one_that_is_only_protected_is_read() {
    assert_eq!(see(&fixture("locked.pdf")), Err(Unseen::Locked));
    assert_eq!(seen("protected.pdf").lines, seen("ticket-en.pdf").lines);
    assert_eq!(seen("scan.pdf"), Seen::default());
}
