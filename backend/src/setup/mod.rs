//! Makes a ministry from its description: keys, desk, front, and the profile for the app.

pub mod demo;
pub mod description;
mod keys;

use std::{net::SocketAddr, path::Path, sync::Arc};

use contract::{
    entry::{Body, relayed_alert::RelayList},
    hash::Hash,
    jws::sign_by_all,
    keys::key_text,
    profile::{Profile, Shipped},
};
use jiff::Timestamp;
use rand::CryptoRng;
use serde_json::{Value, json};

use crate::{
    Clock,
    desk::{
        Desk, RELAY_LIST, SignError,
        casework::waking::WakesAfter,
        draft::{Draft, DraftError, Standing},
        folder::{Credential, DeskFolder, DeskLaw, DeskSettings, FolderError},
        watermark::WatermarkError,
    },
    files,
    front::{
        FrontError,
        folder::{Folder, Settings},
    },
    log::{Bulletin, LogError, LogStore},
    storage::sqlite::{Database, Schema, SqliteLog, SqliteRegister},
};
use description::Description;
use keys::Keys;

#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("there is a ministry here already: {0} exists; nothing was changed")]
    Exists(std::path::PathBuf),
    #[error("a file of the new ministry cannot be written")]
    Write(#[from] std::io::Error),
    #[error("a document of the new ministry cannot be written")]
    Json(#[from] serde_json::Error),
    #[error("a name in the new ministry is none")]
    Name(#[from] contract::ids::InvalidId),
    #[error("the address of the desk's listener is none")]
    Address(#[from] url::ParseError),
    #[error("its first entry number {number} is wrong")]
    Draft {
        number: usize,
        #[source]
        source: DraftError,
    },
    #[error(transparent)]
    Desk(#[from] FolderError),
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error(transparent)]
    Watermark(#[from] WatermarkError),
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error(transparent)]
    Log(#[from] LogError),
}

/// Where the two listeners of the front will be.
#[derive(Debug, Clone, Copy)]
pub struct Addresses {
    pub listen: SocketAddr,
    pub inside: SocketAddr,
}

/// Makes `DIR/desk`, `DIR/front` and `DIR/profile.json`; a ministry that is there is left as it is.
///
/// # Errors
/// A first entry is wrong, or a file cannot be written.
pub async fn init(
    data: &Path,
    description: Description,
    addresses: Addresses,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<(), SetupError> {
    let (desk, front, profile) = (DeskFolder::of(data), Folder::of(data), data.join("profile.json"));
    for path in [desk.path(), front.path(), &profile] {
        if path.exists() {
            return Err(SetupError::Exists(path.to_owned()));
        }
    }
    let drafts = first_drafts(&description, clock())?;
    std::fs::create_dir_all(data)?;
    files::create_private_folder(desk.path())?;
    files::create_private_folder(front.path())?;
    let keys = Keys::new(rng)?;
    let key_set = sign_by_all(std::slice::from_ref(&keys.root), &keys.set())?;
    write_desk(&desk, &description, &keys, &key_set, addresses, rng)?;
    write_front(&front, &desk, &description, &keys, addresses)?;
    let shipped = seed(&desk, &front, key_set, drafts, clock, rng).await?;
    let url = public_url(&description, addresses);
    let Description { identifier, name, demo, languages, home_country, home_time_zone, home_city, line, .. } =
        description;
    let text = serde_json::to_string_pretty(&Profile {
        identifier,
        name,
        demo,
        languages,
        front: url,
        roots: keys.roots(),
        home_country,
        home_time_zone,
        home_city,
        line,
        disputed: description.disputed,
        law: description.law,
        shipped: Some(shipped),
    })?;
    // last, so that a profile only ever names a ministry that is whole
    Ok(files::write_new(&profile, text.as_bytes())?)
}

fn public_url(description: &Description, addresses: Addresses) -> String {
    match &description.front {
        Some(front) => front.trim_end_matches('/').to_owned(),
        None => format!("http://{}", addresses.listen),
    }
}

fn write_desk(
    desk: &DeskFolder,
    description: &Description,
    keys: &Keys,
    key_set: &str,
    addresses: Addresses,
    rng: &mut impl CryptoRng,
) -> Result<(), SetupError> {
    for one in [&keys.root, &keys.publish, &keys.watermark] {
        files::write_secret(&desk.key(&one.kid), one.key.as_bytes())?;
    }
    for one in [&keys.consular, &keys.gateway] {
        files::write_secret(&desk.key(&one.kid), &one.private)?;
    }
    for credential in [Credential::Publish, Credential::Read] {
        files::write_secret(&desk.credential_path(credential), &files::secret(rng))?;
    }
    for path in [desk.sms_credential(), desk.push_credential()] {
        files::write_secret(&path, &files::secret(rng))?;
    }
    // empty, and never made anew: a desk without them is told that they are gone
    files::write_private(&desk.ledger(), b"")?;
    files::write_private(&desk.log(), b"")?;
    files::create_private_folder(&desk.key_sets())?;
    files::write_private(&desk.key_set(1), key_set.as_bytes())?;
    let settings = DeskSettings {
        languages: description.languages.clone(),
        roots: keys.roots(),
        inside: format!("http://{}", addresses.inside).parse()?,
        answers_sms: description.answers_sms,
        wakes_after: WakesAfter::default(),
        retention: Some(description.law.retention),
        law: Some(DeskLaw {
            responsible: description.law.responsible.clone(),
            time_zone: description.home_time_zone.clone(),
        }),
    };
    Ok(files::write_private(&desk.settings_path(), serde_json::to_string_pretty(&settings)?.as_bytes())?)
}

fn write_front(
    front: &Folder,
    desk: &DeskFolder,
    description: &Description,
    keys: &Keys,
    addresses: Addresses,
) -> Result<(), SetupError> {
    let hash = |credential| Ok::<_, FolderError>(Hash::of(desk.credential(credential)?.as_bytes()));
    let settings = Settings {
        name: description.name.clone(),
        demo: description.demo,
        languages: description.languages.clone(),
        listen: addresses.listen,
        inside: addresses.inside,
        url: public_url(description, addresses).parse()?,
        roots: keys.roots(),
        publish_credential_hash: hash(Credential::Publish)?,
        read_credential_hash: hash(Credential::Read)?,
        cap_sender: description.cap_sender.clone(),
        retention: description.law.retention,
    };
    files::write_secret(&front.head_key(&keys.head.kid), keys.head.key.as_bytes())?;
    Ok(files::write_private(&front.settings_path(), serde_json::to_string_pretty(&settings)?.as_bytes())?)
}

/// An empty register, and a log with its first key set.
async fn make_front(
    front: &Folder,
    key_set: String,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<Bulletin, FrontError> {
    let register = Database::create(&front.register(), Schema::Register)?;
    SqliteRegister::new(register).begin(key_text(&files::secret(rng))).await?;
    let store = SqliteLog::new(Database::create(&front.bulletin(), Schema::Bulletin)?);
    store.put_key_set(1, key_set).await?;
    Ok(Bulletin::open(Arc::new(store), &front.settings()?.roots, front.head_keys()?, clock).await?)
}

/// The first entries, signed by the desk and appended by the front, under the first watermark.
async fn seed(
    desk: &DeskFolder,
    front: &Folder,
    key_set: String,
    drafts: Vec<Draft>,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<Shipped, SetupError> {
    let bulletin = make_front(front, key_set.clone(), clock.clone(), rng).await?;
    let mut signing = Desk::open(desk)?;
    let now = clock();
    let mut entries = Vec::new();
    for draft in drafts {
        entries.push(signing.sign(draft, now)?.entry);
    }
    signing.log_mut().keep(bulletin.append(entries).await?.frames).map_err(FolderError::from)?;
    let confirmed = signing.confirm(now, true)?;
    let mut shipped = Shipped { keys: vec![key_set], watermark: confirmed.jws, snapshot: String::new() };
    if let Some((hash, bytes)) = confirmed.snapshot {
        shipped.snapshot = String::from_utf8_lossy(&bytes).into_owned();
        bulletin.put_snapshot(hash, bytes).await?;
    }
    bulletin.put_watermark(shipped.watermark.clone()).await?;
    Ok(shipped)
}

/// The description's entries and its list of relays, dated and checked.
fn first_drafts(description: &Description, now: Timestamp) -> Result<Vec<Draft>, SetupError> {
    let mut drafts = Vec::new();
    if !description.relay_list.is_empty() {
        let body = Body::RelayList(RelayList { relays: description.relay_list.clone() });
        let id = RELAY_LIST.parse()?;
        drafts.push(Draft { id, version: None, body });
    }
    for entry in &description.entries {
        let wrong = |source| SetupError::Draft { number: drafts.len() + 1, source };
        let text = serde_json::to_string(&dated(entry.clone(), now))?;
        drafts.push(Draft::from_json(&text).map_err(wrong)?);
    }
    let entries = drafts.iter().map(|draft| (draft.id.clone(), draft.body.clone())).collect();
    let standing = Standing { languages: description.languages.clone(), entries };
    for (index, draft) in drafts.iter().enumerate() {
        draft.check(&standing, now).map_err(|source| SetupError::Draft { number: index + 1, source })?;
    }
    Ok(drafts)
}

/// What has no date of its own is of the day of making.
fn dated(mut entry: Value, now: Timestamp) -> Value {
    let field = match entry["kind"].as_str() {
        Some("line" | "chat") => "verified_at",
        Some("level") => "since",
        Some(_) | None => return entry,
    };
    if let Some(body) = entry["body"].as_object_mut().filter(|body| !body.contains_key(field)) {
        body.insert(field.to_owned(), json!(now));
    }
    entry
}
