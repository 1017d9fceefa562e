use std::net::SocketAddr;

use rand::CryptoRng;
use tokio::net::TcpListener;

use super::{CliError, Data, say, stop};
use crate::{
    Clock,
    front::{Front, Listeners, folder::Folder},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// Where the public asks, instead of where `init` said; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where the desk asks, instead of where `init` said: an address of this very machine.
    #[arg(long, value_name = "ADDR")]
    inside: Option<SocketAddr>,
    /// How many proxies of your own stand before the public listener: so much of X-Forwarded-For is believed.
    #[arg(long, value_name = "N", default_value_t = 0)]
    hops: usize,
}

pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let folder = Folder::of(&args.data.data);
    let settings = folder.settings()?;
    let inside = args.inside.unwrap_or(settings.inside);
    // it speaks plain HTTP, and credentials come in by it
    if !inside.ip().is_loopback() {
        return Err(CliError::InsideIsOutside(inside));
    }
    let front = Front::open(&folder, clock, args.hops, rng).await?;
    let listeners =
        Listeners { public: bind(args.listen.unwrap_or(settings.listen)).await?, inside: bind(inside).await? };
    let stop = stop::asked()?;
    say(&format!("listening on http://{}", listeners.public.local_addr()?))?;
    say(&format!("inside on http://{}", listeners.inside.local_addr()?))?;
    Ok(front.serve(listeners, stop).await?)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(address).await.map_err(|error| CliError::Bind(address, error))
}
