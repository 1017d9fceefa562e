use proptest::prelude::*;

use super::*;

fn tag(text: &str) -> Tag {
    text.parse().unwrap()
}

fn words(pairs: &[(&str, &str)]) -> Words {
    pairs.iter().map(|(name, text)| (tag(name), (*text).to_owned())).collect()
}

fn shown(pairs: &[(&str, &str)], reader: &str, ministry: &[&str]) -> String {
    let order: Vec<Tag> = ministry.iter().map(|name| tag(name)).collect();
    words(pairs).shown(&Preference::new(tag(reader), &order)).to_owned()
}

#[test]
fn a_system_locale_gives_its_language_and_an_unknown_one_gives_none() {
    assert_eq!(Lang::from_tag("kk_KZ.UTF-8"), Some(Lang::Kk));
    assert_eq!(Lang::from_tag("RU-ru"), Some(Lang::Ru));
    assert_eq!(Lang::from_tag("C"), None);
    assert_eq!(Lang::from_tag("krc"), None);
}

#[test]
fn a_tag_is_kept_in_its_canonical_case() {
    for (written, canonical) in [("KK", "kk"), ("kk-latn", "kk-Latn"), ("zh-hant-tw", "zh-Hant-TW"), ("ru-ru", "ru-RU")]
    {
        assert_eq!(tag(written).as_str(), canonical);
    }
    for impossible in ["", "ru_RU", "languagewithaverylongname", "-kk", "kk-", "қаз", &"a-bcdef".repeat(9)] {
        assert_eq!(impossible.parse::<Tag>(), Err(InvalidTag), "{impossible}");
    }
}

#[test]
fn a_text_is_looked_up_in_the_readers_language_then_in_the_ministrys_order() {
    let texts = [("kk", "K"), ("ru", "R"), ("en", "E")];
    assert_eq!(shown(&texts, "ru", &["kk", "ru", "en"]), "R");
    assert_eq!(shown(&texts, "ru-KZ", &["kk"]), "R");
    assert_eq!(shown(&texts, "uz", &["ru", "en"]), "R");
    assert_eq!(shown(&texts, "uz", &["fr", "en"]), "E");
    assert_eq!(shown(&[("uz", "U"), ("ru", "R")], "kk", &["uz", "ru"]), "U");
    assert_eq!(shown(&[("zh-Hant", "T"), ("en", "E")], "zh-Hant-TW", &["en"]), "T");
    assert_eq!(shown(&[("fr", "F")], "kk", &["ru"]), "F", "some text is better than none");
    assert_eq!(shown(&[], "kk", &["ru"]), "");
}

#[test]
fn a_more_special_text_than_the_reader_asked_for_is_no_match() {
    assert_eq!(shown(&[("kk-Latn", "L"), ("ru", "R")], "kk", &["ru"]), "R");
}

#[test]
fn what_introduces_an_extension_is_not_looked_up_alone() {
    let fallbacks: Vec<_> = tag("de-a-foo-b-bar").fallbacks().map(str::to_owned).collect();
    assert_eq!(fallbacks, ["de-a-foo-b-bar", "de-a-foo", "de"]);
}

#[test]
fn one_language_twice_is_refused_and_an_impossible_one_left_out() {
    for twice in [r#"{"en":"a","en":"b"}"#, r#"{"en":"a","EN":"b"}"#] {
        assert!(serde_json::from_str::<Words>(twice).unwrap_err().to_string().contains("given twice"), "{twice}");
    }
    let read: Words = serde_json::from_str(r#"{"en":"a","not a tag":"b"}"#).unwrap();
    assert_eq!(read, words(&[("en", "a")]));
}

#[test]
fn words_are_complete_in_the_languages_asked_for() {
    let languages = [tag("kk"), tag("ru"), tag("en")];
    assert!(Words::new("а", "б", "c").is_complete(&languages));
    for blank in ["", " ", "\u{200b}", "\u{202e} \u{2066}", "\u{feff}\n"] {
        assert!(!Words::new("а", blank, "c").is_complete(&languages), "{blank:?}");
    }
    assert!(!words(&[("en", "a")]).is_complete(&languages));
    assert!(words(&[("en", "a")]).is_complete(&languages[2..]));
}

proptest! {
    #[test]
    fn a_canonical_tag_stays_as_it_is(text in "[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2})?") {
        let once = tag(&text);
        prop_assert_eq!(tag(once.as_str()), once);
    }

    #[test]
    fn any_text_is_a_tag_or_none(text in any::<String>()) {
        if let Ok(tag) = text.parse::<Tag>() {
            prop_assert!(tag.as_str().is_ascii() && tag.as_str().len() <= LONGEST_TAG);
        }
    }
}
