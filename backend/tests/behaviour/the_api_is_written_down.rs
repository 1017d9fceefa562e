use std::path::Path;

use serde_json::Value;

use crate::support::{Ministry, client};

fn documents() -> [(&'static str, String); 3] {
    [
        ("openapi.json", ministry::front::router::openapi_document().unwrap() + "\n"),
        ("openapi-inside.json", ministry::front::inside::openapi_document().unwrap() + "\n"),
        ("openapi-desk.json", ministry::officers::router::openapi_document().unwrap() + "\n"),
    ]
}

#[test]
fn the_committed_openapi_documents_are_the_generated_ones() {
    for (name, generated) in documents() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == generated, "backend/{name} is stale: run this test with UPDATE_SNAPSHOTS=1");
    }
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    for (document, text) in documents() {
        let read: Value = serde_json::from_str(&text).unwrap();
        let items = read["paths"].as_object().unwrap().values();
        let operations = items.flat_map(|item| item.as_object().unwrap().values());
        let mut names: Vec<_> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{document}");
    }
}

/// With a `default` answer nothing would be undocumented, and a fuzzer would check no status.
#[test]
fn every_answer_is_named_by_its_status() {
    for (document, text) in documents() {
        let read: Value = serde_json::from_str(&text).unwrap();
        for (path, item) in read["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                let mut answers = operation["responses"].as_object().unwrap().keys();
                assert!(answers.all(|status| status.parse::<u16>().is_ok()), "{document}: {path}");
            }
        }
    }
}

#[test]
fn no_route_of_the_desk_is_for_the_public() {
    let [(_, public), (_, inside), _] = documents();
    for path in [
        "/v1/entries",
        "/v1/snapshots/{hash}",
        "/v1/keys/{number}",
        "/v1/watermark",
        "/v1/headcount",
        "/v1/records",
        "/metrics",
    ] {
        assert!(!public.contains(&format!("\"{path}\"")), "{path}");
        assert!(inside.contains(&format!("\"{path}\"")), "{path}");
    }
    assert!(!public.contains("\"publish\"") || !public.contains("\"publish\": []"));
}

#[tokio::test]
async fn both_listeners_serve_their_document_and_say_that_they_live() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let document: Value = serde_json::from_str(&served.text("/openapi.json").await).unwrap();
    for path in ["/v1/bulletin/head", "/v1/trips/{id}", "/v1/capabilities", "/cap/atom.xml"] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    assert_eq!(served.text("/healthz").await, "ok\n");
    let inside = async |path: &str| client().get(format!("{}{path}", served.inside)).send().await.unwrap();
    let document: Value = inside("/openapi.json").await.json().await.unwrap();
    assert!(document["paths"]["/v1/headcount"].is_object());
    assert!(inside("/metrics").await.text().await.unwrap().contains("ministry_answers_total{status=\"2xx\"} 3"));
    for path in ["/metrics", "/v1/headcount", "/v1/entries"] {
        assert_eq!(served.get(path).send().await.unwrap().status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_front_says_what_it_takes() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let capabilities: Value = serde_json::from_str(&served.text("/v1/capabilities").await).unwrap();
    for record in ["devices", "trips", "check-ins", "calls", "receipts"] {
        assert!(capabilities["records"][record].as_u64().is_some_and(|bytes| bytes > 0), "{capabilities}");
    }
    assert!(capabilities["entries"].as_array().unwrap().iter().any(|kind| kind == "relayed_alert"), "{capabilities}");
}
