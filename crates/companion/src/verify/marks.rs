//! The marks of a sentence, as far as they make its sense: "Do not leave" is another word than "Do not. Leave". On its way a
//! mark may be lost or grow weaker; one that was put in or grew stronger makes another sentence.

use std::ops::Range;

use super::{
    reading::{INVISIBLE, QUOTES},
    words::{is_decoration, words},
};

/// What stands between two words, the weaker first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing that is read.
    Blank,
    /// Goes on, or draws.
    Comma,
    /// Ends a sentence, or takes words out of it.
    Break,
    /// Asks, or strikes out.
    Doubt,
}

impl Mark {
    /// The strongest of what stands between two words.
    pub fn between(between: &str) -> Self {
        let letters: Vec<char> = between.chars().collect();
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
        let marks = letters
            .iter()
            .enumerate()
            .map(|(at, letter)| Self::of(*letter, beside(at.checked_sub(1)), beside(at.checked_add(1))));
        marks.max().unwrap_or(Self::Blank)
    }

    /// `before` and `after` are absent where a word stands there.
    fn of(letter: char, before: Option<char>, after: Option<char>) -> Self {
        let is_loose = before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace);
        let ends_line = after.is_some_and(|after| matches!(after, '\r' | '\n'));
        match letter {
            '?' | '⁉' | '❓' | '❔' | '~' => Self::Doubt,
            '❗' | '❕' | '‼' => Self::Break,
            ',' => Self::Comma,
            // "Do not ✅ leave": no messenger puts a picture there
            _ if is_decoration(letter) => Self::Comma,
            // bold to a messenger, and a point of a list where it stands alone
            '*' if is_loose => Self::Break,
            '*' | '_' | '`' | '>' => Self::Blank,
            // within a word, or where its line ends
            '-' | '‐' | '‑' | '–' | '‒' | '−' if before.is_none() && (after.is_none() || ends_line) => {
                Self::Blank
            }
            _ if letter.is_whitespace() || INVISIBLE.contains(&letter) => Self::Blank,
            _ if QUOTES.contains(&letter) => Self::Blank,
            _ => Self::Break,
        }
    }
}

/// A sentence of the ministry, by what stands between its words.
pub struct Pointed {
    before: Mark,
    /// In front of each word but the first: the mark, and whether the word begins small.
    within: Vec<(Mark, bool)>,
    after: Mark,
}

impl Pointed {
    pub fn of(sentence: &str) -> Self {
        let words = words(sentence);
        let at = |range: Range<usize>| sentence.get(range).unwrap_or_default();
        let within = words.windows(2).filter_map(|pair| {
            let [word, next] = pair else { return None };
            let is_small = at(next.at.clone()).starts_with(char::is_lowercase);
            Some((Mark::between(at(word.at.end..next.at.start)), is_small))
        });
        let (begin, end) =
            words.first().zip(words.last()).map_or((0, 0), |(first, last)| (first.at.start, last.at.end));
        Self {
            before: Mark::between(at(0..begin)),
            within: within.collect(),
            after: Mark::between(at(end..sentence.len())),
        }
    }

    /// Whether it was handed on in its sense, but for what is struck out. `words` are where its words stand in a `text`.
    pub fn is_kept(&self, text: &str, words: &[Range<usize>]) -> bool {
        let at = |range: Range<usize>| text.get(range).unwrap_or_default();
        let Some((first, last)) = words.first().zip(words.last()) else { return true };
        let (before, after) = (at(0..first.start), at(last.end..text.len()));
        // what stands at the first word, and what follows the last one in its line up to the next word
        let before = before.get(before.trim_end_matches(is_at_a_word).len()..).unwrap_or_default();
        let of_line = after.split(['\n', '\r']).next().unwrap_or_default();
        let after = of_line.split(char::is_alphanumeric).next().unwrap_or_default();
        // of the next word's own signs none is this sentence's
        let after = after.trim_end_matches(|letter| after.len() < of_line.len() && letter == '~');
        let is_doubted = |mark: Mark, own: Mark| mark == Mark::Doubt && own != Mark::Doubt;
        let is_put_in = |(pair, (own, is_small)): (&[Range<usize>], &(Mark, bool))| {
            let [word, next] = pair else { return false };
            let between = at(word.end..next.start);
            if is_of_a_number(at(word.clone()), between, at(next.clone())) {
                return false;
            }
            let begins_anew = *is_small && is_more_than_a_blank(between) && is_begun_large(at(next.clone()));
            let mark = if begins_anew { Mark::Break } else { Mark::Blank };
            mark.max(Mark::between(between)) > *own
        };
        !is_doubted(Mark::between(before), self.before)
            && !is_doubted(Mark::between(after), self.after)
            && !words.windows(2).zip(&self.within).any(is_put_in)
    }
}

fn is_at_a_word(letter: char) -> bool {
    !letter.is_whitespace() && !letter.is_alphanumeric() && letter != '?'
}

/// "+7 (7172) 72"
fn is_of_a_number(word: &str, between: &str, next: &str) -> bool {
    let is_figure = |word: &str| word.chars().all(char::is_numeric);
    is_figure(word) && is_figure(next) && between.chars().all(|letter| letter.is_whitespace() || "()".contains(letter))
}

fn is_more_than_a_blank(between: &str) -> bool {
    between.chars().any(|letter| letter != '\u{a0}' && letter != ' ')
}

/// One whose other letters are small: all large, it is only loud.
fn is_begun_large(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// What a messenger strikes out: "~this~", within a line.
pub fn struck(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut begin, mut before) = (None, None);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, after)| *after);
        let ends = letter == '~' && before.is_some_and(|before: char| !before.is_whitespace());
        if letter == '\n' {
            begin = None;
        } else if let Some(begun) = begin.filter(|_| ends && !after.is_some_and(char::is_alphanumeric)) {
            ranges.push(begun..at);
            begin = None;
        } else if letter == '~' && begin.is_none() && after.is_some_and(|after| !after.is_whitespace()) {
            begin = Some(at);
        }
        before = Some(letter);
    }
    ranges
}
