//! The suite against the vector its standard gives.

use super::*;

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn the_base_mode_vector_of_rfc_9180_a_2_1_opens() {
    let private = bytes("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb").try_into().unwrap();
    let encapped = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
    let ciphertext = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
    let sealed = bytes(&format!("{encapped}{ciphertext}"));
    let opened = open_bytes(&OpModeR::Base, &sealed, b"Ode on a Grecian Urn", b"Count-0", &private).unwrap();
    assert_eq!(*opened, b"Beauty is truth, truth beauty");
    assert!(open_bytes(&OpModeR::Base, &sealed, b"Ode on a Grecian Urn", b"Count-1", &private).is_err());
}
