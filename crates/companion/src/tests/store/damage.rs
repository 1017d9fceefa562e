//! A damaged file is set aside as it was, and every row that can be read is in the one that takes its place.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use contract::{
    ids::{CheckInId, TripId},
    record::CheckInStatus,
};
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use rusqlite::Connection;
use testkit::{Ministry, advisory_entry, at};

use super::{NOW, open, open_as, trip_id, trips};
use crate::{
    error::{FailureCode, Trouble},
    store::{Aside, CheckIn, Draft, Mended, Setting, Store},
    testing::{Device, dubai, stay, trip},
    trips::TripDraft,
};

pub(super) const PAGE: usize = 4096;
pub(super) const TRIPS: u64 = 60;

pub(super) fn file(folder: &Path) -> PathBuf {
    folder.join("saparlas.db")
}

pub(super) fn mended(store: &Store) -> Option<Mended> {
    store.kept::<TripDraft>().unwrap().mended
}

/// All files of what was set aside.
fn files_aside(folder: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.file_name().unwrap().to_string_lossy().contains(".damaged-")).collect()
}

/// The day a trip begins stands nowhere else.
fn mark(seed: u64) -> String {
    format!("2026-{:02}-{:02}", 1 + seed / 28, 1 + seed % 28)
}

fn marked(seed: u64) -> TripDraft {
    let mut draft = trip(vec![stay("AE", Some("ae-dubai"), &mark(seed), "2026-12-04")]);
    draft.phone = format!("+7701{seed:07}-{}", "x".repeat(120));
    draft
}

pub(super) fn check_in(seed: u64) -> CheckIn {
    CheckIn {
        id: CheckInId::random(&mut StdRng::seed_from_u64(seed)),
        trip: Some(trip_id(seed)),
        people: [(CheckInStatus::Safe, 3)].into(),
        country: None,
        airport: None,
        at: at(NOW),
    }
}

/// A closed file with more trips and words than one page holds.
pub(super) fn lived_in() -> Vec<u8> {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(live_in).clone()
}

fn live_in() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for seed in 0..TRIPS {
        store.save_trip(trip_id(seed), &marked(seed)).unwrap();
        store.save_check_in(&check_in(seed), None).unwrap();
    }
    store.set(Setting::Language, "kk").unwrap();
    drop(store);
    fs::read(file(folder.path())).unwrap()
}

/// A folder in which such a file stands.
pub(super) fn with(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(file(folder.path()), bytes).unwrap();
    folder
}

/// The pages that have it; where rows were moved about, SQLite leaves what stood there before.
fn pages_of(bytes: &[u8], marker: &str) -> BTreeSet<usize> {
    let windows = bytes.windows(marker.len()).enumerate();
    windows.filter(|(_, window)| *window == marker.as_bytes()).map(|(at, _)| at / PAGE).collect()
}

/// The pages without which a table's other pages are not found.
pub(super) fn root_pages(bytes: &[u8], tables: &[&str]) -> BTreeSet<usize> {
    let folder = with(bytes);
    let connection = Connection::open(file(folder.path())).unwrap();
    let root = |table: &&str| {
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        connection.query_row(sql, [table], |row| row.get::<_, u32>(0)).unwrap() as usize - 1
    };
    tables.iter().map(root).collect()
}

/// Those whose every byte is as it was and which can be found by what is whole.
fn readable(before: &[u8], after: &[u8]) -> BTreeSet<TripId> {
    let is_whole = |page: usize| {
        let range = page * PAGE..(page + 1) * PAGE;
        after.get(range.clone()) == before.get(range)
    };
    let schema = ["CREATE TABLE trip", "CREATE TABLE outbox"].into_iter().flat_map(|sql| pages_of(before, sql));
    let needed: BTreeSet<_> = root_pages(before, &["trip"]).into_iter().chain(schema).chain([0]).collect();
    if !needed.into_iter().all(is_whole) {
        return BTreeSet::new();
    }
    let stands = |seed: &u64| {
        let pages = pages_of(before, &format!("\"from\":\"{}\"", mark(*seed)));
        !pages.is_empty() && pages.into_iter().all(is_whole)
    };
    (0..TRIPS).filter(stands).map(trip_id).collect()
}

fn entered(id: TripId) -> Option<TripDraft> {
    (0..TRIPS).find(|seed| trip_id(*seed) == id).map(marked)
}

