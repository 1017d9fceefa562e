//! A text in pieces: the ministry's sentences, however their writer pointed them, and the rest as it is pointed.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    answer::{Piece, Said},
    known::Known,
    reading::sentences,
    words::words,
};

/// A word, where it stands in the whole text, and its sentence there.
struct Placed<'a> {
    said: String,
    at: Range<usize>,
    sentence: &'a str,
}

/// A chain of the ministry's sentences begins and ends where a sentence of the text does: a "not" before it is of it.
/// Within, they follow each other however the text is pointed.
pub fn pieces<'a>(known: &'a Known, text: &'a str) -> Vec<Piece<'a>> {
    let (all, ends) = placed(text);
    let (mut pieces, mut begin) = (Vec::new(), 0);
    while let Some(first) = all.get(begin) {
        let chain = chain(known, &all, &ends, begin);
        match chain.last() {
            Some((last, _)) => {
                begin = last.end;
                pieces.extend(chain.into_iter().filter_map(|(range, by)| own(text, all.get(range)?, by)));
            }
            None => {
                let end = ends.range(begin + 1..).next().copied().unwrap_or(all.len());
                pieces.push(Piece { text: first.sentence, by: &[], is_telling: end > begin + 1 });
                begin = end;
            }
        }
    }
    pieces
}

/// The words of a text, and before which of them a sentence has ended.
fn placed(text: &str) -> (Vec<Placed<'_>>, BTreeSet<usize>) {
    let (mut all, mut ends, mut from) = (Vec::new(), Vec::new(), 0);
    for sentence in sentences(text) {
        let begin = from + text.get(from..).and_then(|rest| rest.find(sentence)).unwrap_or_default();
        let there = |at: Range<usize>| begin + at.start..begin + at.end;
        all.extend(words(sentence).into_iter().map(|word| Placed { said: word.said, at: there(word.at), sentence }));
        ends.push(all.len());
        from = begin + sentence.len();
    }
    let said = all.iter().map(|word| word.said.as_str()).collect::<Vec<_>>();
    let told = without_forwarding(&said);
    all.truncate(told.end);
    all.drain(..told.start);
    let ends = ends.into_iter().filter(|end| *end > told.start).map(|end| end.min(told.end) - told.start).collect();
    (all, ends)
}

/// The shortest chain of whole sentences of the ministry from a word on: where each stands and by whom it is said.
fn chain<'a>(
    known: &'a Known,
    all: &[Placed<'_>],
    ends: &BTreeSet<usize>,
    begin: usize,
) -> Vec<(Range<usize>, &'a [Said])> {
    let mut reached: BTreeMap<usize, (usize, &[Said])> = BTreeMap::new();
    let mut ahead = BTreeSet::from([begin]);
    while let Some(at) = ahead.pop_first() {
        if at > begin && ends.contains(&at) {
            return back(&reached, at);
        }
        let Some(first) = all.get(at) else { continue };
        for (sentence, by) in known.sentences_from(&first.said) {
            let end = at + sentence.len();
            let is_here = all.get(at..end).is_some_and(|words| words.iter().map(|word| &word.said).eq(sentence));
            if is_here && !reached.contains_key(&end) {
                reached.insert(end, (at, by));
                ahead.insert(end);
            }
        }
    }
    Vec::new()
}

fn back<'a>(reached: &BTreeMap<usize, (usize, &'a [Said])>, end: usize) -> Vec<(Range<usize>, &'a [Said])> {
    let (mut chain, mut end) = (Vec::new(), end);
    while let Some((begin, by)) = reached.get(&end) {
        chain.push((*begin..end, *by));
        end = *begin;
    }
    chain.reverse();
    chain
}

/// A sentence of the ministry with the marks that stand at it.
fn own<'a>(text: &'a str, words: &[Placed<'_>], by: &'a [Said]) -> Option<Piece<'a>> {
    let (first, last) = (words.first()?, words.last()?);
    let begin = text.get(..first.at.start)?.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    let end = text.get(last.at.end..)?.find(char::is_whitespace).map_or(text.len(), |blank| last.at.end + blank);
    Some(Piece { text: text.get(begin..end)?.trim(), by, is_telling: words.len() > 1 })
}

/// What is left where a messenger's own note on top or at the end is none of the text.
fn without_forwarding(words: &[&str]) -> Range<usize> {
    let notes = FORWARDED.iter().map(|note| note.split(' ').collect::<Vec<_>>());
    let (mut begin, mut end) = (0, words.len());
    for note in notes {
        let told = words.get(begin..end).unwrap_or_default();
        if told.len() > note.len() && told.starts_with(&note) {
            begin += note.len();
        } else if told.len() > note.len() && told.ends_with(&note) {
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
