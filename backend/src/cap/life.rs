//! An alert is followed through its life by its sender, its identifier and when it was sent, in whatever order its
//! messages come: what was sent later counts, and an ending that comes first is remembered.

use std::collections::{HashMap, HashSet};

use contract::ids::EntryId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What tells one authority's alert from every other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    pub sender: String,
    pub identifier: String,
}

/// One message about alerts: what is remembered of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    #[serde(flatten)]
    pub name: Name,
    pub sent: Timestamp,
    /// Identifiers of the sender's own alerts that it updates or ends.
    pub references: Vec<String>,
    pub ends: bool,
    /// The entry that it would be, were it the first of its alert.
    pub entry: EntryId,
}

/// What a message does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The entry whose next version it becomes.
    pub says: Option<EntryId>,
    /// Entries that it ends.
    pub ends: Vec<EntryId>,
    pub remark: Option<Remark>,
}

/// What an officer is told about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    HeardBefore,
    /// A message that was sent later is known.
    Late,
    /// Its ending came before it.
    EndedBefore,
    /// It updates an alert that was never passed on.
    ReplacesNothing,
    /// It ends an alert that was never passed on.
    EndsNothing,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::HeardBefore => "it was passed on before",
            Self::Late => "a message about it that was sent later was passed on already; nothing changes",
            Self::EndedBefore => "it was ended by a message that came before it; it is not passed on",
            Self::ReplacesNothing => "it updates an alert that this desk never passed on; it replaces nothing",
            Self::EndsNothing => "it cancels an alert that this desk never passed on; it is remembered",
        })
    }
}

/// The alerts that a desk passed on or heard the ending of.
#[derive(Debug, Default)]
pub struct Lives {
    heard: HashSet<(Name, Timestamp)>,
    entries: HashMap<Name, EntryId>,
    /// When the newest message of an entry was sent.
    newest: HashMap<EntryId, Timestamp>,
    /// When the newest message was sent that updates or ends an alert.
    superseded: HashMap<Name, Timestamp>,
    /// When the newest ending was sent of an alert that was not known then.
    endings: HashMap<Name, Timestamp>,
}

impl Lives {
    /// What `message` does to what was heard before.
    pub fn next(&self, message: &Message) -> Step {
        let nothing = |remark| Step { says: None, ends: Vec::new(), remark: Some(remark) };
        if self.heard.contains(&(message.name.clone(), message.sent)) {
            return nothing(Remark::HeardBefore);
        }
        let held = self.held(message);
        let newer = |entry: &EntryId| self.newest.get(entry).is_some_and(|newest| *newest > message.sent);
        let older = || held.iter().filter(|entry| !newer(entry)).cloned();
        let ended_before = !message.ends && self.is_ended(message);
        if message.ends || ended_before {
            let ends: Vec<EntryId> = older().collect();
            let remark = if ended_before {
                Some(Remark::EndedBefore)
            } else if !ends.is_empty() {
                None
            } else if held.is_empty() {
                Some(Remark::EndsNothing)
            } else {
                Some(Remark::Late)
            };
            return Step { says: None, ends, remark };
        }
        let Some(own) = self.own(&held) else {
            let replaces_nothing = !message.references.is_empty();
            let remark = replaces_nothing.then_some(Remark::ReplacesNothing);
            return Step { says: Some(message.entry.clone()), ends: Vec::new(), remark };
        };
        let ends = older().filter(|entry| entry != own).collect();
        let is_superseded = self.superseded.get(&message.name).is_some_and(|later| *later >= message.sent);
        if newer(own) || is_superseded {
            return Step { says: None, ends, remark: Some(Remark::Late) };
        }
        Step { says: Some(own.clone()), ends, remark: None }
    }

    /// Remembers a message after what it does was done.
    pub fn hear(&mut self, message: &Message) {
        let (held, step) = (self.held(message), self.next(message));
        if !self.heard.insert((message.name.clone(), message.sent)) {
            return;
        }
        let ended = message.ends || step.remark == Some(Remark::EndedBefore);
        for name in references(message) {
            keep_later(&mut self.superseded, name.clone(), message.sent);
            if ended {
                keep_later(&mut self.endings, name, message.sent);
            }
        }
        if ended {
            keep_later(&mut self.endings, message.name.clone(), message.sent);
        }
        let own = step.says.clone().or_else(|| self.own(&held).cloned());
        let Some(own) = own else { return };
        for name in references(message).chain([message.name.clone()]) {
            // an ending of several leaves each its own
            if !ended || !self.entries.contains_key(&name) {
                self.entries.insert(name, own.clone());
            }
        }
        for entry in step.says.into_iter().chain(step.ends) {
            keep_later(&mut self.newest, entry, message.sent);
        }
    }

