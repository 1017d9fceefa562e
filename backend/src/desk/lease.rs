//! `DIR/desk/lease`: who writes. The desk that holds it took the next fencing number, and the database takes writes of
//! the newest number only: one that lost its lease without knowing it changes nothing any more.

use std::{
    fs::{File, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
};

use crate::files;

#[derive(Debug, thiserror::Error)]
pub enum LeaseError {
    #[error("another desk works on this folder and alone may write: stop it first, or start this one with --standby")]
    Held,
    #[error("the lease cannot be read or written")]
    Io(#[from] std::io::Error),
    #[error("the lease is not a number: a desk that is stopped leaves one, so put back a copy of the desk's folder")]
    Broken,
}

/// Held for as long as it lives.
pub struct Lease {
    /// Higher than that of every desk before.
    pub fence: u64,
    #[expect(dead_code, reason = "it is held, and never asked")]
    file: File,
}

impl Lease {
    /// Takes the lease with the next fencing number.
    ///
    /// # Errors
    /// [`LeaseError::Held`] while another desk has it.
    pub fn take(path: &Path) -> Result<Self, LeaseError> {
        let mut file = files::lock(path).map_err(|error| match error {
            TryLockError::WouldBlock => LeaseError::Held,
            TryLockError::Error(error) => LeaseError::Io(error),
        })?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let last = if text.is_empty() { 0 } else { text.trim().parse().map_err(|_| LeaseError::Broken)? };
        let fence = u64::checked_add(last, 1).ok_or(LeaseError::Broken)?;
        // longer than the one before or as long: nothing of that one stays behind it
        file.rewind()?;
        file.write_all(format!("{fence}\n").as_bytes())?;
        file.sync_all()?;
        Ok(Self { fence, file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_desk_has_the_lease_and_the_next_has_a_higher_number() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("lease");
        let first = Lease::take(&path).unwrap();
        assert!(matches!(Lease::take(&path), Err(LeaseError::Held)));
        drop(first);
        for expected in 2..12 {
            assert_eq!(Lease::take(&path).unwrap().fence, expected);
        }
        std::fs::write(&path, "x").unwrap();
        assert!(matches!(Lease::take(&path), Err(LeaseError::Broken)));
    }
}
