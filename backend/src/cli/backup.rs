use std::path::PathBuf;

use super::{CliError, Data, say};
use crate::{Clock, upkeep::backup::backup};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// A new folder for the copy.
    #[arg(value_name = "OUT")]
    out: PathBuf,
}

pub fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let made = backup(&args.data.data, &args.out, clock())?;
    for (part, there) in [("front", made.front), ("desk", made.desk)] {
        say(&format!("{part}: {}", if there { "copied, without keys and credentials" } else { "not here" }))?;
    }
    Ok(say(&format!("manifest.json has the SHA-256 {:x}: keep this line apart from the copy", made.manifest))?)
}
