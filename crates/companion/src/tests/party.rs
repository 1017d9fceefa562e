//! A party by name: kept closed, called at a roll with each tap durable, and told in one word.

use std::fs;

use contract::{
    ids::{DeviceId, TripId},
    paper::Paper,
    record::{
        About,
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
    paper::{KeptPaper, OwnersTrip, Standing},
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
fn the_list_never_changes_how_many_travel() {
    let (device, id) = named();
    let people = |device: &Device| device.view().trips[0].people;
    assert_eq!((people(&device), page(&device, id).travel), (3, 3));
    device.session().lead(id, save(Vec::new())).unwrap();
    assert_eq!((people(&device), page(&device, id).travel), (3, 3));
}

#[test]
fn whoever_leads_and_is_on_no_list_is_put_on_it_once_and_called_like_anybody() {
    let (device, id) = named();
    assert!(page(&device, id).may_join, "two of three are named");
    let join = || PartyAct::Join { name: " Dana, guide ".into() };
    device.session().lead(id, join()).unwrap();
    device.session().lead(id, join()).unwrap();
    let device = device.reopened();
    let with_leader = page(&device, id);
    assert_eq!((with_leader.party.leads, with_leader.may_join), (Some(3), false));
    assert_eq!(with_leader.party.people[2].name, "Dana, guide");
    for person in 1..=3 {
        device.session().lead(id, see(person, false)).unwrap();
    }
    device.session().lead(id, tell(false)).unwrap();
    assert_eq!((told(&device), page(&device, id).unseen), ([(Safe, 3)].into(), 0));
    let session = device.session();
    session.lead(id, PartyAct::Merge { kept: 1, other: 3 }).unwrap();
    assert_eq!(page(&device, id).party.leads, Some(1), "and is whoever they are one with");
    session.lead(id, save(Vec::new())).unwrap();
    assert_eq!(page(&device, id).party.leads, None);
}

#[test]
fn on_a_trip_of_others_whoever_leads_is_none_of_those_on_no_list() {
    let (device, id) = named();
    let draft = device.session().trip_draft(id).unwrap();
    device.session().save_trip(Some(id), &TripDraft { of_others: true, ..draft }).unwrap();
    assert_eq!((page(&device, id).may_join, page(&device, id).travel), (false, 3));
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
    assert_eq!(code(device.session().lead(id, tell(false))), Some(FailureCode::NoPeople), "nobody was seen yet");
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
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
    assert_eq!(said(&device), [(Safe, 1), (NeedHelp, 1)].into(), "of three, one still needs help, one is on no list");
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    assert_eq!(said(&device), [(Safe, 1), (NeedHelp, 1)].into());
    assert_eq!(device.view().check_in.unwrap().by_status.len(), 2);
    device.session().lead(id, PartyAct::Merge { kept: 2, other: 1 }).unwrap();
    assert_eq!(statuses(&device, id), [(2, Some(NeedHelp))], "though the other was seen since");
    device.session().lead(id, see(2, false)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(said(&device), [(NeedHelp, 1)].into(), "who was told to be in need is so until that is asked");
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(said(&device), [(Safe, 1)].into(), "once it is answered, it is");
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
        assert_eq!(told(&device), [(status, 1)].into(), "who was seen, and not who is on no list");
    }
    device.session().lead(id, see(1, true)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 1)].into());
    device.session().lead(id, see(2, false)).unwrap();
    device.session().check_in(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into());
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
    device.session().lead(id, tell(false)).unwrap();
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 1)].into(), "and nothing is said of who was not seen");
    assert_eq!(statuses(&device, id), [(2, None), (1, Some(Safe))]);
    device.session().lead(id, PartyAct::See { person: 2, status: NeedHelp, own: true }).unwrap();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into(), "their own word is their own to take back");
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
fn after_a_word_of_all_the_roll_says_what_it_said_until_somebody_is_ticked_or_it_is_taken_back() {
    let (device, id) = named();
    let session = device.session();
    let is_told = || {
        let page = page(&device, id);
        page.told.is_some_and(|told| told.people == page.counted && told.unseen == page.missing)
    };
    session.lead(id, see(1, true)).unwrap();
    session.lead(id, see(2, false)).unwrap();
    session.lead(id, tell(false)).unwrap();
    device.pass_to("2026-03-01T12:01:00Z");
    session.check_in(Left).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 1), (Left, 1)].into(), "the cry stands");
    assert_eq!((statuses(&device, id), is_told()), (vec![(1, Some(NeedHelp)), (2, Some(Left))], true));
    device.pass_to("2026-03-01T12:02:00Z");
    session.need_is_over(Left).unwrap();
    assert_eq!((told(&device), is_told()), ([(Left, 2)].into(), true));
    device.pass_to("2026-03-01T12:03:00Z");
    session.check_in(Safe).unwrap();
    assert_eq!((statuses(&device, id), is_told()), (vec![(2, Some(Safe)), (1, Some(Safe))], true));
    session.undo_word().unwrap();
    assert_eq!((statuses(&device, id), is_told()), (vec![(2, Some(Left)), (1, Some(Left))], true));
}

