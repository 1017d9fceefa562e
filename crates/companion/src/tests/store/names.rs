//! What names people stands in no file in the clear, and is lost with its key alone.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use contract::{
    ids::{CheckInId, DeviceId, MessageId, TripId},
    record::{CheckInStatus, Consent, GivenBy, Kind, Needs, PeopleByStatus, Person},
};
use rand::{SeedableRng, rngs::StdRng};
use testkit::{Ministry, at};

use super::{NOW, trip_id, trips};
use crate::{
    Details, MessageDraft, PartyAct,
    error::{Failure, FailureCode, Trouble},
    host::{Keychain, NoKeychain, Secret},
    party::Party,
    store::{CheckIn, Draft, Identity, Message, Setting, Store, Under},
    testing::{Device, dubai, stay, trip},
    tests::letters,
    trips::{LegDraft, NextOfKin, TripDraft},
};

/// A keychain that a test owns.
#[derive(Default)]
struct Kept {
    secret: Mutex<Option<Secret>>,
    is_locked: Mutex<bool>,
    /// It takes what it is given and keeps something else.
    is_false: bool,
}

impl Keychain for Kept {
    fn read(&self) -> Result<Option<Secret>, NoKeychain> {
        if *self.is_locked.lock().unwrap() {
            return Err(NoKeychain("locked".into()));
        }
        Ok(self.secret.lock().unwrap().clone())
    }

    fn write(&self, secret: &Secret) -> Result<(), NoKeychain> {
        let kept = if self.is_false { Secret([0; 32]) } else { secret.clone() };
        *self.secret.lock().unwrap() = Some(kept);
        Ok(())
    }
}

fn try_open(folder: &Path, keychain: &dyn Keychain, seed: u64) -> Result<Store, Trouble> {
    let mut rng = StdRng::seed_from_u64(seed);
    let store = Store::open(folder, &Ministry::new(1).profile(), at(NOW), keychain, &mut rng)?;
    store.close_names::<TripDraft>(at(NOW)).unwrap();
    Ok(store)
}

fn open(folder: &Path, keychain: &dyn Keychain) -> Store {
    try_open(folder, keychain, 1).unwrap()
}

/// Words that must stand nowhere.
const PRIVATE: [&str; 6] =
    ["+77010000001", "Marat Secret", "+77010000002", "Hidden street 7", "token-of-this-device", "half a form"];

fn private() -> TripDraft {
    let mut draft = trip(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")]);
    draft.phone = PRIVATE[0].into();
    draft.next_of_kin = Some(NextOfKin { name: PRIVATE[1].into(), phone: PRIVATE[2].into() });
    let LegDraft::Stay { address, .. } = &mut draft.legs[0] else { panic!("a stay") };
    *address = PRIVATE[3].into();
    draft
}

fn live_in(store: &Store) {
    store.save_trip(trip_id(1), &private()).unwrap();
    let identity = Identity {
        id: "0d9d5b1e-2a44-4c39-8a6e-2f3b5c7d9e01".parse().unwrap(),
        token: PRIVATE[4].into(),
        private_key: "private-key".into(),
        public_key: "public-key".into(),
    };
    store.set_identity(&identity).unwrap();
    store.keep_form(None, 0, PRIVATE[5]).unwrap();
    store.save_party(trip_id(1), (&"who travels along", &"who could not be read"), &[1], None, false).unwrap();
    store.see(trip_id(1), 1, CheckInStatus::Safe, false, at(NOW), "leader of bus 2").unwrap();
    say_something(store);
    let id = MessageId::random(&mut StdRng::seed_from_u64(1));
    store.keep_letter(id, at(NOW), &letters::private("what the ministry wrote")).unwrap();
    let message = serde_json::json!({
        "consent": { "text": "", "version": 0, "language": "und", "at": NOW, "by": "traveller" },
        "text": "what was written to it",
    });
    store.save_message(&Message { id, at: at(NOW), private: serde_json::from_value(message).unwrap() }).unwrap();
}

/// A word with more than how they are.
fn say_something(store: &Store) {
    let id = CheckInId::random(&mut StdRng::seed_from_u64(2));
    let people: PeopleByStatus = [(CheckInStatus::NeedHelp, 1)].into();
    let (trip, country, airport) = (None, None, None);
    store.save_check_in(&CheckIn { id, trip, people: people.clone(), country, airport, at: at(NOW) }, None).unwrap();
    let details = serde_json::json!({
        "consent": { "text": "", "version": 0, "language": "und", "at": NOW, "by": "traveller" },
        "by": "traveller",
        "words": "what is needed",
    });
    store.save_details(id, &people, &serde_json::from_value(details).unwrap()).unwrap();
}

/// The words that stand in the clear in any file of the folder.
fn in_the_clear(folder: &Path) -> Vec<&'static str> {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let all: Vec<Vec<u8>> = files.collect();
    let stands = |word: &&&str| all.iter().any(|bytes| bytes.windows(word.len()).any(|at| at == word.as_bytes()));
    PRIVATE.iter().filter(stands).copied().collect()
}

