//! The sheet in a browser: an article to stand inside a page, with the classes of the house's styles.

use askama::Template;

use crate::sheet::{Block, Column, Head, Seal, Sheet};

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'a> {
    kind: &'static str,
    red: bool,
    plain: bool,
    sheet: &'a Sheet,
}

/// The sheet as an HTML article. Every text is escaped; drawings are our own.
pub fn html(sheet: &Sheet) -> String {
    let kind = match sheet.head {
        Head::Red => "red",
        Head::Plain => "plain",
        Head::None => "own",
    };
    let page = Page { kind, red: sheet.head == Head::Red, plain: sheet.head == Head::Plain, sheet };
    // Writing to a string does not fail.
    page.render().unwrap_or_default()
}

impl Page<'_> {
    /// A column's share of the breadth in percent.
    fn share(&self, column: &Column, columns: &[Column]) -> u32 {
        column.width * 100 / columns.iter().map(|one| one.width).sum::<u32>().max(1)
    }
}