#[test]
fn a_word_of_all_as_a_roll_begins_is_of_those_whose_need_it_ends() {
    let (device, id) = named();
    let session = device.session();
    session.lead(id, see(2, true)).unwrap();
    session.lead(id, see(1, false)).unwrap();
    session.lead(id, tell(false)).unwrap();
    session.lead(id, PartyAct::Begin).unwrap();
    device.pass_to("2026-03-01T12:01:00Z");
    session.need_is_over(Left).unwrap();
    let after = page(&device, id);
    let one = crate::view::check_ins::StatusCount { status: Left, count: 1 };
    assert_eq!((told(&device), after.is_called, after.counted), ([(Left, 1)].into(), true, vec![one]));
    session.undo_word().unwrap();
    assert_eq!(statuses(&device, id), [(1, None), (2, Some(NeedHelp))], "the cry stands again");
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
    assert_eq!(told(&device), [(Safe, 1), (NeedHelp, 1)].into(), "of 45 two were seen");
    device.session().check_in(Safe).unwrap();
    device.session().lead(id, tell(false)).unwrap();
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

/// A device with 46 on a trip, 44 of them named, and the first of these said by name to need help.
fn one_of_many_in_need() -> (Device, TripId) {
    let device = Device::new(NOW);
    device.catch_up();
    let id = device.session().save_trip(None, &TripDraft { adults: 46, children: 0, ..dubai() }).unwrap();
    let people = (1..=44).map(|number| person(&format!("Person {number} Of {}", "x".repeat(number)), "")).collect();
    device.session().lead(id, save(people)).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    let whom = Whom::Named { numbers: vec![1], others_safe: false };
    device.session().say_more(&Details { words: "insulin".into(), whom, ..Details::default() }).unwrap();
    (device, id)
}

fn tell(over: bool) -> PartyAct {
    PartyAct::Tell { over, found: String::new() }
}

#[test]
fn whoever_was_said_by_name_to_need_help_does_so_at_the_roll_until_somebody_is_asked_of_exactly_that() {
    let (device, id) = one_of_many_in_need();
    let of_first = |device: &Device| page(device, id).roll.iter().find(|row| row.number == 1).unwrap().status;
    assert_eq!(of_first(&device), Some(NeedHelp));
    assert!(!page(&device, id).is_called, "a need alone calls no roll");
    for number in 2..=41 {
        device.session().lead(id, see(number, false)).unwrap();
    }
    device.session().lead(id, tell(false)).unwrap();
    assert_eq!(told(&device), [(Safe, 40), (NeedHelp, 1)].into());
    assert_eq!(device.session().said_before(Vec::new()).unwrap().words, "insulin");
    // a slip of the thumb
    device.session().lead(id, see(1, false)).unwrap();
    let over = page(&device, id).over.unwrap();
    assert_eq!((over.count, over.numbers), (1, vec![1]));
    device.session().lead(id, tell(false)).unwrap();
    assert_eq!((told(&device), of_first(&device)), ([(Safe, 40), (NeedHelp, 1)].into(), Some(NeedHelp)));
    assert_eq!(page(&device, id).over, None);
    device.session().lead(id, see(1, false)).unwrap();
    device.session().lead(id, tell(true)).unwrap();
    assert_eq!(told(&device), [(Safe, 41)].into());
}

#[test]
fn a_roll_told_with_fewer_needs_than_stand_ends_none_that_was_counted_and_not_named() {
    let (device, id) = one_of_many_in_need();
    device
        .session()
        .say_more(&Details { whom: Whom::Some { count: 3, others_safe: false }, ..Details::default() })
        .unwrap();
    assert_eq!(statuses(&device, id).iter().filter(|(_, status)| status.is_some()).count(), 0, "it is of others now");
    for number in 1..=41 {
        device.session().lead(id, see(number, false)).unwrap();
    }
    assert_eq!(page(&device, id).over.map(|over| (over.count, over.numbers)), Some((3, vec![])));
    device.session().lead(id, tell(false)).unwrap();
    assert_eq!(told(&device), [(Safe, 38), (NeedHelp, 3)].into());
    device.session().lead(id, tell(true)).unwrap();
    assert_eq!(told(&device), [(Safe, 41)].into());
}

#[test]
fn behind_the_pin_nobody_says_that_whoever_was_named_in_need_is_well() {
    for (status, is_asked) in [(Safe, true), (Left, true), (Safe, false)] {
        let (device, _) = one_of_many_in_need();
        device.session().set_pin(None, Some("2580")).unwrap();
        device.session().lock_screen();
        assert_eq!(device.view().check_in.unwrap().stay_in_need, 1);
        if is_asked {
            device.session().need_is_over(status).unwrap();
        } else {
            device.session().check_in(status).unwrap();
        }
        assert_eq!(told(&device), [(status, 45), (NeedHelp, 1)].into());
        let sealed = || device.session().store.kept::<TripDraft>().unwrap().latest_details.unwrap();
        assert_eq!((sealed().who[&NeedHelp].as_slice(), sealed().words.as_str()), (&[1][..], "insulin"));
        device.session().say_more(&Details { whom: Whom::Me, ..Details::default() }).unwrap();
        assert_eq!((told(&device)[&NeedHelp], &sealed().who[&NeedHelp]), (1, &vec![1]), "nor of somebody else");
        device.session().unlock("2580").unwrap();
        device.session().need_is_over(status).unwrap();
        assert_eq!(told(&device), [(status, 46)].into(), "whoever sees of whom it was said is asked, and says so");
    }
}

#[test]
fn whoever_is_on_no_list_is_counted_with_those_who_were_not_seen() {
    let (device, id) = one_of_many_in_need();
    device.session().need_is_over(Safe).unwrap();
    assert_eq!((page(&device, id).unseen, told(&device)), (0, [(Safe, 46)].into()), "no roll was called");
    device.session().lead(id, PartyAct::Begin).unwrap();
    for number in 1..=43 {
        device.session().lead(id, see(number, false)).unwrap();
    }
    device.session().check_in(Safe).unwrap();
    assert_eq!((page(&device, id).unseen, told(&device)), (3, [(Safe, 43)].into()));
    let said = device.view().check_in.unwrap();
    assert_eq!((said.people, said.party), (43, 46));
}

#[test]
fn a_roll_that_is_told_again_says_what_was_said_of_those_in_need() {
    let (device, id) = named();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    let before = device.session().said_before(Vec::new()).unwrap();
    device.session().say_more(&Details { words: "insulin".into(), ..before }).unwrap();
    device.session().lead(id, see(2, true)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    let now = device.session().said_before(Vec::new()).unwrap();
    assert_eq!(now.words, "Aigul Secret: insulin");
    assert_eq!(now.whom, Whom::Named { numbers: vec![1, 2], others_safe: false });
}

#[test]
fn a_roll_says_from_the_first_who_needs_help_and_where_they_are() {
    let (device, id) = named();
    let sealed = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_details;
    device.session().lead(id, see(2, false)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    assert_eq!(sealed(&device), None, "of whoever is well nothing more is said");
    device.session().lead(id, see(1, true)).unwrap();
    let place = crate::ChosenPlace::Country { code: country("TR") };
    device.session().choose_place(Some(place)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    let said = sealed(&device).unwrap();
    assert_eq!((said.by, &said.who), (GivenBy::Proxy, &[(NeedHelp, vec![1])].into()));
    assert_eq!(said.place.unwrap().words, "Dubai", "theirs, and not where the leader says they are");
    let (device, id) = named();
    let twice = vec![person("Aigul Secret", ""), person("Aigul Secret", "")];
    device.session().lead(id, save(twice)).unwrap();
    let numbers: Vec<_> = page(&device, id).party.people.iter().map(|person| person.number).collect();
    numbers.iter().for_each(|number| device.session().lead(id, see(*number, true)).unwrap());
    device.session().check_in(Safe).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 1)].into());
    let said = sealed(&device).unwrap();
    assert_eq!(said.who[&NeedHelp], [numbers[0]], "the leader's own word by the roll says so too, of each once");
    assert_eq!(said.place.unwrap().words, "Dubai");
}

#[test]
fn on_a_day_that_leaves_it_open_a_roll_is_told_from_where_on_the_trip_they_say_that_they_are() {
    let device = Device::new("2026-03-04T09:00:00Z");
    let legs = vec![
        stay("SA", Some("sa-jeddah"), "2026-03-01", "2026-03-04"),
        stay("AE", Some("ae-dubai"), "2026-03-04", "2026-03-08"),
    ];
    let id = device.session().save_trip(None, &trip(legs)).unwrap();
    device.session().lead(id, save(vec![person("Aigul", "")])).unwrap();
    device.session().lead(id, see(1, true)).unwrap();
    let from = |key: &str| {
        device.session().choose_place(Some(crate::ChosenPlace::City { key: key.into() })).unwrap();
        device.session().lead(id, tell(false)).unwrap();
        let kept = device.session().store.kept::<TripDraft>().unwrap();
        let place = kept.latest_details.unwrap().place.unwrap().words;
        (kept.latest_check_in.unwrap().country.unwrap(), place)
    };
    assert_eq!(from("sa-jeddah"), (country("SA"), "Jeddah".into()));
    assert_eq!(from("ae-dubai"), (country("AE"), "Dubai".into()));
}

#[test]
fn a_roll_is_told_from_where_the_trip_is_and_not_from_where_the_leader_says_they_are() {
    let (device, id) = named();
    let place = crate::ChosenPlace::Country { code: country("TR") };
    device.session().choose_place(Some(place)).unwrap();
    device.session().lead(id, see(1, false)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    let told = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap().country;
    assert_eq!(told(&device), Some(country("AE")));
    device.pass_to("2026-04-01T12:00:00Z");
    device.session().lead(id, tell(false)).unwrap();
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
        UnreadRow { row: 17, person: bad, text: "Айгүл · 8 701 11 · бөлме 12".into() },
        UnreadRow { row: 18, person: person(&"x".repeat(10_000), ""), text: "x".repeat(10_000) },
    ];
    device.session().lead(id, PartyAct::Save { party: party.clone(), unread }).unwrap();
    let device = device.reopened();
    let faulty = page(&device, id).faulty;
    let said: Vec<_> = faulty.iter().map(|row| (row.row, row.fault.code)).collect();
    assert_eq!(said, [(17, FailureCode::PhoneInvalid), (18, FailureCode::TextTooLong)]);
    device.session().lead(id, PartyAct::Apart { numbers: vec![1, 2] }).unwrap();
    assert_eq!(faulty[0].text, "Айгүл · 8 701 11 · бөлме 12", "the whole row, and not the name alone");
    assert_eq!(faulty[1].text.chars().count(), 1_000);
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
        room: text(16),
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
        let owned =
            OwnersTrip { draft, party: Party { people, ..Party::default() }, under, standing: Standing::default() };
        let record = KeptPaper::of(&paper.keys(), at).on(record, (device, id), &owned, &mut rng).unwrap();
        prop_assert!(record.sealed_to_owner.is_some(), "none of it was left out");
        prop_assert_eq!(record.check(), Ok(()));
        prop_assert!(serde_json::to_vec(&record).unwrap().len() <= Kind::Trip.max_bytes());
        Ok(())
    };
    runner.run(&(letters, 1_usize..=20, any::<u64>()), law).unwrap();
}

