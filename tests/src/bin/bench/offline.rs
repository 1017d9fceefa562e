//! What is looked up with no network: places, points, and the search beside SQL LIKE.

use std::time::{Duration, Instant};

use companion::{
    search::{Document, Index, Target, search},
    topics,
};
use contract::{
    place::{AirportCode, Position},
    words::Lang,
};
use rusqlite::Connection;
use tests::{Result, words::at_root};

const DOCUMENTS: usize = 10_000;
const QUESTIONS: usize = 60;
const LIKE: &str = "SELECT rowid FROM text WHERE folded LIKE '%' || ?1 || '%' LIMIT 20";

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
    peer.execute_batch("CREATE TABLE text (folded TEXT NOT NULL); BEGIN")?;
    for document in &documents {
        let text = [&document.title, &document.also, &document.lines.join(" ")].map(|text| atlas::typing::fold(text));
        peer.execute("INSERT INTO text VALUES (?1)", [text.join(" ")])?;
    }
    peer.execute_batch("COMMIT")?;
    let (index, made) = timed(|| Index::new(documents));
    let index = index?;
    let questions = column("crates/companion/tests/questions.tsv", 1)?;
    let questions: Vec<String> = questions.into_iter().step_by(9).take(QUESTIONS).collect();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut like = peer.prepare(LIKE)?;
    for typed in keystrokes(&questions) {
        let (found, took) = timed(|| search(&index, typed, Lang::Ru, &[]));
        found?;
        ours.push(took);
        let (found, took) =
            timed(|| like.query_map([atlas::typing::fold(typed)], |row| row.get::<_, i64>(0))?.count_rows());
        found?;
        theirs.push(took);
    }
    println!("search: {DOCUMENTS} documents indexed in {made:.0?}");
    println!(
        "search: per keystroke, {} keystrokes: {} (budget p99 10 ms); SQL LIKE: {}",
        ours.len(),
        p50_p99(&mut ours),
        p50_p99(&mut theirs)
    );
    Ok(())
}

trait CountRows {
    fn count_rows(self) -> rusqlite::Result<usize>;
}

impl<T, Rows: Iterator<Item = rusqlite::Result<T>>> CountRows for Rows {
    fn count_rows(self) -> rusqlite::Result<usize> {
        self.collect::<rusqlite::Result<Vec<T>>>().map(|rows| rows.len())
    }
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