    /// Remembers what an entry says, where the message itself was forgotten: a desk that was restored from a copy reads
    /// it in the log.
    pub fn learn(&mut self, name: Name, sent: Timestamp, entry: &EntryId) {
        self.entries.entry(name).or_insert_with(|| entry.clone());
        keep_later(&mut self.newest, entry.clone(), sent);
    }

    /// The entries that the message's alert and those it names are in.
    fn held(&self, message: &Message) -> Vec<EntryId> {
        let mut held = Vec::new();
        for name in references(message).chain([message.name.clone()]) {
            if let Some(entry) = self.entries.get(&name)
                && !held.contains(entry)
            {
                held.push(entry.clone());
            }
        }
        held
    }

    /// Of several, the one that was heard of last.
    fn own<'a>(&self, held: &'a [EntryId]) -> Option<&'a EntryId> {
        held.iter().rev().max_by_key(|entry| self.newest.get(*entry))
    }

    fn is_ended(&self, message: &Message) -> bool {
        let mut names = references(message).chain([message.name.clone()]);
        names.any(|name| self.endings.get(&name).is_some_and(|ended| *ended >= message.sent))
    }
}

fn references(message: &Message) -> impl Iterator<Item = Name> {
    let named = message.references.iter().filter(|identifier| **identifier != message.name.identifier);
    named.map(|identifier| Name { sender: message.name.sender.clone(), identifier: identifier.clone() })
}

