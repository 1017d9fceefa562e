//! "Is this from the ministry?": a text, a number or a link that somebody passed on, beside what the ministry has signed.
//!
//! Only whole sentences of a held entry or of a guide of the app count, word for word. What merely sounds like the ministry does not.

pub mod answer;
mod app_texts;
mod around;
mod guides;
mod known;
mod letters;
mod links;
mod marks;
mod pieces;
mod reading;
mod short_numbers;
mod times;
mod to_do;
mod whole;
mod whose;
mod words;

use std::{cell::LazyCell, collections::HashMap};

use contract::place::CountryCode;

pub use self::answer::{
    Answer, Answers, EmergencyFound, Holds, Named, Passage, Printed, Said, SentOn, Tells, Verdict, Whole, With,
};
pub use self::around::opened;
use self::{
    app_texts::AppTexts, known::Known, pieces::pieces, short_numbers::ShortNumbers, times::Times, whole::Wholes,
    whose::Whose, words::said,
};
use crate::facts::Facts;

/// Compares a text with all that is held of the ministry, and with what is `printed` with it. `land` is where the traveller
/// is: whose emergency numbers answer.
pub fn answer(facts: &Facts, land: Option<CountryCode>, text: &str, printed: &[Printed]) -> Answer {
    let is_fresh = facts.bulletin.is_confirmed(facts.now) && !facts.bulletin.may_be_stale(facts.now);
    let heard = facts.last_heard;
    let found = |verdict| Answer {
        verdict,
        passages: Vec::new(),
        emergency: Vec::new(),
        not_all_of: None,
        is_other_order: false,
        is_fresh,
        heard,
    };
    let told = around::told(text);
    if AppTexts::of(facts, printed).are_all(&told) {
        return found(Verdict::AppText);
    }
    let times = Times::of(facts, printed, text);
    let known = Known::of(facts, printed, &times);
    let pieces = pieces(&known, text);
    let whose = Whose::of(&pieces);
    let said = said(&told);
    let alone = said.first().filter(|_| said.len() == 1).map(String::as_str);
    let mut short = ShortNumbers::new(land, lands_of_others(facts), alone);
    let mut passages = folded(pieces.iter().map(|piece| known.passage(piece, &whose, &mut short)));
    let of_text: Vec<_> = passages.iter().filter_map(|passage| Some(passage.said.as_ref()?.page.clone())).collect();
    let wholes = LazyCell::new(|| Wholes::of(&known, &of_text));
    for passage in passages.iter_mut().filter(|passage| passage.is_foreign() && !known.is_label(&passage.text)) {
        passage.whole = match times.claim(&passage.text) {
            Some(claim) => known.tells(&claim, &of_text),
            None => wholes.near(&passage.text),
        };
    }
    let verdict = verdict(&passages, is_fresh);
    let is_yes = matches!(verdict, Verdict::WordForWord | Verdict::Around);
    let sentences: Vec<_> = pieces.iter().filter_map(|piece| piece.sentence).collect();
    let page = passages.iter().find_map(|passage| passage.said.as_ref()).map(|said| &said.page);
    let is_other_order = page.is_some_and(|page| is_yes && known.is_reordered(page, &sentences));
    let not_all_of = page.filter(|page| is_yes && known.is_cut(page, &sentences.iter().copied().collect())).cloned();
    Answer { passages, emergency: short.found(), not_all_of, is_other_order, ..found(verdict) }
}

/// What stands there again and again is told once.
fn folded(passages: impl Iterator<Item = Passage>) -> Vec<Passage> {
    let mut folded: Vec<Passage> = Vec::new();
    let mut seen: HashMap<(Vec<String>, bool), usize> = HashMap::new();
    for passage in passages {
        let sender = passage.sent_on.as_ref().map(|sent_on| sent_on.by.as_str());
        let of = (said(sender.unwrap_or(&passage.text)), passage.is_around);
        match seen.get(&of).and_then(|at| folded.get_mut(*at)).filter(|first| first.said == passage.said) {
            Some(first) => first.times += 1,
            None => {
                seen.insert(of, folded.len());
                folded.push(passage);
            }
        }
    }
    folded
}

/// Where those are now whom the traveller registered.
fn lands_of_others(facts: &Facts) -> impl Iterator<Item = CountryCode> {
    let trips = facts.trips.iter().filter(|(_, trip)| trip.draft.of_others);
    trips.filter_map(|(_, trip)| trip.leg_at(facts.now)).map(|leg| leg.country)
}

fn verdict(passages: &[Passage], is_fresh: bool) -> Verdict {
    let said = passages.iter().filter(|passage| !passage.is_around);
    // whom an emergency number reaches does not hang on who passes it on
    let told: Vec<_> = said.clone().filter(|passage| !passage.is_emergency).collect();
    let own: Vec<_> = told.iter().filter(|passage| passage.is_its_own).collect();
    let mut pages: Vec<_> = own.iter().filter_map(|passage| passage.said.as_ref()).map(|said| &said.page).collect();
    pages.dedup();
    let is_all = own.len() == told.len();
    match own.len() {
        _ if told.is_empty() && said.count() > 0 => Verdict::EmergencyNumbers,
        _ if told.is_empty() && passages.iter().any(|passage| passage.is_asked) => Verdict::Question,
        _ if told.is_empty() => Verdict::Nothing,
        0 if told.iter().all(|passage| passage.is_unknown_page) => Verdict::PageUnknown,
        0 if told.iter().all(|passage| is_question(passage)) => Verdict::Question,
        // what was not found may have been said since
        _ if !is_fresh && !is_all => Verdict::CannotKnow,
        0 => Verdict::NoSuchWord,
        _ if !is_all || pages.len() > 1 => Verdict::Part,
        _ if pages.is_empty() => Verdict::OwnContacts,
        _ if passages.iter().any(|passage| passage.is_around) => Verdict::Around,
        _ => Verdict::WordForWord,
    }
}

/// Somebody asks, and for nothing: neither money nor a call, and no figure is in it.
fn is_question(passage: &Passage) -> bool {
    let asks = passage.text.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '?').ends_with('?');
    let is_plain = |word: &String| !word.contains(char::is_numeric) && !around::asks_for_something(word);
    asks && passage.links.is_empty() && said(&passage.text).iter().all(is_plain)
}
