//! CAP 1.0 to 1.2 in. Every language of an alert becomes a text of one part.

use contract::{
    entry::{
        advisory::{Certainty, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
    },
    place::{Area, CountryCode},
    words::{Tag, Texts, Words},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    countries,
    geometry::{self, BadShape},
    text,
    xml::{self, Node, XmlError},
};

/// How long an alert holds that does not say.
const UNSAID_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// What CAP says an alert is in that names no language.
const UNSAID_LANGUAGE: &str = "en-US";

#[derive(Debug, thiserror::Error)]
pub enum CapError {
    #[error(transparent)]
    Xml(#[from] XmlError),
    #[error("it is not a CAP alert: its root element is <{0}>")]
    NotAnAlert(String),
    #[error("its <{0}> is missing")]
    Missing(&'static str),
    #[error("its <{element}> says \"{said}\"; only {only} is passed on")]
    NotPassedOn { element: &'static str, said: String, only: &'static str },
    #[error("its <{element}> \"{said}\" is not a time")]
    Time { element: &'static str, said: String },
    #[error("an area is bad: {0}")]
    Shape(#[from] BadShape),
}

/// An alert as it was read; nobody has checked yet whether it still holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub identifier: String,
    /// `sender,identifier`: what tells it from every other authority's.
    pub name: String,
    /// Identifiers of the alerts it updates or cancels.
    pub references: Vec<String>,
    pub relayed: RelayedAlert,
}

pub fn read(bytes: &[u8]) -> Result<Alert, CapError> {
    let alert = xml::parse(bytes)?;
    if alert.name != "alert" {
        return Err(CapError::NotAnAlert(alert.name));
    }
    only(&alert, "status", "Actual", &["Actual"])?;
    // the bulletin is public
    only(&alert, "scope", "Public", &["Public"])?;
    only(&alert, "msgType", "Alert, Update or Cancel", &["Alert", "Update", "Cancel"])?;
    let identifier = text::line(alert.get("identifier").ok_or(CapError::Missing("identifier"))?);
    let sent = time(&alert, "sent")?.ok_or(CapError::Missing("sent"))?;
    let infos: Vec<&Node> = alert.all("info").collect();
    let issuer = [Some(identifier.as_str()), alert.get("sender")].into_iter().flatten().find_map(issuing_country);
    let (effective, expires) = span(&infos, sent)?;
    let part = AlertPart {
        severity: worst(&infos, "severity", Severity::from_cap).unwrap_or(Severity::Unknown),
        urgency: worst(&infos, "urgency", Urgency::from_cap).unwrap_or(Urgency::Unknown),
        certainty: worst(&infos, "certainty", certainty).unwrap_or(Certainty::Unknown),
        effective,
        onset: None,
        expires,
        areas: areas(&infos, issuer)?,
        texts: texts(&infos)?,
    };
    let relayed = RelayedAlert {
        message_type: alert.get("msgType").and_then(MessageType::from_cap).ok_or(CapError::Missing("msgType"))?,
        sender: text::line(alert.get("sender").ok_or(CapError::Missing("sender"))?),
        identifier: identifier.clone(),
        sent,
        parts: vec![part],
    };
    // an alert is its sender's: what another sender's alert says of it does not count
    let own = alert.get("sender").unwrap_or_default().trim();
    let references = alert.get("references").map(|text| references(text, own)).unwrap_or_default();
    Ok(Alert { name: format!("{own},{identifier}"), identifier, references, relayed })
}

fn only(alert: &Node, element: &'static str, only: &'static str, passed: &[&str]) -> Result<(), CapError> {
    match alert.get(element) {
        Some(said) if !passed.iter().any(|word| word.eq_ignore_ascii_case(said)) => {
            Err(CapError::NotPassedOn { element, said: text::line(said), only })
        }
        Some(_) => Ok(()),
        None if element == "scope" => Ok(()),
        None => Err(CapError::Missing(element)),
    }
}

fn time(node: &Node, element: &'static str) -> Result<Option<Timestamp>, CapError> {
    let bad = |said: &str| CapError::Time { element, said: said.to_owned() };
    node.get(element).map(|said| said.parse().map_err(|_| bad(said))).transpose()
}

/// The names of `sender`'s alerts among `sender,identifier,sent`, with spaces between.
fn references(text: &str, sender: &str) -> Vec<String> {
    let named = text.split_whitespace().filter_map(|one| {
        let mut parts = one.split(',');
        Some((parts.next()?, parts.next()?))
    });
    named.filter(|(by, _)| *by == sender).map(|(by, identifier)| format!("{by},{identifier}")).collect()
}

/// From the earliest beginning to the latest end.
fn span(infos: &[&Node], sent: Timestamp) -> Result<(Timestamp, Timestamp), CapError> {
    let mut begins = Vec::new();
    let mut ends = Vec::new();
    for info in infos {
        let begin = time(info, "effective")?.unwrap_or(sent);
        begins.push(begin);
        ends.push(match time(info, "expires")? {
            Some(end) => end,
            None => begin.max(sent).saturating_add(UNSAID_LIFE).unwrap_or(begin),
        });
    }
    let begin = begins.into_iter().min().ok_or(CapError::Missing("info"))?;
    Ok((begin, ends.into_iter().max().unwrap_or(begin)))
}

fn worst<T: Ord>(infos: &[&Node], element: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    infos.iter().filter_map(|info| info.get(element).and_then(&read)).max()
}

fn certainty(word: &str) -> Option<Certainty> {
    // CAP 1.0 had one more
    if word.eq_ignore_ascii_case("Very Likely") { Some(Certainty::Likely) } else { Certainty::from_cap(word) }
}

fn texts(infos: &[&Node]) -> Result<Texts<AlertText>, CapError> {
    let mut texts: Texts<AlertText> = Texts::default();
    for info in infos {
        let read = AlertText {
            headline: text::line(info.get("headline").or(info.get("event")).ok_or(CapError::Missing("headline"))?),
            sender_name: info.get("senderName").map(text::line).unwrap_or_default(),
            steps: info.get("instruction").map(text::paragraphs).unwrap_or_default(),
            why: info.get("description").map(|raw| text::paragraphs(raw).join("\n")).unwrap_or_default(),
            ..AlertText::default()
        };
        let tag = language(info.get("language"));
        let joined = match texts.get(tag.as_str()) {
            Some(held) => join(held.clone(), read),
            None => read,
        };
        texts.insert(tag, joined);
    }
    Ok(texts)
}

/// Two blocks in one language are two parts of one message.
fn join(mut held: AlertText, more: AlertText) -> AlertText {
    if !held.headline.contains(&more.headline) {
        held.headline = format!("{} · {}", held.headline, more.headline);
    }
    if !held.why.contains(&more.why) {
        held.why = format!("{}\n{}", held.why, more.why).trim().to_owned();
    }
    let new = more.steps.into_iter().filter(|step| !held.steps.contains(step)).collect::<Vec<_>>();
    held.steps.extend(new);
    held
}

fn language(said: Option<&str>) -> Tag {
    said.unwrap_or(UNSAID_LANGUAGE).parse().unwrap_or_else(|_| Tag::undetermined())
}

fn areas(infos: &[&Node], issuer: Option<CountryCode>) -> Result<Vec<Area>, CapError> {
    let mut areas: Vec<Area> = Vec::new();
    for node in infos.iter().flat_map(|info| info.all("area")) {
        let area = area(node, issuer)?;
        // another language's block names the same shapes again
        let known = |held: &Area| {
            held.polygons == area.polygons
                && held.circles == area.circles
                && (area.has_shape() || held.name == area.name && held.country == area.country)
        };
        if !areas.iter().any(known) {
            areas.push(area);
        }
    }
    let mut rings: Vec<_> = areas.iter_mut().flat_map(|area| &mut area.polygons).collect();
    geometry::lighten(&mut rings);
    Ok(areas)
}

fn area(node: &Node, issuer: Option<CountryCode>) -> Result<Area, CapError> {
    let filled = |name| node.all(name).map(|child| child.text.as_str()).filter(|text| !text.trim().is_empty());
    let polygons = filled("polygon").map(geometry::polygon).collect::<Result<Vec<_>, _>>()?;
    let circles = filled("circle").map(geometry::circle).collect::<Result<Vec<_>, _>>()?;
    let shaped = !polygons.is_empty() || !circles.is_empty();
    // an authority's own country says where its shapes lie; without a shape it would put the whole country on alert
    let country = named_country(node).or(issuer.filter(|_| shaped));
    let name = node.get("areaDesc").map(text::line).filter(|name| !name.is_empty());
    let name: Words = name.into_iter().map(|name| (Tag::undetermined(), name)).collect();
    Ok(Area { name, country, airports: Vec::new(), polygons, circles })
}

/// The country, where a geocode is of ISO 3166-1 itself.
fn named_country(area: &Node) -> Option<CountryCode> {
    area.all("geocode").find_map(|geocode| {
        let scheme: String = geocode.get("valueName")?.chars().filter(char::is_ascii_alphanumeric).collect();
        let is_iso = ["iso3166", "iso31661", "iso31661alpha2"].contains(&scheme.to_ascii_lowercase().as_str());
        geocode.get("value").filter(|_| is_iso)?.to_ascii_uppercase().parse().ok()
    })
}

/// The country in WMO's object identifier `2.49.0.{0 or 1}.{country}`.
fn issuing_country(text: &str) -> Option<CountryCode> {
    let text = text.strip_prefix("urn:oid:").unwrap_or(text);
    let arc = text.strip_prefix("2.49.0.")?;
    let number = arc.strip_prefix("0.").or(arc.strip_prefix("1."))?.split(['.', '-']).next()?;
    countries::by_number(number).filter(|_| number.len() == 3)
}
