//! Spreadsheet files as tables and back: CSV in whatever encoding an office's computer writes, and XLSX.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, open_workbook_auto_from_rs};
use encoding_rs::{GB18030, UTF_8};
use platform::{Fault, FieldFault};
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, XlsxError};
use standards::Sheet;

/// The form field that a fault is about.
const FIELD: &str = "file";
/// Most rows of a table that is brought in: three times the largest list known (12,934).
pub const ROWS_MAX: usize = 40_000;
/// Most columns.
const COLUMNS_MAX: usize = 200;
/// What Excel wants at the beginning of a CSV file to read it as UTF-8.
const BOM: &str = "\u{feff}";

/// The table in a file: XLSX, XLS or ODS by what is inside, otherwise CSV in UTF-8, GB18030 or (with its mark) UTF-16 with commas, semicolons or tabs.
///
/// # Errors
/// [`Fault::Invalid`] of `file`: `sheet-empty`, `sheet-unreadable`, `sheet-too-long` (facts `rows`, `max`), `sheet-too-wide`.
pub fn read(bytes: &[u8]) -> Result<Sheet, Fault> {
    let is_book = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    let mut rows = if is_book { book(bytes)? } else { text(bytes)? };
    // Offices put a title over their tables; the heads are the first row with more than one cell filled.
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let head = rows.iter().position(|row| filled(row) > 1).ok_or_else(|| fault("sheet-empty"))?;
    let heads = rows.drain(..=head).next_back().unwrap_or_default();
    let sheet = Sheet::new(heads, rows);
    if sheet.rows.is_empty() {
        return Err(fault("sheet-empty"));
    }
    if sheet.rows.len() > ROWS_MAX {
        let long = FieldFault::new(FIELD, "sheet-too-long").fact("rows", sheet.rows.len()).fact("max", ROWS_MAX);
        return Err(Fault::Invalid(vec![long]));
    }
    if sheet.heads.len() > COLUMNS_MAX {
        return Err(fault("sheet-too-wide"));
    }
    Ok(sheet)
}

fn fault(code: &'static str) -> Fault {
    Fault::field(FIELD, code)
}

fn book(bytes: &[u8]) -> Result<Vec<Vec<String>>, Fault> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| fault("sheet-unreadable"))?;
    let first = book.worksheet_range_at(0).ok_or_else(|| fault("sheet-empty"))?;
    let range = first.map_err(|_| fault("sheet-unreadable"))?;
    Ok(range.rows().map(|row| row.iter().map(cell).collect()).collect())
}

/// A cell as people see it: whole numbers without a fraction, days as days.
fn cell(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(_) => cell.as_date().map_or_else(|| cell.to_string(), |day| day.to_string()),
        other => other.to_string(),
    }
}

fn text(bytes: &[u8]) -> Result<Vec<Vec<String>>, Fault> {
    let (said, _, broken) = UTF_8.decode(bytes);
    let said = if broken {
        let (said, _, broken) = GB18030.decode(bytes);
        if broken {
            return Err(fault("sheet-unreadable"));
        }
        said
    } else {
        said
    };
    if said.contains('\0') {
        return Err(fault("sheet-unreadable"));
    }
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let between = [b',', b'\t', b';'].into_iter().max_by_key(|mark| first.bytes().filter(|byte| byte == mark).count());
    let mut reader = csv::ReaderBuilder::new();
    let mut reader =
        reader.has_headers(false).flexible(true).delimiter(between.unwrap_or(b',')).from_reader(said.as_bytes());
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        record.map(|record| record.iter().map(str::to_owned).collect()).map_err(|_| fault("sheet-unreadable"))
    };
    reader.records().map(row).collect()
}

/// A table as CSV that Excel opens with the right characters.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>, Fault> {
    let mut writer = csv::Writer::from_writer(BOM.as_bytes().to_vec());
    for row in std::iter::once(&sheet.heads).chain(&sheet.rows) {
        writer.write_record(row).map_err(Fault::internal)?;
    }
    writer.into_inner().map_err(|broken| Fault::internal(broken.into_error()))
}

/// The media type of a file.
pub fn media_type(is_book: bool) -> &'static str {
    if is_book {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    } else {
        "text/csv; charset=utf-8"
    }
}

