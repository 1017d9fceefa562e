//! A party by name: kept closed, called at a roll with each tap durable, and told in one word.

use std::fs;

use contract::{
    ids::{DeviceId, TripId},
    paper::Paper,
    record::{
        CheckInStatus::{Left, NeedHelp, Safe, Stranded},
        Consent, GivenBy, Kind, MAX_MEDICINE, MAX_PEOPLE, Need, Needs, PeopleByStatus, Person, Record,
    },
    seal,
};
use jiff::Timestamp;
use proptest::{prelude::*, test_runner::TestRunner};
use rand::{SeedableRng, rngs::StdRng};
use testkit::country;

use crate::{
    Details, PartyAct, Whom,
    error::{Failure, FailureCode},
    paper::{KeptPaper, OwnersTrip},
    party::{Party, UnreadRow},
    store::Under,
    testing::{Device, dubai, stay, trip},
    trips::{LegDraft, Sealing, TripDraft, private, schedule, seal_trip},
    view::pages::party::PartyPage,
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn person(name: &str, group: &str) -> Person {
    Person { name: name.into(), group: group.into(), ..Person::default() }
}

fn save(people: Vec<Person>) -> PartyAct {
    PartyAct::Save { party: Party { leader: "Leader of bus 2".into(), people, ..Party::default() }, unread: Vec::new() }
}

fn see(person: u16, help: bool) -> PartyAct {
    PartyAct::See { person, status: if help { NeedHelp } else { Safe }, own: false }
}

/// A device with a trip of three, two of whom are named.
fn named() -> (Device, TripId) {
    let device = Device::new(NOW);
    device.catch_up();
    let id = device.session().save_trip(None, &dubai()).unwrap();
    let people =
        vec![person("Aigul Secret", "2"), Person { phone: "87022223344".into(), ..person("Marat Hidden", "1") }];
    device.session().lead(id, save(people)).unwrap();
    (device, id)
}

fn page(device: &Device, id: TripId) -> PartyPage {
    device.session().party(id).unwrap()
}

fn statuses(device: &Device, id: TripId) -> Vec<(u16, Option<contract::record::CheckInStatus>)> {
    page(device, id).roll.iter().map(|row| (row.number, row.status)).collect()
}

fn code<T>(result: Result<T, Failure>) -> Option<FailureCode> {
    result.err().map(|failure| failure.code)
}

fn is_on_disk(device: &Device, text: &str) -> bool {
    let files = fs::read_dir(device.folder.path()).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
}

#[test]
fn the_list_is_there_after_the_app_is_opened_again_and_in_no_file_in_the_clear() {
    let (device, id) = named();
    device.session().lead(id, see(1, true)).unwrap();
    let before = page(&device, id);
    assert_eq!(before.party.people[1].phone, "+77022223344");
    for secret in ["Aigul Secret", "Marat Hidden", "+77022223344", "Leader of bus 2"] {
        assert!(!is_on_disk(&device, secret), "{secret}");
    }
    let device = device.reopened();
    assert_eq!(page(&device, id), before);
    let told = device.session().store.everything().unwrap().to_string();
    assert!(told.contains("Aigul Secret") && told.contains("Leader of bus 2"), "the traveller's own export has it");
}

#[test]
fn the_ministry_gets_the_trip_anew_where_somebody_else_is_on_it_and_not_otherwise() {
    let (device, id) = named();
    let version = |device: &Device| {
        device.session().store.outbox_item(Kind::Trip, &id.to_string()).unwrap().map(|item| item.version)
    };
    assert_eq!(version(&device), Some(2));
    let party = page(&device, id).party;
    let again = Party { leader: "Other".into(), ..party.clone() };
    device.session().lead(id, PartyAct::Save { party: again, unread: Vec::new() }).unwrap();
    assert_eq!(version(&device), Some(2), "who calls the roll stays on this device");
    device
        .session()
        .lead(id, PartyAct::Save { party: Party { people: Vec::new(), ..party }, unread: Vec::new() })
        .unwrap();
    assert_eq!(version(&device), Some(3));
}

#[test]
fn the_list_never_changes_how_many_travel_until_the_leader_says_so() {
    let (device, id) = named();
    let people = |device: &Device| device.view().trips[0].people;
    assert_eq!((people(&device), page(&device, id).travel), (3, 3));
    device.session().lead(id, PartyAct::Count).unwrap();
    let draft = device.session().trip_draft(id).unwrap();
    assert_eq!((people(&device), draft.adults, draft.children), (2, 1, 1), "the child is one still");
    assert_eq!(page(&device, id).party.people.len(), 2, "and the list stays");
    device.session().lead(id, save(Vec::new())).unwrap();
    assert_eq!(code(device.session().lead(id, PartyAct::Count)), Some(FailureCode::NoPeople));
}

#[test]
fn each_tap_is_kept_and_can_be_taken_back() {
    let (device, id) = named();
    assert_eq!(statuses(&device, id), [(2, None), (1, None)], "by bus");
    device.session().lead(id, see(2, false)).unwrap();
    let device = device.reopened();
    assert_eq!(statuses(&device, id), [(1, None), (2, Some(Safe))]);
    let seen = page(&device, id).roll[1].seen.clone().unwrap();
    assert_eq!((seen.at.to_string().as_str(), seen.by.as_str()), (NOW, "Leader of bus 2"));
    device.session().lead(id, see(2, true)).unwrap();
    device.session().lead(id, PartyAct::Unsee { person: 2 }).unwrap();
    assert_eq!(statuses(&device, id), [(1, None), (2, Some(Safe))]);
    device.pass_to("2026-03-01T18:00:00Z");
    device.session().lead(id, PartyAct::Begin).unwrap();
    assert_eq!(statuses(&device, id), [(2, None), (1, None)], "everybody is missing again");
    assert_eq!(page(&device, id).roll[0].seen, Some(seen), "and was seen when they were");
    assert_eq!(code(device.session().lead(id, PartyAct::Unsee { person: 2 })), Some(FailureCode::NotFound));
    assert_eq!(code(device.session().lead(id, see(9, false))), Some(FailureCode::NotFound));
}

#[test]
fn a_clock_that_goes_back_makes_nobody_missing() {
    let (device, id) = named();
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.pass_to("2026-02-28T06:00:00Z");
    device.session().lead(id, see(1, false)).unwrap();
    assert_eq!(statuses(&device, id), [(2, None), (1, Some(Safe))]);
}

#[test]
fn one_press_tells_the_ministry_how_many_are_how() {
    let (device, id) = named();
    assert_eq!(code(device.session().lead(id, PartyAct::Tell)), Some(FailureCode::NoPeople), "nobody was seen yet");
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    device.session().lead(id, PartyAct::Tell).unwrap();
    let store = &device.session().store;
    let word = store.kept::<TripDraft>().unwrap().latest_check_in.unwrap();
    assert_eq!((word.people.clone(), word.trip), ([(Safe, 1), (NeedHelp, 1)].into(), Some(id)));
    assert_eq!(word.country, Some(country("AE")));
    let item = store.outbox_item(Kind::CheckIn, &word.id.to_string()).unwrap().unwrap();
    assert!(item.help, "a cry waits behind nothing");
    let told = page(&device, id).told.unwrap();
    assert_eq!(told.people.iter().map(|one| (one.status, one.count)).collect::<Vec<_>>(), [(Safe, 1), (NeedHelp, 1)]);
    assert_eq!(device.view().check_in.map(|said| (said.status, said.people)), Some((NeedHelp, 2)));
    let id_of_word = word.id;
    let device = device.reopened();
    assert_eq!(device.session().store.check_in(id_of_word).unwrap(), Some(word));
}

#[test]
fn nobody_s_cry_is_taken_back_by_a_new_roll_by_the_leader_s_own_word_or_by_a_merge() {
    let (device, id) = named();
    let said = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap().people;
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(said(&device), [(Safe, 2), (NeedHelp, 1)].into(), "of three, one still needs help");
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    device.session().lead(id, PartyAct::Tell).unwrap();
    assert_eq!(said(&device), [(Safe, 1), (NeedHelp, 1)].into());
    assert_eq!(device.view().check_in.unwrap().by_status.len(), 2);
    device.session().lead(id, PartyAct::Merge { kept: 2, other: 1 }).unwrap();
    assert_eq!(statuses(&device, id), [(2, Some(NeedHelp))], "though the other was seen since");
    device.session().lead(id, see(2, false)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(said(&device), [(Safe, 3)].into(), "once it is answered, it is");
}

/// How many are how, by the latest word.
fn told(device: &Device) -> PeopleByStatus {
    device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap().people
}

#[test]
fn nobody_who_was_not_seen_at_a_roll_is_said_to_be_safe() {
    let (device, id) = named();
    for status in [Safe, Left, Stranded] {
        device.session().check_in(status).unwrap();
        assert_eq!(told(&device), [(status, 3)].into(), "no roll has begun");
    }
    device.session().lead(id, see(1, false)).unwrap();
    for status in [Safe, Left, Stranded] {
        device.session().check_in(status).unwrap();
        assert_eq!(told(&device), [(status, 2)].into(), "who is not on the list, and who was seen");
    }
    device.session().lead(id, see(1, true)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into());
    device.session().lead(id, see(2, false)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 2), (NeedHelp, 1)].into());
    let more = vec![person("Erlan", ""), person("Dana", ""), person("Aliya", "")];
    let people = page(&device, id).party.people.into_iter().chain(more).collect();
    device.session().lead(id, save(people)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into(), "five are on the list of a trip of three");
}

