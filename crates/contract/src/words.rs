//! Text people read, and the language it is in.

use std::{borrow::Borrow, collections::BTreeMap, fmt, marker::PhantomData, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, MapAccess, Visitor},
};

/// The languages of the app's own words. A ministry names its languages in its profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Lang {
    /// In the order in which the app offers them.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// The order in which the app's own words are looked for: the reader's language, then kk, ru, en.
    pub fn preferred(self) -> impl Iterator<Item = Self> {
        std::iter::once(self).chain(Self::ALL.into_iter().filter(move |lang| *lang != self))
    }

    /// Of one thing in each language, in the order of [`Lang::ALL`], the one in this.
    pub fn of<T>(self, [kk, ru, en]: [T; 3]) -> T {
        match self {
            Self::Kk => kk,
            Self::Ru => ru,
            Self::En => en,
        }
    }

    /// The language of a BCP 47 tag or POSIX locale ("kk", "ru-RU", "en_US.UTF-8"), if it is one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next()?;
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// As BCP 47 writes it.
    pub fn tag(self) -> &'static str {
        self.of(["kk", "ru", "en"])
    }
}

/// A language: a BCP 47 tag in its canonical case (`kk`, `ru`, `kk-Latn`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
#[schema(value_type = String, min_length = 2, max_length = 35)]
pub struct Tag(String);

/// Room for language, script, region and a variant or two; no text is in a language with a longer name.
const LONGEST_TAG: usize = 35;

/// Not a language tag of BCP 47 in canonical case.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a language tag")]
pub struct InvalidTag;

impl Tag {
    /// For a text whose language is not known.
    pub fn undetermined() -> Self {
        Self("und".to_owned())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag and what it falls back to, RFC 4647, 3.4: `zh-Hant-TW`, `zh-Hant`, `zh`.
    fn fallbacks(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.as_str()), |tag| {
            let (shorter, _) = tag.rsplit_once('-')?;
            // a single letter only introduces what follows it
            match shorter.rsplit_once('-') {
                Some((before, last)) if last.len() == 1 => Some(before),
                Some(_) | None => Some(shorter),
            }
        })
    }
}

impl FromStr for Tag {
    type Err = InvalidTag;

    fn from_str(text: &str) -> Result<Self, InvalidTag> {
        if text.len() > LONGEST_TAG {
            return Err(InvalidTag);
        }
        oxilangtag::LanguageTag::parse_and_normalize(text).map(|tag| Self(tag.into_inner())).map_err(|_| InvalidTag)
    }
}

impl TryFrom<String> for Tag {
    type Error = InvalidTag;

    fn try_from(text: String) -> Result<Self, InvalidTag> {
        text.parse()
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

impl From<Lang> for Tag {
    fn from(lang: Lang) -> Self {
        Self(lang.tag().to_owned())
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Tag {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// In which order a text is looked for: the reader's language, then the ministry's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference(Vec<Tag>);

impl Preference {
    /// `reader`'s language first, then the `ministry`'s in its order.
    pub fn new(reader: impl Into<Tag>, ministry: &[Tag]) -> Self {
        let mut order = vec![reader.into()];
        order.extend(ministry.iter().cloned());
        Self(order)
    }
}

/// One text, or one set of texts, for each of some languages. On the wire: an object by tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Texts<T>(BTreeMap<Tag, T>);

/// A text in some languages.
pub type Words = Texts<String>;

impl<T> Default for Texts<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Texts<T> {
    /// The text in exactly this language.
    pub fn get(&self, tag: &str) -> Option<&T> {
        self.0.get(tag)
    }

    /// The text a reader is shown and its language: RFC 4647 lookup for each wanted language in turn, else any.
    pub fn best(&self, wanted: &Preference) -> Option<(&Tag, &T)> {
        let found = wanted.0.iter().find_map(|tag| tag.fallbacks().find_map(|tag| self.0.get_key_value(tag)));
        found.or_else(|| self.0.iter().next())
    }

    /// Puts a text in, and gives the one it replaces.
    pub fn insert(&mut self, tag: Tag, text: T) -> Option<T> {
        self.0.insert(tag, text)
    }

    /// Each text with its tag, by tag.
    pub fn iter(&self) -> impl Iterator<Item = (&Tag, &T)> {
        self.0.iter()
    }

    /// The languages there are.
    pub fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.0.keys()
    }

    /// No text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many languages there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<T> FromIterator<(Tag, T)> for Texts<T> {
    fn from_iter<I: IntoIterator<Item = (Tag, T)>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}

impl Words {
    /// A text in the app's own three languages.
    pub fn new(kk: impl Into<String>, ru: impl Into<String>, en: impl Into<String>) -> Self {
        Lang::ALL.into_iter().map(Tag::from).zip([kk.into(), ru.into(), en.into()]).collect()
    }

    /// What a reader is shown; empty where there is no text at all.
    pub fn shown(&self, wanted: &Preference) -> &str {
        self.best(wanted).map_or("", |(_, text)| text)
    }

    /// False where one of `languages` is missing or blank.
    pub fn is_complete(&self, languages: &[Tag]) -> bool {
        languages.iter().all(|tag| self.0.get(tag).is_some_and(|text| !is_blank(text)))
    }
}

/// Nothing that a reader could see: white space, and marks without width.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Characters without width, and those that turn the direction of what follows.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A text in a language whose tag is impossible is left out; one language named twice spoils the whole.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Texts<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByTag<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ByTag<T> {
            type Value = Texts<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts by language tag")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts<T>, A::Error> {
                let mut texts = Texts::default();
                while let Some(name) = map.next_key::<String>()? {
                    match name.parse::<Tag>() {
                        Ok(tag) => {
                            if texts.insert(tag, map.next_value()?).is_some() {
                                return Err(de::Error::custom(format!("the language {name} is given twice")));
                            }
                        }
                        Err(InvalidTag) => {
                            map.next_value::<de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(texts)
            }
        }

        deserializer.deserialize_map(ByTag(PhantomData))
    }
}

/// Where a fact or an advice comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Source {
    /// In its own language.
    pub title: String,
    /// `https`.
    pub url: String,
}

#[cfg(test)]
mod tests;
