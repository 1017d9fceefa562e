//! The app as its window knows it: what is notified, when, and once.

use std::sync::Arc;

use contract::{
    jws::Refusal,
    record::{CallOutcome, CheckInStatus},
    words::Lang,
};
use jiff::SignedDuration;
use testkit::{advisory, advisory_entry, at, country, entry};

use crate::{
    Companion, Details,
    advisories::AdvisoryState,
    concern::Concern,
    error::{Failure, FailureCode, Trouble},
    front_client::Link,
    host::Host,
    store::{CallWay, CheckIn, Delivery, Setting},
    testing::{Device, dubai, of_others, stay, trip},
    trips::TripDraft,
    view::{advisories::AdvisoryGroup, trips::Phase},
    whereabouts::HereSource,
};

const NOW: &str = "2026-03-01T12:00:00Z";
const HEADLINE: &str = "United Arab Emirates: Headline en";

fn latest_check_in(device: &Device) -> CheckIn {
    device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap()
}

fn travelling() -> Device {
    let device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device
}

#[test]
fn an_advisory_for_where_i_am_is_notified_once_however_often_it_is_heard() {
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    assert_eq!(device.window.titles(), [HEADLINE]);
    device.pass_to("2026-03-01T13:00:00Z");
    device.session().notify_due();
    device.session().save_trip(None, &of_others(dubai())).unwrap();
    assert_eq!(device.window.titles().len(), 1);
    let device = device.reopened();
    device.pass_to("2026-03-01T14:00:00Z");
    assert!(device.window.titles().is_empty(), "and not again after a restart");
    assert_eq!(device.view().advisories[0].main_part.concerns, Concern::Here);
}

#[test]
fn a_newer_version_is_notified_again() {
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    device.hear(&advisory_entry("advisory.ae", 2, "AE"));
    assert_eq!(device.window.notices.lock().unwrap().len(), 2);
}

#[test]
fn an_advisory_for_elsewhere_is_listed_and_notified_once_a_trip_goes_there() {
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.om", 1, "OM"));
    assert!(device.window.titles().is_empty());
    assert_eq!(device.view().advisories[0].main_part.concerns, Concern::Elsewhere);
    device.session().save_trip(None, &trip(vec![stay("OM", None, "2026-03-05", "2026-03-09")])).unwrap();
    assert_eq!(device.window.titles(), ["Oman: Headline en"]);
    assert_eq!(device.view().advisories[0].main_part.concerns, Concern::Trip);
}

#[test]
fn an_advisory_that_takes_effect_later_is_notified_when_that_time_comes() {
    let mut device = travelling();
    let mut later = advisory("AE");
    later.effective = at("2026-03-01T15:00:00Z");
    device.hear(&entry("advisory.ae", 1, contract::entry::Body::Advisory(later)));
    assert_eq!(device.view().advisories[0].main_part.state, AdvisoryState::Upcoming);
    device.pass_to("2026-03-01T14:59:59Z");
    assert!(device.window.titles().is_empty());
    device.pass_to("2026-03-01T15:00:00Z");
    assert_eq!(device.window.titles(), [HEADLINE]);
    assert_eq!(device.view().advisories[0].main_part.state, AdvisoryState::InForce);
}

#[test]
fn what_holds_leads_and_what_comes_leads_where_nothing_holds_yet() {
    let mut device = travelling();
    let lead = |device: &Device| device.view().lead.map(|id| id.to_string());
    device.hear(&advisory_entry("advisory.om", 1, "OM"));
    assert_eq!(lead(&device), None, "what holds elsewhere leads nobody");
    let mut later = advisory("AE");
    later.effective = at("2026-03-01T15:00:00Z");
    device.hear(&entry("advisory.later", 1, contract::entry::Body::Advisory(later)));
    assert_eq!(lead(&device).as_deref(), Some("advisory.later"));
    let mut minor = advisory("AE");
    minor.severity = contract::entry::advisory::Severity::Minor;
    device.hear(&entry("advisory.now", 1, contract::entry::Body::Advisory(minor.clone())));
    assert_eq!(lead(&device).as_deref(), Some("advisory.now"));
    minor.expires = at("2026-03-01T11:00:00Z");
    device.hear(&entry("advisory.now", 2, contract::entry::Body::Advisory(minor)));
    assert_eq!(lead(&device).as_deref(), Some("advisory.later"));
    device.pass_to("2026-03-04T00:00:00Z");
    assert_eq!(lead(&device), None, "never what is over");
}

