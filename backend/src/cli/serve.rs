use tokio::net::TcpListener;

use super::{CliError, Data, say, stop};
use crate::{
    Clock,
    front::{Front, folder::Folder},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// Address and port; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    listen: String,
}

pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let front = Front::open(&Folder::of(&args.data.data), clock).await?;
    let listener = TcpListener::bind(&args.listen).await.map_err(|error| CliError::Bind(args.listen, error))?;
    let stop = stop::asked()?;
    say(&format!("listening on http://{}", listener.local_addr()?))?;
    Ok(front.serve(listener, stop).await?)
}
