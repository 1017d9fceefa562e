//! Every command has its TypeScript twin, and the UI calls nothing else.

use std::{collections::BTreeSet, fs, path::Path};

#[test]
fn the_ui_knows_every_command_and_no_other() {
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/api/index.ts");
    let text = fs::read_to_string(api).unwrap();
    let called: BTreeSet<&str> = text
        .match_indices("invoke")
        .filter_map(|(at, _)| {
            let call = &text[at..text[at..].find(')').map_or(text.len(), |end| at + end)];
            call.split(['\'', '"']).nth(1)
        })
        .filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
        .collect();
    let known: BTreeSet<&str> = saparlas::COMMANDS.iter().copied().collect();
    assert_eq!(called, known);
}
