use std::path::{Path, PathBuf};

use rand::{CryptoRng, SeedableRng, rngs::StdRng};
use url::Url;
use zeroize::Zeroizing;

use super::{CliError, http_client, say, stop};
use crate::{
    Clock,
    desk::casework::sms::{ReceivedSms, SmsOutcome},
    files,
    sms::{
        desk::{Brought, SmsDesk},
        file,
        operator::{self, Operator},
        pieces::Pieces,
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// `sms.credential` of the desk's folder, or a copy of it: nothing else of that folder is read.
    #[arg(long, value_name = "FILE")]
    credential: PathBuf,
    /// The desk that reads them.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8789")]
    desk: Url,
    #[command(flatten)]
    source: Source,
    /// Who we are to the operator.
    #[arg(long, value_name = "NAME", requires = "smpp")]
    system_id: Option<String>,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Source {
    /// SMS as an operator's page gives them: a line each, of the time, the sender and the text, with a tab between.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The operator's SMPP, by a tunnel: SMPP encrypts nothing. Its password is in MINISTRY_SMPP_PASSWORD.
    #[arg(long, value_name = "HOST:PORT", requires = "system_id")]
    smpp: Option<String>,
}

const PASSWORD: &str = "MINISTRY_SMPP_PASSWORD";

/// Brings SMS to the desk. What it says of each names its sender, and nothing of what it says.
pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let credential = files::read_credential(&args.credential).map_err(CliError::SmsCredential)?;
    let desk = SmsDesk::new(http_client()?, &args.desk, credential)?;
    if let Some(path) = &args.source.file {
        return bring_file(&desk, path).await;
    }
    let password = std::env::var(PASSWORD).map_err(|_| CliError::SmsPassword(PASSWORD))?;
    let operator = Operator {
        address: args.source.smpp.unwrap_or_default(),
        system_id: args.system_id.unwrap_or_default(),
        password: Zeroizing::new(password),
    };
    let asked = stop::asked()?;
    say(&format!("SMS from {} to {}", operator.address, args.desk))?;
    operator::serve(&operator, &desk, &clock, &mut StdRng::from_rng(rng), asked).await;
    Ok(())
}

async fn bring_file(desk: &SmsDesk, path: &Path) -> Result<(), CliError> {
    let text = files::read_text(path).map_err(|source| CliError::SmsFile(path.to_owned(), source))?;
    let lines = file::read(&text).map_err(|line| CliError::SmsLine(format!("{}:{line}", path.display())))?;
    let mut pieces = Pieces::default();
    let mut messages: Vec<ReceivedSms> = lines.into_iter().flat_map(|line| pieces.take(line)).collect();
    messages.extend(pieces.rest());
    let brought = desk.bring(&messages).await?;
    let mut unread = 0;
    for (message, brought) in messages.iter().zip(&brought) {
        say(&in_words(message, brought))?;
        unread += usize::from(!matches!(brought.outcome, SmsOutcome::Taken | SmsOutcome::Known));
    }
    if unread > 0 { Err(CliError::PlainSms { unread, all: messages.len() }) } else { Ok(()) }
}

fn in_words(message: &ReceivedSms, brought: &Brought) -> String {
    let outcome = match brought.outcome {
        SmsOutcome::Taken => "taken",
        SmsOutcome::Known => "known already",
        SmsOutcome::NotCoded => "no code, or not whole",
        SmsOutcome::Newer => "of a newer app than this desk",
        SmsOutcome::Shut => "does not open: altered on the way, or sealed to another key",
    };
    let answer = brought.answer.as_ref().map_or_else(String::new, |text| format!("; answer: {text}"));
    format!("{} {} {outcome}{answer}", message.at, message.from)
}
