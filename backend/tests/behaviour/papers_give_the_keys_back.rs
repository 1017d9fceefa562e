use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use contract::{
    keys::Carried,
    letters::{GROUP, LETTERS, Mistyped},
};
use jiff::Timestamp;
use ministry::upkeep::keys::{
    papers::{Heard, Mistake, Number, Paper, Secret, Typing, share_out, together},
    sealed::{Contents, SealedError, SealedKeys},
};
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use tempfile::TempDir;

use crate::support::{Ministry, advisory, run, said};

/// A sealed file, and the lines of its papers.
struct Split {
    folder: TempDir,
    file: PathBuf,
    papers: Vec<Vec<String>>,
    said: String,
}

impl Split {
    fn of(data: &Path, shares: u8, need: u8) -> Self {
        let folder = TempDir::new().unwrap();
        let (shares, need) = (shares.to_string(), need.to_string());
        let args = ["keys", "split", "--data", text(data), "--shares", &shares, "--need", &need];
        let split = run(&[&args[..], &["--out", text(folder.path())]].concat());
        assert!(split.status.success(), "{}", said(&split));
        let said = said(&split);
        let file = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).next().unwrap();
        let lines: Vec<String> =
            said.lines().filter_map(|line| line.split_once(":   ")).map(|(_, line)| line.into()).collect();
        let papers = lines.chunks(3).map(<[String]>::to_vec).collect();
        Self { folder, file, papers, said }
    }

    fn file(&self) -> &str {
        text(&self.file)
    }

    /// What is typed by whoever has these papers.
    fn lines(&self, papers: &[usize]) -> String {
        papers.iter().flat_map(|at| &self.papers[*at]).map(|line| format!("{line}\n")).collect()
    }

    fn join(&self, data: &Path, typed: &str, more: &[&str]) -> Output {
        type_into(&[&["keys", "join", "--data", text(data), self.file()], more].concat(), typed)
    }

    fn check(&self, data: &Path, typed: &str, more: &[&str]) -> Output {
        type_into(&[&["keys", "check", "--data", text(data), self.file()], more].concat(), typed)
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn begin(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ministry"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn type_into(args: &[&str], typed: &str) -> Output {
    let mut child = begin(args);
    // it may have refused before it read
    drop(child.stdin.take().unwrap().write_all(typed.as_bytes()));
    child.wait_with_output().unwrap()
}

/// The names and texts of a folder's files, but for its lock.
fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file() && !path.ends_with("lock"));
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<_> = paths.map(|path| (name(&path), std::fs::read(&path).unwrap())).collect();
    files.sort();
    files
}

fn officer(ministry: &Ministry, name: &str) -> Output {
    let args = ["officer", "add", "--data", text(ministry.inside.path()), name, "--role", "gold"];
    run(&[&args[..], &["--origin", "http://localhost:8789"]].concat())
}

