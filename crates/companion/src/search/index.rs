//! The index: SQLite's full-text search over folded texts, in memory, made anew when what can be found changes.

use std::collections::{BTreeMap, HashMap};

use atlas::typing::{begins_but_for_a_slip, fold, other_layout, sound};
use contract::words::Lang;
use rusqlite::Connection;

use super::{documents::Document, words};

/// One in this many documents at the most holds a word that tells them apart.
const COMMON: i64 = 8;
/// Fewer letters begin the name of some place by chance.
const SHORTEST_OF_PLACE: usize = 4;
/// How many words of the index one typed word may be read as.
const MOST_READINGS: usize = 6;
/// What a text in the reader's own language is worth beside the same in another.
const OWN_LANGUAGE: f64 = 1.1;
/// Who asks for three things is better served by what has them all: this much a word is worth beside the first.
const EACH_WORD_MORE: f64 = 0.5;
/// A title's word tells most, then what people type for it, then the text.
const COLUMNS: [(&str, f64); 3] = [("title", 4.0), ("also", 3.0), ("body", 1.0)];

// A rank over a word's every document costs more than the whole search may: what is in a column weighs alike.
const SCHEMA: &str = "CREATE VIRTUAL TABLE document USING fts5(
    title, also, body, content = '', detail = column, columnsize = 0, prefix = '2 3 4',
    tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE word USING fts5vocab(document, row)";
const FOUND: &str = "SELECT rowid FROM document WHERE document MATCH ?1";

pub struct Index {
    connection: Connection,
    documents: Vec<Document>,
    /// Every word there is, and in how many documents.
    words: BTreeMap<String, i64>,
    /// The words by how they sound.
    sounds: BTreeMap<String, Vec<String>>,
}

