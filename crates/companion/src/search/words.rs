//! What was typed, word by word, and where it stands in a text.

use atlas::typing::fold;

use super::hit::Piece;

/// A shorter word is searched for as it is.
const SHORTEST_WITH_ENDING: usize = 5;
/// No word is cut to fewer letters than this, nor to fewer than half.
const SHORTEST_STEM: usize = 4;

/// Words that every question has and no answer is told by, folded.
const OF_ANY_QUESTION: &str = "не истеу истеиин истеимин керек калаи каида маган мени менин мен биз бизге биздин бар \
    ма ме ба бе па пе жатыр жатырмын жатырмыз болды болып болса болама калды кетти ушин деп деиди кандаи осы бул жане \
    что делать делат как где куда мне меня мы нам нас ли если мои моя это тут здес уже очен надо нужно можно или \
    what do my me we us our is it the an to in on of for and how where can should if am are at be with go get got \
    have has there here now";

/// The folded words of what was typed.
pub fn folded(typed: &str) -> Vec<String> {
    fold(typed).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a folded word tells nothing of what is asked.
pub fn tells_nothing(word: &str) -> bool {
    word.chars().count() < 2 || OF_ANY_QUESTION.split_whitespace().any(|one| one == word)
}

/// A folded word with ever more of what may be its ending left out: the languages here put their endings last.
pub fn stems(word: &str) -> impl Iterator<Item = &str> {
    let letters = word.chars().count();
    let longest = if letters < SHORTEST_WITH_ENDING { 0 } else { (letters * 7).div_ceil(10).max(SHORTEST_STEM) };
    let shortest = letters.div_ceil(2).max(SHORTEST_STEM);
    let cut = move |letters| word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end]);
    (shortest..=longest).rev().map(cut)
}

/// The text in pieces; a word that begins with one of the folded prefixes is a hit.
pub fn pieces(text: &str, prefixes: &[impl AsRef<str>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: &str, hit: bool| match pieces.last_mut() {
        Some(last) if last.hit == hit => last.text.push_str(text),
        Some(_) | None if !text.is_empty() => pieces.push(Piece { text: text.to_owned(), hit }),
        Some(_) | None => {}
    };
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let end = rest[start..].find(|letter: char| !letter.is_alphanumeric()).map_or(rest.len(), |at| start + at);
        let word = fold(&rest[start..end]);
        push(&rest[..start], false);
        push(&rest[start..end], prefixes.iter().any(|prefix| word.starts_with(prefix.as_ref())));
        rest = &rest[end..];
    }
    push(rest, false);
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hit_is_the_whole_word_it_begins() {
        let said = pieces("Төлқұжатыңызды, ақшаңызды алыңыз", &["толкуж", "акша"]);
        let said: Vec<_> = said.iter().map(|piece| (piece.text.as_str(), piece.hit)).collect();
        assert_eq!(said, [("Төлқұжатыңызды", true), (", ", false), ("ақшаңызды", true), (" алыңыз", false)]);
    }

    #[test]
    fn the_ending_of_a_word_is_left_open() {
        let all = |word| stems(word).collect::<Vec<_>>();
        assert_eq!(all("закрыли"), ["закры", "закр"]);
        assert_eq!(all("кореядагы"), ["кореяда", "кореяд", "корея"]);
        assert_eq!(all("siren"), ["sire"]);
        assert!(all("fire").is_empty());
    }

    #[test]
    fn words_of_any_question_tell_nothing() {
        for word in folded("что делать, қайда, where is it") {
            assert!(tells_nothing(&word), "{word}");
        }
        assert!(!tells_nothing("сирена"));
    }

    proptest! {
        #[test]
        fn the_pieces_in_order_make_the_whole(text in any::<String>(), prefix in "[а-яa-z]{1,3}") {
            let whole: String = pieces(&text, &[prefix]).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
