use super::{CliError, Data, inside::Inside, say};
use crate::desk::{
    cases::{Case, Cry, open_cases},
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

pub async fn run(args: Args) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let front = args.inside.front(&folder, Credential::Read)?;
    let mut mirror = Mirror::open(&folder.records())?;
    mirror.catch_up(&front).await?;
    let cases = open_cases(&mirror, &Leads::default())?;
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
    format!("{place}: {people}{what} since {}{again}; ministry open {option} {}", case.since, case.id)
}
