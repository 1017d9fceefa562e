//! How people type: without capitals, accents, ё or the letters that Russian and Latin keyboards lack.

/// Lower case, plain letters, single spaces.
pub(crate) fn fold(text: &str) -> String {
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

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
