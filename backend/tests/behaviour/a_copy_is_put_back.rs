use std::{
    convert::Infallible,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::Arc,
};

use contract::ids::TripId;
use futures_util::FutureExt;
use jiff::Timestamp;
use rand::{TryCryptoRng, TryRng};
use serde_json::{Value, json};

use crate::support::{App, Ministry, Served, advisory, run, said};

fn backup(data: &Path, out: &Path) -> std::process::Output {
    run(&["backup", "--data", data.to_str().unwrap(), out.to_str().unwrap()])
}

fn restore(data: &Path, from: &Path) -> std::process::Output {
    run(&["restore", "--data", data.to_str().unwrap(), from.to_str().unwrap()])
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { all_files(&path) } else { vec![path] }).collect()
}

async fn trip(app: &App, served: &Served) -> TripId {
    let id = TripId::random(&mut rand::rng());
    app.put(served, &format!("/v1/trips/{id}"), &json!(app.trip(id, 1, Timestamp::now()))).await;
    id
}

async fn epoch(served: &Served) -> String {
    let answer = served.put("/v1/receipts", &json!([])).send().await.unwrap();
    answer.headers()["register-epoch"].to_str().unwrap().to_owned()
}

fn publish(ministry: &Ministry, served: &Served, id: &str) {
    let file = ministry.file("draft.json", advisory(id, None, "Leave").to_string());
    let published = ministry.publish(&served.inside, &[&file]);
    assert!(published.status.success(), "{}", said(&published));
}

#[tokio::test]
async fn a_copy_made_while_it_serves_is_whole_and_holds_no_private_key_token_or_credential() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let id = trip(&app, &served).await;
    let out = ministry.outside.path().join("copy");
    let copied = backup(ministry.outside.path(), &out);
    assert!(copied.status.success(), "{}", said(&copied));
    assert!(said(&copied).contains("front: copied") && said(&copied).contains("desk: not here"), "{}", said(&copied));
    let of_desk = ministry.inside.path().join("copy");
    assert!(backup(ministry.inside.path(), &of_desk).status.success());
    let database = rusqlite::Connection::open(out.join("front/register.db")).unwrap();
    let held: String = database.query_row("SELECT id FROM trips", [], |row| row.get(0)).unwrap();
    assert_eq!(held, id.to_string(), "what was only in the write-ahead log, too");

    let folders = [ministry.desk(), ministry.outside.path().join("front")];
    let secret = |path: &PathBuf| path.extension().is_some_and(|end| end == "key" || end == "credential");
    let files: Vec<_> = folders.iter().flat_map(|folder| all_files(folder)).filter(secret).collect();
    assert_eq!(files.len(), 10, "{files:?}");
    let mut secrets: Vec<_> = files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    secrets.push(app.token.clone());
    for path in [all_files(&out), all_files(&of_desk)].concat() {
        let bytes = std::fs::read(&path).unwrap();
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
    let again = backup(ministry.outside.path(), &out);
    assert!(said(&again).contains("exists already"), "{}", said(&again));
}

#[tokio::test]
async fn what_somebody_put_into_a_copy_is_not_put_back() {
    let ministry = Ministry::new();
    let out = ministry.inside.path().join("copy");
    assert!(backup(ministry.inside.path(), &out).status.success());
    let manifest = std::fs::read_to_string(out.join("manifest.json")).unwrap();
    for name in ["desk/../../outside", "desk/publish.credential", "desk/publish-1.key"] {
        let target = out.join(name);
        std::fs::write(&target, "theirs").unwrap();
        let mut theirs: Value = serde_json::from_str(&manifest).unwrap();
        theirs["files"][name] = json!(contract::hash::Hash::of(b"theirs"));
        std::fs::write(out.join("manifest.json"), theirs.to_string()).unwrap();
        let data = ministry.inside.path().join("elsewhere/data");
        let restored = restore(&data, &out);
        assert!(said(&restored).contains(&format!("{name} is in no copy that was made here")), "{}", said(&restored));
        assert!(!data.join("desk").exists() && !ministry.inside.path().join("elsewhere/outside").exists());
        std::fs::remove_file(target).unwrap();
    }
}

#[tokio::test]
async fn a_restored_front_has_a_new_epoch_signs_no_lower_head_and_its_log_is_not_forked() {
    let ministry = Ministry::new();
    let data = ministry.outside.path();
    let out = data.join("copy");
    let (app, early, before, seen) = {
        let served = ministry.serve();
        let app = App::register(&served).await;
        let early = trip(&app, &served).await;
        assert!(backup(data, &out).status.success());
        trip(&app, &served).await;
        publish(&ministry, &served, "advisory.late");
        let refused = restore(data, &out);
        assert!(said(&refused).contains("a front is at work in this folder"), "{}", said(&refused));
        let keys = served.keys(&ministry.profile()).await;
        let head = served.head(&keys).await;
        (app, early, epoch(&served).await, (head.position(), served.log(head.seq, head.seq).await))
    };
    let restored = restore(data, &out);
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(said(&restored).contains("it signs no head until `ministry watermark` is run"), "{}", said(&restored));

    let served = ministry.serve();
    assert_ne!(epoch(&served).await, before);
    let head = served.get("/v1/bulletin/head").send().await.unwrap();
    assert_eq!(head.status(), 503, "a lower head than the desk knows is never signed");
    assert_eq!(head.json::<Value>().await.unwrap()["code"], "unavailable");
    let export = served.get("/v1/devices/self/export").bearer_auth(&app.token).send().await.unwrap();
    let export: Value = export.json().await.unwrap();
    let trips: Vec<_> = export["trips"].as_array().unwrap().iter().map(|trip| trip["id"].clone()).collect();
    assert_eq!(trips, [json!(early)], "as of the copy; the app sends the other again");
    let confirmed = ministry.confirm(&served.inside);
    assert!(confirmed.status.success(), "{}", said(&confirmed));
    let keys = served.keys(&ministry.profile()).await;
    let head = served.head(&keys).await;
    assert_eq!(head.position(), seen.0, "the very same log");
    assert_eq!(served.log(head.seq, head.seq).await, seen.1);
    let aside = std::fs::read_dir(data.join("front")).unwrap().map(|file| file.unwrap().file_name());
    assert!(aside.into_iter().any(|name| name.to_string_lossy().starts_with("before-restore-")), "nothing is deleted");
}

