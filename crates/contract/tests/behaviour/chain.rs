//! Key sets follow one another in a chain, and say where each key counts: after the TUF conformance cases for roots.

use contract::{
    jws::{Refusal, Signatory, Verified, sign_by_all},
    keys::{Carried, KeySet, NamedKey, Positions, Role},
};
use proptest::prelude::*;
use testkit::{named, roots, signatory};

use crate::ministry::{entry, publisher};

fn root(generation: u32) -> [Signatory; 2] {
    let seed = u8::try_from(generation * 2 + 20).unwrap();
    [signatory(&format!("root-{generation}-a"), seed), signatory(&format!("root-{generation}-b"), seed + 1)]
}

/// Set `number` under roots of its own number, signed by them and by those of the set before.
fn document(number: u32, keys: Vec<NamedKey>) -> String {
    let set = KeySet { number, roots: roots(2, &root(number)), keys };
    let signers: Vec<_> = root(number - 1).into_iter().chain(root(number)).collect();
    sign_by_all(&signers, &set).unwrap()
}

fn chain(newest: u32) -> Vec<String> {
    (1..=newest).map(|number| document(number, Vec::new())).collect()
}

fn believed(documents: &[String]) -> Result<Verified<KeySet>, Refusal> {
    roots(2, &root(0)).verify_chain(documents.iter().map(String::as_str))
}

#[test]
fn a_chain_is_followed_to_its_newest_set() {
    for newest in 1..=4 {
        assert_eq!(believed(&chain(newest)).unwrap().number, newest);
    }
    assert_eq!(believed(&[]), Err(Refusal::UnknownKey));
}

#[test]
fn a_set_out_of_turn_does_not_follow() {
    let sets = chain(3);
    assert_eq!(believed(&[sets[0].clone(), sets[2].clone()]), Err(Refusal::ThresholdNotMet));
    assert_eq!(believed(&sets[1..]), Err(Refusal::ThresholdNotMet));
    assert_eq!(believed(&[sets[0].clone(), sets[0].clone()]), Err(Refusal::NotTheNextKeySet));
    // signed by the right roots, but with another number
    let set = KeySet { number: 3, roots: roots(2, &root(1)), keys: Vec::new() };
    let skipped = sign_by_all(&root(1), &set).unwrap();
    assert_eq!(believed(&[sets[0].clone(), skipped]), Err(Refusal::NotTheNextKeySet));
}

#[test]
fn a_threshold_short_by_one_is_not_met_by_either_generation() {
    let set = KeySet { number: 2, roots: roots(2, &root(2)), keys: Vec::new() };
    for missing in 0..4 {
        let mut signers: Vec<_> = root(1).into_iter().chain(root(2)).collect();
        signers.remove(missing);
        let short = sign_by_all(&signers, &set).unwrap();
        assert_eq!(believed(&[chain(1)[0].clone(), short]), Err(Refusal::ThresholdNotMet), "{missing}");
    }
}

#[test]
fn the_last_number_of_all_has_no_next() {
    let set = KeySet { number: u32::MAX, roots: roots(2, &root(1)), keys: Vec::new() };
    let document = sign_by_all(&root(1), &set).unwrap();
    let last = roots(2, &root(1));
    assert_eq!(last.verify_first(&document), Err(Refusal::NotTheNextKeySet));
}

fn with_key(valid: Vec<Positions>, void: Vec<Positions>) -> Verified<KeySet> {
    let key = NamedKey { valid, void, ..named(publisher(), Role::Publish, 0, None) };
    believed(&[document(1, vec![key])]).unwrap()
}

fn range(from: u64, until: Option<u64>) -> Positions {
    Positions { from, until }
}

fn judged(set: &Verified<KeySet>, carried: Carried) -> Result<(), Refusal> {
    set.entry(&publisher().sign(&entry("level.ae", 1)).unwrap(), carried).map(drop)
}

