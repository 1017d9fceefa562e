//! Who speaks for others: of whom a word is, what it takes back, and how it is taken back itself.

use contract::{
    ids::TripId,
    record::{
        CallOutcome,
        CheckInStatus::{Left, NeedHelp, Safe, Stranded},
        Kind, Need, NeedsOfOne, PeopleByStatus, Person,
    },
};

use crate::{
    Details, PartyAct, Whom,
    error::{Failure, FailureCode},
    party::Party,
    store::{CallWay, CheckIn, PlanChanged},
    testing::{Device, dubai, of_others, stay, trip},
    trips::TripDraft,
    whereabouts::{ChosenPlace, HereSource},
};

const NOW: &str = "2026-03-01T12:00:00Z";
const LATER: &str = "2026-03-01T12:09:00Z";
const TOO_LATE: &str = "2026-03-01T12:11:00Z";
/// The demo ministry's line.
const LINE: &str = "+442079460123";

fn word(device: &Device) -> Option<CheckIn> {
    device.session().store.kept::<TripDraft>().unwrap().latest_check_in
}

fn told(device: &Device) -> PeopleByStatus {
    word(device).unwrap().people
}

fn not_found<T>() -> Result<T, Failure> {
    Err(Failure::new(FailureCode::NotFound))
}

/// A device with a trip of three, two of whom are named.
fn named() -> (Device, TripId) {
    let device = Device::new(NOW);
    device.catch_up();
    let id = device.session().save_trip(None, &dubai()).unwrap();
    let people = ["Aigul", "Marat"].map(|name| Person { name: name.into(), ..Person::default() }).into();
    let party = Party { people, ..Party::default() };
    device.session().lead(id, PartyAct::Save { party, unread: Vec::new() }).unwrap();
    (device, id)
}

fn insulin() -> Details {
    let whom = Whom::Named { numbers: vec![2], others_safe: false };
    Details { needs: vec![Need::Medical], words: "insulin".into(), place: "cellar".into(), whom, ..Details::default() }
}

#[test]
fn how_many_a_word_would_be_of_is_known_before_it_is_said() {
    let (device, id) = named();
    let would = |device: &Device| {
        let counts = device.session().would_say(Safe).unwrap();
        counts.into_iter().map(|one| (one.status, one.count)).collect::<PeopleByStatus>()
    };
    assert_eq!(would(&device), [(Safe, 3)].into());
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().lead(id, PartyAct::See { person: 1, status: Safe, own: false }).unwrap();
    device.session().set_pin(None, Some("2468")).unwrap();
    device.session().lock_screen();
    let before = would(&device);
    assert_eq!(before, [(Safe, 1)].into(), "of the three who travel two were not seen");
    device.session().check_in(Safe).unwrap();
    assert_eq!(told(&device), before);
}

#[test]
fn a_cry_of_some_is_of_them_alone_from_the_first() {
    let (device, id) = named();
    device.session().cry_for(&Whom::Named { numbers: vec![2], others_safe: false }).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 1)].into());
    let row = device.session().party(id).unwrap().roll.into_iter().find(|row| row.number == 2).unwrap();
    assert_eq!(row.status, Some(NeedHelp));
    let said = device.view().check_in.unwrap();
    assert_eq!((said.people, said.party, said.told_more), (1, 3, false));
    let device = device.reopened();
    assert_eq!(device.session().said_of_whom(), Ok(Whom::Named { numbers: vec![2], others_safe: false }));
    device.session().cry_for(&Whom::All).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 3)].into());
    device.session().cry_for(&Whom::Me).unwrap();
    assert_eq!((told(&device), device.session().said_of_whom()), ([(NeedHelp, 1)].into(), Ok(Whom::Me)));
    let many = device.session().cry_for(&Whom::Some { count: 4, others_safe: false }).unwrap_err();
    assert_eq!(many, Failure::at(FailureCode::TooManyPeople, "/whom"));
}

#[test]
fn whose_need_is_over_as_a_roll_begins_speaks_for_nobody_unseen() {
    let (device, id) = named();
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().lead(id, PartyAct::Cry { person: 2 }).unwrap();
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(told(&device), [(Safe, 1)].into(), "the others were not seen");
    let roll = device.session().party(id).unwrap().roll;
    assert_eq!(roll.into_iter().find(|row| row.number == 2).unwrap().status, Some(Safe));
}

