//! A network that delivers and loses the answer makes the app send again; the ministry still counts once.

use axum::http::Method;
use contract::words::Lang;
use serde_json::json;
use tests::{
    Result,
    app::Hand,
    ensure,
    form::fill_in_stay,
    plan::Plan,
    waiting::{PATIENCE, eventually},
    wire::Mode,
    world::{Traveller, World},
};

#[tokio::test]
async fn a_trip_whose_answer_is_lost_is_sent_again_and_counted_once() -> Result {
    let mut world =
        World::new(Traveller { lang: Lang::En, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let messages = world.messages()?;
    world.connect().await?;
    let app = world.open().await?;
    app.see_in("link-state", messages.get("link_connected")?).await?;
    world.wire.set(Mode::LoseAnswers).await?;
    let plan = Plan::around_now()?;
    fill_in_stay(&app, "Dubai", "Dubai", plan.arrival, plan.leaving).await?;
    app.press("trip-save").await?;
    eventually("the trip at the front, twice", PATIENCE, async || {
        let seen = world.wire.seen();
        let puts = seen.iter().filter(|seen| seen.method == Method::PUT && seen.path.starts_with("/v1/trips/"));
        Ok((puts.filter(|seen| seen.status.is_success()).count() >= 2).then_some(()))
    })
    .await?;
    app.see_in("trip-delivery", messages.get("delivery_waiting")?).await?;
    let count = world.ministry.headcount(("country", "AE"), plan.a_night()?).await?;
    ensure!(count["people"] == json!(1) && count["trips"] == json!(1), "counted: {count}");
    world.wire.set(Mode::Pass).await?;
    app.see_in("trip-delivery", messages.get("delivery_received")?).await
}
