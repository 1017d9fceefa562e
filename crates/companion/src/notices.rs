//! What the system shows: words in the traveller's language, what to do first, and how loudly.

use contract::{
    entry::advisory::{Announced, Severity, Urgency},
    ids::EntryId,
    record::PrivateLetter,
    words::{Lang, is_invisible},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    advisories::{Part, Warning, WarningText},
    calendar,
    facts::Facts,
    headings::{self, Heading},
    store::Told,
};

pub use crate::store::Loudness;

/// A notification. The words of a warning are its sender's; those that say that it ended, or was void, are the app's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What a tap on it opens.
    pub opens: Opens,
    /// How loudly it is shown.
    pub loudness: Loudness,
    /// What is heard with it. Absent where it is silent.
    pub sound: Option<Sound>,
    /// One line.
    pub title: String,
    /// Lines of plain text.
    pub body: String,
}

/// A screen, as the window knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum Opens {
    /// An advisory.
    Advisory {
        /// Its entry.
        id: EntryId,
    },
    /// What the ministry wrote to this phone.
    Messages,
}

/// A dombyra's strokes, which the app brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sound {
    /// Danger, now.
    Extreme,
    /// It is over.
    AllClear,
    /// The ministry has written.
    Message,
}

impl Sound {
    /// The file in the folder of sounds.
    pub fn file(self) -> &'static str {
        match self {
            Self::Extreme => "extreme.wav",
            Self::AllClear => "all_clear.wav",
            Self::Message => "message.wav",
        }
    }

    fn of_warning(loudness: Loudness) -> Option<Self> {
        match loudness {
            Loudness::Critical => Some(Self::Extreme),
            Loudness::Normal => Some(Self::Message),
            Loudness::Low | Loudness::Silent => None,
        }
    }

    fn of_end(loudness: Loudness) -> Option<Self> {
        Self::of_warning(loudness).map(|_| Self::AllClear)
    }
}

/// How loud a part is: severe and soon is critical, minor is quiet. A way to announce that this app does not know is
/// silent.
pub fn loudness(announced: Announced, part: &Part) -> Loudness {
    match announced {
        Announced::Loud => {}
        Announced::Silent | Announced::Other => return Loudness::Silent,
    }
    // an ending comes when its time has come
    let is_soon = part.is_ended || part.urgency >= Urgency::Expected;
    match part.severity {
        Severity::Extreme => Loudness::Critical,
        Severity::Severe | Severity::Other if is_soon => Loudness::Critical,
        Severity::Severe | Severity::Other | Severity::Moderate | Severity::Unknown => Loudness::Normal,
        Severity::Minor => Loudness::Low,
    }
}

/// A warning by its part that matters most. `None` where it has no words at all.
pub fn warning(facts: &Facts, warning: &Warning, part: &Part) -> Option<Notice> {
    let (heading, text) = (heading(facts, part)?, text(facts, part)?);
    let said = if text.steps.is_empty() { text.why } else { text.steps.join("\n") };
    // what the app tells by event and place names the place itself, and what is said follows
    let said = if heading.is_ours { format!("{}\n{said}", text.headline) } else { said };
    let title = match place(facts, part).filter(|_| !heading.is_ours) {
        Some(place) => format!("{place}: {}", heading.words),
        None => heading.words,
    };
    let body = match part.begins() {
        begins if begins > facts.now => format!("{}\n{said}", begins_at(facts, begins)),
        _now => said,
    };
    let loudness = loudness(warning.announced, part);
    Some(notice(warning, loudness, Sound::of_warning(loudness), &title, &body))
}

