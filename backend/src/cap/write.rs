//! CAP 1.2 out, elements in the schema's order: one `info` for each part and language, with that part's areas.

use std::{borrow::Cow, io};

use contract::{
    entry::{
        Body, Entry,
        advisory::{Advisory, Certainty, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, AlertText},
    },
    place::{Area, Position},
    words::{Preference, Tag, Words},
};
use jiff::{Timestamp, civil};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{text, xml::is_allowed};

type Xml = Writer<Vec<u8>>;

/// Who speaks.
pub struct Issuer<'a> {
    pub sender: &'a str,
    pub name: &'a Words,
    /// The ministry's languages, in its order.
    pub languages: Preference,
    pub demo: bool,
}

/// What of an entry is an alert.
struct Said<'a> {
    message_type: MessageType,
    /// Another authority's own name for it.
    source: Option<String>,
    parts: Cow<'a, [AlertPart]>,
}

/// When the last of an alert is over; none where the entry is no alert.
pub fn over_at(entry: &Entry) -> Option<Timestamp> {
    said(entry)?.parts.iter().map(|part| part.expires).max()
}

/// The alert that an entry is; none where it is no alert. `before` is the version before.
///
/// # Errors
/// None that can happen in memory.
pub fn alert_xml(entry: &Entry, before: Option<&Entry>, issuer: &Issuer<'_>) -> io::Result<Option<Vec<u8>>> {
    let Some(said) = said(entry) else { return Ok(None) };
    let written = document(|xml| {
        let alert = xml.create_element("alert").with_attribute(("xmlns", "urn:oasis:names:tc:emergency:cap:1.2"));
        alert.write_inner_content(|xml| {
            leaf(xml, "identifier", &identifier(entry))?;
            leaf(xml, "sender", issuer.sender)?;
            leaf(xml, "sent", &time(entry.issued_at))?;
            // a ministry that does not exist must not be taken at its word
            leaf(xml, "status", if issuer.demo { "Exercise" } else { "Actual" })?;
            leaf(xml, "msgType", message_type(said.message_type, before))?;
            if let Some(source) = &said.source {
                leaf(xml, "source", source)?;
            }
            leaf(xml, "scope", "Public")?;
            if issuer.demo {
                leaf(xml, "note", "DEMO")?;
            }
            if let Some(before) = before {
                let sent = time(before.issued_at);
                leaf(xml, "references", &format!("{},{},{sent}", issuer.sender, identifier(before)))?;
            }
            let cancelled = said.message_type == MessageType::Cancel;
            for part in said.parts.iter() {
                part.texts.iter().try_for_each(|(tag, text)| info(xml, part, cancelled, tag, text, issuer))?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(Some(written))
}

/// A feed of the entries that are alerts, each linking to its own.
///
/// # Errors
/// None that can happen in memory.
pub fn atom_xml(entries: &[Entry], issuer: &Issuer<'_>, now: Timestamp) -> io::Result<Vec<u8>> {
    let alerts: Vec<(&Entry, Said<'_>)> = entries.iter().filter_map(|entry| Some((entry, said(entry)?))).collect();
    let updated = alerts.iter().map(|(entry, _)| entry.issued_at).max().unwrap_or(now);
    let name = issuer.name.shown(&issuer.languages);
    document(|xml| {
        let feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        feed.write_inner_content(|xml| {
            leaf(xml, "id", "urn:saparlas:cap")?;
            leaf(xml, "title", name)?;
            leaf(xml, "updated", &updated.to_string())?;
            xml.create_element("author").write_inner_content(|xml| leaf(xml, "name", name))?;
            for (entry, said) in &alerts {
                let texts = said.parts.first().and_then(|part| part.texts.best(&issuer.languages));
                xml.create_element("entry").write_inner_content(|xml| {
                    leaf(xml, "id", &format!("urn:saparlas:cap:{}", identifier(entry)))?;
                    leaf(xml, "title", texts.map_or("", |(_, text)| &text.headline))?;
                    leaf(xml, "updated", &entry.issued_at.to_string())?;
                    xml.create_element("link")
                        .with_attribute(("rel", "alternate"))
                        .with_attribute(("type", "application/cap+xml"))
                        .with_attribute(("href", format!("/cap/{}.xml", entry.id).as_str()))
                        .write_empty()?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn said(entry: &Entry) -> Option<Said<'_>> {
    match &entry.body {
        Body::Advisory(advisory) => Some(Said {
            message_type: advisory.message_type,
            source: None,
            parts: Cow::Owned(vec![only_part(advisory)]),
        }),
        Body::RelayedAlert(alert) => Some(Said {
            message_type: alert.message_type,
            source: Some(format!("{},{},{}", alert.sender, alert.identifier, time(alert.sent))),
            parts: Cow::Borrowed(&alert.parts),
        }),
        Body::RelayList(_)
        | Body::Level(_)
        | Body::Mission(_)
        | Body::Line(_)
        | Body::Chat(_)
        | Body::Topic(_)
        | Body::Unread(_) => None,
    }
}

fn only_part(advisory: &Advisory) -> AlertPart {
    let texts = advisory.texts.iter().map(|(tag, text)| {
        let (headline, steps, why) = (text.headline.clone(), text.steps.clone(), text.why.clone());
        (tag.clone(), AlertText { event: headline.clone(), headline, steps, why, ..AlertText::default() })
    });
    AlertPart {
        severity: advisory.severity,
        urgency: advisory.urgency,
        certainty: advisory.certainty,
        effective: advisory.effective,
        onset: advisory.onset,
        expires: advisory.expires,
        areas: advisory.areas.clone(),
        texts: texts.collect(),
    }
}

fn document(body: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    body(&mut xml)?;
    Ok(xml.into_inner())
}

fn info(
    xml: &mut Xml,
    part: &AlertPart,
    cancelled: bool,
    tag: &Tag,
    text: &AlertText,
    issuer: &Issuer<'_>,
) -> io::Result<()> {
    let own_name = issuer.name.get(tag.as_str()).map_or_else(|| issuer.name.shown(&issuer.languages), String::as_str);
    xml.create_element("info").write_inner_content(|xml| {
        leaf(xml, "language", tag.as_str())?;
        leaf(xml, "category", "Safety")?;
        leaf(xml, "event", if text.event.is_empty() { &text.headline } else { &text.event })?;
        if cancelled || part.is_over() {
            leaf(xml, "responseType", "AllClear")?;
        }
        leaf(xml, "urgency", urgency(part.urgency))?;
        leaf(xml, "severity", severity(part.severity))?;
        leaf(xml, "certainty", certainty(part.certainty))?;
        leaf(xml, "effective", &time(part.effective))?;
        if let Some(onset) = part.onset {
            leaf(xml, "onset", &time(onset))?;
        }
        leaf(xml, "expires", &time(part.expires))?;
        leaf(xml, "senderName", if text.sender_name.is_empty() { own_name } else { &text.sender_name })?;
        leaf(xml, "headline", &text.headline)?;
        leaf_unless_empty(xml, "description", &text.why)?;
        leaf_unless_empty(xml, "instruction", &text.steps.join("\n"))?;
        leaf_unless_empty(xml, "web", &text.web)?;
        leaf_unless_empty(xml, "contact", &text.contact)?;
        part.areas.iter().try_for_each(|place| area(xml, place, tag, issuer))
    })?;
    Ok(())
}

fn area(xml: &mut Xml, area: &Area, tag: &Tag, issuer: &Issuer<'_>) -> io::Result<()> {
    let codes = area.country.iter().map(|code| code.as_str()).chain(area.airports.iter().map(|code| code.as_str()));
    let named = area.name.get(tag.as_str()).map_or_else(|| area.name.shown(&issuer.languages), String::as_str);
    let name = if named.is_empty() { codes.collect::<Vec<_>>().join(", ") } else { named.to_owned() };
    xml.create_element("area").write_inner_content(|xml| {
        leaf(xml, "areaDesc", &name)?;
        for ring in &area.polygons {
            leaf(xml, "polygon", &ring.iter().map(point).collect::<Vec<_>>().join(" "))?;
        }
        for circle in &area.circles {
            leaf(xml, "circle", &format!("{} {}", point(&circle.center), circle.radius_km))?;
        }
        if let Some(country) = &area.country {
            geocode(xml, "ISO 3166-1", country.as_str())?;
        }
        area.airports.iter().try_for_each(|airport| geocode(xml, "IATA", airport.as_str()))
    })?;
    Ok(())
}

fn geocode(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    xml.create_element("geocode").write_inner_content(|xml| {
        leaf(xml, "valueName", name)?;
        leaf(xml, "value", value)
    })?;
    Ok(())
}

/// One bad text must not spoil the feed: what XML has no place for, escaped or not, is left out.
fn leaf(xml: &mut Xml, name: &str, said: &str) -> io::Result<()> {
    let said: String = text::visible(said).chars().filter(|c| is_allowed(*c)).collect();
    xml.create_element(name).write_text_content(BytesText::new(&said))?;
    Ok(())
}

fn leaf_unless_empty(xml: &mut Xml, name: &str, said: &str) -> io::Result<()> {
    if said.is_empty() { Ok(()) } else { leaf(xml, name, said) }
}

fn identifier(entry: &Entry) -> String {
    format!("{}.{}", entry.id, entry.version)
}

fn point(position: &Position) -> String {
    format!("{},{}", position.lat, position.lon)
}

/// CAP forbids the Z of RFC 3339, fractions of seconds, and years of other than four digits.
fn time(time: Timestamp) -> String {
    let first = civil::date(1, 1, 1).to_datetime(civil::Time::midnight());
    let time = jiff::tz::Offset::UTC.to_datetime(time).max(first);
    time.strftime("%Y-%m-%dT%H:%M:%S-00:00").to_string()
}

fn message_type(said: MessageType, before: Option<&Entry>) -> &'static str {
    match (said, before) {
        (MessageType::Alert | MessageType::Other, None) => "Alert",
        // CAP wants references in an update, and an update where there are references
        (MessageType::Alert | MessageType::Other, Some(_)) | (MessageType::Update, _) => "Update",
        (MessageType::Cancel, _) => "Cancel",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Unknown => "Unknown",
        Severity::Minor => "Minor",
        Severity::Moderate => "Moderate",
        Severity::Severe | Severity::Other => "Severe",
        Severity::Extreme => "Extreme",
    }
}

fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Unknown => "Unknown",
        Urgency::Past => "Past",
        Urgency::Future => "Future",
        Urgency::Expected | Urgency::Other => "Expected",
        Urgency::Immediate => "Immediate",
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Unknown => "Unknown",
        Certainty::Unlikely => "Unlikely",
        Certainty::Possible => "Possible",
        Certainty::Likely | Certainty::Other => "Likely",
        Certainty::Observed => "Observed",
    }
}
