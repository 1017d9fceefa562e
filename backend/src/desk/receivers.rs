//! Whom a message to all who match is for: by where they are, what they said last, what they mean to do, their language.

use std::collections::HashMap;

use contract::{
    ids::DeviceId,
    place::{AirportCode, CountryCode},
    record::{CheckIn, CheckInStatus, Intent, Kind, PlainLeg, most_urgent},
    words::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    casework::{Result, facts::Facts},
    folder::ConsularKeys,
    mirror::{Mirror, MirrorError},
    opening::{of_check_in, open},
    people::People,
};

/// What somebody said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Safe,
    NeedHelp,
    Left,
    Stranded,
    /// Nothing yet.
    Nothing,
}

impl Said {
    fn of(status: CheckInStatus) -> Self {
        match status {
            CheckInStatus::Safe => Self::Safe,
            CheckInStatus::NeedHelp | CheckInStatus::Other => Self::NeedHelp,
            CheckInStatus::Left => Self::Left,
            CheckInStatus::Stranded => Self::Stranded,
        }
    }
}

/// All of what is named holds of a receiver.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Match {
    #[schema(value_type = Option<String>)]
    pub country: Option<CountryCode>,
    #[schema(value_type = Option<String>)]
    pub airport: Option<AirportCode>,
    pub said: Option<Said>,
    #[schema(value_type = Option<String>)]
    pub intent: Option<Intent>,
    #[schema(value_type = Option<String>)]
    pub language: Option<Lang>,
}

/// One phone that a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receiver {
    pub device: DeviceId,
    pub lang: Lang,
    pub quiet: bool,
}

/// Those who match.
#[derive(Debug, Default)]
pub struct Receivers {
    /// By their phones.
    pub list: Vec<Receiver>,
    /// Who match, and asked that nobody writes to them.
    pub left_out: usize,
}

/// One word as it was said.
struct Word {
    device: DeviceId,
    at: Timestamp,
    said: Said,
    country: Option<CountryCode>,
    airport: Option<AirportCode>,
    intent: Option<Intent>,
    facts: Facts,
}

/// What was said by check-ins. Only in memory, as [`People`] is.
#[derive(Default)]
pub struct Words(HashMap<String, (i64, Word)>);

impl Words {
    /// Brings it up to what the register says. Answers the ids of what was opened for it.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn catch_up(&mut self, mirror: &Mirror, keys: &ConsularKeys) -> std::result::Result<Vec<String>, MirrorError> {
        let live = mirror.received(Kind::CheckIn)?;
        self.0.retain(|id, (received, _)| live.get(id) == Some(received));
        let mut opened = Vec::new();
        for (id, received) in live {
            if self.0.contains_key(&id) {
                continue;
            }
            let Some(held) = mirror.find::<CheckIn>(Kind::CheckIn, &id)? else { continue };
            let CheckIn { country, airport, at, ref people, .. } = held.record;
            let (device, at, said) = (held.device, at.min(held.received_at), Said::of(most_urgent(people)));
            let part = of_check_in(held).map(|part| open(part, keys));
            opened.extend(part.as_ref().map(|part| part.id.clone()));
            let content = part.as_ref().and_then(|part| part.content.as_ref());
            let intent =
                content.and_then(|content| Intent::deserialize(content.get("intent").unwrap_or(&Value::Null)).ok());
            let facts = Facts::read(part.as_slice());
            self.0.insert(id, (received, Word { device, at, said, country, airport, intent, facts }));
        }
        opened.sort();
        Ok(opened)
    }

    /// Of each phone the newest.
    fn newest(&self) -> HashMap<DeviceId, &Word> {
        let mut newest: HashMap<DeviceId, &Word> = HashMap::new();
        for (_, word) in self.0.values() {
            let held = newest.entry(word.device).or_insert(word);
            if held.at < word.at {
                *held = word;
            }
        }
        newest
    }
}

/// What is known of one phone.
#[derive(Default)]
struct Standing<'a> {
    legs: Vec<&'a PlainLeg>,
    lang: Option<Lang>,
    word: Option<&'a Word>,
    quiet: bool,
    no_letters: bool,
}

impl Standing<'_> {
    /// Where they are: by their own word, unless a leg began since; who has left is nowhere.
    fn place(&self, now: Timestamp) -> (Option<CountryCode>, Option<AirportCode>) {
        let leg = self.legs.iter().filter(|leg| leg.from <= now && now < leg.end()).max_by_key(|leg| leg.from);
        let word = self.word.filter(|word| leg.is_none_or(|leg| leg.from <= word.at));
        match (word, leg) {
            (Some(Word { said: Said::Left, .. }), _) => (None, None),
            (Some(Word { country, airport, .. }), _) if country.is_some() || airport.is_some() => (*country, *airport),
            (_, Some(leg)) => (Some(leg.country), leg.airport),
            (_, None) => (None, None),
        }
    }

    fn matches(&self, to: &Match, now: Timestamp) -> bool {
        let (country, airport) = self.place(now);
        let country = country.or_else(|| Some(airport.and_then(atlas::airport)?.country));
        let said = self.word.map_or(Said::Nothing, |word| word.said);
        to.country.is_none_or(|wanted| country == Some(wanted))
            && to.airport.is_none_or(|wanted| airport == Some(wanted))
            && to.said.is_none_or(|wanted| said == wanted)
            && to.intent.is_none_or(|wanted| self.word.is_some_and(|word| word.intent == Some(wanted)))
            && to.language.is_none_or(|wanted| self.lang.unwrap_or(Lang::Kk) == wanted)
    }
}

/// Who matches now. `guarded` says of phones with open cases what is known of them: quiet, no letters.
///
/// # Errors
/// An id is none.
pub fn receivers(
    people: &People,
    words: &Words,
    guarded: &HashMap<DeviceId, (bool, bool)>,
    to: &Match,
    now: Timestamp,
) -> Result<Receivers> {
    let mut all: HashMap<DeviceId, Standing<'_>> = HashMap::new();
    for (_, travellers) in people.travellers() {
        let standing = all.entry(travellers.device).or_default();
        standing.legs.extend(&travellers.legs);
        standing.lang = standing.lang.or(travellers.language.as_ref().and_then(|tag| Lang::from_tag(tag.as_str())));
    }
    for (device, word) in words.newest() {
        let standing = all.entry(device).or_default();
        let spoken = word.facts.language.as_ref().and_then(|tag| Lang::from_tag(tag.as_str()));
        standing.lang = spoken.or(standing.lang);
        standing.quiet = word.facts.is_quiet();
        standing.no_letters = word.facts.no_letters;
        standing.word = Some(word);
    }
    let mut receivers = Receivers::default();
    for (device, mut standing) in all {
        if let Some((quiet, no_letters)) = guarded.get(&device) {
            standing.quiet |= quiet;
            standing.no_letters |= no_letters;
        }
        match (standing.matches(to, now), standing.no_letters) {
            (false, _) => {}
            (true, true) => receivers.left_out += 1,
            (true, false) => {
                let lang = standing.lang.unwrap_or(Lang::Kk);
                receivers.list.push(Receiver { device, lang, quiet: standing.quiet });
            }
        }
    }
    receivers.list.sort_by_key(|receiver| receiver.device);
    Ok(receivers)
}
