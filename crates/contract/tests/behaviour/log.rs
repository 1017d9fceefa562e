//! The log is followed frame by frame and head by head, and never back: after the TUF conformance cases.

use contract::{
    hash::Hash,
    jws::{Refusal, Verified},
    keys::Role,
    log::{Frame, Head, LogPosition, SnapshotLine, read_snapshot, snapshot_bytes},
};
use jiff::SignedDuration;
use proptest::prelude::*;
use testkit::{Ministry, at, named};

use crate::ministry::{head, header, keys, log, signed_head, unsigned};

fn check_head(held: Option<&Verified<Head>>, new: &Verified<Head>, now: jiff::Timestamp) -> Result<(), Refusal> {
    contract::log::check_head(held, None, new, now)
}

/// Follows frames as long as they hold.
fn follow(frames: &[Frame]) -> LogPosition {
    let mut position = LogPosition::default();
    for frame in frames {
        match position.after(frame) {
            Ok(next) => position = next,
            Err(refusal) => assert_eq!(refusal, Refusal::BrokenChain),
        }
    }
    position
}

const EARLY: &str = "2026-03-01T06:00:00Z";
const LATE: &str = "2026-03-01T07:00:00Z";
const END: &str = "2026-03-02T06:00:00Z";

#[test]
fn a_whole_log_is_followed_to_its_end() {
    let (frames, positions) = log(8);
    assert_eq!(follow(&frames), positions[7]);
    assert_eq!(positions[7].seq, 8);
    assert_eq!(follow(&[]), LogPosition { seq: 0, hash: Hash::ZERO });
}

