//! A leader goes through the roll with one thumb: nothing moves under it, and whoever is pressed is marked.

use contract::words::Lang;
use serde_json::json;
use tests::{
    Result,
    app::{App, Hand},
    ensure,
    form::fill_in_stay,
    plan::Plan,
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

const PEOPLE: usize = 12;
/// As many as stand on the screen above the foot.
const PRESSED: usize = 3;

/// A list that is pasted.
const PASTE: &str = "
    const field = document.querySelector('[data-testid=list-text]');
    field.value = arguments[0];
    field.dispatchEvent(new Event('input', { bubbles: true }))";

/// The middle of each row of those who are missing, on the screen, by number.
const ROWS: &str = "
    return [...document.querySelectorAll('[data-testid=roll-part-missing] [data-testid^=roll-][data-status]')].map((row) => {
        const { left, top, width, height } = row.getBoundingClientRect();
        return [Number(row.dataset.testid.slice(5)), Math.round(left + width / 2), Math.round(top + height / 2)];
    })";

/// Who is marked as here, by number.
const HERE: &str = "
    return [...document.querySelectorAll('[data-testid^=roll-][data-status=safe]')]
        .map((row) => Number(row.dataset.testid.slice(5))).sort((a, b) => a - b)";

async fn rows(app: &App) -> Result<Vec<(i64, f64, f64)>> {
    Ok(serde_json::from_value(app.run(ROWS).await?)?)
}

#[tokio::test]
async fn whoever_is_pressed_in_one_go_is_marked_and_nobody_else() -> Result {
    let world = World::new(Traveller { lang: Lang::Kk, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let app = world.open().await?;
    let plan = Plan::around_now()?;
    fill_in_stay(&app, "Дубай", "Дубай", plan.arrival, plan.leaving).await?;
    app.press("trip-save").await?;
    app.press("party-open").await?;
    app.press("party-bring").await?;
    let names: Vec<String> = (1..=PEOPLE).map(|number| format!("Серікұлы Марат{number}")).collect();
    app.see("list-text").await?;
    app.run_with(PASTE, vec![json!(names.join("\n"))]).await?;
    app.press("list-read").await?;
    app.press("list-take").await?;
    app.press("roll-begin").await?;
    app.see("roll-tell").await?;

    let before = rows(&app).await?;
    ensure!(before.len() == PEOPLE, "{} are missing: {before:?}", before.len());
    let pressed = before.get(..PRESSED).unwrap_or_default();
    app.press_at(&pressed.iter().map(|(_, x, y)| (*x, *y)).collect::<Vec<_>>()).await?;
    let mut expected: Vec<i64> = pressed.iter().map(|(number, ..)| *number).collect();
    expected.sort_unstable();
    eventually("those who were pressed", PATIENCE, async || {
        let here = app.run(HERE).await?;
        if here == json!(expected) { Ok(Some(())) } else { Err(format!("{here} are here").into()) }
    })
    .await?;
    ensure!(!app.has("roll-told").await?, "the ministry was told by a press on a name");
    let still = rows(&app).await?;
    ensure!(still == before, "the rows moved under the thumb: {before:?}, {still:?}");
    app.press("roll-in-order").await?;
    eventually("rows in their order", PATIENCE, async || {
        let left = rows(&app).await?.len();
        if left == PEOPLE - PRESSED { Ok(Some(())) } else { Err(format!("{left} are missing").into()) }
    })
    .await
}
