//! Pages and mails, and what is attached to them.

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};
use testkit::at;

use super::{super::Refusal, read};

pub const PAGE: &str = r#"<!DOCTYPE html><html><body><p>Рахмет!</p>
<script>if (1 < 2) { document.write("<script type='application/ld+json'>") }</script>
<script type="application/ld+json">{ "@type": "FlightReservation", "reservationFor": {
    "flightNumber": "931", "airline": { "iataCode": "KC" }, "departureTime": "2026-12-03T18:05:00+05:00",
    "departureAirport": { "iataCode": "ALA" }, "arrivalAirport": { "iataCode": "DXB" },
    "arrivalTime": "2026-12-03T22:30:00+04:00" } }</script></body></html>"#;

fn proposed(bytes: &[u8]) -> Value {
    serde_json::to_value(read(bytes, at("2026-11-28T12:00:00Z")).unwrap()).unwrap()
}

fn arrives(proposal: &Value) -> [&Value; 3] {
    let leg = &proposal["legs"][0];
    assert_eq!(proposal["legs"].as_array().unwrap().len(), 1, "{proposal}");
    [&leg["airport"], &leg["flight"], &leg["from"]]
}

pub fn mail(parts: &[(&str, &str)]) -> String {
    let part = |(kind, body): &(&str, &str)| format!("--x\r\nContent-Type: {kind}\r\n\r\n{body}\r\n");
    let parts: String = parts.iter().map(part).collect();
    format!(
        "From: KC <a@example.kz>\r\nSubject: Trip\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{parts}--x--\r\n"
    )
}

#[test]
fn a_page_is_read_by_its_json_ld_alone() {
    assert_eq!(arrives(&proposed(PAGE.as_bytes())), ["DXB", "KC 931", "2026-12-03"]);
    assert_eq!(read(b"<html><body>ALA DXB</body></html>", at("2026-11-28T12:00:00Z")), Err(Refusal::NoJourney));
}

#[test]
fn a_script_in_a_comment_is_none_and_one_in_capitals_is_one() {
    let now = at("2026-11-28T12:00:00Z");
    assert_eq!(read(format!("<html><!-- {PAGE} -->").as_bytes(), now), Err(Refusal::NoJourney));
    let capitals = PAGE.replace("script", "SCRIPT").replace("type=", "data-x='>' TYPE=");
    assert_eq!(arrives(&proposed(capitals.as_bytes())), ["DXB", "KC 931", "2026-12-03"]);
}

#[test]
fn a_script_that_is_no_json_is_noted_and_the_others_stand() {
    let proposal = proposed(format!("{PAGE}<script type=application/ld+json>{{</script>").as_bytes());
    assert_eq!(arrives(&proposal), ["DXB", "KC 931", "2026-12-03"]);
    assert_eq!(proposal["notes"][0]["code"], "not_understood");
}

#[test]
fn a_mail_is_read_by_its_page() {
    let text = mail(&[("text/plain", "Flight KC 931"), ("text/html; charset=utf-8", PAGE)]);
    assert_eq!(arrives(&proposed(text.as_bytes())), ["DXB", "KC 931", "2026-12-03"]);
}

#[test]
fn a_calendar_attached_to_a_forwarded_mail_is_read_and_a_file_of_another_kind_is_noted() {
    let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:KC 931 ALA-DXB\r\nDTSTART:20261203T130500Z\r\nDTEND:20261203T183000Z\r\nEND:VEVENT\r\nEND:VCALENDAR";
    let inner = mail(&[("text/calendar; name=trip.ics", calendar), ("application/pdf; name=ticket.pdf", "%PDF-1.7")]);
    let proposal = proposed(mail(&[("message/rfc822", &inner)]).as_bytes());
    assert_eq!(arrives(&proposal), ["DXB", "KC 931", "2026-12-03"]);
    assert_eq!(proposal["notes"], json!([{ "code": "not_read", "about": "ticket.pdf" }]));
}

#[test]
fn mails_inside_mails_without_end_are_refused() {
    let now = at("2026-11-28T12:00:00Z");
    let head = "From: a@example.kz\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n";
    let inside = |depth: usize| format!("{head}\r\n").repeat(depth) + &mail(&[("text/html", PAGE)]);
    assert_eq!(arrives(&proposed(inside(4).as_bytes())), ["DXB", "KC 931", "2026-12-03"]);
    assert_eq!(read(inside(10).as_bytes(), now), Err(Refusal::TooMuch));
    assert_eq!(read(inside(100_000).as_bytes(), now), Err(Refusal::TooMuch));
    // the depth is unseen from without
    for kind in ["message/rfc822", "MESSAGE / Global", "message/(a mail)rfc822", "message/\r\n rfc822"] {
        let packed = BASE64_STANDARD.encode(inside(100_000));
        let text =
            format!("From: a@example.kz\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{packed}");
        assert_eq!(read(text.as_bytes(), now), Err(Refusal::TooMuch), "{kind}");
    }
}
