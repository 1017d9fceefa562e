//! "Is this from the ministry?": a text, a number or a link that somebody passed on, beside what the ministry has signed.
//!
//! Only whole sentences of a held entry or of a guide of the app count, word for word. What merely sounds like the ministry does not.

pub mod answer;
mod app_texts;
mod around;
mod guides;
mod known;
mod links;
mod pieces;
mod reading;
mod short_numbers;
mod times;
mod whole;
mod whose;
mod words;

use std::cell::LazyCell;

use contract::place::CountryCode;

pub use self::answer::{Answer, Answers, EmergencyFound, Holds, Named, Passage, Printed, Said, Verdict, Whole, With};
use self::{
    app_texts::AppTexts, known::Known, pieces::pieces, short_numbers::ShortNumbers, whole::Wholes, whose::Whose,
    words::said,
};
use crate::facts::Facts;

/// Compares a text with all that is held of the ministry, and with what is `printed` with it. `land` is where the traveller
/// is: whose emergency numbers answer.
pub fn answer(facts: &Facts, land: Option<CountryCode>, text: &str, printed: &[Printed]) -> Answer {
    let is_fresh = facts.bulletin.is_confirmed(facts.now) && !facts.bulletin.may_be_stale(facts.now);
    let heard = facts.last_heard;
    if AppTexts::of(facts, printed).are_all(text) {
        return Answer { verdict: Verdict::AppText, passages: Vec::new(), emergency: Vec::new(), is_fresh, heard };
    }
    let known = Known::of(facts, printed, text);
    let pieces = pieces(&known, text);
    let whose = Whose::of(&pieces);
    let said = said(text);
    let alone = said.first().filter(|_| said.len() == 1).map(String::as_str);
    let mut short = ShortNumbers::new(land, lands_of_others(facts), alone);
    let mut passages: Vec<Passage> = pieces.iter().map(|piece| known.passage(piece, &whose, &mut short)).collect();
    let wholes = LazyCell::new(|| Wholes::of(&known));
    for passage in passages.iter_mut().filter(|passage| passage.is_foreign()) {
        passage.whole = wholes.near(&passage.text);
    }
    let verdict = verdict(&passages, is_fresh);
    Answer { verdict, passages, emergency: short.found(), is_fresh, heard }
}

/// Where those are now whom the traveller registered.
fn lands_of_others(facts: &Facts) -> impl Iterator<Item = CountryCode> {
    let trips = facts.trips.iter().filter(|(_, trip)| trip.draft.of_others);
    trips.filter_map(|(_, trip)| trip.leg_at(facts.now)).map(|leg| leg.country)
}

fn verdict(passages: &[Passage], is_fresh: bool) -> Verdict {
    // whom an emergency number reaches does not hang on who passes it on
    let told: Vec<_> = passages.iter().filter(|passage| !passage.is_emergency).collect();
    let own: Vec<_> = told.iter().filter(|passage| passage.is_its_own).collect();
    let mut said: Vec<_> = own.iter().filter_map(|passage| passage.said.as_ref()).map(|said| &said.page).collect();
    said.dedup();
    let is_whole = said.len() == 1 && told.iter().all(|passage| passage.is_its_own || passage.is_around);
    let are_pages = told.iter().all(|passage| passage.is_unknown_page);
    match own.len() {
        _ if told.is_empty() && !passages.is_empty() => Verdict::EmergencyNumbers,
        0 if are_pages && !told.is_empty() => Verdict::PageUnknown,
        all if is_whole && all < told.len() => Verdict::Around,
        // what was not found may have been said since
        all if !is_fresh && (all == 0 || all < told.len()) => Verdict::CannotKnow,
        0 => Verdict::NoSuchWord,
        all if all < told.len() || said.len() > 1 => Verdict::Part,
        _ if said.is_empty() => Verdict::OwnContacts,
        _ => Verdict::WordForWord,
    }
}
