//! The log: frames chained by hash, a head over the newest, a watermark by which the desk confirms both, and a
//! snapshot of what lives.

mod frame;
mod head;
mod snapshot;
mod watermark;

pub use frame::{Frame, LogPosition};
pub use head::{Head, check_head};
pub use snapshot::{SnapshotLine, read_snapshot, snapshot_bytes};
pub use watermark::{SnapshotName, Watermark, check_redated_watermark, check_watermark, floor_of_time};

use jiff::SignedDuration;

/// How many frames a page holds. Page `k` holds `k * PAGE + 1 ..= (k + 1) * PAGE`.
pub const PAGE: u64 = 64;

/// Heads and watermarks live for a day; one that claims more was not signed in good order.
const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(25);
