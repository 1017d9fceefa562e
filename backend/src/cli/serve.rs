use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{CliError, Data, say};
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
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    say(&format!("listening on http://{}", listener.local_addr()?))?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    };
    Ok(front.serve(listener, stop).await?)
}
