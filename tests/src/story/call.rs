//! Step 6. One tap calls, network or not, and the call goes before anything else.

use axum::http::Method;
use serde_json::Value;

use super::first_launch::dialled;
use crate::{
    Result,
    app::App,
    ensure,
    fixtures::demo_number,
    waiting::{PATIENCE, eventually},
    wire::Mode,
    world::World,
};

pub async fn goes(world: &mut World, app: App) -> Result<App> {
    let dubai = demo_number("line.dubai")?;
    let before = world.desktop.dialled()?.len();
    app.press("tab-now").await?;
    eventually("the line for Dubai in the call bar", PATIENCE, async || {
        Ok((app.attribute("call-bar", "href").await? == Some(format!("tel:{dubai}"))).then_some(()))
    })
    .await?;
    app.press("call-bar").await?;
    dialled(world, &dubai, before + 1).await?;
    put(world, "/v1/calls/", 1).await?;
    recorded_as_called(world, &dubai)?;
    world.screen(&app, "called").await?;
    app.press("outcome-got-through").await?;
    app.see_gone("outcome-got-through").await?;
    put(world, "/v1/calls/", 2).await?;
    with_the_network_cut(world, &app, &dubai, before + 2).await?;
    without_a_dialler(world, app, &dubai).await
}

fn recorded_as_called(world: &World, number: &str) -> Result {
    let seen = world.wire.seen();
    let call = seen.iter().find(|seen| seen.path.starts_with("/v1/calls/")).ok_or("no call was put")?;
    let call: Value = serde_json::from_slice(&call.body)?;
    let right = call["outcome"] == "called" && call["number"] == number && call["country"] == "AE";
    ensure!(right, "the call is recorded as {call}");
    Ok(())
}

async fn with_the_network_cut(world: &World, app: &App, number: &str, count: usize) -> Result {
    world.wire.set(Mode::Cut).await?;
    app.press("tab-now").await?;
    app.press("check-in-safe").await?;
    app.see("check-in-state").await?;
    app.press("call-bar").await?;
    dialled(world, number, count).await?;
    app.see("outcome-still-need-help").await?;
    world.wire.forget();
    world.wire.set(Mode::Pass).await?;
    put(world, "/v1/check-ins/", 1).await?;
    let first = world.wire.seen().into_iter().find(|seen| seen.method == Method::PUT);
    let first = first.map(|seen| seen.path).unwrap_or_default();
    ensure!(first.starts_with("/v1/calls/"), "the call goes first, not {first}");
    app.press("outcome-tapped-by-mistake").await?;
    app.see_gone("outcome-tapped-by-mistake").await
}

/// Waits until records of a kind were put `count` times.
async fn put(world: &World, kind: &str, count: usize) -> Result {
    eventually(&format!("{count} × {kind} at the front"), PATIENCE, async || {
        let seen = world.wire.seen();
        let found = seen.iter().filter(|seen| seen.method == Method::PUT && seen.path.starts_with(kind));
        Ok((found.filter(|seen| seen.status.is_success()).count() >= count).then_some(()))
    })
    .await
}

async fn without_a_dialler(world: &World, app: App, number: &str) -> Result<App> {
    app.kill_9().await?;
    world.desktop.remove_dialler()?;
    let app = world.open().await?;
    let before = world.desktop.dialled()?.len();
    app.press("call-bar").await?;
    app.see_in("call-number", number).await?;
    app.see("copy").await?;
    app.see("qr").await?;
    world.screen(&app, "no-dialler").await?;
    app.press("copy").await?;
    app.see_in("copy", world.messages()?.get("copied")?).await?;
    let after = world.desktop.dialled()?.len();
    ensure!(after == before, "a number was dialled with no dialler");
    app.press("outcome-tapped-by-mistake").await?;
    app.see_gone("call-number").await?;
    Ok(app)
}
