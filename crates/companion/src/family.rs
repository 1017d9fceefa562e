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

/// After a check-in that says so: no other word is one for the family.
pub fn text(facts: &Facts, says_where: bool) -> Option<FamilyText> {
    let check_in =
        facts.latest_check_in.as_ref().filter(|check_in| check_in.people.keys().eq([&CheckInStatus::Safe]))?;
    let lang = facts.family_lang;
    let place = facts.leg().filter(|_| !facts.lock.locked).map(|leg| place(facts, leg));
    let said_where = place.as_ref().filter(|_| says_where).map(|place| where_they_are(lang, place));
    // by the family's own clock: that of the place would tell where it is
    let said_when = facts.home.as_ref().map(|home| {
        let at = calendar::moment(lang, check_in.at, &home.time_zone);
        when_said(lang, &format!("{at} ({})", home.place.shown(&preference(facts))))
    });
    let (people, party) = (check_in.everybody(), standing::party_of(facts, check_in));
    // who was not counted among those who are safe is not said to be
    let safe = match party.saturating_sub(people) {
        0 if people > 1 => all_safe(lang, &people.to_string()),
        0 => safe(lang).to_owned(),
        unseen => some_safe(lang, &people.to_string(), &party.to_string(), &unseen.to_string()),
    };
    let lines = [Some(safe), said_where, said_when];
    Some(FamilyText { lang, text: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"), place })
}

/// Every line that such a text may have, with what it tells left open: `{people}`, `{place}`, `{when}`.
pub(crate) fn shapes() -> impl Iterator<Item = String> {
    let people = "{people}";
    Lang::ALL.into_iter().flat_map(move |lang| {
        let safe = [safe(lang).to_owned(), all_safe(lang, people), some_safe(lang, people, people, people)];
        safe.into_iter().chain([where_they_are(lang, "{place}"), when_said(lang, "{when}")])
    })
}

fn safe(lang: Lang) -> &'static str {
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

fn some_safe(lang: Lang, people: &str, party: &str, unseen: &str) -> String {
    match lang {
        Lang::Kk => format!("Аманы: {people} (барлығымыз {party} адам). Әлі көрінбегені: {unseen}."),
        Lang::Ru => format!("В порядке: {people} из {party}. Ещё не видели: {unseen}."),
        Lang::En => format!("Safe: {people} of {party}. Not seen yet: {unseen}."),
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