fn as_entered(store: &Store) -> bool {
    trips(store) == [(trip_id(1), private())]
        && store.identity().unwrap().is_some_and(|identity| identity.token == PRIVATE[4])
        && store.form(None).unwrap().texts.pop().as_deref() == Some(PRIVATE[5])
}

#[test]
fn what_names_people_stands_in_no_file_and_is_read_again() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    let store = open(folder.path(), &keychain);
    live_in(&store);
    assert_eq!(in_the_clear(folder.path()), [] as [&str; 0], "in the log");
    drop(store);
    assert_eq!(in_the_clear(folder.path()), [] as [&str; 0]);
    assert!(!folder.path().join("saparlas.key").exists(), "the key is in the keychain alone");
    assert!(as_entered(&open(folder.path(), &keychain)));
}

#[test]
fn where_there_is_no_keychain_or_it_does_not_keep_a_file_that_only_the_user_reads_has_the_key() {
    let locked = Kept { is_locked: Mutex::new(true), ..Kept::default() };
    let forgets = Kept { is_false: true, ..Kept::default() };
    let none = NoKeychain("none".into());
    for keychain in [&locked as &dyn Keychain, &forgets, &none] {
        let folder = tempfile::tempdir().unwrap();
        live_in(&open(folder.path(), keychain));
        let file = folder.path().join("saparlas.key");
        assert_eq!(fs::read(&file).unwrap().len(), 32);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(in_the_clear(folder.path()), [] as [&str; 0]);
        assert!(as_entered(&open(folder.path(), keychain)));
    }
}

#[test]
fn where_the_key_is_gone_the_plain_parts_stay_and_the_traveller_is_told_once() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    live_in(&open(folder.path(), &keychain));
    *keychain.secret.lock().unwrap() = None;
    let store = try_open(folder.path(), &keychain, 2).unwrap();
    let kept = store.kept::<TripDraft>().unwrap();
    let [(_, draft)] = kept.trips.as_slice() else { panic!("{:?}", kept.trips) };
    assert_eq!(draft.legs, private().plain().legs);
    assert_eq!((draft.adults, draft.phone.as_str(), &draft.next_of_kin), (3, "", &None));
    assert!(store.identity().unwrap().is_none());
    assert_eq!(store.form(None).unwrap().texts.pop(), None);
    assert!(kept.mended.is_some_and(|mended| mended.names_lost && !mended.damaged));
    assert!(!kept.is_damaged);
    // what is entered now is kept, and nothing is told twice
    store.dismiss_mended().unwrap();
    store.save_trip(trip_id(1), &private()).unwrap();
    drop(store);
    let store = try_open(folder.path(), &keychain, 3).unwrap();
    assert_eq!(trips(&store), [(trip_id(1), private())]);
    assert_eq!(store.kept::<TripDraft>().unwrap().mended, None);
}

#[test]
fn a_keychain_that_answers_again_opens_what_it_closed_and_is_needed_no_more() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    live_in(&open(folder.path(), &keychain));
    *keychain.is_locked.lock().unwrap() = true;
    let store = try_open(folder.path(), &keychain, 2).unwrap();
    assert!(!as_entered(&store));
    drop(store);
    *keychain.is_locked.lock().unwrap() = false;
    let store = try_open(folder.path(), &keychain, 3).unwrap();
    assert!(as_entered(&store));
    drop(store);
    *keychain.is_locked.lock().unwrap() = true;
    assert!(as_entered(&try_open(folder.path(), &keychain, 4).unwrap()));
}

