//! The index: what was typed read as words there are, and the documents they lead to. In memory, made anew when what
//! can be found changes.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    mem,
};

use atlas::typing::{begins_but_for_a_slip, first_letter, other_layout, sound};
use contract::words::Lang;

use super::{
    documents::Document,
    folded::{ALSO, BODY, Folded, TITLE},
    hit::Target,
    vocabulary::{Posting, Vocabulary},
    words,
};

/// One in this many documents at the most holds a word that tells them apart.
pub(super) const COMMON: usize = 8;
/// Fewer letters begin the name of some place by chance.
const SHORTEST_OF_PLACE: usize = 4;
/// How many words of the index one typed word may be read as.
const MOST_READINGS: usize = 6;
/// What a text in the reader's own language is worth beside the same in another.
pub(super) const OWN_LANGUAGE: f64 = 1.1;
/// Who asks for three things is better served by what has them all: this much a word is worth beside the first.
pub(super) const EACH_WORD_MORE: f64 = 0.5;
/// A title's word tells most, then what people type for it, then the text.
pub(super) const WORTH: [(u8, f64); 3] = [(TITLE, 4.0), (ALSO, 3.0), (BODY, 1.0)];

/// The words of all documents, and where each stands.
pub struct Index {
    documents: Vec<Document>,
    folded: Vec<Folded>,
    outlines: Vec<Outline>,
    /// The same thing told in each language.
    told_in: HashMap<(Target, Lang), usize>,
    vocabulary: Vocabulary,
    /// How each word of the vocabulary sounds, in order, and where it stands there.
    sounds: Vec<(String, usize)>,
}

/// What ranking asks of a document.
struct Outline {
    lang: Option<Lang>,
    is_place: bool,
}

/// What the words lead to, best first. Alike, documents stay in their order. Only what is taken is put in order.
pub struct Best<'a> {
    index: &'a Index,
    /// Scores are above zero: as bits they have the same order.
    scores: BinaryHeap<(u64, Reverse<usize>)>,
}

impl<'a> Iterator for Best<'a> {
    type Item = Matched<'a>;

    fn next(&mut self) -> Option<Matched<'a>> {
        self.scores.pop().map(|(_, Reverse(at))| self.index.matched(at))
    }
}

/// A document, and its texts as they were searched.
#[derive(Clone, Copy)]
pub struct Matched<'a> {
    pub document: &'a Document,
    pub folded: &'a Folded,
}

/// What was found: the texts, and the places that are mentioned.
pub struct Found<'a> {
    pub texts: Best<'a>,
    pub places: Best<'a>,
}

impl Index {
    /// Of all these documents.
    pub fn new(documents: Vec<Document>) -> Self {
        let folded: Vec<Folded> = documents.iter().map(Folded::new).collect();
        let outline = |document: &Document| Outline { lang: document.lang, is_place: document.is_place() };
        let outlines = documents.iter().map(outline).collect();
        let vocabulary = Vocabulary::new(&folded);
        let mut sounds: Vec<_> = vocabulary.words().iter().enumerate().map(|(at, word)| (sound(word), at)).collect();
        sounds.sort_unstable();
        let told_in = documents
            .iter()
            .enumerate()
            .filter_map(|(at, document)| Some(((document.target.clone(), document.lang?), at)))
            .collect();
        Self { documents, folded, outlines, told_in, vocabulary, sounds }
    }

    /// For each word that was typed, the beginnings of words that it may mean: itself, without its ending, on the
    /// other layout, as it sounds, or but for one slip.
    pub fn read(&self, typed: &str) -> Vec<Vec<String>> {
        typed.split_whitespace().flat_map(|word| self.read_word(word)).filter(|one| !one.is_empty()).collect()
    }

    /// Whether a word that was typed begins, as it was typed, one that there is.
    pub fn knows_a_word_of(&self, typed: &str) -> bool {
        words::folded(typed).iter().any(|word| !self.known(word).is_empty())
    }

    /// Whether each word that was typed begins, as it was typed, one that there is.
    pub fn knows_each_word_of(&self, typed: &str) -> bool {
        words::folded(typed).iter().all(|word| self.count(word) > 0)
    }

    /// Whether each word that was typed is, whole, a word that a text is found by.
    pub fn names_texts(&self, typed: &str) -> bool {
        let is_of_text = |posting: &Posting| !self.outlines[posting.document].is_place;
        words::folded(typed).iter().all(|word| self.vocabulary.whole(word).iter().any(is_of_text))
    }

    /// The same in the reader's language, where it is told in it.
    pub fn in_language<'a>(&'a self, found: Matched<'a>, lang: Lang) -> Matched<'a> {
        self.told_in.get(&(found.document.target.clone(), lang)).map_or(found, |at| self.matched(*at))
    }

