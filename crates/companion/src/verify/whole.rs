//! What the ministry says that a passage comes near to: a sentence that was cut, turned round by a word or a mark or given
//! another figure; and what an entry says of the same thing, where somebody put a line to its words.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use super::{
    answer::{Saying, Whole},
    known::{Known, Told},
    letters,
    reading::{DIALLED, sentences},
    words::{Sentence, said},
};
use crate::search::Target;

/// What holds of all that the ministry says, by its words.
pub struct Wholes<'a> {
    all: Vec<(&'a Sentence, &'a Told, &'a Saying)>,
    /// In which of them each word stands: what is pasted may be long, and few of them have its words.
    with_word: HashMap<&'a str, Vec<usize>>,
    /// The pages of the entries that say the rest of the text.
    of_text: &'a [Target],
}

impl<'a> Wholes<'a> {
    pub fn of(known: &'a Known, of_text: &'a [Target]) -> Self {
        let all: Vec<_> = known.that_hold(of_text).collect();
        let mut with_word: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, (sentence, ..)) in all.iter().enumerate() {
            let words: BTreeSet<&str> = sentence.iter().map(String::as_str).collect();
            words.into_iter().for_each(|word| with_word.entry(word).or_default().push(index));
        }
        Self { all, with_word, of_text }
    }

    /// What an entry of the text says: the same sentence, else one of the same thing. Of another entry only the same
    /// sentence: one that is merely alike would read as if it bore the passage out.
    pub fn near(&self, passage: &str) -> Option<Whole> {
        let said: Vec<String> = sentences(passage).flat_map(said).collect();
        let index = self.alike(&said).or_else(|| {
            let same = self.same(&said);
            let of_text = same.filter(|same| self.is_of_text(*same)).or_else(|| self.of_the_same(&said));
            of_text.or(same)
        });
        let (sentence, told, saying) = self.all.get(index?)?;
        Some(Whole {
            words: told.pointed.first()?.clone(),
            tells: None,
            said: saying.said.clone(),
            is_other_figure: is_other_figure(&said, sentence),
            is_repointed: sentence.as_ref() == said.as_slice(),
        })
    }

    /// The sentence that is the same but for its marks, or for letters that a telephone lacks.
    fn alike(&self, said: &[String]) -> Option<usize> {
        let is_alike = |sentence: &Sentence| {
            sentence.len() == said.len() && sentence.iter().zip(said).all(|(one, other)| letters::are_alike(one, other))
        };
        self.all.iter().position(|(sentence, ..)| is_alike(sentence))
    }

    /// The sentence that was cut or turned round: of an entry of the text first.
    fn same(&self, said: &[String]) -> Option<usize> {
        let mut common: HashMap<usize, usize> = HashMap::new();
        for index in said.iter().filter_map(|word| self.with_word.get(word.as_str())).flatten() {
            *common.entry(*index).or_default() += 1;
        }
        let words = said.iter().filter(|word| !is_figure(word)).count();
        let fewest = FEWEST.max(words.saturating_sub(MOST_PUT_IN));
        let likely = common.into_iter().filter(|(_, common)| *common >= fewest);
        let same = likely.filter_map(|(index, _)| {
            let (sentence, ..) = self.all.get(index)?;
            Some((!self.is_of_text(index), others(said, sentence)?, index))
        });
        same.min().map(|(.., nearest)| nearest)
    }

    /// What an entry of the text says that names the most of what a passage names; beside a number only what has one too.
    fn of_the_same(&self, said: &[String]) -> Option<usize> {
        let (named, has_number) = (names(said), has_number(said));
        let is_likely =
            |index, sentence: &Sentence| self.is_of_text(index) && (!has_number || self::has_number(sentence));
        let of_text = self.all.iter().enumerate().filter(|(index, (sentence, ..))| is_likely(*index, sentence));
        let same = of_text.filter_map(|(index, (sentence, ..))| {
            let common = names(sentence).intersection(&named).count();
            (common > 0).then(|| (Reverse(common), Reverse(in_order(said, sentence).0), index))
        });
        same.min().map(|(.., nearest)| nearest)
    }

    fn is_of_text(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|(.., saying)| self.of_text.contains(&saying.said.page))
    }
}

/// Fewer words have many sentences in common.
const FEWEST: usize = 3;
/// Who turns a sentence round exchanges or puts in so many words.
const MOST_PUT_IN: usize = 2;
/// By so many letters a word that names something is known, whatever its ending; shorter ones only bind others.
const NAMED_BY: usize = 5;

/// How many words are others in a passage that is a sentence, cut or turned round; absent where it is another sentence.
fn others(said: &[String], sentence: &[String]) -> Option<usize> {
    if is_other_figure(said, sentence) {
        return Some(1);
    }
    let longest = sentence.len() + MOST_PUT_IN;
    let (common, has_name) = (said.len() <= longest).then(|| in_order(said, sentence))?;
    let (put_in, left_out) = (said.len() - common, sentence.len() - common);
    let is_cut = put_in <= 1 && common * 3 >= sentence.len();
    let is_turned = put_in <= MOST_PUT_IN && left_out <= MOST_PUT_IN;
    (common >= FEWEST && has_name && (is_cut || is_turned)).then_some(put_in + left_out)
}

/// Word for word the same, but for its figures.
fn is_other_figure(said: &[String], sentence: &[String]) -> bool {
    let is_word = |word: &&String| !is_figure(word);
    let has_figure = |words: &[String]| words.iter().any(|word| is_figure(word));
    let is_alike = said.iter().filter(is_word).eq(sentence.iter().filter(is_word));
    is_alike && said != sentence && has_figure(said) && has_figure(sentence)
}

/// A figure, or a sign that stands in one.
fn is_figure(word: &str) -> bool {
    word.contains(char::is_numeric) || word.chars().all(|letter| ":.,-+/".contains(letter))
}

/// Figures enough for a number that somebody dials.
fn has_number(words: &[String]) -> bool {
    words.iter().flat_map(|word| word.chars()).filter(|letter| letter.is_numeric()).count() >= DIALLED
}

/// What the words are about.
fn names(words: &[String]) -> BTreeSet<String> {
    words.iter().filter(|word| is_name(word)).map(|word| word.chars().take(NAMED_BY).collect()).collect()
}

fn is_name(word: &str) -> bool {
    word.chars().count() >= NAMED_BY && word.chars().all(char::is_alphabetic)
}

/// How many words two sentences have in common in one order, and whether one of them names something.
fn in_order(one: &[String], other: &[String]) -> (usize, bool) {
    let mut row = vec![(0, false); other.len() + 1];
    for word in one {
        let mut before = (0, false);
        for (at, beside) in other.iter().enumerate() {
            let (above, left) = (row[at + 1], row[at]);
            row[at + 1] = if word == beside { (before.0 + 1, before.1 || is_name(word)) } else { above.max(left) };
            before = above;
        }
    }
    row.last().copied().unwrap_or_default()
}