#[test]
fn who_is_missing_is_said_by_name_once_and_that_they_were_found_too() {
    let (device, id) = named();
    let say = |text: &str| device.session().lead(id, PartyAct::TellMissing { text: text.into() });
    assert_eq!(code(say("Marat")), Some(FailureCode::NoPeople), "no roll was called: nobody is missing");
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    let told = page(&device, id).told.unwrap();
    assert_eq!((told.help, told.unseen), (vec![1], vec![2]), "the receipt names both");
    say("Not seen: Marat Hidden").unwrap();
    let store = &device.session().store;
    let message = store.kept::<TripDraft>().unwrap().messages.pop().unwrap();
    assert_eq!(message.private.text, "Not seen: Marat Hidden");
    assert_eq!(message.private.missing, Some(vec![2]));
    assert_eq!(message.private.about, Some(About::Trip { id }));
    assert!(store.outbox_item(Kind::Message, &message.id.to_string()).unwrap().is_some());
    assert_eq!(page(&device, id).said_missing.unwrap().numbers, [2]);
    assert_eq!(code(say("Not seen: Marat Hidden")), Some(FailureCode::NothingSaid), "it is said once");
    assert_eq!(
        device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap().people,
        [(NeedHelp, 1)].into()
    );
    device.pass_to("2026-03-01T18:00:00Z");
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    let before = page(&device, id).told.map(|told| told.unseen);
    assert_eq!(before, None, "the word was of the roll before");
    device.session().lead(id, see(1, false)).unwrap();
    say("All were found").unwrap();
    assert_eq!(page(&device, id).said_missing.unwrap().numbers, [0_u16; 0]);
    assert!(!is_on_disk(&device, "Marat Hidden"));
}

