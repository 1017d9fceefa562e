//! A restored front beside its desk: what it lost comes back from the desk's log before it signs a head.

use jiff::Timestamp;

use super::{
    Desk,
    log::{DeskLogError, must_answer},
    watermark::WatermarkError,
};
use crate::log::{Bulletin, LogError};

#[derive(Debug, thiserror::Error)]
pub enum BringBackError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    DeskLog(#[from] DeskLogError),
    #[error(transparent)]
    Watermark(#[from] WatermarkError),
}

impl Desk {
    /// Answers false where the front knows frames that the desk does not: `ministry watermark` sorts that out.
    ///
    /// # Errors
    /// Their logs are not one, or something cannot be written.
    pub async fn bring_back(&mut self, bulletin: &Bulletin, now: Timestamp) -> Result<bool, BringBackError> {
        if bulletin.seq() > self.log.newest().seq {
            return Ok(false);
        }
        for (number, document) in (1..).zip(&self.key_sets) {
            bulletin.put_key_set(number, document.clone()).await?;
        }
        while bulletin.seq() < self.log.newest().seq {
            let lost = self.log.after(bulletin.seq());
            let entries = lost.iter().map(|frame| frame.entry.clone()).collect();
            must_answer(lost, &bulletin.append(entries).await?.frames)?;
        }
        let confirmed = self.confirm(now, true)?;
        if let Some((hash, bytes)) = confirmed.snapshot {
            bulletin.put_snapshot(hash, bytes).await?;
        }
        bulletin.put_watermark(confirmed.jws).await?;
        Ok(true)
    }
}
