//! Text people read, and the language it is in.

use serde::{Deserialize, Serialize};

/// The languages every text of the ministry exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    Kk,
    Ru,
    En,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// The order in which a text is looked for: the reader's language, then kk, ru, en.
    pub fn preferred(self) -> impl Iterator<Item = Self> {
        std::iter::once(self).chain(Self::ALL.into_iter().filter(move |lang| *lang != self))
    }

    /// The language of a BCP 47 tag or POSIX locale ("kk", "ru-RU", "en_US.UTF-8"), if it is one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next()?;
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    pub fn tag(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// One text in all three languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub kk: String,
    pub ru: String,
    pub en: String,
}

impl Words {
    pub fn new(kk: impl Into<String>, ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self { kk: kk.into(), ru: ru.into(), en: en.into() }
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Kk => &self.kk,
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }

    /// False where a language is missing or blank.
    pub fn is_complete(&self) -> bool {
        Lang::ALL.iter().all(|lang| !self.get(*lang).trim().is_empty())
    }
}

/// Where a fact or an advice comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// In its own language.
    pub title: String,
    /// `https`.
    pub url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_locale_gives_its_language_and_an_unknown_one_gives_none() {
        assert_eq!(Lang::from_tag("kk_KZ.UTF-8"), Some(Lang::Kk));
        assert_eq!(Lang::from_tag("RU-ru"), Some(Lang::Ru));
        assert_eq!(Lang::from_tag("C"), None);
        assert_eq!(Lang::from_tag("krc"), None);
    }

    #[test]
    fn blank_words_are_not_complete() {
        assert!(Words::new("а", "б", "c").is_complete());
        assert!(!Words::new("а", " ", "c").is_complete());
    }
}
