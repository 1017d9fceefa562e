//! The index: SQLite's full-text search over folded texts, in memory, made anew when what can be found changes.

use std::{collections::BTreeMap, ops::Range};

use atlas::typing::{begins_but_for_a_slip, first_letter, fold, other_layout, sound};
use contract::words::Lang;
use rusqlite::Connection;

use super::{documents::Document, words};

/// One in this many documents at the most holds a word that tells them apart.
const COMMON: usize = 8;
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
    words: Words,
    /// The words by how they sound.
    sounds: BTreeMap<String, Vec<String>>,
}

/// Every word there is, in order, and in how many documents are those before each.
struct Words {
    sorted: Vec<String>,
    before: Vec<usize>,
}

impl Words {
    fn beginning(&self, prefix: &str) -> Range<usize> {
        let start = self.sorted.partition_point(|word| word.as_str() < prefix);
        start..start + self.sorted[start..].partition_point(|word| word.starts_with(prefix))
    }
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
        for word in &words.sorted {
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
        let beginning = |prefix: &str| {
            let prefix = prefix.to_owned();
            self.sounds.range(prefix.clone()..).take_while(move |(sounding, _)| sounding.starts_with(&prefix))
        };
        let sounding: Vec<String> =
            beginning(&heard).flat_map(|(_, words)| words).take(MOST_READINGS).cloned().collect();
        if !sounding.is_empty() {
            return sounding;
        }
        // the first letter is always right
        let sounding = beginning(first_letter(&heard))
            .filter(|(sounding, _)| begins_but_for_a_slip(sounding, &heard))
            .flat_map(|(_, words)| words);
        let written = &self.words.sorted[self.words.beginning(first_letter(word))];
        let mut close: Vec<String> = Vec::new();
        for known in sounding.chain(written.iter().filter(|known| begins_but_for_a_slip(known, word))) {
            if close.len() < MOST_READINGS && !close.contains(known) {
                close.push(known.clone());
            }
        }
        close
    }

    /// In how many documents words begin so, at the most.
    fn count(&self, prefix: &str) -> usize {
        let Range { start, end } = self.words.beginning(prefix);
        self.words.before[end] - self.words.before[start]
    }

    /// The documents that the words lead to, best first.
    pub fn find(&self, asked: &[Vec<String>], lang: Lang) -> Result<Vec<&Document>, rusqlite::Error> {
        let mut sums = vec![(0.0, 0.0); self.documents.len()];
        for prefixes in self.telling(asked) {
            for ((sum, words), score) in sums.iter_mut().zip(self.score(prefixes)?).filter(|(_, score)| *score > 0.0) {
                *sum += score;
                *words += 1.0;
            }
        }
        let mut found: Vec<(f64, &Document)> = sums
            .into_iter()
            .zip(&self.documents)
            .filter(|((sum, _), _)| *sum > 0.0)
            .map(|((sum, words), document)| {
                let own = if document.lang == Some(lang) { OWN_LANGUAGE } else { 1.0 };
                (sum * own * (1.0 + EACH_WORD_MORE * (words - 1.0)), document)
            })
            .collect();
        // alike, they stay in their order
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        Ok(found.into_iter().map(|(_, document)| document).collect())
    }

    /// What one typed word says for each document: the rarer a beginning it may mean, the more.
    fn score(&self, prefixes: &[String]) -> Result<Vec<f64>, rusqlite::Error> {
        let by_chance = prefixes.iter().all(|prefix| prefix.chars().count() < SHORTEST_OF_PLACE);
        let mut statement = self.connection.prepare_cached(FOUND)?;
        let mut scores = vec![0.0; self.documents.len()];
        for (distance, prefix) in prefixes.iter().enumerate() {
            let rarity = (self.documents.len() as f64 / self.count(prefix).max(1) as f64).ln().max(0.1);
            // in the long texts only the nearest to what was typed counts, and no single letter: the rest would be most
            // of the work
            let columns = if distance == 0 && prefix.chars().nth(1).is_some() { &COLUMNS[..] } else { &COLUMNS[..2] };
            for (column, weight) in columns {
                // a folded word is letters and digits: it needs no escaping
                let rows = statement.query_map([format!("{column} : \"{prefix}\" *")], |row| row.get::<_, usize>(0))?;
                for at in rows {
                    scores[at?] += weight * rarity;
                }
            }
        }
        if by_chance {
            for (score, _) in scores.iter_mut().zip(&self.documents).filter(|(_, document)| document.is_place()) {
                *score = 0.0;
            }
        }
        Ok(scores)
    }

    /// The words that tell documents apart; where none does, those that say something, or all.
    fn telling<'a>(&self, asked: &'a [Vec<String>]) -> Vec<&'a Vec<String>> {
        let says = |word: &&Vec<String>| word.iter().all(|prefix| !words::tells_nothing(prefix));
        let tells = |word: &&Vec<String>| word.iter().all(|prefix| self.count(prefix) * COMMON <= self.documents.len());
        let saying: Vec<_> = asked.iter().filter(says).collect();
        let telling: Vec<_> = saying.iter().copied().filter(tells).collect();
        [telling, saying].into_iter().find(|words| !words.is_empty()).unwrap_or_else(|| asked.iter().collect())
    }
}

fn read_words(connection: &Connection) -> Result<Words, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT term, doc FROM word ORDER BY term")?;
    let mut words = Words { sorted: Vec::new(), before: vec![0] };
    let mut documents = 0;
    for row in statement.query_map((), |row| Ok((row.get(0)?, row.get::<_, usize>(1)?)))? {
        let (word, count) = row?;
        documents += count;
        words.sorted.push(word);
        words.before.push(documents);
    }
    Ok(words)
}
