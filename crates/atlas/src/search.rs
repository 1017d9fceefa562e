//! Finding a place as people type it.

use std::{collections::HashMap, sync::LazyLock};

use contract::place::{AirportCode, CountryCode};
use memchr::memmem;

use crate::{
    airports::{self, Airport, airport},
    cities::{City, cities, city, spellings},
    countries::{Country, countries, country},
    typing::{begins_but_for_a_slip, first_letter, fold, other_layout, sound},
};

#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    Country(&'static Country),
    City(&'static City),
    Airport(Airport),
}

/// Which place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKey {
    Country(CountryCode),
    City(&'static str),
    Airport(AirportCode),
}

impl PlaceKey {
    fn place(self) -> Option<Place> {
        match self {
            Self::Country(code) => country(code).map(Place::Country),
            Self::City(key) => city(key).map(Place::City),
            Self::Airport(code) => airport(code).map(Place::Airport),
        }
    }

    /// What a person means first by a name that several kinds of places share.
    fn rank(self) -> u8 {
        match self {
            Self::City(_) => 0,
            Self::Airport(_) => 1,
            Self::Country(_) => 2,
        }
    }
}

struct Entry {
    key: PlaceKey,
    /// Folded; empty for a city.
    code: String,
    /// Of an airport that none of our cities has.
    remote: bool,
}

/// Names, a line each, and where each entry's begin.
#[derive(Default)]
struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    fn add(&mut self, names: impl Iterator<Item = String>) {
        self.starts.push(self.text.len());
        for name in names {
            self.text.push('\n');
            self.text.push_str(&name);
        }
    }

    /// The entries with a name that begins with `text`, in order; with what follows it there.
    fn beginning(&self, text: &str) -> impl Iterator<Item = (usize, &str)> {
        self.behind("\n", text)
    }

    /// Of each entry, whether each word of `text` begins a word of it.
    fn with_each_word(&self, text: &str) -> Vec<bool> {
        let mut all = vec![true; self.starts.len()];
        for word in text.split(' ') {
            let mut with_word = vec![false; self.starts.len()];
            for (entry, _) in self.behind(" ", word).chain(self.behind("\n", word)) {
                with_word[entry] = true;
            }
            all.iter_mut().zip(with_word).for_each(|(all, with_word)| *all &= with_word);
        }
        all
    }

    /// The entries in which `text` follows `before`, in order; with what follows it there.
    fn behind(&self, before: &str, text: &str) -> impl Iterator<Item = (usize, &str)> {
        let wanted = format!("{before}{text}");
        let found: Vec<usize> = if text.is_empty() {
            Vec::new()
        } else {
            memmem::find_iter(self.text.as_bytes(), wanted.as_bytes()).collect()
        };
        let length = wanted.len();
        // both run upwards: "airport" is in nearly every entry, and a search for each would be what takes the time
        let mut after = 0;
        found.into_iter().map(move |at| {
            while self.starts.get(after).is_some_and(|start| *start <= at) {
                after += 1;
            }
            (after - 1, &self.text[at + length..])
        })
    }

    /// The entries with a name that begins with `text` but for one slip, which is never in the first letter.
    fn close_to(&self, text: &str) -> impl Iterator<Item = usize> {
        let first = first_letter(text);
        self.beginning(first)
            .filter(move |(_, after)| {
                let name = &self.text[self.text.len() - after.len() - first.len()..];
                begins_but_for_a_slip(name.split_once('\n').map_or(name, |(name, _)| name), text)
            })
            .map(|(entry, _)| entry)
    }
}

/// Every place, with its names folded and as they sound.
struct Places {
    entries: Vec<Entry>,
    names: Lines,
    sounds: Lines,
}

/// Cities, the most met first, then countries, then airports as their cities stand.
static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let mut places = Places { entries: Vec::new(), names: Lines::default(), sounds: Lines::default() };
    for city in cities() {
        places.add(PlaceKey::City(city.key), "", city.names(), false);
    }
    for country in countries() {
        let names = spellings(&country.name).chain(country.also().iter().copied());
        places.add(PlaceKey::Country(country.code), country.code.as_str(), names, false);
    }
    let order: HashMap<&str, usize> = cities().iter().enumerate().map(|(at, city)| (city.key, at)).collect();
    let served = airports::served();
    let of = |code: &str| served.get(code).and_then(|(key, also)| Some((*order.get(key)?, also)));
    let mut airports: Vec<_> =
        airports::rows().map(|[code, name, municipality, ..]| (of(code), code, name, municipality)).collect();
    airports.sort_by_key(|(served, ..)| served.as_ref().map_or(usize::MAX, |(order, _)| *order));
    for (served, code, name, municipality) in airports {
        let Ok(key) = code.parse().map(PlaceKey::Airport) else { continue };
        let known = served.iter().flat_map(|(order, also)| cities()[*order].names().chain(also.iter().copied()));
        places.add(key, code, [municipality, name].into_iter().chain(known), served.is_none());
    }
    places
});