#[tokio::test]
async fn a_front_restored_beside_its_desk_is_whole_at_once() {
    let ministry = Ministry::new();
    let data = ministry.outside.path();
    let out = data.join("copy");
    let position = {
        let served = ministry.serve();
        assert!(backup(data, &out).status.success());
        publish(&ministry, &served, "advisory.late");
        served.head(&served.keys(&ministry.profile()).await).await.position()
    };
    std::fs::rename(ministry.desk(), data.join("desk")).unwrap();
    let restored = restore(data, &out);
    assert!(restored.status.success(), "{}", said(&restored));
    let served = ministry.serve();
    assert_eq!(served.head(&served.keys(&ministry.profile()).await).await.position(), position);
}

#[tokio::test]
async fn a_copy_that_is_not_whole_or_whose_head_key_is_lost_changes_nothing() {
    let ministry = Ministry::new();
    let data = ministry.outside.path();
    let out = data.join("copy");
    assert!(backup(data, &out).status.success());
    let key = data.join("front/head-1.key");
    std::fs::rename(&key, data.join("away")).unwrap();
    let refused = restore(data, &out);
    assert!(said(&refused).contains("private keys are in no copy"), "{}", said(&refused));
    std::fs::rename(data.join("away"), &key).unwrap();
    let mut bytes = std::fs::read(out.join("front/register.db")).unwrap();
    bytes[100] ^= 1;
    std::fs::write(out.join("front/register.db"), bytes).unwrap();
    let before = std::fs::read(data.join("front/register.db")).unwrap();
    let refused = restore(data, &out);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("front/register.db of the copy is not what was copied"), "{}", said(&refused));
    assert_eq!(std::fs::read(data.join("front/register.db")).unwrap(), before);
}

#[tokio::test]
async fn a_restored_desk_learns_from_the_front_what_it_had_signed_since() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = ministry.inside.path();
    let out = desk.join("copy");
    publish(&ministry, &served, "advisory.early");
    assert!(backup(desk, &out).status.success());
    publish(&ministry, &served, "advisory.late");
    let kept = restore(desk, &out);
    assert!(said(&kept).contains("desk: left as it is"), "{}", said(&kept));
    for lost in ["ledger", "log", "watermark.json"] {
        std::fs::remove_file(ministry.desk().join(lost)).unwrap();
    }
    std::fs::write(ministry.desk().join("records.db"), b"").unwrap();
    let restored = restore(desk, &out);
    assert!(said(&restored).contains("desk: restored as of"), "{}", said(&restored));
    assert!(!ministry.desk().join("records.db").exists(), "who erased since is read from the beginning");
    let keys = served.keys(&ministry.profile()).await;
    let before = served.head(&keys).await;
    let file = ministry.file("draft.json", advisory("advisory.late", None, "Stay").to_string());
    let published = ministry.publish(&served.inside, &[&file]);
    assert_eq!(said(&published), format!("advisory.late 2 {}\n", before.seq + 1), "no version is given twice");
    assert_eq!(served.watermark(&keys).await.seq, before.seq + 1);
}

/// Gives no byte: the power goes where the first is needed, for the new epoch.
struct Cut;

impl TryRng for Cut {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("cut")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("cut")
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Infallible> {
        panic!("cut")
    }
}

impl TryCryptoRng for Cut {}

#[tokio::test]
async fn a_restore_that_is_cut_short_is_served_by_nobody_until_it_is_run_again() {
    let ministry = Ministry::new();
    let data = ministry.outside.path();
    let out = data.join("copy");
    let before = {
        let served = ministry.serve();
        assert!(backup(data, &out).status.success());
        epoch(&served).await
    };
    let mut no_power = Cut;
    let cut = ministry::upkeep::restore::restore(data, &out, Arc::new(Timestamp::now), &mut no_power);
    assert!(AssertUnwindSafe(cut).catch_unwind().await.is_err());
    let data_text = data.to_str().unwrap();
    let aside = ["--listen", "127.0.0.1:0", "--inside", "127.0.0.1:0"];
    let serve = [&["serve", "--data", data_text][..], &aside].concat();
    for command in [&["repair", "--data", data_text][..], &serve] {
        let refused = run(command);
        assert!(said(&refused).contains("a restore was cut short: run `ministry restore` again"), "{}", said(&refused));
    }
    assert!(said(&run(&["doctor", "--data", data_text])).contains("BAD  front: a restore was cut short"));
    let restored = restore(data, &out);
    assert!(restored.status.success(), "{}", said(&restored));
    assert_ne!(epoch(&ministry.serve()).await, before);
}