#[test]
fn whoever_was_asked_and_says_that_no_help_is_needed_takes_the_need_back() {
    let (device, id) = named();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, PartyAct::Tell).unwrap();
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 2)].into(), "and nothing is said of who was not seen");
    assert_eq!(statuses(&device, id), [(2, None), (1, Some(Safe))]);
    device.session().lead(id, PartyAct::See { person: 2, status: NeedHelp, own: true }).unwrap();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 2), (NeedHelp, 1)].into(), "their own word is their own to take back");
}

#[test]
fn whoever_left_and_needs_no_help_any_more_says_both() {
    let device = Device::new(NOW);
    device.session().stuck_at("DXB", true, Some(2), None, &[]).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    device.pass_to("2026-03-01T18:00:00Z");
    device.session().check_in(Left).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 2)].into(), "a plan that ends takes no cry back");
    let device = Device::new(NOW);
    device.session().stuck_at("DXB", true, Some(2), None, &[]).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    device.pass_to("2026-03-01T18:00:00Z");
    device.session().need_is_over(Left).unwrap();
    assert_eq!(told(&device), [(Left, 2)].into());
}

#[test]
fn what_is_added_to_a_word_of_a_roll_is_of_those_it_has_in_need_and_the_others_stay_as_they_were() {
    let (device, id) = named();
    let people = page(&device, id).party.people.into_iter().chain([person("Erlan", "")]).collect();
    device.session().save_trip(Some(id), &TripDraft { adults: 44, children: 1, ..dubai() }).unwrap();
    device.session().lead(id, save(people)).unwrap();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    let whom = Whom::Named { numbers: vec![1], others_safe: true };
    device.session().say_more(&Details { whom: whom.clone(), ..Details::default() }).unwrap();
    assert_eq!(told(&device), [(Safe, 43), (NeedHelp, 1)].into(), "of 45 one was not seen");
    device.session().check_in(Safe).unwrap();
    device.session().lead(id, PartyAct::Tell).unwrap();
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into());
    let before = device.session().said_before(Vec::new()).unwrap();
    assert_eq!(before.whom, whom);
    device.session().say_more(&Details { needs: vec![Need::Medical], ..before }).unwrap();
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into(), "the others as they were");
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    device.session().say_more(&Details { needs: vec![Need::Shelter], ..Details::default() }).unwrap();
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into(), "behind the PIN too");
}

