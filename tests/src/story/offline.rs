//! A device that never had a network: where am I, whom do I call, what do I do, what is the level here.

use contract::words::Lang;
use serde_json::json;

use crate::{
    Result,
    app::App,
    ensure,
    fixtures::demo_number,
    waiting::{PATIENCE, eventually},
    world::World,
};

/// The place is chosen by hand; the numbers, the mission and the call bar follow it.
pub async fn where_i_am(world: &World, app: &App) -> Result {
    app.press("settings").await?;
    app.press("where-open").await?;
    app.choose("where-place", "Дубай", city(world.traveller.lang)).await?;
    eventually("Dubai as the place", PATIENCE, async || {
        Ok((app.attribute("where-now", "data-source").await?.as_deref() == Some("chosen")).then_some(()))
    })
    .await?;
    app.press("tab-now").await?;
    app.see_in("emergency", "999").await?;
    app.see("my-mission").await?;
    app.leads_to("call-bar", &format!("tel:{}", demo_number("line.dubai")?)).await?;
    app.see("calm").await?;
    world.screen(app, "offline-now").await
}

/// What a frightened person types leads to the text that answers, with what was typed marked in it.
pub async fn questions(world: &World, app: &App) -> Result {
    let (question, topic) = match world.traveller.lang {
        Lang::Kk => ("паспорт жоғалды", "lost-passport"),
        Lang::Ru => ("аэропорт закрыли что делать", "stranded"),
        Lang::En => ("siren what do i do", "air-raid"),
    };
    app.press("search").await?;
    app.write("search-input", question).await?;
    let first = format!("topic {topic}");
    eventually(&format!("{first} among the first three"), PATIENCE, async || {
        let hits = hits(app).await?;
        if hits.iter().take(3).any(|hit| *hit == first) { Ok(Some(())) } else { Err(format!("found: {hits:?}").into()) }
    })
    .await?;
    let marked = app.run("return document.querySelectorAll('[data-testid=search-hit] mark').length").await?;
    ensure!(marked.as_u64() >= Some(1), "nothing that was typed is marked");
    world.screen(app, "search").await?;
    // on the wrong keyboard layout, and with a slip
    for typed in ["le,fq", "дубпй"] {
        app.rewrite("search-input", typed).await?;
        eventually(&format!("Dubai for {typed}"), PATIENCE, async || {
            let hits = hits(app).await?;
            if hits.first().is_some_and(|hit| hit == "city ae-dubai") {
                Ok(Some(()))
            } else {
                Err(format!("found: {hits:?}").into())
            }
        })
        .await?;
    }
    app.rewrite("search-input", "щщщщщщ").await?;
    app.see("search-none").await?;
    world.screen(app, "search-none").await
}

/// What each answer leads to, in order.
async fn hits(app: &App) -> Result<Vec<String>> {
    let targets = "return [...document.querySelectorAll('[data-testid=search-hit]')].map((hit) => hit.dataset.target)";
    Ok(serde_json::from_value(app.run(targets).await?)?)
}

/// A country's page is there without the ministry: its level, its numbers, its mission.
pub async fn country(world: &World, app: &App) -> Result {
    let (typed, name) = match world.traveller.lang {
        Lang::Kk => ("катар", "Катар"),
        Lang::Ru => ("rfnfh", "Катар"),
        Lang::En => ("qatra", "Qatar"),
    };
    app.press("search").await?;
    app.rewrite("search-input", typed).await?;
    eventually("Qatar", PATIENCE, async || Ok(hits(app).await?.contains(&"country QA".to_owned()).then_some(())))
        .await?;
    app.run("document.querySelector('[data-target=\"country QA\"]').focus()").await?;
    app.key(fantoccini::key::Key::Enter).await?;
    app.see_in("country-name", name).await?;
    app.see_in("emergency", "999").await?;
    app.see_in("mission", &demo_number("line.doha")?).await?;
    app.see("country-times").await?;
    app.see("country-topic").await?;
    world.screen(app, "country").await
}

