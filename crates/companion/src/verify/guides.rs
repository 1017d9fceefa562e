//! What the guides say, word by word: those of the app are read once.

use std::sync::{Arc, LazyLock};

use contract::{
    entry::{Entry, topic::Topic},
    jws::Verified,
    words::Source,
};
use jiff::civil::Date;

use super::{
    answer::{Said, Saying},
    links::pages_in,
    to_do::ToDo,
    words::{Sentence, in_words},
};
use crate::{concern::Concern, search::Target, topics};

/// A guide and all that it says.
pub struct Guide {
    /// Of the topic.
    pub id: String,
    pub saying: Arc<Saying>,
    /// The day on which somebody last read it through.
    pub reviewed: Date,
    /// Word by word, and as they stand.
    pub sentences: Vec<(Sentence, String)>,
    /// Of its sources: on its page they stand alone.
    pub titles: Vec<(Sentence, String)>,
    /// That it names on the web.
    pub pages: Vec<String>,
    /// In each language.
    pub to_do: Vec<Arc<ToDo>>,
}

/// Those that came with the app.
pub static SHIPPED: LazyLock<Vec<Guide>> =
    LazyLock::new(|| topics::shipped().iter().map(|topic| Guide::of(None, topic)).collect());

impl Guide {
    /// `entry` is absent for one that came with the app.
    pub fn of(entry: Option<&Verified<Entry>>, topic: &Topic) -> Self {
        let title = topic.texts.iter().map(|(tag, text)| (tag.clone(), text.title.clone())).collect();
        let said = Said::by(entry, Target::Topic { id: topic.id.clone() }, vec![title]);
        let texts = topic.texts.iter().flat_map(|(_, text)| {
            [&text.title, &text.summary, &text.why, &text.whom].into_iter().chain(&text.steps).cloned()
        });
        let sources = topic.sources.iter().map(|Source { title, url }| format!("{title}: {url}"));
        let all = texts.chain(sources);
        let sentences: Vec<_> = all
            .flat_map(|words| in_words(&words).map(|(said, words)| (said, words.to_owned())).collect::<Vec<_>>())
            .collect();
        let titles = topic.sources.iter().flat_map(|source| in_words(&source.title));
        let titles = titles.map(|(sentence, words)| (sentence, words.to_owned())).collect();
        let to_do = topic.texts.iter().map(|(_, text)| Arc::new(ToDo::of(&text.title, &text.steps)));
        // it is for every place
        Self {
            id: topic.id.clone(),
            saying: Arc::new(Saying { said, concern: Concern::Trip, is_label: false }),
            reviewed: topic.reviewed,
            pages: sentences.iter().flat_map(|(sentence, _)| pages_in(sentence)).collect(),
            sentences,
            titles,
            to_do: to_do.collect(),
        }
    }
}
