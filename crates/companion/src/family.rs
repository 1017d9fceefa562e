//! The words in which somebody safe tells their family, by whatever means they have: the app itself sends them to nobody.

#![deny(missing_docs)]

use contract::{
    record::CheckInStatus,
    words::{Lang, Preference},
};
use serde::Serialize;
use ts_rs::TS;
use url::form_urlencoded::byte_serialize;

use crate::{calendar, facts::Facts, standing, trips::PlannedLeg};

/// A text as a part of an address: a `+` would be read as itself.
pub(crate) fn escaped(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A text for the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FamilyText {
    /// The family's language.
    pub lang: Lang,
    /// A line for each: how many are well, where by the traveller's wish, when it was said.
    pub text: String,
    /// The place that can be told, in the family's language. Absent where none is known.
    pub place: Option<String>,
}

/// After a check-in that says of somebody that they are safe: no other word is one for the family. Whoever must not be
/// heard of is in none. `calls`: a roll is called, and who was not seen yet may be.
pub fn text(facts: &Facts, says_where: bool, calls: bool) -> Option<FamilyText> {
    let check_in = facts.latest_check_in.as_ref()?;
    let safe = *check_in.people.get(&CheckInStatus::Safe)?;
    if facts.latest_details.as_ref().is_some_and(|details| details.needs.iter().any(|need| need.is_quiet())) {
        return None;
    }
    let lang = facts.family_lang;
    let place = facts.leg().filter(|_| !facts.lock.locked && !facts.has_left()).map(|leg| place(facts, leg));
    let said_where = place.as_ref().filter(|_| says_where).map(|place| where_they_are(lang, place));
    // by the family's own clock: that of the place would tell where it is
    let said_when = facts.home.as_ref().map(|home| {
        let at = calendar::moment(lang, check_in.at, &home.time_zone);
        when_said(lang, &format!("{at} ({})", home.place.shown(&preference(facts))))
    });
    let (spoken, party) = (check_in.everybody(), standing::party_of(facts, check_in));
    let of_others: Vec<String> = check_in
        .people
        .iter()
        .filter(|(status, _)| **status != CheckInStatus::Safe)
        .map(|(status, people)| of_others(lang, *status, &people.to_string()))
        .collect();
    let unseen = Some(party.saturating_sub(spoken)).filter(|unseen| *unseen > 0);
    // who was not counted among those who are safe is not said to be
    let who = match safe {
        some if some < party => some_safe(lang, &some.to_string(), &party.to_string()),
        1 => safe_alone(lang).to_owned(),
        all => all_safe(lang, &all.to_string()),
    };
    let unseen = unseen.map(|unseen| not_seen(lang, &unseen.to_string(), calls));
    let lines = [Some(who)].into_iter().chain(of_others.into_iter().map(Some)).chain([unseen, said_where, said_when]);
    Some(FamilyText { lang, text: lines.flatten().collect::<Vec<_>>().join("\n"), place })
}

/// Every line that such a text may have, with what it tells left open: `{people}`, `{place}`, `{when}`.
pub(crate) fn shapes() -> impl Iterator<Item = String> {
    let people = "{people}";
    Lang::ALL.into_iter().flat_map(move |lang| {
        let safe = [safe_alone(lang).to_owned(), all_safe(lang, people), some_safe(lang, people, people)];
        let others = OTHERS.map(|status| of_others(lang, status, people));
        let unseen = [false, true].map(|calls| not_seen(lang, people, calls));
        let more = [where_they_are(lang, "{place}"), when_said(lang, "{when}")];
        safe.into_iter().chain(others).chain(unseen).chain(more)
    })
}

/// How those are who are not safe.
const OTHERS: [CheckInStatus; 3] = [CheckInStatus::NeedHelp, CheckInStatus::Stranded, CheckInStatus::Left];

fn safe_alone(lang: Lang) -> &'static str {
    match lang {
        Lang::Kk => "Мен аманмын.",
        Lang::Ru => "Со мной всё в порядке.",
        Lang::En => "I am safe.",
    }
}

