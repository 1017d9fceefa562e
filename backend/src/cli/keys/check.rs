use std::path::PathBuf;

use super::{
    super::{CliError, Data, say},
    asking::open_by_papers,
};
use crate::upkeep::keys::{Found, compare, sealed::SealedKeys, secrets, take_root_away};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// What `ministry keys split` made.
    #[arg(value_name = "FILE")]
    sealed: PathBuf,
    /// Takes the root key off this machine, once the papers have opened the file and it is in it.
    #[arg(long)]
    take_root_away: bool,
}

/// Opens a sealed file by its papers, as for a rehearsal, and says what of it is here. Nothing is put back.
pub fn run(args: Args) -> Result<(), CliError> {
    let Args { data, sealed, take_root_away: away } = args;
    let here = secrets(&data.data)?;
    let contents = open_by_papers(&SealedKeys::read(&sealed)?)?;
    for (name, found) in compare(&data.data, &contents)? {
        let words = match found {
            Found::Same => "as it is here",
            Found::Another => "ANOTHER is here",
            Found::Nothing => "not here",
        };
        say(&format!("{name}: {words}"))?;
    }
    if away {
        for name in take_root_away(&data.data, &contents)? {
            say(&format!("{name}: taken away; it is in the sealed file"))?;
        }
    }
    let missing: Vec<_> = here.iter().filter(|(name, text)| contents.get(*name) != Some(*text)).collect();
    for (name, _) in &missing {
        say(&format!("{name}: as it is here, it is NOT in the sealed file"))?;
    }
    if missing.is_empty() { Ok(()) } else { Err(CliError::NotSealed(missing.len())) }
}
