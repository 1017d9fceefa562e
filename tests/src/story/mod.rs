//! The main job, whole: a family's trip, a closed airspace, a call, and liars on the way.

mod advice;
mod anyone;
mod call;
mod contact;
mod first_launch;
mod lies;
mod offline;
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

/// What a traveller needs with no network at all: found, read, looked at and reached in a language.
pub async fn offline(told: Told<'_>, lang: Lang, shots: Option<PathBuf>) -> Result {
    // one of the three by keyboard alone, in a narrow window with large text
    let hard = lang == Lang::Kk;
    let hand = if hard { Hand::Keyboard } else { Hand::Pointer };
    let world = World::new(Traveller { lang, hand, large_and_narrow: hard }, shots).await?;
    world.desktop.install_dialler()?;
    world.desktop.install_messages()?;
    world.desktop.install_browser()?;
    let app = world.open().await?;
    let name = |what: &str| format!("Offline, {}: {what}", lang.tag());
    step(told, &name("where I am"), offline::where_i_am(&world, &app)).await?;
    step(told, &name("questions"), offline::questions(&world, &app)).await?;
    step(told, &name("a country"), offline::country(&world, &app)).await?;
    step(told, &name("the map"), offline::map(&world, &app)).await?;
    step(told, &name("missions and chats"), offline::contacts(&world, &app)).await?;
    step(told, &name("writing first"), offline::writing_first(&world, &app)).await?;
    step(told, &name("no trace"), offline::no_trace(&world, &app)).await
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