#[test]
fn where_who_asks_for_help_says_that_they_are_goes_with_their_request() {
    let sealed = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_details.unwrap();
    let oman = || crate::ChosenPlace::Country { code: "OM".parse().unwrap() };
    let (device, _) = named();
    device.session().check_in(Safe).unwrap();
    device.session().choose_place(Some(oman())).unwrap();
    assert_eq!(word(&device).unwrap().country, Some("AE".parse().unwrap()), "who asks for nothing tells nothing by it");
    let (device, _) = named();
    device.session().check_in(NeedHelp).unwrap();
    device.session().say_more(&insulin()).unwrap();
    let before = word(&device).unwrap();
    device.session().choose_place(Some(oman())).unwrap();
    let now = word(&device).unwrap();
    assert_eq!((now.id, now.country, now.airport), (before.id, Some("OM".parse().unwrap()), None));
    assert_eq!((now.people, sealed(&device).words), (before.people, "insulin".into()));
    assert_eq!(sealed(&device).place.unwrap().words, "Oman", "the cellar was elsewhere");
    let item = device.session().store.outbox_item(Kind::CheckIn, &now.id.to_string()).unwrap().unwrap();
    assert!(item.is_lacking() && item.help && item.version > 1);
    // what was closed is asked for no more
    device.session().need_is_over(Safe).unwrap();
    device.session().choose_place(Some(crate::ChosenPlace::Country { code: "TR".parse().unwrap() })).unwrap();
    assert_eq!(word(&device).unwrap().status(), Safe);
}

#[test]
fn who_needs_help_alone_and_is_on_the_list_is_so_at_the_roll() {
    let (device, id) = named();
    device.session().lead(id, PartyAct::Join { name: "Dana".into() }).unwrap();
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().cry_for(&Whom::Me).unwrap();
    let status = |number: u16| {
        let roll = device.session().party(id).unwrap().roll;
        roll.into_iter().find(|row| row.number == number).unwrap().status
    };
    assert_eq!((status(1), status(3)), (None, Some(NeedHelp)));
    assert_eq!(device.session().said_of_whom().unwrap(), Whom::Me);
    let before = device.session().said_before(Vec::new()).unwrap();
    device.session().say_more(&Details { words: "insulin".into(), ..before }).unwrap();
    assert_eq!((status(3), told(&device)), (Some(NeedHelp), [(NeedHelp, 1)].into()));
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(status(3), Some(Safe));
}

#[test]
fn the_medicine_of_one_in_need_is_not_another_s() {
    let sealed = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_details.unwrap();
    let of = |number| move |one: &&NeedsOfOne| one.number == number;
    let (device, id) = named();
    let see = |person, status| device.session().lead(id, PartyAct::See { person, status, own: false }).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    let insulin = Details { told: "medicine for 2 days. insulin".into(), medicine_days: Some(2), ..insulin() };
    device.session().say_more(&insulin).unwrap();
    assert_eq!(sealed(&device).words, "insulin", "of one it is theirs");
    device.session().lead(id, PartyAct::Cry { person: 1 }).unwrap();
    let both = sealed(&device);
    assert_eq!(both.words, "Marat: medicine for 2 days. insulin");
    assert_eq!((both.needs.as_slice(), both.medicine_days), ([Need::Medical].as_slice(), Some(2)));
    assert_eq!(both.who[&NeedHelp], [1, 2]);
    let lost = Details {
        needs: vec![Need::Documents],
        medicine_days: Some(9),
        words: "at the station".into(),
        told: "no documents. at the station".into(),
        whom: Whom::One { number: 1 },
        ..Details::default()
    };
    device.session().say_more(&lost).unwrap();
    let both = sealed(&device);
    assert_eq!(both.words, "Aigul: no documents. at the station\nMarat: medicine for 2 days. insulin");
    assert_eq!((both.needs.as_slice(), both.medicine_days), ([Need::Medical, Need::Documents].as_slice(), Some(2)));
    assert_eq!(both.of_each.iter().find(of(1)).unwrap().medicine_days, None, "it was asked with a medicine alone");
    assert_eq!(word(&device).unwrap().people[&NeedHelp], 2);
    // said anew of one, the other's stands
    device.session().say_more(&Details { told: "a doctor".into(), words: String::new(), ..lost.clone() }).unwrap();
    assert_eq!(sealed(&device).words, "Aigul: a doctor\nMarat: medicine for 2 days. insulin");
    // who is found takes their own need along
    see(2, Safe);
    device.session().lead(id, PartyAct::Tell { over: true, found: String::new() }).unwrap();
    let one = sealed(&device);
    assert_eq!((one.who[&NeedHelp].as_slice(), one.needs.as_slice()), ([1].as_slice(), [Need::Documents].as_slice()));
    assert_eq!((one.words.as_str(), one.medicine_days), ("", None));
    // nothing is said of one where nobody is in need by name
    device.session().need_is_over(Safe).unwrap();
    assert_eq!(device.session().say_more(&lost), not_found());
}

