//! One ministry, one device and what they say to each other, for every crate's tests.
//!
//! All of it is made from seeds and stands on the contract alone: no clock, no file, no socket.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod device;
mod entries;
mod keys;
mod ministry;

pub use device::Device;
pub use entries::{advisory, advisory_entry, entry};
pub use keys::{named, root_key, roots, signatory};
pub use ministry::Ministry;

use contract::{place::CountryCode, words::Words};
use jiff::Timestamp;

/// An instant in RFC 3339.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A country by its code of two letters.
pub fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

/// A text in one language; it must be there.
pub fn in_lang<'a>(words: &'a Words, tag: &str) -> &'a str {
    words.get(tag).unwrap()
}

/// `text` in three languages, each with its tag behind it.
pub fn words(text: &str) -> Words {
    Words::new(format!("{text} kk"), format!("{text} ru"), format!("{text} en"))
}
