//! What the desk reads of the register: what changed, in the order of its change numbers.

use contract::hash::Hash;

/// How many changes a page holds at most.
pub const PAGE: usize = 200;
/// A page that has as many bytes of records ends with the one that brought it there.
pub const PAGE_BYTES: usize = 8 * 1024 * 1024;

/// What stays of the id of an erased record: the desk can erase it too, and nobody learns the id.
pub fn digest(id: &str) -> String {
    Hash::of(id.as_bytes()).to_string()
}
