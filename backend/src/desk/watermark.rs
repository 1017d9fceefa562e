//! Watermarks: the desk's signed word on how far the log is its own, with a snapshot of what lives.

use contract::{
    hash::Hash,
    jws::Refusal,
    log::{LogPosition, SnapshotName, Watermark, snapshot_bytes},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Desk,
    front_client::{FrontClient, PostError},
};
use crate::{
    files,
    log::{CLOCK_TOLERANCE, LogError, MAX_SNAPSHOT, living},
};

/// How long a watermark confirms.
const LIFE: SignedDuration = SignedDuration::from_hours(24);
/// A snapshot this old is made anew with the next watermark.
const SNAPSHOT_PERIOD: SignedDuration = SignedDuration::from_hours(6);

#[derive(Debug, thiserror::Error)]
pub enum WatermarkError {
    #[error("the last watermark cannot be read or written")]
    Io(#[from] std::io::Error),
    #[error("the last watermark is broken")]
    Json(#[from] serde_json::Error),
    #[error("the clock says {now}, but the last watermark was signed at {signed}: set the clock right")]
    ClockBehind { now: Timestamp, signed: Timestamp },
    #[error("what lives is larger than the {MAX_SNAPSHOT} bytes that an app reads: cancel what is no longer needed")]
    TooLarge,
    #[error("no key of the ministry signed what is in the desk's log")]
    Log(#[from] LogError),
    #[error("the watermark is not the ministry's: {0}")]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Front(#[from] PostError),
}

/// `watermark.json`: what was signed last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Last {
    jws: String,
    issued_at: Timestamp,
    snapshot: SnapshotName,
    /// When the snapshot was made.
    made_at: Timestamp,
}

/// A watermark and, where it names a new one, its snapshot.
pub struct Confirmed {
    pub jws: String,
    pub position: LogPosition,
    pub snapshot: Option<(Hash, Vec<u8>)>,
}

impl Desk {
    /// Signs a watermark over the desk's log. A snapshot of the last six hours is named again unless `anew`.
    ///
    /// # Errors
    /// The clock is behind, or what lives is too large.
    pub fn confirm(&mut self, now: Timestamp, anew: bool) -> Result<Confirmed, WatermarkError> {
        // one that is void is as if it had never been signed
        let last = self.last_watermark()?.filter(|last| self.keys.watermark(&last.jws).is_ok());
        let signed = last.as_ref().map_or(Timestamp::MIN, |last| last.issued_at);
        if signed.duration_since(now) > CLOCK_TOLERANCE {
            return Err(WatermarkError::ClockBehind { now, signed });
        }
        let recent = last.filter(|last| !anew && now.duration_since(last.made_at) < SNAPSHOT_PERIOD);
        let position = self.log.newest();
        let (name, made_at, snapshot) = match recent {
            Some(last) => (last.snapshot, last.made_at, None),
            None => {
                let bytes = snapshot_bytes(&living(self.log.frames(), &self.keys, now)?)?;
                if bytes.len() > MAX_SNAPSHOT {
                    return Err(WatermarkError::TooLarge);
                }
                let hash = Hash::of(&bytes);
                (SnapshotName { seq: position.seq, hash }, now, Some((hash, bytes)))
            }
        };
        let issued_at = now.max(signed);
        let watermark = Watermark {
            seq: position.seq,
            hash: position.hash,
            snapshot: name,
            keys: self.keys.number,
            issued_at,
            expires_at: issued_at + LIFE,
        };
        let jws = self.watermarks.sign(&watermark)?.compact();
        // one that no device would believe is not handed out
        self.keys.watermark(&jws)?;
        let last = Last { jws: jws.clone(), issued_at, snapshot: name, made_at };
        files::replace_private(&self.folder.watermark(), &serde_json::to_vec(&last)?)?;
        Ok(Confirmed { jws, position, snapshot })
    }

    /// Signs a watermark and hands it to the front, its snapshot first.
    ///
    /// # Errors
    /// It cannot be signed, or the front does not take it.
    pub async fn post_watermark(
        &mut self,
        front: &FrontClient,
        now: Timestamp,
        anew: bool,
    ) -> Result<LogPosition, WatermarkError> {
        let confirmed = self.confirm(now, anew)?;
        match self.hand_over(front, confirmed).await {
            // the front lost the snapshot that was named again
            Err(WatermarkError::Front(PostError::NotYet(_))) if !anew => {
                let confirmed = self.confirm(now, true)?;
                self.hand_over(front, confirmed).await
            }
            handed => handed,
        }
    }

    async fn hand_over(&self, front: &FrontClient, confirmed: Confirmed) -> Result<LogPosition, WatermarkError> {
        let Confirmed { jws, position, snapshot } = confirmed;
        if let Some((hash, bytes)) = snapshot {
            front.put_snapshot(hash, bytes).await?;
        }
        front.post_watermark(jws).await?;
        Ok(position)
    }

    /// Forgets a watermark that was signed ahead of `now`, and answers whether there was one.
    ///
    /// # Errors
    /// It cannot be read or put away.
    pub fn forget_the_future(&mut self, now: Timestamp) -> Result<bool, WatermarkError> {
        let ahead = self.last_watermark()?.is_some_and(|last| last.issued_at > now);
        if ahead {
            std::fs::remove_file(self.folder.watermark())?;
        }
        Ok(ahead)
    }

    /// When the last watermark was signed.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn confirmed_at(&self) -> Result<Option<Timestamp>, WatermarkError> {
        Ok(self.last_watermark()?.map(|last| last.issued_at))
    }

    fn last_watermark(&self) -> Result<Option<Last>, WatermarkError> {
        let path = self.folder.watermark();
        if !path.exists() {
            return Ok(None);
        }
        Ok(Some(serde_json::from_str(&files::read_text(&path)?)?))
    }
}
