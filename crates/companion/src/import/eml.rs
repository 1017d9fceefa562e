//! Mails: their pages, and the calendars, passes and mails attached to them.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::{
    File, KINDS, Kind, Refusal, With, html,
    reservation::{Found, NoteCode},
    seen,
};

/// In the words of a refusal.
pub const NAME: &str = "a mail (.eml)";
/// One of these is in every mail.
const HEADERS: [&str; 4] = ["from:", "received:", "return-path:", "mime-version:"];
const TYPE: &[u8] = b"content-type";
/// Each part says its type, and no ticket has as many.
const MAX_PARTS: usize = 500;
/// A mail forwarded more often is no ticket.
const MAX_DEPTH: usize = 8;
/// A letter's own drawings and tickets are fewer: each is looked at by a process of its own.
const MAX_LOOKS: usize = 16;
/// What makes a part a message, after `message/` and `multipart/`.
const MESSAGES: [&[u8]; 3] = [b"rfc822", b"global", b"digest"];

pub fn is(file: &File) -> bool {
    let head = String::from_utf8_lossy(file.bytes.get(..64 * 1024).unwrap_or(file.bytes)).to_ascii_lowercase();
    let mut lines = head.lines().take_while(|line| !line.is_empty());
    let header = |line: &str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    head.lines().next().is_some_and(header) && lines.any(|line| HEADERS.iter().any(|known| line.starts_with(known)))
}

pub fn read(file: &File, with: With) -> Result<Found, Refusal> {
    let mut found = Found::default();
    let mut level = vec![file.bytes.to_vec()];
    let mut looks = MAX_LOOKS;
    for _ in 0..MAX_DEPTH {
        let mut below = Vec::new();
        for mail in level {
            below.extend(one(mail, with, &mut looks, &mut found)?);
        }
        level = below;
    }
    if level.is_empty() { Ok(found) } else { Err(Refusal::TooMuch) }
}

/// Reads one mail, and gives the mails inside it.
fn one(mut mail: Vec<u8>, with: With, looks: &mut usize, found: &mut Found) -> Result<Vec<Vec<u8>>, Refusal> {
    let types = mail.windows(TYPE.len()).filter(|bytes| bytes.eq_ignore_ascii_case(TYPE));
    if types.count() > MAX_PARTS {
        return Err(Refusal::TooMuch);
    }
    keep_inner_mails_whole(&mut mail);
    let message = MessageParser::default().parse(&mail).ok_or(Refusal::Damaged)?;
    let mut inner = Vec::new();
    for part in &message.parts {
        let name = part.attachment_name();
        let (file, name) = match &part.body {
            PartType::Html(page) => {
                found.add(html::parse(page));
                continue;
            }
            PartType::Text(text) => (File { bytes: text.as_bytes(), text: Some(text.to_string()) }, name),
            PartType::Binary(bytes) => (File::new(bytes), name),
            // a picture of the letter is not missed
            PartType::InlineBinary(bytes) => (File::new(bytes), None),
            PartType::Message(_) | PartType::Multipart(_) => continue,
        };
        match KINDS.iter().find(|kind| (kind.is)(&file)) {
            Some(kind) if kind.name == NAME => inner.push(file.bytes.to_vec()),
            Some(kind) if seen::is(&file) => attached(look(kind, &file, with, looks), name, found),
            kind => attached(kind.and_then(|kind| (kind.read)(&file, with).ok()), name, found),
        }
    }
    Ok(inner)
}

/// A picture or a PDF, while there are looks left; one that the reader does not come to the end of takes all of them.
fn look(kind: &Kind, file: &File, with: With, looks: &mut usize) -> Option<Found> {
    *looks = looks.checked_sub(1)?;
    let read = (kind.read)(file, with);
    if matches!(read, Err(Refusal::TooHeavy)) {
        *looks = 0;
    }
    read.ok()
}

/// What has no name is the letter itself.
fn attached(read: Option<Found>, name: Option<&str>, found: &mut Found) {
    match (read, name) {
        (Some(read), _) => found.add(read),
        (None, Some(name)) => found.note(NoteCode::NotRead, name),
        (None, None) => {}
    }
}

/// Spoils the types of mails inside a mail, so that they are parsed one by one: the parser follows them as deep as they
/// go, and lets go of them by recursion.
fn keep_inner_mails_whole(mail: &mut [u8]) {
    let mut before = b' ';
    for at in 0..mail.len() {
        let word = MESSAGES
            .iter()
            .any(|word| mail[at..].get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word)));
        if word && matches!(before, b'/' | b')') {
            mail[at] = b'x';
        }
        if !mail[at].is_ascii_whitespace() {
            before = mail[at];
        }
    }
}
