//! "Saved" is true even where the app is killed the moment after.

use std::{
    collections::BTreeSet,
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use super::{open, trip_id, trips};
use crate::testing::dubai;

const FOLDER: &str = "SAPARLAS_TEST_SAVES_INTO";

/// Not a test of its own: what the child process does until it is killed.
#[test]
fn the_child_that_saves_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let store = open(Path::new(&folder));
    let mut out = std::io::stdout();
    for seed in 0.. {
        store.save_trip(trip_id(seed), &dubai()).unwrap();
        writeln!(out, "saved {}", trip_id(seed)).unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn every_trip_that_was_said_to_be_saved_survives_a_kill() {
    for enough in [1, 40, 41] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "tests::store::killing::the_child_that_saves_until_it_is_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut said = BTreeSet::new();
        for line in lines {
            if let Some((_, id)) = line.split_once("saved ") {
                said.insert(id.to_owned());
            }
            if said.len() == enough {
                // SIGKILL; what it still says until then counts as well
                child.kill().unwrap();
            }
        }
        assert!(!child.wait().unwrap().success());
        assert!(said.len() >= enough);
        let store = open(folder.path());
        let kept: BTreeSet<_> = trips(&store).iter().map(|(id, _)| id.to_string()).collect();
        // the last line may be torn by the kill itself
        let whole = said.iter().filter(|id| id.len() == 36);
        for id in whole {
            assert!(kept.contains(id), "{id} was said to be saved");
        }
        assert_eq!(store.outbox().unwrap().len(), kept.len(), "a trip without its place in the outbox");
        assert!(trips(&store).iter().all(|(_, draft)| *draft == dubai()));
    }
}