#[test]
fn a_slip_of_the_thumb_is_taken_back_and_what_was_said_before_stands_whole() {
    let (device, id) = named();
    device.session().check_in(NeedHelp).unwrap();
    device.session().say_more(&insulin()).unwrap();
    let cry = word(&device).unwrap();
    let sealed = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_details;
    let before = sealed(&device);
    for status in [Safe, Left] {
        device.session().need_is_over(status).unwrap();
        assert!(device.view().check_in.unwrap().can_undo);
        device.session().undo_word().unwrap();
        let again = word(&device).unwrap();
        assert!(again.id != cry.id, "it is said again");
        assert_eq!((again.people, sealed(&device)), (cry.people.clone(), before.clone()));
        let roll = device.session().party(id).unwrap().roll;
        assert_eq!(roll.iter().find(|row| row.number == 2).unwrap().status, Some(NeedHelp));
        assert_eq!((device.view().check_in.unwrap().can_undo, device.session().undo_word()), (false, not_found()));
    }
    device.session().need_is_over(Safe).unwrap();
    device.pass_to(LATER);
    assert!(device.view().check_in.unwrap().can_undo);
    device.pass_to(TOO_LATE);
    assert_eq!((device.view().check_in.unwrap().can_undo, device.session().undo_word()), (false, not_found()));
}

#[test]
fn who_left_and_needs_help_still_has_said_both() {
    let (device, id) = named();
    let session = device.session();
    assert_eq!(session.left_in_need(), not_found(), "no help is asked for");
    session.check_in(NeedHelp).unwrap();
    session.say_more(&insulin()).unwrap();
    let sealed = |device: &Device| device.session().store.kept::<TripDraft>().unwrap().latest_details.unwrap();
    let (cry, plan, before) = (word(&device).unwrap(), session.trip_draft(id).unwrap(), sealed(&device));
    device.pass_to("2026-03-01T12:02:00Z");
    let session = device.session();
    session.left_in_need().unwrap();
    let (said, details, view) = (word(&device).unwrap(), sealed(&device), device.view());
    assert_eq!((said.people, said.trip, said.airport), (cry.people.clone(), Some(id), None));
    assert_eq!(
        (details.needs, details.words, details.who),
        (before.needs.clone(), before.words.clone(), before.who.clone())
    );
    assert_eq!(details.place.unwrap().words, "Left from here: Dubai", "nobody looks for them in the cellar");
    assert_eq!(view.here.as_ref().unwrap().source, HereSource::Left);
    assert_eq!((view.perhaps_at.len(), view.stuck, view.trips[0].changed), (1, false, Some(PlanChanged::Left)));
    let told = view.check_in.unwrap();
    assert!(told.left_in_need && told.can_undo && told.undoes_plan && told.told_more);
    assert!(session.trip_draft(id).unwrap() != plan, "the ministry counts them there no more");
    // what is said since goes with it, from where they are then
    session.choose_place(Some(ChosenPlace::Country { code: "OM".parse().unwrap() })).unwrap();
    session.check_in(NeedHelp).unwrap();
    assert_eq!((sealed(&device).intent, word(&device).unwrap().country), (None, Some("OM".parse().unwrap())));

    // a slip of the thumb: by the word, or by the plan
    let undos: [fn(&Device, TripId); 2] =
        [|device, _| device.session().undo_word().unwrap(), |device, id| device.session().undo_change(id).unwrap()];
    for undo in undos {
        let (device, id) = named();
        device.session().check_in(NeedHelp).unwrap();
        device.session().say_more(&insulin()).unwrap();
        device.session().left_in_need().unwrap();
        undo(&device, id);
        let again = word(&device).unwrap();
        assert_eq!((again.people, sealed(&device).place.unwrap().words), (cry.people.clone(), "cellar".to_owned()));
        assert_eq!((device.session().trip_draft(id).unwrap(), sealed(&device).intent), (plan.clone(), None));
        assert_eq!(device.view().here.unwrap().source, HereSource::Itinerary);
    }
    // on no trip too
    let device = Device::new(NOW);
    device.session().choose_place(Some(ChosenPlace::Country { code: "OM".parse().unwrap() })).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    device.pass_to("2026-03-01T12:02:00Z");
    device.session().left_in_need().unwrap();
    assert_eq!(device.view().here.unwrap().source, HereSource::Left);
    assert!(word(&device).unwrap().status().asks_for_help());
}