    fn matched(&self, at: usize) -> Matched<'_> {
        Matched { document: &self.documents[at], folded: &self.folded[at] }
    }

    fn read_word(&self, typed: &str) -> Vec<Vec<String>> {
        let plain = words::folded(typed);
        let known: Vec<Vec<String>> = plain.iter().map(|word| self.known(word)).collect();
        if known.iter().any(|known| !known.is_empty()) {
            return known;
        }
        let turned: Vec<String> = other_layout(typed).map(|text| words::folded(&text)).unwrap_or_default();
        let turned: Vec<Vec<String>> = turned.iter().map(|word| self.known(word)).collect();
        if turned.iter().any(|known| !known.is_empty()) {
            return turned;
        }
        plain.iter().map(|word| self.guessed(word)).collect()
    }

    /// The word, and the longest and the shortest of its stems, that words begin with.
    fn known(&self, word: &str) -> Vec<String> {
        let mut stems = words::stems(word).filter(|stem| self.count(stem) > 0);
        let whole = Some(word).filter(|word| self.count(word) > 0);
        [whole, stems.next(), stems.last()].into_iter().flatten().map(str::to_owned).collect()
    }

    fn guessed(&self, word: &str) -> Vec<String> {
        let heard = sound(word);
        let words = self.vocabulary.words();
        let sounding = self.sounding(&heard);
        if !sounding.is_empty() {
            return sounding.iter().take(MOST_READINGS).map(|(_, at)| words[*at].clone()).collect();
        }
        // the first letter is always right
        let sounding = self
            .sounding(first_letter(&heard))
            .iter()
            .filter(|(sounding, _)| begins_but_for_a_slip(sounding, &heard))
            .map(|(_, at)| &words[*at]);
        let written = self.vocabulary.beginning(first_letter(word));
        let mut close: Vec<String> = Vec::new();
        for known in sounding.chain(written.iter().filter(|known| begins_but_for_a_slip(known, word))) {
            if close.len() == MOST_READINGS {
                break;
            }
            if !close.contains(known) {
                close.push(known.clone());
            }
        }
        close
    }

    /// The words that begin to sound so.
    fn sounding(&self, heard: &str) -> &[(String, usize)] {
        let start = self.sounds.partition_point(|(sound, _)| sound.as_str() < heard);
        let length = self.sounds[start..].partition_point(|(sound, _)| sound.starts_with(heard));
        &self.sounds[start..start + length]
    }

    /// In how many documents words begin so, at the most.
    fn count(&self, prefix: &str) -> usize {
        self.vocabulary.postings(prefix).len()
    }

    /// The documents that the words lead to.
    pub fn find(&self, asked: &[Vec<String>], lang: Lang) -> Found<'_> {
        let mut sums = vec![(0.0, 0.0); self.documents.len()];
        let mut found = Vec::new();
        for prefixes in self.telling(asked) {
            for (document, score) in self.score(prefixes) {
                let (sum, words) = &mut sums[document];
                if *words == 0.0 {
                    found.push(document);
                }
                *sum += score;
                *words += 1.0;
            }
        }
        let scored = found.into_iter().map(|at| {
            let (sum, words) = sums[at];
            let own = if self.outlines[at].lang == Some(lang) { OWN_LANGUAGE } else { 1.0 };
            let score: f64 = sum * own * (1.0 + EACH_WORD_MORE * (words - 1.0));
            (score.to_bits(), Reverse(at))
        });
        let (places, texts): (Vec<_>, Vec<_>) = scored.partition(|(_, Reverse(at))| self.outlines[*at].is_place);
        let best = |scores: Vec<_>| Best { index: self, scores: scores.into() };
        Found { texts: best(texts), places: best(places) }
    }

    /// What one typed word says for the documents it leads to: the rarer a beginning it may mean, the more.
    fn score(&self, prefixes: &[String]) -> Vec<(usize, f64)> {
        let mut scores = vec![0.0; self.documents.len()];
        let mut stands_in = vec![0; self.documents.len()];
        let (mut led_to, mut here) = (Vec::new(), Vec::new());
        for (distance, prefix) in prefixes.iter().enumerate() {
            let rarity = (self.documents.len() as f64 / self.count(prefix).max(1) as f64).ln().max(0.1);
            // in the long texts only the nearest to what was typed counts, and no single letter
            let whole = distance == 0 && prefix.chars().nth(1).is_some();
            let (parts, postings) = if whole {
                (TITLE | ALSO | BODY, self.vocabulary.postings(prefix))
            } else {
                (TITLE | ALSO, self.vocabulary.named(prefix))
            };
            // a document counts once, however many of its words begin so
            for posting in postings {
                let held = &mut stands_in[posting.document];
                if *held == 0 {
                    here.push(posting.document);
                }
                *held |= posting.parts & parts;
            }
            let names_a_place = names_a_place(prefixes, distance);
            for document in here.drain(..) {
                let parts = mem::take(&mut stands_in[document]);
                if !names_a_place && self.outlines[document].is_place {
                    continue;
                }
                let score = &mut scores[document];
                if *score == 0.0 {
                    led_to.push(document);
                }
                *score += worth(parts) * rarity;
            }
        }
        led_to.into_iter().map(|document| (document, scores[document])).collect()
    }

    /// The words that tell documents apart, so that only the rare are ranked; where none does, those that say
    /// something, or all.
    fn telling<'a>(&self, asked: &'a [Vec<String>]) -> Vec<&'a Vec<String>> {
        let says = |word: &&Vec<String>| word.iter().all(|prefix| !words::tells_nothing(prefix));
        let tells = |word: &&Vec<String>| word.iter().all(|prefix| self.count(prefix) * COMMON <= self.documents.len());
        let saying: Vec<_> = asked.iter().filter(says).collect();
        let telling: Vec<_> = saying.iter().copied().filter(tells).collect();
        [telling, saying].into_iter().find(|words| !words.is_empty()).unwrap_or_else(|| asked.iter().collect())
    }
}

/// A few letters begin the name of some place by chance, and so does a stem of what was typed.
pub(super) fn names_a_place(prefixes: &[String], distance: usize) -> bool {
    let prefix = &prefixes[distance];
    let is_stem = distance > 0 && prefixes[0].starts_with(prefix.as_str());
    prefix.chars().count() >= SHORTEST_OF_PLACE && !is_stem
}

/// What a word is worth that stands in these parts.
fn worth(parts: u8) -> f64 {
    WORTH.iter().filter(|(part, _)| parts & part != 0).map(|(_, weight)| weight).sum()
}
