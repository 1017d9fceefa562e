//! Step 4. The front comes up: the ministry has the trip, once, and can count without reading.

use std::{fs, path::Path, time::Duration};

use axum::http::{Method, StatusCode};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use serde_json::{Value, json};

use crate::{
    Result,
    app::App,
    ensure,
    ministry::Ministry,
    plan::{PRIVATE, Plan},
    waiting::eventually,
    world::World,
};

const AT_MOST: Duration = Duration::from_secs(5);

pub async fn made(world: &mut World, app: &App, plan: &Plan) -> Result {
    app.press("settings").await?;
    app.see("send-now").await?;
    world.connect().await?;
    app.press("send-now").await?;
    eventually("the trip at the ministry", AT_MOST, async || Ok((!trips_put(world).is_empty()).then_some(()))).await?;
    world.screen(app, "settings").await?;
    app.press("tab-now").await?;
    let received = world.messages()?.get("delivery_received")?.to_owned();
    app.see_in("trip-delivery", &received).await?;
    let said = app.text("trip-delivery").await?;
    let has_time =
        said.as_bytes().windows(5).any(|w| w[2] == b':' && [0, 1, 3, 4].iter().all(|i| w[*i].is_ascii_digit()));
    ensure!(has_time, "it does not say since when: {said}");
    world.screen(app, "trip-received").await?;
    counted(&world.ministry, plan).await?;
    let put = trips_put(world);
    ensure!(put.len() == 1, "the trip was sent {} times", put.len());
    for _ in 0..2 {
        let answer = world.wire.repeat(&put[0]).await?;
        ensure!(answer.is_success(), "a repeated trip is answered {answer}");
    }
    counted(&world.ministry, plan).await?;
    says_nothing_private(&world.ministry)
}

fn trips_put(world: &World) -> Vec<crate::wire::Seen> {
    let is_trip = |seen: &crate::wire::Seen| {
        seen.method == Method::PUT && seen.path.starts_with("/v1/trips/") && seen.status == StatusCode::OK
    };
    world.wire.seen().into_iter().filter(is_trip).collect()
}

async fn counted(ministry: &Ministry, plan: &Plan) -> Result {
    let expected = [
        (("country", "AE"), plan.a_night()?, 3, 0),
        (("airport", "DOH"), plan.in_transit()?, 3, 0),
        (("country", "AE"), plan.a_day_before()?, 0, 0),
        (("airport", "DOH"), plan.a_day_before()?, 0, 0),
        (("country", "AE"), plan.two_days_after()?, 0, 3),
    ];
    for (place, at, people, overdue) in expected {
        let count = ministry.headcount(place, at).await?;
        let right = count["people"] == json!(people) && count["overdue"] == json!(overdue);
        ensure!(right, "in {} at {at}: {people} people and {overdue} overdue expected, {count} counted", place.1);
    }
    Ok(())
}

/// A dump of the front's database, every byte of its files, and its log.
fn says_nothing_private(ministry: &Ministry) -> Result {
    let mut texts = vec![("the log".to_owned(), fs::read(ministry.log())?)];
    for entry in fs::read_dir(ministry.front_folder())? {
        let path = entry?.path();
        texts.push((path.display().to_string(), fs::read(&path)?));
        if path.extension().is_some_and(|extension| extension == "db") {
            texts.push((format!("a dump of {}", path.display()), dump(&path)?));
        }
    }
    let dumped = texts.iter().any(|(name, text)| name.starts_with("a dump") && find(text, "\"AE\""));
    ensure!(dumped, "the dump holds no trip at all");
    for (name, text) in &texts {
        for private in PRIVATE {
            let escaped = Value::from(private).to_string();
            let found = [private, escaped.trim_matches('"')].iter().any(|words| find(text, words));
            ensure!(!found, "{name} says \"{private}\"");
        }
    }
    Ok(())
}

fn find(text: &[u8], words: &str) -> bool {
    text.windows(words.len()).any(|window| window == words.as_bytes())
}

fn dump(file: &Path) -> Result<Vec<u8>> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut text = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => text.extend_from_slice(bytes),
                    ValueRef::Integer(number) => text.extend_from_slice(number.to_string().as_bytes()),
                    ValueRef::Real(number) => text.extend_from_slice(number.to_string().as_bytes()),
                    ValueRef::Null => {}
                }
                text.push(b'\n');
            }
        }
    }
    Ok(text)
}
