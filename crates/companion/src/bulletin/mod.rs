//! The bulletin as this device has it: everything in it was verified here, whoever carried it.

mod follow;
mod held;
mod snapshot;

pub use follow::Missing;
pub use held::{Bulletin, BulletinError, MOST_KEY_SETS_A_RUN, Refused};