/// Whether nothing is lost that is not said to be.
fn check(before: &[u8], after: &[u8]) -> Result<bool, TestCaseError> {
    let folder = with(after);
    let store = match open_as(folder.path(), &Ministry::new(1).profile(), NOW) {
        Ok(store) => store,
        Err(trouble) => return Err(TestCaseError::fail(format!("{trouble:?}"))),
    };
    let found: BTreeMap<_, _> = trips(&store).into_iter().collect();
    for id in readable(before, after) {
        let entered = entered(id);
        prop_assert_eq!(found.get(&id), entered.as_ref(), "it could be read");
    }
    let says_nothing = mended(&store).is_none_or(|mended| mended.lost == Some(0));
    let outbox = store.outbox().unwrap();
    for (id, draft) in &found {
        let entered = entered(*id).unwrap();
        // where what names people is damaged, the rest stays
        prop_assert!(*draft == entered || *draft == entered.plain(), "{:?}", draft);
        prop_assert!(outbox.iter().any(|item| item.id == id.to_string()), "a trip that is sent to nobody");
    }
    // whatever was rebuilt takes new words, and is whole
    store.save_trip(trip_id(999), &dubai()).unwrap();
    let was_mended = mended(&store).is_some_and(|mended| mended.damaged);
    drop(store);
    let store = open(folder.path());
    prop_assert!(trips(&store).iter().any(|(id, _)| *id == trip_id(999)));
    let aside = store.opened_aside();
    prop_assert_eq!(aside.len(), usize::from(was_mended));
    prop_assert!(aside.iter().all(|file| file == after), "as it was");
    Ok(!says_nothing || found.len() as u64 == TRIPS)
}

#[test]
fn whichever_page_is_gone_the_rows_of_the_others_are_there() {
    let before = lived_in();
    for page in 0..before.len() / PAGE {
        let mut after = before.clone();
        after[page * PAGE..(page + 1) * PAGE].fill(0);
        let is_said = check(&before, &after).unwrap_or_else(|error| panic!("page {page}: {error}"));
        assert!(is_said, "page {page}: nothing is said to be lost");
    }
}

/// A file says by its list of migrations how old it is; a part of that list makes it no older.
#[test]
fn where_the_list_of_migrations_is_damaged_no_column_is_forgotten() {
    let before = lived_in();
    let list = *root_pages(&before, &["refinery_schema_history"]).first().unwrap() * PAGE;
    for begin in (list..list + PAGE).step_by(PAGE / 8) {
        let mut after = before.clone();
        after[begin..(begin + 530).min(list + PAGE)].fill(0);
        check(&before, &after).unwrap_or_else(|error| panic!("{begin}: {error}"));
    }
}

#[test]
fn what_was_set_aside_is_told_saved_as_it_is_and_erased() {
    let mut first_page_gone = lived_in();
    first_page_gone[..PAGE].fill(0);
    let mut one_bad = lived_in();
    one_bad[3 * PAGE..3 * PAGE + 2000].fill(0x5a);
    for damaged in [first_page_gone, one_bad, b"no database at all".to_vec()] {
        let device = Device::over(with(&damaged), NOW);
        let session = device.session();
        let told = || session.privacy().unwrap().aside;
        let [one] = <[Aside; 1]>::try_from(told()).unwrap();
        assert_eq!(one.at, Some(at(NOW)));
        let files = session.aside_files(&one.name).unwrap();
        assert_eq!(one.bytes, files.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>());
        assert!(files.iter().all(|(name, bytes)| name.ends_with(".closed") && !bytes.starts_with(&damaged[..16])));
        assert_eq!(session.store.opened_aside(), [damaged], "it is whole in there");
        assert_eq!(session.aside_files("another").unwrap_err().code, FailureCode::NotFound);
        assert_eq!(session.erase_aside("another").unwrap_err().code, FailureCode::NotFound);
        session.erase_aside(&one.name).unwrap();
        assert_eq!((told(), files_aside(device.folder.path())), (Vec::new(), Vec::new()));
    }
}

