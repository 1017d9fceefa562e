//! Real fingers on a phone of Linux: two of them zoom the map and never the page, and the call bar is always there.

use contract::words::Lang;
use serde_json::json;
use tests::{
    Result,
    app::{App, Hand, Launch},
    desktop::Desktop,
    ensure,
    phone::{Fingers, HEIGHT, Spot, WIDTH},
    waiting::{PATIENCE, eventually},
};

/// The page where nothing of it is zoomed or out of sight: its scale, and whether the call bar is all in the window.
const WHOLE: &str = "
    const bar = document.getElementById('call-bar').getBoundingClientRect();
    const { scale, offsetLeft, offsetTop, width, height } = window.visualViewport;
    return scale === 1 && bar.left >= offsetLeft && bar.right <= offsetLeft + width
        && bar.top >= offsetTop && bar.bottom <= offsetTop + height";

/// Where the call bar is in the page, once its font is there.
const CALL_BAR: &str = "
    const done = arguments[0];
    document.fonts.ready.then(() => {
        const { left, top, width, height } = document.getElementById('call-bar').getBoundingClientRect();
        done([left, top, width, height].map(Math.round));
    })";

/// Counts the times that the last finger left the page, and the clicks on the call bar.
const COUNT: &str = "
    window.lifts = 0;
    addEventListener('touchend', (event) => { if (event.touches.length === 0) window.lifts += 1 }, true);
    window.clicks = 0;
    document.getElementById('call-bar').addEventListener('click', () => { window.clicks += 1 });";

/// Takes the page's own word against the zoom away, as if its scripts had not come yet.
const SILENT: &str = "TouchEvent.prototype.preventDefault = () => {}";

/// Two frames from now, what the fingers did is on the screen.
const TWO_FRAMES: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";

const PICTURE: &str = "return document.querySelector('[data-testid=map] canvas').toDataURL()";

struct Phone {
    app: App,
    fingers: Fingers,
    /// How far below the top of the screen the page begins.
    top: f64,
    /// The place of the call bar on the screen, as grim reads it, and what is seen there.
    call_bar: (String, Vec<u8>),
    desktop: Desktop,
}

impl Phone {
    async fn start() -> Result<Self> {
        let (desktop, screen) = Desktop::start_phone().await?;
        desktop.install_dialler()?;
        let launch = Launch {
            program: "saparlas",
            data: desktop.folder().join("data"),
            profile: None,
            lang: Lang::Kk,
            dark: false,
            hand: Hand::Pointer,
        };
        let app = App::open(&desktop, &launch).await?;
        app.see("tab-now").await?;
        let size = app.run("return [innerWidth, innerHeight]").await?;
        let high = size[1].as_f64().unwrap_or_default();
        ensure!(size[0] == json!(WIDTH), "the window does not fill the phone: {size}");
        app.run(COUNT).await?;
        let top = f64::from(HEIGHT) - high;
        let bar: [f64; 4] = serde_json::from_value(app.run_async(CALL_BAR).await?)?;
        let place = format!("{},{} {}x{}", bar[0], bar[1] + top, bar[2], bar[3]);
        let seen = eventually("the call bar on the screen", PATIENCE, async || {
            Ok(Some(picture(&desktop, &place).await?).filter(|picture| has_two_colours(picture)))
        })
        .await?;
        Ok(Self { app, fingers: screen, top, call_bar: (place, seen), desktop })
    }

    /// The middle of what a selector finds, on the screen.
    async fn middle(&self, selector: &str) -> Result<Spot> {
        let script =
            "const { left, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
            return [left + width / 2, top + height / 2]";
        let at = self.app.run_with(script, vec![json!(selector)]).await?;
        let (x, y) = (at[0].as_f64(), at[1].as_f64());
        Ok((x.ok_or("nowhere")?, y.ok_or("nowhere")? + self.top))
    }

    /// Does something with the fingers and waits until the page has seen them leave.
    async fn by(&mut self, act: impl Fn(&mut Fingers) -> Result) -> Result {
        let before = self.app.run("return window.lifts").await?;
        act(&mut self.fingers)?;
        eventually("the fingers to leave", PATIENCE, async || {
            Ok((self.app.run("return window.lifts").await? != before).then_some(()))
        })
        .await?;
        self.app.run_async(TWO_FRAMES).await?;
        Ok(())
    }

    async fn tap(&mut self, selector: &str) -> Result {
        let at = self.middle(selector).await?;
        self.by(|fingers| fingers.tap(at)).await
    }

    /// Pinches the middle of what a selector finds; the page stays as it is, and the call bar where it is.
    async fn pinch(&mut self, selector: &str, from: f64, to: f64) -> Result {
        let at = self.middle(selector).await?;
        self.by(|fingers| fingers.pinch(at, from, to)).await?;
        self.is_whole(&format!("a pinch on {selector}")).await
    }

