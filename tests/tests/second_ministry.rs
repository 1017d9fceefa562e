//! Another ministry's app: Uzbekistan's, with its own name, number and languages, from its description alone.

use contract::words::Lang;
use jiff::ToSpan;
use serde_json::json;
use tests::{
    Result,
    app::{App, Hand},
    ensure, fixtures,
    form::fill_in_stay,
    plan::Plan,
    words::Messages,
    world::{Traveller, World},
};

#[tokio::test]
async fn its_people_are_told_in_its_languages_and_counted_by_it() -> Result {
    let ministry = fixtures::second_ministry()?;
    let traveller = Traveller { lang: Lang::Ru, hand: Hand::Pointer, large_and_narrow: false };
    let mut world = World::of(ministry.clone(), traveller).await?;
    let app = world.open().await?;

    let line = &ministry["line"];
    let number = line["number"].as_str().unwrap_or_default();
    app.leads_to("call-bar", &format!("tel:{number}")).await?;
    app.see_in_call_bar(line["name"]["ru"].as_str().unwrap_or_default()).await?;
    for (lang, tag) in [(Lang::En, "en"), (Lang::Kk, "uz"), (Lang::Ru, "ru")] {
        speak(&app, lang).await?;
        let name = ministry["name"][tag].as_str().unwrap_or_default();
        app.see_in("ministry", name).await?;
    }

    let plan = Plan::around_now()?;
    fill_in_stay(&app, "Дубай", "Дубай", plan.arrival, plan.leaving).await?;
    app.press("trip-save").await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_waiting")?).await?;
    world.connect().await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_received")?).await?;
    let (there, after) = (plan.a_night()?, plan.two_days_after()?.checked_add(24.hours())?);
    for (at, people, overdue) in [(there, 1, 0), (after, 0, 1)] {
        let count = world.ministry.headcount(("country", "AE"), at).await?;
        let right = count["people"] == json!(people) && count["overdue"] == json!(overdue);
        ensure!(right, "at {at}: {people} people and {overdue} overdue expected, {count} counted");
    }

    let advisory = fixtures::second_advisory(world.desktop.folder())?;
    world.ministry.publish(&[&advisory]).await?;
    // a reader of Kazakh, which the ministry does not speak, is told in its first language
    for (lang, tag) in [(Lang::Ru, "ru"), (Lang::Kk, "uz"), (Lang::En, "en")] {
        speak(&app, lang).await?;
        let told = fixtures::second_told(tag)?;
        app.press("tab-now").await?;
        for words in [&told.headline, &told.first_step, &told.why] {
            app.see_in("advisory-lead", words).await?;
        }
        let marked = "const lead = document.querySelector('[data-testid=advisory-lead]');
            const words = [lead, ...lead.querySelectorAll('*')].filter((it) => it.textContent.includes(arguments[0]));
            return words.pop().closest('[lang]').lang";
        let marked = app.run_with(marked, vec![told.headline.as_str().into()]).await?;
        ensure!(marked == tag, "what is said in {tag} is marked {marked}");
    }
    Ok(())
}

/// Has the app speak a language, and stays in its settings.
async fn speak(app: &App, lang: Lang) -> Result {
    app.press("settings").await?;
    app.press(&format!("lang-{}", lang.tag())).await?;
    app.see_in("tab-now", Messages::of(lang)?.get("tab_now")?).await
}