/// A column that is closed and in no list would stay under a key that is relied on no more.
#[test]
fn every_closed_column_is_closed_anew_under_the_key_that_is_used() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    live_in(&open(folder.path(), &keychain));
    let key = keychain.secret.lock().unwrap().clone().unwrap();
    *keychain.is_locked.lock().unwrap() = true;
    let store = try_open(folder.path(), &keychain, 2).unwrap();
    store.keep_form(None, 0, "half another form").unwrap();
    drop(store);
    *keychain.is_locked.lock().unwrap() = false;
    let store = try_open(folder.path(), &keychain, 3).unwrap();
    let connection = store.lock();
    let columns = "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
                   WHERE t.type = 'table' AND c.type = 'BLOB'";
    let columns: Vec<(String, String)> = connection
        .prepare(columns)
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(columns.len() >= 3);
    let older = contract::hash::Hash::of(&key.0).to_string().as_bytes()[..8].to_vec();
    // an older trip is one with the newer as soon as its key is there
    let waits = |table: &str, column: &str| (table, column) == ("trip", "older");
    for (table, column) in columns.into_iter().filter(|(table, column)| !waits(table, column)) {
        let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
        let mut statement = connection.prepare(&sql).unwrap();
        let values: Vec<Vec<u8>> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        assert!(!values.is_empty(), "{table}.{column} is tried");
        assert!(values.iter().all(|value| !value.starts_with(&older)), "{table}.{column}");
    }
}

/// A device over a folder whose key the keychain has, with a trip, and the app opened again.
fn travelling(keychain: &Arc<Kept>) -> (Device, TripId) {
    let device = Device::keeping_its_key(tempfile::tempdir().unwrap(), keychain.clone(), NOW);
    let id = device.session().save_trip(None, &private()).unwrap();
    device.session().keep_form(Some(id), 0, Some("half a form")).unwrap();
    (device, id)
}

fn reopened(device: Device, keychain: &Arc<Kept>) -> Device {
    let Device { companion, folder, .. } = device;
    drop(companion);
    Device::keeping_its_key(folder, keychain.clone(), NOW)
}

fn identity(device: &Device) -> Option<DeviceId> {
    device.session().store.identity().unwrap().map(|identity| identity.id)
}

#[test]
fn whoever_is_locked_out_of_the_keychain_at_one_start_is_who_they_were_at_the_next() {
    let keychain = Arc::new(Kept::default());
    let (device, id) = travelling(&keychain);
    let before = identity(&device);
    *keychain.is_locked.lock().unwrap() = true;
    let device = reopened(device, &keychain);
    assert_eq!(identity(&device), None);
    assert_eq!(device.view().trips.len(), 1, "where and when is there");
    assert_eq!(device.session().store.kept::<TripDraft>().unwrap().mended, None, "nothing is lost");
    *keychain.is_locked.lock().unwrap() = false;
    // and from then on the keychain is not needed
    let mut device = device;
    for _ in 0..2 {
        device = reopened(device, &keychain);
        assert_eq!(identity(&device), before);
        assert_eq!(device.session().trip_draft(id).unwrap(), private());
        assert_eq!(device.session().kept_form(Some(id)).unwrap().texts.pop().as_deref(), Some("half a form"));
        *keychain.is_locked.lock().unwrap() = true;
    }
}

#[test]
fn a_list_that_cannot_be_read_now_is_not_written_over() {
    let keychain = Arc::new(Kept::default());
    let (device, id) = travelling(&keychain);
    let named = Party { people: vec![Person { name: "Aigul".into(), ..Person::default() }], ..Party::default() };
    let save = |party| PartyAct::Save { party, unread: Vec::new() };
    device.session().lead(id, save(named)).unwrap();
    let people = |device: &Device| device.session().party(id).map(|page| page.party.people.len());
    *keychain.is_locked.lock().unwrap() = true;
    let device = reopened(device, &keychain);
    let away = Failure::new(FailureCode::NamesAway);
    assert_eq!(people(&device), Err(away.clone()));
    assert_eq!(device.session().lead(id, save(Party::default())), Err(away));
    *keychain.is_locked.lock().unwrap() = false;
    let device = reopened(device, &keychain);
    assert_eq!(people(&device), Ok(1));
}

