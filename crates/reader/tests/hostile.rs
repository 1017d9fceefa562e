//! Whatever bytes come, what is said of them is said: what panics would end a child alone, and a ticket would go unread.

use std::{fs, path::Path};

use proptest::prelude::*;
use reader::see;

/// Small ones, so that there is time for many.
const WHOLE: [&str; 8] =
    ["aztec.png", "aztec.jpg", "back.png", "qr.png", "rows.pdf", "ticket-kk.pdf", "pass.pdf", "protected.pdf"];
const BEGINNINGS: [&[u8]; 3] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-1.7\n"];
/// What leads a reader of PDF on.
const PIECES: [&str; 16] = [
    "1 0 obj\n",
    "endobj\n",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    "/Type /Catalog /Pages 1 0 R ",
    "/Kids [1 0 R] ",
    "1 0 R ",
    "stream\n",
    "\nendstream\n",
    "trailer << /Root 1 0 R >>\n",
    "startxref\n9\n%%EOF",
    "/Length 99999999 ",
    "-1 ",
];

fn fixture(name: &str) -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/passes").join(name);
    fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_after_any_beginning(which in 0..3usize, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = see(&[BEGINNINGS[which], &bytes].concat());
    }

    #[test]
    fn a_pdf_of_any_pieces(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let _ = see(["%PDF-1.7\n", &pieces.concat()].concat().as_bytes());
    }

    #[test]
    fn a_whole_one_that_was_damaged(
        which in 0..WHOLE.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = fixture(WHOLE[which]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = see(&bytes);
        let _ = see(&bytes[..cut.index(bytes.len())]);
    }
}