#[test]
fn a_slip_that_has_left_is_deleted_at_the_ministry_and_one_with_nothing_before_it_leaves_nothing() {
    let (device, _) = named();
    device.session().check_in(Safe).unwrap();
    let store = &device.session().store;
    let said = word(&device).unwrap();
    let item = store.outbox_item(Kind::CheckIn, &said.id.to_string()).unwrap().unwrap();
    assert!(store.note_leaving(&[(&item, Some("{}".to_owned()))], "host", said.at, said.at).unwrap());
    device.session().undo_word().unwrap();
    assert!(store.is_taken_back(said.id).unwrap() && word(&device).is_none());
}

#[test]
fn whoever_has_left_by_a_slip_is_where_they_were() {
    let device = Device::new(NOW);
    let id = device.session().stuck_at("DXB", true, Some(2), None, &[]).unwrap();
    device.pass_to("2026-03-01T18:00:00Z");
    device.session().check_in(Left).unwrap();
    assert!(!device.view().trips[0].legs[0].open);
    device.session().undo_word().unwrap();
    assert!(device.view().trips[0].legs[0].open && device.view().stuck);
    assert_eq!(device.session().trip_draft(id).unwrap().legs.len(), 1);
}

#[test]
fn what_was_ended_fills_no_new_cry_and_what_was_told_in_the_same_need_does() {
    let (device, _) = named();
    let before = || device.session().said_before(Vec::new()).unwrap();
    for status in [Safe, Left] {
        device.session().check_in(NeedHelp).unwrap();
        device.session().say_more(&insulin()).unwrap();
        device.session().need_is_over(status).unwrap();
        device.session().check_in(NeedHelp).unwrap();
        assert_eq!(before(), Details::default(), "{status:?}");
        device.session().need_is_over(Safe).unwrap();
    }
    device.session().check_in(Stranded).unwrap();
    let at_the_gate = Details { place: "Gate 5".into(), ..Details::default() };
    device.session().say_more(&at_the_gate).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    assert_eq!(before(), at_the_gate, "they never were well");
    device.session().check_in(Stranded).unwrap();
    device.pass_to("2026-03-03T12:00:00Z");
    device.session().check_in(NeedHelp).unwrap();
    assert_eq!(before(), Details::default(), "days later it is another need");
}

#[test]
fn no_trip_goes_by_an_undo_while_help_is_asked_for_those_on_it() {
    let device = Device::new(NOW);
    let id = device.session().stuck_at("DXB", true, Some(3), None, &[]).unwrap();
    let trip = |device: &Device| device.view().trips[0].clone();
    assert_eq!((trip(&device).changed, trip(&device).is_made_by_it), (Some(PlanChanged::CutOff), true));
    device.session().check_in(NeedHelp).unwrap();
    let device = device.reopened();
    assert_eq!((trip(&device).changed, trip(&device).asks_for_help), (None, true));
    assert_eq!(device.session().undo_change(id), not_found());
    device.session().need_is_over(Safe).unwrap();
    assert_eq!((trip(&device).changed, trip(&device).asks_for_help), (Some(PlanChanged::CutOff), false));
}

