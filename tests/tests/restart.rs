//! A start of the app meets another that was ended in the middle of things.

use std::process::Stdio;

use contract::words::Lang;
use tests::{
    Result,
    app::Hand,
    process::{Process, kill_9, pause, program},
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

#[tokio::test]
async fn an_app_that_dies_while_the_next_one_asks_for_it_does_not_keep_it_from_opening() -> Result {
    let world = World::new(Traveller { lang: Lang::En, hand: Hand::Pointer, large_and_narrow: false }, None).await?;
    let start = |data: &str| {
        let mut command = world.desktop.command(program("saparlas")?);
        command.arg("--data").arg(world.desktop.folder().join(data));
        command.arg("--profile").arg(world.ministry.profile());
        Process::start_group("saparlas", command.stdout(Stdio::null()).stderr(Stdio::null()))
    };
    let opened = async |data: &str| {
        let file = world.desktop.folder().join(data).join("saparlas.db");
        eventually(&format!("{data} in use"), PATIENCE, async || Ok(file.exists().then_some(()))).await
    };
    let first = start("first")?;
    opened("first").await?;
    let pid = first.id().ok_or("the first app has ended")?;
    pause(pid)?;
    let mut monitor = world.desktop.command("dbus-monitor");
    monitor.args(["--session", "member=ExecuteCallback"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut monitor = Process::start("dbus-monitor", &mut monitor)?;
    // its first line says that it listens
    let _second = monitor.line_then(|| start("second"), |line| line.contains("member=ExecuteCallback")).await?;
    kill_9(pid)?;
    opened("second").await
}
