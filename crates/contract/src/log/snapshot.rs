//! What lives at one place of the log: lines of `{seq, entry}`, in the order of the log.

use serde::{Deserialize, Serialize};

use crate::jws::Jws;

/// A live entry and the position of its frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotLine {
    /// Where the entry stands in the log.
    pub seq: u64,
    /// As the officer signed it.
    pub entry: Jws,
}

/// The snapshot's bytes (NDJSON): its hash is over them.
///
/// # Errors
/// Never in practice: a line is plain JSON.
pub fn snapshot_bytes<'a>(lines: impl IntoIterator<Item = &'a SnapshotLine>) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut bytes, line)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Reads a snapshot's lines; one that does not read is left out, and never spoils the others.
pub fn read_snapshot(text: &str) -> impl Iterator<Item = SnapshotLine> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok())
}
