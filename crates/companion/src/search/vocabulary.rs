//! Every word of the documents, in order, and where each stands: what begins alike lies side by side.

use std::{collections::HashMap, ops::Range};

use super::folded::Folded;

/// That a word stands in a document, once for all the parts it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Posting {
    pub document: usize,
    pub parts: u8,
}

pub struct Vocabulary {
    /// Folded.
    words: Vec<String>,
    /// Where the postings of each word begin, and at last where all end.
    starts: Vec<usize>,
    postings: Vec<Posting>,
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
        let mut vocabulary = Self { words: Vec::with_capacity(sorted.len()), starts: vec![0], postings: Vec::new() };
        for (word, postings) in sorted {
            vocabulary.words.push(word);
            vocabulary.postings.extend(postings);
            vocabulary.starts.push(vocabulary.postings.len());
        }
        vocabulary
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    pub fn beginning(&self, prefix: &str) -> &[String] {
        &self.words[self.range(prefix)]
    }

    /// Where words stand that begin so: a document once for each of them.
    pub fn postings(&self, prefix: &str) -> &[Posting] {
        let Range { start, end } = self.range(prefix);
        &self.postings[self.starts[start]..self.starts[end]]
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
