//! What met trouble rests for a random while that grows with each try, and longer where the front asks for it.
//! It holds up nothing else.

use std::{collections::HashMap, time::Duration};

use contract::record::Kind;
use tokio::time::Instant;

use super::{backoff::bound, order};
use crate::store::Item;

/// After each so many tries in vain, whatever was tried less goes first: what never gets through starves nothing.
const STUBBORN: u32 = 3;

/// What is not to be tried yet, and why.
#[derive(Debug, Default)]
pub struct Rests {
    items: HashMap<(Kind, String), Rest>,
    /// How often in a row the register had forgotten, before all was delivered.
    forgotten: u32,
}

#[derive(Debug, Clone, Copy)]
struct Rest {
    /// A version made since is tried at once.
    version: u32,
    tries: u32,
    until: Instant,
    why: Why,
}

/// What ends a rest before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Nothing got through, or no key was known: the front is heard.
    Unheard,
    /// The front does not know this device: it takes it.
    Unregistered,
    /// The front's own trouble, or what it asked for: only time.
    Trouble,
}

fn key(item: &Item) -> (Kind, String) {
    (item.kind, item.id.clone())
}

impl Rests {
    fn tries(&self, item: &Item) -> u32 {
        self.items.get(&key(item)).map_or(0, |rest| rest.tries)
    }

    fn until(&self, item: &Item) -> Option<Instant> {
        self.items.get(&key(item)).filter(|rest| rest.version == item.version).map(|rest| rest.until)
    }

    /// What may be sent at `now`, in the order to send it.
    pub(super) fn due<'a>(&self, outbox: &'a [Item], now: Instant) -> Vec<&'a Item> {
        let mut due = order::sendable(outbox);
        due.retain(|item| self.until(item).is_none_or(|until| until <= now));
        due.sort_by_key(|item| {
            let waits_for_none = item.kind == Kind::Device || item.help;
            if waits_for_none { 0 } else { self.tries(item) / STUBBORN }
        });
        due
    }

    /// The earliest moment at which something that lacks may be tried again.
    pub(super) fn next(&mut self, outbox: &[Item]) -> Option<Instant> {
        let lacking = order::sendable(outbox);
        if lacking.is_empty() {
            self.end();
        }
        lacking.into_iter().filter_map(|item| self.until(item)).min()
    }

    /// Lets one that was tried rest: a random part (`fraction`, 0 to 1) of what its tries ask for, after whatever the
    /// front asked for. Gives the end of the rest.
    pub(super) fn rest(&mut self, item: &Item, why: Why, asked: Duration, fraction: f64) -> Instant {
        let tries = self.tries(item);
        let until = Instant::now() + asked + bound(tries.max(self.forgotten)).mul_f64(fraction);
        self.items.insert(key(item), Rest { version: item.version, tries: tries.saturating_add(1), until, why });
        until
    }

    /// Lets others rest with it, that were not tried. What asks for help waits for no other's sake.
    pub(super) fn rest_too<'a>(&mut self, items: impl IntoIterator<Item = &'a Item>, until: Instant, why: Why) {
        for item in items.into_iter().filter(|item| !item.help) {
            if self.until(item).is_none_or(|rested| rested < until) {
                let rest = Rest { version: item.version, tries: self.tries(item), until, why };
                self.items.insert(key(item), rest);
            }
        }
    }

    /// The register had forgotten this device, or its epoch changed; says whether that came before in a row.
    pub(super) fn count_forgotten(&mut self) -> bool {
        self.forgotten = self.forgotten.saturating_add(1);
        self.forgotten > 1
    }

    /// It was delivered, or waits for the traveller.
    pub(super) fn forget(&mut self, item: &Item) {
        self.items.remove(&key(item));
    }

    /// Ends what rests for this reason.
    pub(super) fn wake(&mut self, why: Why) {
        let now = Instant::now();
        for rest in self.items.values_mut().filter(|rest| rest.why == why) {
            rest.until = rest.until.min(now);
        }
    }

    /// All was delivered, or the traveller does not want to wait.
    pub(super) fn end(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests;
