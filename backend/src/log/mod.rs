//! The bulletin's log: what is decided about it without a database, and the trait behind which it is kept.

mod bulletin;
mod error;
mod living;
mod news;
mod proof;
mod signing;
mod store;

pub use bulletin::Bulletin;
pub use error::LogError;
pub use living::{MAX_SNAPSHOT, living};
pub use news::{News, Statement, frame_event};
pub use proof::{prove, prove_all};
pub use store::{
    Answer, Appended, Author, Candidate, Held, LogStore, Newest, StoredFrame, StoredWatermark, Written, judge,
};

use jiff::SignedDuration;

/// A clock that is off by less is a clock that is right.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
