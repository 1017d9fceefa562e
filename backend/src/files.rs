//! Files that must be whole or not there, and those that nobody else may read. Only a regular file is ever read: a pipe
//! or a device in its place would be waited for without end.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::{
    hash::{Hash, Hashing},
    ids::KeyId,
};
use rand::CryptoRng;
use zeroize::Zeroizing;

/// Settings, keys, key sets and what waits are all far smaller; a larger file is none of them, and is not read.
const MAX_TEXT: u64 = 16 * 1024 * 1024;

/// How much of a file is in memory while it is copied.
const BLOCK: usize = 64 * 1024;

/// Files that are made this way are for their owner only.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Opens a regular file, or a link to one, for reading.
///
/// # Errors
/// It is not there, or is something else.
pub fn open(path: &Path) -> io::Result<File> {
    // a pipe is not even opened, and one that comes in between holds nobody up
    must_be_regular(&std::fs::metadata(path)?)?;
    let file = waiting_for_nobody(OpenOptions::new().read(true)).open(path)?;
    must_be_regular(&file.metadata()?)?;
    Ok(file)
}

/// Opens a regular file by its name within `folder`. A link would lead out of it, and is not followed.
///
/// # Errors
/// It is not there, is a link or reached by one, or is something else.
pub fn open_within(folder: &Path, name: &str) -> io::Result<File> {
    let mut path = folder.to_owned();
    for part in Path::new(name).components() {
        path.push(part);
        if std::fs::symlink_metadata(&path)?.is_symlink() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link, and none is followed"));
        }
    }
    open(&path)
}

/// Whether a folder, or a link to one, is there.
///
/// # Errors
/// Something else is, or it cannot be looked at.
pub fn has_folder(path: &Path) -> io::Result<bool> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
        // a link that leads nowhere is no absence
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whatever is opened this way, be it a pipe, is open at once.
pub fn waiting_for_nobody(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    options
}

/// # Errors
/// It is a folder, a pipe, a device.
pub fn must_be_regular(metadata: &std::fs::Metadata) -> io::Result<()> {
    if metadata.is_file() { Ok(()) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file")) }
}

/// Locks a file, which is made where it is not there, until what is answered is dropped.
///
/// # Errors
/// Somebody else has locked it, or it cannot be opened.
pub fn lock(path: &Path) -> Result<File, TryLockError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let opened = waiting_for_nobody(private(&mut options)).open(path);
    // on a read-only disk the one that is there is locked
    let file = opened.or_else(|_| open(path)).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Reads a small text.
///
/// # Errors
/// It is no regular file, larger than any text of a ministry, or not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.take(MAX_TEXT + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_TEXT {
        let words = format!("it is larger than {} MiB", MAX_TEXT / 1024 / 1024);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, words));
    }
    Ok(text)
}

/// Reads a credential, as it is said.
///
/// # Errors
/// As [`read_text`].
pub fn read_credential(path: &Path) -> io::Result<Zeroizing<String>> {
    let text = Zeroizing::new(read_text(path)?);
    Ok(Zeroizing::new(text.trim().to_owned()))
}

/// SHA-256 of what `from` gives.
///
/// # Errors
/// It cannot be read.
pub fn hash(from: impl Read) -> io::Result<Hash> {
    copy(from, io::sink())
}

/// Copies what `from` gives into a new file that only its owner may read, and answers its SHA-256.
///
/// # Errors
/// One cannot be read, or the other not be written.
pub fn copy_private(from: impl Read, path: &Path) -> io::Result<Hash> {
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path)?;
    let hash = copy(from, &mut file)?;
    file.sync_all()?;
    Ok(hash)
}

/// A block at a time, however large it is.
fn copy(mut from: impl Read, mut to: impl Write) -> io::Result<Hash> {
    let mut hashing = Hashing::default();
    let mut block = vec![0; BLOCK];
    loop {
        let read = match from.read(&mut block) {
            Ok(0) => return Ok(hashing.done()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = block.get(..read).unwrap_or_default();
        hashing.take(bytes);
        to.write_all(bytes)?;
    }
}

/// Writes a new file that only its owner may read; one that exists is left alone.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_durably(private(OpenOptions::new().write(true).create_new(true)).open(path)?, bytes)
}

/// Puts a file that only its owner may read in the place of one that may be there: the old or the new, never half.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = path.with_extension("partial");
    remove(&partial)?;
    write_private(&partial, bytes)?;
    std::fs::rename(partial, path)
}

/// Removes a file; one that is not there is gone already.
///
/// # Errors
/// It cannot be removed.
pub fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
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
    let text = Zeroizing::new(read_text(path)?);
    let bytes = B64.decode(text.trim()).ok().map(Zeroizing::new);
    let secret = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
    secret.map(Zeroizing::new).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not a 32-byte secret"))
}

/// The secret in a file, which is made where it is not there.
///
/// # Errors
/// It cannot be read or written.
pub fn kept_secret(path: &Path, rng: &mut impl CryptoRng) -> io::Result<Zeroizing<[u8; 32]>> {
    if !path.exists() {
        write_secret(path, &secret(rng))?;
    }
    read_secret(path)
}
