//! Letters of another alphabet that pass for those of the word they stand in, and such as are typed for others.

/// The Latin letters of Cyrillic words and the Cyrillic ones of Latin words, each once. A name with an ending of the other
/// alphabet has letters that pass for none.
pub fn false_letters(text: &str) -> String {
    let mut letters: Vec<char> = Vec::new();
    for word in text.split(|letter: char| !letter.is_alphabetic()) {
        let latin: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
        let cyrillic: Vec<char> = word.chars().filter(|letter| is_cyrillic(*letter)).collect();
        let (fewer, alike) = if latin.len() < cyrillic.len() { (latin, LATIN) } else { (cyrillic, CYRILLIC) };
        if fewer.iter().all(|letter| alike.contains(*letter)) {
            letters.extend(fewer);
        }
    }
    letters.sort_unstable();
    letters.dedup();
    letters.into_iter().collect()
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}')
}

/// Whether two words are the same where one is typed with no letters but the Russian ones.
pub fn are_alike(one: &str, other: &str) -> bool {
    one.chars().map(as_russian).eq(other.chars().map(as_russian))
}

/// The letter that is typed for a Kazakh one.
fn as_russian(letter: char) -> char {
    match letter {
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'һ' => 'х',
        'і' => 'и',
        other => other,
    }
}

/// Those that pass for a Cyrillic one.
const LATIN: &str = "ABCEHIJKMOPSTXYaceijkopsuxyh";
/// Those that pass for a Latin one.
const CYRILLIC: &str = "АВСЕНІЈКМОРЅТХУҮасеіјкорѕухһԁү";
