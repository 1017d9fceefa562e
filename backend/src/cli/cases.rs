use super::{CliError, Data, inside::Inside, say};
use rand::CryptoRng;

use crate::desk::{
    cases::{Case, Cry, open_cases},
    casework::{Hold, sms::BySms},
    folder::{Credential, DeskFolder},
    leads::Leads,
    mirror::Mirror,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    inside: Inside,
    /// Answers in JSON: a list.
    #[arg(long)]
    json: bool,
}

pub async fn run(args: Args, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let front = args.inside.front(&folder, Credential::Read)?;
    let mut mirror = Mirror::open(&folder.records())?;
    mirror.catch_up(&front).await?;
    let (by_sms, leads) = known_at_the_desk(&folder, &mirror, rng)?;
    let cases = open_cases(&mirror, &by_sms, &leads)?;
    if args.json {
        return Ok(super::print(&serde_json::to_string(&cases)?)?);
    }
    if cases.is_empty() {
        say("nobody asks for help")?;
    }
    for case in &cases {
        say(&in_words(case))?;
    }
    Ok(())
}

/// What came by SMS, and which moves of trips an officer confirmed, stands in the desk's database alone.
fn known_at_the_desk(
    folder: &DeskFolder,
    mirror: &Mirror,
    rng: &mut impl CryptoRng,
) -> Result<(Vec<BySms>, Leads), CliError> {
    if !folder.desk_db().is_file() {
        return Ok((Vec::new(), Leads::default()));
    }
    let casework = super::desk::casework(folder, Hold::Standby, rng)?;
    let reading = casework.reading();
    Ok((reading.by_sms()?, reading.confirmed(mirror.leads()?)?))
}

fn in_words(case: &Case) -> String {
    let what = match case.cry {
        Cry::StillNeedHelp => "still needs help after a call",
        Cry::NeedHelp => "need help",
    };
    let people = case.people.map_or_else(String::new, |people| format!("{people} people "));
    let place = match (case.airport, case.country) {
        (Some(airport), _) => airport.to_string(),
        (None, Some(country)) => country.to_string(),
        (None, None) => "place unknown".to_owned(),
    };
    let option = match case.cry {
        Cry::StillNeedHelp => "--call",
        Cry::NeedHelp => "--check-in",
    };
    let again = match case.again {
        0 => String::new(),
        times => format!(", said {times} more times until {}", case.said_at),
    };
    let how = match (case.by_sms, case.unconfirmed) {
        (false, _) => format!("; ministry open {option} {}", case.id),
        (true, false) => ", by SMS".to_owned(),
        (true, true) => ", by SMS, unconfirmed".to_owned(),
    };
    format!("{place}: {people}{what} since {}{again}{how}", case.since)
}