#[test]
fn a_roll_that_is_told_again_says_what_was_said_of_those_in_need() {
    let (device, id) = named();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, PartyAct::Tell).unwrap();
    let before = device.session().said_before(Vec::new()).unwrap();
    device.session().say_more(&Details { words: "insulin".into(), ..before }).unwrap();
    device.session().lead(id, see(2, true)).unwrap();
    device.session().lead(id, PartyAct::Tell).unwrap();
    let now = device.session().said_before(Vec::new()).unwrap();
    assert_eq!(now.words, "insulin");
    assert_eq!(now.whom, Whom::Named { numbers: vec![1, 2], others_safe: false });
}

#[test]
fn a_roll_is_told_from_where_the_trip_is_and_not_from_where_the_leader_says_they_are() {
    let (device, id) = named();
    let place = crate::ChosenPlace::Country { code: country("TR") };
    device.session().choose_place(Some(place)).unwrap();
    device.session().lead(id, see(1, false)).unwrap();
    device.session().lead(id, PartyAct::Tell).unwrap();
    let told = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap().country;
    assert_eq!(told(&device), Some(country("AE")));
    device.pass_to("2026-04-01T12:00:00Z");
    device.session().lead(id, PartyAct::Tell).unwrap();
    assert_eq!(told(&device), None, "the trip is over");
}

