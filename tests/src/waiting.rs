//! The one place that waits: for a condition, until a deadline.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use crate::Result;

/// How often a condition is looked at.
const PERIOD: Duration = Duration::from_millis(50);

/// Long enough for a loaded machine of two cores; nothing that holds ever takes it.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// Waits until `look` finds something; an error of it counts as "not yet" and is told at the deadline.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let mut why = "it did not come".to_owned();
    let waited = timeout(within, async {
        loop {
            match look().await {
                Ok(Some(found)) => return found,
                Ok(None) => {}
                Err(error) => why = error.to_string(),
            }
            sleep(PERIOD).await;
        }
    });
    let found = waited.await.ok();
    found.ok_or_else(|| format!("waited {} s for {what}: {why}", within.as_secs()).into())
}
