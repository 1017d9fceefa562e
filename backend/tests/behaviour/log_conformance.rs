//! What any log must do, whatever database stands behind it.

use std::sync::{Arc, Mutex};

use contract::{
    hash::Hash,
    jws::{Jws, Refusal},
    log::{Frame, LogPosition},
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    log::{Author, Candidate, LogError, LogStore, Newest, Statement, StoredWatermark, Written},
    storage::sqlite::{Database, Schema, SqliteLog},
};

#[tokio::test]
async fn the_sqlite_log_conforms() {
    let folder = tempfile::TempDir::new().unwrap();
    let database = Database::create(&folder.path().join("bulletin.db"), Schema::Bulletin).unwrap();
    conforms(&SqliteLog::new(database)).await;
}

/// Admits all but what says "no", and signs heads that are only words.
#[derive(Default)]
struct Scribe {
    now: Mutex<Timestamp>,
    heard: Mutex<Vec<u64>>,
}

impl Author for Scribe {
    fn admit(&self, frame: &Frame) -> Result<(), Refusal> {
        if frame.entry.payload == "no" { Err(Refusal::BadSignature) } else { Ok(()) }
    }

    fn head(&self, newest: Newest) -> Result<(Statement, Timestamp), LogError> {
        let at = (*self.now.lock().unwrap()).max(newest.issued_before.unwrap_or(Timestamp::MIN));
        Ok((Statement::new(newest.position.seq, format!("{at} {}", newest.position.hash)), at))
    }

    fn committed(&self, written: &Written) {
        self.heard.lock().unwrap().extend(written.added.iter().map(|frame| frame.seq));
    }
}

fn jws(payload: &str) -> Jws {
    Jws { protected: "p".into(), signature: "s".into(), payload: payload.into() }
}

fn candidate(id: &str, version: u32, payload: &str) -> Candidate {
    Candidate { id: id.parse().unwrap(), version, kind: "level".into(), entry: jws(payload) }
}

fn time(hours: i64) -> Timestamp {
    Timestamp::from_second(1_772_323_200).unwrap() + SignedDuration::from_hours(hours)
}

pub async fn conforms(log: &dyn LogStore) {
    let scribe = Arc::new(Scribe::default());
    *scribe.now.lock().unwrap() = time(0);
    frames_chain_and_repeats_are_answered(log, &scribe).await;
    refusals_name_their_entry_and_leave_nothing(log, &scribe).await;
    heads_are_kept_and_never_look_older(log, &scribe).await;
    key_sets_are_kept_in_order(log).await;
    watermarks_and_snapshots_are_kept_as_long_as_they_are_asked_for(log).await;
}

async fn frames_chain_and_repeats_are_answered(log: &dyn LogStore, scribe: &Arc<Scribe>) {
    assert_eq!(log.newest().await.unwrap(), LogPosition::default());
    let two = vec![candidate("a", 1, "one"), candidate("a", 2, "two")];
    let first = log.append(two.clone(), scribe.clone()).await.unwrap();
    assert_eq!(first.new, 2);
    let position = first.frames.iter().fold(LogPosition::default(), |before, frame| before.after(frame).unwrap());
    assert_eq!(log.newest().await.unwrap(), position);
    let again = log.append(two, scribe.clone()).await.unwrap();
    assert_eq!((again.new, &again.frames), (0, &first.frames));
    let stored = log.frames(1, 9, usize::MAX).await.unwrap();
    assert!(stored.iter().all(|stored| stored.frame.hash() == stored.hash));
    assert_eq!(log.frames(1, 9, 1).await.unwrap(), stored[..1], "no more than is asked for, and never nothing");
    assert_eq!(stored.into_iter().map(|stored| stored.frame).collect::<Vec<_>>(), first.frames);
    assert_eq!(*scribe.heard.lock().unwrap(), [1, 2]);
    let live = log.live().await.unwrap();
    assert_eq!(live.iter().map(|line| (line.seq, line.entry.payload.as_str())).collect::<Vec<_>>(), [(2, "two")]);
    let before = log.version_before("a".parse().unwrap(), 2).await.unwrap().unwrap();
    assert_eq!((before.seq, before.entry.payload.as_str()), (1, "one"));
    assert_eq!(log.version_before("a".parse().unwrap(), 1).await.unwrap(), None);
}

async fn refusals_name_their_entry_and_leave_nothing(log: &dyn LogStore, scribe: &Arc<Scribe>) {
    let newest = log.newest().await.unwrap();
    let other_kind = Candidate { kind: "line".into(), ..candidate("a", 3, "three") };
    let cases = [
        (candidate("a", 2, "another two"), Refusal::Conflict),
        (candidate("a", 1, "another one"), Refusal::Conflict),
        (candidate("a", 4, "four"), Refusal::VersionSkipped),
        (candidate("a", u32::MAX, "last"), Refusal::VersionSkipped),
        (candidate("b", 2, "two"), Refusal::VersionSkipped),
        (candidate("a", 0, "none"), Refusal::LowerVersion),
        (other_kind, Refusal::KindChanged),
        (candidate("b", 1, "no"), Refusal::BadSignature),
    ];
    for (bad, expected) in cases {
        let refused = log.append(vec![candidate("c", 1, "good"), bad], scribe.clone()).await.unwrap_err();
        assert!(matches!(refused, LogError::Entry { index: 1, refusal, .. } if refusal == expected), "{refused}");
        assert_eq!(log.newest().await.unwrap(), newest, "the good one neither");
    }
}

async fn heads_are_kept_and_never_look_older(log: &dyn LogStore, scribe: &Arc<Scribe>) {
    let issued = |head: Statement| head.jws.split(' ').next().unwrap().parse::<Timestamp>().unwrap();
    *scribe.now.lock().unwrap() = time(5);
    log.sign_head(scribe.clone()).await.unwrap();
    let first = issued(log.head().await.unwrap().unwrap());
    *scribe.now.lock().unwrap() = time(4);
    log.sign_head(scribe.clone()).await.unwrap();
    assert!(issued(log.head().await.unwrap().unwrap()) > first);
}

async fn key_sets_are_kept_in_order(log: &dyn LogStore) {
    log.put_key_set(1, "first".into()).await.unwrap();
    log.put_key_set(2, "second".into()).await.unwrap();
    assert!(log.put_key_set(2, "another".into()).await.is_err());
    assert_eq!(log.key_sets().await.unwrap(), ["first", "second"]);
}

async fn watermarks_and_snapshots_are_kept_as_long_as_they_are_asked_for(log: &dyn LogStore) {
    let mark = |hours, seq: u64| StoredWatermark {
        issued_at: time(hours),
        seq,
        snapshot: Hash::of(&[seq as u8]),
        snapshot_seq: seq,
        jws: format!("watermark {hours}"),
    };
    for (hours, seq) in [(0, 1), (1, 1), (2, 2), (200, 2)] {
        log.put_snapshot(Hash::of(&[seq as u8]), vec![seq as u8], time(hours)).await.unwrap();
        log.put_watermark(mark(hours, seq), time(hours - 168)).await.unwrap();
    }
    assert_eq!(log.watermarks().await.unwrap(), [mark(2, 2), mark(200, 2)], "the last two, however old");
    assert_eq!(log.snapshot(Hash::of(&[1])).await.unwrap(), None, "no kept watermark names it");
    assert_eq!(log.snapshot(Hash::of(&[2])).await.unwrap(), Some(vec![2]));
}
