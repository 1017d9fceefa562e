//! The commands of `ministry`.

mod headcount;
mod init;
mod publish;
mod serve;
mod stop;

use std::{
    error::Error,
    io::{self, Write},
    path::PathBuf,
    time::Duration,
};

use clap::{Parser, Subcommand};
use rand::CryptoRng;
use reqwest::{Client, redirect::Policy};

use crate::Clock;

/// The ministry's side of Saparlas.
#[derive(Debug, Parser)]
#[command(name = "ministry", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
struct Data {
    /// The ministry's folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a demo ministry: its desk, its front, and the profile for the app.
    Init(init::Args),
    /// Serves the bulletin and takes what travellers send; opens DIR/front only.
    Serve(serve::Args),
    /// Signs officers' drafts and other authorities' CAP alerts, and posts them; opens DIR/desk only.
    Publish(publish::Args),
    /// Counts people in a place at a time.
    Headcount(headcount::Args),
}

#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Init(#[from] crate::demo::InitError),
    #[error(transparent)]
    Front(#[from] crate::front::FrontError),
    #[error("cannot listen on {0}")]
    Bind(String, #[source] io::Error),
    #[error(transparent)]
    Desk(#[from] crate::desk::folder::FolderError),
    #[error(transparent)]
    Post(#[from] crate::desk::post::PostError),
    #[error("the program cannot go on")]
    System(#[from] io::Error),
    #[error("the HTTP client cannot be made")]
    Client(#[from] reqwest::Error),
    #[error("the count cannot be written")]
    Json(#[from] serde_json::Error),
    #[error("{refused} of {all} files were refused")]
    Files { refused: usize, all: usize },
    #[error("{0} entries were refused by the front")]
    Entries(usize),
    #[error("{count} entries are kept in {} and go first the next time", folder.display())]
    Unposted { count: usize, folder: PathBuf },
}

/// Runs the command and says what went wrong on stderr. The answer is the exit code.
pub async fn run(cli: Cli, clock: Clock, rng: &mut impl CryptoRng) -> u8 {
    let outcome = match cli.command {
        Command::Init(args) => init::run(args, clock, rng).await,
        Command::Serve(args) => serve::run(args, clock).await,
        Command::Publish(args) => publish::run(args, clock).await,
        Command::Headcount(args) => headcount::run(args).await,
    };
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            complain(&chain(&error));
            1
        }
    }
}

/// An error and its causes in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}

fn complain(text: &str) {
    // nobody is left to tell where stderr is gone
    drop(writeln!(io::stderr(), "ministry: {}", harmless(text)));
}

/// Words of others as a terminal may have them: no control characters, not without end.
fn harmless(text: &str) -> String {
    text.chars().take(1000).map(|c| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn say(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "{}", harmless(text))?;
    stdout.flush()
}

fn http_client() -> reqwest::Result<Client> {
    Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(20))
        .redirect(Policy::none())
        .build()
}
