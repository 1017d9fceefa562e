//! The whole way in the window: a code is made, the phone is gone, and another one has the trip by typing it.

use contract::words::Lang;
use serde_json::json;
use tests::{
    Result,
    app::{Hand, Launch},
    ensure,
    form::fill_in_stay,
    plan::Plan,
    world::{Traveller, World},
};

#[tokio::test]
async fn a_trip_is_made_known_to_another_phone_by_a_code_that_is_typed() -> Result {
    let traveller = Traveller { lang: Lang::En, hand: Hand::Pointer, large_and_narrow: false };
    let mut world = World::new(traveller, None).await?;
    let messages = world.messages()?;
    world.connect().await?;
    let plan = Plan::around_now()?;
    let app = world.open().await?;
    fill_in_stay(&app, "Dubai", "Dubai", plan.arrival, plan.leaving).await?;
    app.press("trip-save").await?;
    app.see_in("trip-delivery", messages.get("delivery_received")?).await?;
    app.press("tab-trips").await?;
    app.press("paper-open").await?;
    app.press("paper-make").await?;
    app.see("paper-qr").await?;
    let groups =
        app.run("return [...document.querySelectorAll('[data-testid=paper-group]')].map((one) => one.textContent)");
    let groups: Vec<String> = serde_json::from_value(groups.await?)?;
    app.press("tab-trips").await?;
    // it is shown once: whether it is written down is asked
    app.press("paper-leave").await?;
    app.see_in("trip-delivery", messages.get("delivery_received")?).await?;
    app.kill_9().await?;

    ensure!(groups.len() == 13, "the code: {groups:?}");
    let launch = Launch { data: world.data().with_file_name("another"), ..world.launch() };
    let app = world.open_as(&launch).await?;
    app.press("tab-trips").await?;
    app.press("restore-open").await?;
    app.write("paper-code", &groups[..12].join(" ").to_lowercase()).await?;
    app.press("paper-look").await?;
    app.see_in("paper-fault", "12").await?;
    app.rewrite("paper-code", &groups.join(" ").to_lowercase()).await?;
    app.press("paper-look").await?;
    app.see("paper-found").await?;
    app.press("paper-take").await?;
    app.see_in("trip-delivery", messages.get("delivery_received")?).await?;
    let count = world.ministry.headcount(("country", "AE"), plan.a_night()?).await?;
    ensure!(count["people"] == json!(1) && count["trips"] == json!(1), "counted: {count}");
    Ok(())
}
