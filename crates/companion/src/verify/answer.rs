//! What can be said of a text that somebody passed on.

use std::sync::Arc;

use contract::{entry::advisory::Severity, words::Words};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::words::Sentence;
use crate::{advisories::AdvisoryState, concern::Concern, search::Target};

/// Words that the app itself shows with a word of the ministry, in one language: where they stand in a text, they are
/// the ministry's too.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct Printed {
    /// As they are shown.
    pub words: String,
    /// With which word.
    pub with: With,
}

/// The words of the ministry with which something is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum With {
    /// Each warning.
    Warning,
    /// Each warning of this severity.
    Severity {
        /// Of a part.
        severity: Severity,
    },
    /// Each country's level of this height.
    Level {
        /// 1 to 4.
        level: u8,
    },
    /// Each topic.
    Topic,
    /// Each warning of the ministry's own.
    OwnWarning,
    /// Each warning that the ministry passes on; `{sender}` is whose it is.
    RelayedWarning,
    /// Each warning, in a line of its own; `{when}` is when it was issued.
    Issued,
    /// The same; `{when}` is when what it warns of begins.
    Begins,
    /// The same; `{when}` is up to when it holds.
    Ends,
    /// Each warning on its page; `{when}` is up to when it holds, by the clocks of the reader.
    Until,
    /// Each warning on its page: how old it was there; `{when}` is how many minutes, hours or days.
    Age,
    /// None: what else stands on those pages.
    Page,
    /// Each topic, in a line of its own; `{when}` is the day on which it was reviewed.
    Reviewed,
    /// None: a line of a text that the app writes for travellers.
    AppText,
}

/// What the whole of it is. There is no further answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All of it is one word of the ministry.
    WordForWord,
    /// All of it is, but for a line that a messenger or a mail puts around a text.
    Around,
    /// Some of it is, or it is put together from several.
    Part,
    /// Nothing but numbers or links that are the ministry's.
    OwnContacts,
    /// Nothing but emergency numbers: whoever passes them on, they are as good.
    EmergencyNumbers,
    /// Nothing but pages of sites on which the ministry has pages too.
    PageUnknown,
    /// Nothing but a text that the app writes for travellers, whoever sent it.
    AppText,
    /// Nothing but questions, in which nobody asks for anything.
    Question,
    /// Nothing is said: a day, pictures, who sent it.
    Nothing,
    /// The ministry has no such word.
    NoSuchWord,
    /// Some of it was not found, and what is held is too old to say that the ministry has no such word.
    CannotKnow,
}

/// What can be said of a text.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Answer {
    /// Of all of it.
    pub verdict: Verdict,
    /// Of each sentence, in its order.
    pub passages: Vec<Passage>,
    /// The emergency numbers that stand in it.
    pub emergency: Vec<EmergencyFound>,
    /// Of what is all the ministry's: the page of the entry of which there is more to do.
    pub not_all_of: Option<Target>,
    /// Of what is all the ministry's: the steps stand in another order than there.
    pub is_other_order: bool,
    /// What is held is new enough to say that the ministry has no such word.
    pub is_fresh: bool,
    /// When the ministry was last heard.
    #[ts(type = "string | null")]
    pub heard: Option<Timestamp>,
}

/// An emergency number in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EmergencyFound {
    /// As it is dialled.
    pub number: String,
    /// Where it answers.
    pub answers: Answers,
    /// Of where people of the traveller's are: what that country is called.
    pub country: Option<Words>,
}

/// Where an emergency number answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Answers {
    /// It is a number of where the traveller is.
    Here,
    /// It is a number of where those are whom the traveller registered on a trip of others.
    There,
    /// From any mobile phone, in every country.
    AnyMobile,
    /// In other countries only.
    Elsewhere,
}

/// A sentence of the text.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Passage {
    /// As it was passed on.
    pub text: String,
    /// Where the ministry says so; where several entries do, one of the traveller's own places first.
    pub said: Option<Said>,
    /// What the other entries are about that say as much of the text.
    pub also: Vec<Words>,
    /// It is the ministry's: said by it, or nothing but a number or a link that it has.
    pub is_its_own: bool,
    /// Nothing but emergency numbers and the names of services.
    pub is_emergency: bool,
    /// Nothing but numbers and links.
    pub is_contact: bool,
    /// Nothing but pages of sites on which the ministry has others.
    pub is_unknown_page: bool,
    /// Nothing but a line that a messenger or a mail puts around a text: the ministry does not say it.
    pub is_around: bool,
    /// Nothing but a question of whoever sent the text on: whether it is true.
    pub is_asked: bool,
    /// Who sent the text on, as such a line names them.
    pub sent_on: Option<SentOn>,
    /// How many times it stands in the text.
    pub times: u32,
    /// What the ministry does say, where it is not its own: the sentence that was cut or turned round, else what the
    /// entry that the rest of the text is of says of the same thing.
    pub whole: Option<Whole>,
    /// Letters of another alphabet that pass for those of its words; of its links each tells its own.
    pub false_letters: String,
    /// Numbers in it that one could dial.
    pub numbers: Vec<Named>,
    /// Links in it.
    pub links: Vec<Named>,
}

