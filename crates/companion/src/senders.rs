//! What an authority whose alerts the ministry passes on is called.

use std::collections::BTreeSet;

use crate::{advisories::WarningText, facts::Facts};

/// Its name as the alert gives it in the reader's language, whose text comes first; else as the ministry calls it. Empty where
/// neither has words for it.
pub fn name(facts: &Facts, sender: &str, texts: &[WarningText]) -> String {
    let said = texts.first().map(|text| text.sender.clone());
    let relay = facts.bulletin.relay_lists().find_map(|(_, list)| list.find(sender));
    let name = || relay.map(|relay| relay.names.shown(&facts.preference()).to_owned());
    let words = said.filter(|name| is_words(name)).or_else(|| name().filter(|name| is_words(name)));
    words.unwrap_or_else(|| Some(sender).filter(|id| is_words(id)).unwrap_or_default().to_owned())
}

/// All that it is called in any language; one that nobody has words for is called nothing.
pub fn names(facts: &Facts, sender: &str, texts: &[WarningText]) -> BTreeSet<String> {
    let relay = facts.bulletin.relay_lists().find_map(|(_, list)| list.find(sender));
    let known = relay.iter().flat_map(|relay| relay.names.iter().map(|(_, name)| name.clone()));
    let said = texts.iter().map(|text| text.sender.clone()).chain(known).filter(|name| is_words(name));
    said.chain([name(facts, sender, texts)]).collect()
}

/// Whether people call somebody so: no address, no number of a registry, no host.
fn is_words(name: &str) -> bool {
    let is_one_word = !name.trim().contains(char::is_whitespace);
    name.contains(char::is_alphabetic) && !name.contains('@') && !(is_one_word && name.contains([':', '.']))
}
