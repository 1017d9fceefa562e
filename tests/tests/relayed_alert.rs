//! Kazhydromet's own alert, as it was published, dated now.

use contract::words::Lang;
use jiff::ToSpan;
use tests::{
    Result,
    app::Hand,
    ensure, fixtures,
    form::fill_in_stay,
    plan::Plan,
    world::{Traveller, World},
};

#[tokio::test]
async fn a_real_alert_is_notified_to_those_inside_its_shape_alone() -> Result {
    let mut world =
        World::new(Traveller { lang: Lang::Ru, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let Some(alert) = fixtures::real_alert(world.desktop.folder())? else {
        eprintln!("skipped: no corpus");
        return Ok(());
    };
    world.connect().await?;
    world.ministry.publish(&[&alert]).await?;
    let app = world.open().await?;
    app.see_in("advisory-lead", "Freezing rain, icing").await?;
    let tomorrow = Plan::around_now()?.arrival.checked_add(2.days())?;
    fill_in_stay(&app, "Алматы", "Алматы", tomorrow, tomorrow).await?;
    app.press("trip-save").await?;
    app.see("trip-edit").await?;
    fill_in_stay(&app, "Кокпекты", "Кокпекты", tomorrow.checked_add(1.day())?, tomorrow.checked_add(2.days())?).await?;
    ensure!(world.desktop.notifications()?.is_empty(), "Almaty is outside the alert's shape");
    app.press("trip-save").await?;
    let notified = world.notified(1).await?;
    ensure!(notified.len() == 1 && notified[0].summary.contains("Гололёд"), "notified: {notified:?}");
    ensure!(notified[0].urgency == "NORMAL", "a moderate alert is {}", notified[0].urgency);
    Ok(())
}
