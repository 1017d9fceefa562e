//! How often one address or device may do something.

use std::{hash::Hash, num::NonZeroU32, time::Duration};

use governor::{
    NotUntil, Quota, RateLimiter, clock, middleware::NoOpMiddleware, nanos::Nanos, state::keyed::HashMapStateStore,
};

use crate::Clock;

/// Beyond so many, those that have their whole allowance again are forgotten.
const REMEMBERED: usize = 10_000;

/// Our clock as the limiter reads it: nanoseconds since 1970.
#[derive(Clone)]
struct Ticks(Clock);

impl clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        u64::try_from((self.0)().as_nanosecond()).unwrap_or(0).into()
    }
}

/// An allowance for each of those who ask: `burst` at once, then one each `period`.
pub struct Allowance<K: Hash + Eq + Clone> {
    limiter: RateLimiter<K, HashMapStateStore<K>, Ticks, NoOpMiddleware<Nanos>>,
    clock: Ticks,
    /// Until a whole allowance is there again.
    longest: Duration,
}

impl<K: Hash + Eq + Clone> Allowance<K> {
    pub fn new(burst: NonZeroU32, period: Duration, clock: Clock) -> Self {
        let clock = Ticks(clock);
        let quota = Quota::with_period(period).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(burst);
        Self {
            limiter: RateLimiter::hashmap_with_clock(quota, clock.clone()),
            clock,
            longest: quota.burst_size_replenished_in(),
        }
    }

    /// Takes one from the allowance of `who`.
    ///
    /// # Errors
    /// How long until there is one again.
    pub fn take(&self, who: &K) -> Result<(), Duration> {
        self.take_so_many(who, 1)
    }

    /// Takes so many, or none.
    ///
    /// # Errors
    /// How long until there are as many again.
    pub fn take_so_many(&self, who: &K, many: u32) -> Result<(), Duration> {
        if self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
        }
        let now = clock::Clock::now(&self.clock);
        let wait = |until: NotUntil<Nanos>| until.wait_time_from(now);
        let many = NonZeroU32::new(many).unwrap_or(NonZeroU32::MIN);
        match self.limiter.check_key_n(who, many) {
            Ok(outcome) => outcome.map_err(wait),
            // more than there ever is at once
            Err(_) => Err(self.longest),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
    };

    use jiff::Timestamp;

    use super::*;

    #[test]
    fn whoever_asks_has_its_allowance_back_with_time_and_takes_from_nobody_else() {
        let second = Arc::new(AtomicI64::new(1_772_323_200));
        let clock: Clock = Arc::new({
            let second = second.clone();
            move || Timestamp::from_second(second.load(Relaxed)).unwrap()
        });
        let limit = Allowance::new(NonZeroU32::new(3).unwrap(), Duration::from_secs(2), clock);
        let taken = (0..5).filter(|_| limit.take(&"one").is_ok()).count();
        assert_eq!(taken, 3);
        assert_eq!(limit.take(&"one"), Err(Duration::from_secs(2)));
        assert_eq!(limit.take(&"other"), Ok(()));
        second.fetch_add(2, Relaxed);
        assert_eq!(limit.take(&"one"), Ok(()));
        assert!(limit.take(&"one").is_err());
    }

    #[test]
    fn many_are_taken_at_once_or_none() {
        let clock: Clock = Arc::new(|| Timestamp::from_second(1_772_323_200).unwrap());
        let limit = Allowance::new(NonZeroU32::new(10).unwrap(), Duration::from_secs(2), clock);
        assert_eq!(limit.take_so_many(&"one", 7), Ok(()));
        assert_eq!(limit.take_so_many(&"one", 4), Err(Duration::from_secs(2)));
        assert_eq!(limit.take_so_many(&"one", 3), Ok(()));
        assert_eq!(limit.take_so_many(&"other", 11), Err(Duration::from_secs(20)), "more than there ever is");
    }
}
