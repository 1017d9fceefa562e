//! What is looked up with no network: places, points, and the search beside SQL LIKE and a plain ranked FTS5.

use std::time::{Duration, Instant};

use atlas::typing::fold;
use companion::{
    search::{Document, Index, Reader, Target, search},
    topics,
};
use contract::{
    place::{AirportCode, Position},
    words::Lang,
};
use rusqlite::{Connection, Statement};
use tests::{Result, words::at_root};

const DOCUMENTS: usize = 10_000;
const QUESTIONS: usize = 60;
const PEERS: &str = "CREATE TABLE text (folded TEXT NOT NULL); CREATE VIRTUAL TABLE ranked USING fts5(folded)";
const LIKE: &str = "SELECT rowid FROM text WHERE folded LIKE '%' || ?1 || '%' LIMIT 20";
const FTS5: &str = "SELECT rowid FROM ranked WHERE ranked MATCH ?1 ORDER BY rank LIMIT 20";

pub fn figures() -> Result {
    places()?;
    points();
    searched()
}

fn places() -> Result {
    let code: AirportCode = "DOH".parse()?;
    let (by_code, first) = timed(|| atlas::airport(code));
    let (found, loaded) = timed(|| atlas::look_up("дубай", 20, &[]));
    let typed = column("crates/atlas/tests/queries.tsv", 0)?;
    let mut took: Vec<Duration> = keystrokes(&typed).map(|query| timed(|| atlas::look_up(query, 20, &[])).1).collect();
    println!(
        "atlas: an airport by code, first: {first:.1?} (found: {}); names ready with the first look-up: {loaded:.1?} (found: {}, budget 20 ms)",
        by_code.is_some(),
        found.len()
    );
    println!("atlas: look-up per keystroke, {} keystrokes: {}", took.len(), p50_p99(&mut took));
    Ok(())
}

fn points() {
    let (_, loaded) = timed(|| atlas::country_at(Position { lat: 25.2, lon: 55.3 }));
    // a walk over the whole Earth
    let points = (0..10_000).map(|n| Position { lat: f64::from(n % 170) - 85.0, lon: f64::from(n * 7 % 360) - 180.0 });
    let mut took: Vec<Duration> = points.map(|point| timed(|| atlas::country_at(point)).1).collect();
    println!("atlas: country at a point, boundaries ready with the first: {loaded:.1?}; {}", p50_p99(&mut took));
}

/// As many documents as a ministry may ever have, from the texts that are shipped.
fn documents() -> Vec<Document> {
    let topics = topics::topics([]);
    let texts = topics.iter().flat_map(|topic| {
        Lang::ALL.into_iter().filter_map(move |lang| Some((topic, lang, topic.texts.get(lang.tag())?)))
    });
    let texts: Vec<_> = texts.collect();
    let document = |at: usize| {
        let (topic, lang, text) = texts[at % texts.len()];
        Document {
            target: Target::Topic { id: format!("{}-{at}", topic.id) },
            lang: Some(lang),
            title: format!("{} {at}", text.title),
            also: text.also.join(" "),
            lines: text.steps.clone(),
        }
    };
    (0..DOCUMENTS).map(document).collect()
}

fn searched() -> Result {
    let documents = documents();
    let peer = Connection::open_in_memory()?;
    peer.execute_batch(PEERS)?;
    let filling = peer.unchecked_transaction()?;
    for document in &documents {
        let text = [&document.title, &document.also, &document.lines.join(" ")].map(|text| fold(text)).join(" ");
        peer.execute("INSERT INTO text VALUES (?1)", [&text])?;
        peer.execute("INSERT INTO ranked VALUES (?1)", [&text])?;
    }
    filling.commit()?;
    let (index, made) = timed(|| Index::new(documents));
    let questions = column("crates/companion/tests/questions.tsv", 1)?;
    let questions: Vec<String> = questions.into_iter().step_by(9).take(QUESTIONS).collect();
    let (mut like, mut fts5) = (peer.prepare(LIKE)?, peer.prepare(FTS5)?);
    let reader = Reader { lang: Lang::Ru, here: None, places: &[] };
    let [mut ours, mut of_like, mut of_fts5] = [(); 3].map(|()| Vec::new());
    for typed in keystrokes(&questions) {
        ours.push(timed(|| search(&index, typed, &reader)).1);
        let folded = fold(typed);
        of_like.push(asked(&mut like, &folded)?);
        // any of the words, each as a beginning
        let any: Vec<String> = folded.split_whitespace().map(|word| format!("\"{word}\" *")).collect();
        of_fts5.push(asked(&mut fts5, &any.join(" OR "))?);
    }
    println!("search: {DOCUMENTS} documents indexed in {made:.0?}");
    println!(
        "search: per keystroke, {} keystrokes: {} (budget p99 2 ms); SQL LIKE: {}; plain ranked FTS5: {}",
        ours.len(),
        p50_p99(&mut ours),
        p50_p99(&mut of_like),
        p50_p99(&mut of_fts5)
    );
    Ok(())
}

/// How long a peer took to answer.
fn asked(peer: &mut Statement, text: &str) -> Result<Duration> {
    let (found, took) =
        timed(|| peer.query_map([text], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>());
    found?;
    Ok(took)
}

/// What is in the box after each key.
fn keystrokes(typed: &[String]) -> impl Iterator<Item = &str> {
    typed.iter().flat_map(|text| text.char_indices().map(|(at, letter)| &text[..at + letter.len_utf8()]))
}

fn column(file: &str, at: usize) -> Result<Vec<String>> {
    let table = std::fs::read_to_string(at_root(file))?;
    Ok(table.lines().skip(1).filter_map(|line| line.split('\t').nth(at)).map(str::to_owned).collect())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let made = work();
    (made, started.elapsed())
}

fn p50_p99(took: &mut [Duration]) -> String {
    took.sort_unstable();
    format!("p50 {:.2?}, p99 {:.2?}", took[took.len() / 2], took[took.len() * 99 / 100])
}
