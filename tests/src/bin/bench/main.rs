//! The figures of a running system, each beside its peer of the same run. It measures; it judges nothing. All of them,
//! or the parts that are named: offline, load, taps, window.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

mod client;
mod line;
mod load;
mod map;
mod offline;
mod peers;
mod taps;

use std::time::Instant;

use contract::words::Lang;
use jiff::Timestamp;
use line::Line;
use tests::{
    Result,
    app::{App, Hand, Launch},
    desktop::Desktop,
    fixtures,
    plan::Plan,
    story,
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

const RUNS: usize = 7;

#[tokio::main]
async fn main() -> Result {
    let parts: Vec<String> = std::env::args().skip(1).collect();
    let is_wanted = |part: &str| parts.is_empty() || parts.iter().any(|one| one == part);
    if is_wanted("offline") {
        offline::figures()?;
    }
    if is_wanted("load") {
        load::figures().await?;
    }
    if is_wanted("taps") {
        taps::figures().await?;
    }
    if is_wanted("window") {
        in_the_window().await?;
    }
    Ok(())
}

/// What is seen and heard of the app itself.
async fn in_the_window() -> Result {
    let traveller = Traveller { lang: Lang::Ru, hand: Hand::Pointer, large_and_narrow: false };
    let mut world = World::new(traveller, None).await?;
    let line = Line::lay().await?;
    line.lead_to(&world.ministry.url()).await?;
    world.wire.lead_to(&line.url());
    let app = world.open().await?;
    story::trip::registered(&world, &app, &Plan::around_now()?).await?;
    world.connect().await?;
    on_the_wire(&line).await?;
    app.press("tab-now").await?;
    eventually("the stream", PATIENCE, async || {
        let heard = world.wire.seen().iter().any(|seen| seen.path.ends_with("/stream"));
        Ok(heard.then_some(()))
    })
    .await?;
    to_the_notification(&world, &line).await?;
    app.see("advisory-lead").await?;
    app.kill_9().await?;
    world.ministry.stop().await?;
    beside_hello(&world).await?;
    map::figures(&world).await
}

/// What TLS 1.3 adds to each record: its header, the content's kind, the seal.
const TLS_RECORD: u64 = 5 + 1 + 16;

/// Bytes of one idle poll on a warm connection. TLS is the proxy's; a poll is one record each way.
async fn on_the_wire(line: &Line) -> Result {
    let http = reqwest::Client::builder().http2_prior_knowledge().build()?;
    let head = format!("{}/v1/bulletin/head", line.url());
    let tag = http.get(&head).send().await?.headers()["etag"].clone();
    let poll = async || -> Result<_> {
        let answer = http.get(&head).header("if-none-match", tag.clone()).send().await?;
        let status = answer.status();
        answer.bytes().await?;
        line.quiet().await;
        Ok(status)
    };
    // the first fills the tables of both ends
    poll().await?;
    let before = line.bytes();
    let status = poll().await?;
    let frames = line.bytes() - before;
    println!(
        "idle poll, warm connection: {frames} bytes of HTTP/2, {} with TLS (budget 120), answered {status}",
        frames + 2 * TLS_RECORD
    );
    Ok(())
}

/// From the start of `ministry publish` to the desktop's notification, and what it cost on the app's own line.
async fn to_the_notification(world: &World, line: &Line) -> Result {
    line.quiet().await;
    let (desktop, ministry) = (&world.desktop, &world.ministry);
    let file = fixtures::advisory(desktop.folder(), "")?;
    let (up, down, started) = (line.up(), line.down(), Instant::now());
    ministry.publish(&[&file]).await?;
    let published = started.elapsed();
    eventually("the notification", PATIENCE, async || Ok(desktop.notifications()?.first().map(|_| ()))).await?;
    let notified = started.elapsed();
    line.quiet().await;
    println!("publish to notification: {notified:.0?} (the command itself: {published:.0?})");
    println!(
        "one new advisory in three languages: {} bytes of frame and head on the stream (budget 2 KB), {} of receipts back",
        line.down() - down,
        line.up() - up
    );
    Ok(())
}

/// Cold start to the first advice on screen, and memory, turn by turn with the smallest Tauri app.
async fn beside_hello(world: &World) -> Result {
    let (desktop, launch) = (&world.desktop, world.launch());
    let hello = Launch { program: "hello", profile: None, ..launch.clone() };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(start(desktop, &launch, "advisory-lead", "tab-now").await?);
        theirs.push(start(desktop, &hello, "hello", "hello").await?);
    }
    let beside = |of: fn(&Start) -> f64| {
        let (ours, theirs) = (median(&ours, of), median(&theirs, of));
        format!("{ours:.0}, hello: {theirs:.0}, ratio {:.2}", ours / theirs)
    };
    println!("cold start to first advice painted, ms: {} (budget 1.15)", beside(|start| start.painted));
    println!("cold start to first advice told by WebDriver, ms: {}", beside(|start| start.told));
    println!("cold start to the page asked for, ms: {}", beside(|start| start.asked));
    println!("memory (PSS, with its web processes), MB: {}", beside(|start| start.memory));
    Ok(())
}

/// Milliseconds since the program was started; and MB.
struct Start {
    /// The window asks for its page.
    asked: f64,
    /// Its first frame with words in it is drawn, and the served page has the advice in it.
    painted: f64,
    /// It answers that the advice is there.
    told: f64,
    memory: f64,
}

/// When the window asked for its page and when it first drew words, in milliseconds since 1970.
const PAINTED: &str = "const [painted] = performance.getEntriesByName('first-contentful-paint'); \
     return painted ? [performance.timeOrigin, performance.timeOrigin + painted.startTime] : null;";

/// A start until `first` is there to read, and the memory once the `last` is.
#[expect(clippy::disallowed_methods, reason = "the page tells its moments by the system's clock")]
async fn start(desktop: &Desktop, launch: &Launch, first: &str, last: &str) -> Result<Start> {
    let started = Timestamp::now();
    let app = App::start(desktop, launch).await?;
    app.see(first).await?;
    let told = Timestamp::now().duration_since(started).as_secs_f64() * 1000.0;
    app.see(last).await?;
    let drawn = eventually("the first frame", PATIENCE, async || {
        Ok(serde_json::from_value::<Option<[f64; 2]>>(app.run(PAINTED).await?)?)
    });
    let since_start = |at: f64| at - started.as_nanosecond() as f64 / 1e6;
    let [asked, painted] = drawn.await?.map(since_start);
    let memory = app.memory_kib()? as f64 / 1024.0;
    app.kill_9().await?;
    Ok(Start { asked, painted, told, memory })
}

fn median(runs: &[Start], of: impl Fn(&Start) -> f64) -> f64 {
    let mut figures: Vec<f64> = runs.iter().map(of).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