/// The end of what was `told`, as loud as that was; silent where either is. A part that ends may have no words of its
/// own.
pub fn ending(facts: &Facts, warning: &Warning, part: Option<&Part>, told: &Told) -> Notice {
    let text = part.and_then(|part| text(facts, part));
    let otherwise = part.map_or(Loudness::Normal, |part| loudness(warning.announced, part));
    let loudness = as_loud(warning, told, otherwise);
    let heading = part.and_then(|part| heading(facts, part));
    let headline = heading.as_ref().map_or(told.headline.as_str(), |heading| heading.words.as_str());
    let names_place = heading.as_ref().is_some_and(|heading| heading.is_ours);
    let place = part.filter(|_| !names_place).and_then(|part| place(facts, part));
    let (ended, now) = match facts.lang {
        Lang::Kk => ("ескертудің күші жойылды", "Ол енді күшінде емес. Қазір не күшінде екені қолданбада."),
        Lang::Ru => ("предупреждение снято", "Оно больше не действует. Что действует сейчас, показано в приложении."),
        Lang::En => ("warning ended", "It no longer holds. What holds now is in the app."),
    };
    let title = match place {
        Some(place) => format!("{place}: {ended}. {headline}"),
        None => format!("{}. {headline}", capitalized(ended)),
    };
    let steps = text.as_ref().map(|text| text.steps.join("\n")).unwrap_or_default();
    let body = if steps.is_empty() { now.to_owned() } else { format!("{steps}\n{now}") };
    notice(warning, loudness, Sound::of_end(loudness), &title, &body)
}

/// As loud as what was told; silent where the end is announced so.
fn as_loud(warning: &Warning, told: &Told, otherwise: Loudness) -> Loudness {
    match warning.announced {
        Announced::Silent | Announced::Other => Loudness::Silent,
        Announced::Loud => told.loudness.unwrap_or(otherwise),
    }
}

/// The end of what was `told` for this traveller alone, as loud as that was: its new version names other places.
pub fn left_out(facts: &Facts, warning: &Warning, told: &Told) -> Notice {
    let loudness = as_loud(warning, told, Loudness::Normal);
    let has_people = facts.trips.iter().any(|(_, trip)| trip.draft.of_others && facts.now < trip.until());
    let (ended, body) = match (facts.lang, has_people) {
        (Lang::Kk, false) => (
            "Сіз үшін ескертудің күші жойылды",
            "Ол сіз жүрген немесе баратын жерде енді күшінде емес; басқа жерлерде күшін сақтайды. Қазір не күшінде \
             екені қолданбада.",
        ),
        (Lang::Ru, false) => (
            "Предупреждение для вас снято",
            "Там, где вы находитесь или будете, оно больше не действует; в других местах действует. Что действует \
             сейчас, показано в приложении.",
        ),
        (Lang::En, false) => (
            "Warning ended for you",
            "Where you are or will be it no longer holds; elsewhere it does. What holds now is in the app.",
        ),
        (Lang::Kk, true) => (
            "Сіз бен жақындарыңыз үшін ескертудің күші жойылды",
            "Ол сіз де, жақындарыңыз да жүрген немесе баратын жерде енді күшінде емес; басқа жерлерде күшін сақтайды. \
             Қазір не күшінде екені қолданбада.",
        ),
        (Lang::Ru, true) => (
            "Предупреждение для вас и ваших близких снято",
            "Там, где вы и ваши близкие находитесь или будете, оно больше не действует; в других местах действует. Что \
             действует сейчас, показано в приложении.",
        ),
        (Lang::En, true) => (
            "Warning ended for you and your people",
            "Where you and your people are or will be it no longer holds; elsewhere it does. What holds now is in the \
             app.",
        ),
    };
    notice(warning, loudness, Sound::of_end(loudness), &format!("{ended}. {}", told.headline), body)
}

/// What was shown was not the ministry's word.
pub fn void(facts: &Facts, told: &Told) -> Notice {
    let day = told.warned_at.map(|at| calendar::day(facts.lang, at, zone(facts).0)).unwrap_or_default();
    let headline = &told.headline;
    let (title, body) = match facts.lang {
        Lang::Kk => (
            format!("Орындамаңыз: {headline}"),
            format!(
                "Бұл ескерту (көрсетілген күні: {day}) — министрліктің сөзі емес: оған қол қойған кілт қайтарып \
                 алынған. Қазір не күшінде екені қолданбада."
            ),
        ),
        Lang::Ru => (
            format!("Не выполняйте: {headline}"),
            format!(
                "Это предупреждение (показано {day}) — не слово министерства: ключ, которым оно подписано, отозван. \
                 Что действует сейчас, показано в приложении."
            ),
        ),
        Lang::En => (
            format!("Do not follow: {headline}"),
            format!(
                "This warning (shown on {day}) was not the ministry’s word: the key that signed it was withdrawn. \
                 What holds now is in the app."
            ),
        ),
    };
    let loudness = told.loudness.unwrap_or(Loudness::Normal);
    Notice {
        opens: Opens::Advisory { id: told.entry.clone() },
        loudness,
        sound: Sound::of_warning(loudness).map(|_| Sound::Message),
        title: line(&title),
        body: plain(&body),
    }
}

