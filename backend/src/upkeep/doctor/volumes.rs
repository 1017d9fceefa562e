//! How full the disks are.

use std::{io, path::Path};

use super::{Finding, Health, finding};
use crate::disk::{self, Room};

const DISK_PERCENT: u64 = 80;

/// The volumes on which the parts lie, wherever a mount or a link leads; one that holds both is looked at once.
pub fn examine<'a>(parts: impl Iterator<Item = (&'a str, &'a Path)>) -> Vec<Finding> {
    let mut found: Vec<(Option<u64>, String, io::Result<Room>)> = Vec::new();
    for (part, path) in parts {
        let volume = disk::volume(path);
        match found.iter_mut().find(|(other, ..)| other.is_some() && *other == volume) {
            Some((_, names, _)) => names.push_str(&format!(" and {part}")),
            None => found.push((volume, part.to_owned(), disk::room(path))),
        }
    }
    found.into_iter().map(|(_, names, room)| fullness(&names, room)).collect()
}

fn fullness(names: &str, room: io::Result<Room>) -> Finding {
    match room {
        Ok(room) => {
            let percent = room.percent_used();
            let health = if percent >= DISK_PERCENT { Health::Warning } else { Health::Well };
            finding(health, format!("{names}: the disk is {percent} % full"))
        }
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            finding(Health::Well, format!("{names}: how full the disk is cannot be asked on this system"))
        }
        Err(error) => finding(Health::Bad, format!("{names}: the disk cannot be looked at: {error}")),
    }
}