#[test]
fn what_was_set_aside_is_behind_the_pin() {
    let device = Device::over(with(b"no database at all"), NOW);
    let session = device.session();
    let name = session.privacy().unwrap().aside[0].name.clone();
    session.set_pin(None, Some("2580")).unwrap();
    session.lock_screen();
    assert_eq!(session.aside_files(&name).unwrap_err().code, FailureCode::Locked);
    assert_eq!(session.erase_aside(&name).unwrap_err().code, FailureCode::Locked);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn wherever_bytes_are_overwritten_or_missing_what_can_be_read_is_there(
        at in 0.0..1.0_f64,
        length in 1_usize..3 * PAGE,
        with in prop_oneof![Just(0_u8), Just(0xff), Just(b'x')],
        torn_off in proptest::bool::weighted(0.2),
    ) {
        let before = lived_in();
        let mut after = before.clone();
        let begin = (at * before.len() as f64) as usize;
        let end = (begin + length).min(before.len());
        after[begin..end].fill(with);
        if torn_off {
            after.truncate(begin);
        }
        // bytes that are still those of a row may say that there are fewer
        let _is_said = check(&before, &after)?;
    }
}

#[test]
fn a_file_that_is_none_is_set_aside_and_the_traveller_is_told() {
    let no_page = b"not a database at all, but long enough to be read as one".repeat(200);
    let mut headless = lived_in();
    headless[..64].fill(b'x');
    for damaged in [no_page, headless] {
        let folder = with(&damaged);
        let store = open(folder.path());
        assert_eq!(store.opened_aside(), [damaged]);
        assert_eq!(
            mended(&store).map(|mended| (mended.at, mended.lost)),
            Some((at(NOW), None)),
            "nobody knows how many"
        );
        store.dismiss_mended().unwrap();
        assert_eq!(mended(&store), None);
    }
}

#[test]
fn an_empty_file_is_a_new_one() {
    let folder = with(b"");
    let store = open(folder.path());
    assert_eq!((trips(&store).len(), mended(&store)), (0, None));
    assert!(files_aside(folder.path()).is_empty());
}

#[test]
fn a_garbled_log_takes_nothing_with_it_that_was_in_the_file() {
    let before = lived_in();
    for garbage in [vec![b'x'; 10_000], vec![0; 10_000], b"short".to_vec()] {
        let folder = with(&before);
        fs::write(folder.path().join("saparlas.db-wal"), &garbage).unwrap();
        assert_eq!(trips(&open(folder.path())).len() as u64, TRIPS);
    }
}

#[test]
fn what_stands_in_the_log_alone_is_taken_over_too() {
    let folder = with(&lived_in());
    let store = open(folder.path());
    store.save_trip(trip_id(500), &marked(90)).unwrap();
    // as a killed app leaves it: not written back from the log
    let left = tempfile::tempdir().unwrap();
    for name in ["saparlas.db", "saparlas.db-wal"] {
        fs::copy(folder.path().join(name), left.path().join(name)).unwrap();
    }
    let mut bytes = fs::read(file(left.path())).unwrap();
    let page = root_pages(&bytes, &["check_in"]).first().copied().unwrap();
    let sql = "CREATE TABLE call";
    assert!(!pages_of(&bytes, sql).contains(&page));
    bytes[page * PAGE..(page + 1) * PAGE].fill(0);
    fs::write(file(left.path()), &bytes).unwrap();
    let store = open(left.path());
    assert!(trips(&store).contains(&(trip_id(500), marked(90))));
    let is_log = |path: &PathBuf| path.to_string_lossy().ends_with("-wal.closed");
    assert!(files_aside(left.path()).iter().any(is_log), "the log goes with its file");
}

