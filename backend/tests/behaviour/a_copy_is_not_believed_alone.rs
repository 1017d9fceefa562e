use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use contract::hash::Hash;
use serde_json::{Value, json};

use crate::support::{Ministry, advisory, run, said};

fn backup(data: &Path, out: &Path) -> Output {
    run(&["backup", "--data", data.to_str().unwrap(), out.to_str().unwrap()])
}

fn restore(data: &Path, from: &Path) -> Output {
    run(&["restore", "--data", data.to_str().unwrap(), from.to_str().unwrap()])
}

/// A ministry whose front and desk lie in one folder, and a copy of it.
fn copied() -> (Ministry, PathBuf) {
    let ministry = Ministry::new();
    std::fs::rename(ministry.outside.path().join("front"), ministry.inside.path().join("front")).unwrap();
    let copy = ministry.outside.path().join("copy");
    let made = backup(ministry.inside.path(), &copy);
    assert!(made.status.success(), "{}", said(&made));
    (ministry, copy)
}

/// Changes a file of a copy, and its hash in the list: nobody sees by the list that it was changed.
fn exchange(copy: &Path, name: &str, change: impl FnOnce(String) -> String) {
    let path = copy.join(name);
    std::fs::write(&path, change(std::fs::read_to_string(&path).unwrap())).unwrap();
    list_anew(copy, name);
}

fn list_anew(copy: &Path, name: &str) {
    let list = copy.join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(&list).unwrap()).unwrap();
    manifest["files"][name] = json!(Hash::of(&std::fs::read(copy.join(name)).unwrap()));
    std::fs::write(list, manifest.to_string()).unwrap();
}

fn theirs(settings: String, ministry: &Ministry) -> String {
    let mut settings: Value = serde_json::from_str(&settings).unwrap();
    settings["roots"] = json!(ministry.profile().roots);
    settings.to_string()
}

fn lose(ministry: &Ministry, names: &[&str]) {
    for name in names {
        std::fs::remove_file(ministry.inside.path().join(name)).unwrap();
    }
}

#[test]
fn what_was_copied_is_known_by_one_line() {
    let ministry = Ministry::new();
    let copy = ministry.outside.path().join("copy");
    let made = said(&backup(ministry.inside.path(), &copy));
    let sum = Command::new("sha256sum").arg(copy.join("manifest.json")).output().unwrap().stdout;
    let sum = String::from_utf8(sum).unwrap().split(' ').next().unwrap().to_owned();
    let line = format!("manifest.json has the SHA-256 {sum}");
    assert!(made.contains(&line), "{made}");
    assert!(said(&restore(ministry.inside.path(), &copy)).contains(&line));
}

#[test]
fn settings_and_key_sets_that_are_there_stay() {
    let (ministry, copy) = copied();
    for name in ["front/settings.json", "desk/settings.json"] {
        exchange(&copy, name, |text| text.replace("http://127.0.0.1:0", "https://evil.example"));
    }
    exchange(&copy, "desk/keys/1.json", |_| "{}".to_owned());
    let held = |name: &str| std::fs::read(ministry.inside.path().join(name)).unwrap();
    let names = ["front/settings.json", "desk/settings.json", "desk/keys/1.json"];
    let before = names.map(held);
    lose(&ministry, &["desk/ledger"]);
    let restored = restore(ministry.inside.path(), &copy);
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(said(&restored).contains("desk: restored") && !said(&restored).contains("compare"), "{}", said(&restored));
    assert_eq!(names.map(held), before);
}

