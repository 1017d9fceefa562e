//! How people type: without capitals, accents, ё or the letters that Russian and Latin keyboards lack, in Latin
//! letters, on the wrong keyboard layout, and with a slip.

/// A slip is looked for in words of at least this many letters.
const SHORTEST_WITH_SLIP: usize = 5;

/// Lower case, plain letters, single spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{300}'..='\u{36f}' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ь' | 'ъ' => {}
            _ if letter.is_alphanumeric() => folded.push(plain(letter)),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn plain(letter: char) -> char {
    match letter {
        'ә' => 'а',
        'ё' | 'є' => 'е',
        'і' | 'ї' | 'й' => 'и',
        'ө' => 'о',
        'ү' | 'ұ' | 'ў' => 'у',
        'ғ' | 'ґ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'һ' => 'х',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ə' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// A folded text as it sounds, in Latin letters: what "шымкент", "shymkent" and "şımkent" have in common. Of several
/// spellings of a sound one is kept, and no letter is doubled.
pub fn sound(folded: &str) -> String {
    let mut heard = String::with_capacity(folded.len());
    let mut latin = folded.chars().flat_map(latin_of).flatten();
    let mut next = latin.next();
    while let Some(letter) = next {
        next = latin.next();
        if letter == 'c' && next == Some('h') {
            next = latin.next();
            // "sch" and "shch" are "sh"
            if heard.ends_with('s') {
                heard.push('h');
            } else if !heard.ends_with("sh") {
                hear(&mut heard, 'č');
            }
            continue;
        }
        match letter {
            'q' | 'c' => hear(&mut heard, 'k'),
            'w' => hear(&mut heard, 'v'),
            'y' => hear(&mut heard, 'i'),
            'x' => {
                hear(&mut heard, 'k');
                hear(&mut heard, 's');
            }
            other => hear(&mut heard, other),
        }
    }
    heard
}

/// Adds a letter, as one sound with the letter before it where they are one.
fn hear(heard: &mut String, letter: char) {
    let one = match (heard.chars().next_back(), letter) {
        (Some('k'), 'h') => Some('h'),
        (Some('z'), 'h') | (Some('d'), 'j') => Some('j'),
        (Some('p'), 'h') => Some('f'),
        (Some('i'), 'e') => Some('e'),
        (Some(last), letter) if last == letter => return,
        (Some(_) | None, _) => None,
    };
    if let Some(one) = one {
        heard.pop();
        hear(heard, one);
    } else {
        heard.push(letter);
    }
}

/// One letter or two.
fn latin_of(letter: char) -> [Option<char>; 2] {
    let (first, second) = match letter {
        'а' => ('a', None),
        'б' => ('b', None),
        'в' => ('v', None),
        'г' => ('g', None),
        'д' => ('d', None),
        'е' | 'э' => ('e', None),
        'ж' => ('j', None),
        'з' => ('z', None),
        'и' | 'ы' => ('i', None),
        'к' => ('k', None),
        'л' => ('l', None),
        'м' => ('m', None),
        'н' => ('n', None),
        'о' => ('o', None),
        'п' => ('p', None),
        'р' => ('r', None),
        'с' => ('s', None),
        'т' => ('t', None),
        'у' => ('u', None),
        'ф' => ('f', None),
        'х' => ('h', None),
        'ц' => ('t', Some('s')),
        'ч' => ('c', Some('h')),
        'ш' | 'щ' => ('s', Some('h')),
        'ю' => ('i', Some('u')),
        'я' => ('i', Some('a')),
        other => (other, None),
    };
    [Some(first), second]
}

/// The same keys of a keyboard, letter by letter: Latin, Russian, and Kazakh where it differs. The digits of a
/// Latin keyboard are letters on a Kazakh one.
const LATIN_KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const RUSSIAN_KEYS: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";
const LATIN_DIGITS: &str = "234589-=0";
const KAZAKH_DIGITS: &str = "әіңғүұөһқ";

/// What the same keys give on the layout that was meant, unfolded; `None` where nothing would change. Among Cyrillic
/// letters a digit was meant as a Kazakh one.
pub fn other_layout(typed: &str) -> Option<String> {
    let typed = typed.to_lowercase();
    let digits = || LATIN_DIGITS.chars().zip(KAZAKH_DIGITS.chars());
    let letters = || LATIN_KEYS.chars().zip(RUSSIAN_KEYS.chars());
    let press = |keys: &dyn Fn(char) -> Option<char>| typed.chars().map(|key| keys(key).unwrap_or(key)).collect();
    let cyrillic = |key| letters().chain(digits()).find(|pair| pair.0 == key).map(|pair| pair.1);
    let kazakh = |key| digits().find(|pair| pair.0 == key).map(|pair| pair.1);
    let latin = |key| letters().find(|pair| pair.1 == key).map(|pair| pair.0);
    let turned: String = if typed.contains(|letter: char| letter.is_ascii_alphabetic()) {
        press(&cyrillic)
    } else if typed.contains(|key| kazakh(key).is_some()) && typed.contains(|key| latin(key).is_some()) {
        press(&kazakh)
    } else {
        press(&latin)
    };
    (turned != typed).then_some(turned)
}

/// Whether `name` begins with `typed` but for one slip: a letter wrong, missing, doubled, or two swapped. The first
/// letter is always right, and a short word has no slip.
pub fn begins_but_for_a_slip(name: &str, typed: &str) -> bool {
    if typed.chars().nth(SHORTEST_WITH_SLIP - 1).is_none() {
        return false;
    }
    let mut letters = typed.char_indices().zip(name.chars());
    let Some(((at, _), _)) = letters.find(|((_, typed), named)| typed != named) else {
        // nothing differs as far as the shorter goes: it begins so, or its last letter is one too many
        let missing = name.chars().count().checked_sub(typed.chars().count());
        return missing.is_some() || typed.chars().count() == name.chars().count() + 1;
    };
    let (typed, named) = (&typed[at..], &name[at..]);
    if at == 0 {
        return false;
    }
    let (after_typed, after_named) = (after_first(typed), after_first(named));
    let swapped = first(typed) == first(after_named) && first(named) == first(after_typed);
    after_named.starts_with(after_typed)
        || named.starts_with(after_typed)
        || after_named.starts_with(typed)
        || (swapped && after_first(after_named).starts_with(after_first(after_typed)))
}

/// The first letter; nothing of an empty text.
pub fn first_letter(text: &str) -> &str {
    &text[..text.len() - after_first(text).len()]
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

fn after_first(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}

#[cfg(test)]
pub(crate) fn foreign_letter(text: &str, lang: contract::words::Lang) -> Option<char> {
    use contract::words::Lang;
    let own = |letter: char| match lang {
        Lang::Kk => ('а'..='я').contains(&letter) || "ёәғқңөұүһі".contains(letter),
        Lang::Ru => ('а'..='я').contains(&letter) || letter == 'ё',
        Lang::En => letter.is_ascii_lowercase(),
    };
    text.chars().flat_map(char::to_lowercase).find(|letter| letter.is_alphabetic() && !own(*letter))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn kazakh_letters_yo_accents_and_case_do_not_matter() {
        assert_eq!(fold("Қазақстан"), fold("КАЗАКСТАН"));
        assert_eq!(fold("Орёл"), fold("орел"));
        assert_eq!(fold("Malé"), "male");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(fold("Xi’an"), "xian");
        assert_eq!(fold("  Шарм-эль-Шейх "), "шарм эл шеих");
    }

    #[test]
    fn one_sound_has_many_spellings() {
        let sounds = |text: &str| sound(&fold(text));
        for (one, other) in [
            ("Шымкент", "shymkent"),
            ("Қызылорда", "kyzylorda"),
            ("Қызылорда", "qyzylorda"),
            ("Москва", "moskwa"),
            ("Джидда", "Jidda"),
            ("Түркия", "turkiya"),
            ("Хургада", "khurgada"),
            ("Канада", "Canada"),
            ("Чехия", "chehiya"),
            ("Назарбаев", "Nazarbayev"),
        ] {
            assert_eq!(sounds(one), sounds(other), "{one} and {other}");
        }
        assert_ne!(sounds("Чад"), sounds("Кад"));
    }

    #[test]
    fn the_same_keys_of_another_layout_give_the_word_meant() {
        for (typed, meant) in [
            ("le,fq", "дубай"),
            ("вгифш", "dubai"),
            ("cnfv,ek", "стамбул"),
            ("0fpf0cnfy", "қазақстан"),
            ("RPSKJHLF", "кзылорда"),
            ("0аза0стан", "қазақстан"),
            ("а0т-бе", "ақтөбе"),
        ] {
            assert_eq!(other_layout(typed).as_deref(), Some(meant));
        }
        assert_eq!(other_layout("12"), None);
        assert_eq!(other_layout(""), None);
    }

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for typed in ["стмабул", "стамбл", "стаамбул", "стомбул", "стамбулл", "стамб", "стмаб"]
        {
            assert!(begins_but_for_a_slip("стамбул", typed), "{typed}");
        }
        for typed in ["мтамбул", "стмбл", "стоибул", "стам", "стмб", "самбулл"] {
            assert!(!begins_but_for_a_slip("стамбул", typed), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_slip_anywhere_after_the_first_letter_is_forgiven(
            name in "[а-я]{5,12}", at in 1..5_usize, wrong in proptest::char::range('а', 'я'), kind in 0..3_u8,
        ) {
            let mut letters: Vec<char> = name.chars().collect();
            match kind {
                0 => letters[at] = wrong,
                1 => letters.insert(at, wrong),
                _swap => {
                    prop_assume!(at + 1 < letters.len());
                    letters.swap(at, at + 1);
                }
            }
            let typed: String = letters.into_iter().collect();
            prop_assert!(begins_but_for_a_slip(&name, &typed), "{}", typed);
        }

        #[test]
        fn any_two_texts_can_be_compared(name in any::<String>(), typed in any::<String>()) {
            begins_but_for_a_slip(&name, &typed);
            other_layout(&typed);
            sound(&fold(&typed));
        }

        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
