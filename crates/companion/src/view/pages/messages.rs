//! What the ministry and the traveller wrote to each other, both sides in one thread.

use contract::{
    ids::MessageId,
    record::{Kind, QuickAnswer},
    words::Tag,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    store::{Delivery, Letter, Message},
    view::my_case::{self, CaseView, MyCase},
};

/// The thread.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MessagesPage {
    /// The oldest first.
    pub thread: Vec<ThreadItem>,
    /// Of the traveller's case, where there is one.
    pub case: Option<MyCase>,
}

/// One thing that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ThreadItem {
    /// The ministry.
    Ministry {
        /// Of the letter.
        id: MessageId,
        /// When it was written.
        #[ts(type = "string")]
        at: Timestamp,
        /// In `language`; empty where the case says it all.
        text: String,
        /// Of the text.
        language: Tag,
        /// What it says of the case.
        case: Option<CaseView>,
        /// Which answers of one tap it offers.
        asks: Vec<QuickAnswer>,
        /// Which of them was given.
        answered: Option<QuickAnswer>,
        /// The traveller has not had it before them.
        is_new: bool,
    },
    /// The traveller.
    Traveller {
        /// Of the message.
        id: MessageId,
        /// When it was written.
        #[ts(type = "string")]
        at: Timestamp,
        /// Empty where a tap said it all.
        text: String,
        /// What was tapped.
        quick: Option<QuickAnswer>,
        /// "This rank is wrong."
        objection: bool,
        /// "My need is over."
        closes: bool,
        /// How far it is on its way to the ministry.
        delivery: Delivery,
    },
}

impl ThreadItem {
    fn at(&self) -> Timestamp {
        match self {
            Self::Ministry { at, .. } | Self::Traveller { at, .. } => *at,
        }
    }
}

impl MessagesPage {
    /// All of it.
    pub fn of(facts: &Facts) -> Self {
        let letters = facts.letters.iter().map(|letter| of_ministry(facts, letter));
        let messages = facts.messages.iter().map(|message| of_traveller(facts, message));
        let mut thread: Vec<ThreadItem> = letters.chain(messages).collect();
        thread.sort_by_key(ThreadItem::at);
        Self { thread, case: my_case::my_case(facts) }
    }
}

fn of_ministry(facts: &Facts, letter: &Letter) -> ThreadItem {
    let answers = facts.messages.iter().filter(|message| message.private.answers == Some(letter.id));
    let private = &letter.private;
    ThreadItem::Ministry {
        id: letter.id,
        at: letter.at,
        text: private.text.clone(),
        language: private.language.clone(),
        case: private.case.as_ref().map(|case| my_case::case_view(facts, letter, case)),
        // an answer that this app has no words for is offered by none
        asks: private.asks.iter().copied().filter(|ask| *ask != QuickAnswer::Other).collect(),
        answered: answers.filter_map(|message| message.private.quick).next_back(),
        is_new: letter.read_at.is_none(),
    }
}

fn of_traveller(facts: &Facts, message: &Message) -> ThreadItem {
    let private = &message.private;
    ThreadItem::Traveller {
        id: message.id,
        at: message.at,
        text: private.text.clone(),
        quick: private.quick,
        objection: private.objection,
        closes: private.closes,
        delivery: facts.delivery(Kind::Message, &message.id.to_string()),
    }
}
