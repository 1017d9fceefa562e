//! A topic on paper: the desktop's own dialog asks for the printer.

use contract::words::Lang;
use tests::{
    Result,
    app::Hand,
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

#[tokio::test]
async fn printing_a_topic_opens_the_desktop_s_dialog() -> Result {
    let world = World::new(Traveller { lang: Lang::En, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let app = world.open().await?;
    app.press("tab-guidance").await?;
    app.press("topic-transit").await?;
    app.press("print").await?;
    eventually("the dialog", PATIENCE, async || {
        let windows = world.desktop.windows().await?;
        if windows.contains("\"Print\"") { Ok(Some(())) } else { Err(windows.into()) }
    })
    .await
}
