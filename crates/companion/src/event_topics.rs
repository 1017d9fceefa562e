//! Which of our topics says what to do in an event that another authority warns of, by the words it names it with.

use std::sync::LazyLock;

use atlas::typing::fold;

use crate::advisories::{Part, PartTexts};

/// A topic's id, and how words for its event begin.
const EVENTS: &[(&str, &[&str])] = &[
    ("earthquake", &["earthquake", "seismic", "землетряс", "сейсм", "жер сілкін"]),
    ("sea", &["tsunami", "rip current", "storm surge", "high surf", "цунами", "отбойн"]),
    (
        "flood",
        &[
            "flood",
            "inundation",
            "mudflow",
            "debris flow",
            "landslide",
            "heavy rain",
            "наводнен",
            "паводок",
            "паводк",
            "затоплен",
            "подтоплен",
            "оползен",
            "оползн",
            "селев",
            "сильный дождь",
            "ливень",
            "ливни",
            "су тасқыны",
            "су басу",
            "сел жүр",
            "көшкін",
            "нөсер",
        ],
    ),
    (
        "heat",
        &[
            "heat",
            "high temperature",
            "extreme temperature",
            "dust storm",
            "sandstorm",
            "жара",
            "жару",
            "зной",
            "сильная жар",
            "пыльная бур",
            "аптап",
            "қатты ыстық",
            "шаңды дауыл",
        ],
    ),
    (
        "ice",
        &[
            "ice slick",
            "ice storm",
            "black ice",
            "icing",
            "icy",
            "freezing rain",
            "freezing drizzle",
            "glaze",
            "sleet",
            "snow",
            "blizzard",
            "frost",
            "extreme cold",
            "cold wave",
            "low temperature",
            "гололед",
            "обледенен",
            "ледяной дожд",
            "снег",
            "снеж",
            "метел",
            "буран",
            "мороз",
            "похолодан",
            "көктайғақ",
            "мұз",
            "қар жау",
            "қалың қар",
            "боран",
            "бұрқасын",
            "аяз",
            "қатты суық",
        ],
    ),
    ("fog", &["fog", "low visibility", "туман", "ограниченная видимост", "тұман"]),
    (
        "wind",
        &[
            "strong wind",
            "high wind",
            "severe wind",
            "wind gust",
            "wind warning",
            "wind advisory",
            "windstorm",
            "gale",
            "squall",
            "hurricane",
            "typhoon",
            "cyclone",
            "tornado",
            "ветер",
            "ветра",
            "шквал",
            "ураган",
            "смерч",
            "тайфун",
            "циклон",
            "қатты жел",
            "жел екпін",
            "дауыл",
            "құйын",
        ],
    ),
    ("fire", &["fire", "wildfire", "bushfire", "forest fire", "пожар", "өрт"]),
    (
        "air-raid",
        &[
            "air raid",
            "missile",
            "rocket",
            "drone",
            "uav",
            "воздушная тревог",
            "ракетн",
            "беспилот",
            "әуе дабылы",
            "зымыран",
            "дрон",
        ],
    ),
    ("shooting", &["shooting", "active shooter", "terror", "стрельб", "теракт", "атыс", "лаңкест"]),
    ("protests", &["protest", "civil unrest", "riot", "demonstration", "беспоряд", "митинг", "протест", "наразылық"]),
    ("power-cut", &["power outage", "power cut", "blackout", "отключение электр", "отключение свет", "жарық сөн"]),
];

/// The same, as what is said is compared with them.
static BEGINNINGS: LazyLock<Vec<(&str, Vec<String>)>> = LazyLock::new(|| {
    let folded = |words: &[&str]| words.iter().map(|begins| format!(" {}", fold(begins))).collect();
    EVENTS.iter().map(|(id, words)| (*id, folded(words))).collect()
});

/// In the order of the list; none for an event that no topic of ours is about.
fn topics_of<'a>(said: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let said: Vec<String> = said.into_iter().map(|words| format!(" {}", fold(words))).collect();
    let named = |begins: &String| said.iter().any(|words| words.contains(begins.as_str()));
    BEGINNINGS.iter().filter(|(_, begins)| begins.iter().any(named)).map(|(id, _)| (*id).to_owned()).collect()
}

/// What to do in the event of another authority's alert.
pub fn of(part: &Part) -> Vec<String> {
    match part.texts {
        // the ministry says itself what to do
        PartTexts::Own(_) => Vec::new(),
        PartTexts::Relayed(texts) => {
            topics_of(texts.iter().flat_map(|(_, text)| [text.event.as_str(), text.headline.as_str()]))
        }
    }
}

/// Every topic that an event leads to.
#[cfg(test)]
pub fn ids() -> impl Iterator<Item = &'static str> {
    EVENTS.iter().map(|(id, _)| *id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics;

    #[test]
    fn an_event_is_known_by_its_words_in_any_of_the_languages() {
        for (event, topic) in [
            ("Flash Flood Warning", "flood"),
            ("Паводок на реке Урал", "flood"),
            ("Су тасқыны қаупі", "flood"),
            ("Extreme heat", "heat"),
            ("Сильная жара", "heat"),
            ("Forest fire", "fire"),
            ("Орман өрті", "fire"),
            ("Earthquake", "earthquake"),
            ("Ракетная опасность", "air-raid"),
            ("Freezing rain, icing", "ice"),
            ("Гололёд", "ice"),
            ("Көктайғақ", "ice"),
            ("Snowfall", "ice"),
            ("Туман", "fog"),
            ("Dense fog", "fog"),
            ("Қатты жел", "wind"),
            ("Усиление ветра", "wind"),
            ("Tropical Cyclone", "wind"),
        ] {
            assert_eq!(topics_of([event]), [topic], "{event}");
        }
        assert_eq!(topics_of(["Thunderstorms", "Thunderstorms with flooding"]), ["flood"]);
        assert_eq!(topics_of(["Fog, ice slick expected in Almaty region"]), ["ice", "fog"]);
        for event in ["Thunderstorms", "Volcanic ash over Iceland", "Mistral", ""] {
            assert_eq!(topics_of([event]), Vec::<String>::new(), "{event}");
        }
    }

    #[test]
    fn every_topic_it_leads_to_is_shipped() {
        let shipped: Vec<String> = topics::topics([]).into_iter().map(|topic| topic.id).collect();
        for (id, _) in EVENTS {
            assert!(shipped.iter().any(|topic| topic == id), "{id}");
        }
    }
}
