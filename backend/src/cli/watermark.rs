use super::{CliError, Data, inside::Inside, say};
use crate::{
    Clock,
    desk::{
        Desk,
        folder::{Credential, DeskFolder},
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    inside: Inside,
}

/// Posts what waits, then says anew how far the log is the desk's own, with a new snapshot of what lives.
pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let mut desk = Desk::open(&folder)?;
    let front = args.inside.front(&folder, Credential::Publish)?;
    let position = super::publish::post_and_confirm(&mut desk, &folder, &front, clock(), true).await?;
    Ok(say(&format!("confirmed {}", position.seq))?)
}
