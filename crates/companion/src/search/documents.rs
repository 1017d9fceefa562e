//! What can be found by its words: guidance, missions, advisories, countries, and the airports people meet most.

use contract::{
    advisory::{Advisory, AdvisoryText},
    entry::Entry,
    guidance::{Topic, TopicText},
    jws::Verified,
    missions::Mission,
    place::CountryCode,
    words::{Lang, Words},
};

use super::hit::Target;
use crate::{bulletin::Bulletin, places::country_name};

/// What people call any mission, and any airport.
const MISSION: [&str; 3] =
    ["елшілік консулдық өкілдік консул", "посольство консульство консул", "embassy consulate consul"];
const AIRPORT: &str = "әуежай аэропорт airport";

/// One text that can be found, in one language or in none.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub target: Target,
    /// `None` for names that are alike in all.
    pub lang: Option<Lang>,
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
        Lang::ALL.into_iter().filter_map(move |lang| Some(of_topic(&topic.id, lang, topic.text(lang)?)))
    });
    let missions = bulletin
        .missions()
        .flat_map(|(entry, mission)| Lang::ALL.into_iter().map(move |lang| of_mission(entry, mission, lang)));
    let advisories = bulletin
        .advisories()
        .flat_map(|(entry, advisory)| advisory.texts.iter().map(move |text| of_advisory(entry, advisory, text)));
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
    let city = mission.city.get(lang);
    let place = format!("{city} · {}", country_names(mission.country).get(lang));
    let served = mission.serves.iter().filter(|code| **code != mission.country);
    let served: Vec<String> = served.map(|code| country_names(*code).get(lang).to_owned()).collect();
    Document {
        target: Target::Mission { id: entry.id.clone() },
        lang: Some(lang),
        title: mission.name.get(lang).to_owned(),
        also: format!("{} {place}", MISSION.join(" ")),
        lines: [place, mission.address.clone(), served.join(", ")]
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect(),
    }
}

fn of_advisory(entry: &Verified<Entry>, advisory: &Advisory, text: &AdvisoryText) -> Document {
    let speaker = advisory.relayed.as_ref().map(|relayed| relayed.sender.clone());
    let areas = advisory.areas.iter();
    let names = areas.flat_map(|area| {
        let country = area.country.map(|code| all_names(&country_names(code)));
        country.into_iter().chain([area.name.clone()])
    });
    Document {
        target: Target::Advisory { id: entry.id.clone() },
        lang: Lang::from_tag(&text.lang),
        title: text.headline.clone(),
        also: names.collect::<Vec<_>>().join(" "),
        lines: speaker.iter().chain(&text.steps).chain([&text.why]).filter(|line| !line.is_empty()).cloned().collect(),
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
        also: format!("{AIRPORT} {} {}", airport.name, all_names(&country_names(airport.country))),
        lines: Vec::new(),
    }
}

fn country_names(code: CountryCode) -> Words {
    country_name(code)
}

fn all_names(words: &Words) -> String {
    Lang::ALL.map(|lang| words.get(lang)).join(" ")
}
