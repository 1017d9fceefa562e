//! What is added to a cry is sealed with it, and the cry itself waits for none of it.

use contract::record::{CheckInStatus, GivenBy, Intent, Kind, Need, PlaceSource, PrivateCheckIn, SafeContact};

use crate::{
    BeingSaid, Details, Form, Typed, Whom,
    error::{Failure, FailureCode},
    testing::{Device, dubai},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn cried() -> Device {
    let device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device
}

fn said(device: &Device) -> (crate::store::CheckIn, PrivateCheckIn) {
    let kept = device.session().store.kept::<crate::trips::TripDraft>().unwrap();
    (kept.latest_check_in.unwrap(), kept.latest_details.unwrap())
}

fn refused(device: &Device, details: Details) -> FailureCode {
    device.session().say_more(&details).unwrap_err().code
}

#[test]
fn what_was_added_goes_with_the_next_version_of_the_same_cry() {
    let device = cried();
    let details = Details {
        needs: vec![Need::Stranded, Need::Medical, Need::Medical],
        medicine_days: Some(2),
        intent: Some(Intent::WantsOut),
        words: " Нужен инсулин\t ".into(),
        write_only: true,
        ..Details::default()
    };
    device.session().say_more(&details).unwrap();
    let (check_in, private) = said(&device);
    assert_eq!((private.needs, private.medicine_days), (vec![Need::Medical, Need::Stranded], Some(2)));
    assert_eq!((private.words.as_str(), private.write_only, private.by), ("Нужен инсулин", true, GivenBy::Proxy));
    let place = private.place.unwrap();
    assert_eq!((place.words.as_str(), place.source), ("Dubai", PlaceSource::Itinerary));
    assert_eq!(check_in.everybody(), 3);
    let item = device.session().store.outbox_item(Kind::CheckIn, &check_in.id.to_string()).unwrap().unwrap();
    assert_eq!((item.version, item.help), (2, true));
    let device = device.reopened();
    assert_eq!(device.session().said_before(Vec::new()).unwrap().needs, [Need::Medical, Need::Stranded]);
    assert!(device.view().check_in.unwrap().told_more);
}

#[test]
fn some_need_help_and_the_others_are_safe() {
    let device = cried();
    let whom = |whom| Details { whom, ..Details::default() };
    let people = || said(&device).0.people;
    device.session().say_more(&whom(Whom::Named { numbers: vec![2], others_safe: true })).unwrap();
    assert_eq!(people(), [(CheckInStatus::NeedHelp, 1), (CheckInStatus::Safe, 2)].into());
    assert_eq!(said(&device).1.who, [(CheckInStatus::NeedHelp, vec![2])].into());
    device.session().say_more(&whom(Whom::Some { count: 2, others_safe: false })).unwrap();
    assert_eq!(people(), [(CheckInStatus::NeedHelp, 2)].into());
    device.session().say_more(&whom(Whom::Me)).unwrap();
    assert_eq!((people(), said(&device).1.by), ([(CheckInStatus::NeedHelp, 1)].into(), GivenBy::Traveller));
    assert_eq!(refused(&device, whom(Whom::Some { count: 4, others_safe: true })), FailureCode::TooManyPeople);
    assert_eq!(refused(&device, whom(Whom::Named { numbers: vec![], others_safe: true })), FailureCode::NoPeople);
    device.session().say_more(&whom(Whom::All)).unwrap();
    assert_eq!(people(), [(CheckInStatus::NeedHelp, 3)].into(), "and all of them again");
}

#[test]
fn how_to_reach_somebody_is_kept_where_a_call_can_harm_and_nowhere_else() {
    let device = cried();
    let contact = SafeContact { may_write: Some(true), may_call: Some(false), when: "после 22:00".into() };
    let needs = |need| Details { needs: vec![need], contact: contact.clone(), ..Details::default() };
    for need in [Need::Violence, Need::Detained, Need::ChildAlone] {
        device.session().say_more(&needs(need)).unwrap();
        let (_, private) = said(&device);
        assert_eq!((private.contact, private.write_only), (contact.clone(), true), "{need:?}");
    }
    device.session().say_more(&needs(Need::Money)).unwrap();
    assert!(said(&device).1.contact.is_nothing());
    device.session().say_more(&Details { medicine_days: Some(2), ..needs(Need::Money) }).unwrap();
    assert_eq!(said(&device).1.medicine_days, None, "who needs no medicine has no days of it");
}

#[test]
fn what_was_said_before_is_read_back_and_said_again_unchanged() {
    let device = cried();
    let quiet = SafeContact { may_write: Some(true), may_call: Some(false), when: "после 22:00".into() };
    let whoms = [
        Whom::All,
        Whom::Me,
        Whom::Some { count: 2, others_safe: true },
        Whom::Named { numbers: vec![1, 3], others_safe: true },
    ];
    assert_eq!(device.session().said_before(Vec::new()).unwrap(), Details::default());
    for whom in whoms {
        let details = Details {
            needs: vec![Need::Violence, Need::Medical],
            medicine_days: Some(2),
            intent: Some(Intent::Stays),
            words: "Нужен инсулин".into(),
            place: "Подвал".into(),
            write_only: true,
            contact: quiet.clone(),
            whom,
            ..Details::default()
        };
        device.session().say_more(&details).unwrap();
        let before = said(&device);
        let again = Details { of_each: Vec::new(), ..device.session().said_before(Vec::new()).unwrap() };
        assert_eq!(again, details);
        device.session().say_more(&device.session().said_before(Vec::new()).unwrap()).unwrap();
        assert_eq!(said(&device), before);
    }
}

#[test]
fn who_does_not_see_what_was_said_before_takes_nothing_of_it_back() {
    let device = cried();
    let before = Details {
        needs: vec![Need::Violence],
        words: "Прячусь".into(),
        contact: SafeContact { may_call: Some(false), ..SafeContact::default() },
        whom: Whom::Me,
        ..Details::default()
    };
    device.session().say_more(&before).unwrap();
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    assert_eq!(device.session().said_before(Vec::new()).unwrap(), Details::default());
    device.session().say_more(&Details { needs: vec![Need::Shelter], ..Details::default() }).unwrap();
    let (check_in, private) = said(&device);
    assert_eq!((private.needs, private.words.as_str()), (vec![Need::Violence, Need::Shelter], "Прячусь"));
    assert_eq!((private.contact.may_call, private.write_only, check_in.everybody()), (Some(false), true, 1));
}

#[test]
fn whoever_cries_again_says_again_what_they_said() {
    let device = cried();
    let details = Details {
        needs: vec![Need::Medical],
        medicine_days: Some(2),
        words: "Нужен инсулин".into(),
        whom: Whom::Named { numbers: vec![2], others_safe: true },
        ..Details::default()
    };
    device.session().say_more(&details).unwrap();
    let (first, before) = said(&device);
    device.pass_to("2026-03-01T13:00:00Z");
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    let (second, again) = said(&device);
    assert!(first.id != second.id && second.at > first.at, "it is a word of its own");
    assert_eq!((second.people, again), (first.people, before));
    let device = device.reopened();
    let again = Details { of_each: Vec::new(), ..device.session().said_before(Vec::new()).unwrap() };
    assert_eq!(again, details);
    assert!(device.view().check_in.unwrap().told_more);
    // behind the PIN nobody sees it, and it goes along
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert_eq!(said(&device).1.words, "Нужен инсулин");
    device.session().unlock("2580").unwrap();
    device.session().need_is_over(CheckInStatus::Safe).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    let kept = device.session().store.kept::<crate::trips::TripDraft>().unwrap();
    assert_eq!((kept.latest_check_in.unwrap().everybody(), kept.latest_details), (3, None), "a new cry begins anew");
}

#[test]
fn there_is_nothing_to_add_to_for_who_is_safe_and_no_more_than_may_be_said() {
    let device = cried();
    let words = |words: String| Details { words, ..Details::default() };
    assert_eq!(refused(&device, words("я".repeat(2001))), FailureCode::TextTooLong);
    assert_eq!(refused(&device, Details { place: "я".repeat(2001), ..Details::default() }), FailureCode::TextTooLong);
    device.session().check_in(CheckInStatus::Safe).unwrap();
    assert_eq!(refused(&device, Details::default()), FailureCode::NotFound);
    assert!(!device.view().check_in.unwrap().told_more, "a new word begins anew");
}

#[test]
fn what_is_needed_stands_closed_and_behind_the_pin() {
    let device = cried();
    device.session().say_more(&Details { words: "Нужен инсулин".into(), ..Details::default() }).unwrap();
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    assert!(!device.view().check_in.unwrap().told_more);
    drop(device.companion);
    for file in std::fs::read_dir(device.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows("инсулин".len()).any(|part| part == "инсулин".as_bytes()));
    }
}

