use clap::Subcommand;
use rand::CryptoRng;

use super::{CliError, Data, desk::casework, open::account, say};
use crate::{
    Clock,
    desk::{
        audit::{self, Deed},
        casework::{Casework, Hold},
        folder::DeskFolder,
    },
    officers::{origin::Origin, roles::Role},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes an officer, or gives one who works another link; the link works once, for a quarter of an hour.
    Add(Add),
    /// Ends an officer: sessions, passkeys and links at once.
    End(End),
}

#[derive(Debug, clap::Args)]
struct Add {
    #[command(flatten)]
    data: Data,
    /// As it stands on the board, and as they sign in.
    name: String,
    /// What they may do: docs/roles.md.
    #[arg(long, value_enum, default_value_t = Role::Bronze)]
    role: Role,
    /// As officers open the console.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8789")]
    origin: String,
}

#[derive(Debug, clap::Args)]
struct End {
    #[command(flatten)]
    data: Data,
    name: String,
}

pub fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    match args.what {
        What::Add(args) => add(args, clock, rng),
        What::End(args) => end(args, clock, rng),
    }
}

fn open(data: &Data, rng: &mut impl CryptoRng) -> Result<(DeskFolder, Casework), CliError> {
    let folder = DeskFolder::existing(&data.data)?;
    let casework = casework(&folder, Hold::Beside, rng)?;
    Ok((folder, casework))
}

fn add(args: Add, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let origin = Origin::read(&args.origin)?;
    let (folder, mut casework) = open(&args.data, rng)?;
    let now = clock();
    let token = casework.change(|change| {
        let (officer, deed) = match change.reading().officer_named(args.name.trim()) {
            // a lost passkey: the role stays as it is
            Ok(officer) => (officer, "link_given"),
            Err(_) => (change.add_officer(&args.name, args.role, now)?, "officer_added"),
        };
        let token = change.add_link(officer.id, now)?;
        audit::leave(&folder.audit(), &[Deed::new(now, &account(), deed).to(&officer.name)])?;
        Ok(token)
    })?;
    Ok(say(&origin.link(&token))?)
}

fn end(args: End, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let (folder, mut casework) = open(&args.data, rng)?;
    let now = clock();
    let ended = casework.change(|change| {
        let officer = change.reading().officer_named(args.name.trim())?;
        let ended = change.end_officer(officer.id, now)?;
        audit::leave(&folder.audit(), &[Deed::new(now, &account(), "officer_ended").to(&ended.name)])?;
        Ok(ended)
    })?;
    Ok(say(&format!("{} is out", ended.name))?)
}
