//! The next key set: a key gets a successor, and ends; or it is void from where it was in other hands.

use std::path::{Path, PathBuf};

use contract::{
    ids::{InvalidId, KeyId},
    jws::{Jws, Purpose, Refusal, sign_by_all},
    keys::{KeySet, NamedKey, Positions, Role, key_text},
    seal,
};
use ed25519_dalek::SigningKey;
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{Desk, folder::FolderError, ledger::LedgerError};
use crate::files;

#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    #[error("{here} of the {needed} root keys are in {}: put them there, and take them away again after", folder.display())]
    Roots { here: usize, needed: usize, folder: PathBuf },
    #[error("{kid} is void from {from} already, and the key in use came after it: `ministry watermark` confirms that")]
    AlreadyVoid { kid: KeyId, from: u64 },
    #[error("the name of the new key is none")]
    Name(#[from] InvalidId),
    #[error("the key set cannot be written")]
    Json(#[from] serde_json::Error),
    #[error("a file of the desk cannot be read or written")]
    File(#[from] std::io::Error),
    #[error("the new key set is not believed: {0}")]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// Of the key set.
    pub number: u32,
    pub kid: KeyId,
    /// Where the private key lies.
    pub file: PathBuf,
}

impl Desk {
    /// Signs the key set that follows the newest: `role` gets a new key, whose private part is written into `folder`.
    /// The one before ends where the log stands now; with `void_from`, what it signed from that position on never
    /// counted. What waits to be posted is signed anew.
    ///
    /// # Errors
    /// Too few root keys are here, the publishing key was void from there before, or something cannot be written; then
    /// the old set stands.
    pub fn rotate(
        &mut self,
        role: Role,
        void_from: Option<u64>,
        folder: &Path,
        rng: &mut impl CryptoRng,
    ) -> Result<Rotated, RotationError> {
        let roots = self.folder.roots(&self.keys.roots)?;
        if roots.len() < self.keys.roots.threshold {
            let (here, needed) = (roots.len(), self.keys.roots.threshold);
            return Err(RotationError::Roots { here, needed, folder: self.folder.path().to_owned() });
        }
        if role == Role::Publish {
            must_be_new(&self.keys, void_from)?;
        }
        let kid = next_name(&self.keys, role)?;
        let (private, public) = key_pair(role, rng);
        let set = next_set(&self.keys, role, kid.clone(), &public, self.log.newest().seq, void_from)?;
        let number = set.number;
        let document = sign_by_all(&roots, &set)?;
        let keys = self.keys.verify_next(&document)?;
        let file = folder.join(format!("{kid}.key"));
        // before the set that names it: no set ever names a key that is lost
        files::write_secret(&file, &private)?;
        files::write_private(&self.folder.key_set(number), document.as_bytes())?;
        self.publishing = self.folder.signatory(&keys, Role::Publish)?;
        self.watermarks = self.folder.signatory(&keys, Role::Watermark)?;
        self.keys = keys;
        self.key_sets.push(document);
        if role == Role::Publish {
            self.sign_waiting_anew()?;
        }
        Ok(Rotated { number, kid, file })
    }

    /// What the old key signed and the front does not have, it would not take any more.
    fn sign_waiting_anew(&mut self) -> Result<(), RotationError> {
        for (path, mut signed) in self.unposted.waiting()? {
            let Jws { payload, .. } = signed.entry;
            signed.entry = self.publishing.sign_text(Purpose::Entry, payload)?;
            self.ledger.add(signed.clone())?;
            files::replace_private(&path, &serde_json::to_vec(&signed)?)?;
        }
        Ok(())
    }
}

/// Said twice, the void would take the successor's own words. What heads and watermarks say is renewed in hours.
fn must_be_new(keys: &KeySet, void_from: Option<u64>) -> Result<(), RotationError> {
    let Some(asked) = void_from else { return Ok(()) };
    for key in keys.keys.iter().filter(|key| key.role == Role::Publish) {
        if let Some(void) = key.void.iter().find(|void| void.until.is_none() && void.from >= asked) {
            return Err(RotationError::AlreadyVoid { kid: key.kid.clone(), from: void.from });
        }
    }
    Ok(())
}

fn key_pair(role: Role, rng: &mut impl CryptoRng) -> (Zeroizing<[u8; 32]>, [u8; 32]) {
    match role {
        Role::Consular | Role::Gateway => seal::key_pair(rng),
        Role::Publish | Role::Head | Role::Watermark | Role::Other => {
            let secret = files::secret(rng);
            let public = SigningKey::from_bytes(&secret).verifying_key().to_bytes();
            (secret, public)
        }
    }
}

/// `publish-2` after `publish-1`.
fn next_name(keys: &KeySet, role: Role) -> Result<KeyId, RotationError> {
    let word = match keys.in_use(role) {
        Some(held) => held.kid.as_str().trim_end_matches(|c: char| c.is_ascii_digit()),
        // a ministry from before there were any
        None if role == Role::Gateway => "gateway-",
        None => return Err(FolderError::NoKey(role).into()),
    };
    let generation = keys.keys.iter().filter(|key| key.role == role).count() + 1;
    Ok(format!("{word}{generation}").parse()?)
}

/// The set after `keys` where the log stands at `seq`.
fn next_set(
    keys: &KeySet,
    role: Role,
    kid: KeyId,
    public: &[u8; 32],
    seq: u64,
    void_from: Option<u64>,
) -> Result<KeySet, RotationError> {
    let mut next = keys.clone();
    next.number = keys.number.checked_add(1).ok_or(Refusal::NotTheNextKeySet)?;
    for key in next.keys.iter_mut().filter(|key| key.role == role && key.is_open()) {
        for positions in key.valid.iter_mut().filter(|positions| positions.until.is_none()) {
            positions.until = Some(seq);
        }
        if let Some(from) = void_from {
            key.void.push(Positions { from, until: None });
        }
    }
    // the head or watermark that the new key signs first is over the newest frame
    let valid = vec![Positions { from: seq, until: None }];
    next.keys.push(NamedKey { kid, role, public: key_text(public), valid, void: Vec::new() });
    Ok(next)
}