/// How a cell of a workbook stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    #[default]
    None,
    Error,
    Warning,
}

/// A table as XLSX: heads that stay in sight and filter, columns as wide as their words, marked cells coloured.
pub fn xlsx(sheet: &Sheet, mark: impl Fn(usize, usize) -> Mark) -> Result<Vec<u8>, Fault> {
    write_book(sheet, mark).map_err(Fault::internal)
}

fn write_book(sheet: &Sheet, mark: impl Fn(usize, usize) -> Mark) -> Result<Vec<u8>, XlsxError> {
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = plain.clone().set_bold().set_background_color(Color::RGB(0xE8_EE_F7));
    let error = plain.clone().set_background_color(Color::RGB(0xF9_D9_D6));
    let warning = plain.clone().set_background_color(Color::RGB(0xFD_F0_CF));
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (place, title) in sheet.heads.iter().enumerate() {
        let column = u16::try_from(place).unwrap_or(u16::MAX);
        page.set_column_width(column, width(sheet, place))?;
        page.write_string_with_format(0, column, title, &head)?;
    }
    for (index, row) in sheet.rows.iter().enumerate() {
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        for (place, text) in row.iter().enumerate() {
            let format = match mark(index, place) {
                Mark::None => &plain,
                Mark::Error => &error,
                Mark::Warning => &warning,
            };
            page.write_string_with_format(line, u16::try_from(place).unwrap_or(u16::MAX), text, format)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    if let (Ok(rows), Some(last)) = (u32::try_from(sheet.rows.len()), sheet.heads.len().checked_sub(1)) {
        page.autofilter(0, 0, rows, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    book.save_to_buffer()
}

/// Wide enough for the head and for most of what stands below it; longer texts wrap.
fn width(sheet: &Sheet, place: usize) -> f64 {
    let cells = |text: &str| {
        let longest =
            text.lines().map(|line| line.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>());
        longest.max().unwrap_or(0)
    };
    let below = sheet.rows.iter().take(200).map(|row| cells(&row[place])).max().unwrap_or(0);
    (cells(&sheet.heads[place]).max(below) + 2).clamp(8, 48) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Sheet {
        let text = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        Sheet {
            heads: text(&["事项名称", "部门", "备注"]),
            rows: vec![text(&["户口登记，补录", "区公安局", "一\n二"]), text(&["“引号”\"", "", "007"])],
        }
    }

    #[test]
    fn both_kinds_of_file_come_back_as_they_went() {
        let sheet = table();
        assert_eq!(read(&csv(&sheet).expect("a file")).expect("a table"), sheet);
        assert_eq!(read(&xlsx(&sheet, |_, _| Mark::None).expect("a file")).expect("a table"), sheet);
    }

    #[test]
    fn the_encodings_and_marks_of_offices_are_read() {
        let said = "事项名称,部门\n户口登记,区公安局\n";
        let (gbk, _, _) = GB18030.encode(said);
        let utf8 = read(said.as_bytes()).expect("UTF-8");
        assert_eq!(read(&gbk).expect("GB18030"), utf8);
        assert_eq!(read(format!("{BOM}{said}").as_bytes()).expect("with a mark"), utf8);
        assert_eq!(read(said.replace(',', "\t").as_bytes()).expect("tabs"), utf8);
        let wide = format!("{BOM}{}", said.replace(',', "\t"));
        let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide).expect("the Unicode text of a spreadsheet"), utf8);
        assert_eq!(read(format!("某区权责清单,\n\n{said}").as_bytes()).expect("a title above"), utf8);
    }

    #[test]
    fn what_is_no_table_is_told() {
        let code = |bytes: &[u8]| match read(bytes) {
            Err(Fault::Invalid(faults)) => faults[0].code.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(code(b""), "sheet-empty");
        assert_eq!(code("事项名称,部门\n".as_bytes()), "sheet-empty");
        assert_eq!(code(b"PK\x03\x04 no book"), "sheet-unreadable");
        assert_eq!(code(b"\x00\x01,\x00\n"), "sheet-unreadable");
        let long = "a,b\n".repeat(ROWS_MAX + 2);
        assert_eq!(code(long.as_bytes()), "sheet-too-long");
    }
}