#[test]
fn what_is_over_days_before_they_come_there_is_listed_and_leads_nobody() {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&advisory_entry("advisory.tr", 1, "TR"));
    let ends = device.view().advisories[0].main_part.expires;
    let going = |days: i64| {
        let day = |more: i64| (ends + SignedDuration::from_hours(24 * (days + more))).strftime("%F").to_string();
        trip(vec![stay("TR", Some("tr-istanbul"), &day(0), &day(5))])
    };
    let id = device.session().save_trip(None, &going(5)).unwrap();
    let view = device.view();
    assert_eq!((view.advisories[0].main_part.concerns, view.lead), (Concern::Trip, None));
    device.session().save_trip(Some(id), &going(2)).unwrap();
    assert_eq!(device.view().lead.unwrap().as_str(), "advisory.tr", "it may be made longer");
}

#[test]
fn the_first_screen_tells_an_ending_from_what_only_ran_out_and_mine_from_what_is_elsewhere() {
    use contract::entry::{Body, advisory::MessageType::Cancel};
    let mut device = travelling();
    let ended = |code: &str| contract::entry::advisory::Advisory { message_type: Cancel, ..advisory(code) };
    let mut later = advisory("AE");
    later.effective = at("2026-03-01T15:00:00Z");
    device.hear(&entry("advisory.upcoming", 1, Body::Advisory(later)));
    device.hear(&advisory_entry("advisory.holds", 1, "AE"));
    device.hear(&advisory_entry("advisory.far", 1, "OM"));
    device.hear(&entry("advisory.all-clear", 1, Body::Advisory(ended("AE"))));
    let [mut ran_out, mut ended_long_ago] = [advisory("AE"), ended("AE")];
    ran_out.expires = at("2026-03-01T11:00:00Z");
    ended_long_ago.expires = ran_out.expires;
    device.hear(&entry("advisory.ran-out", 1, Body::Advisory(ran_out)));
    device.hear(&entry("advisory.ended-long-ago", 1, Body::Advisory(ended_long_ago)));
    let heard = |device: &Device, at: &str| device.session().store.set(Setting::LastHeard, at).unwrap();
    heard(&device, NOW);
    let said = |device: &Device, id: &str| {
        let advisories = device.view().advisories;
        let one = advisories.into_iter().find(|one| one.id.as_str() == id).unwrap();
        (one.group, one.main_part.is_over)
    };
    for (id, group, is_over) in [
        ("advisory.upcoming", AdvisoryGroup::Mine, false),
        ("advisory.holds", AdvisoryGroup::Mine, false),
        ("advisory.far", AdvisoryGroup::Elsewhere, false),
        ("advisory.all-clear", AdvisoryGroup::Ended, true),
        ("advisory.ran-out", AdvisoryGroup::Past, true),
        ("advisory.ended-long-ago", AdvisoryGroup::Past, true),
    ] {
        assert_eq!(said(&device, id), (group, is_over), "{id}");
    }
    device.pass_to("2026-03-03T05:59:59Z");
    assert_eq!(said(&device, "advisory.all-clear").0, AdvisoryGroup::Ended, "it would still hold");
    device.pass_to("2026-03-03T06:00:00Z");
    assert_eq!(said(&device, "advisory.all-clear").0, AdvisoryGroup::Past);
    // nobody knows whether it was extended, until the ministry is heard from again
    assert_eq!(said(&device, "advisory.holds"), (AdvisoryGroup::Unheard, true));
    let of_country = |device: &Device| {
        let warnings = device.companion.country_page(country("AE")).unwrap().advisories;
        warnings.iter().any(|one| one.id.as_str() == "advisory.holds")
    };
    assert!(of_country(&device), "its country is not said to be without warnings");
    device.session().set_link(Link::Connected);
    assert_eq!(said(&device, "advisory.holds").0, AdvisoryGroup::Past, "who listens would have heard");
    device.session().set_link(Link::Unreachable);
    heard(&device, "2026-03-03T06:00:00Z");
    assert_eq!(said(&device, "advisory.holds"), (AdvisoryGroup::Past, true));
    assert!(!of_country(&device));
}

