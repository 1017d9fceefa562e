use std::{collections::BTreeSet, path::PathBuf, str::FromStr};

use contract::words::Lang;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use rand::CryptoRng;

use super::{CliError, Data, open::account, print};
use crate::{
    Clock,
    desk::{
        audit::{self, Deed},
        breach::{self, Asked, Breach, Known, Of, Touched, word},
        casework::{self, Hold},
        folder::{DeskFolder, DeskLaw},
        mirror::Mirror,
    },
    files,
    officers::table::Table,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// From when: RFC 3339, or a day from its begin.
    #[arg(long, value_name = "TIME")]
    from: Moment,
    /// Until when: RFC 3339, or a day to its end.
    #[arg(long, value_name = "TIME")]
    to: Moment,
    /// One officer alone, as the audit file names them: one session was stolen.
    #[arg(long, value_name = "NAME")]
    officer: Option<String>,
    /// Writes the list to a new file too, for a spreadsheet.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// IANA name of the zone by which days are counted; the ministry's own where nothing is said.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Moment {
    At(Timestamp),
    Day(Date),
}

impl FromStr for Moment {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self::At).or_else(|_| text.parse().map(Self::Day))
    }
}

impl Moment {
    fn begin(self, zone: &TimeZone) -> Result<Timestamp, CliError> {
        match self {
            Self::At(at) => Ok(at),
            Self::Day(day) => Ok(day.to_zoned(zone.clone()).map_err(CliError::Day)?.timestamp()),
        }
    }

    fn end(self, zone: &TimeZone) -> Result<Timestamp, CliError> {
        match self {
            Self::At(at) => Ok(at),
            Self::Day(day) => {
                let next = day.tomorrow().map_err(CliError::Day)?;
                Ok(Self::Day(next).begin(zone)? - SignedDuration::from_micros(1))
            }
        }
    }
}

/// Shows who people are, so the audit file has a line of it first. It asks nobody: the desk may run or not.
pub fn run(args: Args, clock: &Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let law = folder.settings()?.law;
    let zone = args.zone.clone().or_else(|| law.as_ref().map(|law| law.time_zone.clone()));
    let zone =
        zone.map_or(Ok(TimeZone::UTC), |name| TimeZone::get(&name).map_err(|error| CliError::Zone(name, error)))?;
    let asked = Asked { from: args.from.begin(&zone)?, to: args.to.end(&zone)?, officer: args.officer };
    if asked.from > asked.to {
        return Err(CliError::NoTime);
    }
    let breach = found(&folder, &asked, rng)?;
    let now = clock();
    let deed = Deed { officer: asked.officer.clone(), ..Deed::new(now, &account(), "breach_listed") };
    audit::leave(&folder.audit(), &[Deed { opened: named(&breach), ..deed }])?;
    if let Some(path) = args.csv {
        let table = table(&breach, &asked, now)?;
        files::write_private(&path, table.csv().as_bytes()).map_err(|error| CliError::ListFile(path, error))?;
    }
    Ok(print(&in_words(&breach, &asked, &zone, law.as_ref())?)?)
}

fn found(folder: &DeskFolder, asked: &Asked, rng: &mut impl CryptoRng) -> Result<Breach, CliError> {
    let casework = super::desk::casework(folder, Hold::Standby, rng)?;
    let mirror = Mirror::open(&folder.records())?;
    let keys = folder.consular(&*folder.newest_keys()?)?;
    let known = Known { reading: casework.reading(), mirror: &mirror, keys: &keys };
    Ok(breach::list(&audit::read(&folder.audit())?, known, asked)?)
}

/// Cases and trips, as a search names those whom it found.
fn named(breach: &Breach) -> Vec<String> {
    let of: BTreeSet<&Of> = breach.touched.iter().flat_map(|one| &one.of).collect();
    of.into_iter().map(Of::to_string).collect()
}

