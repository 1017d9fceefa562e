//! Coded SMS on their way to the desk. Nothing here has a key: what they say, the desk alone reads.

pub mod desk;
pub mod file;
pub mod operator;

use jiff::Timestamp;

/// An SMS as a network delivers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub at: Timestamp,
    /// As the network names the sender.
    pub from: String,
    pub text: String,
}
