//! Whatever is broken around the app, it says so in the traveller's language, still helps, and loses nothing.

use std::fs;

use contract::words::Lang;
use jiff::ToSpan;
use tests::{
    Result,
    app::{App, Hand, Launch},
    ensure,
    form::fill_in_stay,
    ministry::Ministry,
    mount::Mount,
    plan::{PHONE, Plan},
    wire::Mode,
    world::{Traveller, World},
};

async fn world(lang: Lang) -> Result<World> {
    World::new(Traveller { lang, hand: Hand::Pointer, large_and_narrow: false }, None).await
}

/// Fills in a stay in Dubai that is under way.
async fn fill_in(world: &World, app: &App) -> Result {
    let plan = Plan::around_now()?;
    let name = if world.traveller.lang == Lang::En { "Dubai" } else { "Дубай" };
    fill_in_stay(app, "Dubai", name, plan.arrival, plan.leaving).await?;
    app.write("phone", PHONE).await
}

/// The same, saved; the screen says that it is on this device.
async fn save_trip(world: &World, app: &App) -> Result {
    fill_in(world, app).await?;
    app.press("trip-save").await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_waiting")?).await
}

/// The app says what is wrong and what to do; guidance and the call bar still work.
async fn says_trouble(world: &World, app: &App, code: &str) -> Result {
    let messages = world.messages()?;
    app.see_in("trouble", messages.get(&format!("trouble_{code}"))?).await?;
    app.see_in("trouble", messages.get(&format!("trouble_{code}_do"))?).await?;
    ensure!(app.attribute("trouble", "data-code").await?.as_deref() == Some(code), "another trouble than {code}");
    let dials = app.attribute("call-bar", "href").await?.unwrap_or_default();
    ensure!(dials.len() > "tel:".len(), "the call bar dials \"{dials}\"");
    app.press("tab-guidance").await?;
    app.press("topic-transit").await?;
    app.see_in("topic", messages.get("topic_do")?).await
}

async fn trip_is_there(world: &World) -> Result {
    let app = world.open().await?;
    app.press("tab-trips").await?;
    app.see("trip-item").await?;
    app.kill_9().await
}

#[tokio::test]
async fn a_profile_that_is_not_json_is_said_and_the_emergency_number_is_one_tap_away() -> Result {
    let world = world(Lang::Kk).await?;
    let profile = world.desktop.folder().join("broken.json");
    fs::write(&profile, "<html>not a profile</html>")?;
    let app = world.open_as(&Launch { profile: Some(profile), ..world.launch() }).await?;
    says_trouble(&world, &app, "profile_unreadable").await?;
    ensure!(app.attribute("call-bar", "href").await?.as_deref() == Some("tel:112"), "112 is not in the call bar");
    Ok(())
}

#[tokio::test]
async fn without_a_profile_the_app_says_that_no_ministry_is_set_and_guidance_reads() -> Result {
    let world = world(Lang::En).await?;
    let app = world.open_as(&Launch { profile: None, ..world.launch() }).await?;
    app.see_in("no-ministry", world.messages()?.get("no_ministry_title")?).await?;
    app.press("tab-guidance").await?;
    app.press("topic-calm").await?;
    app.see_in("topic", world.messages()?.get("topic_do")?).await
}

#[tokio::test]
async fn a_file_in_the_place_of_the_data_folder_is_said_and_left_alone() -> Result {
    let world = world(Lang::Ru).await?;
    fs::write(world.data(), "somebody's file")?;
    let app = world.open().await?;
    says_trouble(&world, &app, "folder_not_writable").await?;
    ensure!(fs::read_to_string(world.data())? == "somebody's file", "the file was changed");
    Ok(())
}

#[tokio::test]
async fn a_folder_that_became_read_only_is_said_and_what_was_entered_is_still_there_after() -> Result {
    let world = world(Lang::Kk).await?;
    let app = world.open().await?;
    save_trip(&world, &app).await?;
    app.kill_9().await?;
    let locked = Mount::read_only(&world.data())?;
    let app = world.open_as(&Launch { data: locked.path().to_owned(), ..world.launch() }).await?;
    says_trouble(&world, &app, "folder_not_writable").await?;
    app.kill_9().await?;
    trip_is_there(&world).await
}

#[tokio::test]
async fn a_full_disk_keeps_the_form_on_the_screen_until_there_is_room() -> Result {
    let world = world(Lang::Ru).await?;
    let disk = Mount::small(3072)?;
    let launch = Launch { data: disk.path().join("data"), ..world.launch() };
    let app = world.open_as(&launch).await?;
    fill_in(&world, &app).await?;
    let filler = disk.fill()?;
    app.press("trip-save").await?;
    app.see_in("form-failure", world.messages()?.get("fail_disk_full")?).await?;
    let held = app.value("phone").await?;
    ensure!(held == PHONE, "the form lost the phone: \"{held}\"");
    fs::remove_file(filler)?;
    app.press("trip-save").await?;
    app.see_in("trip-delivery", world.messages()?.get("delivery_waiting")?).await?;
    app.kill_9().await?;
    let app = world.open_as(&launch).await?;
    app.press("tab-trips").await?;
    app.see("trip-item").await
}

#[tokio::test]
async fn a_disk_that_is_full_from_the_start_is_said() -> Result {
    let world = world(Lang::En).await?;
    let disk = Mount::small(512)?;
    let data = disk.path().join("data");
    fs::create_dir(&data)?;
    disk.fill()?;
    let app = world.open_as(&Launch { data, ..world.launch() }).await?;
    says_trouble(&world, &app, "disk_full").await
}

