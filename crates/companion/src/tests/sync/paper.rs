//! A code on paper: what is sealed to it and kept of it, and every way in which one gives nothing.

use contract::{
    ids::{DeviceId, KeyId, TripId},
    paper::Paper,
    record::{
        CheckInStatus::{NeedHelp, Safe},
        Person, PrivateLetter, QuickAnswer, Trip,
    },
    seal::{self, Context},
};
use jiff::Timestamp;
use rand::{SeedableRng, rngs::StdRng};

use super::{erased::is_on_disk, *};
use crate::{
    PartyAct, Session,
    error::{Failure, FailureCode},
    paper::{OwnersTrip, SaidThen, Standing},
    party::Party,
    store::{Setting, Under},
    testing::{InProcess, dubai, of_others, stay, trip},
    tests::letters::{letter, private},
    trips::TripDraft,
};

/// A code that another device made.
fn paper() -> Paper {
    let mut rng = StdRng::seed_from_u64(9);
    Paper::new(DeviceId::random(&mut rng), &mut rng)
}

fn written(session: &Session, paper: &Paper) -> String {
    paper.groups(session.profile.fingerprint()).join(" ")
}

fn under() -> Under {
    let language: contract::words::Tag = "kk".parse().unwrap();
    let (text, at) = ("registering".to_owned(), Timestamp::UNIX_EPOCH);
    let consent = contract::record::Consent {
        text,
        version: 1,
        language: language.clone(),
        at,
        by: contract::record::GivenBy::Proxy,
    };
    Under { consent, consent_of_kin: None, language }
}

fn owned(draft: TripDraft) -> OwnersTrip {
    let people = vec![Person { number: 3, name: "Aigul Secret".into(), ..Person::default() }];
    let said = Some(SaidThen { people: [(NeedHelp, 2)].into(), at: NOW.parse().unwrap() });
    let standing = Standing { said, asked_at: Some(NOW.parse().unwrap()) };
    OwnersTrip { draft, party: Party { people, last: 3, ..Party::default() }, under: under(), standing }
}

/// What the front gives to who has the code.
fn given(drafts: &[TripDraft]) -> Reply {
    let (paper, mut rng) = (paper(), StdRng::seed_from_u64(4));
    let trips: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let id = TripId::random(&mut rng);
            let context = Context { device: paper.device, id: &id.to_string(), version: 7 };
            let sealed = seal::seal(&owned(draft.clone()), context, &KeyId::of_paper(), &paper.keys().public, &mut rng);
            json!({ "id": id, "version": 7, "sealed_to_owner": sealed.unwrap() })
        })
        .collect();
    Reply::Answer(200, vec![("content-type", "application/json".into())], json!({ "trips": trips }).to_string())
}

fn plain(text: &str) -> Reply {
    Reply::Answer(200, vec![("content-type", "application/json".into())], text.to_owned())
}

#[tokio::test(start_paused = true)]
async fn whatever_gives_nothing_says_why_and_what_to_do() {
    let over = trip(vec![stay("AE", Some("ae-dubai"), "2026-01-27", "2026-02-04")]);
    type Answer = Box<dyn Fn() -> Reply + Send + Sync>;
    let answers: Vec<(Answer, FailureCode)> = vec![
        (Box::new(|| problem(401, "unauthorized")), FailureCode::PaperUnknown),
        (Box::new(|| problem(404, "not_found")), FailureCode::FrontTooOld),
        (Box::new(|| Reply::Answer(404, Vec::new(), String::new())), FailureCode::FrontTooOld),
        (Box::new(|| plain("{}")), FailureCode::FrontTooOld),
        (Box::new(|| problem(429, "too_many_requests")), FailureCode::FrontBusy),
        (Box::new(|| busy(503, 60)), FailureCode::FrontBusy),
        (Box::new(|| Reply::Lost), FailureCode::NoNetwork),
        (Box::new(|| Reply::Silence), FailureCode::NoNetwork),
        (Box::new(|| Reply::Answer(302, Vec::new(), String::new())), FailureCode::NoNetwork),
        (Box::new(move || given(std::slice::from_ref(&over))), FailureCode::PaperOver),
        (
            Box::new(|| {
                let Reply::Answer(status, headers, text) = given(&[dubai()]) else { unreachable!() };
                Reply::Answer(status, headers, text.replace("\"version\":7", "\"version\":8"))
            }),
            FailureCode::PaperUnreadable,
        ),
    ];
    for (answer, code) in answers {
        let device = Device::behind(Front::new(move |_| answer()), NOW);
        let session = device.session();
        let refused = session.look_for_paper(&written(session, &paper())).await;
        assert_eq!(refused, Err(Failure::new(code)));
        assert_eq!(session.take_over(), Err(Failure::new(FailureCode::NotFound)), "and nothing is taken");
    }
}

