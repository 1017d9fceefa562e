//! What the app and the ministry both speak: ids, records, signed documents, the log, sealing, errors.
//!
//! Reading is lenient and writing strict, so that documents can grow: unknown fields are ignored, a word that a reader
//! does not know has a stated safe meaning, and a document may demand (`must`) to be understood whole.
//!
//! Nothing here reads a clock, a file or a socket: times and randomness are handed in.

#![deny(missing_docs, clippy::missing_errors_doc)]

pub mod entry;
pub mod hash;
pub mod hours;
pub mod http;
pub mod ids;
pub mod jws;
pub mod keys;
pub mod letters;
pub mod log;
mod open_enum;
pub mod paper;
pub mod phone;
pub mod place;
pub mod profile;
pub mod record;
pub mod seal;
pub mod sms;
pub mod words;
