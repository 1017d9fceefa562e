//! What of an alert is passed on: its parts, each with its own severity, times, areas, and words in every language.

use contract::{
    entry::{
        advisory::{MessageType, Urgency},
        relayed_alert::{AlertPart, AlertText, RelayList, RelayedAlert},
    },
    place::{Area, Position},
    words::Tag,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    alert::{Alert, CapError, Info},
    codes, events, geometry,
    note::Note,
    place::{Issuer, place},
};

/// How long an alert holds that does not say.
const UNSAID_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// An alert that is passed on; nobody has looked yet what it does to those before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Relayed {
    pub alert: RelayedAlert,
    /// Identifiers of the sender's own alerts that it updates or cancels.
    pub references: Vec<String>,
    pub notes: Vec<Note>,
}

/// Reads the text of an alert whose sender is on the list.
///
/// # Errors
/// Where it is no alert, its sender is not on the list, it says nothing, or nobody can tell where it holds. An ending
/// is never refused for what it lacks.
pub fn read(text: &str, list: &RelayList) -> Result<Relayed, CapError> {
    let alert = Alert::from_text(text)?;
    let relay = list.find(&alert.sender).ok_or_else(|| CapError::Sender(alert.sender.clone()))?;
    let only_country = match relay.countries.as_slice() {
        [only] => Some(*only),
        _none_or_several => None,
    };
    let issuer = Issuer {
        certain: codes::issuer(&alert.identifier).or_else(|| codes::issuer(&alert.sender)),
        likely: only_country.or_else(|| codes::by_address(&alert.sender)),
    };
    let mut relayed = relayed(alert, issuer)?;
    if !relay.countries.is_empty() {
        let (notes, is_ending) = (&mut relayed.notes, relayed.alert.is_ending());
        for part in &mut relayed.alert.parts {
            part.areas.retain(|area| {
                let foreign = area.country.filter(|country| !relay.countries.contains(country));
                notes.extend(foreign.map(|country| Note::NotItsCountry { country }));
                foreign.is_none()
            });
        }
        relayed.alert.parts.retain(|part| is_ending || !part.areas.is_empty());
        if relayed.alert.parts.is_empty() && !is_ending {
            return Err(CapError::NotItsCountries(relayed.alert.sender));
        }
    }
    Ok(relayed)
}

fn relayed(alert: Alert, issuer: Issuer) -> Result<Relayed, CapError> {
    let Alert { identifier, sender, sent, message_type, references, infos, mut notes } = alert;
    if infos.is_empty() && message_type != MessageType::Cancel {
        return Err(CapError::Missing("info"));
    }
    let mut parts: Vec<AlertPart> = Vec::new();
    for info in &infos {
        let part = part(info, sent, issuer, &mut notes);
        match parts.iter_mut().find(|held| is_the_same(held, &part)) {
            Some(held) => take(held, part),
            None => parts.push(part),
        }
    }
    let is_ending = message_type == MessageType::Cancel || parts.iter().all(AlertPart::is_over);
    if !is_ending {
        settle(&mut parts, issuer, &mut notes)?;
    }
    lighten(&mut parts, &mut notes);
    let notes = each_once(notes);
    Ok(Relayed { alert: RelayedAlert { message_type, sender, identifier, sent, parts }, references, notes })
}

/// Every part of a warning says something, and holds somewhere.
fn settle(parts: &mut Vec<AlertPart>, issuer: Issuer, notes: &mut Vec<Note>) -> Result<(), CapError> {
    for part in parts.iter_mut().filter(|part| part.areas.is_empty()) {
        if let Some(country) = issuer.certain.or(issuer.likely) {
            notes.push(Note::WholeCountry { area: String::new(), country });
            part.areas.push(Area { country: Some(country), ..Area::default() });
        }
    }
    let bad_shape = notes.iter().find_map(Note::bad_shape).cloned();
    parts.retain(|part| !part.areas.is_empty());
    if parts.iter().all(AlertPart::is_over) {
        return Err(CapError::Nowhere(bad_shape));
    }
    parts.retain(|part| !part.texts.is_empty());
    if parts.iter().all(AlertPart::is_over) { Err(CapError::Missing("headline")) } else { Ok(()) }
}

fn part(info: &Info, sent: Timestamp, issuer: Issuer, notes: &mut Vec<Note>) -> AlertPart {
    let effective = info.effective.unwrap_or(sent);
    let begins = info.onset.unwrap_or(effective).max(effective).max(sent);
    let unsaid = begins.saturating_add(UNSAID_LIFE).unwrap_or(Timestamp::MAX);
    let mut areas: Vec<Area> = Vec::new();
    for area in info.areas.iter().flat_map(|area| place(area, &info.language, issuer, notes)) {
        if !areas.contains(&area) {
            areas.push(area);
        }
    }
    AlertPart {
        severity: info.severity,
        urgency: if info.is_all_clear { Urgency::Past } else { info.urgency },
        certainty: info.certainty,
        effective,
        onset: info.onset.filter(|onset| *onset > effective),
        expires: info.expires.unwrap_or(unsaid),
        areas,
        texts: text(info).map(|text| (info.language.clone(), text)).into_iter().collect(),
    }
}

/// None where nothing is said.
fn text(info: &Info) -> Option<AlertText> {
    let coded = || info.event_codes.iter().find_map(|(scheme, code)| events::by_code(scheme, code));
    let in_its_language = |words: &contract::words::Words| {
        let language = info.language.as_str().split('-').next().unwrap_or_default();
        words.get(language).or_else(|| words.get("en")).cloned()
    };
    let said = Some(info.event.clone()).filter(|event| !event.is_empty());
    let event = said.or_else(|| coded().and_then(|event| in_its_language(&event.name)));
    let headline = info.headline.clone().or_else(|| event.clone()).or_else(|| info.description.first().cloned());
    Some(AlertText {
        headline: headline?,
        event: event.unwrap_or_default(),
        sender_name: info.sender_name.clone().unwrap_or_default(),
        steps: info.instruction.clone(),
        why: info.description.join("\n"),
        web: info.web.clone().unwrap_or_default(),
        contact: info.contact.clone().unwrap_or_default(),
    })
}