#[test]
fn the_press_that_tells_the_roll_tells_too_who_was_found_and_of_nobody_else_that_they_are_missing() {
    let (device, id) = named();
    let people = page(&device, id).party.people.into_iter().chain([person("Erlan", ""), person("Dana", "")]).collect();
    device.session().lead(id, save(people)).unwrap();
    let press = |found: &str| device.session().lead(id, PartyAct::Tell { over: false, found: found.into() }).unwrap();
    let said = || page(&device, id).said_missing.map(|said| said.numbers);
    device.session().lead(id, see(1, false)).unwrap();
    press("nobody was missing");
    assert_eq!(said(), None, "half a roll says of nobody that they are missing");
    device.session().lead(id, see(4, false)).unwrap();
    device.session().lead(id, PartyAct::TellMissing { text: "Marat and Erlan".into() }).unwrap();
    press("nobody was found");
    assert_eq!(said(), Some(vec![2, 3]));
    device.session().lead(id, see(2, false)).unwrap();
    device.session().lead(id, PartyAct::Unsee { person: 4 }).unwrap();
    press("Marat was found");
    let message = || device.session().store.kept::<TripDraft>().unwrap().messages.pop().unwrap().private;
    assert_eq!(
        (said(), message().text.as_str()),
        (Some(vec![3]), "Marat was found"),
        "and not Dana, of whom nobody said it"
    );
    assert_eq!(told(&device), [(Safe, 2)].into(), "the word goes with it");
    device.session().lead(id, see(3, false)).unwrap();
    press("All were found");
    assert_eq!((said(), message().text.as_str()), (Some(vec![]), "All were found"));
}

