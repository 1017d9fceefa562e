use std::path::{Path, PathBuf};

use rand::{CryptoRng, SeedableRng, rngs::StdRng};
use zeroize::Zeroizing;

use super::{CliError, at_desk::AtDesk, say, stop};
use crate::{
    Clock,
    desk::casework::sms::{ReceivedSms, SmsOutcome},
    sms::{
        desk::{Brought, SmsDesk},
        file,
        operator::{self, Operator},
    },
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    at: AtDesk,
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

/// Brings SMS to the desk. It says what became of each, and nothing of whom it is.
pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let desk = SmsDesk(args.at.client()?);
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
    say(&format!("SMS from {} to {}", operator.address, args.at.desk))?;
    operator::serve(&operator, &desk, &clock, &mut StdRng::from_rng(rng), asked).await;
    Ok(())
}

async fn bring_file(desk: &SmsDesk, path: &Path) -> Result<(), CliError> {
    let bytes = std::fs::read(path).map_err(|source| CliError::SmsFile(path.to_owned(), source))?;
    let lines = file::read(&String::from_utf8_lossy(&bytes));
    let all = lines.len();
    let mut unread = 0;
    let mut messages = Vec::new();
    for (line, delivered) in lines {
        match delivered {
            Some(received) => messages.push((line, received)),
            None => {
                unread += 1;
                say(&format!("line {line}: not a time, a sender and a text"))?;
            }
        }
    }
    let (lines, messages): (Vec<usize>, Vec<ReceivedSms>) = messages.into_iter().unzip();
    for (line, brought) in lines.iter().zip(desk.bring(&messages).await?) {
        say(&in_words(*line, &brought))?;
        let is_good = matches!(brought.outcome, Some(SmsOutcome::Taken | SmsOutcome::Known | SmsOutcome::Piece));
        unread += usize::from(!is_good);
    }
    if unread > 0 { Err(CliError::PlainSms { unread, all }) } else { Ok(()) }
}

/// Never of whom: what a command says is kept by others.
fn in_words(line: usize, brought: &Brought) -> String {
    let outcome = match brought.outcome {
        Some(SmsOutcome::Taken) => "taken",
        Some(SmsOutcome::Known) => "known already",
        Some(SmsOutcome::Piece) => "a piece, kept until the others come",
        Some(SmsOutcome::NotCoded) => "no code: kept closed",
        Some(SmsOutcome::Newer) => "of a newer app than this desk: kept closed, and tried again",
        Some(SmsOutcome::Shut) => "does not open: kept closed, and tried again",
        None => "refused by the desk",
    };
    let answer = brought.answer.as_ref().map_or_else(String::new, |text| format!("; answer: {text}"));
    format!("line {line}: {outcome}{answer}")
}
