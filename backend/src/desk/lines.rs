//! A file of lines that is only ever added to: the ledger, the log, the audit file.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use crate::files;

/// How much is looked through at once.
const BLOCK: usize = 64 * 1024;

/// No line is longer: what has none in so much is another file.
const LONGEST: u64 = 16 * 1024 * 1024;

/// The file while nobody else adds to it.
pub struct Lines {
    file: File,
    /// Where its last whole line ends.
    end: u64,
}

impl Lines {
    /// Opens the file, which is made where it is not there, and answers its whole lines.
    ///
    /// # Errors
    /// It cannot be opened, or is no text.
    pub fn open(path: &Path) -> io::Result<(Self, String)> {
        let mut file = open_to_append(path)?;
        let text = whole_lines(&mut file)?;
        Ok((Self { file, end: text.len() as u64 }, text))
    }

    /// Opens the file and answers its last whole line alone: it may be a long one.
    ///
    /// # Errors
    /// It cannot be opened, or is no text.
    pub fn open_at_end(path: &Path) -> io::Result<(Self, String)> {
        let mut file = open_to_append(path)?;
        let end = end(&mut file)?;
        let begin = end.checked_sub(1).map_or(Ok(0), |to| end_before(&mut file, to))?;
        file.seek(SeekFrom::Start(begin))?;
        let mut last = String::new();
        Read::by_ref(&mut file).take(end - begin).read_to_string(&mut last)?;
        Ok((Self { file, end }, last.trim_end_matches('\n').to_owned()))
    }

    /// Adds whole lines, on the disk before it answers.
    ///
    /// # Errors
    /// They cannot be written; then they are not there.
    pub fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        // what was torn, or did not fit on the disk, was never acknowledged
        self.file.set_len(self.end)?;
        self.file.write_all(lines)?;
        self.file.sync_all()?;
        self.end += lines.len() as u64;
        Ok(())
    }
}

/// The whole lines of a file; nothing is changed in it.
///
/// # Errors
/// It cannot be read, or is no text.
pub fn read(path: &Path) -> io::Result<String> {
    whole_lines(&mut files::open(path)?)
}

/// Where the last whole line of a file ends. A line without its end was torn by a power cut, before anybody relied on
/// it.
///
/// # Errors
/// It cannot be read, or is no file of lines.
pub fn end(file: &mut File) -> io::Result<u64> {
    let size = file.metadata()?.len();
    end_before(file, size)
}

/// Where the last line ends whose end is before `size`.
fn end_before(file: &mut File, size: u64) -> io::Result<u64> {
    let mut block = vec![0; BLOCK];
    let mut to = size;
    // from behind: the last line mostly ends where the file does
    while to > 0 {
        if size - to > LONGEST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is no file of lines"));
        }
        let from = to.saturating_sub(BLOCK as u64);
        let bytes = block.get_mut(..(to - from) as usize).unwrap_or_default();
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(bytes)?;
        if let Some(last) = bytes.iter().rposition(|byte| *byte == b'\n') {
            return Ok(from + last as u64 + 1);
        }
        to = from;
    }
    Ok(0)
}

fn open_to_append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    let file = files::waiting_for_nobody(files::private(&mut options)).open(path)?;
    files::must_be_regular(&file.metadata()?)?;
    file.lock()?;
    Ok(file)
}

fn whole_lines(file: &mut File) -> io::Result<String> {
    let end = end(file)?;
    file.rewind()?;
    let mut text = String::new();
    file.take(end).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_file_ends_with_its_last_whole_line(whole in 0_usize..3 * BLOCK, torn in 0_usize..3 * BLOCK) {
            let folder = tempfile::TempDir::new().unwrap();
            let path = folder.path().join("lines");
            let mut bytes = vec![b'x'; whole];
            bytes.extend(b"\n");
            bytes.extend(vec![b'y'; torn]);
            std::fs::write(&path, &bytes).unwrap();
            prop_assert_eq!(end(&mut File::open(&path).unwrap()).unwrap(), whole as u64 + 1);
            let (mut lines, text) = Lines::open(&path).unwrap();
            prop_assert_eq!(text.len(), whole + 1);
            lines.append(b"next\n").unwrap();
            bytes.truncate(whole + 1);
            bytes.extend(b"next\n");
            prop_assert!(std::fs::read(&path).unwrap() == bytes);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_last_line_is_the_one_that_was_added_last(all in prop::collection::vec("[a-z]{0,200}", 0..8), long in any::<bool>()) {
            let folder = tempfile::TempDir::new().unwrap();
            let path = folder.path().join("lines");
            let mut last = String::new();
            for line in all {
                let line = if long { line.repeat(700) } else { line };
                let (mut lines, before) = Lines::open_at_end(&path).unwrap();
                prop_assert!(before == last);
                lines.append(format!("{line}\n").as_bytes()).unwrap();
                last = line;
            }
            prop_assert!(Lines::open_at_end(&path).unwrap().1 == last);
        }
    }

    #[test]
    fn a_file_with_no_line_ends_at_once() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("lines");
        std::fs::write(&path, vec![b'x'; BLOCK * 2]).unwrap();
        assert_eq!(end(&mut File::open(&path).unwrap()).unwrap(), 0);
        assert_eq!(read(&path).unwrap(), "");
        File::options().write(true).open(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(&path).unwrap_err().to_string(), "it is no file of lines");
    }
}
