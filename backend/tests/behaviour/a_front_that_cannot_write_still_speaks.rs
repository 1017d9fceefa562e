use std::process::Command;

use reqwest::Method;
use serde_json::json;

use crate::support::{App, Ministry, Served};

/// The front where no file may grow, as on a full disk.
fn serve_on_a_full_disk(ministry: &Ministry) -> Served {
    let mut command = Command::new("sh");
    // the signal of a file that grew too large is for the program to ignore
    command.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_ministry")]);
    Served::run(command, ministry.outside.path(), &[])
}

#[tokio::test]
async fn a_front_on_a_full_disk_starts_serves_the_bulletin_and_says_what_fails() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    assert_eq!(served.text("/healthz").await, "ok\n");
    drop(served);

    let served = serve_on_a_full_disk(&ministry);
    let profile = ministry.profile();
    let keys = served.keys(&profile).await;
    assert!(served.head(&keys).await.seq > 0);
    assert!(!served.entries(&profile).await.is_empty());
    let export = served.get("/v1/devices/self/export").bearer_auth(&app.token).send().await.unwrap();
    assert_eq!(export.status(), 200, "what was taken is still told");
    let health = served.get("/healthz").send().await.unwrap();
    assert_eq!(health.status(), 503);
    assert_eq!(health.text().await.unwrap(), "reads ok\nwrites fail\n");
    let other = App::new();
    let put = served.put(&format!("/v1/devices/{}", other.id), &json!(other.record())).send().await.unwrap();
    assert_eq!(put.status(), 503);
    assert!(put.headers().contains_key("retry-after"));
    let erase = served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&app.token).send().await.unwrap();
    assert_eq!(erase.status(), 503, "and is not said to be erased");
}
