//! The main job, whole: a family's trip, a closed airspace, a call, and liars on the way.

mod advice;
mod anyone;
mod call;
mod contact;
mod first_launch;
mod lies;
pub mod trip;

use std::{future::Future, path::PathBuf};

use contract::words::Lang;

use crate::{
    Result,
    app::Hand,
    plan::Plan,
    world::{Traveller, World},
};

/// Hears of each step that held.
pub type Told<'a> = &'a mut (dyn FnMut(&str) + Send);

async fn step<T>(told: &mut (dyn FnMut(&str) + Send), name: &str, doing: impl Future<Output = Result<T>>) -> Result<T> {
    let done = doing.await.map_err(|fault| format!("{name}: {fault}"))?;
    told(name);
    Ok(done)
}

/// Steps 1 to 7 with a pointer, in Russian, on a phone's size; then every screen of it.
pub async fn whole(told: Told<'_>, shots: Option<PathBuf>) -> Result {
    let traveller = Traveller { lang: Lang::Ru, hand: Hand::Pointer, large_and_narrow: false };
    let plan = Plan::around_now()?;
    let mut world = World::new(traveller, shots).await?;
    world.desktop.install_dialler()?;
    step(told, "1 · First launch, no network", first_launch::told(&world)).await?;
    let app = world.open().await?;
    step(told, "2 · Register a trip offline", trip::registered(&world, &app, &plan)).await?;
    let app = step(told, "3 · kill -9 right after \"saved\"", trip::survives(&world, app)).await?;
    step(told, "4 · The front comes up", contact::made(&mut world, &app, &plan)).await?;
    let app = step(told, "5 · Advice arrives", advice::arrives(&world, app, &plan)).await?;
    let app = step(told, "6 · One tap calls", call::goes(&mut world, app)).await?;
    step(told, "7 · Lies are refused", lies::refused(&mut world, &app)).await?;
    drop(app);
    step(told, "8 · Every screen, light and dark", anyone::every_screen(&world)).await
}

/// Step 8: the same by keyboard alone, in Kazakh, with every text at 200 % in a window 320 px wide.
pub async fn by_keyboard(told: Told<'_>, shots: Option<PathBuf>) -> Result {
    let traveller = Traveller { lang: Lang::Kk, hand: Hand::Keyboard, large_and_narrow: true };
    let plan = Plan::around_now()?;
    let mut world = World::new(traveller, shots).await?;
    world.desktop.install_dialler()?;
    let app = world.open().await?;
    step(told, "8 · By keyboard: the trip", trip::registered(&world, &app, &plan)).await?;
    let app = step(told, "8 · By keyboard: kill -9", trip::survives(&world, app)).await?;
    step(told, "8 · By keyboard: the front", contact::made(&mut world, &app, &plan)).await?;
    let app = step(told, "8 · By keyboard: advice", advice::arrives(&world, app, &plan)).await?;
    let app = step(told, "8 · By keyboard: the call", call::goes(&mut world, app)).await?;
    step(told, "8 · By keyboard: lies", lies::refused(&mut world, &app)).await?;
    drop(app);
    step(told, "8 · Every screen at 320 px and 200 %", anyone::every_screen(&world)).await
}
