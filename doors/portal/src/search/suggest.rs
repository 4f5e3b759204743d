//! `GET /search/suggest?q=`: a list to pick from while somebody types, as a part of a page. Nothing is counted here: half a
//! word is not a wish.

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use themes_service::{ThemeShelf, Wish};

use super::{Asked, Line, popular};

/// Lines of the list; more would hide the page.
const LINES: usize = 7;

#[derive(Template)]
#[template(path = "portal_suggest.html")]
struct Part {
    query: String,
    lines: Vec<Line>,
    /// Nothing was typed yet: this is what most look for today.
    today: bool,
}

/// The list.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let query = asked.query();
    let today = query.is_empty();
    let mut lines = if today {
        popular(&visit, &shelf).await?
    } else {
        let wish = Wish { text: &query, whom: &asked.r#for, place: &asked.place, most: LINES };
        shelf.find(wish).found.iter().filter_map(|found| Line::of(found, &shelf)).collect()
    };
    lines.truncate(LINES);
    Ok(ui::page(Part { query, lines, today }))
}
