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
fn texts_are_listed_by_tag_and_one_takes_the_place_of_another() {
    let mut texts = words(&[("ru", "R"), ("en", "E")]);
    assert_eq!(texts.tags().map(Tag::as_str).collect::<Vec<_>>(), ["en", "ru"]);
    let listed: Vec<_> = texts.iter().map(|(tag, text)| (tag.as_str(), text.as_str())).collect();
    assert_eq!(listed, [("en", "E"), ("ru", "R")]);
    assert_eq!(texts.insert(tag("en"), "F".into()), Some("E".into()));
    assert_eq!(texts.insert(tag("kk"), "K".into()), None);
    assert_eq!((texts.len(), texts.get("en").map(String::as_str), texts.get("uz")), (3, Some("F"), None));
    assert!(!texts.is_empty() && Words::default().is_empty());
}

#[test]
fn the_apps_own_words_are_looked_for_in_the_readers_language_first() {
    let preferred = |lang: Lang| lang.preferred().map(Lang::tag).collect::<Vec<_>>();
    assert_eq!(preferred(Lang::Kk), ["kk", "ru", "en"]);
    assert_eq!(preferred(Lang::Ru), ["ru", "kk", "en"]);
    assert_eq!(preferred(Lang::En), ["en", "kk", "ru"]);
}

#[test]
fn a_tag_is_written_as_it_is() {
    assert_eq!(tag("kk-latn").to_string(), "kk-Latn");
    assert_eq!(Tag::from(Lang::Ru).as_str(), "ru");
    assert_eq!(Tag::undetermined().as_str(), "und");
    assert_eq!(tag(&"a".repeat(8)).as_str().len(), 8);
    let longest = format!("de-a-{}", ["abcdefgh"; 3].join("-"));
    assert!(longest.len() < LONGEST_TAG && longest.parse::<Tag>().is_ok());
    let whole = "de-latn-de-1996-a-abcdefgh-bcdefghi";
    assert_eq!((whole.len(), whole.parse::<Tag>().is_ok()), (LONGEST_TAG, true));
}

#[test]
fn what_a_reader_could_not_see_is_blank() {
    for blank in ["", " \t\n", "\u{0}\u{7}", "\u{ad}\u{200d}\u{2060}\u{feff}", "\u{a0}\u{3000}"] {
        assert!(is_blank(blank), "{blank:?}");
    }
    for seen in ["a", " . ", "\u{200b}қ"] {
        assert!(!is_blank(seen), "{seen:?}");
    }
    assert!(is_invisible('\u{200b}') && !is_invisible(' ') && !is_invisible('a'));
}

#[test]
fn one_language_twice_is_refused_and_an_impossible_one_left_out() {
    for twice in [r#"{"en":"a","en":"b"}"#, r#"{"en":"a","EN":"b"}"#] {
        assert!(serde_json::from_str::<Words>(twice).unwrap_err().to_string().contains("given twice"), "{twice}");
    }
    assert!(serde_json::from_str::<Words>("3").unwrap_err().to_string().contains("texts by language tag"));
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
