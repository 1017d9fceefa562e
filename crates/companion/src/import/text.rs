//! What is written in bytes of any encoding.

use mail_parser::decoders::charsets::map::charset_decoder;

/// What a text without any sign of its encoding is taken for, when it is no UTF-8.
const ELSE: &str = "windows-1251";

/// The text, or nothing where the bytes are none.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // the first letter of all that is read is ASCII
        [first, 0, _, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, first, 0, _, ..] if *first != 0 => utf16(bytes, u16::from_be_bytes),
        _unmarked => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => in_charset(bytes, &declared(bytes)),
        },
    };
    (!text.contains('\0')).then_some(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _odd) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn in_charset(bytes: &[u8], charset: &str) -> String {
    let decoder = charset_decoder(charset.as_bytes()).or_else(|| charset_decoder(ELSE.as_bytes()));
    decoder.map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decode| decode(bytes))
}

/// What the beginning says of its own encoding, as HTML does: `charset=` and a name.
fn declared(bytes: &[u8]) -> String {
    let beginning = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_ascii_lowercase();
    let Some((_, after)) = beginning.split_once("charset=") else { return ELSE.into() };
    let name = after.trim_start_matches(['"', '\'']);
    name.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect()
}
