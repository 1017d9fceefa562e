use clap::ValueEnum;
use contract::keys::{NamedKey, Positions, Role};
use rand::CryptoRng;

use super::{CliError, Data, chain, complain, inside::Inside, say};
use crate::{
    Clock,
    desk::{
        Desk,
        folder::{Credential, DeskFolder},
    },
    front::folder::Folder,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    inside: Inside,
    /// Gives this role a new key; without it, the keys are listed.
    #[arg(long, value_name = "ROLE")]
    new: Option<NewKey>,
    /// The old key was in other hands: what it signed from this position of the log on never counted.
    #[arg(long, value_name = "SEQ", requires = "new")]
    void_from: Option<u64>,
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

/// Lists the keys; or signs the next key set by the root keys, posts it, and confirms the log under it.
pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let data = args.data.data;
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