/// The same for who may be looked over the shoulder: neither what nor where, and as loud.
pub fn discreet(lang: Lang, notice: Notice) -> Notice {
    let (title, body) = match lang {
        Lang::Kk => ("Министрліктің жаңа хабары", "Оқу үшін қолданбаны ашыңыз."),
        Lang::Ru => ("Новое сообщение министерства", "Откройте приложение, чтобы прочесть."),
        Lang::En => ("New word from the ministry", "Open the app to read it."),
    };
    Notice { title: title.to_owned(), body: body.to_owned(), ..notice }
}

fn notice(warning: &Warning, loudness: Loudness, sound: Option<Sound>, title: &str, body: &str) -> Notice {
    let opens = Opens::Advisory { id: warning.entry.id.clone() };
    Notice { opens, loudness, sound, title: line(title), body: plain(body) }
}

/// A letter of the ministry's, as it asks to be announced: who hides hears nothing, and who is looked over the shoulder
/// shows nobody whose word it is.
pub fn letter(lang: Lang, letter: &PrivateLetter, is_discreet: bool) -> Notice {
    let loudness = match letter.announced {
        Announced::Loud => Loudness::Normal,
        Announced::Silent | Announced::Other => Loudness::Silent,
    };
    let (opens, sound) = (Opens::Messages, Sound::of_warning(loudness));
    let (neutral, title, otherwise) = match lang {
        Lang::Kk => ("Қолданбада жаңалық бар", "Министрлік сізге жазды", "Ісіңіз туралы жаңа хабар бар."),
        Lang::Ru => ("В приложении есть новое", "Министерство написало вам", "Есть новое о вашем деле."),
        Lang::En => ("Something new in the app", "The ministry has written to you", "There is news of your case."),
    };
    if letter.neutral {
        return Notice { opens, loudness, sound, title: neutral.to_owned(), body: String::new() };
    }
    let body = if letter.text.is_empty() { otherwise.to_owned() } else { plain(&letter.text) };
    let notice = Notice { opens, loudness, sound, title: title.to_owned(), body };
    if is_discreet { discreet(lang, notice) } else { notice }
}

/// What stands over a part for this reader.
pub fn heading(facts: &Facts, part: &Part) -> Option<Heading> {
    headings::heading(part, facts.lang, &facts.preference())
}

/// What a part says to this reader.
fn text(facts: &Facts, part: &Part) -> Option<WarningText> {
    part.texts.by_preference(&facts.preference()).into_iter().next()
}

fn place(facts: &Facts, part: &Part) -> Option<String> {
    let country = part.areas.iter().find_map(|area| atlas::country(area.country?))?;
    Some(country.name.shown(&facts.preference()).to_owned())
}

fn begins_at(facts: &Facts, begins: Timestamp) -> String {
    let (zone, place) = zone(facts);
    let begins = calendar::moment(facts.lang, begins, zone);
    match facts.lang {
        Lang::Kk => format!("Басталуы: {begins} ({place})."),
        Lang::Ru => format!("Начало: {begins} ({place})."),
        Lang::En => format!("Begins {begins} ({place})."),
    }
}

/// The clock where the traveller is, and whose it is.
fn zone<'a>(facts: &'a Facts) -> (&'a str, String) {
    let leg = facts.where_now().filter(|leg| jiff::tz::TimeZone::get(&leg.time_zone).is_ok());
    leg.map_or(("UTC", "UTC".to_owned()), |leg| {
        (leg.time_zone.as_str(), leg.place.shown(&facts.preference()).to_owned())
    })
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text that every system shows: one with a NUL is shown by none, and one that turns the direction says what it does
/// not say.
fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control() && !is_invisible(*c)).collect()
}

fn line(text: &str) -> String {
    plain(text).replace('\n', " ")
}
