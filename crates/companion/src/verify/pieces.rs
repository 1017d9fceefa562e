//! A text in pieces: the ministry's sentences, however their writer pointed them, and the rest as it is pointed.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{
    answer::{Piece, Saying},
    around::{self, Around, Part, is_around, is_from},
    known::{Known, Told},
    marks::{Pointed, struck},
    reading::{BEFORE, is_numeral, sentences},
    words::{Sentence, words},
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
    /// What of the whole is struck out.
    struck: Vec<Range<usize>>,
}

/// What is put around a text, and the text.
pub fn pieces<'a>(known: &'a Known, text: &'a str) -> Vec<Piece<'a>> {
    let of_part = |part| match part {
        Part::Around(Around { text, sender }) => vec![Piece { sent_on_by: Some(sender), ..Piece::unsaid(text) }],
        Part::Told(text) => told(known, text),
    };
    around::parts(text).into_iter().flat_map(of_part).collect()
}

/// A chain of the ministry's sentences begins and ends where a sentence of the text does: a "not" before it is of it.
/// It begins behind a colon or a bracket too: what stands before that, the sender or a "never", is a piece of its own,
/// and nobody's. Within, they follow each other whatever stands between them. One that a mark turned round is one piece.
fn told<'a>(known: &'a Known, text: &'a str) -> Vec<Piece<'a>> {
    let text = Text::of(text);
    let (mut pieces, mut begin) = (Vec::new(), 0);
    while let Some(first) = text.words.get(begin) {
        let chain = chain(known, &text, begin);
        if let Some(last) = chain.last() {
            begin = last.at.end;
            pieces.extend(chain.into_iter().filter_map(|link| text.piece(link.at, Some(link.said))));
            continue;
        }
        if let Some(at) = turned(known, &text, begin) {
            begin = at.end;
            pieces.extend(text.piece(at, None));
            continue;
        }
        let end = text.ends.range(begin + 1..).next().copied().unwrap_or(text.words.len());
        let after = (begin + 1..end).find(|at| text.may_begin(*at) && !self::chain(known, &text, *at).is_empty());
        match after {
            Some(at) => pieces.extend(text.piece(begin..at, None)),
            None => pieces.push(Piece { is_telling: end > begin + 1, ..Piece::unsaid(first.sentence) }),
        }
        begin = after.unwrap_or(end);
    }
    pieces
}

impl<'a> Piece<'a> {
    /// By nobody that is known.
    fn unsaid(text: &'a str) -> Self {
        Self { text, sent_on_by: is_around(text), sentence: None, by: &[], is_telling: false }
    }
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
        Self { whole, words: all, ends, struck: struck(whole) }
    }

    /// Whether something that was put before the text ends at a word.
    fn may_begin(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        let between =
            before.zip(self.words.get(at)).and_then(|(word, next)| self.whole.get(word.at.end..next.at.start));
        between.is_some_and(|between| between.contains(BEFORE))
    }

    /// Where a sentence may begin at a word: there, or behind the one number that somebody put before a step.
    fn begins(&self, at: usize) -> impl Iterator<Item = usize> {
        let behind = (self.is_numeral(at) && !self.is_numeral(at + 1)).then_some(at + 1);
        [at].into_iter().chain(behind)
    }

    /// A figure alone in its line counts no step, but for its stop.
    fn is_numeral(&self, at: usize) -> bool {
        let Some((word, next)) = self.words.get(at).zip(self.words.get(at + 1)) else { return false };
        let between = self.whole.get(word.at.end..next.at.start).unwrap_or_default();
        is_numeral(&word.said) && (between.starts_with(['.', ')']) || !between.contains('\n'))
    }

    /// Where a sentence that begins at a word ends. A word may be broken by the end of its line.
    fn end_of(&self, sentence: &[String], begin: usize) -> Option<usize> {
        sentence.iter().try_fold(begin, |at, said| self.behind(at, said))
    }

    /// Where a word of the ministry ends that stands at a word.
    fn behind(&self, at: usize, said: &String) -> Option<usize> {
        if self.reads(at, said)? {
            return Some(at + 1);
        }
        (self.unbroken(at).as_ref() == Some(said)).then_some(at + 2)
    }

    /// Whether a word of the ministry stands there; an hour may be written with a point, where it is no day.
    fn reads(&self, at: usize, said: &str) -> Option<bool> {
        let word = self.words.get(at)?;
        let figure = |at: Option<usize>| {
            let figure = self.words.get(at?)?.said.as_str();
            figure.parse::<u8>().ok().filter(|_| figure.len() <= 2)
        };
        let is_hour = || figure(at.checked_sub(1)).is_some_and(|hour| hour < 24);
        let is_minute = || figure(Some(at + 1)).is_some_and(|minute| minute == 0 || (13..60).contains(&minute));
        Some(word.said == said || said == ":" && word.said == "." && is_hour() && is_minute())
    }

    /// Whether a sentence that begins at a word was handed on in its sense.
    fn is_kept(&self, sentence: &[String], told: &Told, begin: usize) -> bool {
        let mut at = begin;
        let place = |said: &String| {
            let end = self.behind(at, said)?;
            let words = self.words.get(at..end)?;
            at = end;
            Some(words.first()?.at.start..words.last()?.at.end)
        };
        let places: Vec<Range<usize>> = sentence.iter().map_while(place).collect();
        let Some((first, last)) = places.first().zip(places.last()) else { return true };
        let is_struck = self.struck.iter().any(|struck| struck.start < last.end && first.start < struck.end);
        !is_struck && told.pointed.iter().any(|words| Pointed::of(words).is_kept(self.whole, &places))
    }

    /// A word and what it goes on with in the next line.
    fn unbroken(&self, at: usize) -> Option<String> {
        let (word, next) = (self.words.get(at)?, self.words.get(at + 1)?);
        let between = self.whole.get(word.at.end..next.at.start)?;
        let is_broken = between.starts_with(HYPHENS) && between.contains('\n') && between.chars().all(is_of_a_break);
        is_broken.then(|| format!("{}{}", word.said, next.said))
    }

    /// Some words, with the marks that stand at them.
    fn piece(&self, range: Range<usize>, said: Option<Said<'a>>) -> Option<Piece<'a>> {
        let next = self.words.get(range.end).map_or(self.whole.len(), |next| next.at.start);
        let words = self.words.get(range)?;
        let (first, last) = (words.first()?, words.last()?);
        let before = self.whole.get(..first.at.start)?;
        let begin = before.trim_end_matches(|letter: char| !letter.is_whitespace() && !BEFORE.contains(&letter)).len();
        let end =
            self.whole.get(last.at.end..next)?.find(char::is_whitespace).map_or(next, |blank| last.at.end + blank);
        let piece = Piece { is_telling: words.len() > 1, ..Piece::unsaid(self.whole.get(begin..end)?.trim()) };
        Some(match said {
            Some((sentence, by)) => Piece { sentence: Some(sentence), by, sent_on_by: None, ..piece },
            None => piece,
        })
    }
}

