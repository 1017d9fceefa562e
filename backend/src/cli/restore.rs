use std::path::PathBuf;

use rand::CryptoRng;

use super::{CliError, Data, say};
use crate::{
    Clock,
    upkeep::restore::{Part, Restored, restore},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// The folder that `ministry backup` made.
    #[arg(value_name = "IN")]
    from: PathBuf,
}

pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let restored = restore(&args.data.data, &args.from, clock, rng).await?;
    let Restored { made_at, manifest, front, desk, on_trust, confirmed } = restored;
    say(&format!("manifest.json has the SHA-256 {manifest:x}"))?;
    for (part, became) in [("front", front), ("desk", desk)] {
        let words = match became {
            Part::Absent => "not in the copy".to_owned(),
            Part::Restored => format!("restored as of {made_at}"),
            Part::Kept => "left as it is: it knows more than its copy".to_owned(),
        };
        say(&format!("{part}: {words}"))?;
    }
    for words in on_trust {
        say(&format!("compare {words}"))?;
    }
    if front == Part::Restored && !confirmed {
        say("front: it signs no head until `ministry watermark` is run at the desk")?;
    }
    Ok(())
}
