//! `saparlas read FILE` prints the legs that a file proposes, opens no window and keeps nothing.
#![cfg(not(any(target_os = "android", target_os = "ios")))]

use std::{
    fs, io,
    path::Path,
    process::{Command, Output},
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