#[tokio::test]
async fn a_code_that_is_wrong_asks_nobody() {
    let front = Front::new(|_| problem(401, "unauthorized"));
    let device = Device::behind(front.clone(), NOW);
    let session = device.session();
    let text = written(session, &paper());
    let wrong = format!("{}0{}", &text[..13], &text[14..]);
    for (text, failure) in [
        (wrong.as_str(), Failure::at(FailureCode::PaperGroup, "3")),
        (&text[..29], Failure::at(FailureCode::PaperShort, "5")),
        (&format!("{text} {text}"), Failure::new(FailureCode::PaperLong)),
        (&paper().groups(contract::hash::Hash::ZERO).join(" "), Failure::new(FailureCode::PaperOfAnother)),
    ] {
        assert_eq!(session.look_for_paper(text).await, Err(failure));
    }
    let own = session.make_paper().unwrap().join(" ");
    assert_eq!(session.look_for_paper(&own).await, Err(Failure::new(FailureCode::PaperHere)));
    assert!(front.asked("GET /v1/devices").is_empty());
}

/// A picture of a QR code, ten pixels a module.
fn pictured(text: &str) -> Vec<u8> {
    const SIDE: usize = 10;
    let code = qrcode::QrCode::new(text).unwrap();
    let (modules, quiet) = (code.width(), 4);
    let width = (modules + 2 * quiet) * SIDE;
    let is_dark = |x: usize, y: usize| {
        let inside = |at: usize| (at / SIDE).checked_sub(quiet).filter(|at| *at < modules);
        inside(x).zip(inside(y)).is_some_and(|at| code[at] == qrcode::Color::Dark)
    };
    let pixels: Vec<u8> = (0..width * width).map(|at| if is_dark(at % width, at / width) { 0 } else { 255 }).collect();
    let mut picture = Vec::new();
    let side = u32::try_from(width).unwrap();
    let mut png = png::Encoder::new(&mut picture, side, side);
    png.set_color(png::ColorType::Grayscale);
    png.write_header().unwrap().write_image_data(&pixels).unwrap();
    picture
}

