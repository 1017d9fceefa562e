//! How many taps, keys and seconds a trip takes, at the pace of a person.

use std::time::{Duration, Instant};

use contract::words::Lang;
use tests::{
    Result,
    app::{App, Hand},
    waiting::{PATIENCE, eventually},
    world::{Traveller, World},
};

const TAP: Duration = Duration::from_millis(300);
const KEY: Duration = Duration::from_millis(200);

/// Who registers a trip.
struct Person<'a> {
    app: &'a App,
    taps: u32,
    keys: usize,
    began: Instant,
}

impl<'a> Person<'a> {
    fn new(app: &'a App) -> Self {
        Self { app, taps: 0, keys: 0, began: Instant::now() }
    }

    async fn tap(&mut self, id: &str) -> Result {
        self.app.see(id).await?;
        tokio::time::sleep(TAP).await;
        self.taps += 1;
        self.app.click(id).await
    }

    /// Into whatever has the focus.
    async fn types(&mut self, text: &str) -> Result {
        for letter in text.chars() {
            tokio::time::sleep(KEY).await;
            self.keys += 1;
            self.app.type_letter(letter).await?;
        }
        Ok(())
    }

    /// A place by the beginning of its name, which is among the first two that are offered.
    async fn place(&mut self, id: &str, typed: &str, name: &str) -> Result {
        self.types(typed).await?;
        let offered = [0, 1].map(|at| format!("{id}-option-{at}"));
        let found = eventually(name, PATIENCE, async || {
            for option in &offered {
                if self.app.text(option).await?.contains(name) {
                    return Ok(Some(option));
                }
            }
            Ok(None)
        })
        .await?;
        self.tap(found).await
    }

    async fn saved(mut self, what: &str, budget: &str) -> Result {
        self.tap("trip-save").await?;
        self.app.see("trip-delivery").await?;
        let took = self.began.elapsed().as_secs_f64();
        println!("{what}: {} taps, {} keys, {took:.1} s (budget {budget})", self.taps, self.keys);
        Ok(())
    }
}

pub async fn figures() -> Result {
    one_city().await?;
    family().await
}

async fn opened() -> Result<(World, App)> {
    let traveller = Traveller { lang: Lang::Ru, hand: Hand::Pointer, large_and_narrow: false };
    let world = World::new(traveller, None).await?;
    let app = world.open().await?;
    Ok((world, app))
}

/// One person, one city, five nights, from the first screen of a new app.
async fn one_city() -> Result {
    let (_world, app) = opened().await?;
    let mut person = Person::new(&app);
    person.tap("welcome-where").await?;
    person.app.see("leg-0-place").await?;
    person.place("leg-0-place", "стам", "Стамбул").await?;
    person.tap("leg-0-nights-5").await?;
    person.saved("one person, one city, five nights", "5 taps, 15 s").await?;
    app.kill_9().await
}

/// Two grown-ups and a child, Almaty, Doha between two flights, Dubai for five nights, and home.
async fn family() -> Result {
    let (_world, app) = opened().await?;
    let mut person = Person::new(&app);
    person.tap("welcome-where").await?;
    person.app.see("leg-0-place").await?;
    person.place("leg-0-place", "doh", "DOH").await?;
    person.tap("leg-0-onward-yes").await?;
    person.tap("leg-0-arrives-time").await?;
    person.types("0210").await?;
    person.tap("leg-0-departs-time").await?;
    person.types("0620").await?;
    person.tap("leg-add").await?;
    person.place("leg-1-place", "дуба", "Дубай").await?;
    person.tap("leg-1-nights-5").await?;
    person.tap("adults-more").await?;
    person.tap("children-more").await?;
    person.tap("phone").await?;
    person.types("+77011112233").await?;
    person.saved("a family, ALA-DOH-DXB and home", "45 s").await?;
    app.kill_9().await
}
