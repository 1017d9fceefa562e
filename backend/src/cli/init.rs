use std::{net::SocketAddr, path::PathBuf};

use rand::CryptoRng;

use super::{CliError, Data, say};
use crate::{
    Clock, files,
    setup::{
        self, Addresses, demo,
        description::{Description, DescriptionError},
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// Describes the ministry; without it a DEMO ministry is made.
    #[arg(long, value_name = "FILE")]
    ministry: Option<PathBuf>,
    /// Where the public will ask the front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// Where the desk will ask it; by default the port after the public's.
    #[arg(long, value_name = "ADDR")]
    inside: Option<SocketAddr>,
}

pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let data = args.data.data;
    let description = match args.ministry {
        None => demo::description()?,
        Some(file) => {
            let read = files::read_text(&file).map_err(DescriptionError::Read);
            read.and_then(|text| Description::read(&text)).map_err(|error| CliError::Description(file, error))?
        }
    };
    let kind = if description.demo { "DEMO ministry" } else { "ministry" };
    let inside = args.inside.unwrap_or_else(|| next_port(args.listen));
    setup::init(&data, description, Addresses { listen: args.listen, inside }, clock, rng).await?;
    Ok(say(&format!("made a {kind} in {}", data.display()))?)
}

fn next_port(address: SocketAddr) -> SocketAddr {
    // port 0 is any free one
    let port = if address.port() == 0 { 0 } else { address.port().checked_add(1).unwrap_or(1024) };
    SocketAddr::new(address.ip(), port)
}
