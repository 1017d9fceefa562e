use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
    process::Command,
};

use contract::hash::Hash;

use crate::support::{Ministry, said};

/// A file of a ministry, and a command that reads it.
const FILES: [(&str, &[&str]); 14] = [
    ("front/settings.json", SERVE),
    ("front/bulletin.db", SERVE),
    ("front/register.db", SERVE),
    ("front/head-1.key", SERVE),
    ("desk/settings.json", WATERMARK),
    ("desk/ledger", WATERMARK),
    ("desk/log", &["repair"]),
    ("desk/keys/1.json", &["keys"]),
    ("desk/publish-1.key", WATERMARK),
    ("desk/publish.credential", WATERMARK),
    ("desk/watermark.json", &["repair"]),
    ("desk/unposted", &["repair"]),
    ("desk/records.db", &["cases", "--inside", "127.0.0.1:1"]),
    ("desk/audit", &["doctor"]),
];
const SERVE: &[&str] = &["serve", "--listen", "127.0.0.1:0", "--inside", "127.0.0.1:0"];
const WATERMARK: &[&str] = &["watermark", "--inside", "127.0.0.1:1"];

type Put = fn(&Path);

/// What may stand in a file's place.
const KINDS: [(&str, Put); 7] = [
    ("a folder", |path| std::fs::create_dir(path).unwrap()),
    ("a pipe", |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
    ("an empty file", |path| drop(File::create(path).unwrap())),
    ("a gigabyte", |path| File::create(path).unwrap().set_len(1 << 30).unwrap()),
    ("no text", |path| std::fs::write(path, b"\xff\xfe\n\x00\xc3\x28\n").unwrap()),
    ("a database of others", |path| {
        rusqlite::Connection::open(path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    }),
    ("a file that is shut", |path| {
        use std::os::unix::fs::PermissionsExt;
        let shut = File::create(path).unwrap();
        shut.set_permissions(std::fs::Permissions::from_mode(0o000)).unwrap();
    }),
];

/// Of a log, what is no whole line is no loss: the front has it.
const NO_LOSS: [&str; 3] = ["an empty file", "a database of others", "a file that is shut"];

fn ministry_in(data: &Path, command: &[&str]) -> std::process::Output {
    // who waits for a pipe is ended
    let mut run = Command::new("timeout");
    run.args(["60", env!("CARGO_BIN_EXE_ministry"), command[0], "--data"]).arg(data).args(&command[1..]);
    run.output().unwrap()
}

/// Every file by its name, but for what SQLite puts beside its own, the locks, and what the desk reads anew.
fn all(folder: &Path, found: &mut BTreeMap<PathBuf, Option<Hash>>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let passing = name.ends_with("-wal") || name.ends_with("-shm") || name == "lock" || name == "records.db";
        if path.is_dir() {
            all(&path, found);
        } else if !passing {
            let small = path.metadata().unwrap();
            let is_small = small.is_file() && small.len() < 1 << 20;
            found.insert(path.clone(), is_small.then(|| Hash::of(&std::fs::read(&path).unwrap_or_default())));
        }
    }
}

#[test]
fn whatever_stands_in_a_files_place_a_command_says_so_in_words_and_changes_nothing() {
    let ministry = Ministry::new();
    let data = ministry.inside.path();
    std::fs::rename(ministry.outside.path().join("front"), data.join("front")).unwrap();
    std::fs::write(data.join("desk/audit"), "").unwrap();
    std::fs::write(data.join("desk/records.db"), "").unwrap();
    for (name, command) in FILES {
        let (path, held) = (data.join(name), ministry.outside.path().join("held"));
        // a database that was not shut keeps what is newest beside it, and that is not the other's
        let beside = ["-wal", "-shm"].map(|end| (data.join(format!("{name}{end}")), held.with_extension(&end[1..])));
        std::fs::rename(&path, &held).unwrap();
        let moved: Vec<_> = beside.into_iter().filter(|(path, held)| std::fs::rename(path, held).is_ok()).collect();
        for (kind, put) in KINDS {
            put(&path);
            let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
            all(data, &mut before);
            // a database that was not shut takes what is newest from beside it, whoever opens it
            let log = |path: &PathBuf| PathBuf::from(format!("{}-wal", path.display()));
            let unshut: Vec<PathBuf> = before.keys().filter(|path| log(path).exists()).cloned().collect();
            let ran = ministry_in(data, command);
            all(data, &mut after);
            for path in unshut {
                before.remove(&path);
                after.remove(&path);
            }
            let told = format!("{kind} as {name}: {:?} {}", ran.status.code(), said(&ran));
            let is_right = name == "desk/unposted" && kind == "a folder";
            let may_go_on = is_right || (name == "desk/log" && NO_LOSS.contains(&kind));
            let code = ran.status.code().unwrap();
            assert!(code == 1 || code == 2 || (code == 0 && may_go_on), "{told}");
            assert!(!told.contains("panicked"), "{told}");
            assert!(after == before, "{told}");
            let removed = if path.is_dir() { std::fs::remove_dir(&path) } else { std::fs::remove_file(&path) };
            removed.unwrap();
        }
        std::fs::rename(&held, &path).unwrap();
        for (path, held) in moved {
            std::fs::rename(held, path).unwrap();
        }
    }
    let repaired = ministry_in(data, &["repair"]);
    assert!(repaired.status.success(), "{}", said(&repaired));
}

#[test]
fn what_is_no_folder_in_the_place_of_a_part_is_no_absence() {
    let ministry = Ministry::new();
    let (data, copy) = (ministry.inside.path(), ministry.outside.path().join("copy"));
    std::fs::write(data.join("front"), "").unwrap();
    let out = copy.to_str().unwrap();
    for command in [&["doctor"][..], &["repair"], &["backup", out]] {
        let refused = ministry_in(data, command);
        let words = "front is no part of a ministry: not a directory";
        assert!(!refused.status.success() && said(&refused).contains(words), "{command:?}: {}", said(&refused));
    }
    std::fs::remove_file(data.join("front")).unwrap();
    std::os::unix::fs::symlink("nowhere", data.join("front")).unwrap();
    let refused = ministry_in(data, &["doctor"]);
    assert!(said(&refused).contains("front is no part of a ministry"), "{}", said(&refused));
}
