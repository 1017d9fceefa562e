//! What a copy is believed. Nothing in it is signed as a whole, so what decides whom the ministry believes is taken from
//! what is there already; where nothing is there, it is said in words, for a person to compare.

use std::{
    io,
    path::{Path, PathBuf},
};

use contract::{
    jws::Refusal,
    keys::{Role, Roots},
};
use serde::Deserialize;

use super::{copy::Copy, prove};
use crate::{
    desk::{
        folder::{DeskFolder, DeskSettings, FolderError},
        ledger::{self, LedgerError},
        log::{self, DeskLogError},
    },
    files,
    front::{
        FrontError,
        folder::{Folder, Settings},
    },
    log::LogError,
    storage::{
        StorageError,
        sqlite::{Database, Schema, SqliteLog},
    },
};

#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("{path} cannot be read")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("profile.json is not what it should be")]
    Profile(#[source] serde_json::Error),
    #[error("{0} and {1} name other root keys: they are not of one ministry")]
    OtherRoots(String, String),
    #[error("the front cannot be restored from this copy")]
    Front(#[from] FrontError),
    #[error("the log in this copy cannot be put back")]
    Log(#[from] LogError),
    #[error("a database in this copy cannot be put back")]
    Database(#[from] StorageError),
    #[error("the desk cannot be restored from this copy")]
    Desk(#[from] FolderError),
    #[error("the desk's key sets are not believed: {0}")]
    KeySets(#[from] Refusal),
    #[error("the desk's log cannot be put back from this copy")]
    DeskLog(#[from] DeskLogError),
    #[error("the ledger cannot be put back from this copy")]
    Ledger(#[from] LedgerError),
}

/// Looks at all that would be put back, and answers what of it nobody but the copy says.
///
/// # Errors
/// It is not of this ministry, or could not be worked with.
pub async fn check(data: &Path, copy: &Copy, desk_is_lost: bool) -> Result<Vec<String>, TrustError> {
    let (front, desk) = (Folder::of(data), DeskFolder::of(data));
    let mut on_trust = Vec::new();
    let mut roots = pinned(data)?;
    if copy.manifest.front {
        let (path, is_here) = in_force(&front.settings_path(), copy, "front/settings.json");
        let settings = Settings::read(&path)?;
        if !is_here {
            let Settings { listen, inside, url, .. } = &settings;
            let addresses = format!("the public asks at {url} and {listen}, the desk at {inside}");
            on_trust.push(words("front", &settings.roots, &addresses));
        }
        let log = SqliteLog::new(Database::open_still(&copy.path("front/bulletin.db"), Schema::Bulletin)?);
        prove(&log, &settings.roots).await?;
        Database::open_still(&copy.path("front/register.db"), Schema::Register)?;
        roots.push((path, settings.roots));
    }
    if desk_is_lost {
        let (path, is_here) = in_force(&desk.settings_path(), copy, "desk/settings.json");
        let settings = DeskSettings::read(&path)?;
        if !is_here {
            on_trust.push(words("desk", &settings.roots, &format!("it asks the front at {}", settings.inside)));
        }
        check_desk(&desk, copy, &settings.roots)?;
        roots.push((path, settings.roots));
    } else if desk.settings_path().exists() {
        roots.push((desk.settings_path(), desk.settings()?.roots));
    }
    for pair in roots.windows(2) {
        if let [(one, of_one), (other, of_other)] = pair
            && of_one != of_other
        {
            return Err(TrustError::OtherRoots(one.display().to_string(), other.display().to_string()));
        }
    }
    Ok(on_trust)
}

/// The file that will be in force, and whether it is there already: then it stays.
fn in_force(here: &Path, copy: &Copy, name: &str) -> (PathBuf, bool) {
    if here.exists() { (here.to_owned(), true) } else { (copy.path(name), false) }
}

fn words(part: &str, roots: &Roots, addresses: &str) -> String {
    let roots: Vec<_> = roots.keys.iter().map(|root| format!("{} {}", root.kid, root.public)).collect();
    format!("{part}: its settings.json is the copy's; the root keys are {}; {addresses}", roots.join(", "))
}

/// The root keys in the profile, where it is there.
fn pinned(data: &Path) -> Result<Vec<(PathBuf, Roots)>, TrustError> {
    #[derive(Deserialize)]
    struct Pinned {
        roots: Roots,
    }
    let path = data.join("profile.json");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = files::read_text(&path).map_err(|source| TrustError::File { path: path.clone(), source })?;
    let Pinned { roots } = serde_json::from_str(&text).map_err(TrustError::Profile)?;
    Ok(vec![(path, roots)])
}

/// Whether a desk could be opened with what is there and what comes from the copy.
fn check_desk(desk: &DeskFolder, copy: &Copy, roots: &Roots) -> Result<(), TrustError> {
    let mut documents = Vec::new();
    for number in 1_u32.. {
        let (path, _) = in_force(&desk.key_set(number), copy, &format!("desk/keys/{number}.json"));
        if !path.exists() {
            break;
        }
        documents.push(files::read_text(&path).map_err(|source| TrustError::File { path, source })?);
    }
    let keys = roots.verify_chain(documents.iter().map(String::as_str))?;
    log::check(&in_force(&desk.log(), copy, "desk/log").0)?;
    ledger::check(&in_force(&desk.ledger(), copy, "desk/ledger").0)?;
    if desk.can_sign() {
        desk.signatory(&keys, Role::Publish)?;
        desk.signatory(&keys, Role::Watermark)?;
    }
    Ok(())
}
