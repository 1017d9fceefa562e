use rand::CryptoRng;

use super::{CliError, Data, say};
use crate::{
    Clock,
    desk::{
        audit::{self, Deed},
        casework::{
            Hold,
            sms::{SmsOutcome, Unread},
        },
        folder::DeskFolder,
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
}

/// Shows what people wrote, so the audit file has a line of it first.
pub fn run(args: Args, clock: &Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let casework = super::desk::casework(&folder, Hold::Standby, rng)?;
    let unread = casework.reading().unread()?;
    if unread.is_empty() {
        return Ok(say("no SMS waits to be read")?);
    }
    audit::leave(&folder.audit(), &[Deed::new(clock(), &super::open::account(), "sms_read")])?;
    for one in &unread {
        say(&in_words(one))?;
    }
    Ok(())
}

fn in_words(Unread { outcome, received, .. }: &Unread) -> String {
    let what = match outcome {
        SmsOutcome::NotCoded => "plain",
        SmsOutcome::Piece => "a piece of a code",
        SmsOutcome::Newer => "of a newer app than this desk",
        SmsOutcome::Shut => "does not open",
        SmsOutcome::Taken | SmsOutcome::Known => "read",
    };
    let text: String = received.texts.concat().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let from: String = received.from.chars().filter(|c| !c.is_control()).collect();
    format!("{} {from}, {what}: {text}", received.at)
}
