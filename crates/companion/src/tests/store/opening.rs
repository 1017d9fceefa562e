//! A file that is not ours to write is told from one that is, and left as it was.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{NOW, open, open_as, trip_id, trips};
use testkit::Ministry;

use crate::{error::Trouble, testing::dubai};

fn file(folder: &Path) -> PathBuf {
    folder.join("saparlas.db")
}

fn trouble(folder: &Path) -> Option<Trouble> {
    open_as(folder, &Ministry::new(1).profile(), NOW).err()
}

/// Everything in the folder that holds something.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // the index of the write-ahead log is no data, and an empty log says nothing
    files
        .filter(|path| !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect()
}

fn saved() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).save_trip(trip_id(1), &dubai()).unwrap();
    folder
}

#[test]
fn a_folder_that_is_not_there_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("one/two");
    assert!(trips(&open(&deep)).is_empty());
    assert!(file(&deep).exists());
}

/// A file as an app of a later version leaves it, which may be opened by one that knows `lowest` migrations.
fn of_a_later_app(lowest: u32) -> tempfile::TempDir {
    let folder = saved();
    let connection = rusqlite::Connection::open(file(folder.path())).unwrap();
    connection
        .execute(
            "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
             SELECT max(version) + 1, 'later', applied_on, checksum FROM refinery_schema_history",
            [],
        )
        .unwrap();
    connection.execute("UPDATE setting SET value = ?1 WHERE name = 'lowest_schema'", [lowest.to_string()]).unwrap();
    folder
}

#[test]
fn a_file_newer_than_the_program_is_refused_and_not_one_byte_of_it_changes() {
    let folder = of_a_later_app(999);
    let before = contents(folder.path());
    assert_eq!(trouble(folder.path()), Some(Trouble::DataIsNewer));
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn what_a_newer_program_only_added_stands_in_no_older_one_s_way() {
    let folder = of_a_later_app(1);
    assert_eq!(trips(&open(folder.path())), [(trip_id(1), dubai())]);
    let connection = rusqlite::Connection::open(file(folder.path())).unwrap();
    let lowest: String =
        connection.query_row("SELECT value FROM setting WHERE name = 'lowest_schema'", [], |row| row.get(0)).unwrap();
    assert_eq!(lowest, "18");
}

#[test]
fn a_file_of_another_ministry_is_refused_and_not_one_byte_of_it_changes() {
    let folder = saved();
    let before = contents(folder.path());
    let other = open_as(folder.path(), &Ministry::new(2).profile(), NOW);
    assert_eq!(other.err(), Some(Trouble::DataOfAnotherMinistry));
    assert_eq!(contents(folder.path()), before);
    assert_eq!(trips(&open(folder.path())).len(), 1);
}

fn set(folder: &Path, setting: &str, value: &str) {
    let connection = rusqlite::Connection::open(file(folder)).unwrap();
    connection.execute("UPDATE setting SET value = ?2 WHERE name = ?1", [setting, value]).unwrap();
}

#[test]
fn what_the_file_says_of_itself_and_is_damaged_makes_it_nobody_else_s() {
    let own = Ministry::new(1).profile().fingerprint().to_string();
    let garbled = [own.replacen(&own[7..9], "00", 1), own[..40].to_owned(), "x".repeat(64), String::new()];
    for value in garbled {
        let folder = saved();
        set(folder.path(), "ministry", &value);
        assert_eq!(trips(&open(folder.path())).len(), 1, "{value}");
        let other = open_as(folder.path(), &Ministry::new(2).profile(), NOW);
        assert_eq!(other.err(), Some(Trouble::DataOfAnotherMinistry), "it is said anew");
    }
    for value in ["70", "x", ""] {
        let folder = saved();
        set(folder.path(), "lowest_schema", value);
        assert_eq!(trips(&open(folder.path())).len(), 1, "{value}");
    }
}

#[test]
fn a_ministry_that_only_changed_its_name_finds_its_data() {
    let folder = saved();
    let mut profile = Ministry::new(1).profile();
    profile.name = testkit::words("Renamed");
    assert_eq!(trips(&open_as(folder.path(), &profile, NOW).unwrap()).len(), 1);
}

#[test]
fn a_folder_that_is_a_file_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "a letter").unwrap();
    assert_eq!(trouble(&path), Some(Trouble::FolderNotWritable));
    assert_eq!(trouble(&path.join("below")), Some(Trouble::FolderNotWritable));
    assert_eq!(fs::read_to_string(&path).unwrap(), "a letter");
}

#[test]
fn a_file_that_is_a_folder_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(file(folder.path())).unwrap();
    assert_eq!(trouble(folder.path()), Some(Trouble::FolderNotWritable));
}

#[test]
fn a_folder_that_can_only_be_read_cannot_be_written() {
    // root may write where permissions say no, so the folder is mounted for reading only
    let Some(mount) = super::full_disk::Mount::new("1m") else { return };
    assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(mount.path()).status().unwrap().success());
    assert_eq!(trouble(mount.path()), Some(Trouble::FolderNotWritable));
    assert_eq!(trouble(&mount.path().join("below")), Some(Trouble::FolderNotWritable));
    assert!(Command::new("mount").args(["-o", "remount,rw"]).arg(mount.path()).status().unwrap().success());
    open(mount.path()).save_trip(trip_id(1), &dubai()).unwrap();
    assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(mount.path()).status().unwrap().success());
    let before = contents(mount.path());
    assert_eq!(trouble(mount.path()), Some(Trouble::FolderNotWritable));
    assert_eq!(contents(mount.path()), before);
}

#[test]
fn a_file_whose_making_was_cut_short_is_made_again() {
    let (made, left) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let connection = rusqlite::Connection::open(made.path().join("saparlas.db")).unwrap();
    // so much that some of it is in the file before it is committed
    let begun = "PRAGMA cache_size = 1; BEGIN; CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(1000000))";
    connection.execute_batch(begun).unwrap();
    for name in ["saparlas.db", "saparlas.db-journal"] {
        std::fs::copy(made.path().join(name), left.path().join(name)).unwrap();
    }
    let store = open(left.path());
    store.save_trip(trip_id(1), &dubai()).unwrap();
    assert_eq!(trips(&store), [(trip_id(1), dubai())]);
}

#[test]
fn a_newer_file_opens_where_this_program_knows_just_enough_of_it() {
    let folder = saved();
    let connection = rusqlite::Connection::open(file(folder.path())).unwrap();
    let sql = "SELECT max(version) FROM refinery_schema_history";
    let newest: u32 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(trouble(of_a_later_app(newest).path()), None);
    assert_eq!(trouble(of_a_later_app(newest + 1).path()), Some(Trouble::DataIsNewer));
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_what_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    drop(open(&made));
    assert_eq!((mode(&made), mode(&file(&made))), (0o700, 0o600));
    // nor a file that was open to others
    fs::set_permissions(file(&made), fs::Permissions::from_mode(0o644)).unwrap();
    drop(open(&made));
    assert_eq!(mode(&file(&made)), 0o600);
}
