//! The board of a bad day: ten thousand open cases, half of them alike. It measures; it judges nothing.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

use std::{error::Error, time::Instant};

use contract::{
    ids::{CheckInId, DeviceId, KeyId},
    record::{Change, Kind, Made, RecordsPage},
    seal::{self, Context, key_pair},
};
use jiff::{SignedDuration, Timestamp};
use ministry::desk::{
    casework::{Casework, Hold, closed::StoreKey, floods},
    folder::ConsularKeys,
    mirror::Mirror,
};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::json;

const CASES: u64 = 10_000;
const RUNS: usize = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::TempDir::new()?;
    let mut rng = StdRng::seed_from_u64(1);
    let (private, public) = key_pair(&mut rng);
    let kid: KeyId = "consular-1".parse()?;
    let keys = ConsularKeys::from([(kid.clone(), private)]);
    let key = StoreKey::of_file(&folder.path().join("store.key"), &mut rng)?;
    let mut casework = Casework::open(&folder.path().join("desk.db"), key, Hold::Lease(1), StdRng::from_rng(&mut rng))?;
    let mut mirror = Mirror::open(&folder.path().join("records.db"))?;
    let now: Timestamp = "2026-03-01T12:00:00Z".parse()?;
    let mut changes = Vec::new();
    for number in 1..=CASES {
        let (id, device) = (CheckInId::random(&mut rng).to_string(), DeviceId::random(&mut rng));
        let said_at = now - SignedDuration::from_secs(i64::try_from(number)?);
        let is_alike = number % 2 == 0;
        let words = if is_alike {
            "рейс қашан?"
        } else {
            "Инсулин бір күнге ғана жетеді, бала төртте"
        };
        let private = json!({
            "consent": { "text": "x", "version": 1, "language": "kk", "at": said_at, "by": "traveller" },
            "by": "traveller", "words": words, "needs": if is_alike { json!([]) } else { json!(["medicine"]) },
        });
        let sealed = seal::seal(&private, Context { device, id: &id, version: 1 }, &kid, &public, &mut rng)?;
        let word =
            json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": said_at, "sealed": sealed });
        let network = if is_alike { "one".to_owned() } else { format!("network {number}") };
        changes.push(Change {
            number,
            kind: Kind::CheckIn,
            id,
            device: Some(device),
            received_at: said_at,
            record: Some(word),
            was_of: Vec::new(),
            made: Some(Made { at: said_at, network: Some(network) }),
            by_person: false,
        });
    }
    mirror.take(&RecordsPage { epoch: "e".into(), changes, next: CASES, more: false })?;
    let begun = Instant::now();
    casework.change(|change| change.fold(&mirror, &keys, now))?;
    println!("desk: {CASES} cries opened, ranked and made cases of: {:.1?}", begun.elapsed());
    let mut took = Vec::new();
    let mut said = (0, 0, 0);
    for _ in 0..RUNS {
        let begun = Instant::now();
        let board = floods::fold(casework.reading().open_cases()?);
        let bytes = serde_json::to_vec(&board.cases)?.len() + serde_json::to_vec(&board.floods)?.len();
        took.push(begun.elapsed());
        said = (board.cases.len(), board.floods.len(), bytes);
    }
    took.sort_unstable();
    let (rows, lines, bytes) = said;
    let median = took.get(RUNS / 2).ok_or("no run")?;
    println!(
        "desk: board of {CASES} open cases, {rows} rows and {lines} folded line, {bytes} bytes: {median:.1?} (budget 300 ms)"
    );
    Ok(())
}
