//! The desk's watermark confirms the log, never goes back, and is the only thing that raises the time.

use contract::{
    hash::Hash,
    jws::Refusal,
    log::{LogPosition, SnapshotName, Watermark, check_head, check_redated_watermark, check_watermark, floor_of_time},
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use testkit::at;

use crate::ministry::{desk, head, header, keys, signed_head, signed_watermark, watermark};

const EARLY: &str = "2026-03-01T06:00:00Z";
const LATE: &str = "2026-03-01T12:00:00Z";
const END: &str = "2026-03-02T06:00:00Z";

fn hash(text: &str) -> Hash {
    Hash::of(text.as_bytes())
}

#[test]
fn a_watermark_may_stand_still_or_go_on() {
    let held = signed_watermark(&watermark(5, hash("5"), EARLY));
    for new in [watermark(5, hash("5"), EARLY), watermark(5, hash("5"), LATE), watermark(6, hash("6"), LATE)] {
        assert_eq!(check_watermark(Some(&held), &signed_watermark(&new)), Ok(()));
    }
    assert_eq!(check_watermark(None, &held), Ok(()));
}

#[test]
fn a_watermark_never_goes_back() {
    let held = signed_watermark(&watermark(5, hash("5"), LATE));
    let older_snapshot =
        Watermark { snapshot: SnapshotName { seq: 4, hash: hash("s") }, ..watermark(6, hash("6"), LATE) };
    for older in [watermark(4, hash("4"), LATE), watermark(6, hash("6"), EARLY), older_snapshot] {
        assert_eq!(check_watermark(Some(&held), &signed_watermark(&older)), Err(Refusal::OlderWatermark));
    }
}

#[test]
fn two_watermarks_of_one_place_name_one_frame() {
    let held = signed_watermark(&watermark(5, hash("5"), EARLY));
    let other = signed_watermark(&watermark(5, hash("another log"), LATE));
    assert_eq!(check_watermark(Some(&held), &other), Err(Refusal::Conflict));
}

#[test]
fn a_watermark_that_cannot_be_right_in_itself_is_refused() {
    let good = watermark(5, hash("5"), EARLY);
    let ahead = Watermark { snapshot: SnapshotName { seq: 6, hash: hash("s") }, ..good.clone() };
    let for_years = Watermark { expires_at: at("2027-03-01T06:00:00Z"), ..good.clone() };
    let never = Watermark { expires_at: good.issued_at, ..good };
    for wrong in [ahead, for_years, never] {
        assert_eq!(check_watermark(None, &signed_watermark(&wrong)), Err(Refusal::Malformed));
    }
}

#[test]
fn where_the_held_date_cannot_be_right_only_the_date_may_go_back() {
    let held = signed_watermark(&watermark(5, hash("5"), LATE));
    let judged = |new: Watermark| check_redated_watermark(&held, &signed_watermark(&new));
    assert_eq!(judged(watermark(5, hash("5"), EARLY)), Ok(()));
    assert_eq!(judged(watermark(6, hash("6"), EARLY)), Ok(()));
    assert_eq!(judged(watermark(4, hash("4"), EARLY)), Err(Refusal::OlderWatermark));
    assert_eq!(judged(watermark(5, hash("another log"), EARLY)), Err(Refusal::Conflict));
    let good = watermark(6, hash("6"), EARLY);
    let older_snapshot = Watermark { snapshot: SnapshotName { seq: 4, hash: hash("s") }, ..good.clone() };
    assert_eq!(judged(older_snapshot), Err(Refusal::OlderWatermark));
    assert_eq!(judged(Watermark { expires_at: good.issued_at, ..good }), Err(Refusal::Malformed));
}

#[test]
fn a_watermark_lives_for_a_day_and_an_hour_at_most_and_for_a_moment_at_least() {
    let moment = SignedDuration::from_nanos(1);
    let longest = SignedDuration::from_hours(25);
    for (life, expected) in [
        (longest, Ok(())),
        (longest + moment, Err(Refusal::Malformed)),
        (moment, Ok(())),
        (SignedDuration::ZERO, Err(Refusal::Malformed)),
        (-moment, Err(Refusal::Malformed)),
    ] {
        let new = Watermark { expires_at: at(EARLY) + life, ..watermark(5, hash("5"), EARLY) };
        assert_eq!(check_watermark(None, &signed_watermark(&new)), expected, "{life:?}");
    }
}

#[test]
fn a_snapshot_may_be_of_an_earlier_place_and_may_stand_still() {
    let snapshot = |seq| SnapshotName { seq, hash: hash("s") };
    let held = signed_watermark(&Watermark { snapshot: snapshot(3), ..watermark(5, hash("5"), EARLY) });
    for seq in [3, 4, 5] {
        let new = Watermark { snapshot: snapshot(seq), ..watermark(5, hash("5"), LATE) };
        assert_eq!(check_watermark(Some(&held), &signed_watermark(&new)), Ok(()), "{seq}");
    }
}

#[test]
fn a_watermark_names_its_place() {
    assert_eq!(watermark(5, hash("5"), EARLY).position(), LogPosition { seq: 5, hash: hash("5") });
}

#[test]
fn an_expired_watermark_still_proves_what_it_covers_and_confirms_no_longer() {
    let expired = signed_watermark(&watermark(5, hash("5"), EARLY));
    assert_eq!(check_watermark(None, &expired), Ok(()));
    assert!(expired.is_current(at(END) - SignedDuration::from_nanos(1)));
    assert!(!expired.is_current(at(END)));
}

#[test]
fn a_watermark_is_signed_by_the_desk_and_by_nobody_else() {
    let by_front = header().sign(&watermark(5, hash("5"), EARLY)).unwrap().compact();
    assert_eq!(keys().watermark(&by_front), Err(Refusal::UnknownKey));
    let head_by_desk = desk().sign(&head(5, hash("5"), EARLY, END)).unwrap().compact();
    assert_eq!(keys().head(&head_by_desk), Err(Refusal::UnknownKey));
}

#[test]
fn where_a_head_contradicts_the_watermark_the_watermark_wins() {
    let held = signed_watermark(&watermark(5, hash("5"), EARLY));
    for (seq, name, expected) in [
        (4, "4", Err(Refusal::AgainstWatermark)),
        (5, "another log", Err(Refusal::AgainstWatermark)),
        (5, "5", Ok(())),
        (6, "6", Ok(())),
    ] {
        let new = signed_head(&head(seq, hash(name), EARLY, END));
        assert_eq!(check_head(None, Some(&held), &new, at(LATE)), expected, "{seq} {name}");
    }
}

#[test]
fn a_slow_clock_is_raised_to_the_newest_watermark_and_a_right_one_is_left() {
    let newest = watermark(5, hash("5"), LATE);
    assert_eq!(floor_of_time(at(EARLY), Some(&newest)), at(LATE));
    assert_eq!(floor_of_time(at(END), Some(&newest)), at(END));
    assert_eq!(floor_of_time(at(EARLY), None), at(EARLY));
    let from_the_future = watermark(5, hash("5"), "2030-01-01T00:00:00Z");
    assert_eq!(floor_of_time(at(EARLY), Some(&from_the_future)), at(EARLY) + SignedDuration::from_hours(25));
}

proptest! {
    #[test]
    fn no_watermark_drives_the_time_on_or_back(clock in 0_i64..4_000_000_000, issued in 0_i64..200_000_000_000) {
        let clock = Timestamp::from_second(clock).unwrap();
        let newest = Watermark { issued_at: Timestamp::from_second(issued).unwrap(), ..watermark(1, hash("1"), EARLY) };
        let floor = floor_of_time(clock, Some(&newest));
        prop_assert!(floor >= clock);
        prop_assert!(floor.duration_since(clock) <= SignedDuration::from_hours(25));
        prop_assert!(floor == clock || floor <= newest.issued_at);
    }
}
