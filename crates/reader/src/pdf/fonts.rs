//! What the codes of a font mean, and how far each goes.

use std::collections::HashMap;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

/// Names of what tickets have beside letters of one name each.
const NAMES: [(&str, char); 24] = [
    ("space", ' '),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("period", '.'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("endash", '–'),
    ("emdash", '—'),
    ("slash", '/'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("plus", '+'),
];
/// Of a thousand: where a font does not say how wide a letter is.
const USUAL: f64 = 500.0;

pub struct Font {
    meanings: Option<CMap>,
    /// Of codes that its own encoding names.
    named: HashMap<u32, char>,
    widths: HashMap<u32, f64>,
    other_width: f64,
    /// Of each code.
    bytes: usize,
}

impl Font {
    pub fn of(dict: &Dict) -> Self {
        let meanings = dict.get::<Stream>("ToUnicode").and_then(|stream| {
            let data = stream.decoded_data().ok()?;
            CMap::parse(&data, |_| None)
        });
        match dict.get::<Array>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict>().next()) {
            Some(inner) => Self {
                meanings,
                named: HashMap::new(),
                widths: widths_of_many(&inner),
                other_width: inner.get("DW").unwrap_or(1000.0),
                bytes: 2,
            },
            None => Self { meanings, named: named(dict), widths: widths(dict), other_width: USUAL, bytes: 1 },
        }
    }

    /// Each code of a string: what it means, how far it goes, and whether it is the space that words are spread by.
    pub fn read(&self, string: &[u8]) -> Vec<(String, f64, bool)> {
        let codes =
            string.chunks(self.bytes).map(|bytes| bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)));
        codes.map(|code| (self.meaning(code), self.width(code), self.bytes == 1 && code == 32)).collect()
    }

    fn width(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.other_width) / 1000.0
    }

    /// Nothing where the font keeps it to itself.
    fn meaning(&self, code: u32) -> String {
        if let Some(meaning) = self.meanings.as_ref().and_then(|meanings| meanings.lookup_bf_string(code)) {
            return match meaning {
                BfString::Char(letter) => letter.to_string(),
                BfString::String(letters) => letters,
            };
        }
        let usual = (self.bytes == 1).then(|| char::from_u32(code)).flatten();
        self.named.get(&code).copied().or(usual).map(String::from).unwrap_or_default()
    }
}

fn widths(dict: &Dict) -> HashMap<u32, f64> {
    let first: u32 = dict.get("FirstChar").unwrap_or_default();
    let Some(widths) = dict.get::<Array>("Widths") else { return HashMap::new() };
    (first..first.saturating_add(256)).zip(widths.iter::<f64>()).collect()
}

/// `[first [w w w] first last w]`.
fn widths_of_many(dict: &Dict) -> HashMap<u32, f64> {
    let mut found = HashMap::new();
    let Some(widths) = dict.get::<Array>("W") else { return found };
    let mut numbers: Vec<f64> = Vec::new();
    for object in widths.iter::<Object>() {
        if let Object::Array(list) = object {
            let first = numbers.pop().unwrap_or_default() as u32;
            found.extend((first..first.saturating_add(0xffff)).zip(list.iter::<f64>()));
            numbers.clear();
        } else if let Object::Number(number) = object {
            numbers.push(number.as_f64());
        }
        if let [first, last, width] = numbers[..] {
            let (first, last) = (first as u32, (last as u32).min(0xffff));
            found.extend((first..=last).map(|code| (code, width)));
            numbers.clear();
        }
    }
    found
}

/// `[code /name /name code /name]`.
fn named(dict: &Dict) -> HashMap<u32, char> {
    let mut found = HashMap::new();
    let differences = dict.get::<Dict>("Encoding").and_then(|encoding| encoding.get::<Array>("Differences"));
    let Some(differences) = differences else { return found };
    let mut code = 0;
    for object in differences.iter::<Object>() {
        if let Object::Number(number) = object {
            code = number.as_f64() as u32;
        } else if let Object::Name(name) = object {
            found.extend(letter(&name).map(|letter| (code, letter)));
            code = code.saturating_add(1);
        }
    }
    found
}

fn letter(name: &Name) -> Option<char> {
    let name = name.as_str();
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Some(letter),
        _longer => {
            let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
            let numbered = hex.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
            numbered.or_else(|| NAMES.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter))
        }
    }
}
