//! Walks through the main job by itself, says each step that held, and leaves a picture of every screen.

use std::{
    io::{Write, stdout},
    process::ExitCode,
};

use contract::words::Lang;
use tests::{story, words::at_root};

#[tokio::main]
async fn main() -> ExitCode {
    let shots = at_root("target/tour");
    let mut say = |step: &str| drop(writeln!(stdout(), "{step} … ok"));
    // pictures of an earlier tour would pass for this one's; an error means that there are none
    drop(std::fs::remove_dir_all(&shots));
    let whole = async {
        story::whole(&mut say, Some(shots.clone())).await?;
        story::by_keyboard(&mut say, Some(shots.join("keyboard"))).await?;
        for lang in Lang::ALL {
            story::offline(&mut say, lang, Some(shots.join(format!("offline-{}", lang.tag())))).await?;
        }
        Ok::<(), tests::Fault>(())
    };
    match whole.await {
        Ok(()) => {
            drop(writeln!(stdout(), "A picture of every screen is in {}", shots.display()));
            ExitCode::SUCCESS
        }
        Err(fault) => {
            drop(writeln!(stdout(), "{fault}"));
            ExitCode::FAILURE
        }
    }
}