/// The cells of one person.
fn cells(one: &Touched) -> Result<[String; 9], CliError> {
    let join = |words: Vec<String>| words.join("; ");
    let what = one.what.iter().map(casework::word).collect::<Result<_, _>>()?;
    let by = one.by.iter().map(|(officer, lines)| format!("{officer} {}", lines.len())).collect();
    Ok([
        join(one.of.iter().map(Of::to_string).collect()),
        casework::word(&one.whose)?,
        one.name.clone(),
        join(one.numbers.iter().cloned().collect()),
        join(what),
        join(by),
        one.first.to_string(),
        one.last.to_string(),
        if one.by_letter { "letter" } else { "otherwise" }.to_owned(),
    ])
}

fn table(breach: &Breach, asked: &Asked, now: Timestamp) -> Result<Table, CliError> {
    let mut table = Table::default();
    let officer = asked.officer.clone().unwrap_or_default();
    table.line(["taken_at".to_owned(), now.to_string(), "by".to_owned(), account()]);
    table.line(["from", &asked.from.to_string(), "to", &asked.to.to_string(), "officer", &officer]);
    table.line(["of", "whose", "name", "number", "what", "by_and_lines", "first", "last", "reached_by"]);
    for one in &breach.touched {
        table.line(cells(one)?);
    }
    Ok(table)
}

fn in_words(breach: &Breach, asked: &Asked, zone: &TimeZone, law: Option<&DeskLaw>) -> Result<String, CliError> {
    let mut text = Vec::new();
    for one in &breach.touched {
        let [of, whose, name, numbers, what, by, first, last, reached] = cells(one)?;
        let who = [name, numbers].join(" ");
        let who = if who.trim().is_empty() { "no name".to_owned() } else { who.trim().to_owned() };
        text.push(format!("{of}, {whose}: {who}; {what}; by {by}; {first} to {last}; told by {reached}"));
    }
    text.push(format!("{} people were touched", breach.touched.len()));
    text.extend(doubts(breach));
    let to = asked.to.to_zoned(zone.clone());
    let day = word::due(to.date());
    text.push(format!(
        "They are told by {day}, {:?}: the next of Monday to Friday. Holidays are not counted: look.",
        day.weekday()
    ));
    if let Some(word) = draft(breach, asked, zone, law) {
        text.push(word);
    }
    Ok(text.join("\n"))
}

/// What the list cannot say, and where to look.
fn doubts(breach: &Breach) -> Vec<String> {
    let mut doubts = Vec::new();
    if let Some(officer) = &breach.no_line_of {
        doubts.push(format!("LOOK: no line of the audit file is by {officer}: give the name as it stands there"));
    }
    if breach.half_read {
        doubts.push(
            "LOOK: the desk's copy of the register was not read to its end: whose trip is not here yet is called erased. \
             Let the desk read it, and take the list again"
                .to_owned(),
        );
    }
    if let Some(line) = breach.broken_at {
        doubts.push(format!(
            "LOOK: line {line} of the audit file does not follow the line before: somebody may be missing here"
        ));
    }
    if !breach.unread.is_empty() {
        doubts.push(format!(
            "LOOK: {} lines of the audit file cannot be read: {:?}",
            breach.unread.len(),
            breach.unread
        ));
    }
    for (word, lines) in &breach.unnamed {
        doubts.push(format!("LOOK: {lines} lines \"{word}\" are about people and do not say whom"));
    }
    if !breach.shut.is_empty() {
        doubts.push(format!("LOOK: {} trips do not open with the keys here: {:?}", breach.shut.len(), breach.shut));
    }
    doubts.push(
        "The list is of what officers and commands did. Where the desk's machine itself was in other hands, whoever is known \
         here is touched."
            .to_owned(),
    );
    doubts
}

fn draft(breach: &Breach, asked: &Asked, zone: &TimeZone, law: Option<&DeskLaw>) -> Option<String> {
    let what = breach.what();
    if what.is_empty() {
        return None;
    }
    let time = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let (from, to) = (time(asked.from), time(asked.to));
    let words = Lang::ALL.map(|lang| {
        let text = word::draft(&what, (&from, &to), law.map(|law| &law.responsible), lang);
        format!("--- {}\n{text}", lang.tag())
    });
    let how = "The word to them: fill in …. Open cases get it by the console as one answer to them, 50 at once; who has \
               none is called. Nothing was sent.";
    Some([how.to_owned()].into_iter().chain(words).collect::<Vec<_>>().join("\n"))
}
