//! Pages: the JSON-LD in their scripts.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use jiff::Timestamp;

use super::{
    File, Refusal, jsonld,
    reservation::{Found, NoteCode},
};

const JSON_LD: &[u8] = b"application/ld+json";

pub fn is(file: &File) -> bool {
    file.text.as_ref().is_some_and(|text| text.trim_start().starts_with('<'))
}

pub fn read(file: &File, _: Timestamp) -> Result<Found, Refusal> {
    Ok(parse(file.text.as_deref().unwrap_or_default()))
}

/// A script that is no JSON is noted, and the others stand.
pub fn parse(page: &str) -> Found {
    let mut found = Found::default();
    for script in scripts(page) {
        match jsonld::parse(&script) {
            Some(read) => found.add(read),
            None => found.note(NoteCode::NotUnderstood, "JSON-LD"),
        }
    }
    found
}

fn scripts(page: &str) -> Vec<String> {
    let mut emitter = DefaultEmitter::default();
    // what is in a script is no markup
    emitter.naively_switch_states(true);
    let (mut scripts, mut open) = (Vec::new(), None::<Vec<u8>>);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if &**tag.name == b"script" => {
                let kind = tag.attributes.get(&b"type"[..]);
                open = kind.is_some_and(|kind| kind.value.trim_ascii().eq_ignore_ascii_case(JSON_LD)).then(Vec::new);
            }
            Token::EndTag(tag) if &**tag.name == b"script" => scripts.extend(open.take()),
            Token::String(text) => {
                if let Some(script) = &mut open {
                    script.extend_from_slice(&text.value);
                }
            }
            Token::StartTag(_) | Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    scripts.iter().map(|script| String::from_utf8_lossy(script).into_owned()).collect()
}
