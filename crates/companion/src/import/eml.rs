//! Mails: their pages, and the calendars and passes attached to them, in forwarded mails too.

use jiff::Timestamp;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::{
    File, KINDS, Refusal, html,
    reservation::{Found, NoteCode},
};

/// In the words of a refusal.
pub const NAME: &str = "a mail (.eml)";
/// A mail forwarded so often is no ticket.
const MAX_DEPTH: usize = 4;
/// One of these is in every mail.
const HEADERS: [&str; 4] = ["from:", "received:", "return-path:", "mime-version:"];

pub fn is(file: &File) -> bool {
    let head = String::from_utf8_lossy(file.bytes.get(..64 * 1024).unwrap_or(file.bytes)).to_ascii_lowercase();
    let mut lines = head.lines().take_while(|line| !line.is_empty());
    let header = |line: &str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    head.lines().next().is_some_and(header) && lines.any(|line| HEADERS.iter().any(|known| line.starts_with(known)))
}

pub fn read(file: &File, now: Timestamp) -> Result<Found, Refusal> {
    let message = MessageParser::default().parse(file.bytes).ok_or(Refusal::Damaged)?;
    let mut found = Found::default();
    parts(&message, now, MAX_DEPTH, &mut found)?;
    Ok(found)
}

fn parts(message: &Message, now: Timestamp, depth: usize, found: &mut Found) -> Result<(), Refusal> {
    for part in &message.parts {
        match &part.body {
            PartType::Html(page) => found.add(html::parse(page)),
            PartType::Message(_) if depth == 0 => return Err(Refusal::TooMuch),
            PartType::Message(inner) => parts(inner, now, depth - 1, found)?,
            PartType::Text(text) => {
                let file = File { bytes: text.as_bytes(), text: Some(text.to_string()) };
                attached(&file, part.attachment_name(), now, found);
            }
            PartType::Binary(bytes) => attached(&File::new(bytes), part.attachment_name(), now, found),
            PartType::InlineBinary(_) | PartType::Multipart(_) => {}
        }
    }
    Ok(())
}

/// What has no name is the letter itself.
fn attached(file: &File, name: Option<&str>, now: Timestamp, found: &mut Found) {
    let mut others = KINDS.iter().filter(|kind| kind.name != NAME);
    let kind = others.find(|kind| (kind.is)(file));
    match (kind.map(|kind| (kind.read)(file, now)), name) {
        (Some(Ok(read)), _) => found.add(read),
        (Some(Err(_)) | None, Some(name)) => found.note(NoteCode::NotRead, name),
        (Some(Err(_)) | None, None) => {}
    }
}
