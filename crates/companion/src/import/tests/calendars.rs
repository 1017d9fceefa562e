//! Calendars: flights and hotels that are told by the words of an entry.

use serde_json::{Value, json};
use testkit::at;

use super::{super::Refusal, read};

pub fn calendar(event: &str) -> String {
    let event = event.trim().replace('\n', "\r\n");
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
}

fn proposed(bytes: &[u8]) -> Value {
    serde_json::to_value(read(bytes, at("2026-11-28T12:00:00Z")).unwrap()).unwrap()
}

pub const FLIGHT: &str = "
SUMMARY:Рейс KC 931 Алматы (ALA) → Дубай (DXB)
DTSTART;TZID=Asia/Almaty:20261203T180500
DTEND:20261203T183000Z
BEGIN:VALARM
SUMMARY:AB 1 from TXL to HEL
BEGIN:X-DEEP
END:X-DEEP
END:VALARM
";

#[test]
fn a_flight_is_told_by_its_number_and_two_airports() {
    let proposal = proposed(calendar(FLIGHT).as_bytes());
    assert_eq!(proposal["origin"], "ALA");
    let leg = &proposal["legs"][0];
    assert_eq!([&leg["airport"], &leg["flight"], &leg["from"]], ["DXB", "KC 931", "2026-12-03"]);
    assert_eq!(proposal["notes"], json!([]));
}

#[test]
fn a_calendar_reads_alike_in_every_encoding() {
    let text = calendar(
        "SUMMARY:Отель «Қазақстан»\nLOCATION:Невский проспект 1, Санкт-Петербург, Россия\nDTSTART;VALUE=DATE:20261203\nDTEND;VALUE=DATE:20261206",
    );
    let expected = proposed(text.as_bytes());
    assert_eq!([&expected["legs"][0]["country"], &expected["legs"][0]["until"]], ["RU", "2026-12-05"]);
    let units = text.encode_utf16();
    let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(units.clone().flat_map(u16::to_le_bytes)).collect();
    let unmarked: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
    assert_eq!(proposed(&little), expected);
    assert_eq!(proposed(&unmarked), expected);
    let russian = text.replace('Қ', "К").replace('қ', "к");
    let windows: Vec<u8> = russian
        .chars()
        .map(|letter| match letter {
            'А'..='я' => u8::try_from(u32::from(letter) - 0x410 + 0xc0).unwrap(),
            '«' => 0xab,
            '»' => 0xbb,
            other => u8::try_from(other).unwrap(),
        })
        .collect();
    assert_eq!(proposed(&windows), proposed(russian.as_bytes()));
}

#[test]
fn a_calendar_of_meetings_says_how_many_they_are() {
    let proposal = proposed(calendar("SUMMARY:Жоспарлау\nDTSTART:20261203T080000Z\nDTEND:20261203T090000Z").as_bytes());
    assert_eq!(proposal["legs"], json!([]));
    assert_eq!(proposal["notes"], json!([{ "code": "other_entries", "about": "1" }]));
}

#[test]
fn an_entry_that_was_called_off_is_no_leg() {
    let proposal = proposed(calendar(&format!("{}\nSTATUS:CANCELLED", FLIGHT.trim())).as_bytes());
    assert_eq!(proposal["legs"], json!([]));
    assert_eq!(proposal["notes"][0]["code"], "cancelled");
}

#[test]
fn a_calendar_that_was_cut_off_is_refused() {
    let whole = calendar(FLIGHT);
    assert_eq!(read(&whole.as_bytes()[..whole.len() - 20], at("2026-11-28T12:00:00Z")), Err(Refusal::Damaged));
}