#[test]
fn a_word_that_cannot_wait_for_the_keychain_goes_as_a_new_device_s_and_takes_no_name_from_anybody() {
    let keychain = Arc::new(Kept::default());
    let (device, id) = travelling(&keychain);
    let before = identity(&device);
    *keychain.is_locked.lock().unwrap() = true;
    let device = reopened(device, &keychain);
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.session().identify().unwrap();
    assert!(identity(&device).is_some_and(|id| Some(id) != before));
    *keychain.is_locked.lock().unwrap() = false;
    let device = reopened(device, &keychain);
    assert_eq!(device.session().trip_draft(id).unwrap(), private());
}

#[test]
fn a_trip_that_is_entered_anew_while_its_names_are_away_has_both_when_they_are_back() {
    let keychain = Arc::new(Kept::default());
    let (device, id) = travelling(&keychain);
    *keychain.is_locked.lock().unwrap() = true;
    let mut device = reopened(device, &keychain);
    device.session().stay_longer(id, 3).unwrap();
    // and once more at another start, with a word on whom to call
    device = reopened(device, &keychain);
    let draft = device.session().trip_draft(id).unwrap();
    assert_eq!((draft.phone.as_str(), &draft.next_of_kin), ("", &None));
    let needs = Needs { medicine: "insulin".into(), ..Needs::default() };
    device.session().save_trip(Some(id), &TripDraft { needs: needs.clone(), ..draft }).unwrap();
    let sent = device.session().store.trip::<TripDraft>(id).unwrap().unwrap().0;
    *keychain.is_locked.lock().unwrap() = false;
    let device = reopened(device, &keychain);
    let mut expected = TripDraft { needs, ..private() };
    let LegDraft::Stay { until, .. } = &mut expected.legs[0] else { panic!("a stay") };
    *until = "2026-03-07".into();
    let (version, draft) = device.session().store.trip::<TripDraft>(id).unwrap().unwrap();
    assert_eq!(draft.unwrap(), expected);
    assert!(version > sent, "the ministry gets it whole");
    let again = reopened(device, &keychain).session().store.trip::<TripDraft>(id).unwrap().unwrap();
    assert_eq!(again, (version, Some(expected)), "once");
}

#[test]
fn who_cries_for_help_as_a_new_device_has_all_names_when_they_are_back() {
    let keychain = Arc::new(Kept::default());
    let (device, id) = travelling(&keychain);
    let named = Party { people: vec![Person { name: "Aigul".into(), ..Person::default() }], ..Party::default() };
    device.session().lead(id, PartyAct::Save { party: named, unread: Vec::new() }).unwrap();
    *keychain.is_locked.lock().unwrap() = true;
    let device = reopened(device, &keychain);
    device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    device.session().identify().unwrap();
    let trip = device.view().trips[0].id;
    assert_ne!(trip, id, "it goes as a new device's");
    *keychain.is_locked.lock().unwrap() = false;
    let device = reopened(device, &keychain);
    let draft = device.session().trip_draft(trip).unwrap();
    assert_eq!((draft.phone.as_str(), draft.next_of_kin), (PRIVATE[0], private().next_of_kin));
    assert_eq!((draft.adults, draft.children, draft.legs.len()), (2, 1, 2));
    assert_eq!(device.session().party(trip).unwrap().party.people[0].name, "Aigul");
}

#[test]
fn a_form_of_a_new_trip_that_is_begun_while_another_is_away_leaves_that_one_for_later() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    live_in(&open(folder.path(), &keychain));
    *keychain.is_locked.lock().unwrap() = true;
    let store = try_open(folder.path(), &keychain, 2).unwrap();
    store.forget_form(None, 0).unwrap();
    store.keep_form(None, 0, "another").unwrap();
    store.keep_form(None, 0, "another form").unwrap();
    assert_eq!(store.form(None).unwrap().texts.pop().as_deref(), Some("another form"));
    drop(store);
    *keychain.is_locked.lock().unwrap() = false;
    let store = try_open(folder.path(), &keychain, 3).unwrap();
    assert_eq!(store.form(None).unwrap().texts.pop().as_deref(), Some("another form"));
    store.save_trip_of(trip_id(2), &dubai(), None, None, &[]).unwrap();
    assert_eq!(store.form(None).unwrap().texts.pop().as_deref(), Some(PRIVATE[5]));
    store.forget_form(None, 0).unwrap();
    assert_eq!(store.form(None).unwrap().texts.pop(), None);
}

