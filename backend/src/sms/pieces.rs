//! A code that a network has cut into pieces: they are kept until they are 160 letters together. In which order they
//! belong, the desk finds: only one of them opens.

use contract::sms::{LETTERS, find, is_beginning};
use jiff::{SignedDuration, Timestamp};

use super::Delivered;
use crate::desk::casework::sms::{MOST_PIECES, ReceivedSms};

/// How long a piece waits for the others.
const TOGETHER: SignedDuration = SignedDuration::from_mins(10);

/// Among so many of one sender the others are looked for.
const MOST_LOOKED_AT: usize = 12;

/// What waits for its other pieces.
#[derive(Debug, Default)]
pub struct Pieces {
    waiting: Vec<Delivered>,
}

impl Pieces {
    /// Takes what was delivered; gives what is whole with it, and what has waited in vain.
    pub fn take(&mut self, delivered: Delivered) -> Vec<ReceivedSms> {
        let mut whole = self.late(delivered.at);
        if find(&delivered.text).is_some() || !is_piece(&delivered.text) {
            whole.push(of(&[&delivered]));
            return whole;
        }
        // of somebody who sends piece after piece the newest are looked at
        let of_same = (0..self.waiting.len()).rev().filter(|at| self.waiting[*at].from == delivered.from);
        let mut others: Vec<usize> = of_same.take(MOST_LOOKED_AT).collect();
        others.reverse();
        let found = subsets(&others).into_iter().find(|some| self.is_code(some, &delivered));
        match found {
            Some(some) => {
                let pieces: Vec<&Delivered> = some.iter().map(|at| &self.waiting[*at]).chain([&delivered]).collect();
                whole.push(of(&pieces));
                for at in some.iter().rev() {
                    self.waiting.remove(*at);
                }
            }
            None => self.waiting.push(delivered),
        }
        whole
    }

    /// Waits anew for the others of what could not be brought, but for the text that comes again by itself.
    pub fn keep(&mut self, unbrought: Vec<ReceivedSms>, comes_again: &str) {
        for ReceivedSms { from, at, texts } in unbrought {
            let texts = texts.into_iter().filter(|text| text != comes_again);
            self.waiting.extend(texts.map(|text| Delivered { at, from: from.clone(), text }));
        }
    }

    /// What still waits, as it is: nothing more comes.
    pub fn rest(&mut self) -> Vec<ReceivedSms> {
        self.waiting.drain(..).map(|piece| of(&[&piece])).collect()
    }

    /// What has waited too long for its other pieces.
    pub fn late(&mut self, now: Timestamp) -> Vec<ReceivedSms> {
        let is_late = |piece: &Delivered| now.duration_since(piece.at) > TOGETHER;
        let (late, waiting): (Vec<Delivered>, Vec<Delivered>) = self.waiting.drain(..).partition(is_late);
        self.waiting = waiting;
        late.iter().map(|piece| of(&[piece])).collect()
    }

    fn is_code(&self, some: &[usize], last: &Delivered) -> bool {
        let texts = || some.iter().map(|at| &self.waiting[*at]).chain([last]).map(|piece| piece.text.trim());
        texts().map(str::len).sum::<usize>() == LETTERS && texts().any(is_beginning)
    }
}

/// Letters of a code and nothing else.
fn is_piece(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-.".contains(&letter))
}

fn of(pieces: &[&Delivered]) -> ReceivedSms {
    let newest = pieces.iter().map(|piece| piece.at).max().unwrap_or_default();
    let texts = pieces.iter().map(|piece| piece.text.trim().to_owned()).collect();
    ReceivedSms { from: pieces.first().map(|piece| piece.from.clone()).unwrap_or_default(), at: newest, texts }
}

/// Each choice of fewer than the most pieces, but for none.
fn subsets(of: &[usize]) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for one in of {
        let with: Vec<Vec<usize>> = all.iter().filter(|some| some.len() + 1 < MOST_PIECES).cloned().collect();
        all.extend(with.into_iter().map(|mut some| {
            some.push(*one);
            some
        }));
    }
    all.retain(|some| !some.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered(minute: i8, from: &str, text: &str) -> Delivered {
        let at = format!("2026-03-01T06:{minute:02}:00Z").parse().unwrap();
        Delivered { at, from: from.to_owned(), text: text.to_owned() }
    }

    fn code() -> String {
        format!("AQ{}", "x".repeat(LETTERS - 2))
    }

    #[test]
    fn pieces_of_one_sender_are_joined_whatever_comes_between_and_in_whatever_order() {
        let code = code();
        let mut pieces = Pieces::default();
        assert!(pieces.take(delivered(1, "+1", &code[153..])).is_empty());
        assert!(pieces.take(delivered(1, "+2", &code[..153])).is_empty(), "another's is no piece of it");
        assert_eq!(pieces.take(delivered(2, "+3", &code)).len(), 1, "what is whole waits for nobody");
        assert_eq!(pieces.take(delivered(2, "+1", "Help us")).len(), 1, "nor what is no code");
        assert!(pieces.take(delivered(2, "+1", "Help")).is_empty(), "what may be a piece");
        let whole = pieces.take(delivered(3, "+1", &format!(" {}\n", &code[..153])));
        assert_eq!(whole[0].texts, [&code[153..], &code[..153]]);
        let left: Vec<_> = pieces.rest().into_iter().map(|sms| sms.texts).collect();
        assert_eq!(left, [[code[..153].to_owned()], ["Help".to_owned()]], "nothing is lost");
        assert!(pieces.rest().is_empty());
    }

    #[test]
    fn a_piece_whose_others_never_come_is_given_as_it_is() {
        let mut pieces = Pieces::default();
        assert!(pieces.take(delivered(1, "+1", &code()[..70])).is_empty());
        let given = pieces.take(delivered(12, "+2", "x y"));
        assert_eq!(given.iter().map(|sms| sms.from.as_str()).collect::<Vec<_>>(), ["+1", "+2"]);
    }

    #[test]
    fn what_could_not_be_brought_waits_for_the_piece_that_comes_again() {
        let code = code();
        let mut pieces = Pieces::default();
        assert!(pieces.take(delivered(1, "+1", &code[..153])).is_empty());
        let whole = pieces.take(delivered(1, "+1", &code[153..]));
        pieces.keep(whole, &code[153..]);
        assert_eq!(pieces.take(delivered(2, "+1", &code[153..]))[0].texts.len(), 2);
    }

    #[test]
    fn three_short_pieces_are_one_code() {
        let code = code();
        let mut pieces = Pieces::default();
        for part in [&code[70..140], &code[..70]] {
            assert!(pieces.take(delivered(1, "+1", part)).is_empty());
        }
        assert_eq!(pieces.take(delivered(1, "+1", &code[140..]))[0].texts.len(), 3);
    }
}
