//! A ticket that the traveller brings fills the form, and nothing else does.

use contract::words::Lang;
use serde_json::json;
use tests::{
    Result,
    app::{App, Hand},
    ensure,
    world::{Traveller, World},
};

/// As the barcode of a boarding pass says it: Almaty to Dubai.
const PASS: &str = "M1SAPAR/SALTANAT      EABC123 ALADXBKC 0931 337Y012A0025 100";

async fn world() -> Result<World> {
    World::new(Traveller { lang: Lang::Ru, hand: Hand::Pointer, large_and_narrow: false }, None).await
}

/// Drops files on the window, as the page hears of it.
async fn drop_files(app: &App, files: &[(&str, &str)]) -> Result {
    let script = "const transfer = new DataTransfer();
        for (const [name, text] of arguments[0]) transfer.items.add(new File([text], name));
        dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));";
    app.run_with(script, vec![json!(files)]).await.map(|_| ())
}

#[tokio::test]
async fn a_boarding_pass_that_is_pasted_fills_the_form_and_outlives_the_app() -> Result {
    let world = world().await?;
    let app = world.open().await?;
    app.press("tab-trips").await?;
    app.press("import-open").await?;
    app.write("import-text", PASS).await?;
    app.press("import-read").await?;
    app.see_in("import-line", "KC 931").await?;
    app.press("import-take").await?;
    app.see("trip-save").await?;
    app.kill_9().await?;
    let app = world.open().await?;
    app.press("tab-trips").await?;
    ensure!(!app.has("trip-item").await?, "a trip was saved that nobody saved");
    app.press("trip-new").await?;
    app.see_in("form-import", world.messages()?.get("import_row")?).await?;
    let form = app.run("return document.querySelector('form').innerText").await?;
    ensure!(form.as_str().is_some_and(|words| words.contains("Дубай")), "the form says: {form}");
    Ok(())
}

#[tokio::test]
async fn what_is_dropped_on_any_screen_is_read_or_refused_in_words() -> Result {
    let world = world().await?;
    let messages = world.messages()?;
    let app = world.open().await?;
    app.press("tab-contacts").await?;
    drop_files(&app, &[("letter.txt", "Dear all,")]).await?;
    app.see_in("import-refused", messages.get("import_unknown_kind")?).await?;
    drop_files(&app, &[("a.txt", PASS), ("b.txt", "Dear all,")]).await?;
    app.see_in("import-notes", messages.get("import_unknown_kind")?).await?;
    app.press("import-other").await?;
    drop_files(&app, &[("pass.txt", PASS)]).await?;
    app.see_in("import-line", "KC 931").await?;
    app.press("import-leave-0").await?;
    app.see_gone("import-take").await
}

/// Drops a file of these bytes on the window.
async fn drop_bytes(app: &App, name: &str, bytes: &[u8]) -> Result {
    let script = "const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(arguments[1])], arguments[0]));
        dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));";
    app.run_with(script, vec![json!(name), json!(bytes)]).await.map(|_| ())
}

fn fixture(name: &str) -> Result<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/passes");
    Ok(std::fs::read(folder.join(name))?)
}

#[tokio::test]
async fn a_picture_of_a_pass_is_read_and_one_that_brings_its_reader_down_leaves_the_call_bar() -> Result {
    let world = world().await?;
    let messages = world.messages()?;
    let app = world.open().await?;
    app.press("tab-contacts").await?;
    drop_bytes(&app, "pass.png", &fixture("aztec.png")?).await?;
    app.see_in("import-line", "KC 931").await?;
    app.press("import-other").await?;
    drop_bytes(&app, "ticket.pdf", &fixture("ticket-ru.pdf")?).await?;
    app.see_in("import-notes", messages.get("import_note_from_text")?).await?;
    let nested = [&b"%PDF-1.7\n1 0 obj\n"[..], &b"[".repeat(200_000)].concat();
    drop_bytes(&app, "nested.pdf", &nested).await?;
    app.see("import-refused").await?;
    app.see("call-bar").await
}
