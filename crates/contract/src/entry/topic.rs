//! Safety recommendations that stand, by topic.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    open_enum::open_enum,
    words::{Source, Texts},
};

open_enum! {
    /// The situations that topics are grouped by, in the order of the screen.
    #[derive(PartialOrd, Ord)]
    pub enum Group {
        /// An attack, a fire, a shot.
        Danger,
        /// No way on, no network, no power.
        Stuck,
        /// On the way out.
        Leaving,
        /// Papers, police, money, violence.
        Trouble,
        /// Illness and accidents.
        Health,
        /// Floods, heat, earthquakes.
        Nature,
        /// Children, pilgrims, and others with needs of their own.
        People,
        /// What to do before a trip.
        Before,
    }
    /// Stands after the others.
    other
}

/// One topic. The ministry's own are whole in its languages; one that is not is shown in those it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Topic {
    /// A word of its own: a topic of the bulletin takes the place of the shipped one.
    pub id: String,
    /// The situation it belongs to.
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
    /// Where its advice comes from.
    pub sources: Vec<Source>,
    /// One text a language.
    pub texts: Texts<TopicText>,
}

/// A topic in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct TopicText {
    /// What a list shows.
    pub title: String,
    /// The one thing to do, in a sentence.
    pub summary: String,
    /// What to do now, in order.
    pub steps: Vec<String>,
    /// The reason, after what to do.
    pub why: String,
    /// Whom to contact.
    pub whom: String,
    /// What people type for it.
    #[serde(default)]
    pub also: Vec<String>,
}
