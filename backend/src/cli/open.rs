use contract::{
    ids::{CallId, CheckInId, TripId},
    record::Kind,
};

use super::{CliError, Data, complain, inside::Inside, print};
use crate::{
    Clock,
    desk::{
        audit::{Opening, leave_line},
        folder::{Credential, DeskFolder},
        mirror::Mirror,
        opening::{OpeningError, open, sealed_parts},
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    inside: Inside,
    #[command(flatten)]
    record: Record,
    /// Why it is opened; it stays in the audit file.
    #[arg(long, value_name = "TEXT")]
    why: String,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Record {
    #[arg(long, value_name = "ID")]
    trip: Option<TripId>,
    #[arg(long, value_name = "ID")]
    check_in: Option<CheckInId>,
    #[arg(long, value_name = "ID")]
    call: Option<CallId>,
}

impl Record {
    fn named(&self) -> Option<(Kind, String)> {
        let trip = self.trip.map(|id| (Kind::Trip, id.to_string()));
        let check_in = self.check_in.map(|id| (Kind::CheckIn, id.to_string()));
        trip.or(check_in).or_else(|| self.call.map(|id| (Kind::Call, id.to_string())))
    }
}

/// Shows what was sealed, as JSON; its line is in the audit file before.
pub async fn run(args: Args, clock: Clock) -> Result<(), CliError> {
    let Some((kind, id)) = args.record.named() else { return Err(CliError::NothingNamed) };
    if args.why.trim().is_empty() {
        return Err(OpeningError::NoReason.into());
    }
    let folder = DeskFolder::existing(&args.data.data)?;
    let private = folder.consular(&*folder.newest_keys()?)?;
    let mut mirror = Mirror::open(&folder.records())?;
    // what the desk has is opened even where the front is away
    let front = args.inside.front(&folder, Credential::Read)?;
    if let Err(error) = mirror.catch_up(&front).await {
        complain(&super::chain(&error));
    }
    let (device, parts) = sealed_parts(&mirror, kind, &id)?;
    let line = Opening {
        at: clock(),
        account: &account(),
        why: args.why.trim(),
        kind,
        id: &id,
        device,
        opened: parts.iter().map(|part| part.id.as_str()).collect(),
    };
    leave_line(&folder.audit(), &line).map_err(OpeningError::from)?;
    let opened: Vec<_> = parts.into_iter().map(|part| open(part, &private)).collect();
    print(&serde_json::to_string_pretty(&opened)?)?;
    let shut = opened.iter().filter(|opened| opened.fault.is_some()).count();
    if shut > 0 { Err(CliError::Shut { shut, all: opened.len() }) } else { Ok(()) }
}

/// Who runs this, by the system's word and not by what they say of themselves.
#[cfg(unix)]
pub fn account() -> String {
    let id = uzers::get_current_uid();
    uzers::get_user_by_uid(id).map_or_else(|| format!("uid {id}"), |user| user.name().to_string_lossy().into_owned())
}

#[cfg(not(unix))]
pub fn account() -> String {
    "unknown".to_owned()
}