#[test]
fn what_is_being_added_is_kept_until_it_is_said_or_another_word_is() {
    let device = cried();
    device.session().keep_form(Form::More, 0, Some("leg broken")).unwrap();
    device.session().keep_form(Form::Message, 0, Some("room 12")).unwrap();
    let device = device.reopened();
    let kept = |form| device.session().kept_form(form).unwrap().texts.pop();
    assert_eq!(kept(Form::More).as_deref(), Some("leg broken"));
    device.session().say_more(&Details::default()).unwrap();
    assert_eq!(kept(Form::More), None, "it is said");
    device.session().keep_form(Form::More, 0, Some("of yesterday")).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert_eq!(kept(Form::More).as_deref(), Some("of yesterday"), "it is the same cry again");
    device.session().check_in(CheckInStatus::Safe).unwrap();
    assert_eq!(kept(Form::More), None, "it was of the word before");
    assert_eq!(kept(Form::Message).as_deref(), Some("room 12"));
}

#[test]
fn what_is_typed_behind_the_pin_is_kept_unread_beside_what_was_typed_before_it() {
    let device = cried();
    let id = device.view().trips[0].id;
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().keep_form(Some(id), 0, Some("hotel")).unwrap();
    let forms = [Form::More, Form::Message, Form::Stuck];
    let all = |device: &Device| forms.map(|form| device.session().kept_form(form).unwrap());
    let typed = |texts: &[&str], sheet| Typed { texts: texts.iter().map(ToString::to_string).collect(), sheet };
    for form in forms {
        device.session().keep_form(form, 0, Some("before")).unwrap();
    }
    device.session().lock_screen();
    for (sheet, behind) in [(1, "behind"), (2, "behind it again")] {
        assert_eq!(all(&device), forms.map(|_| typed(&[], sheet)), "who holds the phone reads nothing of it");
        for form in forms {
            device.session().keep_form(form, sheet, Some("thrown away")).unwrap();
            device.session().keep_form(form, sheet, None).unwrap();
            device.session().keep_form(form, sheet, Some(behind)).unwrap();
        }
    }
    let locked = Failure::new(FailureCode::Locked);
    assert_eq!(device.session().kept_form(Some(id)), Err(locked.clone()), "a trip is behind the PIN");
    assert_eq!(device.session().keep_form(Some(id), 0, Some("x")), Err(locked));
    // it survives the app, and comes back whole, for as long as it is not said
    let device = device.reopened();
    assert_eq!(all(&device), forms.map(|_| typed(&[], 3)));
    device.session().unlock("2580").unwrap();
    for _ in 0..2 {
        assert_eq!(all(&device), forms.map(|_| typed(&["before", "behind", "behind it again"], 0)));
    }
    // who sees all of it writes over all of it, and throws all of it away
    for form in forms {
        device.session().keep_form(form, 0, Some("all")).unwrap();
    }
    assert_eq!(all(&device), forms.map(|_| typed(&["all"], 0)));
    for form in forms {
        device.session().keep_form(form, 0, None).unwrap();
    }
    assert_eq!(all(&device), forms.map(|_| typed(&[], 0)));
}

