//! Whom a message to all who match is for: by where they are, what they said last, what they mean to do, their language.

use std::collections::HashMap;

use contract::{
    ids::{DeviceId, TripId},
    place::{AirportCode, CountryCode},
    record::{CheckIn, CheckInStatus, Intent, Kind, PlainLeg, most_urgent},
    words::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    casework::{facts::Facts, letters::Guard, sms::BySms},
    folder::ConsularKeys,
    leads::Leads,
    mirror::{Held, Mirror, MirrorError},
    opening::{Opened, of_check_in, open},
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
    trip: Option<TripId>,
    at: Timestamp,
    said: Said,
    country: Option<CountryCode>,
    airport: Option<AirportCode>,
    intent: Option<Intent>,
    facts: Facts,
}

impl Word {
    fn of(held: &Held<CheckIn>, opened: Option<&Opened>) -> Self {
        let CheckIn { trip, country, airport, at, ref people, .. } = held.record;
        let content = opened.and_then(|part| part.content.as_ref());
        let intent =
            content.and_then(|content| Intent::deserialize(content.get("intent").unwrap_or(&Value::Null)).ok());
        Self {
            device: held.device,
            trip,
            at: at.min(held.received_at),
            said: Said::of(most_urgent(people)),
            country,
            airport,
            intent,
            facts: Facts::read(opened.map(std::slice::from_ref).unwrap_or_default()),
        }
    }
}

/// What was said by check-ins. Only in memory, as [`People`] is.
#[derive(Default)]
pub struct Words {
    by_data: HashMap<String, (i64, Word)>,
    /// Of proven SMS.
    by_sms: Vec<Word>,
}

impl Words {
    /// Brings it up to what the register says. Answers the ids of what was opened for it.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn catch_up(
        &mut self,
        mirror: &Mirror,
        by_sms: &[BySms],
        keys: &ConsularKeys,
    ) -> std::result::Result<Vec<String>, MirrorError> {
        let proven = by_sms.iter().filter(|sms| sms.is_confirmed());
        self.by_sms = proven.map(|sms| Word::of(&sms.held, Some(&sms.opened()))).collect();
        let live = mirror.received(Kind::CheckIn)?;
        self.by_data.retain(|id, (received, _)| live.get(id) == Some(received));
        let mut opened = Vec::new();
        for (id, received) in live {
            if self.by_data.contains_key(&id) {
                continue;
            }
            let Some(held) = mirror.find::<CheckIn>(Kind::CheckIn, &id)? else { continue };
            let part = of_check_in(held.clone()).map(|part| open(part, keys));
            opened.extend(part.as_ref().map(|part| part.id.clone()));
            self.by_data.insert(id, (received, Word::of(&held, part.as_ref())));
        }
        opened.sort();
        Ok(opened)
    }

    /// Each with its phone: what was said of a trip that moved is the word of the phone that it moved to.
    fn all(&self, leads: &Leads) -> impl Iterator<Item = (DeviceId, &Word)> {
        let all = self.by_data.values().map(|(_, word)| word).chain(&self.by_sms);
        all.map(|word| (leads.of(word.device, word.trip), word))
    }
}

/// What is known of one phone.
#[derive(Default)]
struct Standing<'a> {
    legs: Vec<&'a PlainLeg>,
    lang: Option<Lang>,
    word: Option<&'a Word>,
    guard: Guard,
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

/// What the desk knows of phones beside what they registered and said.
pub struct Phones {
    /// Of those of whose cases something is known.
    pub guarded: HashMap<DeviceId, Guard>,
    /// The moves that an officer confirmed.
    pub leads: Leads,
    /// Of trips that moved, of which phone each is.
    pub of_moved: HashMap<TripId, DeviceId>,
}

/// Who matches now.
pub fn receivers(people: &People, words: &Words, phones: &Phones, to: &Match, now: Timestamp) -> Receivers {
    let mut all: HashMap<DeviceId, Standing<'_>> = HashMap::new();
    for (id, travellers) in people.travellers() {
        // until somebody says whose the new phone is, what anybody there may read goes to both
        let known = id.parse().ok().and_then(|id: TripId| phones.of_moved.get(&id).copied());
        for device in known.filter(|device| *device != travellers.device).into_iter().chain([travellers.device]) {
            let standing = all.entry(device).or_default();
            standing.legs.extend(&travellers.legs);
            standing.lang = standing.lang.or(travellers.language.as_ref().and_then(|tag| Lang::from_tag(tag.as_str())));
        }
    }
    for (device, word) in words.all(&phones.leads) {
        let standing = all.entry(device).or_default();
        // a newer word that is silent of it takes no wish back
        standing.guard.mind(&word.facts);
        if standing.word.is_none_or(|held| held.at < word.at) {
            standing.word = Some(word);
        }
    }
    let mut receivers = Receivers::default();
    for (device, mut standing) in all {
        let said_in = standing.word.and_then(|word| word.facts.language.as_ref());
        standing.lang = said_in.and_then(|tag| Lang::from_tag(tag.as_str())).or(standing.lang);
        let of_cases = phones.guarded.get(&device).copied().unwrap_or_default();
        let quiet = standing.guard.quiet || of_cases.quiet;
        match (standing.matches(to, now), standing.guard.no_letters || of_cases.no_letters) {
            (false, _) => {}
            (true, true) => receivers.left_out += 1,
            (true, false) => {
                let lang = standing.lang.unwrap_or(Lang::Kk);
                receivers.list.push(Receiver { device, lang, quiet });
            }
        }
    }
    receivers.list.sort_by_key(|receiver| receiver.device);
    receivers
}
