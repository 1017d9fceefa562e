use super::{CliError, Data, say};
use crate::{Clock, upkeep::repair::repair};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
}

pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    for done in repair(&args.data.data, clock()).await? {
        say(&done)?;
    }
    Ok(())
}
