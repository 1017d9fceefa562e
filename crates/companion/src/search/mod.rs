//! One box over countries, cities, airports, missions, guidance and advisories, in three languages at once.

mod documents;
mod emergency;
mod folded;
mod hit;
mod index;
mod vocabulary;
mod words;

use atlas::{Fit, Place, PlaceKey};
use contract::{place::CountryCode, words::Lang};

use self::{documents::in_lang, index::Matched};
pub use documents::{Document, documents};
pub use emergency::is_about_services;
pub use hit::{Hit, Piece, Target};
pub use index::Index;

/// How many answers are given.
const MOST: usize = 20;
/// How many texts stand before a place that is only mentioned.
const MOST_TEXTS_FIRST: usize = 2;
/// How many places may stand before what is said in guidance and by the ministry.
const MOST_PLACES_FIRST: usize = 2;

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Their language.
    pub lang: Lang,
    /// Whose emergency numbers answer where the reader is.
    pub here: Option<CountryCode>,
    /// The places of the reader's trips.
    pub places: &'a [PlaceKey],
}

/// The answers to what was typed, best first; nothing for nothing. What is found in any language is told in the
/// reader's.
pub fn search(index: &Index, typed: &str, reader: &Reader) -> Vec<Hit> {
    let (lang, own) = (reader.lang, reader.places);
    let helps: Vec<Hit> = reader.here.into_iter().flat_map(|here| emergency_hits(typed, here, lang)).collect();
    // who types a number that helps wants it, and no airfield that has it in its name
    let is_dialled = !helps.is_empty() && typed.trim().bytes().all(|letter| letter.is_ascii_digit());
    let mut places = if is_dialled { Vec::new() } else { atlas::look_up(typed, MOST, own) };
    let known = index.knows_a_word_of(typed);
    let names_texts = index.names_texts(typed);
    if index.knows_each_word_of(typed) {
        // what was meant is there as it was typed
        places.retain(|(fit, place)| !matches!(fit, Fit::Turned | Fit::Slip) || own.contains(&key(place)));
    }
    let named = places
        .iter()
        .take_while(|(fit, place)| is_meant(*fit, place, own, (known, names_texts)))
        .count()
        .min(MOST_PLACES_FIRST);
    let later = places.split_off(named);
    let asked = index.read(typed);
    let mut found = index.find(&asked, lang);
    let telling: Vec<&str> =
        asked.iter().flatten().map(String::as_str).filter(|one| !words::tells_nothing(one)).collect();
    // a place that is mentioned stands behind the two best answers, and before the rest
    let best: Vec<Matched> = found.texts.by_ref().take(MOST_TEXTS_FIRST).collect();
    let mentioned = found.places.next();
    let documents = best.into_iter().chain(mentioned).chain(found.texts).chain(found.places);
    let mut hits: Vec<Hit> = Vec::with_capacity(MOST);
    let is_new = |hits: &[Hit], target: &Target| hits.len() < MOST && hits.iter().all(|hit| hit.target != *target);
    hits.extend(helps);
    hits.extend(places.iter().map(|(_, place)| place_hit(place, typed, lang)));
    for found in documents {
        if hits.len() >= MOST {
            break;
        }
        if is_new(&hits, &found.document.target) {
            hits.extend(document_hit(index.in_language(found, lang), typed, &telling, lang));
        }
    }
    for (_, place) in later {
        let hit = place_hit(&place, typed, lang);
        if is_new(&hits, &hit.target) {
            hits.push(hit);
        }
    }
    hits
}

fn emergency_hits(typed: &str, here: CountryCode, lang: Lang) -> Vec<Hit> {
    let country = atlas::country(here).map_or_else(String::new, |country| in_lang(&country.name, lang).to_owned());
    let prefixes = words::folded(typed);
    let hit = |(service, number): (_, String)| Hit {
        title: words::pieces(&number, &prefixes),
        target: Target::Emergency { service, number },
        detail: words::pieces(&country, &prefixes),
        lang,
    };
    emergency::asked(typed, here).into_iter().map(hit).collect()
}

/// A place so named that the whole of what was typed can only mean it. Where no text has a word of it, a place with a
/// slip is likelier than a text with one; where texts are named so, one that only begins so is not meant.
fn is_meant(fit: Fit, place: &Place, own: &[PlaceKey], (known, names_texts): (bool, bool)) -> bool {
    let is_common = matches!(place, Place::Country(_) | Place::City(_));
    match fit {
        Fit::WholeName => true,
        Fit::StartOfName => !names_texts || own.contains(&key(place)),
        Fit::Sound | Fit::Turned => is_common || own.contains(&key(place)),
        Fit::StartOfEachWord | Fit::Slip => own.contains(&key(place)) || (is_common && !known),
    }
}

fn key(place: &Place) -> PlaceKey {
    match place {
        Place::Country(country) => PlaceKey::Country(country.code),
        Place::City(city) => PlaceKey::City(city.key),
        Place::Airport(airport) => PlaceKey::Airport(airport.code),
    }
}

fn place_hit(place: &Place, typed: &str, lang: Lang) -> Hit {
    let prefixes = words::folded(typed);
    let country_of =
        |code| atlas::country(code).map_or_else(String::new, |country| in_lang(&country.name, lang).to_owned());
    let (target, names, detail) = match place {
        Place::Country(country) => (Target::Country { code: country.code }, &country.name, String::new()),
        Place::City(city) => {
            let target = Target::City { key: city.key.to_owned(), country: city.country };
            (target, &city.name, country_of(city.country))
        }
        Place::Airport(airport) => {
            let target = Target::Airport { code: airport.code, country: airport.country };
            // its name is known in English alone
            let name = (lang == Lang::En).then_some(airport.name);
            let said = [Some(airport.code.as_str()), name, Some(&country_of(airport.country))];
            let said: Vec<&str> = said.into_iter().flatten().collect();
            (target, &airport.city, said.join(" · "))
        }
    };
    let title = words::pieces(in_lang(names, lang), &prefixes);
    // where another of its names was typed, that one is said too
    let typed_name = names.iter().map(|(_, name)| name.as_str()).find(|name| has_hit(&words::pieces(name, &prefixes)));
    let said = match typed_name {
        Some(name) if !has_hit(&title) && detail.is_empty() => name.to_owned(),
        Some(name) if !has_hit(&title) => format!("{name} · {detail}"),
        Some(_) | None => detail,
    };
    Hit { target, title, detail: words::pieces(&said, &prefixes), lang }
}

fn has_hit(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| piece.hit)
}

fn document_hit(matched: Matched, typed: &str, telling: &[&str], lang: Lang) -> Option<Hit> {
    let place = match &matched.document.target {
        Target::Country { code } => Place::Country(atlas::country(*code)?),
        Target::City { key, .. } => Place::City(atlas::city(key)?),
        Target::Airport { code, .. } => Place::Airport(atlas::airport(*code)?),
        Target::Mission { .. } | Target::Topic { .. } | Target::Advisory { .. } | Target::Emergency { .. } => {
            return Some(text_hit(matched, telling, lang));
        }
    };
    Some(place_hit(&place, typed, lang))
}

fn text_hit(Matched { document, folded }: Matched, telling: &[&str], lang: Lang) -> Hit {
    let title = words::pieces(&document.title, telling);
    let line = folded.best_line(telling).map(|at| &document.lines[at]);
    let detail = line.map_or_else(Vec::new, |line| words::pieces(line, telling));
    Hit { target: document.target.clone(), title, detail, lang: document.lang.unwrap_or(lang) }
}

#[cfg(test)]
mod tests;
