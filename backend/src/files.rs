//! Files that must be whole or not there, and those that nobody else may read.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::ids::KeyId;
use rand::CryptoRng;
use zeroize::Zeroizing;

/// Files that are made this way are for their owner only.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Writes a new file that only its owner may read; one that exists is left alone.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_durably(private(OpenOptions::new().write(true).create_new(true)).open(path)?, bytes)
}

/// Puts a file that only its owner may read in the place of one that may be there: the old or the new, never half.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = path.with_extension("partial");
    if partial.exists() {
        std::fs::remove_file(&partial)?;
    }
    write_private(&partial, bytes)?;
    std::fs::rename(partial, path)
}

/// Writes a new file; one that exists is left alone.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_durably(OpenOptions::new().write(true).create_new(true).open(path)?, bytes)
}

fn write_durably(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// The private keys in a folder, each by its name and where it lies: `publish-1.key` holds `publish-1`.
pub fn keys_in(folder: &Path) -> io::Result<Vec<(KeyId, PathBuf)>> {
    let mut keys = Vec::new();
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        let is_key = path.extension().is_some_and(|extension| extension == "key");
        let name = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
        if let Some(name) = name.filter(|_| is_key) {
            keys.push((name, path));
        }
    }
    Ok(keys)
}

/// Makes a folder that only its owner may enter.
#[cfg_attr(not(unix), expect(unused_mut, reason = "elsewhere a user's files are the user's by where they lie"))]
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// 32 random bytes.
pub fn secret(rng: &mut impl CryptoRng) -> Zeroizing<[u8; 32]> {
    let mut bytes = Zeroizing::new([0; 32]);
    rng.fill_bytes(bytes.as_mut());
    bytes
}

/// Writes a 32-byte secret as base64url.
pub fn write_secret(path: &Path, secret: &[u8; 32]) -> io::Result<()> {
    let text = Zeroizing::new(B64.encode(secret));
    write_private(path, text.as_bytes())
}

/// Reads what [`write_secret`] wrote.
pub fn read_secret(path: &Path) -> io::Result<Zeroizing<[u8; 32]>> {
    let text = Zeroizing::new(std::fs::read_to_string(path)?);
    let bytes = B64.decode(text.trim()).ok().map(Zeroizing::new);
    let secret = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
    secret.map(Zeroizing::new).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not a 32-byte secret"))
}
