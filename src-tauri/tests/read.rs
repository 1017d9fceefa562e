//! `saparlas read FILE` prints the legs that a file proposes, opens no window and keeps nothing. Whoever looks at pictures
//! and PDF is another process of the same binary: whatever becomes of it, the answer is words.
#![cfg(not(any(target_os = "android", target_os = "ios")))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:KC 931 ALA-DXB\r\n\
    DTSTART;TZID=Asia/Almaty:20261203T180500\r\nDTEND;TZID=Asia/Dubai:20261203T223000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// Without a screen, on which every window would fail.
fn read(folder: &Path, file: &str) -> io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_saparlas"))
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("SAPARLAS_DATA", folder.join("data"))
        .env("HOME", folder)
        .args(["read", file])
        .output()
}

#[test]
fn the_legs_of_a_file_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("trip.ics"), CALENDAR).unwrap();
    let output = read(folder.path(), "trip.ics").unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let leg = serde_json::json!({
        "kind": "stay", "country": "AE", "airport": "DXB", "city": "ae-dubai",
        "from": "2026-12-03", "until": null, "flight": "KC 931", "address": null,
    });
    assert_eq!(printed, serde_json::json!({ "origin": "ALA", "legs": [leg], "notes": [] }));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is kept");
}

#[test]
fn a_file_that_is_not_read_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.txt"), "Dear all,").unwrap();
    for (file, words) in
        [("letter.txt", "this kind of file is not read"), ("missing.ics", "No such file"), (".", "director")]
    {
        let output = read(folder.path(), file).unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with(file) && said.contains(words), "{said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is kept");
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/passes").join(name)
}

/// What is said of a file of these bytes, which must not take longer than a person waits.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let since = Instant::now();
    let output = read(folder.path(), name).unwrap();
    assert!(since.elapsed() < Duration::from_secs(20), "{name} took {:?}", since.elapsed());
    assert_eq!(output.status.code(), Some(1), "{name}: {output:?}");
    assert!(output.stdout.is_empty(), "{name}: {output:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{name}: nothing is kept");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_picture_and_a_ticket_are_read_by_another_process() {
    let folder = tempfile::tempdir().unwrap();
    for (name, flight) in [("aztec.png", "KC 931"), ("photo-qr.jpg", "KC 931"), ("rows.pdf", "KC 911")] {
        let output = read(folder.path(), fixture(name).to_str().unwrap()).unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
        let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed["legs"][0]["flight"], flight, "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is kept");
}

#[test]
fn what_breaks_off_is_refused_in_words() {
    for name in ["aztec.png", "photo-qr.jpg", "ticket-en.pdf"] {
        let whole = fs::read(fixture(name)).unwrap();
        for part in [9, 40, whole.len() / 2] {
            let said = refusal(name, &whole[..part]);
            let words = ["damaged", "no barcode", "no text", "no flight"];
            assert!(words.iter().any(|words| said.contains(words)), "{name}, {part} bytes: {said}");
        }
    }
}

/// A PNG of grey, all of one colour, its sides as they are said to be.
fn png(width: u32, height: u32, packed: &[u8]) -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| {
        let named = [name, data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], &named, &crc32(&named).to_be_bytes()].concat()
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let chunks = [chunk(b"IHDR", &head), chunk(b"IDAT", packed), chunk(b"IEND", b"")].concat();
    [b"\x89PNG\r\n\x1a\n", &chunks[..]].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn a_picture_of_more_pixels_than_any_has_is_refused_unread() {
    let zeros = deflated(&vec![0; 1_000_000]);
    for (width, height) in [(60_000, 60_000), (u32::MAX, u32::MAX), (100_000, 10), (8001, 8000)] {
        let said = refusal("large.png", &png(width, height, &zeros));
        assert!(said.contains("more than a journey does") || said.contains("damaged"), "{width}×{height}: {said}");
    }
    let mut jpeg = fs::read(fixture("photo-qr.jpg")).unwrap();
    let sides = jpeg.windows(2).position(|bytes| bytes == [0xff, 0xc0]).unwrap() + 5;
    jpeg[sides..sides + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert!(refusal("large.jpg", &jpeg).contains("more than a journey does"));
}

/// As zlib packs it; of one byte over and over it makes a thousandth.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A PDF of these objects, numbered from 1, the first its catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend([format!("{} 0 obj\n", nth + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (at, size) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n").bytes());
    file
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// Of one page, which draws the object after it; that one may draw itself.
fn drawing(drawn: Vec<u8>) -> Vec<u8> {
    pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".into(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>".into(),
        stream("", b"/A Do"),
        drawn,
    ])
}

#[test]
fn a_pdf_that_never_ends_or_unpacks_to_more_than_there_is_room_for_is_refused_in_words() {
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /A 5 0 R >> >>";
    let packed = deflated(&deflated(&vec![b' '; 400_000_000]));
    let twice = format!("{form} /Filter [/FlateDecode /FlateDecode]");
    let picture =
        "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray";
    let pages = |kids: usize| {
        let mut objects: Vec<Vec<u8>> = vec![
            b"<< /Type /Catalog /Pages 2 0 R >>".into(),
            format!("<< /Type /Pages /Kids [{}] /Count {kids} >>", "3 0 R ".repeat(kids)).into(),
        ];
        objects.push(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>".into());
        pdf(&objects)
    };
    let of_itself = pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".into(),
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>".into(),
    ]);
    let nested = [&b"%PDF-1.7\n1 0 obj\n"[..], &b"[".repeat(2_000_000)].concat();
    for (name, file) in [
        ("draws-itself", drawing(stream(form, b"/A Do /A Do"))),
        ("bomb", drawing(stream(&twice, &packed))),
        ("large-picture", drawing(stream(picture, b""))),
        ("hundred-pages", pages(100)),
        ("pages-of-themselves", of_itself),
        ("nested", nested),
    ] {
        let said = refusal(&format!("{name}.pdf"), &file);
        let words = ["damaged", "more than a journey does", "no text", "too heavy"];
        assert!(words.iter().any(|words| said.contains(words)), "{name}: {said}");
    }
}

/// Asked outright, as the app asks it.
fn child(bytes: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_saparlas"))
        .args(["read", "--child"])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn whoever_looks_says_what_it_saw_and_nothing_else() {
    let output = child(&fs::read(fixture("link.png")).unwrap());
    assert_eq!(output.stdout, br#"{"Ok":{"barcodes":["https://example.com/check-in"],"lines":[]}}"#);
    assert_eq!(child(b"%PDF-1.7").stdout, br#"{"Err":"damaged"}"#);
}
