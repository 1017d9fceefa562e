//! What each of those in need needs: of several, one's medicine is not another's.

use std::collections::BTreeSet;

use contract::record::{CheckInStatus, MAX_TEXT, Need, NeedsOfOne, PrivateCheckIn};

use crate::party::Party;

/// What was said of one of several, in the place of what was said of them before.
pub fn note(private: &mut PrivateCheckIn, one: NeedsOfOne) {
    begin(private);
    private.of_each.retain(|other| other.number != one.number);
    private.of_each.push(one);
    private.of_each.sort_by_key(|one| one.number);
}

/// The same of those who are in need now.
pub fn of_those(mut private: PrivateCheckIn, who: Vec<u16>, party: Option<&Party>) -> PrivateCheckIn {
    begin(&mut private);
    private.who = (!who.is_empty()).then_some((CheckInStatus::NeedHelp, who)).into_iter().collect();
    together(private, party)
}

/// What was said while nobody else was in need is of whoever was.
fn begin(private: &mut PrivateCheckIn) {
    let [number] = *in_need(private) else { return };
    if private.of_each.is_empty() {
        let PrivateCheckIn { needs, medicine_days, words, .. } = private.clone();
        private.of_each.push(NeedsOfOne { number, needs, medicine_days, words, told: String::new() });
    }
}

/// What is said of all who are in need, from what each of them needs; as it stands where nothing of anybody is known.
fn together(mut private: PrivateCheckIn, party: Option<&Party>) -> PrivateCheckIn {
    let in_need: BTreeSet<u16> = in_need(&private).iter().copied().collect();
    private.of_each.retain(|one| in_need.contains(&one.number));
    if private.of_each.is_empty() {
        return private;
    }
    let cannot_leave = private.needs.contains(&Need::Stranded).then_some(Need::Stranded);
    let needs = private.of_each.iter().flat_map(|one| one.needs.iter().copied());
    private.needs = needs.chain(cannot_leave).collect::<BTreeSet<_>>().into_iter().collect();
    private.medicine_days = private.of_each.iter().filter_map(|one| one.medicine_days).min();
    private.words = match private.of_each.as_slice() {
        [only] if in_need.len() == 1 => only.words.clone(),
        several => in_lines(several, party),
    };
    private
}

fn in_need(private: &PrivateCheckIn) -> &[u16] {
    private.who.get(&CheckInStatus::NeedHelp).map_or(&[], Vec::as_slice)
}

/// "Dana, Roza: insulin for 2 days", a line for all of whom the same is told; no more lines than a text has room for.
fn in_lines(several: &[NeedsOfOne], party: Option<&Party>) -> String {
    let name = |number: u16| party?.people.iter().find(|person| person.number == number).map(|one| one.name.as_str());
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in several {
        let what = if one.told.is_empty() { &one.words } else { &one.told };
        let name = name(one.number).unwrap_or_default();
        match told.iter_mut().find(|(same, _)| same == what) {
            Some((_, names)) => names.push(name),
            None if what.is_empty() => {}
            None => told.push((what, vec![name])),
        }
    }
    let mut text = String::new();
    for (what, names) in told {
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let line = if names.is_empty() { what.to_owned() } else { format!("{}: {what}", names.join(", ")) };
        let longer = if text.is_empty() { line } else { format!("{text}\n{line}") };
        if longer.chars().count() > MAX_TEXT {
            break;
        }
        text = longer;
    }
    text
}
