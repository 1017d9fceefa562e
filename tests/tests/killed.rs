//! What was acknowledged survives `kill -9`, of the app, of the front and of both, again and again, while things are
//! entered, sent and published. `SEED=n` draws the same acts, victims and moments again.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use tempfile::TempDir;
use tests::{
    Result, ensure, fixtures,
    ledger::{self, Held, Ledger, State, Thing},
    ministry::{Ministry, Published},
    plan::Plan,
    process::kill_9,
    waiting::{PATIENCE, eventually},
    windowless::{Said, Windowless},
};

const ROUNDS: u32 = 200;
/// The line whose entry is published again and again.
const LINE: &str = "line.dubai";

#[tokio::test]
async fn nothing_acknowledged_is_lost_however_often_app_and_front_are_killed() -> Result {
    let seed = tests::seed()?;
    let (mut world, mut rng) = (World::new(seed).await?, StdRng::seed_from_u64(seed));
    for round in 0..ROUNDS {
        world.round(&mut rng).await.map_err(|fault| format!("SEED={seed}, round {round}: {fault}"))?;
    }
    world.end().await.map_err(|fault| format!("SEED={seed}, at the end: {fault}"))?;
    Ok(())
}

/// When it is killed: so long after something happened.
struct Moment {
    event: Event,
    after: Duration,
}

enum Event {
    /// So much was acknowledged by the app.
    Saved(usize),
    /// A record is on its way to the front.
    Asked,
    /// The front has taken one.
    Answered,
}

impl Moment {
    fn draw(rng: &mut StdRng, acts: usize) -> Self {
        let event = match rng.random_range(0..4) {
            0..2 => Event::Saved(rng.random_range(1..=acts)),
            2 => Event::Asked,
            _ => Event::Answered,
        };
        Self { event, after: Duration::from_micros(rng.random_range(0..3_000)) }
    }
}

struct World {
    folder: TempDir,
    seed: u64,
    ministry: Ministry,
    app: Option<Windowless>,
    ledger: Ledger,
    /// The highest version of each thing that the front said it has.
    promised: BTreeMap<Thing, u32>,
    /// The version of each thing that was sent last.
    sent: BTreeMap<Thing, u32>,
    /// What asks for help and was not sent since it was saved, and how many others went before it.
    urgent: BTreeMap<Thing, u32>,
    log: Vec<String>,
    published: Vec<Published>,
}

