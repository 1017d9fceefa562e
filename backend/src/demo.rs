//! A ministry that does not exist, made whole: keys, profile, and a bulletin with its first entries.

use std::{path::Path, sync::Arc};

use contract::{
    ids::KeyId,
    jws::{Purpose, Signatory, sign_by_all},
    keys::{KeySet, NamedKey, Role, RootKey, Roots, key_text},
    place::CountryCode,
    profile::{DisputedPlace, Profile, ProfileLine, Shipped},
    words::Words,
};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use rand::CryptoRng;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::{
    Clock,
    desk::{
        Desk, SignError,
        draft::{Draft, DraftError},
        folder::{DeskFolder, FolderError},
    },
    files,
    front::{
        FrontError,
        folder::{Folder, Settings},
        token_hash,
    },
    log::{Bulletin, LogError},
    register::RegisterError,
    storage::{
        StorageError,
        sqlite::{Database, Schema, SqliteLog, SqliteRegister},
    },
};

const MINISTRY: &str = include_str!("../demo/ministry.json");
const ENTRIES: &str = include_str!("../demo/entries.json");

#[derive(Debug, thiserror::Error)]
pub enum InitError {
    #[error("there is a ministry here already: {0} exists; nothing was changed")]
    Exists(std::path::PathBuf),
    #[error("a file of the new ministry cannot be written")]
    Write(#[from] std::io::Error),
    #[error("a document of the new ministry cannot be written")]
    Json(#[from] serde_json::Error),
    #[error("a name in the new ministry is none")]
    Name(#[from] contract::ids::InvalidId),
    #[error("a demo entry is wrong")]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Desk(#[from] FolderError),
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error("the key set does not verify: {0}")]
    Keys(#[from] contract::jws::Refusal),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ministry {
    name: Words,
    home_time_zone: String,
    home_city: Words,
    home_country: CountryCode,
    line: ProfileLine,
    disputed: Vec<DisputedPlace>,
    cap_sender: String,
}

/// Makes `DIR/desk`, `DIR/front` and `DIR/profile.json`; a ministry that is there is left as it is.
pub async fn init(data: &Path, front_url: &str, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), InitError> {
    let (desk, front, profile) = (DeskFolder::of(data), Folder::of(data), data.join("profile.json"));
    for path in [desk.path(), front.path(), &profile] {
        if path.exists() {
            return Err(InitError::Exists(path.to_owned()));
        }
    }
    std::fs::create_dir_all(data)?;
    files::create_private_folder(desk.path())?;
    files::create_private_folder(front.path())?;
    let ministry: Ministry = serde_json::from_str(MINISTRY)?;
    let keys = Keys::new(rng)?;
    let roots = write_desk(&desk, &keys, rng)?;
    write_front(&front, &desk, &ministry, &keys, roots.clone())?;
    let entries = seed(&desk, &front, clock, rng).await?;
    let text = serde_json::to_string_pretty(&Profile {
        name: ministry.name,
        demo: true,
        front: front_url.to_owned(),
        roots,
        home_time_zone: ministry.home_time_zone,
        home_city: ministry.home_city,
        home_country: ministry.home_country,
        line: ministry.line,
        disputed: ministry.disputed,
        shipped: Some(Shipped { keys: front.key_set()?, entries }),
    })?;
    // last, so that a profile only ever names a ministry that is whole
    Ok(files::write_new(&profile, text.as_bytes())?)
}

struct Keys {
    root: Signatory,
    publishing: Signatory,
    head: Signatory,
    consular: (KeyId, Zeroizing<[u8; 32]>, [u8; 32]),
}

impl Keys {
    fn new(rng: &mut impl CryptoRng) -> Result<Self, InitError> {
        let (private, public) = contract::seal::key_pair(rng);
        Ok(Self {
            root: signatory("root-1", rng)?,
            publishing: signatory("publish-1", rng)?,
            head: signatory("head-1", rng)?,
            consular: ("consular-1".parse()?, private, public),
        })
    }

    fn set(&self, roots: Roots) -> KeySet {
        let named = |kid: &KeyId, role, public: &[u8; 32]| NamedKey {
            kid: kid.clone(),
            role,
            public: key_text(public),
            from_seq: 0,
            until_seq: None,
        };
        let signing = |one: &Signatory, role| named(&one.kid, role, &one.key.verifying_key().to_bytes());
        let (consular, _, public) = &self.consular;
        let keys = vec![
            signing(&self.publishing, Role::Publish),
            signing(&self.head, Role::Head),
            named(consular, Role::Consular, public),
        ];
        KeySet { number: 1, roots, keys }
    }
}

fn secret(rng: &mut impl CryptoRng) -> Zeroizing<[u8; 32]> {
    let mut bytes = Zeroizing::new([0; 32]);
    rng.fill_bytes(bytes.as_mut());
    bytes
}

fn signatory(kid: &str, rng: &mut impl CryptoRng) -> Result<Signatory, InitError> {
    Ok(Signatory { kid: kid.parse()?, key: SigningKey::from_bytes(&secret(rng)) })
}

fn write_desk(desk: &DeskFolder, keys: &Keys, rng: &mut impl CryptoRng) -> Result<Roots, InitError> {
    files::write_secret(&desk.root_key(), keys.root.key.as_bytes())?;
    files::write_secret(&desk.publishing_key(), keys.publishing.key.as_bytes())?;
    files::write_private(&desk.publishing_key_name(), keys.publishing.kid.to_string().as_bytes())?;
    files::write_secret(&desk.consular_key(), &keys.consular.1)?;
    files::write_secret(&desk.credential_path(), &secret(rng))?;
    let public = key_text(&keys.root.key.verifying_key().to_bytes());
    Ok(Roots { threshold: 1, keys: vec![RootKey { kid: keys.root.kid.clone(), public }] })
}

fn write_front(
    front: &Folder,
    desk: &DeskFolder,
    ministry: &Ministry,
    keys: &Keys,
    roots: Roots,
) -> Result<(), InitError> {
    let signer = Signatory { kid: keys.root.kid.clone(), key: keys.root.key.clone() };
    let key_set = sign_by_all(&[signer], Purpose::Keys, &keys.set(roots.clone()))?;
    roots.verify(&key_set)?;
    let settings = Settings {
        name: ministry.name.clone(),
        demo: true,
        roots,
        head_key: keys.head.kid.clone(),
        desk_credential_hash: token_hash(&desk.credential()?),
        cap_sender: ministry.cap_sender.clone(),
    };
    files::write_secret(&front.head_key_path(), keys.head.key.as_bytes())?;
    files::write_new(&front.key_set_path(), key_set.as_bytes())?;
    Ok(files::write_private(&front.settings_path(), serde_json::to_string_pretty(&settings)?.as_bytes())?)
}

/// The first entries: signed by the desk, appended by the front.
async fn seed(
    desk: &DeskFolder,
    front: &Folder,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<Vec<String>, InitError> {
    let register = Database::create(&front.register(), Schema::Register)?;
    SqliteRegister::new(register).begin(key_text(&secret(rng))).await?;
    let settings = front.settings()?;
    let keys = settings.roots.verify(&front.key_set()?)?;
    let now = clock();
    let log = Arc::new(SqliteLog::new(Database::create(&front.bulletin(), Schema::Bulletin)?));
    let log = Bulletin::open(log, keys, front.head_signatory(&settings)?, clock).await?;
    let mut signing = Desk::open(desk)?;
    let mut entries = Vec::new();
    for draft in drafts(now)? {
        let signed = signing.sign(draft, now)?;
        entries.push(signed.entry);
    }
    log.append(entries.clone()).await?;
    Ok(entries)
}

/// The demo's entries, dated.
fn drafts(now: Timestamp) -> Result<Vec<Draft>, InitError> {
    let mut entries: Vec<Value> = serde_json::from_str(ENTRIES)?;
    for entry in &mut entries {
        let dated = match entry["kind"].as_str() {
            Some("line" | "chat") => Some("verified_at"),
            Some("level") => Some("since"),
            Some(_) | None => None,
        };
        if let Some(field) = dated {
            entry["body"][field] = json!(now);
        }
    }
    let read = |entry: &Value| -> Result<Draft, InitError> {
        let draft = Draft::from_json(&serde_json::to_vec(entry)?)?;
        draft.check(now, false)?;
        Ok(draft)
    };
    entries.iter().map(read).collect()
}
