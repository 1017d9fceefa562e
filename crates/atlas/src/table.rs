//! The tables compiled into the program: tab-separated, one header line, no quoting.

use contract::place::Position;

/// The lines of a table, without its header, split into exactly `N` cells. A line of another width is left out;
/// each table's test counts its lines.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
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
