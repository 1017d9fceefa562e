//! What somebody who looks after a ministry should know, in words.

mod address;
mod desk;
mod front;
mod volumes;

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use reqwest::Client;

use super::here::{Here, HereError};
use crate::{Clock, log::CLOCK_TOLERANCE};

const WATERMARK_AGE: SignedDuration = SignedDuration::from_hours(7);

/// How bad a finding is; the worst is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    Well = 0,
    /// Look at it in these days.
    Warning = 1,
    /// Somebody is not served, or soon will not be.
    Bad = 2,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub health: Health,
    pub words: String,
}

fn finding(health: Health, words: impl Into<String>) -> Finding {
    Finding { health, words: words.into() }
}

/// Looks at whichever of front and desk is there.
///
/// # Errors
/// Neither is, or something else is in the place of one.
pub async fn examine(data: &Path, clock: &Clock, http: &Client) -> Result<Vec<Finding>, HereError> {
    let here = Here::of(data)?;
    let mut found = Vec::new();
    if let Some(front) = &here.front {
        front::examine(front, clock, http, &mut found).await;
    }
    if let Some(desk) = &here.desk {
        desk::examine(desk, clock, http, &mut found).await;
    }
    found.extend(here.absent().map(|words| finding(Health::Well, words)));
    found.extend(volumes::examine(here.parts().into_iter().filter_map(|(part, path)| Some((part, path?)))));
    Ok(found)
}

fn age(what: &str, signed: Timestamp, now: Timestamp, longest: SignedDuration) -> Finding {
    let age = now.duration_since(signed);
    if age < -CLOCK_TOLERANCE {
        return finding(
            Health::Bad,
            format!("{what} was signed at {signed}, and it is {now}: set the clock right, then `ministry repair`"),
        );
    }
    let minutes = age.as_mins().max(0);
    if age > longest {
        finding(Health::Bad, format!("{what} is {minutes} minutes old; {} are the most", longest.as_mins()))
    } else {
        finding(Health::Well, format!("{what} is {minutes} minutes old"))
    }
}
