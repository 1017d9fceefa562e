//! Tables for a spreadsheet: as CSV (RFC 4180), or as a workbook (XLSX) where that is asked for.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use rust_xlsxwriter::{ColNum, RowNum, Workbook, XlsxError};

use super::fault::{Code, Fault};

/// What a spreadsheet takes for UTF-8.
const MARK: char = '\u{feff}';
pub const CSV: &str = "text/csv; charset=utf-8";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub enum Cell {
    Text(String),
    Number(u64),
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

#[derive(Default)]
pub struct Table(Vec<Vec<Cell>>);

impl Table {
    pub fn line<T: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.0.push(cells.into_iter().map(Into::into).collect());
    }

    pub fn csv(&self) -> String {
        let line = |cells: &Vec<Cell>| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
        MARK.to_string() + &self.0.iter().map(line).collect::<String>()
    }

    /// A text is never taken for a formula in it.
    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (0 as RowNum..).zip(&self.0) {
            for (column, cell) in (0 as ColNum..).zip(cells) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, column, text)?,
                    Cell::Number(number) => sheet.write_number(row, column, *number as f64)?,
                };
            }
        }
        sheet.autofit();
        book.save_to_buffer()
    }

    pub fn as_file(&self, format: Format) -> Result<Response, Fault> {
        Ok(match format {
            Format::Csv => ([(header::CONTENT_TYPE, CSV)], self.csv()).into_response(),
            Format::Xlsx => {
                let book = self.xlsx().map_err(|error| {
                    tracing::error!(%error, "a workbook cannot be written");
                    Fault::new(Code::Internal, "The workbook could not be written.")
                })?;
                ([(header::CONTENT_TYPE, XLSX)], book).into_response()
            }
        })
    }
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &Cell) -> String {
    let text = match cell {
        Cell::Number(number) => return format!("\"{number}\""),
        Cell::Text(text) => text,
    };
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let plain = if is_formula { format!("'{text}") } else { text.clone() };
    format!("\"{}\"", plain.replace('"', "\"\""))
}

/// As what it is asked for: `Accept` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
}

impl<S: Sync> FromRequestParts<S> for Format {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let accepts_book = parts.headers.get(header::ACCEPT).is_some_and(|accept| accept == XLSX);
        Ok(if accepts_book { Self::Xlsx } else { Self::Csv })
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn table() -> Table {
        let mut table = Table::default();
        table.line(["=HYPERLINK(\"x\")", "Дана, Т."]);
        table.line([Cell::from("total"), Cell::Number(7)]);
        table
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(table().csv(), "\u{feff}\"'=HYPERLINK(\"\"x\"\")\",\"Дана, Т.\"\r\n\"total\",\"7\"\r\n");
    }

    #[test]
    fn a_workbook_has_texts_as_they_are_and_figures_as_figures() {
        let file = std::io::Cursor::new(table().xlsx().unwrap());
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(file).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let rows: Vec<_> = sheet.rows().map(<[Data]>::to_vec).collect();
        let text = |text: &str| Data::String(text.into());
        assert_eq!(rows, [vec![text("=HYPERLINK(\"x\")"), text("Дана, Т.")], vec![text("total"), Data::Float(7.0)]]);
        let formulas = book.worksheet_formula(&book.sheet_names()[0]).unwrap();
        assert!(formulas.is_empty());
    }
}
