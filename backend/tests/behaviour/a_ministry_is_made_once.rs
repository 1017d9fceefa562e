use crate::support::{Ministry, run, said};

#[test]
fn init_refuses_a_folder_that_holds_a_ministry_and_changes_nothing() {
    let ministry = Ministry::new();
    let before = std::fs::read(ministry.desk().join("root.key")).unwrap();
    let again = run(&["init", "--data", ministry.inside.path().to_str().unwrap()]);
    assert!(!again.status.success());
    assert!(said(&again).contains("there is a ministry here already"), "{}", said(&again));
    assert_eq!(std::fs::read(ministry.desk().join("root.key")).unwrap(), before);
    assert!(!ministry.inside.path().join("front").exists());
}

#[test]
fn the_profile_names_a_demo_ministry_in_three_languages() {
    let profile = Ministry::new().profile();
    assert!(profile.demo);
    assert_eq!(profile.front, "http://127.0.0.1:8787");
    assert_eq!(profile.line.number, "+442079460100");
    assert_eq!(profile.home_time_zone, "Asia/Almaty");
    assert!(profile.name.is_complete());
}

#[test]
fn the_front_of_the_profile_is_an_option() {
    let folder = tempfile::TempDir::new().unwrap();
    let made = run(&["init", "--data", folder.path().to_str().unwrap(), "--front", "https://front.example/"]);
    assert!(made.status.success());
    let profile = std::fs::read_to_string(folder.path().join("profile.json")).unwrap();
    assert!(profile.contains("\"https://front.example\""), "{profile}");
}

#[cfg(unix)]
#[test]
fn private_keys_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let ministry = Ministry::new();
    let files = std::fs::read_dir(ministry.desk()).unwrap().map(|file| file.unwrap().path());
    let head_key = ministry.outside.path().join("front/head.key");
    let files: Vec<_> = files.filter(|path| path.is_file()).chain([head_key]).collect();
    assert!(files.len() >= 6);
    for path in files {
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn a_front_that_is_not_there_is_said_in_plain_words() {
    let folder = tempfile::TempDir::new().unwrap();
    let served = run(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", "127.0.0.1:0"]);
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
    let served = run(&["serve", "--data", ministry.outside.path().to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert!(!served.status.success());
    assert!(said(&served).contains("newer than this program"), "{}", said(&served));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