#[tokio::test]
async fn settings_and_key_sets_that_are_lost_come_back_and_what_the_desk_knows_beside_them_stays() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let copy = ministry.outside.path().join("copy");
    assert!(
        !ministry
            .publish("127.0.0.1:1", &[&ministry.file("a.json", advisory("a", None, "Leave").to_string())])
            .status
            .success()
    );
    assert!(backup(ministry.inside.path(), &copy).status.success());
    assert!(ministry.confirm(&served.inside).status.success());
    for lost in ["desk/settings.json", "desk/keys/1.json"] {
        let held = ["desk/ledger", "desk/log"].map(|name| std::fs::read(ministry.inside.path().join(name)).unwrap());
        lose(&ministry, &[lost]);
        let restored = said(&restore(ministry.inside.path(), &copy));
        assert!(restored.contains("desk: restored as of"), "{lost}: {restored}");
        let stays = ["desk/ledger", "desk/log"].map(|name| std::fs::read(ministry.inside.path().join(name)).unwrap());
        assert!(stays == held && !ministry.desk().join("restored").exists(), "{lost}");
        assert_eq!(std::fs::read_dir(ministry.desk().join("unposted")).unwrap().count(), 0, "what was posted since");
        assert!(ministry.confirm(&served.inside).status.success(), "{lost}");
    }
    let restored = said(&restore(ministry.inside.path(), &copy));
    assert!(restored.contains("desk: left as it is"), "{restored}");
}

#[test]
fn a_copy_that_names_other_root_keys_than_what_is_there_is_refused() {
    let (ministry, copy) = copied();
    let other = Ministry::new();
    for lost in ["front/settings.json", "desk/settings.json"] {
        let data = ministry.inside.path();
        let held = std::fs::read(copy.join(lost)).unwrap();
        exchange(&copy, lost, |text| theirs(text, &other));
        lose(&ministry, &[lost]);
        let ledger = std::fs::rename(data.join("desk/ledger"), data.join("ledger"));
        let before = std::fs::read(data.join("front/bulletin.db")).unwrap();
        let refused = restore(data, &copy);
        // the front's own log is not believed under other roots, nor are the desk's key sets
        assert!(!refused.status.success(), "{}", said(&refused));
        let why = if lost == "front/settings.json" {
            "the log in this copy cannot be put back"
        } else {
            "the desk's key sets are not believed"
        };
        assert!(said(&refused).contains(&format!("nothing was changed: {why}")), "{}", said(&refused));
        assert_eq!(std::fs::read(data.join("front/bulletin.db")).unwrap(), before);
        assert!(!data.join("desk/ledger").exists() && !data.join(lost).exists());
        ledger.and_then(|()| std::fs::rename(data.join("ledger"), data.join("desk/ledger"))).unwrap();
        std::fs::write(copy.join(lost), &held).unwrap();
        std::fs::write(data.join(lost), &held).unwrap();
        list_anew(&copy, lost);
    }
    // a whole copy of another ministry, keys and all, under the profile of this one
    let foreign = other.outside.path().join("copy");
    assert!(backup(other.outside.path(), &foreign).status.success());
    lose(&ministry, &["front/settings.json"]);
    let refused = restore(ministry.inside.path(), &foreign);
    assert!(said(&refused).contains("name other root keys: they are not of one ministry"), "{}", said(&refused));
}

#[test]
fn what_only_the_copy_says_is_said_for_a_person_to_compare() {
    let (ministry, copy) = copied();
    lose(&ministry, &["front/settings.json", "desk/settings.json", "desk/ledger"]);
    let restored = said(&restore(ministry.inside.path(), &copy));
    let public = &ministry.profile().roots.keys[0].public;
    for part in ["front", "desk"] {
        let words = format!("compare {part}: its settings.json is the copy's; the root keys are root-1 {public}; ");
        assert!(restored.contains(&words), "{restored}");
    }
    assert!(restored.contains("it asks the front at http://127.0.0.1:0/"), "{restored}");
}

