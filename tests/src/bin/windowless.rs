//! The app without its window: does what each line of its input says by the commands that the window calls, and syncs
//! all the while. Each thing that happens is a line of its output, in the order in which it happened.
//! `windowless FOLDER PROFILE SEED`; [`tests::windowless`] speaks with it.

use std::{
    env,
    io::{Write, stdin, stdout},
    path::{Path, PathBuf},
    sync::Arc,
};

use companion::{
    BoxError, CallWay, Companion, Transport,
    trips::{LegDraft, TripDraft},
};
use contract::{ids::TripId, record::CheckInStatus};
use futures_util::future::BoxFuture;
use reqwest::{Client, Request, Response};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use tests::{
    Result,
    plan::Plan,
    windowless::{self, LINE},
};

/// One line, whole: what was said before a kill was said.
fn say(line: &str) {
    // nobody reads any more: whoever started it has ended
    drop(stdout().lock().write_all(format!("{line}\n").as_bytes()));
}

/// Says what is asked of the front, and what it answers.
struct Overheard(Client);

impl Transport for Overheard {
    fn carry(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        let record: Value = serde_json::from_slice(body).unwrap_or_default();
        let in_query = request.url().query().and_then(|query| query.strip_prefix("version=")?.parse().ok());
        let version: u64 = in_query.or(record["version"].as_u64()).unwrap_or_default();
        let what = format!("{} {} {version}", request.method(), request.url().path());
        let help = request.url().path().starts_with("/v1/calls/") || record["people"]["need_help"].is_u64();
        say(&format!("asks {what} {help}"));
        let answer = self.0.carry(request);
        Box::pin(async move {
            let answer = answer.await?;
            say(&format!("answered {what} {}", answer.status().as_u16()));
            Ok(answer)
        })
    }
}

struct App {
    folder: PathBuf,
    companion: Companion,
}

impl App {
    /// Does what a line says; gives what is to be said of it.
    fn obey(&self, line: &str) -> Result<Option<String>> {
        let words: Vec<&str> = line.split(' ').collect();
        let session = self.companion.session()?;
        match words[..] {
            ["trip", adults] => {
                let id = self.save_trip(None, adults)?;
                Ok(Some(format!("trip {id} {adults}")))
            }
            ["change", id, adults] => {
                self.save_trip(Some(id.parse()?), adults)?;
                Ok(Some(format!("trip {id} {adults}")))
            }
            ["delete", id] => {
                session.delete_trip(id.parse()?)?;
                Ok(Some(format!("trip {id} deleted")))
            }
            ["check_in", status] => {
                let said = serde_json::from_value::<CheckInStatus>(status.into())?;
                // who needs help no more was asked
                if said.asks_for_help() {
                    session.check_in(said)?
                } else {
                    session.need_is_over(said)?
                };
                let (id, trip) = (self.newest("check_in", "id")?, self.newest("check_in", "coalesce(trip, 'none')")?);
                Ok(Some(format!("check_in {id} {status} {trip}")))
            }
            ["call"] => {
                self.companion.called(LINE, CallWay::Voice, true)?;
                Ok(Some(format!("call {} called", self.newest("call", "id")?)))
            }
            ["outcome", id, outcome] => {
                self.companion.call_outcome(id.parse()?, serde_json::from_value(outcome.into())?)?;
                Ok(Some(format!("call {id} {}", self.one(&format!("SELECT outcome FROM call WHERE id = '{id}'"))?)))
            }
            ["now"] => {
                session.send_now()?;
                Ok(None)
            }
            _ => Err(format!("\"{line}\" is not understood").into()),
        }
    }

    /// The traveller is on one trip at a time; the others are of others.
    fn save_trip(&self, id: Option<TripId>, adults: &str) -> Result<TripId> {
        let (session, mut draft) = (self.companion.session()?, self.trip(adults.parse()?)?);
        // the same others are not entered twice
        draft.phone = format!("+7701{:07}", tests::now().as_microsecond() % 10_000_000);
        draft.of_others = session.trip_overlap(id, &draft)?.is_some();
        Ok(session.save_trip(id, &draft)?)
    }

    fn trip(&self, adults: u16) -> Result<TripDraft> {
        let plan = Plan::around_now()?;
        let stay = LegDraft::Stay {
            country: "AE".into(),
            city: Some("ae-dubai".into()),
            from: plan.arrival.to_string(),
            until: plan.leaving.to_string(),
            address: "Creek 5".into(),
            arrival: None,
        };
        let phone = String::new();
        Ok(TripDraft {
            origin: Some("ALA".into()),
            legs: vec![stay],
            adults,
            children: 0,
            phone,
            ..TripDraft::of_one()
        })
    }

    /// What came last into a table, as another program sees it.
    fn newest(&self, table: &str, column: &str) -> Result<String> {
        self.one(&format!("SELECT {column} FROM {table} ORDER BY rowid DESC LIMIT 1"))
    }

    fn one(&self, sql: &str) -> Result<String> {
        let file = self.folder.join("saparlas.db");
        let kept = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(kept.query_row(sql, [], |row| row.get(0))?)
    }
}

fn main() -> Result {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, profile, seed] = &arguments[..] else { return Err("windowless FOLDER PROFILE SEED".into()) };
    let folder = PathBuf::from(folder);
    let companion = windowless::open(&folder, Path::new(profile), seed.parse()?, |http| Arc::new(Overheard(http)))?;
    let app = App { folder, companion };
    let session = app.companion.session()?;
    let runtime = tokio::runtime::Runtime::new()?;
    say("open");
    runtime.spawn(companion::sync::run(session.clone()));
    for line in stdin().lines() {
        if let Some(saved) = app.obey(&line?)? {
            say(&format!("saved {saved}"));
        }
    }
    Ok(())
}
