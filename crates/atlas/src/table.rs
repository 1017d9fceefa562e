//! The tables compiled into the program: tab-separated, one header line, no quoting.

use contract::place::Position;

/// The lines of a table, without its header, split into exactly `N` cells. A line of another width is left out;
/// each table's test counts its lines.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    body(table).lines().filter_map(cells)
}

/// The rows whose first cell is `key`, in a table that is sorted by it: found by halving, without reading the rest.
pub(crate) fn rows_of<const N: usize>(table: &'static str, key: &str) -> impl Iterator<Item = [&'static str; N]> {
    let body = body(table);
    let bytes = body.as_bytes();
    let (mut low, mut high) = (0, body.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|byte| *byte == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[middle..high].iter().position(|byte| *byte == b'\n').map_or(high, |at| middle + at + 1);
        if first_cell(&body[start..end]) < key {
            low = end;
        } else {
            high = start;
        }
    }
    let key = key.to_owned();
    body[low..].lines().take_while(move |line| first_cell(line) == key).filter_map(cells)
}

fn body(table: &'static str) -> &'static str {
    table.split_once('\n').map_or("", |(_, body)| body)
}

fn first_cell(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

fn cells<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    let mut cells = line.split('\t');
    let mut row = [""; N];
    for cell in &mut row {
        *cell = cells.next()?;
    }
    cells.next().is_none().then_some(row)
}

pub(crate) fn position(lat: &str, lon: &str) -> Option<Position> {
    Position::new(lat.parse().ok()?, lon.parse().ok()?)
}

/// The other names a place goes by: a cell of names parted by commas.
pub(crate) fn names(cell: &'static str) -> Vec<&'static str> {
    cell.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
pub(crate) fn line_count(table: &str) -> usize {
    table.lines().count() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "key\tvalue\nb\t1\nb\t2\nbb\t3\nd\t4\n";

    fn found(key: &str) -> Vec<&'static str> {
        rows_of(TABLE, key).map(|[_, value]| value).collect()
    }

    #[test]
    fn a_key_finds_all_its_rows_and_no_other() {
        assert_eq!(found("b"), ["1", "2"]);
        assert_eq!(found("bb"), ["3"]);
        assert_eq!(found("d"), ["4"]);
        for absent in ["", "a", "c", "key", "e"] {
            assert!(found(absent).is_empty(), "{absent}");
        }
        assert!(rows_of::<2>("", "b").next().is_none());
    }

    #[test]
    fn a_row_of_another_width_is_left_out() {
        assert_eq!(rows::<2>("h\nonly\na\tb\nc\td\te\n").collect::<Vec<_>>(), [["a", "b"]]);
    }
}
