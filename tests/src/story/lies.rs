//! Step 7. Somebody on the wire, or inside the front, lies: nothing of it is shown, and it is said.

use contract::{
    entry::{Body, Entry},
    jws::{Document, Jws},
    log::{Frame, Head, Watermark},
    words::Texts,
};
use jiff::SignedDuration;

use crate::{
    Result,
    app::App,
    ensure, fixtures, forge, now,
    waiting::{PATIENCE, eventually},
    wire::{Lie, Mode},
    world::World,
};

const FORGED: &str = "Қазір әуежайға барыңыз";

pub async fn refused(world: &mut World, app: &App) -> Result {
    app.press("tab-now").await?;
    app.see_in("advisory-lead", " · 2").await?;
    let told = fixtures::told(world.traveller.lang)?.headline;
    let head_now = world.wire.fetch("/v1/bulletin/head").await?;
    let head: Head = forge::read(&head_now)?;
    let frames = frames(world, head.seq).await?;
    let advisories = frames.iter().filter(|frame| says_airspace(frame)).collect::<Vec<_>>();
    ensure!(advisories.len() == 2, "two versions of the advisory, found {}", advisories.len());

    let older = Frame { seq: head.seq + 1, prev: head.hash, entry: advisories[0].entry.clone() };
    lie(world, app, Lie::Frame(older), ("lower_version", "LowerVersion"), "").await?;
    ensure!(app.text("advisory-lead").await?.contains(" · 2"), "an older version took the newer one's place");

    for (kid, reason) in
        [("publish-9", ("unknown_key", "UnknownKey")), ("publish-1", ("bad_signature", "BadSignature"))]
    {
        let frame = Frame { seq: head.seq + 1, prev: head.hash, entry: forged(kid, advisories[1])? };
        lie(world, app, Lie::Frame(frame), reason, FORGED).await?;
    }

    world.wire.set(Mode::Cut).await?;
    let third = fixtures::advisory(world.desktop.folder(), " · 3")?;
    world.ministry.publish(&[&third]).await?;
    lie(world, app, Lie::FlippedByte, ("bad_signature", "BadSignature"), " · 3").await?;
    app.see_in("advisory-lead", " · 3").await?;

    lie(world, app, Lie::Head(head_now), ("older_head", "OlderHead"), "").await?;
    app.see_in("advisory-lead", &format!("{told} · 3")).await?;
    expired_head_blanks_nothing(world, app).await
}

/// The frames after the snapshot that the newest watermark names, up to the newest.
async fn frames(world: &World, newest: u64) -> Result<Vec<Frame>> {
    let watermark: Watermark = forge::read(&world.wire.fetch("/v1/bulletin/watermark").await?)?;
    let mut lines = String::new();
    for seq in watermark.snapshot.seq + 1..=newest {
        lines += &world.wire.fetch(&format!("/v1/bulletin/frames/{seq}-{seq}")).await?;
    }
    Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn says_airspace(frame: &Frame) -> bool {
    Entry::read(&frame.entry.payload).is_ok_and(|entry| entry.id.to_string() == "advisory.ae.airspace")
}

/// An advisory nobody at the ministry wrote.
fn forged(kid: &str, like: &Frame) -> Result<Jws> {
    let mut entry = Entry::read(&like.entry.payload)?;
    entry.id = "advisory.ae.forged".parse()?;
    if let Body::Advisory(advisory) = &mut entry.body {
        let forged = advisory.texts.iter().map(|(tag, text)| {
            let mut text = text.clone();
            FORGED.clone_into(&mut text.headline);
            (tag.clone(), text)
        });
        advisory.texts = forged.collect::<Texts<_>>();
    }
    forge::sign_as(kid, &entry)
}

/// Tells a lie and waits until it is refused for `reason`, on the screen and in the log; nothing of it is shown.
/// Then the truth is let through again.
async fn lie(world: &World, app: &App, lie: Lie, reason: (&str, &str), never: &str) -> Result {
    let (code, logged) = reason;
    let before = app.log()?.matches(logged).count();
    world.wire.set(Mode::Lie(lie)).await?;
    eventually(&format!("{code} on the screen"), PATIENCE, async || {
        let shown = app.attribute("refused", "data-reason").await?;
        if shown.as_deref() == Some(code) { Ok(Some(())) } else { Err(format!("it is {shown:?}").into()) }
    })
    .await?;
    app.see_in("refused", world.messages()?.get("refused_title")?).await?;
    ensure!(app.log()?.matches(logged).count() > before, "the log does not say {logged}");
    let page = app.page().await?;
    ensure!(never.is_empty() || !page.contains(never), "a lie is on the screen: {page}");
    world.screen(app, &format!("refused-{}", code.replace('_', "-"))).await?;
    world.wire.set(Mode::Pass).await?;
    app.see_in("link-state", world.messages()?.get("link_connected")?).await?;
    app.press("refused-dismiss").await?;
    app.see_gone("refused").await
}

/// The head runs out, and what comes after has run out too: advice stays, and its age is said.
async fn expired_head_blanks_nothing(world: &mut World, app: &App) -> Result {
    let messages = world.messages()?;
    let head: Head = forge::read(&world.wire.fetch("/v1/bulletin/head").await?)?;
    let issued = now();
    // longer than the minute within which an app comes back
    let life = SignedDuration::from_secs(75);
    let short = Head { issued_at: issued, expires_at: issued.checked_add(life)?, ..head };
    let short = Mode::Lie(Lie::Head(world.ministry.sign_head(&short)?));
    world.wire.set(short.clone()).await?;
    app.see_in("link-state", messages.get("link_connected")?).await?;
    eventually("the head's end", PATIENCE, async || Ok((now().duration_since(issued) > life).then_some(()))).await?;
    world.wire.set(Mode::Cut).await?;
    app.see_in("stale", messages.get("stale_title")?).await?;
    let refused = app.log()?.matches("ExpiredHead").count();
    world.wire.set(short).await?;
    eventually("ExpiredHead in the log", PATIENCE, async || {
        Ok((app.log()?.matches("ExpiredHead").count() > refused).then_some(()))
    })
    .await?;
    app.see_in("stale", messages.get("heard_ago")?).await?;
    app.see_in("advisory-lead", " · 3").await?;
    ensure!(!app.has("refused").await?, "an expired head is no lie");
    world.screen(app, "expired-head").await?;
    // a front that starts signs a new head
    world.ministry.stop().await?;
    world.connect().await?;
    app.see_gone("stale").await?;
    app.see_in("advisory-lead", " · 3").await
}