impl Named {
    /// Nobody's, so far.
    pub fn of(shown: &str) -> Self {
        let shown = shown.to_owned();
        Self { shown, name: None, is_cited: false, false_letters: String::new(), dial: None, is_on_its_site: false }
    }
}

impl Passage {
    /// Nobody's, so far.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            said: None,
            also: Vec::new(),
            is_its_own: false,
            is_emergency: false,
            is_contact: false,
            is_unknown_page: false,
            is_around: false,
            is_asked: false,
            sent_on: None,
            times: 1,
            whole: None,
            false_letters: String::new(),
            numbers: Vec::new(),
            links: Vec::new(),
        }
    }

    /// Somebody says it of whom nothing is known.
    pub fn is_foreign(&self) -> bool {
        !self.is_its_own && !self.is_emergency && !self.is_around
    }
}

/// Who sent a text on, as it is written there: anybody can write it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SentOn {
    /// A name or a number.
    pub by: String,
    /// Of a number: whose it is.
    pub number: Option<Named>,
}

/// What a line of the app's tells of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Tells {
    /// When it was issued.
    Issued {
        /// That moment.
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// When what it warns of begins.
    Begins {
        /// That moment.
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// Up to when it holds.
    Ends {
        /// That moment.
        #[ts(type = "string")]
        at: Timestamp,
    },
}

impl Tells {
    /// By which line.
    pub fn with(self) -> With {
        match self {
            Self::Issued { .. } => With::Issued,
            Self::Begins { .. } => With::Begins,
            Self::Ends { .. } => With::Ends,
        }
    }

    /// The moment.
    pub fn at(self) -> Timestamp {
        match self {
            Self::Issued { at } | Self::Begins { at } | Self::Ends { at } => at,
        }
    }
}

/// A sentence of the ministry that holds.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Whole {
    /// As it stands; empty where a line of the app's tells it.
    pub words: String,
    /// What such a line tells.
    pub tells: Option<Tells>,
    /// Where the ministry says so.
    pub said: Said,
    /// The passage is the same but for its figures.
    pub is_other_figure: bool,
    /// Word for word the same, but a mark was put in that turns it round, asks or strikes it out.
    pub is_repointed: bool,
}

/// An entry, or a guide of the app, that says a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Said {
    /// The page that shows it.
    pub page: Target,
    /// The countries and areas it is about; of a topic its title.
    pub about: Vec<Words>,
    /// When it was issued. Absent for a guide that came with the app.
    #[ts(type = "string | null")]
    pub issued_at: Option<Timestamp>,
    /// Of a warning: whether it holds.
    pub holds: Option<Holds>,
    /// The authority whose alert the ministry passes on.
    pub relayed: Option<String>,
}

/// Whether a warning holds, and the moment from or up to which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Holds {
    /// Now.
    pub state: AdvisoryState,
    /// In force: its end. Yet to come: its beginning. Over: since when.
    #[ts(type = "string")]
    pub at: Timestamp,
}

impl Said {
    /// It holds no longer.
    pub fn is_over(&self) -> bool {
        self.holds.is_some_and(|holds| holds.state.is_over())
    }
}

/// A number or a link, which answers for itself alone.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Named {
    /// As it stands in the text; of a link the whole host, with foreign letters written out.
    pub shown: String,
    /// What the ministry calls it; absent for one that it does not have.
    pub name: Option<Words>,
    /// It only stands in the ministry's texts, as others' pages do too.
    pub is_cited: bool,
    /// Of a link: letters of another alphabet that pass for those of its own.
    pub false_letters: String,
    /// Of a number of the ministry: as it is dialled.
    pub dial: Option<String>,
    /// Of a link that it does not have: the ministry has other pages on this very site, as others may.
    pub is_on_its_site: bool,
}

/// An entry that says a sentence, as it is looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    /// The entry.
    pub said: Said,
    /// Whether it is about a place of the traveller's.
    pub concern: Concern,
    /// It only stands with what the entry says: others write so too.
    pub is_label: bool,
}

/// A piece of a text, and by whom it is said.
pub struct Piece<'a> {
    /// As it stands there.
    pub text: &'a str,
    /// Of a line that is put around a text: who sent it, empty where none is told.
    pub sent_on_by: Option<&'a str>,
    /// Word by word, where it is the ministry's.
    pub sentence: Option<&'a Sentence>,
    /// Nobody, where it is not the ministry's.
    pub by: &'a [Arc<Saying>],
    /// More than a single word.
    pub is_telling: bool,
}
