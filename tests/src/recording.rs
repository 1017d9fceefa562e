//! What a process told the disk and the world, in order, as `strace` saw it.

use std::{
    collections::HashMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use crate::{Fault, Result};

/// Calls that write, that make writes durable, that change names, and that speak to others.
const CALLS: &str = "trace=openat,pwrite64,write,writev,sendto,recvfrom,ftruncate,fsync,fdatasync,unlink,unlinkat,\
                     rename,renameat,renameat2,fallocate";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A file was opened, and made where it was not there.
    Made(PathBuf),
    Written {
        file: PathBuf,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncated {
        file: PathBuf,
        len: usize,
    },
    /// A file or a folder is on the disk now.
    Synced(PathBuf),
    Removed(PathBuf),
    /// Bytes to another process: by a pipe, or by a connection.
    Sent {
        to: String,
        bytes: Vec<u8>,
    },
    Heard {
        from: String,
        bytes: Vec<u8>,
    },
}

/// What starts a program so that what it does is recorded in `file`.
pub fn under(file: &Path) -> Vec<OsString> {
    let words = ["strace", "-f", "-yy", "-xx", "-qq", "--seccomp-bpf", "-s", "1048576", "-e", CALLS, "-o"];
    words.into_iter().map(OsString::from).chain([file.into()]).collect()
}

/// Reads what was recorded.
///
/// # Errors
/// It cannot be read, or something was done that is not understood.
pub fn read(file: &Path) -> Result<Vec<Event>> {
    let mut unfinished: HashMap<String, String> = HashMap::new();
    let mut events = Vec::new();
    for line in fs::read_to_string(file)?.lines() {
        let (process, call) = line.split_once(' ').ok_or("a line without a process")?;
        let call = call.trim_start();
        if let Some(begun) = call.strip_suffix(" <unfinished ...>") {
            unfinished.insert(process.to_owned(), begun.to_owned());
            continue;
        }
        // what another thread did meanwhile stands before it
        let call = match call.strip_prefix("<... ").and_then(|resumed| resumed.split_once(" resumed>")) {
            Some((_, rest)) => unfinished.remove(process).unwrap_or_default() + rest,
            None => call.to_owned(),
        };
        events.extend(event(&call).map_err(|fault| format!("{fault}: {}", call.get(..200).unwrap_or(&call)))?);
    }
    Ok(events)
}

fn event(call: &str) -> Result<Option<Event>> {
    let Some((name, rest)) = call.split_once('(') else { return Ok(None) };
    let Some((arguments, answer)) = rest.rsplit_once(" = ") else { return Ok(None) };
    // a file without a name, as SQLite has them for its own sorting, is in no folder
    if arguments.contains(">(deleted)") {
        return Ok(None);
    }
    let answer = answer.split([' ', '<']).next().unwrap_or_default();
    // what failed changed nothing
    let Ok(answer) = answer.parse::<usize>() else { return Ok(None) };
    let texts = || arguments.split('"').skip(1).step_by(2).map(bytes);
    let text = || texts().next().ok_or("no text")?;
    let path = || Ok::<_, Fault>(PathBuf::from(String::from_utf8(text()?)?));
    let numbers = || arguments.trim_end_matches([')', ' ']).rsplit(", ").map(str::parse::<usize>);
    let last = || numbers().next().ok_or("no number")?.map_err(Fault::from);
    Ok(match name {
        "openat" if arguments.contains("O_CREAT") => Some(Event::Made(path()?)),
        "pwrite64" => {
            let (mut bytes, at) = (text()?, last()?);
            bytes.truncate(answer);
            Some(Event::Written { file: descriptor(arguments)?.into(), at, bytes })
        }
        "ftruncate" => Some(Event::Truncated { file: descriptor(arguments)?.into(), len: last()? }),
        "fsync" | "fdatasync" => Some(Event::Synced(descriptor(arguments)?.into())),
        "unlink" | "unlinkat" => Some(Event::Removed(path()?)),
        "write" | "writev" | "sendto" => {
            let bytes = texts().collect::<Result<Vec<_>>>()?.concat();
            Some(Event::Sent { to: descriptor(arguments)?, bytes })
        }
        "recvfrom" => Some(Event::Heard { from: descriptor(arguments)?, bytes: text()? }),
        "rename" | "renameat" | "renameat2" | "fallocate" => return Err("this is not understood".into()),
        _ => None,
    })
}

/// What the first argument leads to: `12</path>`, or `9<TCP:[127.0.0.1:80->127.0.0.1:81]>`.
fn descriptor(arguments: &str) -> Result<String> {
    let named = arguments.split_once('<').ok_or("a number without a name")?.1;
    let end = named.match_indices('>').find(|(at, _)| matches!(named.as_bytes().get(at + 1), Some(b',' | b')') | None));
    let name = named.get(..end.ok_or("a name without an end")?.0).unwrap_or_default();
    if name.starts_with("\\x") { Ok(String::from_utf8(bytes(name)?)?) } else { Ok(name.to_owned()) }
}

/// Bytes written as `\x2f\x74`.
fn bytes(text: &str) -> Result<Vec<u8>> {
    text.split("\\x").skip(1).map(|byte| Ok(u8::from_str_radix(byte, 16)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_to_a_file_without_a_name_is_passed_over() {
        let written = |name: &str| event(&format!(r#"pwrite64(25<\x2f\x61>{name}, "\x01\x02", 2, 512) = 2"#)).unwrap();
        assert_eq!(written(""), Some(Event::Written { file: "/a".into(), at: 512, bytes: vec![1, 2] }));
        assert_eq!(written("(deleted)"), None);
    }
}
