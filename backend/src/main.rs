use std::{io::IsTerminal, process::ExitCode, sync::Arc};

use clap::Parser;
use ministry::{
    Clock,
    cli::{Cli, run},
};
use tracing_subscriber::EnvFilter;

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "time and randomness enter the program here, and nowhere else")]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,ministry=info"));
    let stderr = std::io::stderr();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(stderr.is_terminal())
        .with_writer(std::io::stderr)
        // a log on a full disk must not end what it tells of
        .log_internal_errors(false)
        .init();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::warn!("another TLS provider was installed first");
    }
    let clock: Clock = Arc::new(jiff::Timestamp::now);
    ExitCode::from(run(Cli::parse(), clock, &mut rand::rng()).await)
}
