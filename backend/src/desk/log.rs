//! The whole log as the desk keeps it, one frame a line: what a front answers is checked against it.

use std::path::Path;

use contract::{
    jws::Refusal,
    log::{Frame, LogPosition},
};

use super::lines::{self, Lines};
use crate::http::limits::ENTRIES_AT_ONCE;

#[derive(Debug, thiserror::Error)]
pub enum DeskLogError {
    #[error("the desk's log cannot be read or written")]
    Io(#[from] std::io::Error),
    #[error("frame {0} of the desk's log is broken: put back a copy of the desk's folder")]
    Broken(u64),
    #[error("the desk's log cannot be written")]
    Write(#[source] serde_json::Error),
    #[error("the front has another frame {0} than the desk: its log was forked, or somebody else writes it")]
    Forked(u64),
    #[error("the front has frame {0}, and this desk never signed what is in it")]
    Foreign(u64),
}

/// Whether a front that was given the entries of `lost` again answers with these very frames.
///
/// # Errors
/// Its log is another one.
pub fn must_answer(lost: &[Frame], answered: &[Frame]) -> Result<(), DeskLogError> {
    let seq = lost.first().map_or(0, |frame| frame.seq);
    if lost == answered { Ok(()) } else { Err(DeskLogError::Forked(seq)) }
}

/// Whether each frame of a log follows the one before.
///
/// # Errors
/// It cannot be read, or one does not.
pub fn check(path: &Path) -> Result<(), DeskLogError> {
    follow(&lines::read(path)?).map(drop)
}

fn follow(text: &str) -> Result<(Vec<Frame>, LogPosition), DeskLogError> {
    let (mut frames, mut newest) = (Vec::new(), LogPosition::default());
    for line in text.lines() {
        let broken = DeskLogError::Broken(newest.seq + 1);
        let Ok(frame) = serde_json::from_str::<Frame>(line) else { return Err(broken) };
        let Ok(after) = newest.after(&frame) else { return Err(broken) };
        newest = after;
        frames.push(frame);
    }
    Ok((frames, newest))
}

pub struct DeskLog {
    file: Lines,
    frames: Vec<Frame>,
    newest: LogPosition,
}

impl DeskLog {
    /// Reads the log and follows it from its first frame on.
    ///
    /// # Errors
    /// It cannot be read, or a frame does not follow the one before.
    pub fn open(path: &Path) -> Result<Self, DeskLogError> {
        // a line that was torn is no loss: the front has the frame, and it is read from there
        let (file, text) = Lines::open(path)?;
        let (frames, newest) = follow(&text)?;
        Ok(Self { file, frames, newest })
    }

    pub fn newest(&self) -> LogPosition {
        self.newest
    }

    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Frame `seq`, from 1.
    pub fn frame(&self, seq: u64) -> Option<&Frame> {
        self.frames.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }

    /// The frames after `seq`, as many as a front takes at once.
    pub fn after(&self, seq: u64) -> &[Frame] {
        let from = usize::try_from(seq).unwrap_or(usize::MAX).min(self.frames.len());
        let to = from.saturating_add(ENTRIES_AT_ONCE).min(self.frames.len());
        self.frames.get(from..to).unwrap_or_default()
    }

    /// Whether the front's log is at `position` what this one is there.
    ///
    /// # Errors
    /// It is another one.
    pub fn check(&self, position: LogPosition) -> Result<(), DeskLogError> {
        let held = self.frame(position.seq).map(Frame::hash);
        if position.seq == 0 || held == Some(position.hash) { Ok(()) } else { Err(DeskLogError::Forked(position.seq)) }
    }

    /// Keeps frames that a front answered: those that are here already must be the same, the others must follow.
    ///
    /// # Errors
    /// One is another than here, or does not follow.
    pub fn keep(&mut self, frames: Vec<Frame>) -> Result<(), DeskLogError> {
        let mut lines = Vec::new();
        let mut new = Vec::new();
        let mut newest = self.newest;
        for frame in frames {
            if let Some(held) = self.frame(frame.seq) {
                if *held != frame {
                    return Err(DeskLogError::Forked(frame.seq));
                }
                continue;
            }
            newest = match newest.after(&frame) {
                Ok(newest) => newest,
                Err(Refusal::BrokenChain) if new.contains(&frame) => continue,
                Err(_) => return Err(DeskLogError::Forked(frame.seq)),
            };
            serde_json::to_writer(&mut lines, &frame).map_err(DeskLogError::Write)?;
            lines.push(b'\n');
            new.push(frame);
        }
        if new.is_empty() {
            return Ok(());
        }
        self.file.append(&lines)?;
        self.frames.extend(new);
        self.newest = newest;
        Ok(())
    }
}
