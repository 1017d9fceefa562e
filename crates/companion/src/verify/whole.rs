//! What the ministry says that a passage comes near to: a sentence that was cut, or turned round by a word.

use std::collections::{BTreeSet, HashMap};

use super::{
    answer::{Saying, Whole},
    known::{Known, Told},
    words::{Sentence, said},
};

/// What holds of all that the ministry says, by its words.
pub struct Wholes<'a> {
    all: Vec<(&'a Sentence, &'a Told, &'a Saying)>,
    /// In which of them each word stands: what is pasted may be long, and few of them have its words.
    with_word: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Wholes<'a> {
    pub fn of(known: &'a Known) -> Self {
        let all: Vec<_> = known.that_hold().collect();
        let mut with_word: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, (sentence, ..)) in all.iter().enumerate() {
            let words: BTreeSet<&str> = sentence.iter().map(String::as_str).collect();
            words.into_iter().for_each(|word| with_word.entry(word).or_default().push(index));
        }
        Self { all, with_word }
    }

    /// Of those that have most words of a passage, in their order, the one in which the fewest others stand.
    pub fn near(&self, passage: &str) -> Option<Whole> {
        let said = said(passage);
        let mut common: HashMap<usize, usize> = HashMap::new();
        for index in said.iter().filter_map(|word| self.with_word.get(word.as_str())).flatten() {
            *common.entry(*index).or_default() += 1;
        }
        let likely = common.into_iter().filter(|(_, common)| is_most(*common, said.len()));
        let near = likely.filter_map(|(index, _)| {
            let (sentence, ..) = self.all.get(index)?;
            let common = in_order(&said, sentence);
            let is_near = is_most(common, said.len()) && common * 3 >= sentence.len();
            is_near.then_some((said.len() + sentence.len() - common * 2, index))
        });
        let (_, nearest) = near.min()?;
        let (_, told, saying) = self.all.get(nearest)?;
        Some(Whole { words: told.words.clone(), said: saying.said.clone() })
    }
}

/// Fewer words have many sentences in common.
const FEWEST: usize = 3;

/// Three of five words, which are no chance.
fn is_most(common: usize, all: usize) -> bool {
    common >= FEWEST && common * 5 >= all * 3
}

/// How many words two sentences have in common in one order.
fn in_order(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, beside) in other.iter().enumerate() {
            let (above, left) = (row[at + 1], row[at]);
            row[at + 1] = if word == beside { before + 1 } else { above.max(left) };
            before = above;
        }
    }
    row.last().copied().unwrap_or_default()
}
