//! Safety recommendations that stand, by topic.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::words::{Lang, Source};

/// The situations that topics are grouped by, in the order of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Danger,
    Stuck,
    Leaving,
    Trouble,
    Health,
    Nature,
    People,
    Before,
}

/// One topic. The ministry's own are whole in three languages; one that is not is shown in those it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// A word of its own: a topic of the bulletin takes the place of the shipped one.
    pub id: String,
    pub group: Group,
    /// Place within all topics, from 1.
    pub order: u32,
    /// Name of a picture the app has; another one is shown as a plain sign.
    pub icon: String,
    /// The travel levels at which a country's page offers it unasked.
    #[serde(default)]
    pub levels: Vec<u8>,
    /// Leaves no trace of having been read.
    #[serde(default)]
    pub private: bool,
    /// The day a person last reviewed it.
    #[ts(type = "string")]
    #[schema(value_type = String, format = Date)]
    pub reviewed: Date,
    pub sources: Vec<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kk: Option<TopicText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ru: Option<TopicText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<TopicText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicText {
    pub title: String,
    pub summary: String,
    /// What to do now, in order.
    pub steps: Vec<String>,
    pub why: String,
    pub whom: String,
    /// What people type for it.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Topic {
    pub fn text(&self, lang: Lang) -> Option<&TopicText> {
        match lang {
            Lang::Kk => self.kk.as_ref(),
            Lang::Ru => self.ru.as_ref(),
            Lang::En => self.en.as_ref(),
        }
    }
}
