use rusqlite::Connection;

use crate::support::{Ministry, run, said};

/// Changes the front's database and answers what `serve` says to it.
fn changed(sql: &str) -> String {
    let ministry = Ministry::new();
    let path = ministry.outside.path().join("front/bulletin.db");
    let database = Connection::open(path).unwrap();
    assert!(database.execute(sql, []).unwrap() > 0);
    drop(database);
    let served = run(&["serve", "--data", ministry.outside.path().to_str().unwrap()]);
    assert!(!served.status.success());
    said(&served)
}

#[test]
fn one_changed_byte_of_the_log_is_refused_and_said() {
    let cases = [
        ("UPDATE frames SET entry = replace(entry, 'Dubai', 'Dubay') WHERE seq = 7", "frame 7 of the log"),
        ("UPDATE frames SET entry = substr(entry, 2) WHERE seq = 3", "frame 3 of the log"),
        ("UPDATE frames SET hash = (SELECT hash FROM frames WHERE seq = 1) WHERE seq = 5", "frame 5 of the log"),
        ("DELETE FROM frames WHERE seq = 7", "frame 8 of the log"),
        ("DELETE FROM frames WHERE seq > 100", "a frame that it names is not there"),
    ];
    for (sql, reason) in cases {
        let answer = changed(sql);
        assert!(answer.contains(reason), "{sql}: {answer}");
    }
}
