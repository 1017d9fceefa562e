//! The index ranks as a reading of every document would.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    super::{
        folded::{ALSO, BODY, TITLE},
        index::{COMMON, EACH_WORD_MORE, OWN_LANGUAGE, WORTH, names_a_place},
    },
    *,
};

/// Of few letters, so that many words begin alike.
const WORDS: &str = "[абв]{1,5}";

fn document() -> impl Strategy<Value = Document> {
    let text = || vec(WORDS, 0..6).prop_map(|words| words.join(" "));
    let lang = option::of(select(Lang::ALL.to_vec()));
    (any::<bool>(), lang, text(), text(), vec(text(), 0..3)).prop_map(|(place, lang, title, also, lines)| Document {
        target: if place {
            Target::Country { code: "KZ".parse().unwrap() }
        } else {
            Target::Topic { id: title.clone() }
        },
        lang,
        title,
        also,
        lines,
    })
}

fn parts(document: &Document) -> [(u8, String); 3] {
    [(TITLE, document.title.clone()), (ALSO, document.also.clone()), (BODY, document.lines.join(" "))]
}

/// How many words of a document, alike counted once, begin so.
fn count(document: &Document, prefix: &str) -> usize {
    let text = parts(document).map(|(_, text)| text).join(" ");
    let words: std::collections::BTreeSet<&str> = text.split(' ').filter(|word| word.starts_with(prefix)).collect();
    words.len()
}

/// Every document with its score, by the rules alone: those with none left out, the best first, alike in their order.
fn ranked<'a>(documents: &'a [Document], asked: &[Vec<String>], lang: Lang) -> Vec<&'a Document> {
    let count_of = |prefix: &String| documents.iter().map(|document| count(document, prefix)).sum::<usize>();
    let tells = |word: &&Vec<String>| word.iter().all(|prefix| count_of(prefix) * COMMON <= documents.len());
    let says = |word: &&Vec<String>| word.iter().all(|prefix| !words::tells_nothing(prefix));
    let mut words: Vec<_> = asked.iter().filter(says).filter(tells).collect();
    if words.is_empty() {
        words = asked.iter().filter(says).collect();
    }
    if words.is_empty() {
        words = asked.iter().collect();
    }
    let of_word = |document: &Document, prefixes: &Vec<String>| {
        let of_prefix = |(distance, prefix): (usize, &String)| {
            if document.is_place() && !names_a_place(prefixes, distance) {
                return 0.0;
            }
            let whole = distance == 0 && prefix.chars().count() > 1;
            let stands = parts(document).into_iter().filter(|(part, text)| {
                (whole || *part != BODY) && text.split(' ').any(|word| word.starts_with(prefix.as_str()))
            });
            let weight = |part| WORTH.iter().find(|(one, _)| *one == part).unwrap().1;
            let worth: f64 = stands.map(|(part, _)| weight(part)).sum();
            worth * (documents.len() as f64 / count_of(prefix).max(1) as f64).ln().max(0.1)
        };
        prefixes.iter().enumerate().map(of_prefix).sum()
    };
    let score = |document: &Document| {
        let scores: Vec<f64> = words.iter().map(|word| of_word(document, word)).filter(|score| *score > 0.0).collect();
        let own = if document.lang == Some(lang) { OWN_LANGUAGE } else { 1.0 };
        scores.iter().sum::<f64>() * own * (1.0 + EACH_WORD_MORE * (scores.len() as f64 - 1.0))
    };
    let mut scored: Vec<_> = documents.iter().map(|document| (score(document), document)).collect();
    scored.retain(|(score, _)| *score > 0.0);
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().map(|(_, document)| document).collect()
}

proptest! {
    #[test]
    fn the_best_are_those_that_a_reading_of_all_would_choose(
        documents in vec(document(), 1..40),
        asked in vec(vec(WORDS, 1..4), 0..4),
        lang in select(Lang::ALL.to_vec()),
    ) {
        let index = Index::new(documents.clone());
        let found = index.find(&asked, lang);
        let (places, texts): (Vec<_>, Vec<_>) =
            ranked(&documents, &asked, lang).into_iter().partition(|document| document.is_place());
        prop_assert_eq!(found.texts.map(|told| told.document).collect::<Vec<_>>(), texts);
        prop_assert_eq!(found.places.map(|told| told.document).collect::<Vec<_>>(), places);
    }
}