#[test]
fn what_is_said_leaves_nothing_of_what_was_typed_of_it() {
    for behind_the_pin in [true, false] {
        let device = cried();
        device.session().set_pin(None, Some("2580")).unwrap();
        for form in [Form::More, Form::Stuck] {
            device.session().keep_form(form, 0, Some("before")).unwrap();
            device.session().keep_form(form, 1, Some("behind")).unwrap();
        }
        if behind_the_pin {
            device.session().lock_screen();
        }
        let said =
            Details { needs: vec![Need::Medical], words: "Нужен инсулин".into(), ..Details::default() };
        device.session().say_more(&said).unwrap();
        device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
        device.session().unlock("2580").unwrap();
        for form in [Form::More, Form::Stuck] {
            assert_eq!(device.session().kept_form(form).unwrap().texts, Vec::<String>::new());
        }
        assert_eq!(device.session().said_before(Vec::new()).unwrap(), said, "what was sent is what is changed");
    }
}

#[test]
fn what_was_typed_unseen_comes_back_over_what_was_said_and_typed_before() {
    let device = cried();
    let words = |words: &str, needs| Details { words: words.into(), needs, ..Details::default() };
    device.session().say_more(&words("Нужен инсулин", vec![Need::Medical])).unwrap();
    let unseen = |details| BeingSaid { details, unseen: true };
    let first = unseen(words("Мы в подвале", vec![Need::Shelter, Need::Medical]));
    let then = unseen(Details {
        place: "Подвал".into(), medicine_days: Some(2), ..words("Мы в подвале", vec![])
    });
    let last = unseen(Details { place: "Школа".into(), ..words("Перешли в школу", vec![]) });
    let over = device.session().said_before(vec![first.clone(), then, last.clone()]).unwrap();
    assert_eq!(over.needs, [Need::Medical, Need::Shelter]);
    assert_eq!(over.words, "Нужен инсулин\nМы в подвале\nПерешли в школу");
    assert_eq!((over.place.as_str(), over.medicine_days), ("Школа", Some(2)));
    // who saw what was said has it in their form already, and what they took out of it stays out
    let seen = BeingSaid { details: words("Инсулин есть", vec![]), unseen: false };
    let over = device.session().said_before(vec![first, seen, last.clone()]).unwrap();
    assert_eq!((over.needs, over.words.as_str()), (vec![], "Инсулин есть\nПерешли в школу"));
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    assert_eq!(device.session().said_before(vec![last]).unwrap(), Details::default());
}

