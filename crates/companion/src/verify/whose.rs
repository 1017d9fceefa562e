//! Which of the entries that say a sentence is named for it: many warnings have one step in common.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use contract::words::Words;

use super::answer::{Piece, Said, Saying};
use crate::search::Target;

/// Two parts of one warning are one word of the ministry, unless one of them is over.
type Word<'a> = (&'a Target, bool);

/// Who says how much of a text.
pub struct Whose<'a> {
    /// How many of its pieces.
    says: BTreeMap<Word<'a>, usize>,
    /// The one that all of the text is taken for. A single word, or what stands with every warning, is said by anybody,
    /// and is an entry's where more of it is.
    word: Option<Word<'a>>,
}

impl<'a> Whose<'a> {
    pub fn of(pieces: &[Piece<'a>]) -> Self {
        let mut whose = Self { says: BTreeMap::new(), word: None };
        for piece in pieces {
            let by: BTreeSet<Word> = piece.by.iter().map(|saying| one(&saying.said)).collect();
            by.into_iter().for_each(|word| *whose.says.entry(word).or_default() += 1);
        }
        let telling = pieces.iter().flat_map(|piece| piece.by.iter().filter(|saying| tells(piece, saying)));
        whose.word = telling.max_by_key(|saying| whose.rank(saying)).map(|saying| one(&saying.said));
        whose
    }

    /// The entry that is named for a piece, and what the others are about that could be as well.
    pub fn said(&self, piece: &Piece<'a>) -> (Option<&'a Said>, Vec<Words>) {
        let is_word = |saying: &Saying| self.word == Some(one(&saying.said));
        let all = || piece.by.iter().filter(|saying| is_word(saying) || tells(piece, saying));
        let best = all().max_by_key(|saying| (is_word(saying), self.rank(saying)));
        let Some(said) = best.map(|saying| &saying.said) else { return (None, Vec::new()) };
        let mut also: Vec<Words> = Vec::new();
        let is_as_good = |other: &Said| other.is_over() == said.is_over() && self.count(other) >= self.count(said);
        let others = all().filter(|other| is_as_good(&other.said));
        for about in others.flat_map(|other| &other.said.about) {
            if !said.about.contains(about) && !also.contains(about) {
                also.push(about.clone());
            }
        }
        (Some(said), also)
    }

    fn count(&self, said: &Said) -> usize {
        self.says.get(&one(said)).copied().unwrap_or_default()
    }

    /// Rather the one that says the most, then one that holds, then one of the traveller's places.
    fn rank<'b>(&self, saying: &'b Saying) -> impl Ord + use<'b> {
        let said = &saying.said;
        (self.count(said), !said.is_over(), Reverse(saying.concern), Reverse(&said.page))
    }
}

fn one(said: &Said) -> Word<'_> {
    (&said.page, said.is_over())
}

/// Whether nobody but an entry says so: more than a single word, and not what stands with many.
fn tells(piece: &Piece<'_>, saying: &Saying) -> bool {
    piece.is_telling && !saying.is_label
}
