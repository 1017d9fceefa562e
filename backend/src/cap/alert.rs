//! What an alert's file says, CAP 1.0 to 1.2, read leniently: a third of real alerts break the schema.

use contract::{
    entry::advisory::{Certainty, MessageType, Severity, Urgency},
    place::{Circle, Position},
    words::Tag,
};
use jiff::Timestamp;
use roxmltree::Node;

use super::{
    encoding::{self, EncodingError},
    events,
    geometry::{self, BadShape},
    language,
    note::Note,
    text, time,
    xml::{self, XmlError, children, get},
};

#[derive(Debug, thiserror::Error)]
pub enum CapError {
    #[error(transparent)]
    Encoding(#[from] EncodingError),
    #[error(transparent)]
    Xml(#[from] XmlError),
    #[error("it is not a CAP alert: its root element is <{0}>")]
    NotAnAlert(String),
    #[error("it is not a CAP alert but a feed of them (<{0}>); hand in each alert it links to")]
    Feed(String),
    #[error("its <{0}> is missing")]
    Missing(&'static str),
    #[error("its <{element}> says \"{said}\"; only {only} is passed on")]
    NotPassedOn { element: &'static str, said: String, only: &'static str },
    #[error("it is only a test (\"{0}\"), not a warning")]
    Test(String),
    #[error("its <{element}> \"{said}\" is not a time")]
    Time { element: &'static str, said: String },
    #[error("its sender {0} is not on the list of those whose alerts are passed on")]
    Sender(String),
    #[error("it warns for none of the countries that {0} may warn for")]
    NotItsCountries(String),
    #[error("it names no area that can be found{}", because(.0))]
    Nowhere(Option<BadShape>),
}

fn because(bad: &Option<BadShape>) -> String {
    bad.as_ref().map_or_else(String::new, |bad| format!(": {bad}"))
}

/// An alert as it was read; nobody has looked yet where its areas are, or whether it still holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub identifier: String,
    pub sender: String,
    pub sent: Timestamp,
    pub message_type: MessageType,
    /// Identifiers of the sender's own alerts that it updates or cancels.
    pub references: Vec<String>,
    /// One block for each language, and for each area with words of its own.
    pub infos: Vec<Info>,
    pub notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    pub language: Tag,
    /// Empty where it is not said.
    pub event: String,
    /// Scheme and code of the event.
    pub event_codes: Vec<(String, String)>,
    pub sender_name: Option<String>,
    pub headline: Option<String>,
    /// Paragraphs.
    pub description: Vec<String>,
    /// Steps.
    pub instruction: Vec<String>,
    pub urgency: Urgency,
    pub severity: Severity,
    pub certainty: Certainty,
    /// Says that there is no danger any more.
    pub is_all_clear: bool,
    pub effective: Option<Timestamp>,
    pub onset: Option<Timestamp>,
    pub expires: Option<Timestamp>,
    /// The source's own page, `http` or `https`.
    pub web: Option<String>,
    /// Whom the source says to ask.
    pub contact: Option<String>,
    pub areas: Vec<Area>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub name: String,
    pub polygons: Vec<Vec<Position>>,
    pub circles: Vec<Circle>,
    /// Scheme and code.
    pub codes: Vec<(String, String)>,
}

impl Area {
    pub fn has_shape(&self) -> bool {
        !self.polygons.is_empty() || !self.circles.is_empty()
    }
}

impl Alert {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// Where it is no alert, or one that is not passed on: a test, a private one, an acknowledgement.
    pub fn read(bytes: &[u8]) -> Result<Self, CapError> {
        Self::from_text(&encoding::decode(bytes)?)
    }

    /// # Errors
    /// As [`Alert::read`].
    pub fn from_text(text: &str) -> Result<Self, CapError> {
        let repaired = xml::repaired(text);
        let document = xml::parse(&repaired)?;
        let root = document.root_element();
        match root.tag_name().name() {
            "alert" => from_root(root),
            feed @ ("feed" | "rss" | "RDF") => Err(CapError::Feed(feed.to_owned())),
            other => Err(CapError::NotAnAlert(other.to_owned())),
        }
    }
}

fn from_root(root: Node<'_, '_>) -> Result<Alert, CapError> {
    only(root, "status", "Actual", &["Actual"])?;
    // the bulletin is public
    only(root, "scope", "Public", &["Public"])?;
    only(root, "msgType", "Alert, Update or Cancel", &["Alert", "Update", "Cancel"])?;
    let message_type = get(root, "msgType").and_then(|said| MessageType::from_cap(&said));
    let message_type = message_type.ok_or(CapError::Missing("msgType"))?;
    let named = |element| get(root, element).map(|said| text::name(&said)).filter(|name| !name.is_empty());
    let sender = named("sender").ok_or(CapError::Missing("sender"))?;
    let mut notes = Vec::new();
    // an ending is never refused for what it lacks
    let is_ending = message_type == MessageType::Cancel;
    let mut infos = Vec::new();
    for node in children(root, "info") {
        let read = info(node, is_ending, &mut notes)?;
        match test_name(&read) {
            Some(event) => notes.push(Note::TestLeftOut { event }),
            None => infos.push(read),
        }
    }
    if infos.is_empty()
        && let Some(Note::TestLeftOut { event }) = notes.last()
    {
        return Err(CapError::Test(event.clone()));
    }
    Ok(Alert {
        identifier: named("identifier").ok_or(CapError::Missing("identifier"))?,
        sent: instant(root, "sent")?.ok_or(CapError::Missing("sent"))?,
        // an alert is its sender's: what another sender's alert says of it does not count
        references: get(root, "references").map(|said| references(&said, &sender)).unwrap_or_default(),
        sender,
        message_type,
        infos,
        notes,
    })
}

fn only(root: Node<'_, '_>, element: &'static str, only: &'static str, passed: &[&str]) -> Result<(), CapError> {
    match get(root, element).map(|said| text::name(&said)) {
        Some(said) if !passed.iter().any(|word| word.eq_ignore_ascii_case(&said)) => {
            Err(CapError::NotPassedOn { element, said, only })
        }
        Some(_) => Ok(()),
        None if element == "scope" => Ok(()),
        None => Err(CapError::Missing(element)),
    }
}

fn instant(node: Node<'_, '_>, element: &'static str) -> Result<Option<Timestamp>, CapError> {
    let Some(said) = get(node, element) else { return Ok(None) };
    time::read(&said).map(Some).ok_or_else(|| CapError::Time { element, said: text::name(&said) })
}

/// The identifiers of `sender`'s alerts among `sender,identifier,sent`, with spaces between.
fn references(said: &str, sender: &str) -> Vec<String> {
    let named = said.split_whitespace().filter_map(|one| {
        let mut parts = one.split(',');
        Some((parts.next()?, parts.next()?))
    });
    let own = named.filter(|(by, _)| by.eq_ignore_ascii_case(sender));
    own.map(|(_, identifier)| text::name(identifier)).collect()
}

fn info(node: Node<'_, '_>, is_ending: bool, notes: &mut Vec<Note>) -> Result<Info, CapError> {
    let mut when = |element| match instant(node, element) {
        Err(CapError::Time { element, said }) if is_ending => {
            notes.push(Note::TimeLeftOut { element, said });
            Ok(None)
        }
        read => read,
    };
    let (effective, onset, expires) = (when("effective")?, when("onset")?, when("expires")?);
    let line = |element| get(node, element).map(|said| text::line(&said)).filter(|line| !line.is_empty());
    let all = |element| -> Vec<String> {
        children(node, element).flat_map(|one| text::paragraphs(&xml::words(one))).collect()
    };
    let codes = ["eventCode", "parameter"].into_iter().flat_map(|element| pairs(node, element));
    let web = line("web").filter(|web| {
        url::Url::parse(web).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())
    });
    Ok(Info {
        language: language::tag(get(node, "language").map(|said| text::name(&said)).as_deref()),
        event: line("event").unwrap_or_default(),
        event_codes: codes.collect(),
        sender_name: line("senderName"),
        headline: line("headline"),
        description: all("description"),
        instruction: all("instruction"),
        urgency: said(node, "urgency", Urgency::from_cap).unwrap_or(Urgency::Unknown),
        severity: said(node, "severity", Severity::from_cap).unwrap_or(Severity::Unknown),
        certainty: said(node, "certainty", certainty).unwrap_or(Certainty::Unknown),
        is_all_clear: children(node, "responseType").any(|one| xml::words(one).trim().eq_ignore_ascii_case("AllClear")),
        effective,
        onset,
        expires,
        web,
        contact: line("contact"),
        areas: children(node, "area").map(|one| area(one, notes)).collect(),
    })
}

fn said<T>(node: Node<'_, '_>, element: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    get(node, element).and_then(|said| read(&said))
}

fn certainty(word: &str) -> Option<Certainty> {
    // CAP 1.0 had one more
    if word.trim().eq_ignore_ascii_case("Very Likely") { Some(Certainty::Likely) } else { Certainty::from_cap(word) }
}

/// The event, where it is one that authorities send to try their channels.
fn test_name(info: &Info) -> Option<String> {
    let coded = info.event_codes.iter().find_map(|(scheme, code)| events::by_code(scheme, code));
    let is_test = coded.is_some_and(|event| event.is_test) || events::is_named_a_test(&info.event);
    is_test.then(|| info.event.clone())
}

fn area(node: Node<'_, '_>, notes: &mut Vec<Note>) -> Area {
    let filled = |element| children(node, element).map(xml::words).filter(|words| !words.trim().is_empty());
    let mut polygons = Vec::new();
    for said in filled("polygon") {
        match geometry::polygon(&said) {
            Ok(ring) => polygons.push(ring),
            Err(bad) => notes.push(Note::ShapeLeftOut(bad)),
        }
    }
    let mut circles = Vec::new();
    for said in filled("circle") {
        match geometry::circle(&said) {
            Ok(circle) => circles.push(circle),
            Err(bad) => notes.push(Note::ShapeLeftOut(bad)),
        }
    }
    let name = get(node, "areaDesc").map(|said| text::line(&said)).unwrap_or_default();
    Area { name, polygons, circles, codes: pairs(node, "geocode").collect() }
}

/// `<valueName>` and `<value>`; in CAP 1.0 `name=value`.
fn pairs(node: Node<'_, '_>, element: &'static str) -> impl Iterator<Item = (String, String)> {
    children(node, element).filter_map(|pair| match (get(pair, "valueName"), get(pair, "value")) {
        (Some(name), Some(value)) => Some((text::name(&name), text::name(&value))),
        (None, None) => {
            let words = xml::words(pair);
            let (name, value) = words.split_once('=')?;
            Some((text::name(name), text::name(value)))
        }
        (None, Some(_)) | (Some(_), None) => None,
    })
}
