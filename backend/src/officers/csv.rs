//! Tables for a spreadsheet (RFC 4180).

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// What a spreadsheet takes for UTF-8.
const MARK: char = '\u{feff}';

pub struct Csv(String);

impl Default for Csv {
    fn default() -> Self {
        Self::new()
    }
}

impl Csv {
    pub fn new() -> Self {
        Self(MARK.into())
    }

    pub fn line<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells: Vec<String> = cells.into_iter().map(|cell| quoted(cell.as_ref())).collect();
        self.0 += &cells.join(",");
        self.0 += "\r\n";
    }

    /// The whole, as a file has it.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], self.0).into_response()
    }
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let plain = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", plain.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let mut csv = Csv::new();
        csv.line(["=HYPERLINK(\"x\")", "Дана, Т."]);
        assert_eq!(csv.0, "\u{feff}\"'=HYPERLINK(\"\"x\"\")\",\"Дана, Т.\"\r\n");
    }
}