#[test]
fn a_request_for_help_goes_with_its_trip_and_stands_nowhere_after_it() {
    let device = Device::new(NOW);
    device.catch_up();
    let id = device.session().save_trip(None, &dubai()).unwrap();
    device.companion.called(LINE, CallWay::Voice, true).unwrap();
    let call = device.view().last_call.unwrap().id;
    device.companion.call_outcome(call, CallOutcome::StillNeedHelp).unwrap();
    device.session().check_in(NeedHelp).unwrap();
    let cries = device.session().with_facts(|facts| facts.cries.clone()).unwrap();
    assert_eq!(cries.len(), 2);
    let store = &device.session().store;
    for cry in &cries {
        let item = store.outbox_item(Kind::CheckIn, &cry.id.to_string()).unwrap().unwrap();
        assert!(store.note_leaving(&[(&item, Some("{}".to_owned()))], "host", cry.at, cry.at).unwrap());
    }
    device.session().delete_trip(id).unwrap();
    assert!(cries.iter().all(|cry| store.is_taken_back(cry.id).unwrap()));
    let next = device.session().save_trip(None, &dubai()).unwrap();
    let view = device.view();
    assert!(view.check_in.is_none() && view.my_case.is_none() && view.last_call.is_none());
    assert!(!view.trips.iter().any(|trip| trip.id == next && trip.asks_for_help));
}

#[test]
fn whoever_registered_others_and_is_on_no_trip_cries_by_no_call() {
    let device = Device::new(NOW);
    let theirs = device.session().save_trip(None, &of_others(dubai())).unwrap();
    let call = |device: &Device| {
        device.companion.called(LINE, CallWay::Voice, true).unwrap();
        let id = device.view().last_call.unwrap().id;
        device.companion.call_outcome(id, CallOutcome::StillNeedHelp).unwrap();
        device.session().store.call(id).unwrap().unwrap().outcome
    };
    assert!(device.view().of_others);
    assert_eq!(call(&device), CallOutcome::ForOthers);
    let view = device.view();
    assert!(view.my_case.is_none() && view.check_in.is_none());
    assert!(view.trips.iter().all(|trip| trip.id == theirs && trip.said.is_none()));
    device.session().choose_place(Some(crate::ChosenPlace::Country { code: testkit::country("TR") })).unwrap();
    assert!(!device.view().of_others, "they are abroad themselves");
    assert_eq!(call(&device), CallOutcome::StillNeedHelp);
}

#[test]
fn what_was_said_of_a_deleted_trip_is_no_answer_of_the_next() {
    for status in [Safe, Left, Stranded, NeedHelp] {
        let (device, id) = named();
        device.session().check_in(status).unwrap();
        device.session().delete_trip(id).unwrap();
        let is_clear = |device: &Device| {
            let view = device.view();
            view.check_in.is_none() && view.my_case.is_none() && !view.stuck
        };
        assert!(is_clear(&device), "{status:?}");
        assert_eq!(device.session().undo_word(), not_found(), "{status:?}");
        device.session().save_trip(None, &dubai()).unwrap();
        let device = device.reopened();
        assert!(is_clear(&device), "{status:?}");
    }
}

#[test]
fn what_was_answered_does_not_come_up_again_when_the_trip_of_the_answer_goes() {
    let device = Device::new(NOW);
    device.session().check_in(NeedHelp).unwrap();
    let id = device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(Safe).unwrap();
    device.session().delete_trip(id).unwrap();
    assert!(device.view().check_in.is_none());
    assert_eq!(device.session().undo_word(), not_found());
}

#[test]
fn how_they_were_on_the_last_trip_is_not_how_they_are_on_this_one() {
    for (status, stands) in [(Safe, false), (Left, false), (Stranded, false), (NeedHelp, true)] {
        let device = Device::new(NOW);
        device.session().save_trip(None, &dubai()).unwrap();
        device.session().check_in(status).unwrap();
        device.pass_to("2026-06-01T12:00:00Z");
        let next = trip(vec![stay("QA", Some("qa-doha"), "2026-06-01", "2026-06-04")]);
        device.session().save_trip(None, &next).unwrap();
        let view = device.view();
        assert_eq!((view.check_in.is_some(), view.stuck), (stands, false), "{status:?}");
    }
}

