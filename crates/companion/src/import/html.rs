//! Pages: the JSON-LD in their scripts. All else of a page is passed over: a reader of whole pages takes 0.4 MB of the app.

use super::{
    File, Refusal, With, jsonld,
    reservation::{Found, NoteCode},
};

pub fn is(file: &File) -> bool {
    file.text.as_ref().is_some_and(|text| text.trim_start().starts_with('<'))
}

pub fn read(file: &File, _: With) -> Result<Found, Refusal> {
    Ok(parse(file.text.as_deref().unwrap_or_default()))
}

/// A script that is no JSON is noted, and the others stand.
pub fn parse(page: &str) -> Found {
    let mut found = Found::default();
    for script in scripts(page) {
        match jsonld::parse(script) {
            Some(read) => found.add(read),
            None => found.note(NoteCode::NotUnderstood, "JSON-LD"),
        }
    }
    found
}

/// What stands in scripts of that type. In a script nothing is markup but its end; in a comment nothing is a script.
fn scripts(page: &str) -> Vec<&str> {
    // of the same length, for names are in any case
    let small = page.to_ascii_lowercase();
    let find = |what: &str, from: usize| small[from..].find(what).map(|at| from + at);
    let mut scripts = Vec::new();
    let mut at = 0;
    while let Some(tag) = find("<", at) {
        let rest = &small[tag..];
        if rest.starts_with("<!--") {
            let Some(end) = find("-->", tag) else { break };
            at = end;
        } else if is_script(rest) {
            let Some(inside) = end_of_tag(rest).map(|end| tag + end) else { break };
            let end = find("</script", inside).unwrap_or(page.len());
            if small[tag..inside].contains("application/ld+json") {
                scripts.push(&page[inside..end]);
            }
            at = end;
        } else {
            at = tag + 1;
        }
    }
    scripts
}

fn is_script(tag: &str) -> bool {
    tag.strip_prefix("<script")
        .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_whitespace() || next == '>'))
}

/// After its `>`, which is not one inside quotes.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None | Some(_), _) => {}
        }
    }
    None
}
