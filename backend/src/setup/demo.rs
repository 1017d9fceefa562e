//! The demo: data of a ministry that does not exist.

use super::description::{Description, DescriptionError};

const MINISTRY: &str = include_str!("../../demo/ministry.json");
const ENTRIES: &str = include_str!("../../demo/entries.json");

/// # Errors
/// Never in practice: both files are ours.
pub fn description() -> Result<Description, DescriptionError> {
    let mut demo = Description::read(MINISTRY)?;
    demo.entries =
        serde_json::from_str(ENTRIES).map_err(|source| DescriptionError::Field { at: "entries".to_owned(), source })?;
    Ok(demo)
}
