//! The main job of the app, whole, in a real window.

use contract::words::Lang;
use tests::{Result, story};

#[tokio::test]
async fn the_main_job_whole() -> Result {
    story::whole(&mut |step| eprintln!("{step} … ok"), None).await
}

#[tokio::test]
async fn all_a_traveller_needs_with_no_network_in_three_languages() -> Result {
    for lang in Lang::ALL {
        story::offline(&mut |step| eprintln!("{step} … ok"), lang, None).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_main_job_by_keyboard_alone_in_kazakh_at_200_percent_and_320_px() -> Result {
    story::by_keyboard(&mut |step| eprintln!("{step} … ok"), None).await
}