#[test]
fn the_receipt_of_a_roll_says_what_was_so_when_it_was_told() {
    let (device, id) = named();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    device.pass_to("2026-03-01T12:05:00Z");
    device.session().lead(id, see(1, false)).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    let told = page(&device, id).told.unwrap();
    assert_eq!((told.help, told.unseen), (vec![1], vec![2]));
}

#[test]
fn whose_need_was_told_at_the_roll_and_would_be_over_is_known_by_number() {
    let (device, id) = named();
    device.session().lead(id, see(1, true)).unwrap();
    device.session().lead(id, see(2, false)).unwrap();
    device.session().lead(id, tell(false)).unwrap();
    device.pass_to("2026-03-01T12:05:00Z");
    device.session().lead(id, see(1, false)).unwrap();
    let over = page(&device, id).over.unwrap();
    assert_eq!((over.count, over.numbers), (1, vec![1]));
}

#[test]
fn who_is_perhaps_one_person_is_missing_once() {
    let (device, id) = named();
    let people = vec![person("Aigul Askarova", ""), person("Aigul Askarova", ""), person("Dana", "")];
    device.session().lead(id, save(people)).unwrap();
    let numbers = page(&device, id).party.people.iter().map(|person| person.number).collect::<Vec<_>>();
    device.session().lead(id, see(numbers[2], false)).unwrap();
    device.session().lead(id, PartyAct::TellMissing { text: "Aigul".into() }).unwrap();
    assert_eq!(page(&device, id).said_missing.unwrap().numbers, [numbers[0]]);
}
