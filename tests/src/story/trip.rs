//! Steps 2 and 3. The trip is typed into the form with no network, and outlives the app.

use contract::words::Lang;

use crate::{
    Result,
    app::App,
    plan::{FLIGHT, HOTEL, KIN_NAME, KIN_PHONE, PHONE, Plan},
    world::World,
};

pub async fn registered(world: &World, app: &App, plan: &Plan) -> Result {
    let lang = world.traveller.lang;
    let (almaty, dubai) = match lang {
        Lang::Kk => ("Алматы", "Дубай"),
        Lang::Ru => ("Алматы", "Дубай"),
        Lang::En => ("Almaty", "Dubai"),
    };
    app.press("tab-trips").await?;
    world.screen(app, "no-trips").await?;
    app.press("trip-new").await?;
    app.press("origin-change").await?;
    app.choose("origin", almaty, "ALA").await?;
    app.choose("leg-0-place", "DOH", "DOH").await?;
    app.press("leg-0-from-open").await?;
    app.rewrite("leg-0-from", &Plan::typed(plan.arrival)).await?;
    app.write("leg-0-arrives-time", "02:10").await?;
    app.write("leg-0-departs-time", "06:20").await?;
    app.write("leg-0-flight", FLIGHT).await?;
    app.press("leg-0-airside").await?;
    app.press("leg-0-onward-yes").await?;
    app.press("leg-add").await?;
    app.choose("leg-1-place", dubai, dubai).await?;
    app.press("leg-1-until-open").await?;
    app.write("leg-1-until", &Plan::typed(plan.leaving)).await?;
    app.write("leg-1-address", HOTEL).await?;
    app.rewrite("adults", "2").await?;
    app.rewrite("children", "1").await?;
    app.write("phone", PHONE).await?;
    app.press("kin-open").await?;
    app.write("kin-name", KIN_NAME).await?;
    app.write("kin-phone", KIN_PHONE).await?;
    world.screen(app, "trip-form").await?;
    app.press("trip-save").await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_waiting")?).await
}

/// The power goes in the moment the trip is said to be saved; then the app is opened again.
pub async fn survives(world: &World, app: App) -> Result<App> {
    app.kill_9().await?;
    let app = world.open().await?;
    app.press("tab-trips").await?;
    app.see_in("trip-item", "Дубай").await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_waiting")?).await?;
    world.screen(&app, "trip-waits").await?;
    Ok(app)
}
