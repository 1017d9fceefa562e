//! Workbooks as Excel, LibreOffice and others write them.

use testkit::country;

use super::super::{Listed, Refusal, read};
use crate::testing::zipped;

fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
    zipped(&parts.iter().map(|(path, text)| (*path, text.as_bytes())).collect::<Vec<_>>())
}

const SHARED: &str = r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="x" count="4"><si><t>Аты-жөні</t></si>
<si><t>Телефон</t></si><si><r><t>Айгүл </t></r><r><rPr><b/></rPr><t>Серік&amp;қызы &#1040;</t></r><rPh><t>ay</t></rPh></si><si/></sst>"#;
const SHEET: &str = r#"<?xml version="1.0"?><worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>
<row r="3" spans="2:4"><c r="B3" s="1" t="s"><v>2</v></c><c r="C3" s="2"/><c r="D3"><v>7.7011112233E10</v></c></row>
<row r="5"><c r="B5" t="inlineStr"><is><t>Марат</t></is></c><c r="D5" t="str"><f>1+1</f><v>+7 702 222 33 44</v></c></row>
<row r="6"><c r="B6" t="e"><v>#N/A</v></c><c r="D6"><v>87022223344</v></c></row></sheetData></worksheet>"#;

fn listed(parts: &[(&str, &str)]) -> Result<Listed, Refusal> {
    read(&workbook(parts), country("KZ"))
}

#[test]
fn the_first_sheet_is_read_by_the_places_of_its_cells() {
    let parts = [("xl/sharedStrings.xml", SHARED), ("xl/worksheets/sheet1.xml", SHEET)];
    let listed = listed(&parts).unwrap();
    let said: Vec<_> = listed.people.iter().map(|one| (one.name.as_str(), one.phone.as_str())).collect();
    assert_eq!(said, [("Айгүл Серік&қызы А", "+77011112233"), ("Марат", "+77022223344")]);
    assert_eq!(listed.faulty.iter().map(|row| row.row).collect::<Vec<_>>(), [6], "as the rows are numbered");
}

#[test]
fn a_namespace_before_each_tag_changes_nothing() {
    let named = |xml: &str| {
        xml.replace("</", "\u{1}")
            .replace("<?", "\u{2}")
            .replace('<', "<x:")
            .replace('\u{1}', "</x:")
            .replace('\u{2}', "<?")
    };
    let plain = listed(&[("xl/sharedStrings.xml", SHARED), ("xl/worksheets/sheet1.xml", SHEET)]).unwrap();
    let (shared, sheet) = (named(SHARED), named(SHEET));
    assert_eq!(listed(&[("xl/sharedStrings.xml", &shared), ("xl/worksheets/sheet3.xml", &sheet)]).unwrap(), plain);
}

#[test]
fn another_zip_and_a_broken_one_are_refused() {
    assert_eq!(listed(&[("word/document.xml", "<w/>")]), Err(Refusal::UnknownKind));
    assert_eq!(read(b"PK\x03\x04 and no more", country("KZ")), Err(Refusal::Damaged));
    let far = r#"<sheetData><row r="1048576"><c t="str"><v>Айгүл</v></c></row></sheetData>"#;
    assert_eq!(listed(&[("xl/worksheets/sheet1.xml", far)]), Err(Refusal::TooMuch));
    let bomb = format!("<sheetData>{}</sheetData>", " ".repeat(17 * 1024 * 1024));
    assert_eq!(listed(&[("xl/worksheets/sheet1.xml", &bomb)]), Err(Refusal::TooMuch));
    // one text in every cell, and ends of letters that never come
    let long = format!("<si><t>{}</t></si>", "Ә".repeat(4_000_000));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(100);
    let sheet: String = (0..2_500).map(|_| format!("<row>{cells}</row>")).collect();
    assert_eq!(listed(&[("xl/sharedStrings.xml", &long), ("xl/worksheets/sheet1.xml", &sheet)]), Err(Refusal::TooMuch));
    let endless = format!("<row><c t=\"str\"><v>{}</v></c></row>", "&".repeat(15_000_000));
    assert_eq!(listed(&[("xl/worksheets/sheet1.xml", &endless)]).unwrap().faulty.len(), 1);
    let mut cut = workbook(&[("xl/worksheets/sheet1.xml", SHEET)]);
    cut.truncate(cut.len() / 2);
    assert_eq!(read(&cut, country("KZ")), Err(Refusal::Damaged));
}
