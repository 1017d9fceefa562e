//! The traveller sees which step their case is at.

use contract::{
    record::{CaseKind, CaseStep, CaseWord, CheckInStatus, Need, PrivateLetter, Promised, Rank},
    words::Lang,
};
use testkit::at;

use super::letters::{letter, private, take};
use crate::{
    Details, MessageDraft,
    store::Delivery,
    testing::Device,
    view::my_case::{MyCase, Step},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn case(number: u32, step: CaseStep) -> CaseWord {
    let (kind, rank, reason) = (CaseKind::Medical, Some(Rank::Hours), "Лекарства на 2 дня".to_owned());
    CaseWord { number, kind, step, rank, reason, promised: None, outcome: String::new() }
}

/// The desk says how far the case is.
fn say(device: &Device, minute: u64, text: &str, case: CaseWord) {
    let at = at(&format!("2026-03-01T12:{minute:02}:00Z"));
    let private = PrivateLetter { at, case: Some(case), language: Lang::Ru.into(), ..private(text) };
    take(device, &letter(device, &private, minute));
}

fn cried() -> Device {
    let device = Device::new(NOW);
    device.catch_up();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device
}

fn reached(device: &Device) -> Vec<Step> {
    let MyCase { steps, .. } = device.view().my_case.unwrap();
    steps.into_iter().filter(|step| step.done).map(|step| step.step).collect()
}

fn received(device: &Device) {
    let id = device.session().store.outbox().unwrap().into_iter().find(|item| item.help).unwrap().id;
    let kind = contract::record::Kind::CheckIn;
    device.session().store.mark_received(kind, &id, 1, at("2026-03-01T12:00:30Z")).unwrap();
}

#[test]
fn each_step_is_reached_in_its_turn() {
    let device = Device::new(NOW);
    assert!(device.view().my_case.is_none());
    let device = cried();
    assert_eq!(reached(&device), [Step::Asked]);
    assert_eq!(device.view().my_case.unwrap().delivery, Some(Delivery::Waiting));
    received(&device);
    assert_eq!(reached(&device), [Step::Asked, Step::Received]);
    say(&device, 5, "", case(7, CaseStep::Opened));
    assert_eq!(reached(&device), [Step::Asked, Step::Received, Step::Opened]);
    assert_eq!(device.view().my_case.unwrap().words, None);
    say(&device, 9, "Врач позвонит", case(7, CaseStep::Answered));
    let promised = Some(Promised { what: "Врач".into(), by: at("2026-03-01T14:00:00Z") });
    say(&device, 10, "", CaseWord { promised: promised.clone(), ..case(7, CaseStep::Promised) });
    assert_eq!(reached(&device), [Step::Asked, Step::Received, Step::Opened, Step::Answered, Step::Promised]);
    let mine = device.view().my_case.unwrap();
    assert_eq!(mine.words.unwrap().text, "Врач позвонит", "the newest words stay");
    assert_eq!(mine.steps.iter().find(|step| step.step == Step::Opened).unwrap().at, Some(at("2026-03-01T12:05:00Z")));
    assert!(!mine.case.unwrap().promised.unwrap().late);
    device.pass_to("2026-03-01T14:00:01Z");
    assert!(device.view().my_case.unwrap().case.unwrap().promised.unwrap().late);
    say(&device, 59, "", CaseWord { outcome: "Помогли".into(), ..case(7, CaseStep::Closed) });
    assert_eq!(reached(&device).last(), Some(&Step::Closed));
    device.pass_to("2026-03-05T00:00:00Z");
    assert!(device.view().my_case.is_none_or(|mine| mine.case.is_none()), "it is over for days");
}

#[test]
fn nobody_reads_of_a_promise_that_was_not_made() {
    let device = cried();
    say(&device, 5, "Пишем", case(7, CaseStep::Answered));
    let steps = device.view().my_case.unwrap().steps;
    assert!(steps.iter().all(|step| step.step != Step::Promised));
    say(&device, 6, "", case(7, CaseStep::Other));
    assert_eq!(reached(&device).last(), Some(&Step::Opened), "a step that this app does not know is no end");
}

#[test]
fn a_new_cry_after_the_end_is_a_case_of_its_own() {
    let device = cried();
    say(&device, 5, "", case(7, CaseStep::Closed));
    assert!(device.view().my_case.unwrap().case.is_some());
    device.pass_to("2026-03-01T15:00:00Z");
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert_eq!(reached(&device), [Step::Asked]);
    assert!(device.view().my_case.unwrap().case.is_none());
    device.session().check_in(CheckInStatus::Safe).unwrap();
    assert!(device.view().my_case.is_some(), "the one that was closed is shown for days");
}

#[test]
fn whoever_cries_again_or_says_more_still_reads_what_the_ministry_has_and_since_when() {
    let device = cried();
    received(&device);
    let steps = |device: &Device| {
        let MyCase { steps, delivery, .. } = device.view().my_case.unwrap();
        (steps[0].at, steps[1].at, delivery)
    };
    let first = (Some(at(NOW)), Some(at("2026-03-01T12:00:30Z")));
    assert_eq!(steps(&device), (first.0, first.1, Some(Delivery::Received { at: at("2026-03-01T12:00:30Z") })));
    device.pass_to("2026-03-01T13:00:00Z");
    device.session().say_more(&Details::default()).unwrap();
    assert_eq!(steps(&device), (first.0, first.1, Some(Delivery::Waiting)));
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert_eq!(steps(&device), (first.0, first.1, Some(Delivery::Waiting)));
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert_eq!(steps(&device), (Some(at("2026-03-01T13:00:00Z")), None, Some(Delivery::Waiting)), "another cry");
}

#[test]
fn a_cry_after_the_end_of_a_case_says_nothing_of_what_was_said_before_it() {
    let device = cried();
    device.session().say_more(&Details { words: "Нужен врач".into(), ..Details::default() }).unwrap();
    say(&device, 5, "", case(7, CaseStep::Closed));
    device.pass_to("2026-03-01T15:00:00Z");
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert!(!device.view().check_in.unwrap().told_more);
}

#[test]
fn what_was_said_of_the_case_is_seen_on_its_way() {
    let device = cried();
    say(&device, 0, "", case(7, CaseStep::Opened));
    device.pass_to("2026-03-01T12:30:00Z");
    device.session().write(MessageDraft { objection: true, ..MessageDraft::default() }).unwrap();
    let mine = device.view().my_case.unwrap();
    assert_eq!((mine.objection.unwrap().delivery, mine.closing), (Delivery::Waiting, None));
    device.session().write(MessageDraft { closes: true, ..MessageDraft::default() }).unwrap();
    assert!(device.view().my_case.unwrap().closing.is_some());
}

#[test]
fn a_neutral_case_shows_no_words_on_the_first_screen_and_a_locked_one_nothing() {
    let device = cried();
    let neutral = PrivateLetter { neutral: true, case: Some(case(7, CaseStep::Answered)), ..private("Где он?") };
    take(&device, &letter(&device, &neutral, 1));
    let mine = device.view().my_case.unwrap();
    assert!(mine.neutral && mine.words.is_none());
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    assert!(device.view().my_case.is_none());
}

#[test]
fn what_is_added_moves_no_receipt() {
    let device = cried();
    let take = |version: u32, when: &str| {
        let store = &device.session().store;
        let item = store.outbox().unwrap().into_iter().find(|item| item.help).unwrap();
        assert_eq!(item.version, version);
        assert!(store.note_leaving(&[(&item, Some("{}".to_owned()))], "host", at(when), at(NOW)).unwrap());
        store.mark_received(item.kind, &item.id, version, at(when)).unwrap();
    };
    take(1, "2026-03-01T12:01:00Z");
    let details = Details { needs: vec![Need::Medical], medicine_days: Some(1), ..Details::default() };
    device.session().say_more(&details).unwrap();
    take(2, "2026-03-01T12:06:00Z");
    let view = device.view();
    let said = view.check_in.unwrap();
    let first = Some(at("2026-03-01T12:01:00Z"));
    assert_eq!((said.received_at, view.my_case.unwrap().steps[1].at), (first, first));
    assert_eq!(said.delivery, Delivery::Received { at: at("2026-03-01T12:06:00Z") });
    let before = device.session().said_before(Vec::new()).unwrap();
    assert_eq!((before.needs, before.medicine_days), (vec![Need::Medical], Some(1)));
}
