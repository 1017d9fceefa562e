//! Writing a file that the traveller asked for where they keep what they downloaded.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tauri::{AppHandle, Manager};

/// Writes `bytes` as `name` into the traveller's downloads, else their documents, else the app's own folder.
///
/// # Errors
/// Where it can be written nowhere.
pub fn save(app: &AppHandle, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let paths = app.path();
    let folders = [paths.download_dir(), paths.document_dir(), paths.app_data_dir()];
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for folder in folders.into_iter().flatten() {
        match write(&folder, name, bytes) {
            Ok(file) => return Ok(file),
            Err(error) => {
                tracing::warn!(%error, "a file that was asked for cannot be written there");
                last = error;
            }
        }
    }
    Err(last)
}

/// For this user alone, over no other file.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let file = folder.join(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(&file)?;
    let written = open.write_all(bytes).and_then(|()| open.sync_all());
    if let Err(error) = written {
        // half of what is private is left to nobody
        fs::remove_file(&file)?;
        return Err(error);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = std::env::temp_dir().join(format!("saparlas-save-{}", std::process::id()));
        let file = write(&folder, "one.json", b"{}").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "{}");
        assert_eq!(write(&folder, "one.json", b"[]").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        fs::remove_dir_all(folder).unwrap();
    }
}
