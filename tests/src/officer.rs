//! An officer at the console of the real desk, in a real browser with a virtual authenticator.

use std::{path::PathBuf, process::Stdio};

use contract::words::Lang;
use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    key::Key,
    wd::WebDriverCompatibleCommand,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use url::{ParseError, Url};

use crate::{
    Result,
    desktop::Desktop,
    ports,
    process::Process,
    waiting::{PATIENCE, eventually},
    words::Messages,
};

pub struct Officer {
    client: Client,
    words: Messages,
    _driver: Process,
}

/// Of WebAuthn's WebDriver extension: an authenticator that says yes by itself.
#[derive(Debug)]
struct AddAuthenticator;

impl WebDriverCompatibleCommand for AddAuthenticator {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/webauthn/authenticator", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let authenticator = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
        });
        (http::Method::POST, Some(authenticator.to_string()))
    }
}

impl Officer {
    /// Opens a one-time link, makes a passkey and comes to the board.
    pub async fn sign_in(desktop: &Desktop, lang: Lang, link: &str) -> Result<Self> {
        let port = ports::free()?;
        let mut command = desktop.command("chromedriver");
        let silent = command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Process::start_group("chromedriver", silent)?;
        let folder: PathBuf = desktop.folder().join("officer");
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--window-size=1440,900", format!("--user-data-dir={}", folder.display())],
            "prefs": { "intl.accept_languages": lang.tag() },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities([("goog:chromeOptions".to_owned(), options)].into_iter().collect());
        let client = eventually("the officer's browser", PATIENCE, async || {
            Ok(Some(builder.connect(&format!("http://127.0.0.1:{port}")).await?))
        })
        .await?;
        client.issue_cmd(AddAuthenticator).await?;
        client.goto(link).await?;
        let officer = Self { client, words: Messages::of_console(lang)?, _driver: driver };
        officer.press("enrol_do").await?;
        officer.see(Locator::Css(".foot .version")).await?;
        Ok(officer)
    }

    /// Takes the first case of the board and opens it.
    pub async fn take_first(&self) -> Result {
        self.see(Locator::Css(".row")).await?;
        self.keys("t").await?;
        self.keys(&char::from(Key::Enter).to_string()).await?;
        self.see(Locator::Css("textarea")).await?;
        Ok(())
    }

    /// Asks the person of the open case for a yes or a no.
    pub async fn ask(&self, text: &str) -> Result {
        self.press("compose_asks").await?;
        self.see(Locator::Css("textarea")).await?.send_keys(text).await?;
        self.chord(&[Key::Control, Key::Enter]).await?;
        self.reads(text).await
    }

    /// Closes the open case: they were helped, and said so.
    pub async fn close(&self, word: &str) -> Result {
        self.chord(&[Key::Control, Key::Shift, Key::Enter]).await?;
        self.press("outcome_helped").await?;
        let label = self.words.get("close_word")?;
        let field = format!("//*[@id = //label[contains(., '{label}')]/@for]");
        self.see(Locator::XPath(&field)).await?.send_keys(word).await?;
        let close = self.words.get("close_title")?;
        let close = format!("//button[contains(@class, 'filled')][contains(., '{close}')]");
        self.see(Locator::XPath(&close)).await?.click().await?;
        self.see(Locator::Css(".ended")).await?;
        Ok(())
    }

    /// Waits until it stands on the officer's screen.
    pub async fn reads(&self, text: &str) -> Result {
        eventually(&format!("\"{text}\" on the officer's screen"), PATIENCE, async || {
            let page = self.client.execute("return document.body.innerText", Vec::new()).await?;
            let page = page.as_str().unwrap_or_default();
            if page.contains(text) { Ok(Some(())) } else { Err(format!("it says: {page}").into()) }
        })
        .await
    }

    async fn see(&self, locator: Locator<'_>) -> Result<Element> {
        eventually(&format!("{locator:?}"), PATIENCE, async || {
            for element in self.client.find_all(locator).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Presses what a message names.
    async fn press(&self, message: &str) -> Result {
        let words = self.words.get(message)?;
        let named = format!("(//button | //label)[contains(normalize-space(.), '{words}')]");
        eventually(&format!("a press on \"{words}\""), PATIENCE, async || {
            Ok(Some(self.see(Locator::XPath(&named)).await?.click().await?))
        })
        .await
    }

    async fn keys(&self, keys: &str) -> Result {
        Ok(self.client.active_element().await?.send_keys(keys).await?)
    }

    async fn chord(&self, keys: &[Key]) -> Result {
        let down = |key: &Key| KeyAction::Down { value: char::from(*key) };
        let up = |key: &Key| KeyAction::Up { value: char::from(*key) };
        let actions = keys.iter().map(down).chain(keys.iter().rev().map(up));
        let keyboard = actions.fold(KeyActions::new("keyboard".to_owned()), |actions, one| actions.then(one));
        Ok(self.client.perform_actions(keyboard).await?)
    }
}