impl World {
    async fn new(seed: u64) -> Result<Self> {
        let folder = TempDir::new()?;
        let mut ministry = Ministry::init_open(folder.path()).await?;
        ministry.logs = "warn";
        Ok(Self {
            folder,
            seed,
            ministry,
            app: None,
            ledger: Ledger::default(),
            promised: BTreeMap::new(),
            sent: BTreeMap::new(),
            urgent: BTreeMap::new(),
            log: Vec::new(),
            published: Vec::new(),
        })
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts what does not run, and has what waits be sent now.
    async fn start(&mut self, seed: u64) -> Result<Windowless> {
        if self.ministry.front_id().is_none() {
            self.ministry.serve().await?;
        }
        let mut app = match self.app.take() {
            Some(app) => app,
            None => Windowless::open(&[], &self.data(), &self.ministry.profile(), seed).await?,
        };
        app.tell("now\n").await?;
        Ok(app)
    }

    async fn round(&mut self, rng: &mut StdRng) -> Result {
        let mut app = self.start(rng.random()).await?;
        for said in app.so_far()? {
            self.hear(&said)?;
        }
        let acts = rng.random_range(1..=4);
        let moment = Moment::draw(rng, acts);
        let (kill_app, kill_front) = [(true, false), (false, true), (true, true)][rng.random_range(0..3)];
        let publishing = rng.random_ratio(1, 12);
        let lines: String = (0..acts).map(|_| self.ledger.enter(rng)).collect();
        let file = fixtures::changed(self.folder.path(), LINE, |_| {})?;
        let front = self.ministry.front_id().ok_or("the front has ended")?;

        eprintln!("TRACE tell {lines:?}");
        app.tell(&lines).await?;
        let heard = async {
            let heard = wait_for(&mut app, &moment.event).await?;
            // blocks on purpose: nothing of the test comes between
            std::thread::sleep(moment.after);
            if kill_front {
                kill_9(front)?;
            }
            if kill_app {
                kill_9(app.id().ok_or("the app has ended")?)?;
            }
            Result::<Vec<Said>>::Ok(heard)
        };
        let publish = async { if publishing { self.ministry.publish(&[&file]).await.ok() } else { None } };
        let (heard, published) = tokio::join!(heard, publish);
        for said in heard? {
            self.hear(&said)?;
        }
        self.published.extend(published.unwrap_or_default());

        eprintln!("TRACE kill app {kill_app} front {kill_front}");
        if kill_app {
            for said in app.kill().await? {
                self.hear(&said)?;
            }
            self.ledger.survived(&ledger::kept(&self.data())?)?;
            // a trip may be deleted though nobody was told so
            self.urgent.retain(|thing, _| !self.ledger.is_withdrawn(thing));
        } else {
            // what was told is done, front or not
            while self.ledger.awaited() > 0 {
                let said = app.next().await?;
                self.hear(&said)?;
            }
            self.app = Some(app);
        }
        if kill_front {
            self.ministry.kill().await?;
        }
        self.look_at_promises()
    }

    fn hear(&mut self, said: &Said) -> Result {
        eprintln!("TRACE {said:?}");
        match said {
            Said::Open => Ok(()),
            Said::Saved { kind, id, what, trip } => {
                self.ledger.acknowledge(kind, id, what, trip.as_deref())?;
                // what asks for help goes with its trip, and is waited for no more
                if what == "deleted" {
                    self.urgent.retain(|thing, _| !self.ledger.is_withdrawn(thing));
                }
                let thing = Thing { kind: kind.clone(), id: id.clone() };
                // it may be on its way before it is said to be saved
                let is_sent = self.sent.get(&thing).is_some_and(|sent| *sent >= self.ledger.version(&thing));
                if (kind == "call" || what == "need_help") && !is_sent {
                    self.urgent.insert(thing, 0);
                }
                Ok(())
            }
            Said::Asks { path, version, help, .. } => match Thing::at(path) {
                Some(thing) => self.look_at_urgency(thing, *version, *help),
                None => Ok(()),
            },
            Said::Answered { method, path, version, status } => {
                ensure!(*status < 400, "{method} {path} {version} is answered {status}");
                if let Some(thing) = Thing::at(path) {
                    let promised = self.promised.entry(thing).or_default();
                    *promised = (*version).max(*promised);
                }
                Ok(())
            }
        }
    }

    /// Help waits behind nothing but the device itself, and what was on its way already.
    fn look_at_urgency(&mut self, sent: Thing, version: u32, help: bool) -> Result {
        self.urgent.remove(&sent);
        if !help {
            for (urgent, before) in &mut self.urgent {
                *before += 1;
                ensure!(*before <= 1, "{sent:?} goes before {urgent:?}");
            }
        }
        self.sent.insert(sent, version);
        Ok(())
    }

    /// The front keeps what it took, the app says nothing else, and the log only grows.
    fn look_at_promises(&mut self) -> Result {
        let held = Held::of(&self.ministry.front_folder())?;
        for (thing, version) in &self.promised {
            ensure!(held.has(thing, *version), "the front took {thing:?} in version {version} and lost it");
        }
        for (thing, kept) in ledger::kept(&self.data())?.iter().filter(|(_, kept)| kept.received > 0) {
            ensure!(held.has(thing, kept.received), "{thing:?} is said to be with the ministry, and is not: {kept:?}");
        }
        let log = ledger::log(&self.ministry.front_folder())?;
        ensure!(log.starts_with(&self.log), "the log was {:?} and is {log:?}", self.log);
        self.log = log;
        Ok(())
    }

    /// All is let run until nothing waits, and what the two hold is the same.
    async fn end(&mut self) -> Result {
        let mut app = self.start(self.seed).await?;
        let file = fixtures::changed(self.folder.path(), LINE, |_| {})?;
        self.published.extend(self.ministry.publish(&[&file]).await?);
        eventually("all to be with the ministry", PATIENCE, async || {
            let kept = ledger::kept(&self.data())?;
            let waits: Vec<_> = kept.iter().filter(|(_, kept)| kept.received < kept.state.version).collect();
            if waits.is_empty() { Ok(Some(())) } else { Err(format!("{} wait, {waits:?}", waits.len()).into()) }
        })
        .await?;
        let newest = self.published.last().ok_or("nothing was published")?.version;
        eventually("the app to follow the log", PATIENCE, async || {
            let kept = ledger::look_at(&self.data().join("saparlas.db"))?;
            let sql = "SELECT max(version) FROM signed_entry WHERE id = ?1";
            let version: Option<u32> = kept.query_row(sql, [LINE], |row| row.get(0))?;
            if version == Some(newest) { Ok(Some(())) } else { Err(format!("{version:?}, not {newest}").into()) }
        })
        .await?;
        for said in app.so_far()? {
            self.hear(&said)?;
        }
        self.look_at_promises()?;

        let kept = ledger::kept(&self.data())?;
        // a word that came of a call is of no act of its own
        self.ledger.survived(&kept)?;
        let entered = self.ledger.states();
        let kept = kept.into_iter().map(|(thing, kept)| (thing, kept.state)).collect();
        ensure!(entered == kept, "acknowledged: {entered:?}\nkept: {kept:?}");
        self.look_at_the_register(&entered)?;
        let devices = count(&self.ministry.front_folder().join("register.db"), "devices")?;
        ensure!(devices == 1, "{devices} devices");
        self.look_at_the_log()?;

        let lives = entered.iter().filter(|(thing, state)| thing.kind == "trip" && state.what != "deleted");
        let people = lives.map(|(_, trip)| trip.what.parse::<u64>()).sum::<Result<u64, _>>()?;
        let counted = self.ministry.headcount(("country", "AE"), Plan::around_now()?.a_night()?).await?;
        let total = counted["people"].as_u64().zip(counted["beyond_party"].as_u64()).map(|(some, more)| some + more);
        ensure!(total == Some(people), "{people} people, counted: {counted}");
        Ok(())
    }

    /// It holds what was entered and nothing else.
    fn look_at_the_register(&self, entered: &BTreeMap<Thing, State>) -> Result {
        let held = Held::of(&self.ministry.front_folder())?;
        let of_deleted = ledger::of_deleted_trips(&self.data())?;
        for (thing, state) in entered {
            let found = held.states.get(thing);
            let is_gone = held.erased_with_its_trip(thing) || found.is_some_and(|found| found.what == "deleted");
            let erased = of_deleted.contains(&thing.id) && is_gone;
            ensure!(found == Some(state) || erased, "{thing:?} was entered as {state:?} and is {found:?}");
        }
        let invented: Vec<_> = held.states.keys().filter(|thing| !entered.contains_key(thing)).collect();
        ensure!(invented.is_empty(), "entered by nobody: {invented:?}");
        Ok(())
    }

    fn look_at_the_log(&self) -> Result {
        let log = ledger::look_at(&self.ministry.front_folder().join("bulletin.db"))?;
        for Published { id, version, seq } in &self.published {
            let sql = "SELECT count(*) FROM frames WHERE seq = ?1 AND entry_id = ?2 AND version = ?3";
            let stands: u32 = log.query_row(sql, (seq, id, version), |row| row.get(0))?;
            ensure!(stands == 1, "{id} version {version} was published at {seq} and is not there");
        }
        Ok(())
    }
}

/// Waits until it happened; gives all that was said till then.
async fn wait_for(app: &mut Windowless, event: &Event) -> Result<Vec<Said>> {
    let (mut all, mut saved) = (Vec::new(), 0);
    loop {
        let said = app.next().await?;
        saved += usize::from(matches!(said, Said::Saved { .. }));
        let happened = match (event, &said) {
            (Event::Saved(enough), Said::Saved { .. }) => saved == *enough,
            (Event::Asked, Said::Asks { path, .. }) | (Event::Answered, Said::Answered { path, .. }) => {
                Thing::at(path).is_some()
            }
            (_, Said::Open | Said::Saved { .. } | Said::Asks { .. } | Said::Answered { .. }) => false,
        };
        all.push(said);
        if happened {
            return Ok(all);
        }
    }
}

fn count(file: &Path, table: &str) -> Result<u64> {
    Ok(ledger::look_at(file)?.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?)
}
