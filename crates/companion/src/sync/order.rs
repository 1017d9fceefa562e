//! What to send next: pure, so that its laws can be tested without a network.

use std::cmp::Reverse;

use contract::record::Kind;

use crate::store::Item;

/// What the ministry lacks, most urgent first: the device itself, calls and cries for help, check-ins, messages, trips,
/// receipts. Among equals the newest.
pub fn order(outbox: &[Item]) -> Vec<&Item> {
    let mut lacking: Vec<&Item> = outbox.iter().rev().filter(|item| item.is_lacking()).collect();
    lacking.sort_by_key(|item| (Reverse(item.kind == Kind::Device), Reverse(item.help), item.kind));
    lacking
}

/// What may be sent: while the front may not know this device, nothing but the device itself, and what asks for help
/// tries its luck. A word waits for the calls for help before it: coming in sooner, it would answer none of them.
pub fn sendable(outbox: &[Item]) -> Vec<&Item> {
    let mut lacking = order(outbox);
    if lacking.iter().any(|item| item.kind == Kind::Device) {
        lacking.retain(|item| item.kind == Kind::Device || item.help);
    }
    let said_since = outbox.iter().skip_while(|item| !(item.help && item.is_lacking()));
    let answers: Vec<&str> = said_since.filter(|item| is_answer(item)).map(|item| item.id.as_str()).collect();
    lacking.retain(|item| !(is_answer(item) && answers.contains(&item.id.as_str())));
    lacking
}

fn is_answer(item: &Item) -> bool {
    item.kind == Kind::CheckIn && !item.help
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use contract::http::Code;
    use proptest::prelude::*;

    use super::*;

    type Register = HashMap<(Kind, String), u32>;

    fn item() -> impl Strategy<Value = Item> {
        let kind = proptest::sample::select(Kind::ALL.to_vec());
        (kind, "[a-c]", 1_u32..5, 0_u32..5, proptest::bool::weighted(0.1), any::<bool>()).prop_map(
            |(kind, id, version, received, parked, help)| Item {
                kind,
                id,
                version,
                received_version: received.min(version),
                received_at: None,
                parked: parked.then_some(Code::FieldInvalid),
                help: kind == Kind::Call || kind == Kind::CheckIn && help,
            },
        )
    }

    fn outbox() -> impl Strategy<Value = Vec<Item>> {
        proptest::collection::vec(item(), 0..12).prop_map(|items| {
            let unique: HashMap<_, _> = items.into_iter().map(|item| ((item.kind, item.id.clone()), item)).collect();
            unique.into_values().collect()
        })
    }

    /// The register's rule: a higher version wins, anything else changes nothing.
    fn deliver(register: &mut Register, kind: Kind, id: &str, version: u32) {
        let held = register.entry((kind, id.to_owned())).or_default();
        *held = version.max(*held);
    }

    proptest! {
        #[test]
        fn the_register_converges_to_the_device_whatever_is_lost_or_repeated(
            mut outbox in outbox(),
            fates in proptest::collection::vec(0_u8..3, 0..40),
        ) {
            let mut register = Register::new();
            for item in &outbox {
                deliver(&mut register, item.kind, &item.id, item.received_version);
            }
            // each attempt is lost on the way, or its answer is, or it arrives
            for fate in fates.into_iter().chain(std::iter::repeat_n(2, 60)) {
                let Some(next) = order(&outbox).first().map(|item| (*item).clone()) else { break };
                if fate > 0 {
                    deliver(&mut register, next.kind, &next.id, next.version);
                }
                if fate > 1 {
                    let item = outbox.iter_mut().find(|item| item.kind == next.kind && item.id == next.id).unwrap();
                    item.received_version = next.version;
                }
            }
            prop_assert!(order(&outbox).is_empty());
            for item in outbox.iter().filter(|item| item.parked.is_none()) {
                prop_assert_eq!(register.get(&(item.kind, item.id.clone())), Some(&item.version));
            }
        }

        #[test]
        fn no_word_overtakes_a_call_for_help_before_it(outbox in outbox()) {
            let sendable = sendable(&outbox);
            for (at, item) in outbox.iter().enumerate().filter(|(_, item)| is_answer(item)) {
                let cries = outbox[..at].iter().any(|before| before.help && before.is_lacking());
                prop_assert!(!(cries && sendable.contains(&item)));
            }
            let waits = |item: &&Item| sendable.contains(item) || is_answer(item);
            let device = outbox.iter().any(|item| item.kind == Kind::Device && item.is_lacking());
            prop_assert!(device || order(&outbox).iter().all(waits), "nothing else waits for one");
        }

        #[test]
        fn the_most_urgent_goes_first(outbox in outbox()) {
            let order = order(&outbox);
            let kinds = [Kind::Device, Kind::CheckIn, Kind::Message, Kind::Trip, Kind::Receipts];
            let said = |item: &Item| kinds.iter().position(|kind| *kind == item.kind);
            let urgencies = order.iter().map(|item| (item.kind != Kind::Device, !item.help, said(item).filter(|_| !item.help)));
            prop_assert!(urgencies.is_sorted());
            let all_that_lacks = outbox.iter().filter(|item| item.is_lacking()).count();
            prop_assert_eq!(order.len(), all_that_lacks);
        }
    }
}
