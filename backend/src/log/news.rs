//! What streams are told. Each event is encoded once, however many subscribers there are.

use axum::body::Bytes;
use contract::{hash::Hash, log::Frame};

use super::LogError;

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
        let etag = format!("\"{}\"", Hash::of(jws.as_bytes()));
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
    pub events: Events,
}

/// Server-sent events in both forms that a stream may have. The compressed one is a whole zstd frame, and a stream of
/// such frames is zstd again: no subscriber needs a compressor of its own.
#[derive(Debug, Clone)]
pub struct Events {
    pub plain: Bytes,
    pub zstd: Bytes,
}

/// It is done once for all who listen, so it may take its time.
const LEVEL: i32 = 19;

impl Events {
    /// # Errors
    /// No memory for the compressor.
    pub fn new(text: String) -> std::io::Result<Self> {
        let zstd = zstd::bulk::compress(text.as_bytes(), LEVEL)?.into();
        Ok(Self { plain: text.into(), zstd })
    }
}

/// A frame as a server-sent event; its id is its place.
///
/// # Errors
/// Never in practice: a frame is plain JSON.
pub fn frame_event(frame: &Frame) -> Result<String, LogError> {
    let data = serde_json::to_string(frame).map_err(LogError::Row)?;
    Ok(format!("event: frame\nid: {}\ndata: {data}\n\n", frame.seq))
}
