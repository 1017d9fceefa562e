//! What streams are told. Each event is encoded once, however many subscribers there are.

use contract::{hash::Hash, log::Frame};

use super::LogError;
use crate::coded::Coded;

/// Letters of base64url in the tag of a statement: 60 bits.
const TAG: usize = 10;

/// A signed head or watermark as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub seq: u64,
    /// Compact.
    pub jws: String,
    pub etag: String,
}

impl Statement {
    pub fn new(seq: u64, jws: String) -> Self {
        // HTTP/2 sends a tag anew each time, both ways: so much of the hash tells one statement from another
        let hash = Hash::of(jws.as_bytes()).to_string();
        let etag = format!("\"{}\"", hash.get(..TAG).unwrap_or(&hash));
        Self { seq, jws, etag }
    }

    /// The statement as a server-sent event of this name.
    pub fn event(&self, name: &str) -> String {
        format!("event: {name}\ndata: {}\n\n", self.jws)
    }
}

/// One write to each subscriber, in the order of the log.
#[derive(Debug, Clone)]
pub struct News {
    /// The newest position that it speaks of.
    pub seq: u64,
    /// Whether there are frames in it.
    pub has_frames: bool,
    pub events: Coded,
}

/// Events are compressed once for all who listen, so it may take its time.
pub const LEVEL: i32 = 19;

/// A frame as a server-sent event; its id is its place.
///
/// # Errors
/// Never in practice: a frame is plain JSON.
pub fn frame_event(frame: &Frame) -> Result<String, LogError> {
    let data = serde_json::to_string(frame).map_err(LogError::Row)?;
    Ok(format!("event: frame\nid: {}\ndata: {data}\n\n", frame.seq))
}
