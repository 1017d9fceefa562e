use std::path::{Path, PathBuf};

use contract::{entry::relayed_alert::RelayList, log::LogPosition};
use jiff::Timestamp;

use super::{CliError, Data, chain, complain, inside::Inside, say};
use crate::{
    Clock,
    cap::relay,
    desk::{
        Desk, SignError,
        draft::{DraftError, check_relayed},
        folder::{Credential, DeskFolder},
        front_client::FrontClient,
        input::{self, Input},
        post::{Posted, PostingError},
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    inside: Inside,
    /// Officers' drafts (JSON) or CAP alerts (XML).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    // before the desk is open, and shut to everybody else
    let read: Vec<_> = args.files.iter().map(|file| (file, input::read(file))).collect();
    let mut desk = Desk::open(&folder)?;
    let front = args.inside.front(&folder, Credential::Publish)?;
    // it does not remember all that it signed: a version must not be given twice
    if desk.is_restored() {
        desk.agree(&front).await?;
    }
    let mut refused = 0;
    for (file, read) in read {
        let signed = read.map_err(FileError::from).and_then(|input| sign(&mut desk, file, input, clock()));
        if let Err(error) = signed {
            complain(&format!("{}: {}", file.display(), chain(&error)));
            refused += 1;
        }
    }
    post_and_confirm(&mut desk, &folder, &front, clock(), false).await?;
    if refused > 0 { Err(CliError::Files { refused, all: args.files.len() }) } else { Ok(()) }
}

#[derive(Debug, thiserror::Error)]
enum FileError {
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Sign(#[from] SignError),
}

fn sign(desk: &mut Desk, file: &Path, input: Input, now: Timestamp) -> Result<(), FileError> {
    match input {
        Input::Draft(draft) => {
            draft.check(&desk.standing(), now)?;
            let signed = desk.sign(*draft, now)?;
            desk.unposted().keep(&signed).map_err(SignError::Keep)?;
        }
        Input::Alert(text) => {
            let relayed = relay::read(&text, &desk.relays().unwrap_or(RelayList { relays: Vec::new() }))
                .map_err(DraftError::Cap)?;
            check_relayed(&relayed.alert, now)?;
            for note in &relayed.notes {
                complain(&format!("{}: note: {note}", file.display()));
            }
            if let Some(remark) = desk.relay(relayed, now)? {
                complain(&format!("{}: note: {remark}", file.display()));
            }
        }
    }
    Ok(())
}

/// Posts all that waits, and confirms how far the log is the desk's own; with `anew`, where it was confirmed before too.
/// What the front refuses is set aside, and what it took is confirmed all the same.
pub async fn post_and_confirm(
    desk: &mut Desk,
    folder: &DeskFolder,
    front: &FrontClient,
    now: Timestamp,
    anew: bool,
) -> Result<LogPosition, CliError> {
    let refused = match post(desk, folder, front).await {
        Ok(()) => None,
        Err(refused @ CliError::Entries(_)) => Some(refused),
        Err(error) => return Err(error),
    };
    let position = desk.post_watermark(front, now, anew).await?;
    refused.map_or(Ok(position), Err)
}

/// Posts all that waits, oldest first. What the front refuses is set aside; where it is away, the rest waits on.
async fn post(desk: &mut Desk, folder: &DeskFolder, front: &FrontClient) -> Result<(), CliError> {
    let mut refused = 0;
    let tell = |posted: Posted| match posted {
        Posted::At { signed, seq } => say(&format!("{} {} {seq}", signed.id, signed.version)),
        Posted::Refused { signed, reason, aside } => {
            complain(&format!("{} {}: {reason}; set aside as {}", signed.id, signed.version, aside.display()));
            refused += 1;
            Ok(())
        }
    };
    let agreed = desk.agree(front).await;
    let posted = match agreed {
        Ok(()) => desk.post(front, tell).await,
        Err(error) => Err(error),
    };
    match posted {
        Ok(()) if refused > 0 => Err(CliError::Entries(refused)),
        Ok(()) => Ok(()),
        Err(error) => Err(kept(desk, folder, error)),
    }
}

fn kept(desk: &Desk, folder: &DeskFolder, error: PostingError) -> CliError {
    match desk.unposted().waiting() {
        Ok(waiting) if !waiting.is_empty() => {
            complain(&chain(&error));
            CliError::Unposted { count: waiting.len(), folder: folder.unposted() }
        }
        Ok(_) | Err(_) => error.into(),
    }
}