fn at(seq: u64) -> Carried {
    Carried::At { seq, confirmed: true }
}

#[test]
fn a_key_counts_where_it_is_valid_and_not_void() {
    let set = with_key(vec![range(5, Some(9)), range(20, None)], vec![range(7, Some(8)), range(30, None)]);
    for (seq, expected) in [
        (4, Err(Refusal::OutsideKeyRange)),
        (5, Ok(())),
        (7, Err(Refusal::VoidedKey)),
        (8, Err(Refusal::VoidedKey)),
        (9, Ok(())),
        (10, Err(Refusal::OutsideKeyRange)),
        (20, Ok(())),
        (29, Ok(())),
        (30, Err(Refusal::VoidedKey)),
        (u64::MAX, Err(Refusal::VoidedKey)),
    ] {
        assert_eq!(judged(&set, at(seq)), expected, "{seq}");
    }
}

#[test]
fn without_a_position_a_key_counts_only_while_it_has_neither_end_nor_void() {
    let open = with_key(vec![range(5, None)], Vec::new());
    assert_eq!(judged(&open, Carried::Alone), Ok(()));
    for (valid, void) in [(range(5, Some(9)), None), (range(5, None), Some(range(7, Some(7))))] {
        let set = with_key(vec![valid], void.into_iter().collect());
        assert_eq!(judged(&set, Carried::Alone), Err(Refusal::NotConfirmed));
    }
    assert_eq!(judged(&with_key(Vec::new(), Vec::new()), Carried::Alone), Err(Refusal::NotConfirmed));
}

#[test]
fn what_an_ended_key_signed_counts_only_where_a_watermark_confirms_its_position() {
    let unconfirmed = |seq| Carried::At { seq, confirmed: false };
    let open = with_key(vec![range(5, None)], Vec::new());
    assert_eq!(judged(&open, unconfirmed(5)), Ok(()));
    let ended = with_key(vec![range(5, Some(9))], Vec::new());
    assert_eq!(judged(&ended, unconfirmed(5)), Err(Refusal::NotConfirmed));
    assert_eq!(judged(&ended, at(5)), Ok(()));
}

#[test]
fn nothing_is_sealed_to_a_consular_key_that_has_ended() {
    let key = |kid: &str, seed, until| NamedKey {
        kid: kid.parse().unwrap(),
        ..named(&signatory(kid, seed), Role::Consular, 0, until)
    };
    let sealed_to = |keys: Vec<NamedKey>| {
        let set = believed(&[document(1, keys)]).unwrap();
        set.consular().map(|(kid, _)| kid.to_string())
    };
    assert_eq!(sealed_to(vec![key("consular-1", 4, None), key("consular-2", 6, None)]), Some("consular-2".into()));
    assert_eq!(sealed_to(vec![key("consular-1", 4, None), key("consular-2", 6, Some(9))]), Some("consular-1".into()));
    assert_eq!(sealed_to(vec![key("consular-1", 4, Some(9))]), None);
    assert_eq!(sealed_to(vec![named(publisher(), Role::Publish, 0, None)]), None);
}

proptest! {
    #[test]
    fn an_entry_counts_exactly_where_its_key_is_valid_and_not_void(
        ranges in prop::collection::vec((0_u64..20, prop::option::of(0_u64..20)), 0..4),
        voids in prop::collection::vec((0_u64..20, prop::option::of(0_u64..20)), 0..3),
        seq in 0_u64..25,
    ) {
        let inside = |ranges: &[(u64, Option<u64>)]| ranges.iter().any(|(from, until)| *from <= seq && until.is_none_or(|last| seq <= last));
        let made = |ranges: &[(u64, Option<u64>)]| ranges.iter().map(|(from, until)| range(*from, *until)).collect();
        let set = with_key(made(&ranges), made(&voids));
        prop_assert_eq!(judged(&set, at(seq)).is_ok(), inside(&ranges) && !inside(&voids));
    }
}
