//! The figures of a running system, each beside its peer of the same run. It measures; it judges nothing. All of them,
//! or the parts that are named: offline, load, window.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

mod client;
mod line;
mod load;
mod map;
mod offline;
mod peers;

use std::time::{Duration, Instant};

use contract::words::Lang;
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
    let (before, started) = (line.bytes(), Instant::now());
    ministry.publish(&[&file]).await?;
    let published = started.elapsed();
    eventually("the notification", PATIENCE, async || Ok(desktop.notifications()?.first().map(|_| ()))).await?;
    let notified = started.elapsed();
    line.quiet().await;
    println!("publish to notification: {notified:.0?} (the command itself: {published:.0?})");
    println!("one new advisory in three languages, frame and head on the stream: {} bytes", line.bytes() - before);
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
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.0.as_secs_f64() / theirs.0.as_secs_f64();
    println!("cold start to first advice: {:.0?}, hello: {:.0?}, ratio {ratio:.2} (budget 1.15)", ours.0, theirs.0);
    println!("memory (PSS, with its web processes): {} MB, hello: {} MB", ours.1 / 1024, theirs.1 / 1024);
    Ok(())
}

/// How long until `first` is there to read, and the memory once the `last` is.
async fn start(desktop: &Desktop, launch: &Launch, first: &str, last: &str) -> Result<(Duration, u64)> {
    let started = Instant::now();
    let app = App::start(desktop, launch).await?;
    app.see(first).await?;
    let took = started.elapsed();
    app.see(last).await?;
    let memory = app.memory_kib()?;
    app.kill_9().await?;
    Ok((took, memory))
}

fn median(mut runs: Vec<(Duration, u64)>) -> (Duration, u64) {
    runs.sort();
    let time = runs[runs.len() / 2].0;
    runs.sort_by_key(|run| run.1);
    (time, runs[runs.len() / 2].1)
}
