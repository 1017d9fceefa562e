//! Names of languages, as alerts write them, made BCP 47.

use contract::words::Tag;

/// Other code, code of BCP 47.
const OTHER_CODES: &str = include_str!("../../data/languages.tsv");
/// What CAP says an alert is in that names no language.
const UNSAID: &str = "en-US";

/// The canonical tag: `ru_RU` is `ru-RU`, `kaz` and `kz` are `kk`; what is impossible is `und`.
pub fn tag(said: Option<&str>) -> Tag {
    let said = said.map(str::trim).filter(|said| !said.is_empty()).unwrap_or(UNSAID);
    read(said).unwrap_or_else(Tag::undetermined)
}

fn read(said: &str) -> Option<Tag> {
    // "ru_RU.UTF-8", as systems write it
    let said = said.split(['.', '@']).next()?.trim().replace('_', "-");
    let (language, rest) = said.split_once('-').unwrap_or((&said, ""));
    let language = language.to_ascii_lowercase();
    // longer ones are reserved by BCP 47, and single letters begin private tags
    if !(2..=3).contains(&language.len()) {
        return None;
    }
    let language = in_two_letters(&language).unwrap_or(&language);
    let whole = if rest.is_empty() { language.to_owned() } else { format!("{language}-{rest}") };
    whole.parse().ok()
}

fn in_two_letters(code: &str) -> Option<&'static str> {
    OTHER_CODES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| line.strip_prefix(code)?.strip_prefix('\t'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_are_made_canonical_and_known_mistakes_are_understood() {
        for (said, canonical) in [
            ("ru_RU", "ru-RU"),
            ("rus", "ru"),
            ("kz", "kk"),
            ("KAZ", "kk"),
            ("kz-KZ", "kk-KZ"),
            ("eng", "en"),
            ("EN-us", "en-US"),
            (" kk_KZ.UTF-8 ", "kk-KZ"),
            ("ger", "de"),
            ("deu", "de"),
            ("de-LS", "de-LS"),
            ("zh_Hant_TW", "zh-Hant-TW"),
            ("krc", "krc"),
            ("ua", "uk"),
        ] {
            assert_eq!(tag(Some(said)).as_str(), canonical, "{said}");
        }
    }

    #[test]
    fn an_impossible_tag_is_undetermined_and_none_is_english() {
        for impossible in [
            "Indonesian",
            "English",
            "русский",
            "x",
            "e",
            "en--US",
            "en US",
            "x-private",
            "en-abcdefghij",
            &"en-abcde".repeat(9),
        ] {
            assert_eq!(tag(Some(impossible)), Tag::undetermined(), "{impossible}");
        }
        assert_eq!(tag(None).as_str(), "en-US");
        assert_eq!(tag(Some(" ")).as_str(), "en-US");
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_tag_that_stays_as_it_is(said in "[A-Za-z_.-]{0,12}|\\PC{0,20}") {
            let once = tag(Some(&said));
            prop_assert_eq!(tag(Some(once.as_str())), once.clone());
            // xs:language
            prop_assert!(once.as_str().split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())));
        }
    }
}
