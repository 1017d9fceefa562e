//! What can be found by its words: guidance, missions, advisories, countries, and the airports people meet most.

use contract::{
    entry::Entry,
    entry::mission::Mission,
    entry::topic::{Topic, TopicText},
    jws::Verified,
    words::{Lang, Preference, Tag, Words},
};

use super::hit::Target;
use crate::{
    advisories::{self, Part, Warning, WarningText},
    bulletin::Bulletin,
    headings,
    places::country_name,
};

/// What people call any mission, and any airport.
const MISSION: [&str; 3] =
    ["елшілік консулдық өкілдік консул", "посольство консульство консул", "embassy consulate consul"];
const AIRPORT: &str = "әуежай аэропорт airport";

/// One text that can be found, in one language or in none.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it leads to.
    pub target: Target,
    /// `None` for names that are alike in all.
    pub lang: Option<Lang>,
    /// What it is called, in its language.
    pub title: String,
    /// What else it is called; never shown.
    pub also: String,
    /// What is shown of it: the line that answers best.
    pub lines: Vec<String>,
}

impl Document {
    /// Whether it is a place: what is asked for may only mention it.
    pub fn is_place(&self) -> bool {
        match self.target {
            Target::Country { .. } | Target::City { .. } | Target::Airport { .. } => true,
            Target::Mission { .. } | Target::Topic { .. } | Target::Advisory { .. } | Target::Emergency { .. } => false,
        }
    }
}

/// Everything that can be found now.
pub fn documents(topics: &[Topic], bulletin: &Bulletin) -> Vec<Document> {
    let topics = topics.iter().flat_map(|topic| {
        Lang::ALL.into_iter().filter_map(move |lang| Some(of_topic(&topic.id, lang, topic.texts.get(lang.tag())?)))
    });
    let missions = bulletin
        .missions()
        .flat_map(|(entry, mission)| Lang::ALL.into_iter().map(move |lang| of_mission(entry, mission, lang)));
    let advisories: Vec<_> = advisories::warnings(bulletin).iter().flat_map(of_warning).collect();
    let countries = atlas::countries().iter().map(of_country);
    let airports = atlas::known_airports().map(of_airport);
    topics.chain(missions).chain(advisories).chain(countries).chain(airports).collect()
}

fn of_topic(id: &str, lang: Lang, text: &TopicText) -> Document {
    // what to do answers; why it is so does not
    let shown = [&text.summary].into_iter().chain(&text.steps);
    Document {
        target: Target::Topic { id: id.to_owned() },
        lang: Some(lang),
        title: text.title.clone(),
        also: text.also.join(" "),
        lines: shown.cloned().collect(),
    }
}

fn of_mission(entry: &Verified<Entry>, mission: &Mission, lang: Lang) -> Document {
    let city = in_lang(&mission.city, lang);
    let place = format!("{city} · {}", in_lang(&country_name(mission.country), lang));
    let served = mission.serves.iter().filter(|code| **code != mission.country);
    let served: Vec<String> = served.map(|code| in_lang(&country_name(*code), lang).to_owned()).collect();
    Document {
        target: Target::Mission { id: entry.id.clone() },
        lang: Some(lang),
        title: in_lang(&mission.name, lang).to_owned(),
        also: format!("{} {place}", MISSION.join(" ")),
        lines: [place, mission.address.clone(), served.join(", ")]
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect(),
    }
}

fn of_warning(warning: &Warning) -> Vec<Document> {
    let wanted = wanted(Lang::Kk);
    let part_documents = warning.parts.iter().flat_map(|part| {
        let names = part.areas.iter().flat_map(|area| [area.country.map(country_name), Some(area.name.clone())]);
        let also = names.flatten().map(|names| all_names(&names)).collect::<Vec<_>>().join(" ");
        let texts = part.texts.by_preference(&wanted);
        let told = told(warning, part, &texts, &also);
        texts.into_iter().map(move |text| of_text(warning, text, also.clone())).chain(told).collect::<Vec<_>>()
    });
    part_documents.collect()
}

/// Another authority's alert in the languages that it does not speak.
fn told(warning: &Warning, part: &Part, texts: &[WarningText], also: &str) -> Vec<Document> {
    let Some(alert) = warning.relayed else { return Vec::new() };
    let lacks = |lang: &Lang| texts.iter().all(|text| Lang::from_tag(&text.lang) != Some(*lang));
    let document = |lang| Document {
        target: Target::Advisory { id: warning.entry.id.clone() },
        lang: Some(lang),
        title: headings::told(part, lang, &wanted(lang)),
        also: also.to_owned(),
        lines: vec![alert.sender.clone()],
    };
    if texts.is_empty() { Vec::new() } else { Lang::ALL.into_iter().filter(lacks).map(document).collect() }
}

fn of_text(warning: &Warning, text: WarningText, also: String) -> Document {
    let speaker = warning.relayed.map(|alert| alert.sender.clone()).into_iter().chain([text.sender]);
    Document {
        target: Target::Advisory { id: warning.entry.id.clone() },
        lang: Lang::from_tag(&text.lang),
        title: text.headline,
        also,
        lines: speaker.chain(text.steps).chain([text.why]).filter(|line| !line.is_empty()).collect(),
    }
}

fn of_country(country: &atlas::Country) -> Document {
    Document {
        target: Target::Country { code: country.code },
        lang: None,
        title: all_names(&country.name),
        also: country.also().join(" "),
        lines: Vec::new(),
    }
}

fn of_airport(airport: atlas::Airport) -> Document {
    Document {
        target: Target::Airport { code: airport.code, country: airport.country },
        lang: None,
        title: all_names(&airport.city),
        also: format!("{AIRPORT} {} {}", airport.name, all_names(&country_name(airport.country))),
        lines: Vec::new(),
    }
}

/// A text in a language, or in the next best.
pub fn in_lang(words: &Words, lang: Lang) -> &str {
    words.shown(&wanted(lang))
}

fn wanted(lang: Lang) -> Preference {
    Preference::new(lang, &Lang::ALL.map(Tag::from))
}

fn all_names(words: &Words) -> String {
    words.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
}