#[test]
fn a_log_that_does_not_prove_itself_or_a_ledger_that_cannot_be_read_is_not_put_back() {
    let (ministry, copy) = copied();
    let data = ministry.inside.path();
    lose(&ministry, &["desk/ledger"]);
    let before = std::fs::read(data.join("front/bulletin.db")).unwrap();
    let database = rusqlite::Connection::open(copy.join("front/bulletin.db")).unwrap();
    database.execute("UPDATE frames SET hash = prev WHERE seq = 2", []).unwrap();
    drop(database);
    list_anew(&copy, "front/bulletin.db");
    let refused = restore(data, &copy);
    assert!(said(&refused).contains("the log in this copy cannot be put back"), "{}", said(&refused));
    std::fs::write(copy.join("front/bulletin.db"), &before).unwrap();
    list_anew(&copy, "front/bulletin.db");
    exchange(&copy, "desk/ledger", |text| text.replacen("\"version\"", "\"vision\"", 1));
    let refused = restore(data, &copy);
    assert!(said(&refused).contains("the ledger cannot be put back from this copy"), "{}", said(&refused));
    assert_eq!(std::fs::read(data.join("front/bulletin.db")).unwrap(), before);
    assert!(!data.join("desk/ledger").exists() && !data.join("desk/restored").exists());
}