#[test]
fn what_a_trip_was_entered_under_is_closed_with_it_and_joined_like_it() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    let under = |language: &str, kin: Option<&str>| {
        let consent = |text: &str| Consent {
            text: text.into(),
            version: 1,
            language: language.parse().unwrap(),
            at: at(NOW),
            by: GivenBy::Traveller,
        };
        Under {
            consent: consent("agreed-to-this"),
            consent_of_kin: kin.map(consent),
            language: language.parse().unwrap(),
        }
    };
    let store = open(folder.path(), &keychain);
    let before = under("kk", Some("agreed-to-kin"));
    store.save_trip_of(trip_id(1), &private(), Some(&before), None, &[]).unwrap();
    assert_eq!(store.under(trip_id(1)).unwrap(), Some(before.clone()));
    // as an app before this one left it
    let sql = "UPDATE trip SET under = ?1";
    store.lock().execute(sql, [serde_json::to_string(&before).unwrap()]).unwrap();
    drop(store);
    let stands = |word: &str| {
        let mut files = fs::read_dir(folder.path()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        files.any(|bytes| bytes.windows(word.len()).any(|at| at == word.as_bytes()))
    };
    assert!(stands("agreed-to-kin"));
    let store = try_open(folder.path(), &keychain, 2).unwrap();
    assert!(!stands("agreed-to-kin") && !stands("agreed-to-this"));
    assert_eq!(store.under(trip_id(1)).unwrap(), Some(before.clone()));
    drop(store);
    *keychain.is_locked.lock().unwrap() = true;
    let store = try_open(folder.path(), &keychain, 3).unwrap();
    let now = under("ru", None);
    store.save_trip_of(trip_id(1), &private().plain(), Some(&now), None, &[]).unwrap();
    assert_eq!(store.under(trip_id(1)).unwrap(), Some(now.clone()));
    drop(store);
    *keychain.is_locked.lock().unwrap() = false;
    let store = try_open(folder.path(), &keychain, 4).unwrap();
    assert_eq!(trips(&store), [(trip_id(1), private())]);
    let joined = Under { consent_of_kin: before.consent_of_kin, ..now };
    assert_eq!(store.under(trip_id(1)).unwrap(), Some(joined));
}

#[test]
fn a_closed_value_is_that_of_its_row_alone() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    let store = open(folder.path(), &keychain);
    store.save_trip(trip_id(1), &private()).unwrap();
    store.save_trip(trip_id(2), &dubai()).unwrap();
    let exchange = "UPDATE trip SET private = (SELECT private FROM trip WHERE id = ?1) WHERE id = ?2";
    store.lock().execute(exchange, [trip_id(1).to_string(), trip_id(2).to_string()]).unwrap();
    let kept = store.kept::<TripDraft>().unwrap();
    assert!(kept.is_damaged);
    let (_, second) = &kept.trips[1];
    assert_eq!((second.phone.as_str(), &second.next_of_kin), ("", &None));
}

#[test]
fn a_deleted_trip_leaves_nothing_closed_either() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    let store = open(folder.path(), &keychain);
    store.save_trip(trip_id(1), &private()).unwrap();
    store.delete_trip::<TripDraft>(trip_id(1), None).unwrap();
    let private: Option<Vec<u8>> = store.lock().query_row("SELECT private FROM trip", [], |row| row.get(0)).unwrap();
    assert_eq!(private, None);
}

/// A file as an app before this one left it.
fn open_file(folder: &Path) {
    let keychain = NoKeychain("none".into());
    let store = open(folder, &keychain);
    live_in(&store);
    let whole = serde_json::to_string(&private()).unwrap();
    let connection = store.lock();
    connection.execute("UPDATE trip SET draft = ?1, private = NULL", [&whole]).unwrap();
    connection.execute("UPDATE form SET content = ?1, private = NULL", [PRIVATE[5]]).unwrap();
    connection.execute("DELETE FROM closed_setting", []).unwrap();
    let setting = "INSERT INTO setting (name, value) VALUES (?1, ?2)";
    connection.execute(setting, ["device_token", PRIVATE[4]]).unwrap();
    connection.execute(setting, ["device_private_key", "private-key"]).unwrap();
    connection.execute("DELETE FROM setting WHERE name = 'closed_with'", []).unwrap();
    drop(connection);
    drop(store);
    fs::remove_file(folder.join("saparlas.key")).unwrap();
}

