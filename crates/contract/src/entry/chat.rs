//! Messenger groups of the missions and the ministry.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ids::EntryId, open_enum::open_enum, words::Words};

/// A mission's messenger group, or the ministry's where `mission` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Chat {
    /// The mission's entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<EntryId>,
    /// What the group is called.
    pub name: Words,
    /// Where it opens.
    pub link: ChatLink,
    /// True for a link that leads nowhere; DEMO is said wherever it shows.
    #[serde(default)]
    pub demo: bool,
    /// When somebody last tried it.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub verified_at: Timestamp,
}

/// Where a messenger opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct ChatLink {
    /// Whose app or page opens.
    pub messenger: Messenger,
    /// `https`, on the messenger's own host.
    pub url: String,
}

open_enum! {
    /// Whose app a chat is in.
    pub enum Messenger {
        /// `t.me`
        Telegram,
        /// `wa.me`, `chat.whatsapp.com`
        Whatsapp,
        /// `signal.group`, `signal.me`
        Signal,
        /// A page of the ministry's own.
        Web,
    }
    /// Opened as a page.
    other
}
