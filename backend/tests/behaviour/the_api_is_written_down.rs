use std::path::Path;

use serde_json::Value;

use crate::support::Ministry;

#[test]
fn the_committed_openapi_document_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let generated = ministry::front::router::openapi_document().unwrap() + "\n";
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "backend/openapi.json is stale: run this test with UPDATE_SNAPSHOTS=1");
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document: Value = serde_json::from_str(&ministry::front::router::openapi_document().unwrap()).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let mut names: Vec<_> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[tokio::test]
async fn the_front_serves_its_document_and_says_that_it_lives() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let document: Value = serde_json::from_str(&served.text("/openapi.json").await).unwrap();
    for path in ["/v1/bulletin/head", "/v1/trips/{id}", "/v1/officer/headcount", "/cap/atom.xml"] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    assert_eq!(served.text("/healthz").await, "ok\n");
    assert!(served.text("/metrics").await.contains("ministry_answers_total{status=\"2xx\"} 2"));
}