#[test]
fn what_an_older_app_left_in_the_clear_is_closed_once_and_gone_from_the_files() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Arc::new(Kept::default()));
    open_file(folder.path());
    assert_eq!(in_the_clear(folder.path()).len(), PRIVATE.len());
    let store = open(folder.path(), keychain.as_ref());
    assert_eq!(in_the_clear(folder.path()), [] as [&str; 0], "while it is open");
    assert!(as_entered(&store));
    assert!(store.setting(Setting::DeviceToken).unwrap().is_none());
    assert_eq!(store.kept::<TripDraft>().unwrap().mended, None);
    drop(store);
    assert!(as_entered(&open(folder.path(), keychain.as_ref())));
}

#[test]
fn a_damaged_file_that_an_older_app_set_aside_is_closed_too() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    let aside = folder.path().join("saparlas.db.damaged-20250301T120000Z-1");
    let log = folder.path().join("saparlas.db.damaged-20250301T120000Z-1-wal");
    fs::write(&aside, PRIVATE[1]).unwrap();
    fs::write(&log, PRIVATE[3]).unwrap();
    fs::write(folder.path().join("saparlas.db.damaged-20250301T120000Z-1.closing"), "cut short").unwrap();
    let store = open(folder.path(), &keychain);
    assert_eq!(in_the_clear(folder.path()), [] as [&str; 0]);
    assert_eq!(store.opened_aside(), [PRIVATE[1].as_bytes()]);
    drop(store);
    let store = open(folder.path(), &keychain);
    assert_eq!(store.opened_aside(), [PRIVATE[1].as_bytes()], "once");
    store.erase(at(NOW)).unwrap();
    let left = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().contains("damaged")));
}

#[test]
fn whoever_is_killed_before_all_is_closed_begins_again() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Kept::default());
    open_file(folder.path());
    // the key is there, nothing is closed
    let mut rng = StdRng::seed_from_u64(1);
    drop(Store::open(folder.path(), &Ministry::new(1).profile(), at(NOW), &keychain, &mut rng).unwrap());
    assert!(keychain.secret.lock().unwrap().is_some());
    assert_eq!(in_the_clear(folder.path()).len(), PRIVATE.len());
    assert!(as_entered(&try_open(folder.path(), &keychain, 2).unwrap()));
    assert_eq!(in_the_clear(folder.path()), [] as [&str; 0]);
}

#[test]
fn what_was_said_while_the_keychain_was_here_is_kept_by_a_device_that_begins_anew_without_it() {
    let keychain = Arc::new(Kept::default());
    let device = Device::keeping_its_key(tempfile::tempdir().unwrap(), keychain.clone(), NOW);
    device.session().identify().unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.session().say_more(&Details { words: "insulin".into(), ..Details::default() }).unwrap();
    device.session().write(MessageDraft { text: "at gate 7".into(), ..MessageDraft::default() }).unwrap();
    let ids = |device: &Device| -> Vec<String> {
        let outbox = device.session().store.outbox().unwrap();
        outbox.into_iter().filter(|item| item.kind != Kind::Device).map(|item| item.id).collect()
    };
    let before = ids(&device);
    *keychain.is_locked.lock().unwrap() = true;
    let device = reopened(device, &keychain);
    device.session().identify().unwrap();
    let anew = ids(&device);
    assert!(!anew.is_empty() && anew.iter().all(|id| !before.contains(id)));
    // another word leaves what cannot be read as it is
    device.session().say_more(&Details { words: "two of us".into(), ..Details::default() }).unwrap();
    *keychain.is_locked.lock().unwrap() = false;
    let device = reopened(device, &keychain);
    let kept = device.session().store.kept::<TripDraft>().unwrap();
    assert_eq!(kept.latest_details.unwrap().words, "two of us");
    assert_eq!(kept.messages.iter().map(|message| message.private.text.as_str()).collect::<Vec<_>>(), ["at gate 7"]);
    let first = anew.iter().find_map(|id| device.session().store.check_in_details(id.parse().ok()?).unwrap());
    assert_eq!(first.unwrap().words, "insulin");
    assert!(!kept.is_damaged);
}
