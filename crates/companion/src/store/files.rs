//! What is done to files as a whole.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Removes a file; one that is not there is gone already.
pub(super) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Makes a file that only this user reads; it and its name are durable when this returns.
pub(super) fn make_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut made = options.open(file)?;
    made.write_all(bytes)?;
    made.sync_all()?;
    sync_folder(file)
}

/// The names in the folder of a file are as durable as what they name.
pub(super) fn sync_folder(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _of_no_use_here = file;
    Ok(())
}
