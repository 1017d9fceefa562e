//! What was acknowledged survives a power cut: a kill loses only what a process had in memory, a cut also what the system
//! had not yet written. The app and the front run as they are, what they tell the disk is recorded, and power is cut at
//! hundreds of moments of the recording. `SEED=n` draws the same acts and moments again.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use rusqlite::Connection;
use tempfile::TempDir;
use tests::{
    Result,
    disk::{self, Disk},
    ensure, fixtures,
    ledger::{self, Held, Ledger, Thing},
    ministry::Ministry,
    process::{self, Process, kill_9},
    recording::{self, Event},
    running,
    waiting::{PATIENCE, eventually},
    windowless::{self, Said, Windowless},
};

/// Cuts of each recording.
const CUTS: usize = 150;
/// So many moments of the beginning are cut each, when files are made.
const FIRST: usize = 100;
/// How often the app is started in one recording.
const LIVES: usize = 3;
/// Acts of one life.
const ACTS: usize = 16;
/// Every so many cuts the front itself is started on what is left.
const STARTED: usize = 15;

#[tokio::test]
async fn what_the_app_said_is_saved_is_there_after_a_power_cut() -> Result {
    let mut rng = StdRng::seed_from_u64(tests::seed()?);
    let world = World::new().await?;
    let mut events = Vec::new();
    let mut ledger = Ledger::default();
    for life in 0..LIVES {
        let recorded = world.folder.path().join("recorded");
        let mut app =
            Windowless::open(&recording::under(&recorded), &world.data(), &world.ministry.profile(), rng.random())
                .await?;
        enter(&mut app, &mut ledger, &mut rng).await?;
        if life == 0 {
            // its write-ahead log stays
            kill_below(app.id(), "windowless")?;
            app.ended().await?;
        } else {
            app.close().await?;
        }
        events.extend(recording::read(&recorded)?);
    }
    let moments = moments(&events, &mut rng, |event| saved(event).is_some());
    let (mut disk, mut acknowledged) = (Disk::empty(&world.data()), Ledger::default());
    let profile = world.ministry.profile();
    for (number, event) in events.iter().enumerate() {
        disk.take(event)?;
        if let Some(Said::Saved { kind, id, what, trip }) = saved(event) {
            acknowledged.note(&kind, &id, &what, trip.as_deref());
        }
        for _ in moments.iter().filter(|moment| **moment == number) {
            let left = disk::folder()?;
            disk.cut(&mut rng, left.path())?;
            let opened = windowless::open(left.path(), &profile, rng.random(), |http| Arc::new(http))?;
            let trouble = opened.view()?.trouble;
            ensure!(trouble.is_none(), "cut at {number} of {}, the app does not open: {trouble:?}", events.len());
            drop(opened);
            is_whole(&left.path().join("saparlas.db"))?;
            acknowledged
                .stands_in(&ledger::kept(left.path())?)
                .map_err(|fault| format!("cut at {number} of {}: {fault}", events.len()))?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_the_front_took_and_published_is_there_after_a_power_cut() -> Result {
    let mut rng = StdRng::seed_from_u64(tests::seed()?);
    let mut world = World::new().await?;
    world.ministry.kill().await?;
    let mut disk = Disk::of(&world.ministry.front_folder())?;
    let shipped = ledger::log(&world.ministry.front_folder())?.len();
    let recorded = world.folder.path().join("recorded");
    world.ministry.under = recording::under(&recorded);
    world.ministry.serve().await?;
    let mut app = Windowless::open(&[], &world.data(), &world.ministry.profile(), rng.random()).await?;
    let mut ledger = Ledger::default();
    for _ in 0..LIVES {
        enter(&mut app, &mut ledger, &mut rng).await?;
        let file = fixtures::changed(world.folder.path(), "line.dubai", |_| {})?;
        world.ministry.publish(&[&file]).await?;
    }
    eventually("all to be with the ministry", PATIENCE, async || {
        let kept = ledger::kept(&world.data())?;
        Ok(kept.values().all(|kept| kept.received == kept.state.version).then_some(()))
    })
    .await?;
    kill_below(world.ministry.front_id(), "ministry")?;
    world.ministry.stop().await?;

    let events = recording::read(&recorded)?;
    let log = ledger::log(&world.ministry.front_folder())?;
    let moments = moments(&events, &mut rng, |event| matches!(event, Event::Sent { bytes, .. } if is_taken(bytes)));
    let mut promises = Promises::default();
    let mut cuts = 0;
    for (number, event) in events.iter().enumerate() {
        disk.take(event)?;
        promises.follow(event);
        for _ in moments.iter().filter(|moment| **moment == number) {
            let left = disk::folder()?;
            let front = left.path().join("front");
            disk.cut(&mut rng, &front)?;
            let cut = || format!("cut at {number} of {}", events.len());
            // opened as one that writes, so that what has to be mended is
            is_whole(&front.join("register.db")).and_then(|()| is_whole(&front.join("bulletin.db")))?;
            let held = Held::of(&front)?;
            for (thing, version) in &promises.taken {
                ensure!(held.has(thing, *version), "{}: {thing:?} was taken in version {version} and is lost", cut());
            }
            let stands = ledger::log(&front)?;
            ensure!(log.starts_with(&stands), "{}: the log is {stands:?}, and became {log:?}", cut());
            ensure!(stands.len() >= shipped + promises.published, "{}: what was published is lost", cut());
            cuts += 1;
            if cuts % STARTED == 0 {
                starts(left.path()).await.map_err(|fault| format!("{}: {fault}", cut()))?;
            }
        }
    }
    Ok(())
}

struct World {
    folder: TempDir,
    ministry: Ministry,
}

impl World {
    async fn new() -> Result<Self> {
        let folder = disk::folder()?;
        let mut ministry = Ministry::init_open(folder.path()).await?;
        ministry.logs = "warn";
        ministry.serve().await?;
        Ok(Self { folder, ministry })
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// What the front promised by its answers.
#[derive(Default)]
struct Promises {
    /// What each connection asks for now.
    asked: HashMap<String, String>,
    taken: BTreeMap<Thing, u32>,
    /// How many entries.
    published: usize,
}

impl Promises {
    fn follow(&mut self, event: &Event) {
        match event {
            Event::Heard { from, bytes } => {
                if let Some(request) =
                    String::from_utf8_lossy(bytes).lines().next().filter(|line| line.ends_with("HTTP/1.1"))
                {
                    self.asked.insert(from.clone(), request.to_owned());
                }
            }
            Event::Sent { to, bytes } if is_taken(bytes) => {
                let Some(request) = self.asked.get(to) else { return };
                let path = request.split([' ', '?']).nth(1).unwrap_or_default();
                if path == "/v1/entries" {
                    self.published += 1;
                }
                if let (Some(thing), Some(version)) = (Thing::at(path), version(bytes)) {
                    let taken = self.taken.entry(thing).or_default();
                    *taken = version.max(*taken);
                }
            }
            Event::Made(_)
            | Event::Written { .. }
            | Event::Truncated { .. }
            | Event::Synced(_)
            | Event::Removed(_)
            | Event::Sent { .. } => {}
        }
    }
}

fn is_taken(bytes: &[u8]) -> bool {
    bytes.starts_with(b"HTTP/1.1 200")
}

/// The version in an answer of the front.
fn version(answer: &[u8]) -> Option<u32> {
    let text = String::from_utf8_lossy(answer);
    text.split_once("\"version\":")?.1.split([',', '}']).next()?.parse().ok()
}

fn saved(event: &Event) -> Option<Said> {
    let Event::Sent { bytes, .. } = event else { return None };
    let line = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    Said::read(line).ok().filter(|said| matches!(said, Said::Saved { .. }))
}

/// When power is cut: half of the times right after an acknowledgement, else at any moment; and all through the beginning.
fn moments(events: &[Event], rng: &mut StdRng, is_acknowledgement: impl Fn(&Event) -> bool) -> Vec<usize> {
    let acknowledged: Vec<usize> = (0..events.len()).filter(|at| is_acknowledgement(&events[*at])).collect();
    let draw = |number: usize| {
        if number.is_multiple_of(2) {
            acknowledged[rng.random_range(0..acknowledged.len())]
        } else {
            rng.random_range(0..events.len())
        }
    };
    (0..CUTS).map(draw).chain(0..FIRST.min(events.len())).collect()
}

/// Has the app do things, until each is acknowledged.
async fn enter(app: &mut Windowless, ledger: &mut Ledger, rng: &mut StdRng) -> Result {
    for _ in 0..ACTS {
        app.tell(&ledger.enter(rng)).await?;
        while ledger.awaited() > 0 {
            if let Said::Saved { kind, id, what, trip } = app.next().await? {
                ledger.acknowledge(&kind, &id, &what, trip.as_deref())?;
            }
        }
    }
    Ok(())
}

/// Opens a database as one that writes, and reads all of it.
fn is_whole(file: &Path) -> Result {
    let connection = Connection::open(file)?;
    let said: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(said == "ok", "{}: {said}", file.display());
    Ok(())
}

/// The front itself opens what is left.
async fn starts(data: &Path) -> Result {
    let mut command = process::command(&[], "ministry")?;
    command.arg("serve").arg("--data").arg(data).args(["--listen", "127.0.0.1:0", "--inside", "127.0.0.1:0"]);
    let mut front = Process::start("the front", command.env("RUST_LOG", "error").stdout(Stdio::piped()))?;
    front.line(|line| line.contains("inside on").then_some(())).await?;
    front.kill().await
}

/// Ends what a recorder started, and so the recording.
fn kill_below(recorder: Option<u32>, program: &str) -> Result {
    running::children(recorder.ok_or("it has ended")?, program)?.into_iter().try_for_each(kill_9)
}
