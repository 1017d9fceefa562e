//! What was entered is never lost: whole lives of a phone and a register, each made from one number. The app is the
//! real one; network, register, clock and the traveller are the simulation's, on one thread and in its own time.
//! `SEEDS=100000` lives more of them, `SEED=7` lives one again.

mod life;
mod network;
mod register;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

const SEEDS: u64 = 2_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

#[test]
fn nothing_is_lost_nothing_doubled_and_help_waits_behind_nothing() {
    if let Some(seed) = number("SEED") {
        return life::live(seed);
    }
    let (next, seeds) = (AtomicU64::new(0), number("SEEDS").unwrap_or(SEEDS));
    let failed = Mutex::new(Vec::new());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds || failed.lock().unwrap().len() >= 10 {
                        return;
                    }
                    if catch_unwind(AssertUnwindSafe(|| life::live(seed))).is_err() {
                        failed.lock().unwrap().push(seed);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "lived again by SEED=n: {failed:?}");
}

#[test]
fn a_life_is_the_same_whenever_it_is_lived() {
    for seed in [3, 14] {
        assert_eq!(life::story(seed), life::story(seed));
    }
}
