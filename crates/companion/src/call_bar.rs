//! Which line the call bar reaches: the best one for where the traveller is.

#![deny(missing_docs)]

use contract::{
    entry::chat::Messenger,
    entry::line::{Line, LineKind, LineState, TextWay},
    entry::mission::Mission,
    hours::Hours,
    ids::EntryId,
    profile::{Profile, ProfileLine},
    words::{Tag, Words, is_invisible},
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    nearness,
    opening_hours::{self, OpenHours},
    trips::PlannedLeg,
};

/// At higher levels every call may be urgent.
const HIGHEST_CALM_LEVEL: u8 = 2;

/// Longer names than any line has are cut.
const MOST_LETTERS: usize = 160;

/// What is no longer than opening hours stands whole on one line, or on the next.
const SHORT: usize = 20;

/// The number that works on a mobile phone in most of the world, for an app with no ministry.
const EMERGENCY: &str = "112";

/// What the call bar does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CallBar {
    /// `tel:` to speak; `sms:` or a chat's `https:` to write.
    pub href: String,
    /// It writes instead of speaking.
    pub writes: bool,
    /// The line's voice number as it is dialled: E.164, or a short code such as 112. There too where the bar writes.
    pub number: String,
    /// Whose line it is, or that they are overloaded.
    pub line: Words,
    /// When they answer; empty where they are overloaded.
    pub hours: Words,
    /// True for a number reserved for fiction.
    pub demo: bool,
    /// Whose number it is.
    pub kind: CallBarKind,
    /// A second way, beside it.
    pub second_way: Option<SecondWay>,
}

/// What stands beside the call bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SecondWay {
    /// Why it is offered.
    pub way: SecondWayKind,
    /// `tel:` to speak; `sms:` or a chat's `https:` to write.
    pub href: String,
    /// Whose line it is and when they answer.
    pub line: Words,
}

/// Why a second way is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecondWayKind {
    /// To speak, for whoever writes first.
    Voice,
    /// To write, where the line is overloaded.
    Text,
    /// For questions: nothing urgent belongs on the emergency line.
    Office,
}

/// Whose number the call bar dials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallBarKind {
    /// That of a mission which serves where the traveller is.
    Mission,
    /// The ministry's own, from the bulletin or the profile.
    Ministry,
    /// No ministry is set: the emergency number itself.
    Emergency,
}

/// How to ask what is not urgent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Ask {
    /// `tel:` to speak; `sms:` or a chat's `https:` to write.
    pub href: String,
    /// What it opens, where that is a messenger.
    pub messenger: Option<Messenger>,
    /// When they answer, and whether they do now.
    pub hours: OpenHours,
    /// True for a number reserved for fiction.
    pub demo: bool,
}

/// What the call bar is made from.
pub struct CallBarInput<'a, Lines, MissionOf> {
    /// What to fall back on.
    pub profile: &'a Profile,
    /// Every line that the ministry has named.
    pub lines: Lines,
    /// The mission of a line.
    pub mission: MissionOf,
    /// The leg, or home, that the traveller is on.
    pub here: Option<&'a PlannedLeg>,
    /// The standing level there.
    pub level: Option<u8>,
    /// The traveller does not hear or speak.
    pub prefers_text: bool,
    /// By which opening hours are judged.
    pub now: Timestamp,
}