fn keep_later<K: std::hash::Hash + Eq>(times: &mut HashMap<K, Timestamp>, key: K, sent: Timestamp) {
    let held = times.entry(key).or_insert(sent);
    *held = sent.max(*held);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn message(identifier: &str, sent: i64, references: &[&str], ends: bool) -> Message {
        Message {
            name: Name { sender: "s".into(), identifier: identifier.into() },
            sent: Timestamp::from_second(sent).unwrap(),
            references: references.iter().map(|name| (*name).to_owned()).collect(),
            ends,
            entry: format!("cap.{identifier}").parse().unwrap(),
        }
    }

    /// Which message each entry says last that was not ended.
    fn in_force(messages: &[Message]) -> Vec<String> {
        let mut lives = Lives::default();
        let mut said: BTreeMap<EntryId, Option<String>> = BTreeMap::new();
        for message in messages {
            let step = lives.next(message);
            for entry in step.ends {
                said.insert(entry, None);
            }
            if let Some(entry) = step.says {
                said.insert(entry, Some(format!("{}@{}", message.name.identifier, message.sent.as_second())));
            }
            lives.hear(message);
        }
        let mut live: Vec<String> = said.into_values().flatten().collect();
        live.sort();
        live
    }

    #[test]
    fn a_cancel_ends_every_alert_it_names() {
        let messages = [message("a", 1, &[], false), message("b", 2, &[], false), message("c", 3, &["a", "b"], true)];
        assert_eq!(in_force(&messages), [""; 0]);
        let lives = |heard: &[Message]| {
            let mut lives = Lives::default();
            heard.iter().for_each(|message| lives.hear(message));
            lives
        };
        assert_eq!(lives(&messages[..2]).next(&messages[2]).ends.len(), 2);
    }

    #[test]
    fn an_update_is_the_next_version_and_ends_the_others_it_names() {
        let mut lives = Lives::default();
        lives.hear(&message("a", 1, &[], false));
        lives.hear(&message("b", 2, &[], false));
        let step = lives.next(&message("u", 3, &["a", "b"], false));
        assert_eq!(step, Step { says: "cap.b".parse().ok(), ends: vec!["cap.a".parse().unwrap()], remark: None });
    }

    #[test]
    fn the_alert_after_its_cancel_stays_ended_and_the_same_file_twice_is_one() {
        let (alert, cancel) = (message("a", 1, &[], false), message("c", 3, &["a"], true));
        assert_eq!(in_force(&[alert.clone(), cancel.clone(), alert.clone()]), [""; 0]);
        let mut lives = Lives::default();
        assert_eq!(lives.next(&cancel).remark, Some(Remark::EndsNothing));
        lives.hear(&cancel);
        assert_eq!(lives.next(&alert).remark, Some(Remark::EndedBefore));
        lives.hear(&alert);
        assert_eq!(lives.next(&alert).remark, Some(Remark::HeardBefore));
        let again = message("a", 5, &[], false);
        assert_eq!(lives.next(&again).says, "cap.a".parse().ok(), "sent anew, it warns anew");
    }

    #[test]
    fn what_was_sent_before_is_late_and_an_update_of_nothing_is_passed_on() {
        let mut lives = Lives::default();
        let update = message("u", 3, &["a"], false);
        assert_eq!(lives.next(&update).remark, Some(Remark::ReplacesNothing));
        assert_eq!(lives.next(&update).says, "cap.u".parse().ok());
        lives.hear(&update);
        assert_eq!(lives.next(&message("a", 1, &[], false)).remark, Some(Remark::Late));
        assert_eq!(lives.next(&message("c", 2, &["a"], true)).remark, Some(Remark::Late));
        assert_eq!(lives.next(&message("c", 3, &["u"], true)).ends, ["cap.u".parse().unwrap()], "sent in one second");
    }

    #[test]
    fn what_a_restored_desk_reads_in_the_log_is_not_passed_on_again() {
        let (alert, update) = (message("a", 1, &[], false), message("u", 2, &["a"], false));
        let mut lives = Lives::default();
        for message in [&alert, &update] {
            lives.learn(message.name.clone(), message.sent, &alert.entry);
        }
        assert_eq!(lives.next(&alert).remark, Some(Remark::Late));
        assert_eq!(lives.next(&message("c", 3, &["u"], true)).ends, [alert.entry]);
    }

    #[test]
    fn another_senders_alert_of_that_name_is_another() {
        let mut lives = Lives::default();
        lives.hear(&message("a", 1, &[], false));
        let mut other = message("c", 3, &["a"], true);
        other.name.sender = "t".into();
        assert_eq!(lives.next(&other).ends, []);
    }

    /// Alerts, updates and cancels of what was sent before, one second after another.
    fn a_life() -> impl Strategy<Value = Vec<Message>> {
        let one = (any::<bool>(), prop::collection::vec(any::<prop::sample::Index>(), 0..3));
        prop::collection::vec(one, 1..6).prop_map(|drawn| {
            let name = |at: usize| format!("m{at}");
            let made = drawn.iter().enumerate().map(|(at, (ends, of))| {
                let mut references: Vec<String> =
                    if at == 0 { Vec::new() } else { of.iter().map(|of| name(of.index(at))).collect() };
                references.dedup();
                let references: Vec<&str> = references.iter().map(String::as_str).collect();
                message(&name(at), at as i64 + 1, &references, *ends && !references.is_empty())
            });
            made.collect()
        })
    }

    proptest! {
        #[test]
        fn the_newest_message_alone_is_never_lost_and_nothing_is_heard_twice(life in a_life().prop_shuffle(), again in any::<prop::sample::Index>()) {
            let newest = life.iter().max_by_key(|message| message.sent).unwrap();
            let live = in_force(&life);
            let name = format!("{}@{}", newest.name.identifier, newest.sent.as_second());
            prop_assert_eq!(live.contains(&name), !newest.ends, "{:?}", life);
            let mut twice = life.clone();
            twice.push(life[again.index(life.len())].clone());
            prop_assert_eq!(in_force(&twice), live);
        }

        #[test]
        fn a_chain_of_updates_comes_out_the_same_in_any_order(length in 1usize..6, ends in any::<bool>(), seed in any::<u64>()) {
            let mut chain: Vec<Message> = (0..length).map(|at| {
                let before = format!("m{}", at.saturating_sub(1));
                let references = if at == 0 { vec![] } else { vec![before.as_str()] };
                message(&format!("m{at}"), at as i64 + 1, &references, ends && at + 1 == length && at > 0)
            }).collect();
            let right = in_force(&chain);
            let mut seed = seed;
            for at in (1..chain.len()).rev() {
                chain.swap(at, (seed % (at as u64 + 1)) as usize);
                seed /= 7;
            }
            prop_assert_eq!(in_force(&chain), right, "{:?}", chain);
        }
    }
}
