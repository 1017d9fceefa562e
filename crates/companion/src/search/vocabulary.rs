//! Every word of the documents, in order, and where each stands: what begins alike lies side by side.

use std::{collections::HashMap, ops::Range};

use super::folded::{BODY, Folded};

/// That a word stands in a document, once for all the parts it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Posting {
    pub document: usize,
    pub parts: u8,
}

pub struct Vocabulary {
    /// Folded.
    words: Vec<String>,
    everywhere: Postings,
    /// Without those in long texts alone, which are most: a letter or two begins a word in nearly every text.
    named: Postings,
}

/// Where each word stands, word after word.
struct Postings {
    /// Where those of each word begin, and at last where all end.
    starts: Vec<usize>,
    all: Vec<Posting>,
}

impl Postings {
    fn new<'a>(words: impl Iterator<Item = &'a [Posting]>, parts: u8) -> Self {
        let mut postings = Self { starts: vec![0], all: Vec::new() };
        for of_word in words {
            postings.all.extend(of_word.iter().filter(|posting| posting.parts & parts != 0));
            postings.starts.push(postings.all.len());
        }
        postings
    }

    fn of(&self, words: Range<usize>) -> &[Posting] {
        &self.all[self.starts[words.start]..self.starts[words.end]]
    }
}

impl Vocabulary {
    pub fn new(documents: &[Folded]) -> Self {
        let mut postings_of: HashMap<String, Vec<Posting>> = HashMap::new();
        for (at, document) in documents.iter().enumerate() {
            for (part, word) in document.words() {
                let posting = Posting { document: at, parts: part };
                match postings_of.get_mut(word) {
                    Some(postings) => add(postings, posting),
                    None => drop(postings_of.insert(word.to_owned(), vec![posting])),
                }
            }
        }
        let mut sorted: Vec<(String, Vec<Posting>)> = postings_of.into_iter().collect();
        sorted.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let postings = |parts| Postings::new(sorted.iter().map(|(_, postings)| postings.as_slice()), parts);
        let (everywhere, named) = (postings(u8::MAX), postings(!BODY));
        Self { words: sorted.into_iter().map(|(word, _)| word).collect(), everywhere, named }
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    pub fn beginning(&self, prefix: &str) -> &[String] {
        &self.words[self.range(prefix)]
    }

    /// Where words stand that begin so: a document once for each of them.
    pub fn postings(&self, prefix: &str) -> &[Posting] {
        self.everywhere.of(self.range(prefix))
    }

    /// The same, without what stands in long texts alone.
    pub fn named(&self, prefix: &str) -> &[Posting] {
        self.named.of(self.range(prefix))
    }

    /// Where a word stands, and none that goes on after it, without what stands in long texts alone.
    pub fn whole(&self, word: &str) -> &[Posting] {
        let at = self.words.binary_search_by(|known| known.as_str().cmp(word));
        at.map_or(&[], |at| self.named.of(at..at + 1))
    }

    fn range(&self, prefix: &str) -> Range<usize> {
        let start = self.words.partition_point(|word| word.as_str() < prefix);
        start..start + self.words[start..].partition_point(|word| word.starts_with(prefix))
    }
}

/// A document is met once, part after part.
fn add(postings: &mut Vec<Posting>, posting: Posting) {
    match postings.last_mut() {
        Some(last) if last.document == posting.document => last.parts |= posting.parts,
        Some(_) | None => postings.push(posting),
    }
}