#[test]
fn only_the_newest_two_are_kept_and_none_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    for (count, now) in ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z"].iter().enumerate() {
        fs::write(file(folder.path()), format!("damage {count}").repeat(1000)).unwrap();
        drop(open_as(folder.path(), &Ministry::new(1).profile(), now).unwrap());
    }
    let kept = open(folder.path()).opened_aside();
    assert_eq!(kept, ["damage 1", "damage 2"].map(|text| text.repeat(1000).into_bytes()));
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_what_was_set_aside() {
    use std::os::unix::fs::PermissionsExt;
    let folder = with(&b"x".repeat(9000));
    fs::set_permissions(file(folder.path()), fs::Permissions::from_mode(0o644)).unwrap();
    drop(open(folder.path()));
    assert!(!files_aside(folder.path()).is_empty());
    for path in files_aside(folder.path()) {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn whoever_is_killed_once_the_damaged_file_is_away_finds_the_new_one() {
    let folder = with(&lived_in());
    let left = tempfile::tempdir().unwrap();
    fs::copy(file(folder.path()), left.path().join("saparlas.db.rebuilt")).unwrap();
    fs::write(left.path().join("saparlas.db-wal"), b"of the damaged one").unwrap();
    assert_eq!(trips(&open(left.path())).len() as u64, TRIPS);
    // whoever is killed before that begins again
    let left = with(&lived_in()[..20 * PAGE]);
    fs::write(left.path().join("saparlas.db.rebuilt"), b"half of it").unwrap();
    assert!(mended(&open(left.path())).is_some());
    assert!(!left.path().join("saparlas.db.rebuilt").exists());
}

#[test]
fn a_damaged_file_of_another_ministry_is_left_as_it_is() {
    let mut bytes = lived_in();
    let page = root_pages(&bytes, &["check_in"]).first().copied().unwrap();
    bytes[page * PAGE..(page + 1) * PAGE].fill(0);
    let folder = with(&bytes);
    let other = open_as(folder.path(), &Ministry::new(2).profile(), NOW);
    assert_eq!(other.err(), Some(Trouble::DataOfAnotherMinistry));
    assert_eq!(fs::read(file(folder.path())).unwrap(), bytes);
    assert!(files_aside(folder.path()).is_empty());
}

#[test]
fn where_there_is_no_room_for_a_new_file_the_damaged_one_stays() {
    let Some(mount) = super::full_disk::Mount::new("1m") else { return };
    let mut bytes = lived_in();
    let page = root_pages(&bytes, &["check_in"]).first().copied().unwrap();
    bytes[page * PAGE..(page + 1) * PAGE].fill(0);
    fs::write(file(mount.path()), &bytes).unwrap();
    mount.fill();
    let trouble = open_as(mount.path(), &Ministry::new(1).profile(), NOW).err();
    assert!(matches!(trouble, Some(Trouble::DiskFull | Trouble::FolderNotWritable)), "{trouble:?}");
    assert_eq!(fs::read(file(mount.path())).unwrap(), bytes);
    mount.make_room();
    assert_eq!(trips(&open(mount.path())).len() as u64, TRIPS);
}

/// A device with a trip that the ministry has, an older one, and a word; its identity is gone.
fn without_identity() -> Device {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    let session = device.session();
    session.save_trip(None, &dubai()).unwrap();
    session.save_trip(None, &trip(vec![stay("TR", None, "2025-02-01", "2025-02-03")])).unwrap();
    session.check_in(CheckInStatus::Safe).unwrap();
    for item in session.store.outbox().unwrap() {
        session.store.mark_received(item.kind, &item.id, item.version, at(NOW)).unwrap();
    }
    session.store.lock().execute("DELETE FROM closed_setting WHERE name = 'device_private_key'", []).unwrap();
    device
}

#[test]
fn who_lost_the_identity_is_a_new_device_to_which_what_lives_belongs() {
    let device = without_identity();
    let before = device.session().store.outbox().unwrap();
    let old = device.view().trips;
    let device = device.reopened();
    let (view, outbox) = (device.view(), device.session().store.outbox().unwrap());
    let identity = device.session().identity().unwrap();
    assert!(view.mended.unwrap().new_device);
    let ids = |items: &[crate::store::Item]| -> BTreeSet<String> {
        items.iter().filter(|item| item.is_lacking()).map(|item| item.id.clone()).collect()
    };
    let lacking = ids(&outbox);
    let known: BTreeSet<_> = before.iter().map(|item| item.id.clone()).collect();
    assert!(lacking.contains(&identity.id.to_string()));
    // the trip under way, and the word
    assert_eq!(lacking.len(), 3, "{outbox:?}");
    assert!(lacking.is_disjoint(&known), "what was another device's stays that one's");
    assert_eq!(view.trips.len(), 2);
    assert_eq!(view.check_in.unwrap().status, CheckInStatus::Safe);
    let current = &view.trips[0];
    let word = outbox.iter().find(|item| item.kind == contract::record::Kind::CheckIn).unwrap();
    let word = device.session().store.check_in(word.id.parse().unwrap()).unwrap().unwrap();
    assert_eq!(word.trip, Some(current.id));
    assert_eq!(view.trips[1].id, old[1].id, "what is over is not sent again");
    assert_eq!(view.advisories.len(), 1, "the ministry's words stay");
    device.session().dismiss_mended().unwrap();
    assert!(device.reopened().view().mended.is_none());
}
