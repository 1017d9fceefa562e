//! A text in pieces: the ministry's sentences, however their writer pointed them, and the rest as it is pointed.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{
    answer::{Piece, Saying},
    around::is_from,
    known::Known,
    reading::{BEFORE, is_numeral, sentences},
    words::words,
};

/// A word, where it stands in the whole text, and its sentence there.
struct Placed<'a> {
    said: String,
    at: Range<usize>,
    sentence: &'a str,
}

/// A text in words.
struct Text<'a> {
    whole: &'a str,
    words: Vec<Placed<'a>>,
    /// Before which of them a sentence has ended.
    ends: BTreeSet<usize>,
}

/// A chain of the ministry's sentences begins and ends where a sentence of the text does: a "not" before it is of it.
/// It begins behind a colon or a bracket too: what stands before that, the sender or a "never", is a piece of its own,
/// and nobody's. Within, they follow each other however the text is pointed.
pub fn pieces<'a>(known: &'a Known, text: &'a str) -> Vec<Piece<'a>> {
    let text = Text::of(text);
    let (mut pieces, mut begin) = (Vec::new(), 0);
    while let Some(first) = text.words.get(begin) {
        let chain = chain(known, &text, begin);
        if let Some((last, _)) = chain.last() {
            begin = last.end;
            // the number of a step is said by nobody
            let said = chain.into_iter().filter(|(_, by)| !by.is_empty());
            pieces.extend(said.filter_map(|(range, by)| text.piece(range, by)));
            continue;
        }
        let end = text.ends.range(begin + 1..).next().copied().unwrap_or(text.words.len());
        let after = (begin + 1..end).find(|at| text.may_begin(*at) && !self::chain(known, &text, *at).is_empty());
        match after {
            Some(at) => pieces.extend(text.piece(begin..at, &[])),
            None => pieces.push(Piece { text: first.sentence, by: &[], is_telling: end > begin + 1 }),
        }
        begin = after.unwrap_or(end);
    }
    pieces
}

impl<'a> Text<'a> {
    fn of(whole: &'a str) -> Self {
        let (mut all, mut ends, mut from) = (Vec::new(), Vec::new(), 0);
        for sentence in sentences(whole) {
            let begin = from + whole.get(from..).and_then(|rest| rest.find(sentence)).unwrap_or_default();
            let there = |at: Range<usize>| begin + at.start..begin + at.end;
            all.extend(words(sentence).into_iter().map(|word| Placed {
                said: word.said,
                at: there(word.at),
                sentence,
            }));
            ends.push(all.len());
            from = begin + sentence.len();
        }
        let said = all.iter().map(|word| word.said.as_str()).collect::<Vec<_>>();
        let told = without_forwarding(&said, &ends);
        all.truncate(told.end);
        all.drain(..told.start);
        let ends = ends.into_iter().filter(|end| *end > told.start).map(|end| end.min(told.end) - told.start).collect();
        Self { whole, words: all, ends }
    }

    /// Whether something that was put before the text ends at a word.
    fn may_begin(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        let between =
            before.zip(self.words.get(at)).and_then(|(word, next)| self.whole.get(word.at.end..next.at.start));
        between.is_some_and(|between| between.contains(BEFORE))
    }

    /// Whether a word is the number that somebody put before a step.
    fn is_numeral(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| is_numeral(&word.said)) && !self.ends.contains(&(at + 1))
    }

    /// Some words, with the marks that stand at them.
    fn piece(&self, range: Range<usize>, by: &'a [Arc<Saying>]) -> Option<Piece<'a>> {
        let next = self.words.get(range.end).map_or(self.whole.len(), |next| next.at.start);
        let words = self.words.get(range)?;
        let (first, last) = (words.first()?, words.last()?);
        let before = self.whole.get(..first.at.start)?;
        let begin = before.trim_end_matches(|letter: char| !letter.is_whitespace() && !BEFORE.contains(&letter)).len();
        let end =
            self.whole.get(last.at.end..next)?.find(char::is_whitespace).map_or(next, |blank| last.at.end + blank);
        Some(Piece { text: self.whole.get(begin..end)?.trim(), by, is_telling: words.len() > 1 })
    }
}

/// The shortest chain of whole sentences of the ministry from a word on: where each stands and by whom it is said. It may
/// begin with the number of a step, which is said by nobody.
fn chain<'a>(known: &'a Known, text: &Text<'_>, begin: usize) -> Vec<(Range<usize>, &'a [Arc<Saying>])> {
    let mut reached: BTreeMap<usize, (usize, &[Arc<Saying>])> = BTreeMap::new();
    let mut ahead = BTreeSet::from([begin]);
    if text.is_numeral(begin) {
        reached.insert(begin + 1, (begin, &[]));
        ahead.insert(begin + 1);
    }
    while let Some(at) = ahead.pop_first() {
        if at > begin && text.ends.contains(&at) {
            return back(&reached, at);
        }
        let Some(first) = text.words.get(at) else { continue };
        for (sentence, by) in known.sentences_from(&first.said) {
            let end = at + sentence.len();
            let is_here = text.words.get(at..end).is_some_and(|words| words.iter().map(|word| &word.said).eq(sentence));
            if is_here && !reached.contains_key(&end) {
                reached.insert(end, (at, by));
                ahead.insert(end);
            }
        }
    }
    Vec::new()
}

fn back<'a>(
    reached: &BTreeMap<usize, (usize, &'a [Arc<Saying>])>,
    end: usize,
) -> Vec<(Range<usize>, &'a [Arc<Saying>])> {
    let (mut chain, mut end) = (Vec::new(), end);
    while let Some((begin, by)) = reached.get(&end) {
        chain.push((*begin..end, *by));
        end = *begin;
    }
    chain.reverse();
    chain
}

/// What is left where a messenger's own note on top or at the end is none of the text. At the end it stands alone: a
/// sentence may end with its words.
fn without_forwarding(words: &[&str], ends: &[usize]) -> Range<usize> {
    let notes = FORWARDED.iter().map(|note| note.split(' ').collect::<Vec<_>>());
    let (mut begin, mut end) = (0, words.len());
    for note in notes {
        let told = words.get(begin..end).unwrap_or_default();
        let names_whom = told.get(note.len()).is_some_and(|word| is_from(word));
        if told.len() > note.len() && told.starts_with(&note) && !names_whom {
            begin += note.len();
        } else if told.len() > note.len() && told.ends_with(&note) && ends.contains(&(end - note.len())) {
            end -= note.len();
        }
    }
    begin..end
}

/// As messengers write it, the longest first.
const FORWARDED: [&str; 9] = [
    "қайта жіберілген хабарлама",
    "қайта жіберілген хабар",
    "қайта жіберілді",
    "қайта жіберілген",
    "forwarded many times",
    "forwarded message",
    "forwarded",
    "пересланное сообщение",
    "переслано",
];
