use crate::support::{Ministry, run, said};

#[test]
fn init_refuses_a_folder_that_holds_a_ministry_and_changes_nothing() {
    let ministry = Ministry::new();
    let before = std::fs::read(ministry.desk().join("root-1.key")).unwrap();
    let again = run(&["init", "--data", ministry.inside.path().to_str().unwrap()]);
    assert!(!again.status.success());
    assert!(said(&again).contains("there is a ministry here already"), "{}", said(&again));
    assert_eq!(std::fs::read(ministry.desk().join("root-1.key")).unwrap(), before);
    assert!(!ministry.inside.path().join("front").exists());
}

#[test]
fn the_profile_names_a_demo_ministry_in_three_languages() {
    let profile = Ministry::new().profile();
    assert!(profile.demo);
    assert_eq!(profile.line.number.as_str(), "+442079460100");
    assert_eq!(profile.home_time_zone, "Asia/Almaty");
    assert_eq!(profile.languages.len(), 3);
    assert!(profile.name.is_complete(&profile.languages));
}

#[test]
fn the_addresses_are_written_into_what_is_made() {
    let folder = tempfile::TempDir::new().unwrap();
    let made = run(&["init", "--data", folder.path().to_str().unwrap(), "--listen", "127.0.0.1:9001"]);
    assert!(made.status.success());
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(read("profile.json").contains("\"http://127.0.0.1:9001\""));
    assert!(read("front/settings.json").contains("\"inside\": \"127.0.0.1:9002\""), "the port after it");
    assert!(read("desk/settings.json").contains("\"http://127.0.0.1:9002/\""));
}

#[cfg(unix)]
#[test]
fn every_file_of_desk_and_front_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let ministry = Ministry::new();
    let served = ministry.serve();
    let front = ministry.outside.path().join("front");
    let folders = [ministry.desk(), ministry.desk().join("keys"), front];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.is_file()).collect();
    assert!(files.iter().any(|path| path.ends_with("register.db-wal")), "{files:?}");
    assert!(files.len() >= 15);
    for path in files {
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
    drop(served);
}

#[test]
fn a_front_that_is_not_there_is_said_in_plain_words() {
    let folder = tempfile::TempDir::new().unwrap();
    let served = run(&["serve", "--data", folder.path().to_str().unwrap()]);
    assert!(!served.status.success());
    assert!(said(&served).contains("settings.json in the front's folder cannot be read"), "{}", said(&served));
}

#[test]
fn a_database_newer_than_the_program_is_refused_and_left_untouched() {
    let ministry = Ministry::new();
    let path = ministry.outside.path().join("front/register.db");
    let database = rusqlite::Connection::open(&path).unwrap();
    let newer = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (999, 'x', '', '')";
    database.execute(newer, []).unwrap();
    drop(database);
    let before = std::fs::read(&path).unwrap();
    let served = run(&["serve", "--data", ministry.outside.path().to_str().unwrap()]);
    assert!(!served.status.success());
    assert!(said(&served).contains("newer than this program"), "{}", said(&served));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn credentials_come_in_from_this_machine_and_go_out_over_https_only() {
    let ministry = Ministry::new();
    let data = ministry.outside.path().to_str().unwrap();
    let served = run(&["serve", "--data", data, "--listen", "127.0.0.1:0", "--inside", "0.0.0.0:0"]);
    assert!(!served.status.success());
    assert!(said(&served).contains("0.0.0.0:0 is open to others"), "{}", said(&served));
    let place = ["--country", "AE", "--at", "2026-01-01T00:00:00Z"];
    let desk = ministry.inside.path().to_str().unwrap();
    let counted = run(&[&["headcount", "--data", desk, "--inside", "http://front.example"], &place[..]].concat());
    assert!(said(&counted).contains("a credential goes over https"), "{}", said(&counted));
}
