//! Rows and cells of a text: tabs, semicolons, commas or bars between them, quotes as RFC 4180 has them; or a line each.

/// What may stand between cells; where two fit alike, the first does.
const BETWEEN: [char; 4] = ['\t', ';', ',', '|'];
/// So many rows show what stands between cells.
const LOOKED_AT: usize = 50;

/// The cells of each row, blank rows among them, so that a row's place is its number.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_end();
    // a spreadsheet's own word for what stands between its cells
    let (begins, rest) = text.split_once('\n').unwrap_or((text, ""));
    let said = begins.trim_end().strip_prefix("sep=").and_then(|said| said.chars().next());
    match said {
        Some(between) => [vec![Vec::new()], split(rest, between)].concat(),
        None => BETWEEN.into_iter().find(|between| fits(text, *between)).map_or_else(
            || text.lines().map(|line| vec![line.trim().to_owned()]).collect(),
            |between| split(text, between),
        ),
    }
}

/// Whether most rows have as many cells as each other, and more than one.
fn fits(text: &str, between: char) -> bool {
    let lines: Vec<usize> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .map(|line| split(line, between).first().map_or(0, Vec::len))
        .collect();
    let usual = (2..=lines.iter().copied().max().unwrap_or_default())
        .map(|cells| lines.iter().filter(|found| **found == cells).count())
        .max();
    usual.is_some_and(|usual| usual * 2 > lines.len())
}

/// A quote that nobody closed is a letter like others.
fn split(text: &str, between: char) -> Vec<Vec<String>> {
    quoted(text, between, true).or_else(|| quoted(text, between, false)).unwrap_or_default()
}

/// `None` where a quote stands open at the end.
fn quoted(text: &str, between: char, with_quotes: bool) -> Option<Vec<Vec<String>>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut in_quotes = false;
    let mut letters = text.chars().peekable();
    let mut end = |cell: &mut String, ends_row: bool| {
        if let Some(row) = rows.last_mut() {
            row.push(cell.trim().to_owned());
        }
        cell.clear();
        if ends_row {
            rows.push(Vec::new());
        }
    };
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if in_quotes => in_quotes = false,
            '"' if with_quotes && cell.trim().is_empty() => {
                cell.clear();
                in_quotes = true;
            }
            '\n' if !in_quotes => end(&mut cell, true),
            letter if letter == between && !in_quotes => end(&mut cell, false),
            letter => cell.push(letter),
        }
    }
    end(&mut cell, false);
    (!in_quotes).then_some(rows)
}
