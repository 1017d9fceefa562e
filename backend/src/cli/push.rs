use std::path::PathBuf;

use url::Url;

use super::{CliError, http_client, http_client_builder, say, stop};
use crate::{
    Clock,
    desk_client::DeskClient,
    files,
    push::{carrier::Carrier, reach::Reach, rounds},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// `push.credential` of the desk's folder, or a copy of it: nothing else of that folder is read.
    #[arg(long, value_name = "FILE")]
    credential: PathBuf,
    /// The desk that closes them.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8789")]
    desk: Url,
    /// Carries pushes to this very machine as well: to try it without a push service.
    #[arg(long, hide = true)]
    also_here: bool,
}

/// Carries pushes until it is stopped. It says nothing of whom they are for.
pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let credential = files::read_credential(&args.credential).map_err(CliError::Credential)?;
    let desk = DeskClient::new(http_client()?, &args.desk, credential)?;
    let reach = if args.also_here { Reach::AlsoHere } else { Reach::Outside };
    let carrier = Carrier::new(http_client_builder(), reach)?;
    let asked = stop::asked()?;
    say(&format!("pushes from {}", args.desk))?;
    rounds::serve(&desk, &carrier, &clock, asked).await;
    Ok(())
}
