use std::{io::IsTerminal, process::ExitCode, sync::Arc};

use clap::Parser;
use ministry::{
    Clock,
    cli::{Cli, run},
};
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "time and randomness enter the program here, and nowhere else")]
async fn main() -> ExitCode {
    let asked = std::env::var("RUST_LOG").ok().and_then(|targets| targets.parse().ok());
    let quiet = || Targets::new().with_default(tracing::Level::WARN).with_target("ministry", tracing::Level::INFO);
    let filter: Targets = asked.unwrap_or_else(quiet);
    let stderr = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        // a log on a full disk must not end what it tells of
        .log_internal_errors(false);
    tracing_subscriber::registry().with(filter).with(stderr).init();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::warn!("another TLS provider was installed first");
    }
    let clock: Clock = Arc::new(jiff::Timestamp::now);
    ExitCode::from(run(Cli::parse(), clock, &mut rand::rng()).await)
}
