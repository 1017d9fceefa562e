use std::path::{Path, PathBuf};

use jiff::Timestamp;
use url::Url;

use super::{CliError, Data, chain, complain, http_client, say};
use crate::{
    Clock,
    desk::{
        Desk, SignError,
        draft::DraftError,
        folder::DeskFolder,
        input::read_draft,
        post::{FrontClient, PostError},
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// Base URL of the front.
    #[arg(long, value_name = "URL")]
    front: Url,
    /// Officers' drafts (JSON) or CAP alerts (XML).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let mut desk = Desk::open(&folder)?;
    let front = FrontClient { http: http_client()?, base: args.front, credential: folder.credential()? };
    let mut refused = 0;
    for file in &args.files {
        if let Err(error) = sign(&mut desk, file, clock()) {
            complain(&format!("{}: {}", file.display(), chain(&error)));
            refused += 1;
        }
    }
    post(&desk, &folder, &front).await?;
    if refused > 0 { Err(CliError::Files { refused, all: args.files.len() }) } else { Ok(()) }
}

#[derive(Debug, thiserror::Error)]
enum FileError {
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Sign(#[from] SignError),
}

fn sign(desk: &mut Desk, file: &Path, now: Timestamp) -> Result<(), FileError> {
    let draft = read_draft(file)?;
    let known = desk.knows(&draft);
    draft.check(now, known)?;
    if draft.cancels() && !known {
        complain(&format!("{}: note: it cancels an alert that this desk never passed on", file.display()));
    }
    let signed = desk.sign(draft, now)?;
    desk.outbox().keep(&signed).map_err(SignError::Keep)?;
    Ok(())
}

/// Posts all that waits, oldest first. What the front refuses is set aside; where it is away, the rest waits on.
async fn post(desk: &Desk, folder: &DeskFolder, front: &FrontClient) -> Result<(), CliError> {
    let waiting = desk.outbox().waiting()?;
    let mut refused = 0;
    for (index, (path, signed)) in waiting.iter().enumerate() {
        match front.publish(&signed.entry).await {
            Ok(published) => {
                say(&format!("{} {} {}", signed.id, signed.version, published.seq))?;
                desk.outbox().posted(path)?;
            }
            Err(PostError::Refused(reason)) => {
                let aside = desk.outbox().refused(path)?;
                complain(&format!("{} {}: {reason}; set aside as {}", signed.id, signed.version, aside.display()));
                refused += 1;
            }
            Err(error) => {
                complain(&chain(&error));
                return Err(CliError::Unposted { count: waiting.len() - index, folder: folder.unposted() });
            }
        }
    }
    if refused > 0 { Err(CliError::Entries(refused)) } else { Ok(()) }
}