#[test]
fn what_is_added_unseen_is_said_though_both_together_are_longer_than_may_be() {
    let device = cried();
    let words = |words: &str| Details { words: words.into(), ..Details::default() };
    device.session().say_more(&words(&"я".repeat(1990))).unwrap();
    device.session().set_pin(None, Some("2580")).unwrap();
    device.session().lock_screen();
    device.session().say_more(&words("Нас завалило")).unwrap();
    assert_eq!(said(&device).1.words, "Нас завалило");
    device.session().say_more(&words("Слышим стук")).unwrap();
    assert_eq!(said(&device).1.words, "Нас завалило\nСлышим стук");
}

#[test]
fn whoever_does_not_hear_is_written_to_whatever_they_say() {
    let words: [fn(&Device); 7] = [
        |device| device.session().check_in(CheckInStatus::NeedHelp).unwrap(),
        |device| device.session().check_in(CheckInStatus::Safe).unwrap(),
        |device| device.session().check_in(CheckInStatus::Stranded).unwrap(),
        |device| device.session().check_in(CheckInStatus::Left).unwrap(),
        |device| device.session().cry_for(&Whom::Some { count: 1, others_safe: false }).unwrap(),
        |device| device.session().cry_for(&Whom::Me).unwrap(),
        |device| assert!(device.session().stuck_at("DXB", true, None, None, &[]).is_ok()),
    ];
    for say in words {
        let device = Device::new(NOW);
        device.catch_up();
        device.session().save_trip(None, &dubai()).unwrap();
        device.session().set_prefers_text(true).unwrap();
        say(&device);
        assert!(said(&device).1.write_only, "{:?}", said(&device).0);
        assert!(!device.view().check_in.unwrap().told_more, "and nothing more was told");
    }
    let device = cried();
    let version = |device: &Device| {
        let id = said(device).0.id.to_string();
        device.session().store.outbox_item(Kind::CheckIn, &id).unwrap().unwrap().version
    };
    device.session().set_prefers_text(true).unwrap();
    assert_eq!((said(&device).1.write_only, version(&device)), (true, 2), "the cry that stands goes again with it");
    device.session().set_prefers_text(true).unwrap();
    assert_eq!(version(&device), 2, "once");
    device.session().say_more(&Details { needs: vec![Need::Money], ..Details::default() }).unwrap();
    assert!(said(&device).1.write_only);
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert!(said(&device).1.write_only && said(&device).1.needs == [Need::Money]);
}

#[test]
fn a_plan_that_a_word_changed_is_taken_back_with_it_though_they_are_to_be_written_to() {
    let device = Device::new(NOW);
    device.session().set_prefers_text(true).unwrap();
    let id = device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    device.session().undo_change(id).unwrap();
    assert!(device.view().check_in.is_none());
}
