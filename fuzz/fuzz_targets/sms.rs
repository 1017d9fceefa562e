//! Any text is a coded SMS or none: the reader never panics, and what is found in a text is one SMS.
#![no_main]

use contract::sms::{Gateway, LETTERS, find, is_beginning, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let key = Gateway::of([7; 32].into());
    let text = String::from_utf8_lossy(bytes);
    let _ = (open(&text, [&key]), is_beginning(&text));
    if let Some(code) = find(&text) {
        assert_eq!(code.len(), LETTERS);
        let _ = open(&code, [&key]);
    }
});
