//! The names other programs call the app by.

use std::process::Stdio;

use contract::words::Lang;
use tests::{
    Result,
    app::Hand,
    process::{Process, program},
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

#[tokio::test]
async fn the_environment_names_the_data_folder_and_the_profile() -> Result {
    let world = World::new(Traveller { lang: Lang::En, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let mut command = world.desktop.command(program("saparlas")?);
    command.env("SAPARLAS_DATA", world.data()).env("SAPARLAS_PROFILE", world.ministry.profile());
    let _app = Process::start_group("saparlas", command.stdout(Stdio::null()).stderr(Stdio::null()))?;
    let file = world.data().join("saparlas.db");
    eventually("the ministry's mark in the data folder", PATIENCE, async || {
        let kept = rusqlite::Connection::open_with_flags(&file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let bound: u32 =
            kept.query_row("SELECT count(*) FROM setting WHERE name = 'ministry'", [], |row| row.get(0))?;
        Ok((bound == 1).then_some(()))
    })
    .await
}
