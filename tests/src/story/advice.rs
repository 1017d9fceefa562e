//! Step 5. The ministry warns of a closed airspace and passes on another authority's alert.

use contract::words::Lang;
use jiff::ToSpan;

use crate::{
    Result,
    app::App,
    ensure, fixtures,
    form::fill_in_stay,
    plan::Plan,
    waiting::{PATIENCE, eventually},
    world::World,
};

const FREEZING_RAIN: &str = "Freezing rain, icing";

pub async fn arrives(world: &World, app: App, plan: &Plan) -> Result<App> {
    let told = fixtures::told(world.traveller.lang)?;
    app.press("tab-now").await?;
    app.see_in("link-state", world.messages()?.get("link_connected")?).await?;
    world.wire.forget();
    let focus = app.focus().await?;
    // the alert first: when the advisory's notification is here, one of the alert would be too
    let alert = fixtures::alert(world.desktop.folder())?;
    let advisory = fixtures::advisory(world.desktop.folder(), "")?;
    let published = world.ministry.publish(&[&alert, &advisory]).await?;
    ensure!(published.len() == 2, "two entries, published {published:?}");
    app.see_in("advisory-lead", &told.headline).await?;
    let asked: Vec<_> = world.wire.seen().into_iter().map(|seen| seen.path).collect();
    let polled = asked.iter().any(|path| path.starts_with("/v1/bulletin/"));
    ensure!(!polled, "the stream brings it, nothing is asked for: {asked:?}");
    let lead = app.text("advisory-lead").await?;
    let (step, why) = (lead.find(&told.first_step), lead.find(&told.why));
    ensure!(step.is_some() && step < why, "what to do comes first, then why: {lead}");
    announced(&app, &told.headline, &focus).await?;
    notified_once(world, &told.headline).await?;
    // another authority's alert is told by its event, in the reader's words
    let event = match world.traveller.lang {
        Lang::Kk => "Көктайғақ, қар, аяз",
        Lang::Ru => "Гололёд, снег, мороз",
        Lang::En => FREEZING_RAIN,
    };
    app.see_in("advisory-item", event).await?;
    world.screen(&app, "advice").await?;
    second_trip(world, &app, plan).await?;
    let notified = world.notified(2).await?;
    let last = &notified[1];
    ensure!(notified.len() == 2 && last.summary.contains(event), "the second notification: {notified:?}");
    ensure!(last.urgency == "NORMAL", "a moderate alert is {}", last.urgency);
    once_for_all(world, app).await
}

/// The page's live region says it, and what had the focus keeps it.
async fn announced(app: &App, headline: &str, focus: &str) -> Result {
    let said = "return [...document.querySelectorAll('[aria-live], [role=status], [role=alert]')]
        .map((it) => it.textContent).join('\\n')";
    eventually("the advice aloud", PATIENCE, async || {
        Ok(app.run(said).await?.as_str().is_some_and(|said| said.contains(headline)).then_some(()))
    })
    .await?;
    let now = app.focus().await?;
    ensure!(now == focus, "new advice moved the focus from {focus} to {now}");
    Ok(())
}

async fn notified_once(world: &World, headline: &str) -> Result {
    let notified = world.notified(1).await?;
    ensure!(notified.len() == 1, "one notification, not {notified:?}");
    let only = &notified[0];
    ensure!(only.summary.contains(headline), "the notification says {only:?}");
    ensure!(only.urgency == "CRITICAL", "it is {}", only.urgency);
    let on_screen = world.desktop.on_screen().await?;
    ensure!(on_screen == 1, "{on_screen} notifications are on the screen");
    Ok(())
}

async fn second_trip(world: &World, app: &App, plan: &Plan) -> Result {
    let name = match world.traveller.lang {
        Lang::Kk => "Көкпекті",
        Lang::Ru => "Кокпекты",
        Lang::En => "Kokpekti",
    };
    // as it is typed on a keyboard without Kazakh letters
    fill_in_stay(app, "Кокпекты", name, plan.leaving, plan.leaving.checked_add(2.days())?).await?;
    app.press("trip-save").await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_received")?).await?;
    app.press("tab-trips").await?;
    app.see("trip-item").await?;
    world.screen(app, "trips").await
}

/// A restart, and a new contact, raise neither again.
async fn once_for_all(world: &World, app: App) -> Result<App> {
    app.kill_9().await?;
    let app = world.open().await?;
    let connected = world.messages()?.get("link_connected")?.to_owned();
    app.press("tab-now").await?;
    app.see_in("link-state", &connected).await?;
    world.desktop.put_away().await?;
    let edition = fixtures::advisory(world.desktop.folder(), " · 2")?;
    world.ministry.publish(&[&edition]).await?;
    // the new version is news, and it alone
    let notified = world.notified(3).await?;
    ensure!(notified.len() == 3 && notified[2].summary.contains(" · 2"), "after a restart: {notified:?}");
    app.see_in("advisory-lead", " · 2").await?;
    world.desktop.open_notification().await?;
    app.see_in("advisory-detail", " · 2").await?;
    Ok(app)
}
