use rand::CryptoRng;
use url::Url;

use super::{CliError, Data, say};
use crate::{Clock, demo};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// Where the app will find the front.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8787")]
    front: Url,
}

pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let data = args.data.data;
    demo::init(&data, args.front.as_str().trim_end_matches('/'), clock, rng).await?;
    Ok(say(&format!("made a DEMO ministry in {}", data.display()))?)
}