impl Index {
    pub fn new(documents: Vec<Document>) -> Result<Self, rusqlite::Error> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(SCHEMA)?;
        let transaction = connection.unchecked_transaction()?;
        let mut insert =
            transaction.prepare("INSERT INTO document (rowid, title, also, body) VALUES (?1, ?2, ?3, ?4)")?;
        for (at, document) in (0_i64..).zip(&documents) {
            insert.execute((at, fold(&document.title), fold(&document.also), fold(&document.lines.join(" "))))?;
        }
        drop(insert);
        transaction.commit()?;
        let words = read_words(&connection)?;
        let mut sounds: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for word in words.keys() {
            sounds.entry(sound(word)).or_default().push(word.clone());
        }
        Ok(Self { connection, documents, words, sounds })
    }

    /// For each word that was typed, the beginnings of words that it may mean: itself, without its ending, on the
    /// other layout, as it sounds, or but for one slip.
    pub fn read(&self, typed: &str) -> Vec<Vec<String>> {
        typed.split_whitespace().flat_map(|word| self.read_word(word)).filter(|one| !one.is_empty()).collect()
    }

    /// Whether a word that was typed begins, as it was typed, one that there is.
    pub fn knows_a_word_of(&self, typed: &str) -> bool {
        words::folded(typed).iter().any(|word| !self.known(word).is_empty())
    }

    fn read_word(&self, typed: &str) -> Vec<Vec<String>> {
        let plain = words::folded(typed);
        let known: Vec<Vec<String>> = plain.iter().map(|word| self.known(word)).collect();
        if known.iter().any(|known| !known.is_empty()) {
            return known;
        }
        let turned: Vec<String> = other_layout(typed).map(|text| words::folded(&text)).unwrap_or_default();
        let turned: Vec<Vec<String>> = turned.iter().map(|word| self.known(word)).collect();
        if turned.iter().any(|known| !known.is_empty()) {
            return turned;
        }
        plain.iter().map(|word| self.guessed(word)).collect()
    }

    /// The word, and the longest and the shortest of its stems, that words begin with.
    fn known(&self, word: &str) -> Vec<String> {
        let mut stems = words::stems(word).filter(|stem| self.count(stem) > 0);
        let whole = Some(word).filter(|word| self.count(word) > 0);
        [whole, stems.next(), stems.last()].into_iter().flatten().map(str::to_owned).collect()
    }

    fn guessed(&self, word: &str) -> Vec<String> {
        let heard = sound(word);
        let sounding = self.sounds.range(heard.clone()..).take_while(|(sounding, _)| sounding.starts_with(&heard));
        let sounding: Vec<String> = sounding.flat_map(|(_, words)| words).take(MOST_READINGS).cloned().collect();
        if !sounding.is_empty() {
            return sounding;
        }
        let close = |(sounding, words): (&String, &Vec<String>)| {
            let heard_so = begins_but_for_a_slip(sounding, &heard);
            words.iter().filter(|known| heard_so || begins_but_for_a_slip(known, word)).cloned().collect::<Vec<_>>()
        };
        self.sounds.iter().flat_map(close).take(MOST_READINGS).collect()
    }

    /// In how many documents words begin so, at the most.
    fn count(&self, prefix: &str) -> i64 {
        let range = self.words.range(prefix.to_owned()..).take_while(|(word, _)| word.starts_with(prefix));
        range.map(|(_, count)| count).sum()
    }

    /// The documents that the words lead to, best first.
    pub fn find(&self, asked: &[Vec<String>], lang: Lang) -> Result<Vec<&Document>, rusqlite::Error> {
        let mut scores: HashMap<i64, (f64, f64)> = HashMap::new();
        for prefixes in self.telling(asked) {
            for (at, score) in self.score(prefixes)? {
                let (sum, words) = scores.entry(at).or_default();
                *sum += score;
                *words += 1.0;
            }
        }
        let mut found: Vec<(f64, i64)> = scores
            .into_iter()
            .filter_map(|(at, (sum, words))| {
                let own = if self.document(at)?.lang == Some(lang) { OWN_LANGUAGE } else { 1.0 };
                Some((sum * own * (1.0 + EACH_WORD_MORE * (words - 1.0)), at))
            })
            .collect();
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        Ok(found.into_iter().filter_map(|(_, at)| self.document(at)).collect())
    }

    /// What one typed word says for each document: the rarer a beginning it may mean, the more.
    fn score(&self, prefixes: &[String]) -> Result<HashMap<i64, f64>, rusqlite::Error> {
        let by_chance = prefixes.iter().all(|prefix| prefix.chars().count() < SHORTEST_OF_PLACE);
        let mut statement = self.connection.prepare_cached(FOUND)?;
        let mut scores: HashMap<i64, f64> = HashMap::new();
        for (distance, prefix) in prefixes.iter().enumerate() {
            let rarity = (self.documents.len() as f64 / self.count(prefix).max(1) as f64).ln().max(0.1);
            // in the long texts only the nearest to what was typed counts: the rest would be most of the work
            let columns = if distance == 0 { &COLUMNS[..] } else { &COLUMNS[..2] };
            for (column, weight) in columns {
                // a folded word is letters and digits: it needs no escaping
                let rows = statement.query_map([format!("{column} : \"{prefix}\" *")], |row| row.get(0))?;
                for at in rows {
                    let at = at?;
                    if !by_chance || self.document(at).is_some_and(|document| !document.is_place()) {
                        *scores.entry(at).or_default() += weight * rarity;
                    }
                }
            }
        }
        Ok(scores)
    }

    fn document(&self, at: i64) -> Option<&Document> {
        self.documents.get(usize::try_from(at).ok()?)
    }

    /// The words that tell documents apart; all, where none does.
    fn telling<'a>(&self, asked: &'a [Vec<String>]) -> Vec<&'a Vec<String>> {
        let all = i64::try_from(self.documents.len()).unwrap_or(i64::MAX);
        let tells = |word: &&Vec<String>| {
            word.iter().all(|prefix| !words::tells_nothing(prefix) && self.count(prefix) * COMMON <= all)
        };
        let telling: Vec<_> = asked.iter().filter(tells).collect();
        if telling.is_empty() { asked.iter().collect() } else { telling }
    }
}

fn read_words(connection: &Connection) -> Result<BTreeMap<String, i64>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT term, doc FROM word")?;
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