#[test]
fn a_call_that_was_answered_does_not_come_up_again_when_its_trip_is_over() {
    let answered = || {
        let device = Device::new(NOW);
        let id = device.session().save_trip(None, &dubai()).unwrap();
        device.companion.called(LINE, CallWay::Voice, true).unwrap();
        let call = device.view().last_call.unwrap().id;
        device.companion.call_outcome(call, CallOutcome::StillNeedHelp).unwrap();
        assert!(device.view().my_case.is_some());
        device.pass_to(LATER);
        device.session().need_is_over(Safe).unwrap();
        assert!(device.view().my_case.is_none());
        (device, id)
    };
    let (deleted, id) = answered();
    deleted.session().delete_trip(id).unwrap();
    assert!(deleted.view().my_case.is_none());
    let (over, _) = answered();
    over.pass_to("2026-06-01T12:00:00Z");
    let next = trip(vec![stay("QA", Some("qa-doha"), "2026-06-01", "2026-06-04")]);
    over.session().save_trip(None, &next).unwrap();
    assert!(over.view().my_case.is_none());
}

#[test]
fn what_one_needs_is_said_beside_the_need_of_another() {
    let (device, id) = named();
    let cry = |device: &Device, person| device.session().lead(id, PartyAct::Cry { person });
    cry(&device, 2).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 1)].into());
    device.session().say_more(&insulin()).unwrap();
    let first = word(&device).unwrap();
    cry(&device, 2).unwrap();
    assert_eq!(word(&device).unwrap().id, first.id, "it stands already");
    cry(&device, 1).unwrap();
    assert_eq!(told(&device), [(NeedHelp, 2)].into());
    let said = device.session().said_before(Vec::new()).unwrap();
    let both = Whom::Named { numbers: vec![1, 2], others_safe: false };
    assert_eq!((said.whom, said.words.as_str()), (both, "Marat: insulin"));
    let page = device.session().party(id).unwrap();
    assert!(page.roll.iter().all(|row| row.status == Some(NeedHelp)) && !page.is_called);
    assert_eq!(cry(&device, 9), not_found());
}

#[test]
fn what_one_of_others_needs_is_said_of_their_trip() {
    let device = Device::new(NOW);
    let id = device.session().save_trip(None, &of_others(dubai())).unwrap();
    let party = Party { people: vec![Person { name: "Aigul".into(), ..Person::default() }], ..Party::default() };
    device.session().lead(id, PartyAct::Save { party, unread: Vec::new() }).unwrap();
    device.session().lead(id, PartyAct::Cry { person: 1 }).unwrap();
    assert_eq!(word(&device).unwrap().trip, Some(id));
}

#[test]
fn behind_the_pin_it_is_said_of_the_others_and_nothing_where_only_those_in_need_were_seen() {
    let (device, id) = named();
    device.session().cry_for(&Whom::Named { numbers: vec![2], others_safe: false }).unwrap();
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    device.session().need_is_over(Safe).unwrap();
    let said = device.view().check_in.unwrap();
    assert_eq!((told(&device), said.stay_in_need), ([(Safe, 2), (NeedHelp, 1)].into(), 1));
    device.session().unlock("2580").unwrap();
    device.session().lead(id, PartyAct::Begin).unwrap();
    device.session().lead(id, PartyAct::See { person: 2, status: NeedHelp, own: false }).unwrap();
    device.session().lock_screen();
    let before = word(&device).unwrap();
    let nobody = Err(Failure::new(FailureCode::NobodyWell));
    assert_eq!((device.session().need_is_over(Safe), device.session().check_in(Left)), (nobody.clone(), nobody));
    assert_eq!(word(&device).unwrap().id, before.id, "nothing was said");
}

#[test]
fn what_a_word_made_is_taken_back_with_it_or_not_at_all() {
    let device = Device::new(NOW);
    let session = device.session();
    session.save_trip(None, &trip(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "")])).unwrap();
    session.check_in(NeedHelp).unwrap();
    session.need_is_over(Left).unwrap();
    let stands = || {
        let view = device.view();
        (view.trips[0].changed, view.check_in.map(|said| said.status))
    };
    let before = (Some(PlanChanged::Left), Some(Left));
    assert_eq!(stands(), before);
    let run = |sql: &str| session.store.lock().execute_batch(sql).unwrap();
    run("CREATE TRIGGER full BEFORE INSERT ON check_in BEGIN SELECT RAISE(ABORT, 'full'); END");
    session.undo_word().unwrap_err();
    assert_eq!(stands(), before);
    run("DROP TRIGGER full");
    session.undo_word().unwrap();
    assert_eq!(stands(), (None, Some(NeedHelp)));
}
