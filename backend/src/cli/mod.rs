//! The commands of `ministry`.

mod at_desk;
mod audit;
mod backup;
mod breach;
mod cases;
mod desk;
mod doctor;
mod headcount;
mod init;
mod inside;
mod keys;
mod officer;
mod open;
mod publish;
mod push;
mod repair;
mod restore;
mod serve;
mod sms;
mod stop;
mod unread;
mod watermark;

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
    time::Duration,
};

use clap::{Parser, Subcommand};
use rand::CryptoRng;
use reqwest::{Client, ClientBuilder, redirect::Policy};

use crate::{Clock, causes::chain};

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
    /// Makes a ministry from its description, or a demo one: its desk, its front, and the profile for the app.
    Init(init::Args),
    /// Serves the bulletin and takes what travellers send; opens DIR/front only.
    Serve(serve::Args),
    /// Signs officers' drafts and other authorities' CAP alerts, and posts them; opens DIR/desk only.
    Publish(publish::Args),
    /// Says anew how far the log is the desk's own, with a snapshot of what lives: every six hours, by the clock.
    Watermark(watermark::Args),
    /// Serves officers' consoles, follows the register and signs watermarks on time; opens DIR/desk only.
    Desk(desk::Args),
    /// Makes officers and ends them.
    Officer(officer::Args),
    /// Proves the audit file.
    Audit(audit::Args),
    /// Lists who was touched in a time when something was in other hands, and drafts the word that they are owed.
    Breach(breach::Args),
    /// Counts people in a place at a time.
    Headcount(headcount::Args),
    /// Lists the keys of the ministry, or gives one a successor: after a theft, or by the calendar. Keeps a second copy of
    /// all that is secret, which opens by papers of several people together.
    Keys(keys::Args),
    /// Copies front and desk while they work, without private keys and credentials.
    Backup(backup::Args),
    /// Puts a copy back: what stood there is moved aside.
    Restore(restore::Args),
    /// Proves the log, and forgets what was signed while a clock was ahead.
    Repair(repair::Args),
    /// Says what is well and what is not; the exit code is 0, 1 or 2, by the worst.
    Doctor(doctor::Args),
    /// Lists open calls for help, most urgent first.
    Cases(cases::Args),
    /// Brings coded SMS to the desk, from a file or from an operator: it opens no key, and reads none of them.
    Sms(sms::Args),
    /// Carries pushes that wake officers from the desk to the push services of their browsers: it has no key, and reads none
    /// of them.
    Push(push::Args),
    /// Shows what came by SMS and could not be read, and leaves a line in the desk's audit file.
    UnreadSms(unread::Args),
    /// Opens what a traveller sealed, and leaves a line in the desk's audit file.
    Open(open::Args),
}