#[tokio::test]
async fn a_desk_that_is_lost_comes_back_by_a_copy_and_two_papers_and_speaks_for_the_ministry_again() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let data = ministry.inside.path();
    let (desk, aside) = (ministry.desk(), data.join("aside"));
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    assert!(officer(&ministry, "Dana T.").status.success(), "the desk has a store key");
    let split = Split::of(data, 3, 2);
    assert_eq!(split.papers.len(), 3);
    for words in ["3-қағаз, барлығы 3. Кез келген 2 қағаз", "Бумага 3 из 3. Любые 2", "Paper 3 of 3. Any 2"]
    {
        assert!(split.said.contains(words), "{words}: {}", split.said);
    }
    assert!(
        split.said.contains("  desk/store.key\n") && split.said.contains("The root key is in it"),
        "{}",
        split.said
    );
    let copy = split.folder.path().join("copy");
    assert!(run(&["backup", "--data", text(data), text(&copy)]).status.success());
    let before = files_of(&desk);
    std::fs::rename(&desk, &aside).unwrap();

    let joined = split.join(data, &split.lines(&[2, 0]), &[]);
    assert!(joined.status.success(), "{}", said(&joined));
    assert!(said(&joined).contains("desk/publish-1.key: put back"), "{}", said(&joined));
    assert!(said(&joined).contains("the root key stays in the file"), "{}", said(&joined));
    let restored = run(&["restore", "--data", text(data), text(&copy)]);
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(!said(&restored).contains("compare"), "the settings are not believed of a copy: {}", said(&restored));
    let lost: Vec<_> = before.iter().filter(|file| !files_of(&desk).contains(file)).map(|(name, _)| name).collect();
    assert!(lost.iter().all(|name| ["root-1.key", "lease", "desk.db"].contains(&name.as_str())), "{lost:?}");
    #[cfg(unix)]
    for (name, _) in files_of(&desk) {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(desk.join(&name)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }

    assert!(officer(&ministry, "Aset B.").status.success(), "the store key opens what the copy has");
    let next = ministry.file("om.json", advisory("advisory.om", None, "Stay inside").to_string());
    let published = ministry.publish(&served.inside, &[&next]);
    assert!(published.status.success(), "{}", said(&published));
    let keys = served.keys(&ministry.profile()).await;
    let (head, watermark) = (served.head(&keys).await, served.watermark(&keys).await);
    assert_eq!(head.position(), watermark.position(), "the desk confirms all of it");
    let last = served.log(head.seq, head.seq).await.remove(0);
    assert_eq!(last.hash(), head.hash);
    let carried = Carried::At { seq: last.seq, confirmed: true };
    assert_eq!(keys.entry(&last.entry, carried).unwrap().id.as_str(), "advisory.om");

    let rotate = || run(&["keys", "--data", text(data), "--inside", &served.inside, "--new", "publish"]);
    assert!(said(&rotate()).contains("0 of the 1 root keys are in"));
    let with_root = split.join(data, &split.lines(&[0, 1]), &["--root"]);
    assert!(said(&with_root).contains("desk/root-1.key: put back"), "{}", said(&with_root));
    assert!(said(&with_root).contains("desk/publish-1.key: stood here already, the same"), "{}", said(&with_root));
    let rotated = rotate();
    assert!(rotated.status.success(), "{}", said(&rotated));
    let second = keys.verify_next(&served.text("/v1/bulletin/keys/2").await).unwrap();
    assert_eq!(served.watermark(&second).await.keys, 2);
}

