//! CAP 1.2 out, elements in the schema's order.

use std::io;

use contract::{
    entry::{
        Entry,
        advisory::{Advisory, AdvisoryText, Certainty, MessageType, Severity, Urgency},
    },
    place::{Area, Position},
    words::{Lang, Preference, Tag, Words},
};
use jiff::Timestamp;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

type Xml = Writer<Vec<u8>>;

/// Who speaks.
pub struct Issuer<'a> {
    pub sender: &'a str,
    pub name: &'a Words,
    pub demo: bool,
}

pub fn alert_xml(
    entry: &Entry,
    advisory: &Advisory,
    before: Option<&Entry>,
    issuer: &Issuer<'_>,
) -> io::Result<Vec<u8>> {
    document(|xml| {
        let alert = xml.create_element("alert").with_attribute(("xmlns", "urn:oasis:names:tc:emergency:cap:1.2"));
        alert.write_inner_content(|xml| {
            leaf(xml, "identifier", &identifier(entry))?;
            leaf(xml, "sender", issuer.sender)?;
            leaf(xml, "sent", &time(entry.issued_at))?;
            // a ministry that does not exist must not be taken at its word
            leaf(xml, "status", if issuer.demo { "Exercise" } else { "Actual" })?;
            leaf(xml, "msgType", message_type(advisory.message_type, before))?;
            leaf(xml, "scope", "Public")?;
            if issuer.demo {
                leaf(xml, "note", "DEMO")?;
            }
            if let Some(before) = before {
                let sent = time(before.issued_at);
                leaf(xml, "references", &format!("{},{},{sent}", issuer.sender, identifier(before)))?;
            }
            for (tag, text) in advisory.texts.iter() {
                info(xml, advisory, tag, text, issuer)?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

pub fn atom_xml<'a>(
    entries: impl Iterator<Item = (&'a Entry, &'a Advisory)>,
    issuer: &Issuer<'_>,
    now: Timestamp,
) -> io::Result<Vec<u8>> {
    let entries: Vec<_> = entries.collect();
    let updated = entries.iter().map(|(entry, _)| entry.issued_at).max().unwrap_or(now);
    document(|xml| {
        let feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        feed.write_inner_content(|xml| {
            leaf(xml, "id", "urn:saparlas:cap")?;
            leaf(xml, "title", issuer.name.shown(&english()))?;
            leaf(xml, "updated", &updated.to_string())?;
            xml.create_element("author").write_inner_content(|xml| leaf(xml, "name", issuer.name.shown(&english())))?;
            for (entry, advisory) in &entries {
                let title = advisory.texts.best(&english()).map_or("", |(_, text)| text.headline.as_str());
                xml.create_element("entry").write_inner_content(|xml| {
                    leaf(xml, "id", &format!("urn:saparlas:cap:{}", identifier(entry)))?;
                    leaf(xml, "title", title)?;
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

fn english() -> Preference {
    Preference::new(Lang::En, &[])
}

fn document(body: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    body(&mut xml)?;
    Ok(xml.into_inner())
}

fn info(xml: &mut Xml, advisory: &Advisory, tag: &Tag, text: &AdvisoryText, issuer: &Issuer<'_>) -> io::Result<()> {
    let sender_name = issuer.name.shown(&Preference::new(tag.clone(), &[]));
    xml.create_element("info").write_inner_content(|xml| {
        leaf(xml, "language", tag.as_str())?;
        leaf(xml, "category", "Safety")?;
        leaf(xml, "event", &text.headline)?;
        leaf(xml, "urgency", urgency(advisory.urgency))?;
        leaf(xml, "severity", severity(advisory.severity))?;
        leaf(xml, "certainty", certainty(advisory.certainty))?;
        leaf(xml, "effective", &time(advisory.effective))?;
        leaf(xml, "expires", &time(advisory.expires))?;
        leaf(xml, "senderName", sender_name)?;
        leaf(xml, "headline", &text.headline)?;
        leaf_unless_empty(xml, "description", &text.why)?;
        leaf_unless_empty(xml, "instruction", &text.steps.join("\n"))?;
        advisory.areas.iter().try_for_each(|place| area(xml, place))
    })?;
    Ok(())
}

fn area(xml: &mut Xml, area: &Area) -> io::Result<()> {
    let codes = area.country.iter().map(|code| code.as_str()).chain(area.airports.iter().map(|code| code.as_str()));
    let name = if area.name.is_empty() {
        codes.collect::<Vec<_>>().join(", ")
    } else {
        area.name.shown(&english()).to_owned()
    };
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

fn leaf(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    // XML 1.0 has no place for these, escaped or not
    let text: String = text.chars().filter(|c| !c.is_control() || "\n\r\t".contains(*c)).collect();
    xml.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}

fn leaf_unless_empty(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    if text.is_empty() { Ok(()) } else { leaf(xml, name, text) }
}

fn identifier(entry: &Entry) -> String {
    format!("{}.{}", entry.id, entry.version)
}

fn point(position: &Position) -> String {
    format!("{},{}", position.lat, position.lon)
}

/// CAP forbids the Z of RFC 3339, and fractions of seconds.
fn time(time: Timestamp) -> String {
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
