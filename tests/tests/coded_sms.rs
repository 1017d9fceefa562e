//! A cry of a phone that never had a network goes as an SMS, is a case at the desk, and is the same case when it comes by
//! data too.

use contract::words::Lang;
use serde_json::{Value, json};
use tests::{
    Result,
    app::Hand,
    ensure, now,
    plan::Plan,
    story::trip,
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

const NUMBER: &str = "+442079460990";

async fn cases(world: &World, is: impl Fn(&[Value]) -> bool) -> Result<Vec<Value>> {
    eventually("the case at the desk", PATIENCE, async || {
        let cases: Vec<Value> = serde_json::from_value(world.ministry.cases().await?)?;
        if is(&cases) { Ok(Some(cases)) } else { Err(format!("{cases:?}").into()) }
    })
    .await
}

async fn a_cry_goes_by_sms(lang: Lang) -> Result {
    let mut world = World::new(Traveller { lang, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    world.desktop.install_messages()?;
    let app = world.open().await?;
    trip::registered(&world, &app, &Plan::around_now()?).await?;
    app.press("tab-trips").await?;
    app.press("trip-item").await?;
    app.press("check-in-help").await?;
    // it is asked for whom
    app.press("whom-all").await?;
    app.press("cry-send").await?;
    app.press("tab-now").await?;
    app.press("by-sms").await?;
    app.see("sms-trace").await?;
    app.see("sms-qr").await?;
    world.screen(&app, "coded-sms").await?;
    app.press("sms-open").await?;
    let prefix = format!("sms:{NUMBER}?body=");
    let code = eventually("the SMS, filled in", PATIENCE, async || {
        let written = world.desktop.written()?;
        Ok(written.iter().find_map(|one| one.trim().strip_prefix(&prefix)).map(str::to_owned))
    })
    .await?;
    ensure!(code.len() == 160, "{code}");
    ensure!(!app.has("call-outcome").await? && !app.has("more-ways").await?, "it is asked as after a call");

    // the ministry works, and this phone is still alone
    world.ministry.serve().await?;
    let url = world.ministry.open_desk().await?;
    let told = world.ministry.bring_sms(&url, &format!("{}\t+971500000001\t{code}\n", now())).await?;
    ensure!(told.contains("taken"), "{told}");
    let by_sms = cases(&world, |cases| cases.len() == 1).await?;
    ensure!(by_sms[0]["by_sms"] == json!(true) && by_sms[0]["unconfirmed"] == json!(true), "{by_sms:?}");

    // it is started again where there is a network: the word comes by data too
    app.kill_9().await?;
    world.wire.set(tests::wire::Mode::Pass).await?;
    let _app = world.open().await?;
    let by_data = cases(&world, |cases| cases.len() == 1 && cases[0]["by_sms"].is_null()).await?;
    // while nobody has proven it the word stands under an id of its own
    ensure!(by_data[0]["device"] == by_sms[0]["device"], "another phone: {by_data:?} after {by_sms:?}");
    let again = world.ministry.bring_sms(&url, &format!("{}\t+971500000001\t{code}\n", now())).await?;
    ensure!(again.contains("known already"), "{again}");
    Ok(())
}

#[tokio::test]
async fn a_cry_goes_by_sms_where_there_is_no_network() -> Result {
    a_cry_goes_by_sms(Lang::Kk).await
}
