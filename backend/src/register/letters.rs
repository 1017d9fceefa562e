//! How many letters wait for a device.

/// The newest of them: each says the whole case, so that the oldest go first.
pub const KEPT: u64 = 500;
/// How many are posted at once, and how many a page holds.
pub const PAGE: usize = 64;
/// A page that has as many bytes ends with the letter that brought it there.
pub const PAGE_BYTES: usize = 256 * 1024;
/// The longest letter: all its texts, each as long as it may be.
pub const MAX_BYTES: usize = 64 * 1024;
