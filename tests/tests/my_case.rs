//! A cry reaches the ministry through a network that comes and goes; what the desk writes is shown, answered and closes it.

use contract::{
    entry::advisory::Announced,
    ids::DeviceId,
    record::{CaseKind, CaseStep, CaseWord, PrivateLetter, PrivateMessage, QuickAnswer, Rank},
    words::Lang,
};
use rand::{SeedableRng, rngs::StdRng};
use reqwest::Client;
use rusqlite::{Connection, OpenFlags};
use tests::{
    Result,
    app::Hand,
    now,
    plan::Plan,
    story::trip,
    waiting::{PATIENCE, eventually},
    wire::Mode,
    world::{Traveller, World},
};

/// Who the phone is to the ministry, as its data file says.
fn phone(world: &World) -> Result<(DeviceId, String)> {
    let file = world.data().join("saparlas.db");
    let file = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let setting = |name: &str| file.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0));
    let (id, public): (String, String) = (setting("device_id")?, setting("device_public_key")?);
    Ok((id.parse()?, public))
}

fn http() -> Result<Client> {
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(Client::builder().no_proxy().build()?)
}

fn letter(lang: Lang, text: &str, step: CaseStep) -> PrivateLetter {
    let case = CaseWord {
        number: 4812,
        kind: CaseKind::Medical,
        step,
        rank: Some(Rank::Hours),
        reason: "2".into(),
        promised: None,
        outcome: String::new(),
    };
    PrivateLetter {
        at: now(),
        language: lang.into(),
        text: text.into(),
        announced: Announced::Loud,
        neutral: false,
        person: None,
        case: Some(case),
        asks: vec![QuickAnswer::Yes, QuickAnswer::No],
    }
}

async fn written(world: &World, http: &Client, is: impl Fn(&PrivateMessage) -> bool) -> Result {
    eventually("a message at the desk", PATIENCE, async || {
        Ok(world.ministry.messages(http).await?.iter().any(&is).then_some(()))
    })
    .await
}

async fn a_cry_is_answered(lang: Lang) -> Result {
    let plan = Plan::around_now()?;
    let mut world = World::new(Traveller { lang, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let messages = world.messages()?;
    let app = world.open().await?;
    trip::registered(&world, &app, &plan).await?;
    world.connect().await?;
    app.see_in("trip-delivery", messages.get("delivery_received")?).await?;
    let (http, phone, mut rng) = (http()?, phone(&world)?, StdRng::seed_from_u64(1));
    let phone = (phone.0, phone.1.as_str());

    // with the network cut it stays on the phone, and says so
    world.wire.set(Mode::Cut).await?;
    app.press("tab-trips").await?;
    app.press("trip-item").await?;
    app.press("check-in-help").await?;
    app.press("tab-now").await?;
    app.press("case-say-more").await?;
    app.press("need-medical").await?;
    app.press("more-send").await?;
    app.see_in("my-case", messages.get("delivery_waiting")?).await?;
    world.screen(&app, "my-case").await?;
    world.wire.set(Mode::Pass).await?;
    eventually("the cry with the ministry", PATIENCE, async || {
        Ok((app.attribute("step-received", "data-done").await?.as_deref() == Some("true")).then_some(()))
    })
    .await?;

    world.ministry.write(&http, phone, &letter(lang, "4812 ?", CaseStep::Answered), &mut rng).await?;
    app.see_in("case-words", "4812 ?").await?;
    eventually("its notification", PATIENCE, async || {
        Ok(world.desktop.notifications()?.iter().any(|told| told.body == "4812 ?").then_some(()))
    })
    .await?;
    app.press("case-messages").await?;
    app.see_in("letter", "4812 ?").await?;
    world.screen(&app, "messages").await?;

    // an answer that is given with the network away goes when it is back
    world.wire.set(Mode::Cut).await?;
    app.press("quick-yes").await?;
    app.see_in("message-delivery", messages.get("delivery_waiting")?).await?;
    world.wire.set(Mode::Pass).await?;
    written(&world, &http, |message| message.quick == Some(QuickAnswer::Yes)).await?;
    app.press("closes").await?;
    app.write("closes-text", "OK").await?;
    app.press("closes-send").await?;
    written(&world, &http, |message| message.closes && message.text == "OK").await?;

    world.ministry.write(&http, phone, &letter(lang, "", CaseStep::Closed), &mut rng).await?;
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
