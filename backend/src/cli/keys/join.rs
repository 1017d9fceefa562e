use std::path::PathBuf;

use super::{
    super::{CliError, Data, say},
    asking::open_by_papers,
};
use crate::upkeep::keys::{Found, Held, Part, is_root, parts_of, put_back, sealed::SealedKeys};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// What `ministry keys split` made.
    #[arg(value_name = "FILE")]
    sealed: PathBuf,
    /// Only this part; where both are in the file, it has to be said which of them belong on this machine.
    #[arg(long, value_name = "PART")]
    part: Vec<Part>,
    /// The root key too: for a new key set, and only until it is signed.
    #[arg(long)]
    root: bool,
}

/// Puts back what is sealed and not here, by the papers. What is here stays.
pub fn run(args: Args) -> Result<(), CliError> {
    let Args { data, sealed, part, root } = args;
    let sealed = SealedKeys::read(&sealed)?;
    let sealed_parts = parts_of(&sealed.label.files)?;
    if let Some(part) = part.iter().find(|part| !sealed_parts.contains(part)) {
        return Err(CliError::NoPart(*part));
    }
    let parts = match (part.is_empty(), sealed_parts.as_slice()) {
        (false, _) => part,
        (true, [_]) => sealed_parts,
        (true, _) => return Err(CliError::WhichPart),
    };
    // before anybody types: that somebody is at work here is said at once
    let held = Held::of(&data.data, parts.clone())?;
    let is_asked = |name: &str| parts.iter().any(|part| name.starts_with(&format!("{part}/")));
    let (mut contents, mut roots) = (open_by_papers(&sealed)?, 0_usize);
    contents.retain(|name, _| is_asked(name));
    if !root {
        let all = contents.len();
        contents.retain(|name, _| !is_root(name));
        roots = all - contents.len();
    }
    for (name, found) in put_back(&data.data, contents, held)? {
        let words = match found {
            Found::Nothing => "put back",
            Found::Same => "stood here already, the same",
            Found::Another => "ANOTHER stood here already, and was left alone",
        };
        say(&format!("{name}: {words}"))?;
    }
    if roots > 0 {
        say("the root key stays in the file: `--root` puts it back, for a new key set")?;
    }
    Ok(())
}
