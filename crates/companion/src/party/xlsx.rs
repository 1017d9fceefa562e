//! The first sheet of a workbook, ECMA-376: a ZIP of XML that programs write. Its tags are looked for by ourselves: a reader
//! of workbooks takes several hundred KB of a release.

use super::{
    cells::{MAX_COLUMNS, cut},
    refusal::Refusal,
};
use crate::import::{text, zip};

/// A sheet of 5,000 rows is a tenth of this.
const MAX_SHEET: u64 = 16 * 1024 * 1024;
/// One text may stand in every cell: all of them together have no more bytes.
const MAX_CELLS: usize = 8 * 1024 * 1024;
/// The longest name of a letter that XML writes in another way, with its end.
const LONGEST_NAME: usize = 12;

/// The cells of each row, each in its place.
///
/// # Errors
/// [`Refusal::UnknownKind`] for another ZIP, `Damaged` or `TooMuch`.
pub fn rows(bytes: &[u8], most: usize) -> Result<Vec<Vec<String>>, Refusal> {
    let part = |wanted: &dyn Fn(&[u8]) -> bool| -> Result<Option<String>, Refusal> {
        let Some(part) = zip::unpacked(bytes, wanted, MAX_SHEET)? else { return Ok(None) };
        text::decode(&part).map(Some).ok_or(Refusal::Damaged)
    };
    let sheet = match part(&|path| path == b"xl/worksheets/sheet1.xml")? {
        Some(sheet) => sheet,
        None => {
            part(&|path| path.starts_with(b"xl/worksheets/") && path.ends_with(b".xml"))?.ok_or(Refusal::UnknownKind)?
        }
    };
    let shared = part(&|path| path.eq_ignore_ascii_case(b"xl/sharedStrings.xml"))?.map(|part| shared(&part));
    sheet_rows(&sheet, &shared.unwrap_or_default(), most)
}

/// A tag, and the text after it.
struct Tag<'a> {
    /// Without its namespace.
    name: &'a str,
    attributes: &'a str,
    /// It begins an element, ends one, or both where nothing stands within.
    begins: bool,
    ends: bool,
    text: &'a str,
}

impl<'a> Tag<'a> {
    fn attribute(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, next) = after.get(1..)?.split_once(quote)?;
            if name.trim() == wanted {
                return Some(value);
            }
            rest = next;
        }
        None
    }
}

fn tags(xml: &str) -> impl Iterator<Item = Tag<'_>> {
    xml.split('<').skip(1).filter_map(|piece| {
        let (tag, text) = piece.split_once('>')?;
        let (tag, is_end) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(|letter: char| letter.is_ascii_whitespace()).unwrap_or((tag, ""));
        let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
        Some(Tag { name, attributes, begins: !is_end, ends: is_end || is_empty, text })
    })
}

/// The texts that cells name by their number.
fn shared(xml: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut said = String::new();
    let mut is_sound = false;
    for tag in tags(xml) {
        match tag.name {
            // how it is read aloud, in Japanese
            "rPh" => is_sound = !tag.ends,
            "t" if tag.begins && !tag.ends && !is_sound => {
                said.push_str(&plain(tag.text));
                cut(&mut said);
            }
            "si" if tag.ends => texts.push(std::mem::take(&mut said)),
            _other => {}
        }
    }
    texts
}

fn sheet_rows(xml: &str, shared: &[String], most: usize) -> Result<Vec<Vec<String>>, Refusal> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut kind, mut at, mut value) = ("", 0, String::new());
    let mut bytes = 0;
    for tag in tags(xml) {
        match tag.name {
            "row" if tag.begins => {
                let number = tag.attribute("r").and_then(|number| number.parse().ok()).unwrap_or(rows.len() + 1);
                if number > most {
                    return Err(Refusal::TooMuch);
                }
                // a row without cells may be left out
                rows.resize(number.max(rows.len()), Vec::new());
            }
            "c" if tag.begins => {
                kind = tag.attribute("t").unwrap_or("n");
                at = tag.attribute("r").and_then(column).unwrap_or_else(|| rows.last().map_or(0, Vec::len));
                value.clear();
            }
            "v" | "t" if tag.begins && !tag.ends => {
                value.push_str(&plain(tag.text));
                cut(&mut value);
            }
            _other => {}
        }
        if tag.name == "c" && tag.ends && at < MAX_COLUMNS && !value.is_empty() {
            let said = match kind {
                "s" => {
                    value.trim().parse().ok().and_then(|number: usize| shared.get(number)).cloned().unwrap_or_default()
                }
                "n" => number(&value),
                // what could not be worked out is no word of anybody
                "e" => String::new(),
                _text => value.clone(),
            };
            bytes += said.len();
            if bytes > MAX_CELLS {
                return Err(Refusal::TooMuch);
            }
            if let Some(row) = rows.last_mut() {
                row.resize(row.len().max(at + 1), String::new());
                row[at] = said.trim().to_owned();
            }
        }
    }
    Ok(rows)
}

/// `C7` is the third.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0_usize, |column, letter| {
        column.saturating_mul(26).saturating_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    column.checked_sub(1)
}

/// A whole number as people write it: a phone may stand as `7.7011112233E10`.
fn number(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Ok(_) | Err(_) => text.to_owned(),
    }
}

/// What XML writes in another way, as it is.
fn plain(text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        said.push_str(before);
        let end = after.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
        let Some((name, next)) = end.map(|end| (&after[..end], &after[end + 1..])) else {
            said.push('&');
            rest = after;
            continue;
        };
        let of_code = |digits: &str| match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        };
        let letter = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            code => code.strip_prefix('#').and_then(of_code).and_then(char::from_u32),
        };
        match letter {
            Some(letter) => said.push(letter),
            None => said.push_str(&format!("&{name};")),
        }
        rest = next;
    }
    said.push_str(rest);
    said
}