impl Places {
    fn add<'a>(&mut self, key: PlaceKey, code: &str, names: impl Iterator<Item = &'a str>, remote: bool) {
        let mut folded: Vec<String> = names.map(fold).filter(|name| !name.is_empty()).collect();
        folded.sort_unstable();
        folded.dedup();
        self.sounds.add(folded.iter().map(|name| sound(name)));
        self.names.add(folded.into_iter());
        self.entries.push(Entry { key, code: fold(code), remote });
    }

    fn having_code(&self, code: &str) -> impl Iterator<Item = usize> {
        self.entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| !code.is_empty() && entry.code == code)
            .map(|(at, _)| at)
    }

    /// How well each entry fits at best; what only sounds alike, was typed on the other layout or with a slip counts
    /// where nothing is there as it was typed.
    fn fits(&self, typed: &str, turned: &str) -> Vec<Option<Fit>> {
        let mut fits: Vec<Option<Fit>> = vec![None; self.entries.len()];
        for (entry, rest) in self.names.beginning(typed) {
            better(&mut fits, entry, if is_name_end(rest) { Fit::WholeName } else { Fit::StartOfName });
        }
        // two letters that are a country's code are rarely the start of a city; three often are ("dub")
        for entry in self.having_code(typed) {
            better(&mut fits, entry, if typed.len() == 2 { Fit::WholeName } else { Fit::StartOfName });
        }
        let is_there = self.has_common(&fits, Fit::StartOfName);
        let sounding = sound(typed);
        // a code in Cyrillic letters is there beside what begins with them
        for entry in self.having_code(&sounding).filter(|_| is_code_long(typed)) {
            better(&mut fits, entry, Fit::Sound);
        }
        better_where(&mut fits, &self.names.with_each_word(typed), Fit::StartOfEachWord);
        if is_there {
            return fits;
        }
        for (entry, _) in self.sounds.beginning(&sounding) {
            better(&mut fits, entry, Fit::Sound);
        }
        for entry in self.names.beginning(turned).map(|(entry, _)| entry).chain(self.having_code(turned)) {
            better(&mut fits, entry, Fit::Turned);
        }
        better_where(&mut fits, &self.sounds.with_each_word(&sounding), Fit::StartOfEachWord);
        if !self.has_common(&fits, Fit::Turned) {
            for entry in self.names.close_to(typed).chain(self.sounds.close_to(&sounding)) {
                better(&mut fits, entry, Fit::Slip);
            }
        }
        fits
    }

    /// Whether a place that is not remote fits so, or better.
    fn has_common(&self, fits: &[Option<Fit>], worst: Fit) -> bool {
        fits.iter().zip(&self.entries).any(|(fit, entry)| fit.is_some_and(|fit| fit <= worst) && !entry.remote)
    }
}

fn better(fits: &mut [Option<Fit>], entry: usize, fit: Fit) {
    fits[entry] = Some(fits[entry].map_or(fit, |best| best.min(fit)));
}

fn better_where(fits: &mut [Option<Fit>], fitting: &[bool], fit: Fit) {
    for entry in (0..fits.len()).filter(|entry| fitting[*entry]) {
        better(fits, entry, fit);
    }
}

/// Whether it may be an airport's code, in letters of any keyboard.
fn is_code_long(typed: &str) -> bool {
    typed.chars().count() == 3
}

/// The airports whose code was typed and nothing else: in Latin letters, as it sounds in Cyrillic ones, or on the other
/// layout.
pub fn airports_of_code(typed: &str) -> impl Iterator<Item = Airport> {
    let folded = fold(typed);
    let turned = other_layout(typed).map(|text| fold(&text)).unwrap_or_default();
    let ways = [sound(&folded), turned, folded].into_iter().filter(|code| is_code_long(code));
    ways.filter_map(|code| airport(code.to_uppercase().parse().ok()?))
}

fn is_name_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('\n')
}

/// How well a query fits a place, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    WholeName,
    StartOfName,
    /// As it sounds.
    Sound,
    /// On the keyboard's other layout.
    Turned,
    StartOfEachWord,
    /// But for one slip of the finger.
    Slip,
}

/// Places that fit what was typed in any of the three languages or as a code, the best first; those among `own`
/// before others.
pub fn look_up(typed: &str, limit: usize, own: &[PlaceKey]) -> Vec<(Fit, Place)> {
    let turned = other_layout(typed).map(|text| fold(&text)).unwrap_or_default();
    let typed = fold(typed);
    let fits = PLACES.fits(&typed, &turned);
    let entry = |at: usize| &PLACES.entries[at];
    let mut found: Vec<(usize, Fit)> = fits.into_iter().enumerate().filter_map(|(at, fit)| Some((at, fit?))).collect();
    let order = |(at, fit): &(usize, Fit)| {
        let Entry { key, code, remote } = entry(*at);
        let is_code = *code == typed;
        // within a tie the tables' own order stands
        (!own.contains(key), *remote && !is_code, *fit, key.rank(), !is_code, *at)
    };
    // few of thousands are shown: the others are not put in order
    if limit < found.len() {
        found.select_nth_unstable_by_key(limit, order);
        found.truncate(limit);
    }
    found.sort_unstable_by_key(order);
    found.into_iter().filter_map(|(at, fit)| Some((fit, entry(at).key.place()?))).collect()
}

#[cfg(test)]
mod tests;
