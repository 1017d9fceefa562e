//! A phone that was away for long catches up in steps that end: key sets by the dozen, and a log that is served no more.

use contract::{
    entry::{Body, level::Level},
    hash::Hash,
    jws::Jws,
};
use testkit::{Ministry, advisory_entry};

use super::*;
use crate::{bulletin::MOST_KEY_SETS_A_RUN, front_client::FrontError, store::Setting, sync::ListenError};

/// A front that serves what the ministry has said, and of its log nothing but what the snapshot holds.
fn front_of(ministry: &Ministry) -> Arc<Front> {
    let (head, watermark, snapshot) = (ministry.head(NOW), ministry.watermark(NOW), ministry.snapshot());
    let sets: Vec<_> = (1..=ministry.keys).map(|number| ministry.key_set_of(number, ministry.named_keys())).collect();
    Front::new(move |asked| {
        let path = asked.line.strip_prefix("GET /v1/bulletin/").unwrap_or_default();
        let (kind, name) = path.split_once('/').unwrap_or((path, ""));
        let said = match kind {
            "head" => Some(head.clone()),
            "watermark" => Some(watermark.clone()),
            "snapshot" if name == Hash::of(snapshot.as_bytes()).to_string() => Some(snapshot.clone()),
            "frames" => return problem(410, "gone"),
            "keys" => name.parse::<usize>().ok().and_then(|number| sets.get(number - 1)).cloned(),
            _ => None,
        };
        said.map_or_else(|| problem(404, "not_found"), |text| Reply::Answer(200, Vec::new(), text))
    })
}

