//! Keys by seed: the same seed gives the same key on every machine.

use contract::{
    jws::Signatory,
    keys::{NamedKey, Positions, Role, RootKey, Roots, key_text},
};
use ed25519_dalek::SigningKey;

/// A key whose 32 secret bytes are all `seed`.
pub fn signatory(kid: &str, seed: u8) -> Signatory {
    Signatory { kid: kid.parse().unwrap(), key: SigningKey::from_bytes(&[seed; 32]) }
}

fn public(signatory: &Signatory) -> String {
    key_text(&signatory.key.verifying_key().to_bytes())
}

/// How a profile or a key set names a root.
pub fn root_key(signatory: &Signatory) -> RootKey {
    RootKey { kid: signatory.kid.clone(), public: public(signatory) }
}

/// `threshold` of these roots.
pub fn roots(threshold: usize, signatories: &[Signatory]) -> Roots {
    Roots { threshold, keys: signatories.iter().map(root_key).collect() }
}

/// How a key set names a key that counts from one log position until another, or without an end.
pub fn named(signatory: &Signatory, role: Role, from: u64, until: Option<u64>) -> NamedKey {
    let (kid, public) = (signatory.kid.clone(), public(signatory));
    NamedKey { kid, role, public, valid: vec![Positions { from, until }], void: Vec::new() }
}