#[test]
fn whoever_is_taken_off_or_merged_takes_their_sightings_along() {
    let (device, id) = named();
    device.session().lead(id, see(2, true)).unwrap();
    device.session().lead(id, PartyAct::Merge { kept: 1, other: 2 }).unwrap();
    assert_eq!(statuses(&device, id), [(1, Some(NeedHelp))]);
    assert_eq!(page(&device, id).party.people[0].phone, "+77022223344");
    device.session().lead(id, save(vec![person("Erlan", "")])).unwrap();
    assert_eq!(statuses(&device, id), [(3, None)], "a number is given once");
    assert_eq!(code(device.session().lead(id, PartyAct::Merge { kept: 3, other: 2 })), Some(FailureCode::NotFound));
}

#[test]
fn a_merge_that_is_taken_back_gives_each_what_was_seen_of_them() {
    let (device, id) = named();
    let session = device.session();
    session.lead(id, see(1, false)).unwrap();
    session.lead(id, see(2, true)).unwrap();
    let (before, list) = (statuses(&device, id), page(&device, id).party);
    session.lead(id, PartyAct::Merge { kept: 1, other: 2 }).unwrap();
    assert_eq!(statuses(&device, id), [(1, Some(NeedHelp))]);
    let device = device.reopened();
    device.session().lead(id, PartyAct::Save { party: list, unread: Vec::new() }).unwrap();
    assert_eq!(statuses(&device, id), before);
    device.session().lead(id, PartyAct::Unsee { person: 1 }).unwrap();
    assert_eq!(statuses(&device, id), [(1, None), (2, Some(NeedHelp))], "and nothing of the other");
}

#[test]
fn rows_that_wait_are_kept_with_why_until_they_are_put_right() {
    let (device, id) = named();
    let party = page(&device, id).party;
    let bad = Person { phone: "12".into(), ..person("Erlan", "") };
    let unread = vec![
        UnreadRow { row: 17, person: bad, text: String::new() },
        UnreadRow { row: 18, person: person(&"x".repeat(10_000), ""), text: "x".repeat(10_000) },
    ];
    device.session().lead(id, PartyAct::Save { party: party.clone(), unread }).unwrap();
    let device = device.reopened();
    let faulty = page(&device, id).faulty;
    let said: Vec<_> = faulty.iter().map(|row| (row.row, row.fault.code)).collect();
    assert_eq!(said, [(17, FailureCode::PhoneInvalid), (18, FailureCode::TextTooLong)]);
    device.session().lead(id, PartyAct::Apart { numbers: vec![1, 2] }).unwrap();
    assert_eq!(page(&device, id).faulty, faulty, "they wait through whatever else is done");
    let too_many = vec![UnreadRow { row: 1, person: person("x", ""), text: String::new() }; 2_501];
    let failure = device.session().lead(id, PartyAct::Save { party, unread: too_many }).unwrap_err();
    assert_eq!(failure, Failure::at(FailureCode::TooManyPeople, "/unread"));
}

