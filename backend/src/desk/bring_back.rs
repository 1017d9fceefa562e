//! A restored front beside its desk: what it lost comes back from the desk's log before it signs a head.

use jiff::Timestamp;

use super::{Desk, log::DeskLogError, watermark::WatermarkError};
use crate::{
    http::limits::ENTRIES_AT_ONCE,
    log::{Bulletin, LogError},
};

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
            let seq = bulletin.seq();
            let lost: Vec<_> = self.log.frames().iter().skip(seq as usize).take(ENTRIES_AT_ONCE).collect();
            let entries = lost.iter().map(|frame| frame.entry.clone()).collect();
            if bulletin.append(entries).await?.frames.iter().ne(lost.iter().copied()) {
                return Err(DeskLogError::Forked(seq + 1).into());
            }
        }
        let confirmed = self.confirm(now, true)?;
        if let Some((hash, bytes)) = confirmed.snapshot {
            bulletin.put_snapshot(hash, bytes).await?;
        }
        bulletin.put_watermark(confirmed.jws).await?;
        Ok(true)
    }
}
