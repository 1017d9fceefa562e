//! The app in its real window, driven over WebDriver as a person would: by pointer or by keyboard alone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use contract::words::Lang;
use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    elements::Element,
    key::Key,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{
    Result,
    desktop::{Desktop, write_script},
    ensure, ports,
    process::{Process, kill_9, program},
    running::{children, memory_below_kib},
    waiting::{PATIENCE, eventually},
    words,
};

/// A list of tab stops longer than this is not walked through.
const MOST_TAB_STOPS: usize = 120;

/// How the traveller acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    Pointer,
    Keyboard,
}

/// How the app is started.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The program of the workspace that is started.
    pub program: &'static str,
    pub data: PathBuf,
    pub profile: Option<PathBuf>,
    /// The system's language.
    pub lang: Lang,
    pub dark: bool,
    pub hand: Hand,
}

pub struct App {
    client: Client,
    driver: Process,
    program: &'static str,
    log: PathBuf,
    hand: Hand,
}

impl App {
    /// Starts the app and waits until its scripts have put their screen in the place of what the page had before them.
    pub async fn open(desktop: &Desktop, launch: &Launch) -> Result<Self> {
        let app = Self::start(desktop, launch).await?;
        app.see("tab-now").await?;
        Ok(app)
    }

    /// Starts the app and waits until its page is there.
    pub async fn start(desktop: &Desktop, launch: &Launch) -> Result<Self> {
        let binary = desktop.folder().join(format!("{}.sh", launch.program));
        let log = desktop.folder().join("saparlas.log");
        // the driver says nothing of what the app writes, so the log is taken on the way
        let run = format!("exec '{}' \"$@\" 2>> '{}'", program(launch.program)?.display(), log.display());
        write_script(&binary, &run)?;
        let port = ports::free()?;
        let mut command = desktop.command("WebKitWebDriver");
        command.arg(format!("--port={port}"));
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.env("LANG", words::locale(launch.lang)).env("NO_COLOR", "1");
        if launch.dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
        let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Process::start_group("WebKitWebDriver", silent)?;
        let mut arguments = vec!["--data".to_owned(), launch.data.to_string_lossy().into_owned()];
        if let Some(profile) = &launch.profile {
            arguments.extend(["--profile".to_owned(), profile.to_string_lossy().into_owned()]);
        }
        let options = json!({ "binary": binary, "args": arguments });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities([("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect());
        let client = eventually("the app's window", PATIENCE, async || {
            Ok(Some(builder.connect(&format!("http://127.0.0.1:{port}")).await?))
        })
        .await?;
        let app = Self { client, driver, program: launch.program, log, hand: launch.hand };
        eventually("the page", PATIENCE, async || {
            let ready = app.run("return document.readyState === 'complete' && location.protocol === 'tauri:'").await?;
            Ok((ready == json!(true)).then_some(()))
        })
        .await?;
        Ok(app)
    }

    /// Ends the app as if the power went, wherever it is, and waits until nothing of it is left.
    pub async fn kill_9(self) -> Result {
        let driver = self.driver.id().ok_or("the driver has ended")?;
        let apps = children(driver, self.program)?;
        ensure!(apps.len() == 1, "one app under the driver, found {apps:?}");
        kill_9(apps[0])?;
        eventually("the end of the app", PATIENCE, async || {
            Ok(children(driver, self.program)?.is_empty().then_some(()))
        })
        .await
    }

    /// Proportional set size of the app with its web processes, in KiB.
    pub fn memory_kib(&self) -> Result<u64> {
        memory_below_kib(self.driver.id().ok_or("the driver has ended")?)
    }

    /// What the app has logged since the desktop was started.
    pub fn log(&self) -> Result<String> {
        Ok(fs::read_to_string(&self.log)?)
    }

    pub async fn logs(&self, words: &str) -> Result {
        eventually(&format!("\"{words}\" in the log"), PATIENCE, async || Ok(self.log()?.contains(words).then_some(())))
            .await
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    pub async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    pub async fn run_async(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute_async(script, Vec::new()).await?)
    }

    async fn find(&self, id: &str) -> Result<Element> {
        for element in self.client.find_all(Locator::Css(&selector(id))).await? {
            if element.is_displayed().await? {
                return Ok(element);
            }
        }
        Err(format!("{id} is not on the screen").into())
    }

    /// Whether it is on the screen now.
    pub async fn has(&self, id: &str) -> Result<bool> {
        Ok(self.find(id).await.is_ok())
    }

    /// Waits until it is on the screen.
    pub async fn see(&self, id: &str) -> Result {
        eventually(id, PATIENCE, async || self.find(id).await.map(|_| Some(()))).await
    }

    /// Waits until it is on the screen and says `words`.
    pub async fn see_in(&self, id: &str, words: &str) -> Result {
        self.see_in_within(id, words, PATIENCE).await
    }

    pub async fn see_in_within(&self, id: &str, words: &str, within: Duration) -> Result {
        eventually(&format!("\"{words}\" in {id}"), within, async || {
            let text = self.text(id).await?;
            if text.contains(words) { Ok(Some(())) } else { Err(format!("{id} says: {text}").into()) }
        })
        .await
    }

    /// Waits until it has left the screen.
    pub async fn see_gone(&self, id: &str) -> Result {
        eventually(&format!("{id} to leave"), PATIENCE, async || Ok((!self.has(id).await?).then_some(()))).await
    }

    /// What it says, and each of that name.
    pub async fn text(&self, id: &str) -> Result<String> {
        Ok(self.find(id).await?.text().await?)
    }

    /// Waits until the call bar shows `words`. WebDriver's own text leaves out what may be cut off at the end.
    pub async fn see_in_call_bar(&self, words: &str) -> Result {
        eventually(&format!("\"{words}\" in the call bar"), PATIENCE, async || {
            let shown = self.find("call-bar").await?.prop("innerText").await?.unwrap_or_default();
            if shown.contains(words) { Ok(Some(())) } else { Err(format!("it says: {shown}").into()) }
        })
        .await
    }

    /// What a field holds.
    pub async fn value(&self, id: &str) -> Result<String> {
        Ok(self.find(id).await?.prop("value").await?.unwrap_or_default())
    }

    pub async fn attribute(&self, id: &str, name: &str) -> Result<Option<String>> {
        Ok(self.find(id).await?.attr(name).await?)
    }

    /// Waits until a link leads there.
    pub async fn leads_to(&self, id: &str, href: &str) -> Result {
        eventually(&format!("{href} in {id}"), PATIENCE, async || {
            let leads = self.attribute(id, "href").await?;
            if leads.as_deref() == Some(href) { Ok(Some(())) } else { Err(format!("it leads to {leads:?}").into()) }
        })
        .await
    }

    /// All words on the screen.
    pub async fn page(&self) -> Result<String> {
        let text = self.run("return document.body.innerText").await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Presses a button or link, by whichever hand the traveller uses.
    pub async fn press(&self, id: &str) -> Result {
        self.see(id).await?;
        match self.hand {
            Hand::Pointer => self.click(id).await,
            Hand::Keyboard => {
                self.tab_to(id).await?;
                let marks = "return ['radio', 'checkbox'].includes(document.activeElement.type)";
                let marks = self.run(marks).await? == json!(true);
                self.key(if marks { Key::Space } else { Key::Enter }).await
            }
        }
    }

    pub async fn click(&self, id: &str) -> Result {
        eventually(&format!("a click on {id}"), PATIENCE, async || {
            let element = self.find(id).await?;
            let centre = "arguments[0].scrollIntoView({ block: 'center' })";
            self.run_with(centre, vec![serde_json::to_value(&element)?]).await?;
            Ok(Some(element.click().await?))
        })
        .await
    }

    /// Presses places of the window one behind another, as fast as they can be pressed.
    pub async fn press_at(&self, places: &[(f64, f64)]) -> Result {
        for (x, y) in places {
            let presses = MouseActions::new("mouse".to_owned())
                .then(PointerAction::MoveTo { duration: None, x: *x, y: *y })
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
            self.client.perform_actions(presses).await?;
        }
        Ok(())
    }

    /// Types into an empty field.
    pub async fn write(&self, id: &str, text: &str) -> Result {
        self.reach(id).await?;
        self.client.active_element().await?.send_keys(text).await?;
        let held = self.value(id).await?;
        ensure!(held == text, "{id} holds \"{held}\" after \"{text}\" was typed");
        Ok(())
    }

    /// Presses one letter, wherever the focus is.
    pub async fn type_letter(&self, letter: char) -> Result {
        Ok(self.client.active_element().await?.send_keys(&letter.to_string()).await?)
    }

    /// Replaces what a field holds.
    pub async fn rewrite(&self, id: &str, text: &str) -> Result {
        self.reach(id).await?;
        let away = char::from(Key::Backspace).to_string().repeat(self.value(id).await?.chars().count());
        let keys = format!("{}{away}{text}", char::from(Key::End));
        self.client.active_element().await?.send_keys(&keys).await?;
        let held = self.value(id).await?;
        ensure!(held == text, "{id} holds \"{held}\" after \"{text}\" was typed over");
        Ok(())
    }

    /// Types into a field with suggestions and takes the one that says `name`.
    pub async fn choose(&self, id: &str, typed: &str, name: &str) -> Result {
        self.reach(id).await?;
        self.client.active_element().await?.send_keys(typed).await?;
        eventually(&format!("\"{name}\" among the suggestions for \"{typed}\""), PATIENCE, async || {
            let there = "return [...document.querySelectorAll('[role=option]')].map((o) => o.textContent).join('\\n')";
            let shown = self.run(there).await?;
            let shown = shown.as_str().unwrap_or_default();
            if shown.contains(name) { Ok(Some(())) } else { Err(format!("suggested: {shown}").into()) }
        })
        .await?;
        let active = "const id = document.activeElement.getAttribute('aria-activedescendant');
            return (id && document.getElementById(id)?.textContent) || ''";
        for _ in 0..12 {
            if self.run(active).await?.as_str().is_some_and(|text| text.contains(name)) {
                self.key(Key::Enter).await?;
                return Ok(());
            }
            self.key(Key::Down).await?;
        }
        Err(format!("the arrow keys do not reach \"{name}\" below {id}").into())
    }

    async fn reach(&self, id: &str) -> Result {
        self.see(id).await?;
        match self.hand {
            Hand::Pointer => self.click(id).await,
            Hand::Keyboard => self.tab_to(id).await,
        }
    }

    /// Moves the focus with the Tab key alone until it is there.
    async fn tab_to(&self, id: &str) -> Result {
        let there = format!(
            "const it = document.querySelector('{}');
             const focus = document.activeElement;
             if (it && (it === focus || it.contains(focus))) return 'there';
             return it?.type === 'radio' && focus.name === it.name ? 'beside' : 'elsewhere'",
            selector(id)
        );
        for _ in 0..MOST_TAB_STOPS {
            match self.run(&there).await?.as_str() {
                Some("there") => return Ok(()),
                // one stop for a whole group: the arrows choose within
                Some("beside") => self.key(Key::Down).await?,
                Some(_) | None => self.key(Key::Tab).await?,
            }
        }
        Err(format!("the Tab key does not reach {id}").into())
    }

    /// Presses one key.
    pub async fn key(&self, key: Key) -> Result {
        let value = char::from(key);
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        Ok(self.client.perform_actions(keys).await?)
    }

    /// The test id of what has the focus, or its tag.
    pub async fn focus(&self) -> Result<String> {
        let focus = "const it = document.activeElement; return it.dataset.testid || it.id || it.tagName";
        Ok(self.run(focus).await?.as_str().unwrap_or_default().to_owned())
    }

    pub async fn resize(&self, width: u32, height: u32) -> Result {
        self.client.set_window_size(width, height).await?;
        eventually(&format!("a window {width} px wide"), PATIENCE, async || {
            let wide = self.run("return window.innerWidth").await?;
            if wide == json!(width) { Ok(Some(())) } else { Err(format!("it is {wide} px wide").into()) }
        })
        .await
    }

    /// Doubles every text, as a traveller's own style would.
    pub async fn double_text(&self) -> Result {
        self.run("document.documentElement.style.fontSize = '200%'").await?;
        Ok(())
    }

    pub async fn screenshot(&self, file: &Path) -> Result {
        // two frames from now, all that is known is painted
        let painted = "const done = arguments[0];
            document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        self.run_async(painted).await?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(file, self.client.screenshot().await?)?)
    }
}

fn selector(id: &str) -> String {
    // the shell writes these two into the page itself
    if ["call-bar", "second-way"].contains(&id) { format!("#{id}") } else { format!("[data-testid=\"{id}\"]") }
}