/// The map is drawn, answers a question about its middle, and says all of it in words beside.
pub async fn map(world: &World, app: &App) -> Result {
    app.press("tab-map").await?;
    eventually("the map", PATIENCE, async || Ok(app.attribute("map", "data-drawn").await?.map(drop))).await?;
    let blank = app.run(BLANK).await?;
    ensure!(blank == json!(false), "the map is one colour");
    app.run("document.querySelector('[data-testid=map]').focus()").await?;
    app.key(fantoccini::key::Key::Enter).await?;
    app.see("map-sheet").await?;
    eventually("what is in the middle", PATIENCE, async || {
        Ok(app.attribute("map-sheet", "data-kind").await?.map(drop))
    })
    .await?;
    app.see("map-levels").await?;
    world.screen(app, "map").await
}

/// Whether every point of the map that is looked at has the same colour.
const BLANK: &str = "
    const canvas = document.querySelector('[data-testid=map] canvas');
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const seen = new Set();
    for (let at = 0; at < pixels.length; at += 4 * 97) seen.add(`${pixels[at]} ${pixels[at + 1]} ${pixels[at + 2]}`);
    return seen.size < 3;";

/// A chat opens the messenger it is in, and no link opens that nothing verified names.
pub async fn contacts(world: &World, app: &App) -> Result {
    app.press("tab-contacts").await?;
    app.see_in("mission", &demo_number("line.dubai")?).await?;
    app.see("chat").await?;
    world.screen(app, "contacts-offline").await?;
    let link = "return document.querySelector('[data-testid=chat] a').href";
    let url = app.run(link).await?.as_str().unwrap_or_default().to_owned();
    ensure!(url.starts_with("https://t.me/"), "the chat leads to {url}");
    app.run("document.querySelector('[data-testid=chat] a').click()").await?;
    eventually("the messenger", PATIENCE, async || Ok(world.desktop.browsed()?.contains(&url).then_some(()))).await?;
    app.run("location.href = 'https://example.org/not-the-ministry'").await?;
    app.run("document.querySelector('[data-testid=chat] a').click()").await?;
    // links open in turn: when the second is there, the foreign one would be too
    let expected = [url.clone(), url];
    eventually("the messenger again", PATIENCE, async || Ok((world.desktop.browsed()?.len() >= 2).then_some(())))
        .await?;
    ensure!(world.desktop.browsed()? == expected, "opened: {:?}", world.desktop.browsed()?);
    Ok(())
}

/// Whoever does not hear or speak writes with one tap; the voice stands beside.
pub async fn writing_first(world: &World, app: &App) -> Result {
    app.press("settings").await?;
    app.press("prefers-text").await?;
    let voice = format!("tel:{}", demo_number("line.dubai")?);
    app.leads_to("second-way", &voice).await?;
    let text = app.attribute("call-bar", "href").await?.unwrap_or_default();
    ensure!(text.starts_with("sms:+"), "the call bar leads to {text}");
    world.screen(app, "writing-first").await?;
    app.press("call-bar").await?;
    // where they are and how many is written already
    let begun = format!("{text}?body=");
    eventually("the message", PATIENCE, async || {
        Ok(matches!(&world.desktop.written()?[..], [one] if one.starts_with(&begun)).then_some(()))
    })
    .await?;
    app.press("outcome-tapped-by-mistake").await?;
    app.see_gone("outcome-tapped-by-mistake").await?;
    app.press("settings").await?;
    app.press("prefers-text").await?;
    app.leads_to("call-bar", &voice).await
}

/// The topic on violence is read and leaves neither its address nor a way back to it.
pub async fn no_trace(world: &World, app: &App) -> Result {
    app.press("tab-guidance").await?;
    app.press("topic-violence").await?;
    app.see("topic").await?;
    world.screen(app, "violence").await?;
    let address = app.run("return location.href + document.title").await?;
    ensure!(!address.as_str().unwrap_or_default().contains("violence"), "the address says {address}");
    app.press("leave").await?;
    app.see_gone("topic").await?;
    app.press("tab-contacts").await?;
    app.see("mission").await?;
    for _ in 0..2 {
        let address = app.run_async(BACK).await?;
        ensure!(!address.as_str().unwrap_or_default().contains("violence"), "the way back leads to {address}");
        ensure!(!app.has("topic").await?, "the way back leads to the topic");
    }
    Ok(())
}

/// One step back, to where it leads.
const BACK: &str = "const done = arguments[0];
    addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(() => done(location.href))),
        { once: true });
    history.back();";

fn city(lang: Lang) -> &'static str {
    match lang {
        Lang::Kk | Lang::Ru => "Дубай",
        Lang::En => "Dubai",
    }
}
