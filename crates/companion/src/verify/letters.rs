//! Letters of another alphabet that pass for those of the word they stand in.

/// The Latin letters of Cyrillic words and the Cyrillic ones of Latin words, each once. A name with an ending of the other
/// alphabet has letters that pass for none.
pub fn false_letters(text: &str) -> String {
    let mut letters: Vec<char> = Vec::new();
    for word in text.split(|letter: char| !letter.is_alphabetic()) {
        let (latin, cyrillic): (Vec<char>, Vec<char>) = word.chars().partition(char::is_ascii_alphabetic);
        let (fewer, alike) = if latin.len() < cyrillic.len() { (latin, LATIN) } else { (cyrillic, CYRILLIC) };
        if fewer.iter().all(|letter| alike.contains(*letter)) {
            letters.extend(fewer);
        }
    }
    letters.sort_unstable();
    letters.dedup();
    letters.into_iter().collect()
}

/// Those that pass for a Cyrillic one.
const LATIN: &str = "ABCEHIJKMOPSTXYaceijkopsuxyh";
/// Those that pass for a Latin one.
const CYRILLIC: &str = "АВСЕНІЈКМОРЅТХУҮасеіјкорѕухһԁү";