#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Setup(#[from] crate::setup::SetupError),
    #[error("the demo is wrong")]
    Demo(#[from] crate::setup::description::DescriptionError),
    #[error("{0}")]
    Description(PathBuf, #[source] crate::setup::description::DescriptionError),
    #[error(transparent)]
    Front(#[from] crate::front::FrontError),
    #[error("cannot listen on {0}")]
    Bind(SocketAddr, #[source] io::Error),
    #[error(
        "{0} is open to others: credentials come in by the inside listener, so it is at this machine's own address"
    )]
    InsideIsOutside(SocketAddr),
    #[error("{0} is neither an address nor a URL")]
    Inside(String),
    #[error(transparent)]
    Desk(#[from] crate::desk::folder::FolderError),
    #[error(transparent)]
    Post(#[from] crate::desk::front_client::PostError),
    #[error(transparent)]
    Posting(#[from] crate::desk::post::PostingError),
    #[error(transparent)]
    Watermark(#[from] crate::desk::watermark::WatermarkError),
    #[error(transparent)]
    Rotation(#[from] crate::desk::rotation::RotationError),
    #[error(transparent)]
    Backup(#[from] crate::upkeep::backup::BackupError),
    #[error(transparent)]
    Restore(#[from] crate::upkeep::restore::RestoreError),
    #[error(transparent)]
    Repair(#[from] crate::upkeep::repair::RepairError),
    #[error(transparent)]
    Here(#[from] crate::upkeep::here::HereError),
    #[error(transparent)]
    Keys(#[from] crate::upkeep::keys::KeysError),
    #[error("the sealed file")]
    Sealed(#[from] crate::upkeep::keys::sealed::SealedError),
    #[error("of {shares} papers never {need} are to be had: let --need be no more than --shares")]
    TooFewPapers { shares: u8, need: u8 },
    #[error("the papers could not all be shown: throw {0} away, and split again")]
    NotShown(PathBuf, #[source] io::Error),
    #[error("nothing more was typed, and {0} more papers are needed: nothing was opened")]
    PapersEnd(usize),
    #[error(
        "desk and front are both in the file, and belong on two machines: say --part desk or --part front, or both"
    )]
    WhichPart,
    #[error("nothing of the {0} is in the file")]
    NoPart(crate::upkeep::keys::Part),
    #[error("{0} files here are not in the sealed one as they are: make a new one by `ministry keys split`")]
    NotSealed(usize),
    #[error("name the ministry's folder with --data")]
    NoData,
    #[error("not all is well")]
    Unwell(crate::upkeep::doctor::Health),
    #[error("the program cannot go on")]
    System(#[from] io::Error),
    #[error("the HTTP client cannot be made")]
    Client(#[from] reqwest::Error),
    #[error(transparent)]
    Mirror(#[from] crate::desk::mirror::MirrorError),
    #[error(transparent)]
    Opening(#[from] crate::desk::opening::OpeningError),
    #[error(transparent)]
    Casework(#[from] crate::desk::casework::CaseworkError),
    #[error(transparent)]
    Lease(#[from] crate::desk::lease::LeaseError),
    #[error(transparent)]
    Audit(#[from] crate::desk::audit::AuditError),
    #[error(transparent)]
    Origin(#[from] crate::officers::origin::OriginError),
    #[error(transparent)]
    House(#[from] crate::officers::HouseError),
    #[error("name a trip, a check-in or a call")]
    NothingNamed,
    #[error("{shut} of {all} do not open")]
    Shut { shut: usize, all: usize },
    #[error("the answer cannot be written")]
    Json(#[from] serde_json::Error),
    #[error("{0} is in the place of the list: name a file that is not there")]
    ListFile(PathBuf, #[source] io::Error),
    #[error("--from is after --to")]
    NoTime,
    #[error("there is no time zone {0}: it stands in the desk's settings.json, or in --zone")]
    Zone(String, #[source] jiff::Error),
    #[error("that day has no end in this time zone")]
    Day(#[source] jiff::Error),
    #[error("{0} cannot be read")]
    SmsFile(PathBuf, #[source] io::Error),
    #[error("the operator's password is in the environment, as {0}")]
    SmsPassword(&'static str),
    #[error("the credential by which the desk knows us cannot be read")]
    Credential(#[source] io::Error),
    #[error(transparent)]
    Ask(#[from] crate::desk_client::AskError),
    #[error("{unread} of {all} are no words of the app, or no line of a file: somebody has to read them")]
    PlainSms { unread: usize, all: usize },
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
        Command::Serve(args) => serve::run(args, clock, rng).await,
        Command::Publish(args) => publish::run(args, clock).await,
        Command::Watermark(args) => watermark::run(args, clock).await,
        Command::Desk(args) => desk::run(args, clock, rng).await,
        Command::Officer(args) => officer::run(args, clock, rng),
        Command::Audit(args) => audit::run(args),
        Command::Breach(args) => breach::run(args, &clock, rng),
        Command::Headcount(args) => headcount::run(args).await,
        Command::Keys(args) => keys::run(args, clock, rng).await,
        Command::Backup(args) => backup::run(args, clock),
        Command::Restore(args) => restore::run(args, clock, rng).await,
        Command::Repair(args) => repair::run(args, clock).await,
        Command::Doctor(args) => doctor::run(args, clock).await,
        Command::Cases(args) => cases::run(args, rng).await,
        Command::Sms(args) => sms::run(args, clock, rng).await,
        Command::Push(args) => push::run(args, clock).await,
        Command::UnreadSms(args) => unread::run(args, &clock, rng),
        Command::Open(args) => open::run(args, clock).await,
    };
    match outcome {
        Ok(()) => 0,
        Err(CliError::Unwell(worst)) => worst as u8,
        Err(error) => {
            complain(&chain(&error));
            1
        }
    }
}

fn complain(text: &str) {
    // nobody is left to tell where stderr is gone
    drop(writeln!(io::stderr(), "ministry: {}", harmless(text)));
}

/// Words of others as a terminal may have them: no control characters, not without end.
fn harmless(text: &str) -> String {
    text.chars().take(1000).map(visible).collect()
}

fn visible(c: char) -> char {
    if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }
}

/// An answer in full, as long as it is.
fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "{}", text.chars().map(visible).collect::<String>())?;
    stdout.flush()
}

fn say(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "{}", harmless(text))?;
    stdout.flush()
}

fn http_client_builder() -> ClientBuilder {
    Client::builder().connect_timeout(Duration::from_secs(5)).timeout(Duration::from_secs(20)).redirect(Policy::none())
}

fn http_client() -> reqwest::Result<Client> {
    http_client_builder().build()
}
