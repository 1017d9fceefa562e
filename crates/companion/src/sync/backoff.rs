//! How long is waited between two tries.

use std::time::Duration;

/// The longest of the random waits.
pub const LONGEST: Duration = Duration::from_secs(60);

/// The longest wait after so many tries in a row that came to nothing; a random part of it is waited.
pub fn bound(tries: u32) -> Duration {
    Duration::from_secs(1_u64 << tries.min(10)).min(LONGEST)
}
