use clap::Subcommand;

use super::{CliError, Data, say};
use crate::desk::{
    audit::{self, Chain},
    folder::DeskFolder,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Follows the audit file from its first line on, and says where it breaks.
    Verify {
        #[command(flatten)]
        data: Data,
    },
}

pub fn run(args: Args) -> Result<(), CliError> {
    let What::Verify { data } = args.what;
    let folder = DeskFolder::existing(&data.data)?;
    let Chain { lines, newest } = audit::verify(&folder.audit())?;
    Ok(say(&format!("{lines} lines, each after the one before; the last is {newest}"))?)
}
