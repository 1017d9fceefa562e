use contract::{
    place::{AirportCode, CountryCode},
    record::Headcount,
};
use jiff::Timestamp;

use super::{CliError, Data, inside::Inside, say};
use crate::desk::folder::{Credential, DeskFolder};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    inside: Inside,
    #[command(flatten)]
    place: Place,
    /// When, RFC 3339.
    #[arg(long, value_name = "RFC3339")]
    at: Timestamp,
    /// Answers in JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Place {
    /// ISO 3166-1 alpha-2, as in AE.
    #[arg(long)]
    country: Option<CountryCode>,
    /// IATA, as in DOH.
    #[arg(long)]
    airport: Option<AirportCode>,
}

pub async fn run(args: Args) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let front = args.inside.front(&folder, Credential::Read)?;
    let country = args.place.country.map(|code| ("country", code.to_string()));
    let airport = args.place.airport.map(|code| ("airport", code.to_string()));
    for (kind, code) in country.into_iter().chain(airport) {
        let count = front.headcount((kind, &code), args.at).await?;
        let text = if args.json { serde_json::to_string(&count)? } else { in_words(&code, &count) };
        say(&text)?;
    }
    Ok(())
}

fn in_words(place: &str, count: &Headcount) -> String {
    let mut text = format!("{place} at {}: {} people, {} trips", count.at, count.people, count.trips);
    let beside = [
        (count.overdue, "overdue"),
        (count.safe, "safe"),
        (count.need_help, "need help"),
        (count.need_help_without_trip, "of them without a trip"),
        (count.stranded, "stranded"),
        (count.beyond_party, "more said of one device than a party, not in the total"),
    ];
    for (people, word) in beside {
        if people > 0 {
            text += &format!("; {people} {word}");
        }
    }
    if let Some(as_of) = count.as_of {
        text += &format!(" (newest record of {as_of})");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_left_out_of_what_is_read() {
        let none =
            r#"{"at":"2026-03-01T12:00:00Z","people":0,"trips":0,"overdue":0,"safe":0,"need_help":0,"stranded":0}"#;
        let none: Headcount = serde_json::from_str(none).unwrap();
        assert_eq!(in_words("AE", &none), "AE at 2026-03-01T12:00:00Z: 0 people, 0 trips");
        let count =
            Headcount { people: 50, trips: 1, need_help: 4, need_help_without_trip: 3, beyond_party: 450, ..none };
        let said = in_words("AE", &count);
        assert!(
            said.ends_with(
                "4 need help; 3 of them without a trip; 450 more said of one device than a party, not in the total"
            ),
            "{said}"
        );
    }
}
