//! The texts of a document as they are searched, folded once.

use atlas::typing::fold;

use super::documents::Document;

/// The parts of a document a word stands in, as bits.
pub const TITLE: u8 = 1;
pub const ALSO: u8 = 2;
pub const BODY: u8 = 4;

pub struct Folded {
    title: String,
    also: String,
    lines: Vec<String>,
}

impl Folded {
    pub fn new(document: &Document) -> Self {
        let lines = document.lines.iter().map(|line| fold(line)).collect();
        Self { title: fold(&document.title), also: fold(&document.also), lines }
    }

    /// Every word, with the part it stands in.
    pub fn words(&self) -> impl Iterator<Item = (u8, &str)> {
        let body = self.lines.iter().map(|line| (BODY, line));
        let parts = [(TITLE, &self.title), (ALSO, &self.also)].into_iter().chain(body);
        parts.flat_map(|(part, text)| words_of(text).map(move |word| (part, word)))
    }

    /// The line that answers best: the first of those with the most words that begin so.
    pub fn best_line(&self, prefixes: &[&str]) -> Option<usize> {
        let begins = |word: &&str| prefixes.iter().any(|prefix| word.starts_with(prefix));
        let hits = |at: &usize| words_of(&self.lines[*at]).filter(begins).count();
        (0..self.lines.len()).rev().max_by_key(hits)
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}
