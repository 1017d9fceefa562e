//! A text as its words. What a messenger or a person changes on the way is none of them: marks, blanks, quotes, case.
//! Figures, signs that mean something and addresses are words of their own, as they stand.

use std::{ops::Range, sync::Arc};

use super::{
    links::link,
    reading::{DASHES, INVISIBLE, QUOTES, digit, sentences},
};

/// A sentence, word by word.
pub type Sentence = Arc<[String]>;

/// The sentences of a text as they stand, and word by word.
pub fn in_words(text: &str) -> impl Iterator<Item = (Sentence, &str)> {
    sentences(text)
        .map(|sentence| (said(sentence).into(), sentence))
        .filter(|(said, _): &(Sentence, _)| !said.is_empty())
}

/// The words of a text, without where they stand.
pub fn said(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.said).collect()
}

/// A word and where in its text it stands.
#[derive(Debug, Clone)]
pub struct Word {
    pub at: Range<usize>,
    pub said: String,
}

pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begin = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        words_of_part(part.trim_end(), begin, &mut words);
        begin += part.len();
    }
    words
}

/// `part` stands between two blanks and begins at `begin`.
fn words_of_part(part: &str, begin: usize, words: &mut Vec<Word>) {
    let address = link(part).map(|url| url.to_string());
    if let Some(said) = address.or_else(|| part.contains('@').then(|| part.to_lowercase())) {
        words.push(Word { at: begin..begin + part.len(), said });
        return;
    }
    let letters: Vec<(usize, char)> = part.char_indices().filter(|(_, letter)| !INVISIBLE.contains(letter)).collect();
    let mut goes_on = false;
    for (index, &(at, letter)) in letters.iter().enumerate() {
        let beside = |index: Option<usize>| index.and_then(|index| letters.get(index)).map(|(_, letter)| *letter);
        let (before, after) = (beside(index.checked_sub(1)), beside(index.checked_add(1)));
        let is_within = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
        if APOSTROPHES.contains(&letter) && is_within {
            continue;
        }
        let at = begin + at..begin + at + letter.len_utf8();
        if letter.is_alphanumeric() {
            match words.last_mut().filter(|_| goes_on) {
                Some(word) => {
                    word.at.end = at.end;
                    word.said.extend(plain(letter));
                }
                None => words.push(Word { at, said: plain(letter).collect() }),
            }
        } else if !is_mark(letter) || is_of_a_figure(letter, before, after) {
            let said = if DASHES.contains(&letter) { '-' } else { letter };
            words.push(Word { at, said: said.to_string() });
        }
        goes_on = letter.is_alphanumeric();
    }
}

/// One letter for what is written in two ways.
fn plain(letter: char) -> impl Iterator<Item = char> {
    digit(letter).to_lowercase().map(|letter| if letter == 'ё' { 'е' } else { letter })
}

/// It only lays out what is said.
fn is_mark(letter: char) -> bool {
    MARKS.contains(&letter) || QUOTES.contains(&letter) || DASHES.contains(&letter) || is_decoration(letter)
}

/// 10:30 is not 1030, −5 is not 5.
fn is_of_a_figure(letter: char, before: Option<char>, after: Option<char>) -> bool {
    let is_digit = |letter: Option<char>| letter.is_some_and(char::is_numeric);
    let may_begin = DASHES.contains(&letter) || matches!(letter, '.' | ',');
    is_digit(after) && (is_digit(before) || may_begin && !before.is_some_and(char::is_alphanumeric))
}

const MARKS: [char; 19] =
    ['.', ',', '!', '?', '…', ':', ';', '¡', '¿', '(', ')', '[', ']', '_', '~', '`', '*', '•', '·'];
/// Between two letters the word is the same one without.
const APOSTROPHES: [char; 3] = ['\'', '’', '‘'];

/// A picture that says nothing by itself; one that forbids, points or counts does.
pub fn is_decoration(letter: char) -> bool {
    matches!(letter, '\u{2600}'..='\u{2793}' | '\u{1f300}'..='\u{1faff}' | '‼' | '⁉' | 'ℹ') && !SAYING.contains(&letter)
}

const SAYING: [char; 31] = [
    '⛔', '✋', '✖', '✗', '✘', '❌', '❎', '➕', '👎', '📴', '📵', '🔇', '🔕', '🔙', '🔚', '🔛', '🔜', '🔝', '🔞',
    '🔟', '🙅', '🚫', '🚭', '🚯', '🚱', '🚳', '🚷', '🛑', '🤚', '🖐', '🚏',
];
