use super::{CliError, at_desk::AtDesk, http_client_builder, say, stop};
use crate::{
    Clock,
    push::{carrier::Carrier, reach::Reach, rounds},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    at: AtDesk,
    /// Carries pushes to this very machine as well: to try it without a push service.
    #[arg(long, hide = true)]
    also_here: bool,
}

/// Carries pushes until it is stopped. It says nothing of whom they are for.
pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let desk = args.at.client()?;
    let reach = if args.also_here { Reach::AlsoHere } else { Reach::Outside };
    let carrier = Carrier::new(http_client_builder(), reach)?;
    let asked = stop::asked()?;
    say(&format!("pushes from {}", args.at.desk))?;
    rounds::serve(&desk, &carrier, &clock, asked).await;
    Ok(())
}
