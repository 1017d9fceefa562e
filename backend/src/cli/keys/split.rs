use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::{Path, PathBuf},
};

use clap::value_parser;
use rand::CryptoRng;

use super::super::{CliError, Data, say};
use crate::{
    Clock,
    upkeep::keys::{
        is_root,
        papers::{MOST, Paper, together},
        sealed::{Contents, Label, SealedError, SealedKeys},
        secrets,
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// How many papers there are.
    #[arg(long, value_name = "N", value_parser = value_parser!(u8).range(2..=i64::from(MOST)))]
    shares: u8,
    /// How many of them open the file.
    #[arg(long, value_name = "M", value_parser = value_parser!(u8).range(2..=i64::from(MOST)))]
    need: u8,
    /// The folder for the sealed file.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    out: PathBuf,
}

/// Seals what is secret of the parts that are here, proves that the file opens, and shows each paper once.
pub fn run(args: Args, clock: &Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let Args { data, shares, need, out } = args;
    if need > shares {
        return Err(CliError::TooFewPapers { shares, need });
    }
    let contents = secrets(&data.data)?;
    let (sealed, papers) = SealedKeys::seal(&contents, (shares, need), clock(), rng)?;
    let path = sealed.write(&out)?;
    let needed: Vec<_> = papers.iter().rev().take(need.into()).cloned().collect();
    let secret = together(&needed).ok_or(SealedError::Shut)?;
    if SealedKeys::read(&path)?.open(&secret)? != contents {
        return Err(SealedError::Shut.into());
    }
    show(&path, &sealed.label, &notes(&contents), &papers).map_err(|source| CliError::NotShown(path, source))
}

/// What whoever keeps the file has to know of what is in it, and of what is not.
fn notes(contents: &Contents) -> Vec<&'static str> {
    let has = |is_it: &dyn Fn(&str) -> bool| contents.keys().any(|name| is_it(name));
    let mut notes = Vec::new();
    if has(&is_root) {
        notes.push(
            "The root key is in it: `ministry keys check --take-root-away` takes it off this machine, by the papers.",
        );
    } else if has(&|name| name.starts_with("desk/")) {
        notes.push("No root key is in it, as none is here: keep the file that has it, and its papers.");
    }
    if has(&|name| name.starts_with("desk/")) && !has(&|name| name.starts_with("desk/store.")) {
        notes.push("No store key is in it: `ministry desk` makes one when it first starts. Split again then.");
    }
    if has(&|name| name == "desk/store.salt") {
        notes.push("The passphrase that goes with desk/store.salt is not in it: keep it as well.");
    }
    notes
}

/// Each paper on a page of its own: on a terminal it is gone before the next person comes.
fn show(path: &Path, label: &Label, notes: &[&str], papers: &[Paper]) -> io::Result<()> {
    let Label { papers: all, need, made_at, files, .. } = label;
    say(&format!("{}: sealed, and any {need} of its {all} papers open it. In it:", path.display()))?;
    files.iter().try_for_each(|name| say(&format!("  {name}")))?;
    notes.iter().try_for_each(|words| say(words))?;
    let is_watched = io::stdin().is_terminal() && io::stdout().is_terminal();
    for (at, paper) in papers.iter().enumerate() {
        turn_page(is_watched, "for the next paper")?;
        say(&format!("{} · {} · ministry keys join", label.name(), made_at.strftime("%F")))?;
        in_words(at + 1, *all, *need).iter().try_for_each(|words| say(words))?;
        for (at, line) in paper.lines().iter().enumerate() {
            say(&format!("  {}:   {line}", at + 1))?;
        }
    }
    if is_watched { turn_page(true, "when it is written down") } else { Ok(()) }
}

/// For whoever keeps it, in the languages of the console.
fn in_words(place: usize, all: u8, need: u8) -> [String; 3] {
    [
        format!(
            "{place}-қағаз, барлығы {all}. Кез келген {need} қағаз бірге файлды ашады. Файлдан бөлек сақтаңыз. \
             Онда O, I, L, U әріптері жоқ."
        ),
        format!(
            "Бумага {place} из {all}. Любые {need} вместе открывают файл. Храните отдельно от файла. \
             Букв O, I, L, U здесь нет."
        ),
        format!(
            "Paper {place} of {all}. Any {need} together open the file. Keep it apart from the file. \
             There is no O, I, L or U in it."
        ),
    ]
}

fn turn_page(is_watched: bool, when: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    if !is_watched {
        return stdout.write_all(b"\x0c\n");
    }
    write!(stdout, "\nPress Enter {when}: what stands here is wiped off. ")?;
    stdout.flush()?;
    io::stdin().lock().skip_until(b'\n')?;
    // the screen, and what was scrolled off it
    stdout.write_all(b"\x1b[H\x1b[2J\x1b[3J")?;
    stdout.flush()
}