#[test]
fn what_ended_before_they_came_is_no_news_of_theirs() {
    use contract::entry::{Body, advisory::MessageType::Cancel};
    let ended = contract::entry::advisory::Advisory { message_type: Cancel, ..advisory("AE") };
    let listed = |from: &str| {
        let mut device = Device::new(NOW);
        device.catch_up();
        device.hear(&entry("advisory.all-clear", 1, Body::Advisory(ended.clone())));
        let there = trip(vec![stay("AE", Some("ae-dubai"), from, "2026-03-09")]);
        device.session().save_trip(None, &there).unwrap();
        device.view().advisories.iter().any(|one| one.id.as_str() == "advisory.all-clear")
    };
    assert!(listed("2026-02-20"), "they were there while it held");
    assert!(!listed("2026-03-05"));
}

#[test]
fn a_view_says_up_to_which_change_it_is() {
    let mut device = travelling();
    let told = |device: &Device| *device.window.revision.lock().unwrap();
    let before = device.view().revision;
    assert_eq!(before, told(&device));
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    device.companion.set_language(Lang::Kk).unwrap();
    assert!(told(&device) > before, "the window asks again");
    assert_eq!(device.view().revision, told(&device), "and then no more");
}

#[test]
fn what_is_over_or_cancelled_is_not_notified() {
    let mut device = travelling();
    let mut cancelled = advisory("AE");
    cancelled.message_type = contract::entry::advisory::MessageType::Cancel;
    device.hear(&entry("advisory.one", 1, contract::entry::Body::Advisory(cancelled)));
    let mut over = advisory("AE");
    over.expires = at("2026-03-01T11:00:00Z");
    device.hear(&entry("advisory.two", 1, contract::entry::Body::Advisory(over)));
    assert!(device.window.titles().is_empty());
    let states: Vec<_> = device.view().advisories.iter().map(|advisory| advisory.main_part.state).collect();
    assert_eq!(states, [AdvisoryState::Expired, AdvisoryState::Ended], "they stay listed as what they are");
}

#[test]
fn a_refused_frame_is_not_notified_and_takes_nothing_away() {
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    let mut lie = device.ministry.next(device.ministry.sign(&advisory_entry("advisory.lie", 1, "AE")));
    lie.entry.payload.push(' ');
    assert!(device.session().accept_frame(&lie).is_err());
    device.session().refuse(Refusal::BadSignature);
    assert_eq!(device.window.titles().len(), 1);
    let view = device.view();
    assert_eq!(view.advisories.len(), 1);
    assert_eq!(view.contact.refused.unwrap().reason, Refusal::BadSignature);
    device.session().dismiss_refused();
    assert!(device.view().contact.refused.is_none());
}

#[test]
fn an_expired_head_is_no_lie() {
    let device = travelling();
    device.session().refuse(Refusal::ExpiredHead);
    assert!(device.view().contact.refused.is_none());
}

#[test]
fn the_language_chosen_is_the_one_notified_and_kept() {
    let mut device = travelling();
    device.companion.set_language(Lang::Ru).unwrap();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    assert_eq!(device.window.titles(), ["ОАЭ: Headline ru".to_owned()]);
    assert_eq!(device.reopened().view().lang, Lang::Ru);
}

