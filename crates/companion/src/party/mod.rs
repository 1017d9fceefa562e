//! A party by name: who is on the list, who may be there twice, and who was seen when.

mod columns;
mod list;
mod named;
mod roll;
pub(crate) mod same;
mod table;
mod xlsx;

pub use list::{FaultyRow, Listed, Refusal, read};
pub use named::{MAX_UNREAD, Party, UnreadRow};
pub use roll::{Called, Seen, counted, cries, roll};
pub use same::same;

#[cfg(test)]
mod tests;
