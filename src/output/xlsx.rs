//! Responsible for `polygist.xlsx`: a sheet for each table, with numbers as numbers, days as days and
//! text never a formula. Sheets are streamed, so the workbook takes no memory for its rows.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};

use super::cell::{Cell, Changes, safe_text};
use super::disk::{Disk, FileEntry};
use super::options::{Dialect, Escape, Newlines, SAFE_CELL, SHEET_ROWS};
use super::rows::whole_rows;
use super::selection::Only;
use super::tables::{TableId, Type};
use crate::error::Error;
use crate::model::dates::{day_number, iso_day};
use crate::model::record::Record;

/// The workbook's file name.
pub const NAME: &str = "polygist.xlsx";
/// Sheets in the order in which people look at them.
const ORDER: [TableId; 11] = [
    TableId::Summary,
    TableId::Quotes,
    TableId::Stances,
    TableId::Facts,
    TableId::Figures,
    TableId::FactBoxes,
    TableId::Articles,
    TableId::Actors,
    TableId::ArticleActors,
    TableId::Stories,
    TableId::Errors,
];
/// The tables whose rows lead to their article. Links are held in memory until the workbook is saved,
/// about half a kilobyte each, so figures and facts have none.
const LINKED: [TableId; 3] = [TableId::Quotes, TableId::Stances, TableId::FactBoxes];
/// A spreadsheet refuses more links than this in one sheet.
const LINKS: u32 = 60_000;

/// The rows of a table: the sheet that takes the next one.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    sheet: usize,
    /// The row below the last one written; the header is row 0.
    row: u32,
    parts: u32,
}

/// The workbook while it is written.
pub struct Book {
    workbook: Workbook,
    path: PathBuf,
    places: [Place; ORDER.len()],
    only: Only,
    /// First row of each sheet's last table part, for filters: sheet and columns.
    widths: Vec<(usize, u16, u32)>,
    text: Dialect,
    header: Format,
    day: Format,
    most_rows: u32,
    /// The number of the article that is being added.
    article: u32,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Book {
    /// A workbook with an empty sheet for each table that is wanted.
    ///
    /// # Errors
    /// [`Error::Io`] when its files cannot be made.
    pub fn create(dir: &Path, only: &Only) -> Result<Self, Error> {
        Self::with_rows(dir, only, SHEET_ROWS as u32)
    }

    fn with_rows(dir: &Path, only: &Only, most_rows: u32) -> Result<Self, Error> {
        let mut book = Workbook::new();
        let path = dir.join(NAME);
        // A fixed date, so that the same input gives the same bytes.
        let date = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|e| wrong(&path, &e))?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&date));
        book.set_tempdir(dir).map_err(|e| wrong(&path, &e))?;
        let mut made = Self {
            workbook: book,
            path,
            places: [Place::default(); ORDER.len()],
            only: only.clone(),
            widths: Vec::new(),
            text: Dialect {
                delimiter: b',',
                bom: false,
                line_end: "\n",
                quote_text: false,
                decimal: b'.',
                newlines: Newlines::Space,
                escape: Escape::None,
                max_cell: Some(SAFE_CELL),
                strip_bidi: true,
                split_rows: None,
            },
            header: Format::new().set_bold().set_background_color("#E3E8EF"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            most_rows,
            article: 0,
        };
        for id in ORDER.into_iter().filter(|id| only.has(*id)) {
            made.sheet(id)?;
        }
        Ok(made)
    }

    /// Starts a sheet for a table; further ones get a number.
    fn sheet(&mut self, id: TableId) -> Result<(), Error> {
        let table = id.table();
        let place = &mut self.places[id as usize];
        place.parts += 1;
        place.row = 1;
        place.sheet = self.widths.len();
        let name = if place.parts == 1 {
            table.name.to_owned()
        } else {
            format!("{} {}", table.name, place.parts)
        };
        self.widths
            .push((place.sheet, table.columns.len() as u16, 0));
        let sheet = self.workbook.add_worksheet_with_constant_memory();
        let begin = |sheet: &mut Worksheet| -> Result<(), XlsxError> {
            sheet.set_name(&name)?;
            sheet.set_freeze_panes(1, 0)?;
            for (n, column) in table.columns.iter().enumerate() {
                sheet.set_column_width(n as u16, width(column.name, column.kind))?;
                sheet.write_string_with_format(0, n as u16, column.name, &self.header)?;
            }
            Ok(())
        };
        sheet.and_then(begin).map_err(|e| wrong(&self.path, &e))
    }

    /// Adds the rows of a record, each with the cells of the corpus columns after it.
    ///
    /// # Errors
    /// [`Error::Io`] with the workbook's name.
    pub fn add(&mut self, record: &Record, corpus: &[Cell<'_>]) -> Result<(), Error> {
        self.article += 1;
        whole_rows(record, corpus, |id, cells, tail| {
            self.row(id, cells.iter().chain(tail))
        })
    }

    /// Adds one row of a table.
    ///
    /// # Errors
    /// [`Error::Io`] with the workbook's name.
    pub fn row<'c>(
        &mut self,
        id: TableId,
        cells: impl Iterator<Item = &'c Cell<'c>>,
    ) -> Result<(), Error> {
        if !self.only.has(id) {
            return Ok(());
        }
        let path = self.path.clone();
        held(&path, || self.write_row(id, cells))
    }

    fn write_row<'c>(
        &mut self,
        id: TableId,
        cells: impl Iterator<Item = &'c Cell<'c>>,
    ) -> Result<(), Error> {
        if self.places[id as usize].row > self.most_rows {
            self.sheet(id)?;
        }
        let Place { sheet, row, .. } = self.places[id as usize];
        self.places[id as usize].row += 1;
        if let Some(entry) = self.widths.get_mut(sheet) {
            entry.2 = row;
        }
        let linked = LINKED.contains(&id) && row <= LINKS && self.article <= self.most_rows;
        let link = linked.then(|| format!("internal:articles!A{}", self.article + 1));
        let columns = id.table().columns;
        let (text, day, path) = (&self.text, &self.day, &self.path);
        let sheet = self
            .workbook
            .worksheet_from_index(sheet)
            .map_err(|e| wrong(path, &e))?;
        let mut cut = false;
        for (n, cell) in cells.enumerate() {
            let name = columns.get(n).map_or("", |c| c.name);
            let column = n as u16;
            let written = match cell {
                Cell::Integer(n) => number(sheet, row, column, *n),
                Cell::Real(x) if x.is_finite() => sheet.write_number(row, column, *x).map(drop),
                Cell::Empty | Cell::Real(_) => Ok(()),
                Cell::Flag(flag) => sheet.write_boolean(row, column, *flag).map(drop),
                Cell::Truncated => sheet.write_boolean(row, column, cut).map(drop),
                Cell::Text(value) => {
                    let (value, short) = safe_text(value, text, &mut Changes::default());
                    cut |= short;
                    match (&link, name) {
                        (Some(link), "article_id") => {
                            let url = Url::new(link).set_text(value.as_ref());
                            sheet.write_url(row, column, url).map(drop)
                        }
                        (
                            _,
                            "published" | "value_iso" | "when_iso" | "first_published"
                            | "last_published",
                        ) => date(sheet, row, column, &value, day),
                        _ => sheet.write_string(row, column, value.as_ref()).map(drop),
                    }
                }
            };
            written.map_err(|e| wrong(path, &e))?;
        }
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// [`Error::Io`] with the workbook's name.
    pub fn finish(self, disk: &Disk) -> Result<FileEntry, Error> {
        let path = self.path.clone();
        held(&path, || self.save(disk))
    }

    fn save(mut self, disk: &Disk) -> Result<FileEntry, Error> {
        let path = self.path.clone();
        for (sheet, columns, last) in self.widths {
            let filtered = self
                .workbook
                .worksheet_from_index(sheet)
                .and_then(|s| s.autofilter(0, 0, last, columns - 1).map(drop));
            filtered.map_err(|e| wrong(&path, &e))?;
        }
        self.workbook.save(&path).map_err(|e| wrong(&path, &e))?;
        drop(self.workbook);
        disk.adopt(&path, NAME)
    }
}