fn shown(device: &Device) -> Vec<String> {
    let bulletin = device.session().bulletin();
    bulletin.advisories().map(|(entry, _)| entry.id.to_string()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_chain_of_more_key_sets_than_a_run_takes_is_followed_in_several() {
    let mut ministry = Ministry::new(1);
    ministry.keys = 2 * MOST_KEY_SETS_A_RUN + 10;
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let front = front_of(&ministry);
    let device = Device::behind(front.clone(), NOW);
    let session = device.session();
    for run in 1..=2 {
        let error = catch_up(session).await.unwrap_err();
        assert!(matches!(error, ListenError::MoreKeySets), "{error}");
        assert_eq!(front.asked("GET /v1/bulletin/keys").len(), (run * MOST_KEY_SETS_A_RUN) as usize);
        assert_eq!(session.bulletin().key_set_number(), run * MOST_KEY_SETS_A_RUN);
    }
    catch_up(session).await.unwrap();
    assert_eq!(session.bulletin().key_set_number(), ministry.keys);
    assert_eq!(shown(&device), ["advisory.ae"]);
    assert!(!device.view().contact.may_be_stale);
}

#[tokio::test(start_paused = true)]
async fn where_the_next_frame_is_served_no_more_the_snapshot_is_taken_and_the_phone_is_whole() {
    let mut ministry = Ministry::new(1);
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let (early, snapshot) = (ministry.watermark("2026-03-01T06:00:00Z"), ministry.snapshot());
    let early_head = ministry.head("2026-03-01T06:00:00Z");
    ministry.live.clear();
    for version in 1..=70 {
        ministry.publish(&advisory_entry("advisory.qa", version, "QA"));
    }
    let front = front_of(&ministry);
    let device = Device::behind(front.clone(), NOW);
    let session = device.session();
    {
        let mut bulletin = session.bulletin();
        bulletin.accept_key_set(&session.store, &session.profile, &ministry.key_set()).unwrap();
        bulletin.accept_watermark(&session.store, &early, session.now()).unwrap();
        bulletin.accept_snapshot(&session.store, &snapshot).unwrap();
        bulletin.accept_head(&session.store, &early_head, session.now()).unwrap();
    }
    assert_eq!(shown(&device), ["advisory.ae"]);
    catch_up(session).await.unwrap();
    assert_eq!(front.asked("GET /v1/bulletin/frames").len(), 1);
    assert_eq!(shown(&device), ["advisory.qa"], "what the snapshot no longer holds is over");
    assert_eq!(session.bulletin().followed_seq(), 71);
    let contact = device.view().contact;
    assert!(contact.confirmed && !contact.may_be_stale && contact.refused.is_none(), "{contact:?}");
}

#[tokio::test(start_paused = true)]
async fn a_heads_tag_is_kept_only_with_a_head_that_is_in_force() {
    for (now, kept) in [(NOW, Some("\"one\"".to_owned())), ("2026-03-05T12:00:00Z", None)] {
        let head = Ministry::new(1).head(NOW);
        let front = Front::new(move |asked| match asked {
            _ if asked.is("GET /v1/bulletin/head") => {
                Reply::Answer(200, vec![("etag", "\"one\"".into())], head.clone())
            }
            _ => problem(404, "not_found"),
        });
        let device = Device::behind(front, NOW);
        device.catch_up();
        device.pass_to(now);
        catch_up(device.session()).await.unwrap();
        assert_eq!(device.session().store.setting(Setting::HeadTag).unwrap(), kept, "{now}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_head_of_a_key_that_is_not_known_yet_brings_the_key_set_that_names_it() {
    let mut ministry = Ministry::new(1);
    let first = ministry.key_set();
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    ministry.header = testkit::signatory("head-2", 77);
    ministry.keys = 2;
    let front = front_of(&ministry);
    let device = Device::behind(front, NOW);
    let session = device.session();
    session.bulletin().accept_key_set(&session.store, &session.profile, &first).unwrap();
    catch_up(session).await.unwrap();
    assert_eq!(session.bulletin().key_set_number(), 2);
    assert_eq!(shown(&device), ["advisory.ae"]);
}

#[tokio::test(start_paused = true)]
async fn a_front_whose_log_leads_nowhere_is_left_for_another_time_after_three_new_beginnings() {
    let mut ministry = Ministry::new(1);
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    let confirmed = front_of(&ministry);
    ministry.publish(&advisory_entry("advisory.qa", 1, "QA"));
    let head = ministry.head(NOW);
    let front = Front::new(move |asked| {
        if asked.is("GET /v1/bulletin/head") {
            Reply::Answer(200, Vec::new(), head.clone())
        } else {
            (confirmed.answer)(asked)
        }
    });
    let device = Device::behind(front.clone(), NOW);
    let error = catch_up(device.session()).await.unwrap_err();
    assert!(matches!(error, ListenError::Front(FrontError::NotUnderstood)), "{error}");
    assert_eq!(front.asked("GET /v1/bulletin/frames").len(), 4);
    assert_eq!(shown(&device), ["advisory.ae"], "what is confirmed is shown all the same");
}

#[tokio::test(start_paused = true)]
async fn a_watermark_of_a_key_that_is_not_known_yet_brings_the_key_set_that_names_it() {
    let mut ministry = Ministry::new(1);
    let first = ministry.key_set();
    ministry.publish(&advisory_entry("advisory.ae", 1, "AE"));
    ministry.desk = testkit::signatory("watermark-2", 78);
    ministry.keys = 2;
    let device = Device::behind(front_of(&ministry), NOW);
    let session = device.session();
    session.bulletin().accept_key_set(&session.store, &session.profile, &first).unwrap();
    catch_up(session).await.unwrap();
    let contact = device.view().contact;
    assert!(contact.confirmed && contact.refused.is_none(), "{contact:?}");
}

#[tokio::test(start_paused = true)]
async fn a_watermark_that_is_not_believed_is_told_and_holds_up_no_head() {
    let mut ministry = Ministry::new(1);
    let true_desk = std::mem::replace(&mut ministry.desk, testkit::signatory("watermark-1", 99));
    let forged = ministry.watermark(NOW);
    ministry.desk = true_desk;
    let whole = front_of(&ministry);
    let front = Front::new(move |asked| {
        if asked.is("GET /v1/bulletin/watermark") {
            Reply::Answer(200, Vec::new(), forged.clone())
        } else {
            (whole.answer)(asked)
        }
    });
    let device = Device::behind(front, NOW);
    catch_up(device.session()).await.unwrap();
    assert!(device.view().contact.refused.is_some());
}

/// A device that has caught up with three frames of which the second is signed so, and how that went.
async fn after_a_page_with(second: impl FnOnce(&Ministry) -> Jws) -> (Device, Result<(), ListenError>) {
    let mut ministry = Ministry::new(1);
    let mut frames = vec![ministry.publish(&advisory_entry("advisory.ae", 1, "AE"))];
    let second = second(&ministry);
    frames.push(ministry.append(second));
    frames.push(ministry.publish(&advisory_entry("advisory.qa", 1, "QA")));
    let page: Vec<_> = frames.iter().map(|frame| serde_json::to_string(frame).unwrap()).collect();
    let (whole, page) = (front_of(&ministry), page.join("\n"));
    let front = Front::new(move |asked| match asked {
        _ if asked.is("GET /v1/bulletin/frames") => Reply::Answer(200, Vec::new(), page.clone()),
        _ if asked.is("GET /v1/bulletin/watermark") => problem(404, "not_found"),
        _ => (whole.answer)(asked),
    });
    let device = Device::behind(front, NOW);
    let caught = catch_up(device.session()).await;
    (device, caught)
}

#[tokio::test(start_paused = true)]
async fn what_the_desk_got_wrong_in_a_page_of_frames_is_told_and_keeps_nothing_away() {
    let (country, since, why) = (testkit::country("AE"), testkit::at(NOW), testkit::words("Why"));
    let another_kind = testkit::entry("advisory.ae", 2, Body::Level(Level { country, level: 3, since, why }));
    let (device, caught) = after_a_page_with(|ministry| ministry.sign(&another_kind)).await;
    caught.unwrap();
    assert_eq!(shown(&device), ["advisory.ae", "advisory.qa"]);
    assert_eq!(device.session().bulletin().followed_seq(), 3);
    assert!(device.view().contact.refused.is_some());
}

#[tokio::test(start_paused = true)]
async fn what_a_stranger_signed_in_a_page_of_frames_ends_the_run() {
    let stranger = testkit::signatory("publish-1", 99);
    let forged = stranger.sign(&advisory_entry("advisory.om", 1, "OM")).unwrap();
    let (device, caught) = after_a_page_with(|_| forged).await;
    assert!(matches!(caught, Err(ListenError::Bulletin(_))), "{caught:?}");
    assert_eq!((shown(&device), device.session().bulletin().followed_seq()), (vec!["advisory.ae".to_owned()], 1));
}