/// Whether `more` is the same warning in another language, or more words about it.
fn is_the_same(held: &AlertPart, more: &AlertPart) -> bool {
    let same_places = || {
        held.areas.len() == more.areas.len()
            && held.areas.iter().zip(&more.areas).all(|(one, two)| is_the_same_place(one, two))
    };
    held.severity == more.severity
        && held.urgency == more.urgency
        && held.certainty == more.certainty
        && held.onset == more.onset
        && held.expires == more.expires
        && (more.areas.is_empty() || same_places())
}

/// Shapes say where a place is better than its names, which differ with the language.
fn is_the_same_place(one: &Area, two: &Area) -> bool {
    let mut names = one.name.iter();
    let is_named_alike = names.all(|(tag, name)| two.name.get(tag.as_str()).is_none_or(|other| other == name));
    one.country == two.country
        && one.polygons == two.polygons
        && one.circles == two.circles
        && (one.has_shape() || is_named_alike)
}

fn take(held: &mut AlertPart, more: AlertPart) {
    held.effective = held.effective.min(more.effective);
    for (area, other) in held.areas.iter_mut().zip(more.areas) {
        for (tag, name) in
            other.name.iter().filter(|(tag, _)| area.name.get(tag.as_str()).is_none()).collect::<Vec<_>>()
        {
            area.name.insert(tag.clone(), name.clone());
        }
    }
    for (tag, text) in more.texts.iter() {
        let whole = match held.texts.get(tag.as_str()) {
            Some(before) => joined(before.clone(), text.clone()),
            None => text.clone(),
        };
        held.texts.insert(tag.clone(), whole);
    }
}

/// Two blocks in one language about one place are two parts of one message.
fn joined(mut text: AlertText, more: AlertText) -> AlertText {
    if !text.headline.contains(&more.headline) {
        text.headline = format!("{} · {}", text.headline, more.headline);
    }
    if !text.why.contains(&more.why) {
        text.why = format!("{}\n{}", text.why, more.why).trim().to_owned();
    }
    let new: Vec<String> = more.steps.into_iter().filter(|step| !text.steps.contains(step)).collect();
    text.steps.extend(new);
    for (said, other) in [(&mut text.web, more.web), (&mut text.contact, more.contact)] {
        if said.is_empty() {
            *said = other;
        }
    }
    text
}

/// Makes the shapes light enough; where the rings themselves are too many, one round them stands for them.
fn lighten(parts: &mut [AlertPart], notes: &mut Vec<Note>) {
    let mut rings: Vec<&mut Vec<Position>> = rings(parts);
    geometry::lighten(&mut rings);
    if geometry::count(&rings) <= geometry::MAX_POINTS {
        return;
    }
    for area in parts.iter_mut().flat_map(|part| &mut part.areas).filter(|area| area.polygons.len() > 1) {
        let name = area.name.iter().next().map(|(_, name)| name.clone());
        notes.push(Note::ShapesJoined { area: name.unwrap_or_default() });
        area.polygons = vec![atlas::hull(&area.polygons)];
    }
    geometry::lighten(&mut self::rings(parts));
}

fn rings(parts: &mut [AlertPart]) -> Vec<&mut Vec<Position>> {
    parts.iter_mut().flat_map(|part| &mut part.areas).flat_map(|area| &mut area.polygons).collect()
}

fn each_once(notes: Vec<Note>) -> Vec<Note> {
    let mut once: Vec<Note> = Vec::new();
    for note in notes {
        if !once.contains(&note) {
            once.push(note);
        }
    }
    once
}

/// The ending of what `held` warned of, in the words of `by` where that is an ending and has any: as loud as the warning
/// was, where it was, for as long as it would have held.
pub fn ended(held: &RelayedAlert, by: &RelayedAlert) -> RelayedAlert {
    let heard_until = by.sent.saturating_add(UNSAID_LIFE).unwrap_or(Timestamp::MAX);
    // an alert that takes its place warns in its own words
    let said = by.parts.iter().filter(|_| by.is_ending());
    let words: Vec<(&Tag, &AlertText)> = said.flat_map(|part| part.texts.iter()).collect();
    let to_do: Vec<&String> =
        held.parts.iter().flat_map(|part| part.texts.iter()).flat_map(|(_, text)| &text.steps).collect();
    let parts = held.parts.iter().map(|part| {
        let mut part = part.clone();
        part.urgency = Urgency::Past;
        part.effective = by.sent;
        part.onset = None;
        part.expires = part.expires.max(heard_until);
        // what was to be done against a danger that is over
        part.texts = part.texts.iter().map(|(tag, text)| (tag.clone(), without_steps(text))).collect();
        for (tag, text) in &words {
            // what an ending only repeats is not to be done any more
            let steps = text.steps.iter().filter(|step| !to_do.contains(step)).cloned().collect();
            part.texts.insert((*tag).clone(), AlertText { steps, ..(*text).clone() });
        }
        part
    });
    RelayedAlert {
        message_type: MessageType::Cancel,
        sender: held.sender.clone(),
        identifier: by.identifier.clone(),
        sent: by.sent,
        parts: parts.collect(),
    }
}

fn without_steps(text: &AlertText) -> AlertText {
    AlertText { steps: Vec::new(), ..text.clone() }
}
