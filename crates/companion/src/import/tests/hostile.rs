//! Whatever a file holds, reading it ends in legs or in a refusal.

use proptest::prelude::*;
use testkit::at;

use super::super::{File, KINDS, Refusal};
use super::{boarding_passes, calendars, mails, read, with};

const NOW: &str = "2026-11-28T12:00:00Z";

#[test]
fn a_calendar_of_fifty_megabytes_is_refused_unread() {
    assert_eq!(read(&vec![b'B'; 50_000_000], at(NOW)), Err(Refusal::TooLarge));
}

#[test]
fn a_calendar_of_ten_thousand_flights_is_refused() {
    let flight = "BEGIN:VEVENT\nSUMMARY:KC 931 ALA DXB\nDTSTART:20261203T180500Z\nEND:VEVENT\n".repeat(10_000);
    assert_eq!(read(format!("BEGIN:VCALENDAR\n{flight}END:VCALENDAR").as_bytes(), at(NOW)), Err(Refusal::TooMuch));
}

#[test]
fn a_calendar_of_a_hundred_thousand_lines_is_read() {
    let lines = "X-NOTE:nothing to see here\n".repeat(100_000);
    let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}END:VEVENT\nEND:VCALENDAR");
    assert!(read(text.as_bytes(), at(NOW)).is_ok());
}

#[test]
fn what_is_nested_without_end_is_refused_or_passed_over() {
    for open in ["[", "{\"@graph\":[", "[{\"@type\":["] {
        assert_eq!(read(open.repeat(1_000_000).as_bytes(), at(NOW)), Err(Refusal::Damaged));
    }
    let begins = "BEGIN:VEVENT\n".repeat(1_000_000);
    assert_eq!(read(format!("BEGIN:VCALENDAR\n{begins}END:VCALENDAR").as_bytes(), at(NOW)), Err(Refusal::NoJourney));
}

#[test]
fn nothing_and_what_is_no_kind_of_ours_are_refused() {
    for bytes in [&b""[..], b"   ", b"Dear all,", b"\0\0\0\0"] {
        assert_eq!(read(bytes, at(NOW)), Err(Refusal::UnknownKind), "{bytes:?}");
    }
}

#[test]
fn every_kind_is_named_in_the_refusal_of_others() {
    let words = Refusal::UnknownKind.to_string();
    assert!(KINDS.iter().all(|kind| words.contains(kind.name)), "{words}");
}

/// Beginnings that some reader takes for its own, and pieces that lead it on.
const PIECES: [&str; 24] = [
    "BEGIN:VCALENDAR\n",
    "BEGIN:VEVENT\n",
    "END:VEVENT\n",
    "END:VCALENDAR",
    "SUMMARY:KC 931 ALA DXB\n",
    "SUMMARY:Hotel é\n",
    "DTSTART;TZID=Asia/Almaty:20261203T180500\n",
    "DTSTART;TZID=\":9999\n",
    "DTEND:20260231T996161Z\n",
    "DTEND;VALUE=DATE:-99990101\n",
    "X-KDE-KITINERARY-RESERVATION:",
    "[{\"@type\":\"FlightReservation\",\"reservationFor\":{",
    "\"flightNumber\":\"é\",",
    "}}]",
    "\\n\\,\\;",
    "\r\n ",
    "LOCATION:,,\u{301},\n",
    "<script type=\"application/ld+json\">",
    "</script>",
    "M1ABC/DEF             E",
    "From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
    "--x--\n",
    "PK\u{3}\u{4}",
    "\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_reader_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        every_reader(&bytes);
    }

    #[test]
    fn no_reader_panics_on_a_file_that_was_damaged(
        which in 0..whole_files().len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = whole_files().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        every_reader(&bytes);
        every_reader(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn no_reader_panics_on_what_looks_like_its_own(
        pieces in prop::collection::vec(prop_oneof![prop::sample::select(&PIECES[..]).prop_map(str::to_owned), "\\PC{0,12}"], 0..24),
    ) {
        every_reader(pieces.concat().as_bytes());
    }
}

fn whole_files() -> Vec<Vec<u8>> {
    let pass = br#"{"barcode":{"message":"x"},"relevantDate":"2026-12-03T18:05+05:00","boardingPass":{
        "transitType":"PKTransitTypeAir","primaryFields":[{"value":"ALA"},{"value":"DXB"}]}}"#;
    vec![
        calendars::calendar(calendars::FLIGHT).into_bytes(),
        boarding_passes::wallet(&[("icon.png", b"no picture"), ("pass.json", pass)]),
        boarding_passes::pass(&[boarding_passes::leg("ALA", "DXB", "KC 0931", "337")]).into_bytes(),
        mails::PAGE.into(),
        mails::mail(&[("text/html; charset=utf-8", mails::PAGE), ("text/calendar; name=a.ics", calendars::FLIGHT)])
            .into_bytes(),
    ]
}

/// Not only the one that the beginning chooses.
fn every_reader(bytes: &[u8]) {
    let _ = read(bytes, at(NOW));
    let file = File::new(bytes);
    for kind in &KINDS {
        if let Ok(found) = (kind.read)(&file, with(at(NOW))) {
            let _ = super::super::legs::legs(found);
        }
    }
}