#[test]
fn a_front_gets_its_head_key_back_and_nothing_of_a_desk() {
    let folder = TempDir::new().unwrap();
    assert!(run(&["init", "--data", text(folder.path()), "--listen", "127.0.0.1:0"]).status.success());
    let split = Split::of(folder.path(), 2, 2);
    let public = folder.path().join("public");
    let unsaid = split.join(&public, &split.lines(&[0, 1]), &[]);
    assert!(said(&unsaid).contains("say --part desk or --part front, or both"), "{}", said(&unsaid));
    assert!(!public.exists());
    std::fs::create_dir(&public).unwrap();
    let joined = split.join(&public, &split.lines(&[0, 1]), &["--part", "front"]);
    assert!(joined.status.success(), "{}", said(&joined));
    assert!(!public.join("desk").exists());
    let there: Vec<_> = files_of(&public.join("front")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(there, ["head-1.key", "settings.json"]);
    let both = split.join(&public, &split.lines(&[0, 1]), &["--part", "front", "--part", "desk", "--root"]);
    assert!(said(&both).contains("front/head-1.key: stood here already, the same"), "{}", said(&both));
    let made =
        |name: &str| files_of(&folder.path().join(name)).into_iter().filter(|(name, _)| split.said.contains(name));
    assert_eq!(files_of(&public.join("desk")), made("desk").collect::<Vec<_>>());

    let of_front = Split::of(&public, 2, 2);
    std::fs::remove_file(of_front.file).unwrap();
    let desk_only = Ministry::new();
    let split = Split::of(desk_only.inside.path(), 2, 2);
    let none = split.join(&public, "", &["--part", "front"]);
    assert!(said(&none).contains("nothing of the front is in the file"), "{}", said(&none));
}

#[test]
fn what_stands_here_already_is_left_alone_and_said() {
    let ministry = Ministry::new();
    let (data, desk) = (ministry.inside.path(), ministry.desk());
    let split = Split::of(data, 3, 2);
    std::fs::write(desk.join("publish-1.key"), "another").unwrap();
    std::fs::remove_file(desk.join("consular-1.key")).unwrap();
    let checked = split.check(data, &split.lines(&[1, 2]), &[]);
    assert!(!checked.status.success());
    for words in [
        "desk/publish-1.key: ANOTHER is here",
        "desk/consular-1.key: not here",
        "desk/watermark-1.key: as it is here",
        "desk/publish-1.key: as it is here, it is NOT in the sealed file",
        "1 files here are not in the sealed one",
    ] {
        assert!(said(&checked).contains(words), "{words}: {}", said(&checked));
    }
    let joined = split.join(data, &split.lines(&[1, 2]), &[]);
    assert!(joined.status.success(), "{}", said(&joined));
    let words = "desk/publish-1.key: ANOTHER stood here already, and was left alone";
    assert!(said(&joined).contains(words), "{}", said(&joined));
    assert!(said(&joined).contains("desk/consular-1.key: put back"), "{}", said(&joined));
    assert_eq!(std::fs::read_to_string(desk.join("publish-1.key")).unwrap(), "another");
}

#[test]
fn the_root_key_is_taken_off_the_machine_only_when_asked_and_after_the_papers_opened_the_file() {
    let ministry = Ministry::new();
    let (data, root) = (ministry.inside.path(), ministry.desk().join("root-1.key"));
    let split = Split::of(data, 3, 2);
    assert!(root.exists());
    let checked = split.check(data, &split.lines(&[0, 1]), &[]);
    assert!(checked.status.success() && root.exists(), "{}", said(&checked));
    let too_few = split.check(data, &split.lines(&[0]), &["--take-root-away"]);
    assert!(!too_few.status.success() && root.exists(), "{}", said(&too_few));
    let held = std::fs::read(&root).unwrap();
    std::fs::write(&root, "another").unwrap();
    let other = split.check(data, &split.lines(&[0, 1]), &["--take-root-away"]);
    assert!(said(&other).contains("desk/root-1.key is not here as it is in the sealed file"), "{}", said(&other));
    assert!(root.exists());
    std::fs::write(&root, held).unwrap();
    let away = split.check(data, &split.lines(&[0, 1]), &["--take-root-away"]);
    assert!(away.status.success(), "{}", said(&away));
    assert!(said(&away).contains("desk/root-1.key: taken away"), "{}", said(&away));
    assert!(!root.exists());
    let without = Split::of(data, 2, 2);
    assert!(without.said.contains("No root key is in it"), "{}", without.said);
    let none = without.check(data, &without.lines(&[0, 1]), &["--take-root-away"]);
    assert!(said(&none).contains("no root key is in the sealed file"), "{}", said(&none));
}

#[test]
fn a_slip_is_said_at_once_with_its_line_and_typed_again() {
    let ministry = Ministry::new();
    let data = TempDir::new().unwrap();
    let (split, other) = (Split::of(ministry.inside.path(), 3, 2), Split::of(ministry.inside.path(), 2, 2));
    let [one, two] = [&split.papers[0], &split.papers[1]];
    let wrong = one[1].replacen(&one[1][..1], if one[1].starts_with('7') { "8" } else { "7" }, 1);
    let typed = [
        &other.papers[0][0],
        &one[0],
        &wrong,
        &one[2],
        "",
        &one[1][..11],
        &one[1].to_lowercase(),
        &one[2],
        &one[0],
        &two[0],
        &two[1],
        &split.papers[2][2],
        &two[0],
        &two[1],
        &two[2],
    ];
    let joined = split.join(data.path(), &typed.join("\n"), &[]);
    let heard = said(&joined);
    assert!(joined.status.success(), "{heard}");
    let of_another = other.file.file_name().unwrap().to_str().unwrap();
    for words in [
        &format!("this paper is of {of_another}, another file"),
        "paper 1, line 2: a letter of group 1 is wrong; type line 2 again",
        "paper 1, line 2: it ends after 2 groups; type line 2 again",
        "paper 1 is right; needed still: 1",
        "paper 1 was typed already",
        "the lines of paper 2 are not of one paper: begin it again with line 1",
        "next paper (2 of 2), line 1: ",
    ] {
        assert!(heard.contains(words), "{words}: {heard}");
    }
}

#[test]
fn too_few_papers_and_those_of_another_file_give_nothing_away() {
    let ministry = Ministry::new();
    let data = TempDir::new().unwrap();
    let (split, other) = (Split::of(ministry.inside.path(), 3, 3), Split::of(ministry.inside.path(), 3, 3));
    for typed in [String::new(), split.lines(&[0, 1]), split.lines(&[0, 0, 0]), other.lines(&[0, 1, 2])] {
        let joined = split.join(data.path(), &typed, &[]);
        assert!(!joined.status.success());
        assert!(said(&joined).contains("more papers are needed: nothing was opened"), "{}", said(&joined));
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
    }
}

#[test]
fn nothing_of_a_paper_stays_and_nothing_secret_is_plain_in_the_sealed_file() {
    let ministry = Ministry::new();
    let split = Split::of(ministry.inside.path(), 3, 2);
    let sealed = std::fs::read_to_string(&split.file).unwrap();
    for (name, secret) in files_of(&ministry.desk()) {
        let secret = String::from_utf8_lossy(&secret).into_owned();
        assert!(secret.is_empty() || !sealed.contains(secret.trim()), "{name}");
    }
    let folders = [split.folder.path(), ministry.inside.path(), &ministry.desk()];
    for (name, bytes) in folders.into_iter().flat_map(files_of) {
        let found =
            |line: &String| line.split(' ').any(|group| bytes.windows(GROUP).any(|window| window == group.as_bytes()));
        assert!(!split.papers.iter().any(|paper| paper[1..].iter().any(found)), "{name}");
    }
    assert!(sealed.contains(&split.papers[0][0][..4]), "but its number, by which they know each other");
}

#[test]
fn cut_short_at_any_moment_it_is_run_again() {
    let ministry = Ministry::new();
    let data = TempDir::new().unwrap();
    let split = Split::of(ministry.inside.path(), 3, 2);
    let mut child = begin(&["keys", "join", "--data", text(data.path()), split.file()]);
    child.stdin.as_mut().unwrap().write_all(split.lines(&[0]).as_bytes()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
    // as it lies when the power goes while files are moved to their places
    let desk = data.path().join("desk");
    std::fs::create_dir(&desk).unwrap();
    std::fs::copy(ministry.desk().join("publish-1.key"), desk.join("publish-1.key")).unwrap();
    std::fs::write(desk.join("watermark-1.key.partial"), "half").unwrap();
    let joined = split.join(data.path(), &split.lines(&[0, 1]), &["--root"]);
    assert!(joined.status.success(), "{}", said(&joined));
    let made = files_of(&ministry.desk()).into_iter().filter(|(name, _)| split.said.contains(name));
    assert_eq!(files_of(&desk), made.collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_written_or_is_at_work_is_said_before_anything_is_put() {
    let ministry = Ministry::new();
    let split = Split::of(ministry.inside.path(), 3, 2);
    let lock = std::fs::File::open(ministry.desk().join("lock"));
    let lock = lock.or_else(|_| std::fs::File::create(ministry.desk().join("lock"))).unwrap();
    lock.lock().unwrap();
    let busy = split.join(ministry.inside.path(), "", &[]);
    assert!(said(&busy).contains("another command is at work on this desk"), "{}", said(&busy));
    let data = TempDir::new().unwrap();
    std::fs::write(data.path().join("desk"), "a file").unwrap();
    let refused = split.join(data.path(), &split.lines(&[0, 1]), &[]);
    assert!(said(&refused).contains("desk is no part of a ministry"), "{}", said(&refused));
    let (data, desk) = (TempDir::new().unwrap(), "desk/watermark-1.key.partial");
    std::fs::create_dir_all(data.path().join(desk)).unwrap();
    let refused = split.join(data.path(), &split.lines(&[0, 1]), &[]);
    assert!(said(&refused).contains("watermark-1.key.partial cannot be written"), "{}", said(&refused));
    assert_eq!(files_of(&data.path().join("desk")), [], "all of it or none");
    std::fs::remove_dir(data.path().join(desk)).unwrap();
    let joined = said(&split.join(data.path(), &split.lines(&[0, 1]), &[]));
    let put: Vec<_> = joined.lines().filter(|line| line.ends_with("put back")).collect();
    assert_eq!(put.last(), Some(&"desk/settings.json: put back"), "a desk begins to work when it is whole: {joined}");
    #[cfg(target_os = "linux")]
    {
        // nobody may write there, not even root
        let refused = split.join(Path::new("/proc"), &split.lines(&[0, 1]), &[]);
        assert!(said(&refused).contains("/proc/desk cannot be made"), "{}", said(&refused));
        let args = ["keys", "split", "--data", text(ministry.inside.path()), "--shares", "3", "--need", "2"];
        let refused = run(&[&args[..], &["--out", "/proc"]].concat());
        assert!(said(&refused).contains("sealed cannot be written"), "{}", said(&refused));
        assert!(!said(&refused).contains("Paper 1"), "no paper of a file that is not there: {}", said(&refused));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_papers_were_not_all_shown_is_said_to_be_of_no_use() {
    let (ministry, folder) = (Ministry::new(), TempDir::new().unwrap());
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ministry"));
    command.args(["keys", "split", "--data", text(ministry.inside.path()), "--shares", "3", "--need", "2"]);
    let split = command.args(["--out", text(folder.path())]).stdout(full).output().unwrap();
    assert!(!split.status.success());
    assert!(said(&split).contains("the papers could not all be shown: throw"), "{}", said(&split));
    assert!(said(&split).contains(".sealed away, and split again"), "{}", said(&split));
}

#[test]
fn what_was_asked_wrongly_is_said_in_words() {
    let ministry = Ministry::new();
    let data = text(ministry.inside.path());
    let split = |shares: &str, need: &str| run(&["keys", "split", "--data", data, "--shares", shares, "--need", need]);
    assert!(said(&split("2", "3")).contains("of 2 papers never 3 are to be had"));
    for (shares, need) in [("1", "1"), ("3", "1"), ("32", "2"), ("some", "2")] {
        assert_eq!(split(shares, need).status.code(), Some(2), "{shares} {need}");
    }
    let empty = TempDir::new().unwrap();
    let nothing = run(&["keys", "split", "--data", text(empty.path()), "--shares", "3", "--need", "2"]);
    assert!(said(&nothing).contains("there is neither a front nor a desk in"), "{}", said(&nothing));
    let settings = ministry.desk().join("settings.json");
    let foreign = run(&["keys", "join", "--data", data, text(&settings)]);
    assert!(said(&foreign).contains("it is no file that `ministry keys split` made"), "{}", said(&foreign));
    let gone = run(&["keys", "join", "--data", data, "gone.sealed"]);
    assert!(said(&gone).contains("gone.sealed cannot be read"), "{}", said(&gone));
    assert_eq!(run(&["keys"]).status.code(), Some(2), "--data is asked for as before");
}

#[test]
fn a_file_that_was_cut_short_or_changed_is_refused_before_any_paper_is_typed() {
    let ministry = Ministry::new();
    let split = Split::of(ministry.inside.path(), 2, 2);
    let whole = std::fs::read(&split.file).unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("changed.sealed");
    let read = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        SealedKeys::read(&path)
    };
    assert!(read(&whole).is_ok());
    for length in (0..whole.len()).step_by(37) {
        assert!(read(&whole[..length]).is_err(), "{length}");
    }
    for at in (0..whole.len()).step_by(7) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert!(read(&changed).is_err(), "{at}");
    }
    std::fs::write(&split.file, &whole[..whole.len() - 9]).unwrap();
    let joined = split.join(folder.path(), &split.lines(&[0, 1]), &[]);
    assert!(said(&joined).contains("was cut short: take another copy of it"), "{}", said(&joined));
    assert!(!said(&joined).contains("line 1"), "{}", said(&joined));
}

fn contents() -> Contents {
    [("desk/root-1.key".to_owned(), "secret".to_owned().into())].into()
}

#[test]
fn what_anybody_may_know_of_a_file_is_bound_to_what_is_sealed() {
    let mut rng = StdRng::seed_from_u64(1);
    let (sealed, papers) = SealedKeys::seal(&contents(), (3, 2), Timestamp::UNIX_EPOCH, &mut rng).unwrap();
    let secret = together(&papers[..2]).unwrap();
    assert_eq!(sealed.open(&secret).unwrap(), contents());
    let folder = TempDir::new().unwrap();
    let mut changed = sealed.clone();
    changed.label.files.push("front/head-1.key".to_owned());
    // with a hash that is right again
    let changed = SealedKeys::read(&changed.write(folder.path()).unwrap()).unwrap();
    assert!(matches!(changed.open(&secret), Err(SealedError::Shut)));
    let other = Secret::new([7; 16]);
    assert!(matches!(sealed.open(&other), Err(SealedError::Shut)));
    assert!(matches!(sealed.write(folder.path()), Err(SealedError::Exists(_))), "never over another");
}

fn number(seed: u64) -> Number {
    Number::random(&mut StdRng::seed_from_u64(seed))
}

fn papers(seed: u64, papers: u8, need: u8) -> (Secret, Vec<Paper>) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut secret = Secret::default();
    rand::Rng::fill_bytes(&mut rng, &mut secret[..]);
    let papers = share_out(&secret, number(seed), papers, need, &mut rng);
    (secret, papers)
}

fn type_all(typing: &mut Typing, papers: &[Paper]) -> Vec<Result<Heard, Mistake>> {
    papers.iter().flat_map(Paper::lines).map(|line| typing.take(&line)).collect()
}

#[test]
fn a_paper_that_was_printed_years_ago_is_read() {
    let mut typing = Typing::new("TCR1".parse().unwrap(), 2);
    let lines = [
        "TCR1Y 206X7 M5RYP",
        "463W1 56E5C 6R75P",
        "AN0YF D3RCT 1PZ2B",
        "TCR1Y 20B41 AS2ZY",
        "XSK1Y HWSMM F4JF3",
        "00X7B 97QYD MRTJJ",
    ];
    let secret = [97, 24, 48, 211, 100, 26, 104, 249, 74, 105, 13, 204, 37, 209, 244, 176];
    let heard = lines.map(|line| typing.take(line).unwrap());
    assert_eq!(heard[5], Heard::All(secret.into()));
}

#[test]
fn each_letter_that_is_wrong_and_any_two_that_changed_places_are_said_with_their_line() {
    let (_, papers) = papers(2, 3, 2);
    let lines = papers[0].lines();
    let mut typing = Typing::new(number(2), 2);
    for (at, line) in lines.iter().enumerate() {
        let letters: Vec<char> = line.replace(' ', "").chars().collect();
        let mut misread = |letters: &[char], group: usize| {
            let mistake = typing.take(&letters.iter().collect::<String>()).unwrap_err();
            let Mistake::Line { line, why, .. } = mistake else { panic!("{mistake}") };
            assert_eq!((line, why), (at + 1, Mistyped::Group(group / GROUP + 1)), "{letters:?}");
        };
        for place in 0..letters.len() {
            for letter in LETTERS.iter().map(|letter| char::from(*letter)).filter(|letter| *letter != letters[place]) {
                let mut wrong = letters.clone();
                wrong[place] = letter;
                misread(&wrong, place);
            }
            for other in (place + 1..letters.len()).filter(|other| letters[*other] != letters[place]) {
                let mut turned = letters.clone();
                turned.swap(place, other);
                misread(&turned, place);
            }
        }
        assert!(typing.take(line).is_ok(), "and typed again it is taken");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_m_of_n_papers_open_and_fewer_do_not(seed: u64, count in 2_u8..=31, need in 2_u8..=31) {
        let need = need.min(count);
        let (secret, all) = papers(seed, count, need);
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.shuffle(&mut StdRng::seed_from_u64(seed));
        let some: Vec<Paper> = order[..usize::from(need)].iter().map(|at| all[*at].clone()).collect();
        let mut typing = Typing::new(number(seed), need);
        let heard = type_all(&mut typing, &some);
        prop_assert!(heard.iter().all(Result::is_ok));
        prop_assert_eq!(heard.last().unwrap(), &Ok(Heard::All(secret.clone())));
        prop_assert_eq!(heard.iter().filter(|heard| matches!(heard, Ok(Heard::All(_)))).count(), 1);
        prop_assert_eq!(together(&some[1..]), None);
        // a paper of another file in the place of one gives another secret
        let others = papers(seed ^ 1, count, need).1;
        let mixed = [&some[1..], &[others[order[0]].clone()]].concat();
        prop_assert_ne!(together(&mixed), Some(secret));
    }
}
