//! What runs on this machine, as `/proc` tells it.

use std::fs;

use crate::Result;

struct Running {
    pid: u32,
    parent: u32,
    program: String,
}

/// The children of a process that run `program`.
pub fn children(parent: u32, program: &str) -> Result<Vec<u32>> {
    let is = |process: &&Running| process.parent == parent && process.program == program;
    Ok(all()?.iter().filter(is).map(|process| process.pid).collect())
}

/// Proportional set size of a process's children and of all that those have started, in KiB.
pub fn memory_below_kib(parent: u32) -> Result<u64> {
    let all = all()?;
    let mut below = vec![parent];
    let mut at = 0;
    while let Some(&one) = below.get(at) {
        below.extend(all.iter().filter(|process| process.parent == one).map(|process| process.pid));
        at += 1;
    }
    let mut sum = 0;
    for process in &below[1..] {
        // one that has just ended has no memory
        let Ok(text) = fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else { continue };
        let told = text.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or("no Pss is told")?;
        sum += told.trim().trim_end_matches("kB").trim().parse::<u64>()?;
    }
    Ok(sum)
}

fn all() -> Result<Vec<Running>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
        // a process may end while it is looked at
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        let Some((command, rest)) = stat.split_once(") ") else { continue };
        let Some((_, program)) = command.split_once('(') else { continue };
        let parent = rest.split(' ').nth(1).unwrap_or_default().parse()?;
        found.push(Running { pid, parent, program: program.to_owned() });
    }
    Ok(found)
}
