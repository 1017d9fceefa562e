//! The ministry changes its lines in minutes, and the call bar of an open window follows.

use contract::words::Lang;
use serde_json::{Value, json};
use tests::{
    Result,
    app::{App, Hand},
    ensure,
    fixtures::{self, demo_number},
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

#[tokio::test]
async fn the_call_bar_follows_the_state_of_a_line() -> Result {
    let mut world =
        World::new(Traveller { lang: Lang::Kk, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    world.desktop.install_dialler()?;
    world.desktop.install_messages()?;
    world.connect().await?;
    let app = world.open().await?;
    app.press("settings").await?;
    app.press("where-open").await?;
    app.choose("where-place", "Дубай", "Дубай").await?;
    let (line, office) = (demo_number("line.dubai")?, demo_number("line.dubai.office")?);
    app.leads_to("call-bar", &format!("tel:{line}")).await?;
    app.press("tab-now").await?;

    // questions have a line of their own while nothing is wrong and somebody is there
    publish(&world, "line.dubai.office", |body| body["hours"] = json!({ "kind": "always" })).await?;
    app.leads_to("second-way", &format!("tel:{office}")).await?;
    way_is(&app, "office").await?;
    world.screen(&app, "bar-office").await?;

    publish(&world, "line.dubai", |body| body["state"] = "overloaded".into()).await?;
    app.leads_to("second-way", "sms:+442079460802").await?;
    way_is(&app, "text").await?;
    app.leads_to("call-bar", &format!("tel:{line}")).await?;
    app.see_in_call_bar("қоңырау көп").await?;
    world.screen(&app, "bar-overloaded").await?;
    app.press("second-way").await?;
    eventually("the message", PATIENCE, async || {
        Ok(matches!(&world.desktop.written()?[..], [one] if one.starts_with("sms:+442079460802?body=")).then_some(()))
    })
    .await?;

    publish(&world, "line.dubai", |body| {
        body["state"] = "moved".into();
        body["moved_to"] = "+442079460109".into();
    })
    .await?;
    app.leads_to("call-bar", "tel:+442079460109").await?;

    // the embassy's emergency line comes before an office next door
    publish(&world, "line.dubai", |body| body["state"] = "closed".into()).await?;
    app.leads_to("call-bar", &format!("tel:{}", demo_number("line.abu-dhabi")?)).await
}

async fn publish(world: &World, id: &str, change: impl FnOnce(&mut Value)) -> Result {
    let file = fixtures::changed(world.desktop.folder(), id, change)?;
    world.ministry.publish(&[&file]).await.map(drop)
}

async fn way_is(app: &App, way: &str) -> Result {
    let is = app.attribute("second-way", "data-way").await?;
    ensure!(is.as_deref() == Some(way), "what stands beside is {is:?}");
    Ok(())
}
