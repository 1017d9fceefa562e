//! How much room there is on a volume.

use std::{io, path::Path};

/// In bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub all: u64,
    pub free: u64,
}

impl Room {
    pub fn percent_used(self) -> u64 {
        (self.all - self.free).saturating_mul(100).checked_div(self.all).unwrap_or(100)
    }
}

/// Which volume `path` lies on, where the system says it: two paths on one have the same number.
#[cfg(unix)]
pub fn volume(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|metadata| std::os::unix::fs::MetadataExt::dev(&metadata))
}

#[cfg(not(unix))]
pub fn volume(_: &Path) -> Option<u64> {
    None
}

/// The room where `path` lies. What is kept for root is not ours to fill, and not counted.
///
/// # Errors
/// It cannot be looked at, or not on this system.
#[cfg(unix)]
pub fn room(path: &Path) -> io::Result<Room> {
    let volume = rustix::fs::statvfs(path)?;
    let used = volume.f_blocks.saturating_sub(volume.f_bfree);
    let bytes = |blocks: u64| blocks.saturating_mul(volume.f_frsize);
    Ok(Room { all: bytes(used.saturating_add(volume.f_bavail)), free: bytes(volume.f_bavail) })
}

#[cfg(not(unix))]
pub fn room(_: &Path) -> io::Result<Room> {
    Err(io::ErrorKind::Unsupported.into())
}