    /// Two fingers on the call bar call nobody, whether they spread, close or rest; one does, at once.
    async fn the_call_bar_takes_one_finger(&mut self) -> Result {
        for (from, to) in [(20.0, 120.0), (120.0, 20.0), (60.0, 60.0)] {
            self.pinch("#call-bar", from, to).await?;
        }
        self.tap("#call-bar").await?;
        // what two fingers do comes to the page before what one does after them
        let clicks = eventually("the click", PATIENCE, async || {
            Ok(Some(self.app.run("return window.clicks").await?).filter(|clicks| *clicks != json!(0)))
        })
        .await?;
        ensure!(clicks == json!(1), "the call bar was clicked {clicks} times");
        let number = self.app.attribute("call-bar", "href").await?.unwrap_or_default();
        ensure!(number.starts_with("tel:"), "the call bar leads to {number}");
        eventually("the call", PATIENCE, async || Ok((self.desktop.dialled()? == [number.clone()]).then_some(()))).await
    }

    async fn is_whole(&self, after: &str) -> Result {
        let whole = self.app.run(WHOLE).await?;
        ensure!(whole == json!(true), "after {after} the page is zoomed, or the call bar is not in sight");
        let (place, seen) = &self.call_bar;
        ensure!(picture(&self.desktop, place).await? == *seen, "after {after} the call bar is not seen where it was");
        Ok(())
    }
}

/// What the screen shows in a place, as a PPM of one byte a colour.
async fn picture(desktop: &Desktop, place: &str) -> Result<Vec<u8>> {
    let picture = desktop.command("grim").args(["-t", "ppm", "-g", place, "-"]).output().await?;
    ensure!(picture.status.success(), "grim: {}", String::from_utf8_lossy(&picture.stderr));
    Ok(picture.stdout)
}

/// An empty screen has one.
fn has_two_colours(picture: &[u8]) -> bool {
    let pixels = picture.splitn(4, |byte| *byte == b'\n').nth(3).unwrap_or_default();
    pixels.chunks(3).any(|pixel| !pixels.starts_with(pixel))
}

#[tokio::test]
async fn two_fingers_never_zoom_the_page_and_a_tap_on_the_call_bar_dials() -> Result {
    let mut phone = Phone::start().await?;
    for screen in ["now", "trips", "guidance", "contacts"] {
        phone.tap(&format!("[data-testid=tab-{screen}]")).await?;
        phone.app.see(&format!("tab-{screen}")).await?;
        phone.pinch("main", 20.0, 120.0).await?;
    }
    phone.the_call_bar_takes_one_finger().await
}

#[tokio::test]
async fn nor_where_no_script_forbids_it() -> Result {
    let mut phone = Phone::start().await?;
    phone.app.run(SILENT).await?;
    for _ in 0..2 {
        phone.pinch("main", 20.0, 120.0).await?;
    }
    phone.the_call_bar_takes_one_finger().await
}

#[tokio::test]
async fn fingers_zoom_drag_and_ask_the_map() -> Result {
    const MAP: &str = "[data-testid=map] canvas";
    let mut phone = Phone::start().await?;
    phone.tap("[data-testid=tab-map]").await?;
    eventually("the map", PATIENCE, async || Ok(phone.app.attribute("map", "data-drawn").await?.map(drop))).await?;
    // nearer, to the finer outlines, and farther, to the coarse ones
    for (from, to, drawn) in [(10.0, 100.0, "50m"), (100.0, 10.0, "110m")] {
        phone.pinch(MAP, from, to).await?;
        eventually(&format!("the outlines of {drawn}"), PATIENCE, async || {
            Ok((phone.app.attribute("map", "data-drawn").await?.as_deref() == Some(drawn)).then_some(()))
        })
        .await?;
    }
    phone.pinch(MAP, 30.0, 90.0).await?;
    let before = phone.app.run(PICTURE).await?;
    let at = phone.middle(MAP).await?;
    phone.by(|fingers| fingers.drag(at, (at.0 - 80.0, at.1))).await?;
    ensure!(phone.app.run(PICTURE).await? != before, "a finger does not drag the map");
    phone.is_whole("a drag on the map").await?;
    phone.tap(MAP).await?;
    phone.app.see("map-sheet").await
}

#[tokio::test]
async fn one_finger_scrolls_a_list() -> Result {
    let mut phone = Phone::start().await?;
    phone.tap("[data-testid=tab-guidance]").await?;
    phone.app.see("topic-transit").await?;
    let at = phone.middle("main").await?;
    phone.by(|fingers| fingers.drag((at.0, at.1 + 150.0), (at.0, at.1 - 150.0))).await?;
    eventually("the list to scroll", PATIENCE, async || {
        let scrolled = phone.app.run("return document.querySelector('main').scrollTop > 50").await?;
        Ok((scrolled == json!(true)).then_some(()))
    })
    .await?;
    phone.is_whole("scrolling").await
}