impl<'a, Lines, MissionOf> CallBarInput<'a, Lines, MissionOf>
where
    Lines: Iterator<Item = &'a Line> + Clone,
    MissionOf: Fn(&EntryId) -> Option<&'a Mission>,
{
    /// The line of a mission that serves the country of `here` (an emergency line first, then one in the same city,
    /// one that is not overloaded, that of the nearest), else the ministry's own line, else the profile's.
    /// A line outside its hours, closed, or moved to nowhere is passed over. Beside it: the voice for whoever writes
    /// first, a way to write where many call, the office's line for questions where nothing is wrong.
    pub fn call_bar(&self) -> CallBar {
        let reached = self.of_mission(|_| true);
        let ministry = || self.of_ministry().map(|line| (line, None));
        let Some((line, bar)) = reached.or_else(ministry).and_then(|(line, of)| Some((line, call_bar(line, of)?)))
        else {
            return of_profile(self.profile);
        };
        // who writes reaches whoever's way it is, and is told so
        let text = [reached, ministry()].into_iter().flatten().find_map(|(line, of)| {
            let written = CallBar { href: text_href(line.text.as_ref()?)?, writes: true, ..call_bar(line, of)? };
            Some((line, written))
        });
        match text {
            Some((_, written)) if self.prefers_text => {
                CallBar { second_way: Some(second_way(SecondWayKind::Voice, bar.href, line)), ..written }
            }
            Some((of, written)) if is_busy(line) => {
                CallBar { second_way: Some(second_way(SecondWayKind::Text, written.href, of)), ..bar }
            }
            Some(_) | None => CallBar { second_way: self.office(line), ..bar },
        }
    }

    fn office(&self, line: &Line) -> Option<SecondWay> {
        if line.kind != LineKind::Emergency || self.level.is_some_and(|level| level > HIGHEST_CALM_LEVEL) {
            return None;
        }
        let (office, _) = self.of_mission(|line| line.kind != LineKind::Emergency)?;
        Some(second_way(SecondWayKind::Office, tel(office.answers_at()?.as_str()), office))
    }

    fn answering(&self) -> impl Iterator<Item = &'a Line> {
        let now = self.now;
        self.lines.clone().filter(move |line| answers(line, now))
    }

    fn of_mission(&self, wanted: impl Fn(&Line) -> bool) -> Option<(&'a Line, Option<&'a Mission>)> {
        let here = self.here?;
        self.answering()
            .filter(|line| wanted(line))
            .filter_map(|line| Some((line, (self.mission)(line.mission.as_ref()?)?)))
            .filter(|(_, mission)| mission.serves.contains(&here.country))
            .min_by_key(|(line, mission)| {
                let elsewhere = !nearness::is_in_the_city(mission, Some(here));
                (line.kind != LineKind::Emergency, elsewhere, is_busy(line), nearness::rank(mission, Some(here)))
            })
            .map(|(line, mission)| (line, Some(mission)))
    }

    fn of_ministry(&self) -> Option<&'a Line> {
        let own = self.answering().filter(|line| line.mission.is_none());
        own.min_by_key(|line| (line.kind != LineKind::Emergency, is_busy(line)))
    }
}

/// How to ask a mission what is not urgent: speak where its office answers, write where it does not, where many call,
/// or where the traveller prefers to.
pub fn ask<'a>(lines: impl Iterator<Item = &'a Line> + Clone, prefers_text: bool, now: Timestamp) -> Option<Ask> {
    let offices = lines.filter(|line| line.kind != LineKind::Emergency);
    let line =
        offices.clone().find(|line| answers(line, now)).or_else(|| offices.clone().find(|line| line.text.is_some()))?;
    let open = answers(line, now);
    let text = line.text.as_ref().filter(|_| prefers_text || !open || is_busy(line));
    let written = text.and_then(|way| Some((text_href(way)?, messenger(way))));
    let voice = line.answers_at().filter(|_| open).map(|number| (tel(number.as_str()), None));
    let (href, messenger) = written.or(voice)?;
    let hours = OpenHours { words: opening_hours::words(&line.hours), open };
    Some(Ask { href, messenger, hours, demo: line.demo })
}

/// Whether somebody speaks there at `now`, by the line's state and its hours.
pub fn answers(line: &Line, now: Timestamp) -> bool {
    line.answers_at().is_some() && opening_hours::is_open(&line.hours, now)
}

/// Whether a number, spoken or written to, reaches a line.
pub fn reaches(line: &Line, number: &str) -> bool {
    numbers(line).any(|known| known.as_str() == number)
}

