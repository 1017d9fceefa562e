//! Where the data and the ministry's profile are. An embedded profile leaves no choice.

use std::{fs, path::PathBuf};

use clap::Parser;
use companion::error::Trouble;
use contract::profile::Profile;

const EMBEDDED: &str = include_str!(concat!(env!("OUT_DIR"), "/profile.json"));
/// No profile is larger; a file that is was named by mistake.
const MAX_PROFILE: u64 = 4 * 1024 * 1024;

/// The app a ministry gives its citizens abroad.
#[derive(Parser)]
#[command(version)]
pub struct Arguments {
    /// Folder for what you enter and what the ministry says
    #[arg(long, env = "SAPARLAS_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The ministry's profile; ignored by a build that has one inside
    #[arg(long, env = "SAPARLAS_PROFILE", value_name = "FILE")]
    profile: Option<PathBuf>,
}

impl Arguments {
    pub fn read() -> Self {
        Self::parse()
    }

    pub fn profile(&self) -> Result<Option<Profile>, Trouble> {
        choose(EMBEDDED, self.profile.as_ref())
    }
}

fn choose(embedded: &str, named: Option<&PathBuf>) -> Result<Option<Profile>, Trouble> {
    let unreadable = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "the profile cannot be read");
        Trouble::ProfileUnreadable
    };
    let text = if !embedded.is_empty() {
        embedded.to_owned()
    } else if let Some(file) = named {
        let size = fs::metadata(file).map_err(|error| unreadable(&error))?.len();
        if size > MAX_PROFILE {
            return Err(unreadable(&"too large"));
        }
        fs::read_to_string(file).map_err(|error| unreadable(&error))?
    } else {
        return Ok(None);
    };
    serde_json::from_str(&text).map(Some).map_err(|error| unreadable(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_with_a_profile_inside_never_reads_another() {
        let other = PathBuf::from("/nowhere/profile.json");
        // the embedded text is what is read (and is not a profile here), not the missing file
        assert_eq!(choose("{}", Some(&other)), Err(Trouble::ProfileUnreadable));
        assert_eq!(choose("", Some(&other)), Err(Trouble::ProfileUnreadable));
        assert_eq!(choose("", None), Ok(None));
    }
}
