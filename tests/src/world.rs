//! Everything a story happens in: a desktop, a ministry, the wire between, and the traveller's data.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use contract::words::Lang;
use serde_json::Value;

use crate::{
    Result,
    app::{App, Hand, Launch},
    desktop::Desktop,
    ministry::Ministry,
    waiting::{PATIENCE, eventually},
    wire::{Mode, Wire},
    words::Messages,
};

pub struct World {
    pub desktop: Desktop,
    pub ministry: Ministry,
    pub wire: Wire,
    pub traveller: Traveller,
    shots: Option<PathBuf>,
    shot: AtomicU32,
}

/// Who holds the device.
#[derive(Debug, Clone, Copy)]
pub struct Traveller {
    pub lang: Lang,
    pub hand: Hand,
    /// 320 px wide, with every text at 200 %.
    pub large_and_narrow: bool,
}

impl World {
    /// A new device with no network, a ministry that is not heard yet. Screenshots go to `shots`.
    pub async fn new(traveller: Traveller, shots: Option<PathBuf>) -> Result<Self> {
        let desktop = Desktop::start().await?;
        let wire = Wire::lay().await?;
        let ministry = Ministry::init(desktop.folder(), &wire.url()).await?;
        Ok(Self::around(desktop, ministry, wire, traveller, shots))
    }

    /// The same with the ministry of a description in the demo's place.
    pub async fn of(description: Value, traveller: Traveller) -> Result<Self> {
        let desktop = Desktop::start().await?;
        let wire = Wire::lay().await?;
        let ministry = Ministry::init_from(desktop.folder(), &wire.url(), description).await?;
        Ok(Self::around(desktop, ministry, wire, traveller, None))
    }

    fn around(desktop: Desktop, ministry: Ministry, wire: Wire, traveller: Traveller, shots: Option<PathBuf>) -> Self {
        wire.lead_to(&ministry.url());
        Self { desktop, ministry, wire, traveller, shots, shot: AtomicU32::new(0) }
    }

    /// The front comes up and the network with it.
    pub async fn connect(&mut self) -> Result {
        self.ministry.serve().await?;
        self.wire.set(Mode::Pass).await
    }

    pub fn data(&self) -> PathBuf {
        self.desktop.folder().join("data")
    }

    pub fn launch(&self) -> Launch {
        Launch {
            program: "saparlas",
            data: self.data(),
            profile: Some(self.ministry.profile()),
            lang: self.traveller.lang,
            dark: false,
            hand: self.traveller.hand,
        }
    }

    pub async fn open(&self) -> Result<App> {
        self.open_as(&self.launch()).await
    }

    pub async fn open_as(&self, launch: &Launch) -> Result<App> {
        let app = App::open(&self.desktop, launch).await?;
        app.see("tab-now").await?;
        if self.traveller.large_and_narrow {
            app.resize(320, 720).await?;
            app.double_text().await?;
        }
        Ok(app)
    }

    /// What the screens say in the traveller's language.
    pub fn messages(&self) -> Result<Messages> {
        Messages::of(self.traveller.lang)
    }

    /// Checks that the screen is for anyone, and keeps a picture of it where pictures are kept.
    pub async fn screen(&self, app: &App, name: &str) -> Result {
        app.is_for_anyone(name).await?;
        let Some(folder) = &self.shots else { return Ok(()) };
        let number = self.shot.fetch_add(1, Relaxed) + 1;
        app.screenshot(&folder.join(format!("{number:02}-{name}.png"))).await
    }

    /// Waits until the daemon has taken `count` notifications, and gives all of them.
    pub async fn notified(&self, count: usize) -> Result<Vec<crate::desktop::Notification>> {
        eventually(&format!("{count} notifications"), PATIENCE, async || {
            let taken = self.desktop.notifications()?;
            if taken.len() >= count { Ok(Some(taken)) } else { Err(format!("taken: {taken:?}").into()) }
        })
        .await
    }
}