#[test]
fn a_trip_saved_is_on_this_device_and_moves_with_time() {
    let device = Device::new("2026-02-26T12:00:00Z");
    let id = device.session().save_trip(None, &dubai()).unwrap();
    let view = device.view();
    assert_eq!((view.trips[0].phase, &view.trips[0].delivery), (Phase::Coming, &Delivery::Waiting));
    assert_eq!((view.here.unwrap().source, view.contact.waiting), (HereSource::Home, 1));
    device.pass_to(NOW);
    let here = device.view().here.unwrap();
    assert_eq!((here.source, here.country.as_str(), here.trip), (HereSource::Itinerary, "AE", Some(id)));
    device.pass_to("2026-03-06T12:00:00Z");
    assert_eq!(device.view().trips[0].phase, Phase::Past);
    assert_eq!(device.view().here.unwrap().source, HereSource::Home);
    device.session().delete_trip(id).unwrap();
    assert!(device.view().trips.is_empty());
    assert_eq!(device.session().delete_trip(id), Err(Failure::new(FailureCode::NotFound)));
    assert_eq!(device.session().trip_draft(id), Err(Failure::new(FailureCode::NotFound)));
}

#[test]
fn a_trip_that_does_not_hold_is_answered_and_not_kept() {
    let device = Device::new(NOW);
    let mut draft = dubai();
    draft.adults = 0;
    assert_eq!(device.session().save_trip(None, &draft), Err(Failure::at(FailureCode::NoPeople, "/adults")));
    assert!(device.view().trips.is_empty());
}

#[test]
fn a_check_in_speaks_for_the_party_from_where_the_plan_has_them() {
    let device = travelling();
    device.session().check_in(CheckInStatus::Stranded).unwrap();
    let kept = latest_check_in(&device);
    assert_eq!((kept.everybody(), kept.country.unwrap().as_str(), kept.airport), (3, "AE", None));
    device.pass_to("2026-03-06T12:00:00Z");
    device.session().check_in(CheckInStatus::Left).unwrap();
    let kept = latest_check_in(&device);
    assert_eq!((kept.everybody(), kept.country, kept.trip), (1, None, None));
    assert_eq!(device.view().check_in.unwrap().status, CheckInStatus::Left);
}

#[test]
fn a_call_to_the_ministry_is_told_and_one_to_anybody_else_is_not() {
    let device = travelling();
    device.companion.called("112", CallWay::Voice, false).unwrap();
    let call = device.view().last_call.unwrap();
    let device = device.reopened();
    assert_eq!(device.view().last_call.map(|call| call.id), Some(call.id), "it is asked again after a restart");
    assert_eq!((call.delivery, call.dialled), (Delivery::OnlyHere, false));
    device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
    let call = device.view().last_call.unwrap();
    assert_eq!((call.number.as_str(), call.delivery), ("+442079460100", Delivery::Waiting));
    device.companion.call_outcome(call.id, CallOutcome::GotThrough).unwrap();
    assert!(device.view().last_call.is_none(), "its outcome is told");

    device.companion.called("112", CallWay::Voice, true).unwrap();
    device.companion.leave_unasked(device.view().last_call.unwrap().id).unwrap();
    assert!(device.view().last_call.is_none());
    device.companion.called("112", CallWay::Voice, true).unwrap();
    let call = device.view().last_call.unwrap();
    device.pass_to("2026-03-02T00:30:00Z");
    assert!(device.view().last_call.is_none(), "nobody is asked the next day");
    device.pass_to(NOW);
    device.companion.leave_unasked(call.id).unwrap();
    assert!(device.reopened().view().last_call.is_none(), "whoever puts the question away is not asked it again");
}