/// What stands between a word and the rest of it in the next line.
fn is_of_a_break(letter: char) -> bool {
    letter.is_whitespace() || letter == '>' || HYPHENS.contains(&letter)
}

const HYPHENS: [char; 4] = ['-', '‐', '‑', '\u{ad}'];

/// A sentence of the ministry in a text: from where on it was looked for, where it stands and by whom it is said.
struct Link<'a> {
    from: usize,
    at: Range<usize>,
    said: Said<'a>,
}

/// A sentence of the ministry and by whom it is said.
type Said<'a> = (&'a Sentence, &'a [Arc<Saying>]);

/// The longest chain of whole sentences of the ministry from a word on.
fn chain<'a>(known: &'a Known, text: &Text<'_>, begin: usize) -> Vec<Link<'a>> {
    let mut reached: BTreeMap<usize, Link> = BTreeMap::new();
    let (mut ahead, mut end) = (BTreeSet::from([begin]), begin);
    while let Some(from) = ahead.pop_first() {
        if text.ends.contains(&from) {
            end = from;
        }
        for (sentence, told, at) in sentences_at(known, text, from) {
            if !reached.contains_key(&at.end) && text.is_kept(sentence, told, at.start) {
                ahead.insert(at.end);
                reached.insert(at.end, Link { from, at, said: (sentence, &told.by) });
            }
        }
    }
    back(reached, end)
}

/// Where a sentence of the ministry stands from a word on, but for a mark that makes another of it.
fn turned(known: &Known, text: &Text<'_>, begin: usize) -> Option<Range<usize>> {
    let all = sentences_at(known, text, begin).map(|(.., at)| at).filter(|at| text.ends.contains(&at.end));
    all.max_by_key(|at| at.end)
}

/// The sentences of the ministry whose words stand at a word, however they are pointed.
fn sentences_at<'a>(
    known: &'a Known,
    text: &Text<'_>,
    from: usize,
) -> impl Iterator<Item = (&'a Sentence, &'a Told, Range<usize>)> {
    text.begins(from).flat_map(move |at| {
        let first = text.words.get(at).map(|word| word.said.clone());
        let likely = first.into_iter().chain(text.unbroken(at)).flat_map(|first| known.sentences_from(first));
        likely.filter_map(move |(sentence, told)| Some((sentence, told, at..text.end_of(sentence, at)?)))
    })
}

fn back(mut reached: BTreeMap<usize, Link<'_>>, mut end: usize) -> Vec<Link<'_>> {
    let mut chain = Vec::new();
    while let Some(link) = reached.remove(&end) {
        end = link.from;
        chain.push(link);
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
