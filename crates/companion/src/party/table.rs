//! Rows and cells of a text: tabs, semicolons, commas or bars between them, quotes as RFC 4180 has them; or a line each.

use super::cells::{MAX_COLUMNS, MAX_LETTERS};

/// What may stand between cells; where two fit alike, the first does.
const BETWEEN: [char; 4] = ['\t', ';', ',', '|'];
/// So many rows show what stands between cells.
const LOOKED_AT: usize = 50;

/// The cells of each row, blank rows among them, so that a row's place is its number. One row more than `most` tells that
/// there are more.
pub fn rows(text: &str, most: usize) -> Vec<Vec<String>> {
    let text = text.trim_end();
    // a spreadsheet's own word for what stands between its cells
    let (begins, rest) = text.split_once('\n').unwrap_or((text, ""));
    let said = begins.trim_end().strip_prefix("sep=").and_then(|said| said.chars().next());
    match said {
        Some(between) => [vec![Vec::new()], split(rest, between, most)].concat(),
        None => BETWEEN.into_iter().find(|between| fits(text, *between)).map_or_else(
            || text.lines().take(most + 1).map(|line| vec![line.trim().chars().take(MAX_LETTERS).collect()]).collect(),
            |between| split(text, between, most),
        ),
    }
}

/// Whether most rows have as many cells as each other, and more than one.
fn fits(text: &str, between: char) -> bool {
    let lines: Vec<usize> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .map(|line| split(line, between, 1).first().map_or(0, Vec::len))
        .collect();
    let usual = (2..=lines.iter().copied().max().unwrap_or_default())
        .map(|cells| lines.iter().filter(|found| **found == cells).count())
        .max();
    usual.is_some_and(|usual| usual * 2 > lines.len())
}

/// A quote that nobody closed is a letter like others.
fn split(text: &str, between: char, most: usize) -> Vec<Vec<String>> {
    quoted(text, between, most, true).or_else(|| quoted(text, between, most, false)).unwrap_or_default()
}

/// `None` where a quote stands open at the end.
fn quoted(text: &str, between: char, most: usize, with_quotes: bool) -> Option<Vec<Vec<String>>> {
    let mut rows = vec![Vec::new()];
    let (mut cell, mut letters_of_it) = (String::new(), 0);
    let mut in_quotes = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if in_quotes => in_quotes = false,
            '"' if with_quotes && letters_of_it == 0 => in_quotes = true,
            letter if !in_quotes && (letter == between || letter == '\n') => {
                end(&mut rows, &mut cell);
                letters_of_it = 0;
                if letter == '\n' {
                    rows.push(Vec::new());
                    if rows.len() > most + 1 {
                        return Some(rows);
                    }
                }
            }
            // what begins a cell with a space has none
            letter if letters_of_it == 0 && !in_quotes && letter.is_whitespace() => {}
            letter => {
                letters_of_it += 1;
                if letters_of_it <= MAX_LETTERS {
                    cell.push(letter);
                }
            }
        }
    }
    end(&mut rows, &mut cell);
    (!in_quotes).then_some(rows)
}

/// Columns beyond those that a list has are passed over.
fn end(rows: &mut [Vec<String>], cell: &mut String) {
    if let Some(row) = rows.last_mut().filter(|row| row.len() < MAX_COLUMNS) {
        row.push(cell.trim().to_owned());
    }
    cell.clear();
}