#[test]
fn all_is_locked_before_anything_is_put_back() {
    let (ministry, copy) = copied();
    let data = ministry.inside.path();
    let served = crate::support::Served::start(data);
    lose(&ministry, &["desk/ledger", "desk/log"]);
    let refused = restore(data, &copy);
    assert!(said(&refused).contains("a front is at work in this folder"), "{}", said(&refused));
    assert!(!data.join("desk/ledger").exists() && !data.join("desk/log").exists(), "half a restore");
    drop(served);
    let before = std::fs::read(data.join("front/register.db")).unwrap();
    let lock = std::fs::File::open(data.join("desk/lock")).unwrap();
    lock.lock().unwrap();
    let refused = restore(data, &copy);
    assert!(said(&refused).contains("another command is at work on this desk"), "{}", said(&refused));
    assert!(!data.join("desk/ledger").exists());
    assert_eq!(std::fs::read(data.join("front/register.db")).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_into_a_copy_or_out_of_one() {
    use std::os::unix::fs::symlink;
    let (ministry, copy) = copied();
    let data = ministry.inside.path();
    lose(&ministry, &["desk/ledger"]);
    for name in ["desk/log", "desk"] {
        let aside = ministry.outside.path().join("aside");
        std::fs::rename(copy.join(name), &aside).unwrap();
        symlink(&aside, copy.join(name)).unwrap();
        let refused = restore(data, &copy);
        assert!(said(&refused).contains("it is a link, and none is followed"), "{name}: {}", said(&refused));
        assert!(!data.join("desk/ledger").exists());
        std::fs::remove_file(copy.join(name)).unwrap();
        std::fs::rename(aside, copy.join(name)).unwrap();
    }
    assert!(restore(data, &copy).status.success());

    symlink("../publish-1.key", data.join("desk/unposted/00000009.json")).unwrap();
    let out = ministry.outside.path().join("again");
    let refused = backup(data, &out);
    assert!(said(&refused).contains("00000009.json cannot be copied: it is a link"), "{}", said(&refused));
    assert!(!out.join("desk/unposted/00000009.json").exists() && !out.join("manifest.json").exists());
    std::fs::remove_file(data.join("desk/unposted/00000009.json")).unwrap();
    // a part may lie elsewhere as a whole
    std::fs::rename(data.join("desk"), data.join("volume")).unwrap();
    symlink("volume", data.join("desk")).unwrap();
    assert!(backup(data, &ministry.outside.path().join("third")).status.success());
}

#[tokio::test]
async fn what_a_lost_desk_still_has_stays_and_what_waits_is_not_forgotten() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let copy = ministry.outside.path().join("copy");
    assert!(backup(ministry.inside.path(), &copy).status.success());
    let draft = |words: &str| ministry.file("draft.json", advisory("advisory.late", None, words).to_string());
    assert!(!ministry.publish("127.0.0.1:1", &[&draft("Leave")]).status.success());
    std::fs::write(ministry.desk().join("audit"), "lines\n").unwrap();
    lose(&ministry, &["desk/ledger"]);
    let restored = restore(ministry.inside.path(), &copy);
    assert!(said(&restored).contains("desk: restored as of"), "{}", said(&restored));
    assert_eq!(std::fs::read_to_string(ministry.desk().join("audit")).unwrap(), "lines\n");
    let published = ministry.publish(&served.inside, &[&draft("Stay")]);
    let told = said(&published);
    assert!(told.contains("advisory.late 1 ") && told.contains("advisory.late 2 "), "{told}");
    assert!(ministry.confirm(&served.inside).status.success());
}

#[test]
fn a_ledger_that_was_cut_short_is_not_gone_on_with() {
    let ministry = Ministry::new();
    let ledger = ministry.desk().join("ledger");
    let text = std::fs::read_to_string(&ledger).unwrap();
    let lines: Vec<_> = text.lines().collect();
    std::fs::write(&ledger, lines[..lines.len() - 1].join("\n") + "\n").unwrap();
    let refused = ministry.confirm("127.0.0.1:1");
    assert!(said(&refused).contains("of the desk's log is not in its ledger"), "{}", said(&refused));
    std::fs::remove_file(&ledger).unwrap();
    let refused = ministry.confirm("127.0.0.1:1");
    assert!(said(&refused).contains("the desk's ledger is gone"), "{}", said(&refused));
    assert!(!ledger.exists(), "an empty one would give versions twice");
    std::fs::write(&ledger, text).unwrap();
    std::fs::remove_file(ministry.desk().join("log")).unwrap();
    let refused = ministry.confirm("127.0.0.1:1");
    assert!(said(&refused).contains("the desk's log is gone"), "{}", said(&refused));
}

#[tokio::test]
async fn a_log_that_is_lost_comes_back_and_the_ledger_beside_it_stays() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let copy = ministry.outside.path().join("copy");
    assert!(backup(ministry.inside.path(), &copy).status.success());
    let draft = ministry.file("draft.json", advisory("advisory.late", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&draft]).status.success());
    let (ledger, log) = (ministry.desk().join("ledger"), ministry.desk().join("log"));
    let before = (std::fs::read(&ledger).unwrap(), std::fs::read(&log).unwrap());
    lose(&ministry, &["desk/log"]);
    assert!(said(&restore(ministry.inside.path(), &copy)).contains("desk: restored as of"));
    assert!(ministry.confirm(&served.inside).status.success());
    assert!((std::fs::read(&ledger).unwrap(), std::fs::read(&log).unwrap()) == before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_copy_larger_than_the_memory_is_made_and_read() {
    let (ministry, copy) = copied();
    let data = ministry.inside.path();
    let large = std::fs::File::create(data.join("desk/audit")).unwrap();
    large.set_len(512 * 1024 * 1024).unwrap();
    std::os::unix::fs::FileExt::write_at(&large, b"\n", 512 * 1024 * 1024 - 1).unwrap();
    std::fs::remove_dir_all(&copy).unwrap();
    let small = |args: [&str; 4]| {
        let mut command = Command::new("sh");
        // the limit is one of addresses, and each thread would set 64 MiB of them aside for itself
        command.env("MALLOC_ARENA_MAX", "1");
        command.args(["-c", "ulimit -v 400000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_ministry")]).args(args).output()
    };
    let (data, out) = (data.to_str().unwrap(), copy.to_str().unwrap());
    let made = small(["backup", "--data", data, out]).unwrap();
    assert!(made.status.success(), "{}", said(&made));
    lose(&ministry, &["desk/ledger", "desk/audit"]);
    let restored = small(["restore", "--data", data, out]).unwrap();
    assert!(said(&restored).contains("desk: restored"), "{}", said(&restored));
}
