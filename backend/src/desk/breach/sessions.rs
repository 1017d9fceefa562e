//! Who was signed in, and which cases stood on the lists meanwhile: to look at them leaves no line.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Asked, lines::Line};
use crate::{
    desk::casework::{Reading, Result, at, officers::SESSION},
    officers::roles::Right,
};

/// How many the list of closed cases shows.
const CLOSED: usize = 200;

/// While somebody could look at the lists.
pub struct Session {
    pub officer: String,
    /// Within the time that is asked of.
    pub begin: Timestamp,
    end: Timestamp,
    /// Cases that were open meanwhile.
    pub open: Vec<u32>,
    /// Those that were closed last, before it.
    pub closed: Vec<u32>,
}

/// The sessions that fall into the time asked of, of those who may see the board.
///
/// # Errors
/// The cases cannot be read.
pub fn of(lines: &[Line], reading: Reading<'_>, asked: &Asked) -> Result<Vec<Session>> {
    let sees: Vec<String> = reading
        .all_officers()?
        .into_iter()
        .map(|officer| officer.badge)
        .filter(|badge| badge.role.may(Right::SeeBoard))
        .map(|badge| badge.name)
        .collect();
    let mut sessions = begun(lines, asked);
    sessions.retain(|session| sees.contains(&session.officer));
    if !sessions.is_empty() {
        let cases = reading.spans()?;
        sessions.iter_mut().for_each(|session| session.look_at(&cases));
    }
    Ok(sessions)
}

/// A session lasts until its officer signs out of their only one, is ended, or it is over by itself.
fn begun(lines: &[Line], asked: &Asked) -> Vec<Session> {
    let mut open: BTreeMap<&str, Vec<Timestamp>> = BTreeMap::new();
    let mut over = Vec::new();
    for line in lines {
        let account = line.account.as_str();
        match line.word() {
            "signed_in" | "enrolled" => open.entry(account).or_default().push(line.at),
            // of two sessions it does not say which
            "signed_out" if open.get(account).is_some_and(|begun| begun.len() == 1) => {
                over.extend(open.remove(account).into_iter().flatten().map(|begin| (account, begin, line.at)));
            }
            "officer_ended" => {
                let Some(name) = line.officer.as_deref() else { continue };
                over.extend(
                    open.remove_entry(name)
                        .into_iter()
                        .flat_map(|(name, begun)| begun.into_iter().map(move |begin| (name, begin, line.at))),
                );
            }
            _ => {}
        }
    }
    let lasting =
        open.into_iter().flat_map(|(name, begun)| begun.into_iter().map(move |begin| (name, begin, Timestamp::MAX)));
    let all = over.into_iter().chain(lasting);
    let within = all.filter_map(|(name, begin, end)| {
        let end = end.min(begin.checked_add(SESSION).unwrap_or(Timestamp::MAX));
        let falls = begin <= asked.to && end >= asked.from && asked.is_of(name);
        let (begin, end) = (begin.max(asked.from), end.min(asked.to));
        falls.then(|| Session { officer: name.to_owned(), begin, end, open: Vec::new(), closed: Vec::new() })
    });
    within.collect()
}

/// When a case was on the list: from, and until.
type Spans = BTreeMap<u32, Vec<(Timestamp, Option<Timestamp>)>>;

impl Session {
    fn look_at(&mut self, cases: &Spans) {
        let mut closed = Vec::new();
        for (number, spans) in cases {
            let is_open =
                spans.iter().any(|(from, until)| *from <= self.end && until.is_none_or(|until| until >= self.begin));
            let ended = spans.iter().filter_map(|(_, until)| *until).filter(|until| *until < self.begin).max();
            if is_open {
                self.open.push(*number);
            } else if let Some(ended) = ended {
                closed.push((ended, *number));
            }
        }
        closed.sort_unstable_by(|a, b| b.cmp(a));
        self.closed = closed.into_iter().take(CLOSED).map(|(_, number)| number).collect();
    }
}

impl Reading<'_> {
    /// When each case was open, by its line of time.
    fn spans(&self) -> Result<Spans> {
        let mut statement = self.connection.prepare_cached("SELECT number, at_us, what FROM events ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut cases = Spans::new();
        while let Some(row) = rows.next()? {
            let (when, what): (Timestamp, String) = (at(row.get(1)?)?, row.get(2)?);
            let spans = cases.entry(row.get(0)?).or_default();
            match (what.as_str(), spans.last_mut()) {
                ("closed" | "erased", Some((_, until @ None))) => *until = Some(when),
                ("reopened", Some((_, Some(_)))) | (_, None) => spans.push((when, None)),
                (_, Some(_)) => {}
            }
        }
        Ok(cases)
    }
}
