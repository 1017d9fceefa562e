//! Papers, as they are typed.

use std::io::{self, BufRead, Read, Write};

use zeroize::Zeroizing;

use super::super::{CliError, complain, say};
use crate::upkeep::keys::{
    papers::{Heard, Typing},
    sealed::{Contents, SealedKeys},
};

/// Longer than any line that anybody types.
const MAX_LINE: u64 = 4096;

/// Asks for papers on the terminal, until as many as are needed are there, and opens the file by them.
pub fn open_by_papers(sealed: &SealedKeys) -> Result<Contents, CliError> {
    let label = &sealed.label;
    say(&format!(
        "{}, made at {}: any {} of its {} papers open it",
        label.name(),
        label.made_at,
        label.need,
        label.papers
    ))?;
    let mut typing = Typing::new(label.number, label.need);
    let mut stdin = io::stdin().lock();
    loop {
        ask(&typing)?;
        let mut typed = Zeroizing::new(Vec::new());
        if stdin.by_ref().take(MAX_LINE).read_until(b'\n', &mut typed)? == 0 {
            return Err(CliError::PapersEnd(typing.more()));
        }
        let line = Zeroizing::new(String::from_utf8_lossy(&typed).into_owned());
        if line.trim().is_empty() {
            continue;
        }
        match typing.take(&line) {
            Ok(Heard::Line) => {}
            Ok(Heard::Paper { place, more }) => say(&format!("paper {place} is right; needed still: {more}"))?,
            Ok(Heard::All(secret)) => return Ok(sealed.open(&secret)?),
            Err(mistake) => complain(&mistake.to_string()),
        }
    }
}

fn ask(typing: &Typing) -> io::Result<()> {
    let mut stdout = io::stdout();
    write!(stdout, "{}: ", typing.asks())?;
    stdout.flush()
}
