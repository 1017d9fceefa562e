//! Step 8. Every screen, with everything on it, for anyone: light and dark, narrow and wide.

use crate::{
    Result,
    app::{App, Launch},
    waiting::{PATIENCE, eventually},
    world::World,
};

pub async fn every_screen(world: &World) -> Result {
    let mut looks = vec![(false, "light"), (true, "dark")];
    if !world.traveller.large_and_narrow {
        looks.push((false, "wide"));
    }
    for (dark, look) in looks {
        let app = world.open_as(&Launch { dark, ..world.launch() }).await?;
        let scheme = app.run("return matchMedia('(prefers-color-scheme: dark)').matches").await?;
        crate::ensure!(scheme == dark, "the page does not follow the system: dark is {scheme}, not {dark}");
        if look == "wide" {
            app.resize(1200, 900).await?;
        }
        walk(world, &app, look).await?;
        app.kill_9().await?;
    }
    Ok(())
}

async fn walk(world: &World, app: &App, look: &str) -> Result {
    let check = async |screen: &str| world.screen(app, &format!("{look}-{screen}")).await;
    app.see("advisory-lead").await?;
    check("now").await?;
    app.press("advisory-item").await?;
    app.see("advisory-detail").await?;
    check("advisory").await?;
    app.press("tab-trips").await?;
    app.see("trip-item").await?;
    check("trips").await?;
    app.press("trip-item").await?;
    app.see("trip-edit").await?;
    check("trip").await?;
    app.press("trip-edit").await?;
    app.see("trip-save").await?;
    check("trip-form").await?;
    app.press("tab-guidance").await?;
    app.see("topic-transit").await?;
    check("guidance").await?;
    app.press("topic-transit").await?;
    app.see("topic").await?;
    check("topic").await?;
    app.press("tab-contacts").await?;
    app.see_in("tab-contacts", world.messages()?.get("tab_contacts")?).await?;
    check("contacts").await?;
    app.press("tab-map").await?;
    eventually("the map", PATIENCE, async || Ok(app.attribute("map", "data-drawn").await?.map(drop))).await?;
    check("map").await?;
    app.press("search").await?;
    app.write("search-input", "катар").await?;
    app.see("search-hit").await?;
    check("search").await?;
    app.press("search-hit").await?;
    app.see("country-name").await?;
    check("country").await?;
    for (from, screen) in [("stuck", "stuck"), ("verify", "verify")] {
        app.press("tab-now").await?;
        app.press(from).await?;
        app.see_gone(from).await?;
        check(screen).await?;
    }
    app.press("tab-trips").await?;
    app.press("trip-new").await?;
    app.press("form-import").await?;
    app.see("import-text").await?;
    check("import").await?;
    for (from, there) in [("left", "host"), ("privacy", "fingerprint"), ("settings-drill", "drill-begin")] {
        app.press("settings").await?;
        app.press(from).await?;
        app.see(there).await?;
        check(from).await?;
    }
    app.press("settings").await?;
    app.see("send-now").await?;
    check("settings").await
}
