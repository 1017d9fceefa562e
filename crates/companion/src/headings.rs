//! What stands over a warning. Another authority's alert that is not in the reader's language is told by its event and place;
//! what it says itself is quoted below.

#![deny(missing_docs)]

use contract::words::{Lang, Preference, is_invisible};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    advisories::{Part, PartTexts},
    event_topics,
};

/// What stands over a warning, or one part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Heading {
    /// One line.
    pub words: String,
    /// BCP 47.
    pub lang: String,
    /// The app tells it by its event and place: what the sender says is in another language than the reader's.
    pub is_ours: bool,
}

/// By the topic that says what to do in it: in Kazakh, Russian and English.
const EVENTS: [(&str, [&str; 3]); 12] = [
    ("earthquake", ["Жер сілкінісі", "Землетрясение", "Earthquake"]),
    ("sea", ["Теңіздегі қауіп, цунами", "Опасность на море, цунами", "Danger from the sea, tsunami"]),
    ("flood", ["Су тасқыны, нөсер", "Наводнение, ливень", "Flood, heavy rain"]),
    ("heat", ["Аптап ыстық, шаңды дауыл", "Жара, пыльная буря", "Heat, dust storm"]),
    ("ice", ["Көктайғақ, қар, аяз", "Гололёд, снег, мороз", "Ice, snow, frost"]),
    ("fog", ["Тұман", "Туман", "Fog"]),
    ("wind", ["Қатты жел, дауыл", "Сильный ветер, ураган", "Strong wind, hurricane"]),
    ("fire", ["Өрт", "Пожар", "Fire"]),
    ("air-raid", ["Әуе шабуылы қаупі", "Угроза с воздуха", "Danger from the air"]),
    ("shooting", ["Атыс, шабуыл", "Стрельба, нападение", "Shooting, attack"]),
    ("protests", ["Тәртіпсіздік, наразылық", "Беспорядки, протесты", "Unrest, protests"]),
    ("power-cut", ["Жарық сөнді", "Отключение света", "Power cut"]),
];
const OTHER: [&str; 3] = ["Ескерту", "Предупреждение", "Warning"];

/// `None` where a part has no words at all.
pub fn heading(part: &Part, lang: Lang, wanted: &Preference) -> Option<Heading> {
    let text = part.texts.by_preference(wanted).into_iter().next()?;
    let is_ours = match part.texts {
        PartTexts::Own(_) => false,
        PartTexts::Relayed(_) => Lang::from_tag(&text.lang) != Some(lang),
    };
    Some(if is_ours {
        Heading { words: told(part, lang, wanted), lang: lang.tag().to_owned(), is_ours }
    } else {
        Heading { words: text.headline, lang: text.lang, is_ours }
    })
}

/// An alert by its event and place, in a language of the app's: by its areas where these have names in it, else by its
/// countries.
pub fn told(part: &Part, lang: Lang, wanted: &Preference) -> String {
    let topics = event_topics::of(part);
    let known = EVENTS.iter().filter(|(topic, _)| topics.iter().any(|id| id == topic));
    let event = match known.map(|(_, words)| lang.of(*words)).collect::<Vec<_>>().as_slice() {
        [] => lang.of(OTHER).to_owned(),
        [first, more @ ..] => {
            more.iter().fold((*first).to_owned(), |event, one| format!("{event}, {}", one.to_lowercase()))
        }
    };
    let areas = part.areas.iter().filter_map(|area| area.name.get(lang.tag()));
    let mut places: Vec<String> = areas.map(|name| name.chars().filter(|c| !is_invisible(*c)).collect()).collect();
    if places.is_empty() {
        places = part.countries().iter().map(|name| name.shown(wanted).to_owned()).collect();
    }
    if places.is_empty() { event } else { format!("{event}: {}", places.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_that_is_known_has_words_and_they_are_told_apart() {
        let known: Vec<&str> = EVENTS.iter().map(|(topic, _)| *topic).collect();
        let mut wanted: Vec<&str> = event_topics::ids().collect();
        assert_eq!(known.len(), wanted.len());
        wanted.retain(|topic| !known.contains(topic));
        assert!(wanted.is_empty(), "{wanted:?}");
    }
}
