//! Bytes of a file as text, in the encoding they are really in: what a file says of itself is often wrong.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EncodingError {
    #[error("it is not {0} text")]
    NotText(&'static str),
    #[error("it names a text encoding nobody knows, and it is not UTF-8 text")]
    Unknown,
    #[error("it is UTF-32; save it as UTF-8")]
    Utf32,
}

/// The text without its byte order mark.
///
/// # Errors
/// Where the bytes are not text of the encoding that they begin with or name.
pub fn decode(bytes: &[u8]) -> Result<String, EncodingError> {
    let encoding = encoding(bytes)?;
    let (text, _, had_errors) = encoding.decode(bytes);
    if had_errors {
        return Err(if is_named_but_unknown(bytes) {
            EncodingError::Unknown
        } else {
            EncodingError::NotText(encoding.name())
        });
    }
    Ok(text.into_owned())
}

fn encoding(bytes: &[u8]) -> Result<&'static Encoding, EncodingError> {
    if let [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, _, ..] | [_, 0, 0, 0, ..] = bytes {
        return Err(EncodingError::Utf32);
    }
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return Ok(marked);
    }
    match bytes {
        [0, 0, ..] => {}
        [_, 0, ..] => return Ok(UTF_16LE),
        [0, _, ..] => return Ok(UTF_16BE),
        _one_byte_a_character => {}
    }
    let named = declared(bytes).and_then(Encoding::for_label);
    // a declaration that can be read byte by byte is not in UTF-16, whatever it says
    Ok(named.filter(|named| ![UTF_16LE, UTF_16BE].contains(named)).unwrap_or(UTF_8))
}

fn is_named_but_unknown(bytes: &[u8]) -> bool {
    declared(bytes).is_some_and(|label| Encoding::for_label(label).is_none())
}

/// The label in `<?xml … encoding="label"?>`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.trim_ascii_start();
    let declaration = bytes.get(..bytes.windows(2).take(200).position(|pair| pair == b"?>")?)?;
    let after = declaration.windows(8).position(|word| word == b"encoding").and_then(|at| declaration.get(at + 8..))?;
    let open = after.iter().position(|b| b"\"'".contains(b))?;
    let rest = after.get(open + 1..)?;
    rest.split(|b| Some(b) == after.get(open)).next()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn what_calls_itself_utf_16_and_is_utf_8_is_read() {
        for label in ["utf-16", "UTF-16LE", "unicode", "ucs-2", "UTF-8", "klingon"] {
            let text = format!("<?xml version=\"1.0\" encoding='{label}'?><a>Гололёд</a>");
            assert_eq!(decode(text.as_bytes()), Ok(text));
        }
    }

    #[test]
    fn real_utf_16_is_read_with_a_mark_and_without() {
        for text in ["<?xml encoding='utf-8'?><a>Көктайғақ</a>", "{\"ә\":1}"] {
            assert_eq!(decode(&utf_16(text, u16::to_le_bytes)), Ok(text.to_owned()));
            assert_eq!(decode(&utf_16(text, u16::to_be_bytes)), Ok(text.to_owned()));
            assert_eq!(decode(&utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes)), Ok(text.to_owned()));
        }
    }

    #[test]
    fn windows_1251_is_read_by_its_name() {
        let bytes = encoding_rs::WINDOWS_1251.encode("<?xml encoding=\"windows-1251\"?><a>Ветер</a>").0.into_owned();
        assert!(decode(&bytes).unwrap().contains("Ветер"));
    }

    #[test]
    fn what_is_no_text_is_refused_in_its_own_words() {
        assert_eq!(decode(b"<a>\xff\xfe</a>"), Err(EncodingError::NotText("UTF-8")));
        assert_eq!(decode(b"<?xml encoding='klingon'?>\xff"), Err(EncodingError::Unknown));
        assert_eq!(decode(b"\xff\xfe\0\0<\0\0\0"), Err(EncodingError::Utf32));
        assert_eq!(decode(b"<\0\0\0a\0\0\0"), Err(EncodingError::Utf32));
        assert_eq!(decode(&[0xfe, 0xff, 0xd8]), Err(EncodingError::NotText("UTF-16BE")));
        assert_eq!(decode(b""), Ok(String::new()));
    }

    proptest! {
        #[test]
        fn the_reader_of_bytes_survives_any(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            drop(decode(&bytes));
        }

        #[test]
        fn utf_8_is_read_as_it_is(text in "[a-zа-яәіңғүұқөһ<>{}\"]{1,60}") {
            prop_assert_eq!(decode(text.as_bytes()), Ok(text));
        }
    }
}