/// All numbers of a line, to speak and to write.
pub fn numbers(line: &Line) -> impl Iterator<Item = &contract::phone::PhoneNumber> {
    let sms = if let Some(TextWay::Sms { number }) = &line.text { Some(number) } else { None };
    [Some(&line.number), line.moved_to.as_ref(), sms].into_iter().flatten()
}

fn is_busy(line: &Line) -> bool {
    line.state == LineState::Overloaded
}

fn call_bar(line: &Line, mission: Option<&Mission>) -> Option<CallBar> {
    let (name, kind) = match mission {
        Some(mission) => (&mission.name, CallBarKind::Mission),
        None => (&line.name, CallBarKind::Ministry),
    };
    let number = line.answers_at()?.as_str();
    if is_busy(line) {
        // the bar has room for one line: that it is busy comes before whose it is
        return Some(speaking(number, &overloaded(), &Words::default(), line.demo, kind));
    }
    Some(speaking(number, name, &opening_hours::in_short(&line.hours), line.demo, kind))
}

/// The profile's own line: what is known before the bulletin is.
pub fn of_profile(profile: &Profile) -> CallBar {
    let ProfileLine { name, hours, number } = &profile.line;
    speaking(number.as_str(), name, &opening_hours::in_short(hours), profile.demo, CallBarKind::Ministry)
}

/// The emergency number of most of the world, where no ministry is set.
pub fn of_nobody() -> CallBar {
    let name = Words::new("Жергілікті жедел қызметтер", "Местные экстренные службы", "Local emergency services");
    speaking(EMERGENCY, &name, &opening_hours::in_short(&Hours::Always), false, CallBarKind::Emergency)
}

fn overloaded() -> Words {
    Words::new("қоңырау көп: жазған дұрыс", "линия перегружена: лучше написать", "line is busy: better to write")
}

fn speaking(number: &str, name: &Words, hours: &Words, demo: bool, kind: CallBarKind) -> CallBar {
    // where the bar has room for one line, hours that begin on the next go whole
    let hours = each(hours, |said| whole_if_short(in_the_bar(said)));
    let (href, number, line) = (tel(number), number.to_owned(), each(name, in_the_bar));
    CallBar { href, writes: false, number, line, hours, demo, kind, second_way: None }
}

/// Hours of which only the first word has room say something else.
fn whole_if_short(part: String) -> String {
    if part.chars().count() <= SHORT { part.replace(' ', "\u{a0}") } else { part }
}

fn each(words: &Words, in_one: impl Fn(&str) -> String) -> Words {
    words.iter().map(|(tag, said)| (tag.clone(), in_one(said))).collect()
}

/// As much of a name as a bar may hold, with nothing in it that turns the direction of the rest.
fn in_the_bar(name: &str) -> String {
    name.chars().filter(|c| !c.is_control() && !is_invisible(*c)).take(MOST_LETTERS).collect()
}

fn second_way(way: SecondWayKind, href: String, line: &Line) -> SecondWay {
    let hours = opening_hours::in_short(&line.hours);
    let whose = |tag: &Tag, name: &str| match hours.get(tag.as_str()) {
        Some(hours) => format!("{}\u{a0}· {hours}", in_the_bar(name)),
        None => in_the_bar(name),
    };
    SecondWay { way, href, line: line.name.iter().map(|(tag, name)| (tag.clone(), whose(tag, name))).collect() }
}

fn tel(number: &str) -> String {
    format!("tel:{number}")
}

fn messenger(way: &TextWay) -> Option<Messenger> {
    match way {
        TextWay::Chat(link) => Some(link.messenger),
        TextWay::Sms { .. } | TextWay::Other => None,
    }
}

/// `None` for a link that no messenger has, and for a way that this app does not know.
fn text_href(way: &TextWay) -> Option<String> {
    match way {
        TextWay::Sms { number } => Some(format!("sms:{number}")),
        TextWay::Chat(link) => Some(link.url.clone()).filter(|url| url.starts_with("https://")),
        TextWay::Other => None,
    }
}
