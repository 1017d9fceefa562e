//! What both clients and the router agree on: where things are, and which status goes with which code.

use contract::{
    hash::Hash,
    http::{Code, path},
};

#[test]
fn what_is_numbered_or_hashed_has_an_address_of_its_own() {
    assert_eq!(path::frames(65, 128), "/v1/bulletin/frames/65-128");
    assert_eq!(path::keys(7), "/v1/bulletin/keys/7");
    let hash = Hash::of(b"abc");
    let device = "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse().unwrap();
    assert_eq!(path::paper(device), format!("/v1/devices/{device}/paper"));
    assert_eq!(path::snapshot(hash), format!("/v1/bulletin/snapshot/{hash}"));
}

#[test]
fn every_code_goes_with_its_status() {
    use Code::*;
    let statuses: &[(u16, &[Code])] = &[
        (400, &[BodyNotJson, PageNotAligned]),
        (401, &[Unauthorized]),
        (404, &[NotFound]),
        (405, &[MethodNotAllowed]),
        (408, &[Timeout]),
        (409, &[DeviceTaken, TripMoved, VersionConflict, EntryRefused, EntryExists, NotYetThere]),
        (410, &[Gone]),
        (413, &[BodyTooLarge]),
        (415, &[ContentTypeNotJson]),
        (422, &[FieldInvalid]),
        (429, &[TooManyRequests, QuotaReached]),
        (500, &[Internal]),
        (503, &[Unavailable]),
    ];
    for (status, codes) in statuses {
        for code in *codes {
            assert_eq!(code.status(), *status, "{code:?}");
        }
    }
    let listed = statuses.iter().map(|(_, codes)| codes.len()).sum::<usize>();
    assert_eq!(listed, Code::KNOWN.len(), "each code is here once");
    assert_eq!(Other.status(), 500);
}
