//! What is the traveller's own: behind a PIN, listed as it left, taken along, erased here and at the ministry.

use contract::words::Lang;
use serde_json::json;
use tests::{
    Result,
    app::{App, Hand},
    ensure,
    plan::{KIN_NAME, Plan},
    story::trip,
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

const PIN: &str = "2468";

/// A traveller whose trip the ministry has.
async fn registered(lang: Lang) -> Result<(World, App, Plan)> {
    let plan = Plan::around_now()?;
    let mut world = World::new(Traveller { lang, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let app = world.open().await?;
    trip::registered(&world, &app, &plan).await?;
    world.connect().await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_received")?).await?;
    Ok((world, app, plan))
}

async fn people_in_the_emirates(world: &World, plan: &Plan) -> Result<serde_json::Value> {
    Ok(world.ministry.headcount(("country", "AE"), plan.a_night()?).await?["people"].clone())
}

#[tokio::test]
async fn a_pin_keeps_the_trips_and_what_left_and_nothing_that_helps() -> Result {
    let (world, app, _) = registered(Lang::Kk).await?;
    let messages = world.messages()?;
    app.press("settings").await?;
    app.press("pin-set").await?;
    app.write("pin-new", PIN).await?;
    app.write("pin-again", PIN).await?;
    app.press("pin-keep").await?;
    app.press("lock-now").await?;
    app.press("tab-trips").await?;
    app.see("locked").await?;
    world.screen(&app, "locked").await?;
    ensure!(!app.has("trip-item").await?, "a locked app shows its trip");
    app.write("pin", "1111").await?;
    app.press("unlock").await?;
    app.see_in("locked", messages.get("pin_wrong")?).await?;
    // help waits for no PIN
    app.press("tab-guidance").await?;
    app.press("topic-transit").await?;
    app.see("topic").await?;
    app.see("call-bar").await?;
    app.press("tab-now").await?;
    app.press("check-in-help").await?;
    app.see("check-in-state").await?;
    app.kill_9().await?;
    // whoever opens it next is asked
    let app = world.open().await?;
    app.press("tab-trips").await?;
    app.write("pin", PIN).await?;
    app.press("unlock").await?;
    app.see_in("trip-item", "Дубай").await
}

#[tokio::test]
async fn what_left_is_listed_as_it_went_and_erasing_reaches_the_ministry() -> Result {
    // whose kin has a Kazakh name
    let (world, app, plan) = registered(Lang::Kk).await?;
    let messages = world.messages()?;
    ensure!(people_in_the_emirates(&world, &plan).await? == json!(3), "the ministry counts another party");
    app.press("settings").await?;
    app.press("left").await?;
    // the host, the trip's plain part, and the sealed one as only this phone can read it
    app.see_in("host", "127.0.0.1").await?;
    app.see_in("sent-trip", KIN_NAME).await?;
    world.screen(&app, "left").await?;
    app.press("take").await?;
    app.see("taken").await?;
    let path = app.text("taken").await?;
    let path = path.split_once(": ").map(|(_, path)| path.trim().to_owned()).ok_or("the export says no path")?;
    let taken = std::fs::read_to_string(&path)?;
    ensure!(taken.contains(KIN_NAME), "the export holds not what was typed");
    app.press("erase").await?;
    app.press("erase-no").await?;
    app.press("erase").await?;
    app.press("erase-yes").await?;
    app.see_in("erased", messages.get("erased_here")?).await?;
    eventually("the ministry without them", PATIENCE, async || {
        Ok((people_in_the_emirates(&world, &plan).await? == json!(0)).then_some(()))
    })
    .await?;
    app.see_in("erased", messages.behind("erased_gone")?).await?;
    world.screen(&app, "erased").await?;
    app.press("tab-trips").await?;
    app.see("trip-new").await?;
    ensure!(!app.has("trip-item").await?, "an erased trip is still there");
    Ok(())
}

#[tokio::test]
async fn a_drill_alarms_the_window_and_ends_at_once() -> Result {
    let world = World::new(Traveller { lang: Lang::Kk, hand: Hand::Keyboard, large_and_narrow: true }, None).await?;
    let app = world.open().await?;
    app.press("settings").await?;
    app.press("settings-drill").await?;
    world.screen(&app, "drill").await?;
    app.press("drill-begin").await?;
    app.see("drill-banner").await?;
    app.see("call-bar").await?;
    world.screen(&app, "drill-now").await?;
    app.key(fantoccini::key::Key::Escape).await?;
    app.see("drill-over").await?;
    ensure!(app.run("return document.body.className").await? == json!(""), "the alarm stays");
    app.press("drill-done").await?;
    app.see("call-bar").await
}