#[test]
fn a_code_is_read_from_a_picture_of_the_paper_and_nothing_from_another() {
    let device = Device::new(NOW);
    let session = device.session();
    let text = written(session, &paper());
    assert_eq!(session.see_paper(&pictured(&text), &InProcess), Ok(text));
    let not_seen = Err(Failure::new(FailureCode::PaperNotSeen));
    for other in [pictured("https://example.org"), b"no picture".to_vec(), vec![0; 17 * 1024 * 1024]] {
        assert_eq!(session.see_paper(&other, &InProcess), not_seen);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_offline_goes_later_with_the_token_and_over_what_stands() {
    let front = Front::new(|asked| {
        if asked.is("GET") {
            return given(&[dubai(), trip(vec![stay("AE", None, "2026-01-27", "2026-02-04")])]);
        }
        let in_query = asked.line.split_once("version=").and_then(|(_, version)| version.parse().ok());
        accepted(in_query.or(asked.body["version"].as_u64()).unwrap_or(1).try_into().unwrap())
    });
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    let session = device.session();
    let own = session.save_trip(None, &dubai()).unwrap();
    session.look_for_paper(&written(session, &paper())).await.unwrap();
    let page = session.paper().unwrap();
    let [found] = page.found.as_slice() else { panic!("{} trips are not over", page.found.len()) };
    assert_eq!((found.names.as_slice(), found.of_others), (&["Aigul Secret".to_owned()][..], true));
    let [id] = session.take_over().unwrap()[..] else { panic!("one trip") };
    assert!(session.paper().unwrap().found.is_empty());
    assert_eq!(session.trip_draft(id).unwrap(), of_others(dubai()), "the traveller is on their own trip then");
    assert_eq!(session.store.under(id).unwrap(), Some(under()), "what was agreed to comes along");
    assert_eq!(session.party(id).unwrap().party.people[0].number, 3);
    front.forget_asked();
    drain_all(&device).await;
    let token = paper().keys().token;
    let put = &front.asked(&format!("PUT /v1/trips/{id}"))[0];
    assert_eq!((put.body["version"].as_u64(), put.paper.as_deref()), (Some(8), Some(token.as_str())));
    assert_eq!(front.asked(&format!("PUT /v1/trips/{own}"))[0].paper, None, "and with no other trip");
    assert!(!is_on_disk(device.folder.path(), &token), "it is closed");
    session.delete_trip(id).unwrap();
    drain_all(&device).await;
    assert_eq!(
        front.asked("DELETE")[0].paper.as_deref(),
        Some(token.as_str()),
        "a register that was restored knows too"
    );
    let again = session.look_for_paper(&written(session, &paper())).await;
    assert_eq!(again, Ok(()), "what was deleted here can be looked for again");
}

#[tokio::test(start_paused = true)]
async fn what_is_found_is_shown_by_the_clocks_of_its_places_with_what_stands_of_it() {
    let front = Front::new(|_| given(&[dubai()]));
    let device = Device::behind(front, NOW);
    let session = device.session();
    assert!(!device.view().clocks.contains_key("Asia/Dubai"));
    session.look_for_paper(&written(session, &paper())).await.unwrap();
    assert!(device.view().clocks.contains_key("Asia/Dubai"), "or its days would be told by no clock at all");
    let found = &session.paper().unwrap().found[0];
    let said = found.said.as_ref().unwrap();
    assert_eq!((said.is_cry, said.at, said.by_status.len()), (true, NOW.parse().unwrap(), 1));
    assert_eq!(found.asked_at, Some(NOW.parse().unwrap()));
}

#[tokio::test(start_paused = true)]
async fn whoever_has_the_code_reads_what_stands_of_a_trip_whenever_it_is_another() {
    let front = Front::new(|asked| accepted(u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()));
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    let session = device.session();
    let id = session.save_trip(None, &dubai()).unwrap();
    session.check_in(Safe).unwrap();
    drain_all(&device).await;
    assert_eq!(front.asked("PUT /v1/trips").len(), 1, "without a code a word sends no trip");
    let code = session.make_paper().unwrap().join(" ");
    let read = Paper::read(&code, session.profile.fingerprint()).unwrap();
    let keys = read.keys();
    let on_paper = || {
        let put = front.asked(&format!("PUT /v1/trips/{id}")).pop().unwrap();
        let sent: Trip = serde_json::from_value(put.body.clone()).unwrap();
        let context = Context { device: read.device, id: &id.to_string(), version: sent.version };
        let opened: OwnersTrip = seal::open(&sent.sealed_to_owner.unwrap(), context, &keys.private).unwrap();
        opened.standing
    };
    let said = |status, at: &str| Some(SaidThen { people: [(status, 3)].into(), at: at.parse().unwrap() });
    drain_all(&device).await;
    assert_eq!(on_paper(), Standing { said: said(Safe, NOW), asked_at: None });
    device.pass_to("2026-03-01T12:10:00Z");
    session.check_in(NeedHelp).unwrap();
    drain_all(&device).await;
    assert_eq!(on_paper().said, said(NeedHelp, "2026-03-01T12:10:00Z"));
    let asks = vec![QuickAnswer::Yes, QuickAnswer::No];
    let letter = letter(&device, &PrivateLetter { asks, ..private("May they be told?") }, 1);
    session.take_letter(&session.identity().unwrap(), &letter).unwrap();
    drain_all(&device).await;
    assert_eq!(on_paper().asked_at, Some(letter.at));
    session
        .write(crate::MessageDraft { answers: Some(letter.id), quick: Some(QuickAnswer::Yes), ..Default::default() })
        .unwrap();
    drain_all(&device).await;
    assert_eq!(on_paper().asked_at, None, "it is answered");
    session.need_is_over(Safe).unwrap();
    drain_all(&device).await;
    assert_eq!(on_paper().said, said(Safe, "2026-03-01T12:10:00Z"));
}

#[tokio::test(start_paused = true)]
async fn every_trip_that_is_not_over_is_sealed_to_the_newest_code_and_the_secret_is_nowhere() {
    let front = Front::new(|asked| accepted(u32::try_from(asked.body["version"].as_u64().unwrap_or(1)).unwrap()));
    let device = Device::behind(front.clone(), NOW);
    device.catch_up();
    let session = device.session();
    let id = session.save_trip(None, &dubai()).unwrap();
    let over = trip(vec![stay("AE", None, "2026-01-27", "2026-02-04")]);
    let past = session.save_trip(None, &over).unwrap();
    let people = vec![Person { name: "Aigul Secret".into(), ..Person::default() }];
    let save = PartyAct::Save { party: Party { people, ..Party::default() }, unread: Vec::new() };
    session.lead(id, save).unwrap();
    drain_all(&device).await;
    assert!(
        front.asked("PUT /v1/trips").iter().all(|put| put.body.get("paper").is_none()),
        "without a code nothing is"
    );
    let mut before = None;
    for _ in 0..2 {
        front.forget_asked();
        let code = session.make_paper().unwrap().join(" ");
        drain_all(&device).await;
        assert!(front.asked(&format!("PUT /v1/trips/{past}")).is_empty(), "that one is over");
        let sent: Trip = serde_json::from_value(front.asked(&format!("PUT /v1/trips/{id}"))[0].body.clone()).unwrap();
        let read = Paper::read(&code, session.profile.fingerprint()).unwrap();
        let keys = read.keys();
        assert_eq!(sent.paper, Some(keys.token_hash()));
        assert_ne!(sent.paper, before, "a new code makes the one before void");
        before = sent.paper;
        let context = Context { device: read.device, id: &id.to_string(), version: sent.version };
        let opened: OwnersTrip = seal::open(&sent.sealed_to_owner.unwrap(), context, &keys.private).unwrap();
        assert_eq!((opened.draft, opened.party), (dubai(), session.store.party(id).unwrap().unwrap()));
        for secret in [code.as_str(), &code.replace(' ', ""), keys.token.as_str()] {
            assert!(!is_on_disk(device.folder.path(), secret));
        }
    }
    session.erase().unwrap();
    assert_eq!(session.store.setting(Setting::Paper).unwrap(), None);
}