#[test]
fn a_deleted_trip_names_nobody_any_more() {
    let (device, id) = named();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().delete_trip(id).unwrap();
    assert_eq!(code(device.session().party(id)), Some(FailureCode::NotFound));
    assert_eq!(code(device.session().lead(id, save(vec![person("Erlan", "")]))), Some(FailureCode::NotFound));
    let left = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        device.session().store.lock().query_row(&sql, [], |row| row.get::<_, u32>(0)).unwrap()
    };
    assert_eq!((left("party"), left("sighting")), (0, 0));
}

#[test]
fn a_locked_phone_tells_and_changes_nobody() {
    let (device, id) = named();
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    assert_eq!(code(device.session().party(id)), Some(FailureCode::Locked));
    assert_eq!(code(device.session().lead(id, see(1, false))), Some(FailureCode::Locked));
}

/// As many people as a trip may have, each with every text as long as it may be.
pub fn longest(letter: &str) -> Vec<Person> {
    let text = |letters: usize| letter.repeat(letters);
    let needs = Needs {
        medicine: text(MAX_MEDICINE),
        medicine_days: Some(366),
        wheelchair: true,
        pregnant: true,
        infant: true,
    };
    let one = Person {
        number: 0,
        // signs alone are nobody's name
        name: text(59) + "a",
        latin: "A".repeat(39),
        phone: "+442079460123".into(),
        group: text(24),
        needs,
    };
    let party = Party { people: vec![one; usize::from(MAX_PEOPLE)], ..Party::default() };
    party.tidied(&Party::default(), country("KZ")).unwrap().people
}

#[test]
fn everybody_with_every_text_as_long_as_it_may_be_fits_into_a_trip_for_the_ministry_and_for_its_owner() {
    let mut runner = TestRunner::new(ProptestConfig { cases: 12, ..ProptestConfig::default() });
    let letters = prop::sample::select(vec!["🏨", "\"", "\\", "Ә", "م", "a", "中", "👩"]);
    let law = |(letter, legs, seed): (&str, usize, u64)| {
        let leg = |at: usize| {
            let mut leg = stay("AE", None, &format!("2026-03-{:02}", at + 1), &format!("2026-03-{:02}", at + 2));
            if let LegDraft::Stay { address, .. } = &mut leg {
                *address = letter.repeat(300);
            }
            leg
        };
        let draft = TripDraft { adults: MAX_PEOPLE, children: 0, ..trip((0..legs).map(leg).collect()) };
        let mut rng = StdRng::seed_from_u64(seed);
        let (_, consular) = seal::key_pair(&mut rng);
        let at = Timestamp::UNIX_EPOCH;
        let consent = |text: &str| Consent {
            text: text.into(),
            version: 1,
            language: "kk".parse().unwrap(),
            at,
            by: GivenBy::Traveller,
        };
        let under = Under {
            consent: consent("registering"),
            consent_of_kin: Some(consent("next_of_kin")),
            language: "kk".parse().unwrap(),
        };
        let (device, id) = (DeviceId::random(&mut rng), TripId::random(&mut rng));
        let sealing = Sealing {
            device,
            id,
            version: 1,
            consular: (&"consular-1".parse().unwrap(), consular),
            private: private(&draft, longest(letter), under.clone()),
        };
        let record = seal_trip(&schedule(&draft, country("KZ")).unwrap(), sealing, &mut rng).unwrap();
        let paper = Paper::new(device, &mut rng);
        let people = longest(letter);
        let owned = OwnersTrip { draft, party: Party { people, ..Party::default() }, under };
        let record = KeptPaper::of(&paper.keys(), at).on(record, (device, id), &owned, &mut rng).unwrap();
        prop_assert!(record.sealed_to_owner.is_some(), "none of it was left out");
        prop_assert_eq!(record.check(), Ok(()));
        prop_assert!(serde_json::to_vec(&record).unwrap().len() <= Kind::Trip.max_bytes());
        Ok(())
    };
    runner.run(&(letters, 1_usize..=20, any::<u64>()), law).unwrap();
}
