//! A cry reaches an officer at the real desk through a network that comes and goes; what the officer writes is shown and
//! answered, and ends it.

use contract::words::Lang;
use tests::{
    Result,
    app::Hand,
    officer::Officer,
    plan::Plan,
    story::trip,
    waiting::{PATIENCE, eventually},
    wire::Mode,
    words::Messages,
    world::{Traveller, World},
};

async fn a_cry_is_answered(lang: Lang) -> Result {
    let plan = Plan::around_now()?;
    let mut world = World::new(Traveller { lang, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let messages = world.messages()?;
    let yes = Messages::of_console(lang)?.get("quick_yes")?.to_owned();
    let app = world.open().await?;
    trip::registered(&world, &app, &plan).await?;
    world.connect().await?;
    app.see_in("trip-delivery", messages.get("delivery_received")?).await?;
    let desk = world.ministry.open_desk().await?;
    let link = world.ministry.add_officer("Дана", "silver", &desk).await?;
    let officer = Officer::sign_in(&world.desktop, lang, &link).await?;

    // with the network cut it stays on the phone, and says so
    world.wire.set(Mode::Cut).await?;
    app.press("tab-trips").await?;
    app.press("trip-item").await?;
    app.press("check-in-help").await?;
    // it is asked for whom
    app.press("whom-all").await?;
    app.press("cry-send").await?;
    app.press("tab-now").await?;
    app.press("case-say-more").await?;
    app.press("need-medical").await?;
    // whoever looks at another screen meanwhile loses no word
    app.write("more-words", "инсулин 7").await?;
    app.press("tab-now").await?;
    app.press("case-say-more").await?;
    eventually("what was typed", PATIENCE, async || Ok((app.value("more-words").await? == "инсулин 7").then_some(())))
        .await?;
    app.press("more-send").await?;
    app.see_in("my-case", messages.get("delivery_waiting")?).await?;
    world.screen(&app, "my-case").await?;
    world.wire.set(Mode::Pass).await?;
    eventually("the cry with the ministry", PATIENCE, async || {
        Ok((app.attribute("step-received", "data-done").await?.as_deref() == Some("true")).then_some(()))
    })
    .await?;

    officer.take_first().await?;
    let asks = "4812 ?";
    officer.ask(asks).await?;
    app.see_in("case-words", asks).await?;
    eventually("its notification", PATIENCE, async || {
        Ok(world.desktop.notifications()?.iter().any(|told| told.body == asks).then_some(()))
    })
    .await?;
    app.press("case-messages").await?;
    app.see("quick-yes").await?;
    world.screen(&app, "messages").await?;

    // what is said with the network away goes when it is back
    world.wire.set(Mode::Cut).await?;
    app.press("quick-yes").await?;
    app.see("message-delivery").await?;
    app.write("message-text", "4 этаж").await?;
    app.press("tab-now").await?;
    app.press("case-messages").await?;
    eventually("what was begun", PATIENCE, async || Ok((app.value("message-text").await? == "4 этаж").then_some(())))
        .await?;
    app.press("closes").await?;
    app.write("closes-text", "OK 17").await?;
    app.press("closes-send").await?;
    app.see_in("message-delivery", messages.get("delivery_waiting")?).await?;
    world.wire.set(Mode::Pass).await?;
    officer.reads(&yes).await?;
    officer.reads("OK 17").await?;
    officer.close("OK 17").await?;
    app.press("tab-now").await?;
    eventually("the end of the case", PATIENCE, async || {
        Ok((app.attribute("my-case", "data-step").await?.as_deref() == Some("closed")).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_cry_is_answered_in_kazakh() -> Result {
    a_cry_is_answered(Lang::Kk).await
}

#[tokio::test]
async fn a_cry_is_answered_in_russian() -> Result {
    a_cry_is_answered(Lang::Ru).await
}

#[tokio::test]
async fn a_cry_is_answered_in_english() -> Result {
    a_cry_is_answered(Lang::En).await
}
