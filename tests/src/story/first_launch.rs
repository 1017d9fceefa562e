//! Step 1. A new device, no network, no front.

use contract::words::Lang;
use serde_json::json;

use crate::{
    Result,
    app::{App, Launch},
    ensure,
    fixtures::demo_number,
    waiting::{PATIENCE, eventually},
    words::Messages,
    world::World,
};

/// The page as the shell serves it, read in a frame that may run no script.
const SERVED: &str = "const done = arguments[arguments.length - 1];
    const frame = document.createElement('iframe');
    frame.sandbox = 'allow-same-origin';
    frame.onload = () => done(frame.contentDocument.documentElement.outerHTML);
    frame.src = '/index.html';
    document.body.append(frame);";

/// Puts that page in the window's place, without its scripts; `open` drops every listener there was.
const WITHOUT_SCRIPTS: &str = "const page = new DOMParser().parseFromString(arguments[0], 'text/html');
    page.querySelectorAll('script, link[rel=modulepreload]').forEach((it) => it.remove());
    document.open();
    document.write(page.documentElement.outerHTML);
    document.close();
    return document.scripts.length;";

pub async fn told(world: &World) -> Result {
    for lang in Lang::ALL {
        let data = world.desktop.folder().join(format!("first-{}", lang.tag()));
        let app = world.open_as(&Launch { data, lang, ..world.launch() }).await?;
        speaks(&app, lang).await?;
        world.screen(&app, &format!("first-launch-{}", lang.tag())).await?;
        guidance_can_be_read(world, &app, lang).await?;
        if lang == Lang::Kk {
            language_can_be_switched(&app).await?;
        }
        if lang == Lang::En {
            the_call_bar_dials_before_any_script(world, &app).await?;
        }
        app.kill_9().await?;
    }
    Ok(())
}

async fn speaks(app: &App, lang: Lang) -> Result {
    let messages = Messages::of(lang)?;
    for tab in ["tab-now", "tab-trips", "tab-guidance", "tab-map", "tab-contacts"] {
        app.see_in(tab, messages.get(&tab.replace('-', "_"))?).await?;
    }
    let said = app.run("return document.documentElement.lang").await?;
    ensure!(said == lang.tag(), "a system in {} opens in {said}", lang.tag());
    let call = match lang {
        Lang::Kk => "Консулға қоңырау шалу",
        Lang::Ru => "Позвонить консулу",
        Lang::En => "Call the consul",
    };
    app.see_in("call-bar", call).await
}

async fn guidance_can_be_read(world: &World, app: &App, lang: Lang) -> Result {
    let messages = Messages::of(lang)?;
    app.press("tab-guidance").await?;
    app.see("topic-transit").await?;
    let topics = app.run("return document.querySelectorAll('[data-testid^=\"topic-\"]').length").await?;
    ensure!(topics == json!(38), "thirty-eight topics, not {topics}");
    app.press("topic-transit").await?;
    app.see_in("topic", messages.get("topic_do")?).await?;
    let steps = app.run("return document.querySelectorAll('[data-testid=topic] ol li').length").await?;
    ensure!(steps.as_u64() >= Some(4), "a topic has {steps} steps");
    world.screen(app, &format!("topic-{}", lang.tag())).await
}

async fn language_can_be_switched(app: &App) -> Result {
    for lang in [Lang::En, Lang::Kk] {
        app.press("settings").await?;
        app.press(&format!("lang-{}", lang.tag())).await?;
        eventually("the page in the new language", PATIENCE, async || speaks(app, lang).await.map(Some)).await?;
    }
    Ok(())
}

async fn the_call_bar_dials_before_any_script(world: &World, app: &App) -> Result {
    let number = demo_number("line.ministry")?;
    let served = app.run_async(SERVED).await?;
    let link = format!("href=\"tel:{number}\"");
    ensure!(served.as_str().is_some_and(|page| page.contains(&link)), "the page is served without {link}");
    let scripts = app.run_with(WITHOUT_SCRIPTS, vec![served]).await?;
    ensure!(scripts == json!(0), "{scripts} scripts are left");
    app.click("call-bar").await?;
    dialled(world, &number, 1).await
}

/// Waits until the dialler was handed `count` numbers, the last of them this one.
pub async fn dialled(world: &World, number: &str, count: usize) -> Result {
    let wanted = format!("tel:{number}");
    eventually(&format!("the dialler with {wanted}"), PATIENCE, async || {
        let dialled = world.desktop.dialled()?;
        ensure!(dialled.len() <= count, "dialled too often: {dialled:?}");
        let right = dialled.len() == count && dialled.last() == Some(&wanted);
        if right { Ok(Some(())) } else { Err(format!("dialled: {dialled:?}").into()) }
    })
    .await
}
