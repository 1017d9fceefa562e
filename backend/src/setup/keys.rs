//! The first keys of a ministry.

use contract::{
    ids::{InvalidId, KeyId},
    jws::Signatory,
    keys::{KeySet, NamedKey, Positions, Role, RootKey, Roots, key_text},
};
use ed25519_dalek::SigningKey;
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::files;

pub struct Keys {
    pub root: Signatory,
    pub publish: Signatory,
    pub watermark: Signatory,
    pub head: Signatory,
    pub consular: OpeningKey,
    pub gateway: OpeningKey,
}

/// What others seal to.
pub struct OpeningKey {
    pub kid: KeyId,
    pub private: Zeroizing<[u8; 32]>,
    public: [u8; 32],
}

impl Keys {
    /// # Errors
    /// Never in practice: the names are ours.
    pub fn new(rng: &mut impl CryptoRng) -> Result<Self, InvalidId> {
        Ok(Self {
            root: signatory("root-1", rng)?,
            publish: signatory("publish-1", rng)?,
            watermark: signatory("watermark-1", rng)?,
            head: signatory("head-1", rng)?,
            consular: opening("consular-1", rng)?,
            gateway: opening("gateway-1", rng)?,
        })
    }

    /// Root 0.
    pub fn roots(&self) -> Roots {
        let public = key_text(&self.root.key.verifying_key().to_bytes());
        Roots { threshold: 1, keys: vec![RootKey { kid: self.root.kid.clone(), public }] }
    }

    /// Key set 1.
    pub fn set(&self) -> KeySet {
        let named = |kid: &KeyId, role, public: &[u8; 32]| NamedKey {
            kid: kid.clone(),
            role,
            public: key_text(public),
            valid: vec![Positions::ALL],
            void: Vec::new(),
        };
        let signing = |one: &Signatory, role| named(&one.kid, role, &one.key.verifying_key().to_bytes());
        let keys = vec![
            signing(&self.publish, Role::Publish),
            signing(&self.watermark, Role::Watermark),
            signing(&self.head, Role::Head),
            named(&self.consular.kid, Role::Consular, &self.consular.public),
            named(&self.gateway.kid, Role::Gateway, &self.gateway.public),
        ];
        KeySet { number: 1, roots: self.roots(), keys }
    }
}

fn opening(kid: &str, rng: &mut impl CryptoRng) -> Result<OpeningKey, InvalidId> {
    let (private, public) = contract::seal::key_pair(rng);
    Ok(OpeningKey { kid: kid.parse()?, private, public })
}

fn signatory(kid: &str, rng: &mut impl CryptoRng) -> Result<Signatory, InvalidId> {
    Ok(Signatory { kid: kid.parse()?, key: SigningKey::from_bytes(&files::secret(rng)) })
}
