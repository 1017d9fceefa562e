use contract::http::Code;

use super::*;
use crate::sync::backoff::LONGEST;

fn item(kind: Kind, id: &str) -> Item {
    Item {
        kind,
        id: id.into(),
        version: 1,
        received_version: 0,
        received_at: None,
        parked: None,
        help: kind == Kind::Call,
    }
}

fn due(rests: &Rests, outbox: &[Item]) -> Vec<String> {
    rests.due(outbox, Instant::now()).into_iter().map(|item| item.id.clone()).collect()
}

/// How long is waited where the whole of a wait is.
fn waited(rests: &mut Rests, item: &Item, asked: Duration) -> Duration {
    rests.rest(item, Why::Trouble, asked, 1.0).duration_since(Instant::now())
}

const NOTHING: Duration = Duration::ZERO;

#[tokio::test(start_paused = true)]
async fn a_rest_grows_with_each_try_to_a_minute() {
    let (mut rests, trip) = (Rests::default(), item(Kind::Trip, "a"));
    let waits: Vec<u64> = (0..8).map(|_| waited(&mut rests, &trip, NOTHING).as_secs()).collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    assert_eq!(bound(u32::MAX), LONGEST);
}

#[tokio::test(start_paused = true)]
async fn what_the_front_asks_for_comes_on_top_and_a_part_of_the_rest_is_random() {
    let (mut rests, trip) = (Rests::default(), item(Kind::Trip, "a"));
    assert_eq!(waited(&mut rests, &trip, Duration::from_secs(300)).as_secs(), 301);
    let until = rests.rest(&trip, Why::Trouble, NOTHING, 0.5);
    assert_eq!(until.duration_since(Instant::now()), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn it_is_due_again_at_the_very_end_of_its_rest() {
    let (mut rests, outbox) = (Rests::default(), [item(Kind::Trip, "a")]);
    let until = rests.rest(&outbox[0], Why::Trouble, NOTHING, 1.0);
    assert!(due(&rests, &outbox).is_empty());
    assert_eq!(rests.next(&outbox), Some(until));
    tokio::time::advance(Duration::from_millis(999)).await;
    assert!(due(&rests, &outbox).is_empty());
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!(due(&rests, &outbox), ["a"]);
}

#[tokio::test(start_paused = true)]
async fn a_newer_version_does_not_rest_with_the_one_before() {
    let (mut rests, old) = (Rests::default(), item(Kind::Trip, "a"));
    rests.rest(&old, Why::Trouble, NOTHING, 1.0);
    assert_eq!(due(&rests, &[Item { version: 2, ..old }]), ["a"]);
}

#[tokio::test(start_paused = true)]
async fn after_three_tries_in_vain_what_was_tried_less_goes_first() {
    let (mut rests, outbox) = (Rests::default(), [item(Kind::Trip, "old"), item(Kind::Trip, "new")]);
    for (tries, expected) in [(0, ["new", "old"]), (2, ["new", "old"]), (3, ["old", "new"]), (5, ["old", "new"])] {
        rests.end();
        for _ in 0..tries {
            rests.rest(&outbox[1], Why::Trouble, NOTHING, 0.0);
        }
        assert_eq!(due(&rests, &outbox), expected, "{tries}");
    }
    // two groups of three tries are behind one of them
    for _ in 0..3 {
        rests.rest(&outbox[0], Why::Trouble, NOTHING, 0.0);
    }
    assert_eq!(due(&rests, &outbox), ["new", "old"]);
    rests.rest(&outbox[1], Why::Trouble, NOTHING, 0.0);
    assert_eq!(due(&rests, &outbox), ["old", "new"]);
}

#[tokio::test(start_paused = true)]
async fn the_device_and_help_go_first_however_often_they_were_tried() {
    let mut rests = Rests::default();
    for kind in [Kind::Device, Kind::Call] {
        let outbox = [item(Kind::Call, "help"), item(kind, "tried")];
        for _ in 0..9 {
            rests.rest(&outbox[1], Why::Trouble, NOTHING, 0.0);
        }
        assert_eq!(due(&rests, &outbox), ["tried", "help"], "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn others_rest_with_it_unless_they_rest_for_longer_or_ask_for_help() {
    let mut rests = Rests::default();
    let outbox = [item(Kind::Trip, "free"), item(Kind::Trip, "longer"), item(Kind::Call, "help")];
    let longer = rests.rest(&outbox[1], Why::Trouble, Duration::from_secs(500), 0.0);
    let until = Instant::now() + Duration::from_secs(9);
    rests.rest_too(&outbox, until, Why::Trouble);
    assert_eq!(due(&rests, &outbox), ["help"]);
    assert_eq!(rests.next(&outbox[..1]), Some(until));
    assert_eq!(rests.next(&outbox[1..2]), Some(longer));
    let later = until + Duration::from_secs(1);
    rests.rest_too(&outbox, later, Why::Trouble);
    assert_eq!(rests.next(&outbox), Some(later));
    // to rest with another is no try
    assert_eq!(waited(&mut rests, &outbox[0], NOTHING).as_secs(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_it_waited_for_ends_a_rest_and_nothing_else_does() {
    let mut rests = Rests::default();
    let outbox = [item(Kind::Trip, "unheard"), item(Kind::Trip, "trouble")];
    rests.rest(&outbox[0], Why::Unheard, NOTHING, 1.0);
    rests.rest(&outbox[1], Why::Trouble, NOTHING, 1.0);
    rests.wake(Why::Unregistered);
    assert!(due(&rests, &outbox).is_empty());
    rests.wake(Why::Unheard);
    assert_eq!(due(&rests, &outbox), ["unheard"]);
    assert_eq!(waited(&mut rests, &outbox[0], NOTHING).as_secs(), 2, "its tries are not forgotten");
    rests.forget(&outbox[1]);
    assert_eq!(due(&rests, &outbox), ["trouble"]);
    assert_eq!(waited(&mut rests, &outbox[1], NOTHING).as_secs(), 1, "and these are");
}

#[tokio::test(start_paused = true)]
async fn a_register_that_forgets_again_and_again_is_given_time_until_all_was_delivered() {
    let (mut rests, trip) = (Rests::default(), item(Kind::Trip, "a"));
    assert!(!rests.count_forgotten());
    assert!(rests.count_forgotten());
    assert!(rests.count_forgotten());
    assert_eq!(waited(&mut rests, &trip, NOTHING).as_secs(), 8);
    let delivered = Item { received_version: 1, ..trip.clone() };
    let parked = Item { parked: Some(Code::FieldInvalid), ..trip.clone() };
    assert_eq!(rests.next(&[delivered, parked]), None);
    assert!(!rests.count_forgotten());
    assert_eq!(waited(&mut rests, &trip, NOTHING).as_secs(), 2);
}