fn all_safe(lang: Lang, people: &str) -> String {
    match lang {
        Lang::Kk => format!("Бәріміз аманбыз ({people} адам)."),
        Lang::Ru => format!("С нами всё в порядке (нас {people})."),
        Lang::En => format!("We are safe ({people} of us)."),
    }
}

fn some_safe(lang: Lang, people: &str, party: &str) -> String {
    match lang {
        Lang::Kk => format!("Аман: {people} (барлығымыз {party} адам)."),
        Lang::Ru => format!("В порядке: {people} из {party}."),
        Lang::En => format!("Safe: {people} of {party}."),
    }
}

fn of_others(lang: Lang, status: CheckInStatus, people: &str) -> String {
    match (status, lang) {
        (CheckInStatus::Stranded, Lang::Kk) => format!("Әлі кете алмай тұрғаны: {people}."),
        (CheckInStatus::Stranded, Lang::Ru) => format!("Пока не могут выехать: {people}."),
        (CheckInStatus::Stranded, Lang::En) => format!("Cannot leave yet: {people}."),
        (CheckInStatus::Left, Lang::Kk) => format!("Кетіп қалғаны: {people}."),
        (CheckInStatus::Left, Lang::Ru) => format!("Уже выехали: {people}."),
        (CheckInStatus::Left, Lang::En) => format!("Have left: {people}."),
        (CheckInStatus::Safe | CheckInStatus::NeedHelp | CheckInStatus::Other, Lang::Kk) => {
            format!("Көмек сұралған адам: {people}.")
        }
        (CheckInStatus::Safe | CheckInStatus::NeedHelp | CheckInStatus::Other, Lang::Ru) => {
            format!("Просят помощи у министерства: {people}.")
        }
        (CheckInStatus::Safe | CheckInStatus::NeedHelp | CheckInStatus::Other, Lang::En) => {
            format!("Asked the ministry for help: {people}.")
        }
    }
}

fn not_seen(lang: Lang, people: &str, calls: bool) -> String {
    match (lang, calls) {
        (Lang::Kk, true) => format!("Әлі көрінбегені: {people}, түгендеу жүріп жатыр."),
        (Lang::Kk, false) => format!("Әлі көрінбегені: {people}."),
        (Lang::Ru, true) => format!("Ещё не видели: {people}, перекличка ещё идёт."),
        (Lang::Ru, false) => format!("Ещё не видели: {people}."),
        (Lang::En, true) => format!("Not seen yet: {people}, the roll call goes on."),
        (Lang::En, false) => format!("Not seen yet: {people}."),
    }
}

fn where_they_are(lang: Lang, place: &str) -> String {
    match lang {
        Lang::Kk => format!("Тұрған жерім: {place}."),
        Lang::Ru => format!("Место: {place}."),
        Lang::En => format!("Place: {place}."),
    }
}

fn when_said(lang: Lang, moment: &str) -> String {
    match lang {
        Lang::Kk => format!("Жазылған уақыты: {moment}."),
        Lang::Ru => format!("Сказано: {moment}."),
        Lang::En => format!("Said: {moment}."),
    }
}

fn place(facts: &Facts, leg: &PlannedLeg) -> String {
    let wanted = preference(facts);
    let (place, country) = (leg.place.shown(&wanted), leg.country_name.shown(&wanted));
    if place == country { place.to_owned() } else { format!("{place}, {country}") }
}

fn preference(facts: &Facts) -> Preference {
    Preference::new(facts.family_lang, &facts.languages())
}

/// The address that has a mail program begin a letter with a text, to whomever the traveller chooses.
pub fn mail(text: &str) -> String {
    let body = text.replace('\n', "\r\n");
    let subject = text.lines().next().unwrap_or_default();
    format!("mailto:?subject={}&body={}", escaped(subject), escaped(&body))
}
