//! Safety recommendations that stand, shipped with the app in three languages.

use contract::words::Lang;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One topic in all three languages.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    /// Place in the list, from 1.
    pub order: u32,
    /// Name of a lucide icon.
    pub icon: String,
    /// The day a person last reviewed it.
    pub reviewed: String,
    pub sources: Vec<Source>,
    pub kk: TopicText,
    pub ru: TopicText,
    pub en: TopicText,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub title: String,
    pub url: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TopicText {
    pub title: String,
    pub summary: String,
    /// What to do now, in order.
    pub steps: Vec<String>,
    pub why: String,
    pub whom: String,
}

impl Topic {
    pub fn text(&self, lang: Lang) -> &TopicText {
        match lang {
            Lang::Kk => &self.kk,
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }
}
