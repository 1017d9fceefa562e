//! Safety recommendations that stand: those shipped with the app, and the ministry's own over them.

use std::{collections::BTreeMap, sync::LazyLock};

use contract::entry::topic::Topic;

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(include_str!(concat!("../guidance/", $name, ".toml"))),*]
    };
}

pub(crate) const SHIPPED: &[&str] = shipped![
    "air-raid",
    "shelter",
    "shooting",
    "protests",
    "stranded",
    "transit",
    "who-pays",
    "networks-down",
    "gps-jammed",
    "power-cut",
    "bag",
    "evacuation",
    "land-border",
    "convoy",
    "scams",
    "lost-passport",
    "arrest",
    "violence",
    "death",
    "hospital",
    "road-accident",
    "medicines",
    "stress",
    "earthquake",
    "flood",
    "heat",
    "ice",
    "fog",
    "wind",
    "fire",
    "sea",
    "children",
    "pilgrims",
    "accessibility",
    "calm",
    "register",
    "documents",
    "insurance",
];

/// One that cannot be read is left out, and a test forbids it.
static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| {
    let read = |text: &&str| toml::from_str(text).inspect_err(|error| tracing::error!(%error, "a topic")).ok();
    SHIPPED.iter().filter_map(read).collect()
});

/// Those that came with the app.
pub fn shipped() -> &'static [Topic] {
    &TOPICS
}

/// The topics in their order. A topic of the bulletin takes the place of the shipped one of its id, and leaves no trace
/// where that one leaves none; one without a text in any language takes none.
pub fn topics<'a>(bulletin: impl IntoIterator<Item = &'a Topic>) -> Vec<Topic> {
    let mut topics: BTreeMap<String, Topic> = TOPICS.iter().map(|topic| (topic.id.clone(), topic.clone())).collect();
    for topic in bulletin.into_iter().filter(|topic| !topic.texts.is_empty()) {
        let private = topic.private || topics.get(&topic.id).is_some_and(|shipped| shipped.private);
        topics.insert(topic.id.clone(), Topic { private, ..topic.clone() });
    }
    let mut topics: Vec<Topic> = topics.into_values().collect();
    topics.sort_by_key(|topic| topic.order);
    topics
}

/// Whether a shipped topic names this address as its source.
pub fn names_link(url: &str) -> bool {
    TOPICS.iter().flat_map(|topic| &topic.sources).any(|source| source.url == url)
}
