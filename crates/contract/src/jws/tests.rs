//! The signature check against vectors of others.

use std::{env, fs, path::PathBuf};

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vectors {
    number_of_tests: usize,
    test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    public_key: PublicKey,
    tests: Vec<Case>,
}

#[derive(Deserialize)]
struct PublicKey {
    pk: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    tc_id: u32,
    comment: String,
    msg: String,
    sig: String,
    result: String,
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn corpora() -> PathBuf {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    workspace.join(env::var_os("SAPARLAS_CORPORA").unwrap_or_else(|| "../shared/data".into()))
}

#[test]
fn every_ed25519_vector_of_wycheproof_is_judged_as_it_says() {
    let Ok(text) = fs::read_to_string(corpora().join("webpush/wycheproof_ed25519_test.json")) else {
        eprintln!("skipped: no corpus");
        return;
    };
    let vectors: Vectors = serde_json::from_str(&text).unwrap();
    let mut judged = 0;
    for group in vectors.test_groups {
        let key = VerifyingKey::from_bytes(&bytes(&group.public_key.pk).try_into().unwrap()).unwrap();
        for case in group.tests {
            let holds = check_bytes(&key, &bytes(&case.msg), &bytes(&case.sig)).is_ok();
            assert_eq!(holds, case.result == "valid", "{} {}", case.tc_id, case.comment);
            judged += 1;
        }
    }
    assert_eq!(judged, vectors.number_of_tests);
}

#[test]
fn a_key_of_small_order_signs_for_nobody() {
    // the identity: without strictness, R = 0 and s = 0 would hold for every message
    let mut identity = [0; 32];
    identity[0] = 1;
    let key = VerifyingKey::from_bytes(&identity).unwrap();
    let mut signature = [0; 64];
    signature[0] = 1;
    assert_eq!(check_bytes(&key, b"anything", &signature), Err(Refusal::BadSignature));
}
