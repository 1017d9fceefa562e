//! `saparlas read FILE`: the legs that a file proposes, as JSON, without a window and without a store.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use companion::import::{self, MAX_BYTES, With};

use super::reader::InChild;

/// Prints the legs, or says on stderr why there are none. Gives what the process ends with.
pub fn print(file: &Path) -> i32 {
    match proposed(file).and_then(|json| writeln!(io::stdout(), "{json}").map_err(|error| error.to_string())) {
        Ok(()) => 0,
        Err(why) => {
            // where nobody listens, the code alone says it
            let _ = writeln!(io::stderr(), "{}: {why}", file.display());
            1
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge that hands in the clock")]
fn proposed(file: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(|error| error.to_string())?;
    // one byte more than is read tells that there is more
    opened.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    let proposal = import::read(&bytes, With { now: jiff::Timestamp::now(), reader: &InChild::new() })
        .map_err(|refusal| refusal.to_string())?;
    serde_json::to_string_pretty(&proposal).map_err(|error| error.to_string())
}
