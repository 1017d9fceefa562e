//! The arrows inside the crate run one way: no file leads back to itself through what it uses, and nothing uses `view`
//! but what draws it. Tests are not looked at.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

/// What may use `view`.
const DRAWS: &[&str] = &["view", "queries"];

/// A file by its path in the crate: `["store", "outbox"]`. A folder's `mod.rs` bears the folder's name.
type Module = Vec<String>;

fn sources(folder: &Path, at: &[String], found: &mut BTreeMap<Module, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if matches!(name.as_str(), "tests" | "testing" | "lib") {
            continue;
        }
        let mut module = at.to_vec();
        if name != "mod" {
            module.push(name);
        }
        if path.is_dir() {
            sources(&path, &module, found)?;
        } else {
            found.insert(module, code(&path)?);
        }
    }
    Ok(())
}

/// The file without comments and without what follows `#[cfg(test)]`, where only tests may stand.
fn code(path: &Path) -> io::Result<String> {
    let text = fs::read_to_string(path)?;
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Every path in `text` that begins with `crate`, `super` or, after `use`, with anything else; braces spread out.
fn paths(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back();
            if before.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '_' | ':')) {
                spread(&text[at..], &[], &mut found);
            }
        }
    }
    for (at, used) in text.match_indices("use ") {
        if text[..at].ends_with(['\n', ' ']) || at == 0 {
            spread(&text[at + used.len()..], &[], &mut found);
        }
    }
    found
}

/// Reads one path, or one list of them, and gives how much was read.
fn spread(text: &str, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    let mut read = 0;
    loop {
        let rest = &text[read..];
        let space = rest.len() - rest.trim_start().len();
        read += space;
        let rest = &text[read..];
        if rest.starts_with('{') {
            read += 1;
            while !matches!(text[read..].trim_start().chars().next(), None | Some('}')) {
                read += spread(&text[read..], &path, found);
                read += text[read..].find([',', '}']).unwrap_or(text.len() - read);
                if text[read..].starts_with(',') {
                    read += 1;
                }
            }
            return read + text[read..].find('}').map_or(text.len() - read, |end| end + 1);
        }
        let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        read += name.len();
        path.push(name);
        if !text[read..].starts_with("::") {
            found.push(path);
            return read;
        }
        read += 2;
    }
}

/// The file a path leads to from `from`, where it leads to one of ours.
fn target(path: &[String], from: &Module, modules: &BTreeMap<Module, String>) -> Option<Module> {
    let (mut at, names) = match path[0].as_str() {
        "crate" => (Module::new(), &path[1..]),
        // a folder's mod.rs and a file beside it have the same parent by name
        "super" => (from[..from.len().saturating_sub(1)].to_vec(), &path[1..]),
        _child => (from.clone(), path),
    };
    for name in names {
        at.push(name.clone());
        if !modules.contains_key(&at) {
            at.pop();
            break;
        }
    }
    let is_own_child = path[0] != "crate" && path[0] != "super";
    (modules.contains_key(&at) && !(is_own_child && at == *from)).then_some(at)
}

fn uses() -> io::Result<BTreeMap<Module, BTreeSet<Module>>> {
    let mut modules = BTreeMap::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[], &mut modules)?;
    let used = |from: &Module, text: &str| paths(text).iter().filter_map(|path| target(path, from, &modules)).collect();
    Ok(modules.iter().map(|(from, text)| (from.clone(), used(from, text))).collect())
}

/// The way from a file back to itself.
fn circle(uses: &BTreeMap<Module, BTreeSet<Module>>, way: &mut Vec<Module>, seen: &mut BTreeSet<Module>) -> bool {
    let here = way.last().cloned().unwrap_or_default();
    for next in uses.get(&here).into_iter().flatten() {
        if way.contains(next) {
            way.push(next.clone());
            return true;
        }
        if seen.insert(next.clone()) {
            way.push(next.clone());
            if circle(uses, way, seen) {
                return true;
            }
            way.pop();
        }
    }
    false
}

#[test]
fn no_file_leads_back_to_itself() {
    let uses = uses().unwrap();
    assert!(uses[&vec!["session".to_owned()]].contains(&vec!["store".to_owned()]), "the reading of `use` sees nothing");
    for start in uses.keys() {
        let mut way = vec![start.clone()];
        let found = circle(&uses, &mut way, &mut BTreeSet::new());
        let names: Vec<_> = way.iter().map(|module| module.join("/")).collect();
        assert!(!found, "{}", names.join(" → "));
    }
}

#[test]
fn nothing_uses_the_view_but_what_draws_it() {
    let draws = |module: &Module| DRAWS.contains(&module[0].as_str());
    let drawn = |module: &&Module| module[0] == "view";
    for (from, used) in uses().unwrap().iter().filter(|(from, _)| !draws(from)) {
        assert_eq!(used.iter().find(drawn), None, "{} uses the view", from.join("/"));
    }
}

#[test]
fn the_store_uses_nothing_above_it() {
    let below = ["store", "error", "keychain", "lock"];
    for (from, used) in uses().unwrap().iter().filter(|(from, _)| from[0] == "store") {
        let above = used.iter().find(|module| !below.contains(&module[0].as_str()));
        assert_eq!(above, None, "{}", from.join("/"));
    }
}
