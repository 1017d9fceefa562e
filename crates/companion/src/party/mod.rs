//! A party by name: who is on the list, who may be there twice, and who was seen when.

mod against;
mod cells;
mod columns;
mod line;
mod list;
mod named;
mod refusal;
mod roll;
pub(crate) mod same;
mod table;
mod xlsx;

pub use against::{Against, against};
pub use list::{FaultyRow, Listed, read};
pub use named::{MAX_UNREAD, Party, UnreadRow};
pub use refusal::Refusal;
pub use roll::{
    InRoll, Seen, changed_by, counted, cries, each_as_one, how_many, in_need, roll, said_of_all, told_cries,
    with_in_need,
};
pub use same::same;

#[cfg(test)]
mod tests;
