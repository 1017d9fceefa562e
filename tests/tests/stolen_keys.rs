//! Whoever stole a key speaks in the ministry's name until the next key set; then phones hear the ministry alone.

use std::{fs, sync::Arc};

use companion::{
    Companion,
    host::{Host, Shown, Window},
    notices::Notice,
    sync::catch_up,
};
use contract::{
    entry::{Body, Entry},
    log::Head,
    profile::Profile,
    words::Lang,
};
use jiff::SignedDuration;
use rand::{SeedableRng, rngs::StdRng};
use reqwest::Client;
use tempfile::TempDir;
use tests::{Result, ensure, fixtures, forge, ministry::Ministry, now};

/// A window that nobody looks at.
struct Closed;

impl Window for Closed {
    fn changed(&self, _: u64) {}

    fn notify(&self, _: Notice, _: Shown) {}
}

/// The app without its window, at a real front.
struct Phone {
    companion: Companion,
    _folder: TempDir,
}

impl Phone {
    fn of(ministry: &Ministry, http: &Client) -> Result<Self> {
        let profile: Profile = serde_json::from_str(&fs::read_to_string(ministry.profile())?)?;
        let profile = Profile { front: ministry.url(), ..profile };
        let folder = tempfile::tempdir()?;
        let host = Host {
            clock: Arc::new(now),
            rng: StdRng::seed_from_u64(1),
            http: Arc::new(http.clone()),
            window: Arc::new(Closed),
            keychain: Arc::new(companion::host::NoKeychain("none".into())),
            lang: Lang::En,
        };
        Ok(Self { companion: Companion::open(folder.path(), Ok(Some(profile)), host), _folder: folder })
    }

    async fn catch_up(&self) -> Result {
        let session = self.companion.session().map_err(|failure| format!("{failure:?}"))?;
        Ok(catch_up(session).await?)
    }

    /// What the advisory for the Emirates says, after a look at the front.
    async fn reads(&self) -> Result<String> {
        self.catch_up().await?;
        let view = self.companion.view().map_err(|failure| format!("{failure:?}"))?;
        let shown = view.advisories.iter().find(|shown| shown.id.as_str() == "advisory.ae.airspace");
        Ok(shown.and_then(|shown| Some(shown.main_part.texts.first()?.headline.clone())).unwrap_or_default())
    }

    /// Whether all it shows is the ministry's newest word, and the desk has confirmed it.
    fn is_sure(&self) -> Result<bool> {
        let view = self.companion.view().map_err(|failure| format!("{failure:?}"))?;
        Ok(view.contact.confirmed && !view.contact.may_be_stale)
    }
}

fn http() -> Result<Client> {
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(Client::builder().no_proxy().build()?)
}

/// A ministry whose front serves one advisory of its own, at this position.
async fn warned(folder: &TempDir) -> Result<(Ministry, u64)> {
    let mut ministry = Ministry::init(folder.path(), "http://127.0.0.1:1").await?;
    ministry.serve().await?;
    let published = ministry.publish(&[&fixtures::advisory(folder.path(), "")?]).await?;
    let [advisory] = published.as_slice() else { return Err("one advisory is published".into()) };
    Ok((ministry, advisory.seq))
}

/// The second version of the advisory, as a thief would have it.
fn lie(true_one: &Entry) -> Entry {
    let mut lie = true_one.clone();
    lie.version = 2;
    if let Body::Advisory(advisory) = &mut lie.body {
        for lang in Lang::ALL {
            if let Some(mut text) = advisory.texts.get(lang.tag()).cloned() {
                text.headline = "Come to the square".into();
                advisory.texts.insert(lang.into(), text);
            }
        }
    }
    lie
}

#[tokio::test]
async fn a_void_takes_a_lie_from_every_screen_and_the_true_word_shows_again() -> Result {
    let (folder, http) = (tempfile::tempdir()?, http()?);
    let (ministry, seq) = warned(&folder).await?;
    let (phone, truth) = (Phone::of(&ministry, &http)?, fixtures::told(Lang::En)?.headline);
    let read = phone.reads().await?;
    ensure!(read == truth && phone.is_sure()?, "at first it reads {read}");
    let frames = http.get(format!("{}/v1/bulletin/frames/{seq}-{seq}", ministry.url())).send().await?.text().await?;
    let frame: contract::log::Frame = serde_json::from_str(frames.trim())?;
    ministry.slip_in(&http, &lie(&forge::read(&frame.entry.compact())?)).await?;
    let read = phone.reads().await?;
    ensure!(read == "Come to the square", "a stolen key is believed until it is void: {read}");
    ministry.replace_key("publish", seq + 1).await?;
    let (read, new) = (phone.reads().await?, Phone::of(&ministry, &http)?);
    ensure!(read == truth && phone.is_sure()?, "after the void it reads {read}");
    let read = new.reads().await?;
    ensure!(read == truth && new.is_sure()?, "a new phone reads {read}");
    Ok(())
}

#[tokio::test]
async fn phones_follow_the_new_head_key_and_believe_the_stolen_one_no_more() -> Result {
    let (folder, http) = (tempfile::tempdir()?, http()?);
    let (mut ministry, seq) = warned(&folder).await?;
    let phone = Phone::of(&ministry, &http)?;
    phone.catch_up().await?;
    ensure!(phone.is_sure()?, "at first it is sure");
    // the desk's folder is beside the front's: the new key is put where it belongs
    ministry.replace_key("head", 0).await?;
    ministry.stop().await?;
    ministry.serve().await?;
    phone.catch_up().await?;
    ensure!(phone.is_sure()?, "it follows");
    let head = http.get(format!("{}/v1/bulletin/head", ministry.url())).send().await?.text().await?;
    let head: Head = forge::read(&head)?;
    ensure!((head.keys, head.seq) == (2, seq), "{head:?}");
    let stolen = Head { issued_at: now() + SignedDuration::from_mins(1), ..head };
    let stolen = ministry.sign_head(&stolen)?;
    let keys = http.get(format!("{}/v1/bulletin/keys/2", ministry.url())).send().await?.text().await?;
    let profile: Profile = serde_json::from_str(&fs::read_to_string(ministry.profile())?)?;
    let first = &profile.shipped.ok_or("the demo ships a snapshot")?.keys[0];
    let believed = profile.roots.verify_first(first)?.verify_next(&keys)?;
    ensure!(believed.head(&stolen).is_err(), "the stolen key signs nothing more");
    Ok(())
}
