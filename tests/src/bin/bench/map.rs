//! How soon the map is there, and how smoothly it moves.

use serde_json::Value;
use tests::{Result, world::World};

/// Drags the map to and fro for two seconds and notes the time of each frame.
const DRAG: &str = "const done = arguments[0];
    const canvas = document.querySelector('[data-testid=map] canvas');
    // no finger is really down
    canvas.setPointerCapture = () => {};
    const box = canvas.getBoundingClientRect();
    const at = (kind, x) => canvas.dispatchEvent(new PointerEvent(kind, { pointerId: 1, isPrimary: true, bubbles: true,
        button: 0, buttons: 1, clientX: box.left + x, clientY: box.top + box.height / 2 }));
    const times = [];
    at('pointerdown', box.width / 2);
    const frame = (now) => {
        times.push(now);
        at('pointermove', box.width / 2 + Math.sin(times.length / 12) * box.width / 3);
        if (times.length < 120) return requestAnimationFrame(frame);
        at('pointerup', box.width / 2);
        done(times.slice(1).map((time, i) => time - times[i]));
    };
    requestAnimationFrame(frame);";

/// Taps the tab and waits for the map in the page itself.
const OPEN: &str = "const done = arguments[0];
    const started = performance.now();
    const look = () => document.querySelector('[data-drawn]') ? done(performance.now() - started) : requestAnimationFrame(look);
    document.querySelector('[data-testid=tab-map]').click();
    look();";

pub async fn figures(world: &World) -> Result {
    let app = world.open().await?;
    app.see("tab-map").await?;
    let opened = app.run_async(OPEN).await?.as_f64().unwrap_or_default();
    println!("map: from the tap to the map drawn, software rendering: {opened:.0} ms (budget 300 ms)");
    let frames = app.run_async(DRAG).await?;
    let mut frames: Vec<f64> = frames.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    frames.sort_by(f64::total_cmp);
    let at = |part: usize| frames.get(frames.len() * part / 100).copied().unwrap_or_default();
    println!(
        "map: frame time while it is dragged, software rendering: p50 {:.1} ms, p95 {:.1} ms (60 frames a second: 16.7 ms)",
        at(50),
        at(95)
    );
    app.kill_9().await
}