#[test]
fn a_frame_is_hashed_over_its_number_its_predecessor_and_its_entry() {
    let frame = Frame { seq: 1, prev: Hash::ZERO, entry: unsigned("{}") };
    let zeros = "A".repeat(43);
    assert_eq!(frame.prev.to_string(), zeros);
    assert_eq!(frame.hash(), Hash::of(format!("1.{zeros}.protected.e30.signature").as_bytes()));
    // the NIST's example for SHA-256, "abc"
    assert_eq!(Hash::of(b"abc").to_string(), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
}

#[test]
fn a_position_at_the_end_of_all_numbers_goes_nowhere() {
    let position = LogPosition { seq: u64::MAX, hash: Hash::ZERO };
    for seq in [0, 1, u64::MAX] {
        let frame = Frame { seq, prev: Hash::ZERO, entry: unsigned("") };
        assert_eq!(position.after(&frame), Err(Refusal::BrokenChain));
    }
}

#[test]
fn a_head_may_stand_still_or_go_on() {
    let held = signed_head(&head(5, Hash::ZERO, EARLY, END));
    for (seq, issued) in [(5, EARLY), (5, LATE), (6, EARLY), (6, LATE)] {
        let new = signed_head(&head(seq, Hash::ZERO, issued, END));
        assert_eq!(check_head(Some(&held), &new, at(LATE)), Ok(()), "{seq} {issued}");
    }
    assert_eq!(check_head(None, &held, at(LATE)), Ok(()));
}

#[test]
fn a_rollback_is_refused() {
    let held = signed_head(&head(5, Hash::ZERO, EARLY, END));
    let fewer = signed_head(&head(4, Hash::ZERO, LATE, END));
    assert_eq!(check_head(Some(&held), &fewer, at(LATE)), Err(Refusal::OlderHead));
    let nothing = signed_head(&head(0, Hash::ZERO, LATE, END));
    assert_eq!(check_head(Some(&held), &nothing, at(LATE)), Err(Refusal::OlderHead));
}

#[test]
fn a_head_issued_earlier_is_refused_even_where_it_names_more() {
    let held = signed_head(&head(5, Hash::ZERO, LATE, END));
    let earlier = signed_head(&head(6, Hash::ZERO, EARLY, END));
    assert_eq!(check_head(Some(&held), &earlier, at(LATE)), Err(Refusal::OlderHead));
}

#[test]
fn a_freeze_ends_with_the_heads_own_time() {
    let frozen = signed_head(&head(5, Hash::ZERO, EARLY, END));
    let just_before = at(END).checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap();
    assert_eq!(check_head(Some(&frozen), &frozen, just_before), Ok(()));
    assert_eq!(check_head(Some(&frozen), &frozen, at(END)), Err(Refusal::ExpiredHead));
    assert_eq!(check_head(None, &frozen, at(END)), Err(Refusal::ExpiredHead));
}

#[test]
fn a_head_that_was_never_in_force_is_refused() {
    let upside_down = signed_head(&head(5, Hash::ZERO, END, END));
    assert_eq!(check_head(None, &upside_down, at(EARLY)), Err(Refusal::ExpiredHead));
}

/// A head in force for so long from `issued` on.
fn head_for(seq: u64, issued: jiff::Timestamp, life: SignedDuration) -> Verified<Head> {
    signed_head(&Head { seq, hash: Hash::ZERO, keys: 1, issued_at: issued, expires_at: issued + life })
}

const DAY: SignedDuration = SignedDuration::from_hours(24);
const MOMENT: SignedDuration = SignedDuration::from_nanos(1);

#[test]
fn a_head_is_neither_from_tomorrow_nor_for_longer_than_a_day_and_an_hour() {
    let now = at(EARLY);
    let longest = SignedDuration::from_hours(25);
    for (issued, life, expected) in [
        (now, DAY, Ok(())),
        (now + DAY, DAY, Ok(())),
        (now + DAY + MOMENT, DAY, Err(Refusal::ExpiredHead)),
        (now, longest, Ok(())),
        (now, longest + MOMENT, Err(Refusal::ExpiredHead)),
        (now, MOMENT, Ok(())),
        (now, SignedDuration::ZERO, Err(Refusal::ExpiredHead)),
        (now + DAY, SignedDuration::ZERO, Err(Refusal::ExpiredHead)),
    ] {
        assert_eq!(check_head(None, &head_for(5, issued, life), now), expected, "{issued} {life:?}");
    }
}

#[test]
fn a_held_head_whose_times_cannot_be_right_stands_in_nobodys_way() {
    let now = at(EARLY);
    let new = head_for(4, now, DAY);
    for (issued, life, stands) in [
        (now + DAY, DAY, true),
        (now + DAY + MOMENT, DAY, false),
        (now, SignedDuration::from_hours(25), true),
        (now, SignedDuration::from_hours(25) + MOMENT, false),
    ] {
        let judged = check_head(Some(&head_for(5, issued, life)), &new, now);
        assert_eq!(judged, if stands { Err(Refusal::OlderHead) } else { Ok(()) }, "{issued} {life:?}");
    }
}

#[test]
fn a_head_names_its_place() {
    let newest = head(5, Hash::of(b"5"), EARLY, END);
    assert_eq!(newest.position(), LogPosition { seq: 5, hash: Hash::of(b"5") });
}

#[test]
fn a_fork_is_refused() {
    let held = signed_head(&head(5, Hash::ZERO, EARLY, END));
    let fork = signed_head(&head(5, Hash::of(b"another log"), LATE, END));
    assert_eq!(check_head(Some(&held), &fork, at(LATE)), Err(Refusal::Conflict));
}

#[test]
fn a_head_outside_its_keys_range_is_refused() {
    let ranged = {
        let ministry = Ministry::new(0);
        let named = named(&ministry.header, Role::Head, 3, Some(6));
        ministry.roots().verify_first(&ministry.key_set_of(1, vec![named])).unwrap()
    };
    for (seq, holds) in [(2, false), (3, true), (6, true), (7, false)] {
        let jws = header().sign(&head(seq, Hash::ZERO, EARLY, END)).unwrap().compact();
        assert_eq!(ranged.head(&jws).is_ok(), holds, "{seq}");
        assert!(keys().head(&jws).is_ok());
    }
}

#[test]
fn a_snapshot_is_its_entries_one_a_line_and_a_line_that_does_not_read_is_left_out() {
    let lines = [SnapshotLine { seq: 3, entry: unsigned("a\nb") }, SnapshotLine { seq: 9, entry: unsigned("c") }];
    let bytes = snapshot_bytes(&lines).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert_eq!(read_snapshot(&text).collect::<Vec<_>>(), lines);
    assert!(snapshot_bytes(&[]).unwrap().is_empty());
    let (first, second) = text.split_once('\n').unwrap();
    for broken in ["", "{", "[]", r#"{"seq":-1,"entry":{}}"#, r#"{"seq":4}"#] {
        let text = format!("{first}\n{broken}\n{second}");
        assert_eq!(read_snapshot(&text).collect::<Vec<_>>(), lines, "{broken}");
    }
}

#[test]
fn a_hash_is_read_in_its_one_form() {
    let hash = Hash::of(b"abc");
    assert_eq!(Hash::try_from(hash.to_string()), Ok(hash));
    for other in
        [format!("{hash}="), format!("{hash}A"), "abc".into(), String::new(), hash.to_string().replace('-', "+")]
    {
        assert!(Hash::try_from(other.clone()).is_err(), "{other}");
    }
}

#[derive(Debug, Clone)]
enum Alteration {
    Seq(u64),
    Prev(u8),
    Entry(String),
}

fn alteration() -> impl Strategy<Value = Alteration> {
    prop_oneof![
        any::<u64>().prop_map(Alteration::Seq),
        any::<u8>().prop_map(Alteration::Prev),
        "[a-z.]{0,20}".prop_map(Alteration::Entry),
    ]
}

proptest! {
    #[test]
    fn frames_in_any_order_lead_only_to_true_positions(
        count in 1_usize..9, seed in any::<prop::sample::Index>(), times in 1_usize..4, order in prop::collection::vec(any::<u32>(), 36),
    ) {
        let (frames, positions) = log(count);
        let mut shuffled: Vec<_> = frames.iter().cycle().take(count * times).cloned().zip(order).collect();
        shuffled.sort_by_key(|(_, key)| *key);
        shuffled.remove(seed.index(shuffled.len()));
        let frames: Vec<_> = shuffled.into_iter().map(|(frame, _)| frame).collect();
        let reached = follow(&frames);
        prop_assert!(reached == LogPosition::default() || positions.contains(&reached));
    }

    #[test]
    fn with_a_frame_missing_the_position_stays_before_it(count in 1_usize..9, missing in any::<prop::sample::Index>()) {
        let (mut frames, positions) = log(count);
        let missing = missing.index(count);
        frames.remove(missing);
        let before = missing.checked_sub(1).map_or(LogPosition::default(), |index| positions[index]);
        prop_assert_eq!(follow(&frames), before);
    }

    #[test]
    fn an_altered_frame_is_the_last_that_is_followed_and_no_true_head_names_it(
        count in 1_usize..9, altered in any::<prop::sample::Index>(), alteration in alteration(),
    ) {
        let (mut frames, positions) = log(count);
        let altered = altered.index(count);
        let before = frames[altered].clone();
        match alteration {
            Alteration::Seq(seq) => frames[altered].seq = seq,
            Alteration::Prev(byte) => frames[altered].prev = Hash::of(&[byte]),
            Alteration::Entry(payload) => frames[altered].entry.payload = payload,
        }
        prop_assume!(frames[altered] != before);
        let reached = follow(&frames);
        prop_assert!(reached.seq <= altered as u64 + 1);
        prop_assert!(reached.seq <= altered as u64 || reached != positions[altered]);
    }
}
