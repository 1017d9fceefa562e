//! `ministry keys`: what signs and opens, its successors, and its second copy.

mod asking;
mod check;
mod join;
mod split;

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use contract::keys::{NamedKey, Positions, Role};
use rand::CryptoRng;

use super::{CliError, chain, complain, inside::Inside, say};
use crate::{
    Clock,
    desk::{
        Desk,
        folder::{Credential, DeskFolder},
    },
    front::folder::Folder,
};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    copy: Option<SecondCopy>,
    /// The ministry's folder.
    #[arg(long, value_name = "DIR", required = true)]
    data: Option<PathBuf>,
    #[command(flatten)]
    inside: Inside,
    /// Gives this role a new key; without it, the keys are listed.
    #[arg(long, value_name = "ROLE")]
    new: Option<NewKey>,
    /// The old key was in other hands: what it signed from this position of the log on never counted.
    #[arg(long, value_name = "SEQ", requires = "new")]
    void_from: Option<u64>,
}

#[derive(Debug, Subcommand)]
enum SecondCopy {
    /// Seals all that is secret here into one file, and shows the papers that open it together.
    Split(split::Args),
    /// Puts back what is lost, from the sealed file, by its papers.
    Join(join::Args),
    /// Rehearses it: opens the sealed file by its papers, and says what of it is here.
    Check(check::Args),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum NewKey {
    Publish,
    Head,
    Watermark,
    Consular,
    Gateway,
}

impl NewKey {
    fn role(self) -> Role {
        match self {
            Self::Publish => Role::Publish,
            Self::Head => Role::Head,
            Self::Watermark => Role::Watermark,
            Self::Consular => Role::Consular,
            Self::Gateway => Role::Gateway,
        }
    }
}

/// Lists the keys; or signs the next key set by the root keys, posts it, and confirms the log under it; or looks after the
/// second copy of all that is secret.
pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    match args.copy {
        Some(SecondCopy::Split(args)) => return split::run(args, &clock, rng),
        Some(SecondCopy::Join(args)) => return join::run(args),
        Some(SecondCopy::Check(args)) => return check::run(args),
        None => {}
    }
    let data = args.data.ok_or(CliError::NoData)?;
    let folder = DeskFolder::existing(&data)?;
    let Some(new) = args.new else {
        return folder.newest_keys()?.keys.iter().try_for_each(|key| Ok(say(&in_words(key))?));
    };
    let mut desk = Desk::open(&folder)?;
    let front = args.inside.front(&folder, Credential::Publish)?;
    // so that the old key ends where the log really stands; where the front is away, or a thief wrote in its log, the
    // new set comes first
    if let Err(error) = desk.agree(&front).await {
        complain(&chain(&error));
    }
    let fronts = Folder::of(&data);
    let into = match new {
        NewKey::Head if fronts.path().is_dir() => fronts.path(),
        NewKey::Head | NewKey::Publish | NewKey::Watermark | NewKey::Consular | NewKey::Gateway => folder.path(),
    };
    let rotated = desk.rotate(new.role(), args.void_from, into, rng)?;
    say(&format!("key set {}: {} in {}", rotated.number, rotated.kid, rotated.file.display()))?;
    if let NewKey::Head = new {
        if into != fronts.path() {
            say(&format!("bring {}.key into the front's folder", rotated.kid))?;
        }
        say("start the front anew")?;
    }
    let position = super::publish::post_and_confirm(&mut desk, &folder, &front, clock(), true).await?;
    Ok(say(&format!("confirmed {}", position.seq))?)
}

/// `publish-1 publish 0-41, void 42-`
fn in_words(key: &NamedKey) -> String {
    let role = format!("{:?}", key.role).to_lowercase();
    let range = |positions: &Positions| {
        let until = positions.until.map_or_else(String::new, |until| until.to_string());
        format!("{}-{until}", positions.from)
    };
    let valid = key.valid.iter().map(range).collect::<Vec<_>>().join(" ");
    let void = key.void.iter().map(range).collect::<Vec<_>>().join(" ");
    let void = if void.is_empty() { void } else { format!(", void {void}") };
    format!("{} {role} {valid}{void}", key.kid)
}
