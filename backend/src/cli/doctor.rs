use super::{CliError, Data, http_client_builder, say};
use crate::{
    Clock,
    upkeep::doctor::{Health, examine},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
}

pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let http = http_client_builder().tls_info(true).build()?;
    let found = examine(&args.data.data, &clock, &http).await?;
    for finding in &found {
        let mark = match finding.health {
            Health::Well => "well",
            Health::Warning => "look",
            Health::Bad => "BAD ",
        };
        say(&format!("{mark} {}", finding.words))?;
    }
    match found.iter().map(|finding| finding.health).max().unwrap_or(Health::Well) {
        Health::Well => Ok(()),
        worst @ (Health::Warning | Health::Bad) => Err(CliError::Unwell(worst)),
    }
}