#[test]
fn whoever_still_needs_help_after_a_call_asks_for_it_whatever_is_called_next() {
    let device = travelling();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    let call = |outcome| {
        device.companion.called("+442079460100", CallWay::Voice, true).unwrap();
        device.companion.call_outcome(device.view().last_call.unwrap().id, outcome).unwrap();
    };
    call(CallOutcome::StillNeedHelp);
    assert_eq!(device.view().check_in.unwrap().status, CheckInStatus::NeedHelp);
    device.session().say_more(&Details { words: "Room 412".to_owned(), ..Details::default() }).unwrap();
    let word = latest_check_in(&device).id;
    call(CallOutcome::StillNeedHelp);
    assert_eq!(latest_check_in(&device).id, word, "it is said once");
    call(CallOutcome::GotThrough);
    device.companion.called("112", CallWay::Voice, true).unwrap();
    let view = device.view();
    assert!(view.my_case.is_some() && view.check_in.unwrap().told_more, "until they say that they are well");
}

#[test]
fn a_folder_that_cannot_be_opened_leaves_the_call_bar_and_says_why() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let device = Device::new(NOW);
    let host = Host {
        clock: Arc::new(|| at(NOW)),
        rng: rand::SeedableRng::seed_from_u64(1),
        http: Arc::new(crate::testing::http()),
        window: device.window.clone(),
        keychain: Arc::new(crate::host::NoKeychain("none".into())),
        lang: Lang::Kk,
    };
    let companion = Companion::open(file.path(), Ok(Some(device.ministry.profile())), host);
    let view = companion.view().unwrap();
    assert_eq!((view.trouble, view.lang), (Some(Trouble::FolderNotWritable), Lang::Kk));
    assert_eq!(view.call.number, "+442079460100");
    assert_eq!(companion.session().err(), Some(Failure::new(FailureCode::StoreUnavailable)));
}

#[test]
fn without_a_ministry_the_emergency_number_stands() {
    let device = Device::new(NOW);
    for (profile, trouble) in [(Ok(None), None), (Err(Trouble::ProfileUnreadable), Some(Trouble::ProfileUnreadable))] {
        let host = Host {
            clock: Arc::new(|| at(NOW)),
            rng: rand::SeedableRng::seed_from_u64(1),
            http: Arc::new(crate::testing::http()),
            window: device.window.clone(),
            keychain: Arc::new(crate::host::NoKeychain("none".into())),
            lang: Lang::Ru,
        };
        let companion = Companion::open(device.folder.path(), profile, host);
        let view = companion.view().unwrap();
        assert_eq!((view.trouble, view.call.number.as_str()), (trouble, "112"));
        assert!(view.ministry.is_none());
        companion.set_language(Lang::Kk).unwrap();
        assert_eq!(companion.view().unwrap().lang, Lang::Kk);
    }
}

#[test]
fn at_home_the_first_screen_knows_what_holds_there() {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&advisory_entry("advisory.kz", 1, "KZ"));
    assert_eq!(device.view().advisories[0].main_part.concerns, Concern::Here);
    assert_eq!(device.window.titles(), ["Kazakhstan: Headline en"]);
    device.session().save_trip(None, &dubai()).unwrap();
    assert_eq!(device.view().advisories[0].main_part.concerns, Concern::Elsewhere);
}

#[test]
fn what_just_came_is_loud_whatever_the_clock() {
    // three hours slow, a year slow, a year fast
    for clock in ["2026-03-01T03:00:00Z", "2025-03-01T12:00:00Z", "2027-03-01T12:00:00Z"] {
        let mut device = Device::new(clock);
        let mut ministry = testkit::Ministry::new(1);
        std::mem::swap(&mut device.ministry, &mut ministry);
        let session = device.session();
        {
            let mut bulletin = session.bulletin();
            bulletin.accept_key_set(&session.store, &session.profile, &device.ministry.key_set()).unwrap();
            bulletin
                .accept_watermark(&session.store, &device.ministry.watermark("2026-03-01T05:59:00Z"), session.now())
                .unwrap();
        }
        session.save_trip(None, &trip(vec![stay("AE", None, "2025-02-01", "2027-12-01")])).unwrap();
        device.hear(&advisory_entry("advisory.ae", 1, "AE"));
        assert_eq!(device.window.titles(), [HEADLINE], "{clock}");
        assert_eq!(device.view().contact.clock_is_behind, clock < NOW, "{clock}");
    }
}