#[tokio::test]
async fn data_of_a_newer_app_is_said_and_not_a_byte_of_it_changes() -> Result {
    let world = world(Lang::Ru).await?;
    let app = world.open().await?;
    save_trip(&world, &app).await?;
    app.kill_9().await?;
    let file = world.data().join("saparlas.db");
    let newer = rusqlite::Connection::open(&file)?;
    newer.execute(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (9999, 'newer', '', '0')",
        [],
    )?;
    // it does more than add: no older app may open it
    newer.execute("UPDATE setting SET value = '9999' WHERE name = 'lowest_schema'", [])?;
    drop(newer);
    let before = fs::read(&file)?;
    let app = world.open().await?;
    says_trouble(&world, &app, "data_is_newer").await?;
    app.kill_9().await?;
    ensure!(fs::read(&file)? == before, "the file was changed");
    let back = rusqlite::Connection::open(&file)?;
    back.execute("DELETE FROM refinery_schema_history WHERE version = 9999", [])?;
    back.execute("UPDATE setting SET value = '1' WHERE name = 'lowest_schema'", [])?;
    drop(back);
    trip_is_there(&world).await
}

#[tokio::test]
async fn data_of_another_ministry_is_said_and_waits_for_its_own() -> Result {
    let world = world(Lang::Kk).await?;
    let app = world.open().await?;
    save_trip(&world, &app).await?;
    app.kill_9().await?;
    let elsewhere = world.desktop.folder().join("elsewhere");
    fs::create_dir(&elsewhere)?;
    let other = Ministry::init(&elsewhere, &world.wire.url()).await?;
    let app = world.open_as(&Launch { profile: Some(other.profile()), ..world.launch() }).await?;
    says_trouble(&world, &app, "data_of_another_ministry").await?;
    app.kill_9().await?;
    trip_is_there(&world).await
}

#[tokio::test]
async fn a_date_that_does_not_exist_and_an_airport_nobody_knows_are_said_at_their_fields() -> Result {
    let world = world(Lang::Kk).await?;
    let messages = world.messages()?;
    let app = world.open().await?;
    let plan = Plan::around_now()?;
    fill_in_stay(&app, "Dubai", "Дубай", plan.arrival, plan.leaving.checked_add(1.day())?).await?;
    app.rewrite("leg-0-from", "31.02.2026").await?;
    app.press("origin-change").await?;
    app.write("origin", "QQQQ").await?;
    app.press("trip-save").await?;
    app.see_in("form-failure", messages.get("form_not_saved")?).await?;
    app.see_in("form-failure", messages.get("fail_impossible_date")?).await?;
    app.see_in("form-failure", messages.get("fail_unknown_airport")?).await?;
    for (id, typed) in [("leg-0-from", "31.02.2026"), ("origin", "QQQQ")] {
        let invalid = app.attribute(id, "aria-invalid").await?;
        ensure!(invalid.as_deref() == Some("true"), "{id} is not marked");
        ensure!(app.value(id).await? == typed, "{id} lost what was typed");
    }
    Ok(())
}

/// The front is heard once, then something else answers in its place: it is said, what is entered meanwhile is
/// kept, and goes out once the front answers again.
async fn stands_in_the_way(lang: Lang, mode: Mode, section: &str, title: &str) -> Result {
    let mut world = world(lang).await?;
    world.desktop.install_browser()?;
    let messages = world.messages()?;
    world.ministry.serve().await?;
    world.wire.set(mode.clone()).await?;
    let app = world.open().await?;
    save_trip(&world, &app).await?;
    app.press("tab-now").await?;
    app.see_in(section, messages.get(title)?).await?;
    app.see_in("trip-delivery", messages.get("delivery_waiting")?).await?;
    if matches!(mode, Mode::Portal | Mode::Redirect) {
        app.press("wifi-page").await?;
        let page = world.wire.url();
        tests::waiting::eventually("the Wi-Fi page", tests::waiting::PATIENCE, async || {
            let opened = world.desktop.browsed()?;
            Ok(opened.iter().any(|address| address.trim_end_matches('/') == page).then_some(()))
        })
        .await?;
    }
    world.wire.set(Mode::Pass).await?;
    app.press("settings").await?;
    app.press("send-now").await?;
    app.press("tab-now").await?;
    app.see_in("trip-delivery", messages.get("delivery_received")?).await?;
    app.see_in("link-state", messages.get("link_connected")?).await?;
    app.see_gone(section).await
}

#[tokio::test]
async fn a_wifi_page_in_the_front_s_place_is_said_and_offered() -> Result {
    stands_in_the_way(Lang::Kk, Mode::Portal, "captive-portal", "captive_title").await
}

#[tokio::test]
async fn a_wifi_network_that_redirects_is_said_and_its_page_offered() -> Result {
    stands_in_the_way(Lang::Ru, Mode::Redirect, "captive-portal", "captive_title").await
}

#[tokio::test]
async fn a_front_that_answers_500_is_said() -> Result {
    stands_in_the_way(Lang::En, Mode::Broken, "server-trouble", "server_title").await
}

#[tokio::test]
async fn a_machine_where_nothing_listens_is_said() -> Result {
    stands_in_the_way(Lang::Ru, Mode::Cut, "server-trouble", "server_title").await
}

#[tokio::test]
async fn a_front_that_takes_the_connection_and_stays_silent_is_said() -> Result {
    stands_in_the_way(Lang::Kk, Mode::Silent, "server-trouble", "server_title").await
}