/// A whole number; one with more digits than a spreadsheet keeps becomes text.
fn number(sheet: &mut Worksheet, row: u32, column: u16, n: i64) -> Result<(), XlsxError> {
    const EXACT: i64 = 1 << 53;
    if n.abs() <= EXACT {
        #[allow(clippy::cast_precision_loss)]
        sheet.write_number(row, column, n as f64).map(drop)
    } else {
        sheet.write_string(row, column, n.to_string()).map(drop)
    }
}

/// A day as a date; anything else as text.
fn date(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let day = day_number(value).filter(|d| iso_day(*d) == value);
    match day.and_then(|_| ExcelDateTime::parse_from_str(value).ok()) {
        Some(date) => sheet
            .write_datetime_with_format(row, column, &date, format)
            .map(drop),
        None => sheet.write_string(row, column, value).map(drop),
    }
}

/// The width of a column in characters.
fn width(name: &str, kind: Type) -> f64 {
    match (name, kind) {
        ("quote" | "evidence" | "fact" | "item" | "summary" | "message", _) => 60.0,
        ("title" | "url" | "target" | "fact_box" | "fact_1" | "quote_1" | "stance_1", _) => 34.0,
        (_, Type::Text) if name.ends_with("_id") || name == "duplicate_of" => 24.0,
        (_, Type::Text) => 18.0,
        _ => 11.0,
    }
}

fn wrong(path: &Path, error: &dyn Display) -> Error {
    let hint = "the workbook could not be written: leave --xlsx out, or free some space";
    Error::Io {
        message: format!("cannot write {}: {error}", path.display()),
        hint: hint.to_owned(),
    }
}

/// Writes a part of the workbook. Rows go to files of the crate's own, and where one of these cannot be
/// written, as on a full disk, the crate panics: that is an error like any other.
fn held<T>(path: &Path, write: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        Err(wrong(
            path,
            &said.unwrap_or("its rows could not be written"),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::full_record;

    fn write(dir: &Path, most_rows: u32) -> Vec<u8> {
        let mut book = Book::with_rows(dir, &Only::default(), most_rows).unwrap();
        for n in 0..5 {
            let mut record = full_record(&n.to_string());
            record.title = Some("=1+1".into());
            book.add(&record, &[Cell::Empty, "sty_x".into()]).unwrap();
        }
        book.finish(&Disk::default()).unwrap();
        std::fs::read(dir.join(NAME)).unwrap()
    }

    #[test]
    fn the_same_rows_give_the_same_bytes_and_sheets_are_split() {
        let dir = tempfile::tempdir().unwrap();
        let one = write(dir.path(), 1_000);
        assert_eq!(one, write(dir.path(), 1_000));
        assert_ne!(one, write(dir.path(), 2));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
