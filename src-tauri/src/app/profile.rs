//! The ministry's profile. An embedded one leaves no choice.

use std::{fs, path::Path};

use companion::error::Trouble;
use contract::profile::Profile;

const EMBEDDED: &str = include_str!(concat!(env!("OUT_DIR"), "/profile.json"));
/// No profile is larger; a file that is was named by mistake.
const MAX_PROFILE: u64 = 4 * 1024 * 1024;

/// The profile inside this build, else the `named` one.
pub fn read(named: Option<&Path>) -> Result<Option<Profile>, Trouble> {
    choose(EMBEDDED, named)
}

fn choose(embedded: &str, named: Option<&Path>) -> Result<Option<Profile>, Trouble> {
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
        let other = Path::new("/nowhere/profile.json");
        // the embedded text is what is read (and is not a profile here), not the missing file
        assert_eq!(choose("{}", Some(other)), Err(Trouble::ProfileUnreadable));
        assert_eq!(choose("", Some(other)), Err(Trouble::ProfileUnreadable));
        assert_eq!(choose("", None), Ok(None));
    }
}
