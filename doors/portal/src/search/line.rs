//! One line of what was found: what it is called, what it is, why it was found.

use themes::Theme;
use themes_service::{FindKind, Found, ThemeShelf};

use crate::items::ItemLine;
use crate::matters::Matter;

/// A theme or an item found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub href: String,
    pub is_theme: bool,
    /// What people call it, in stretches; marked where it was said so.
    pub name: Vec<(String, bool)>,
    /// The official name, where it is another one.
    pub official: String,
    /// What it costs in time and ways, or who decides in what time.
    pub note: String,
    /// Another way to say it that fitted, in stretches.
    pub also: Vec<(String, bool)>,
}

impl Line {
    /// What was found; None when the catalogue no longer has it.
    pub fn of(found: &Found, shelf: &ThemeShelf) -> Option<Line> {
        let mut line = Line::plain(found.kind, &found.id, shelf)?;
        let Some(why) = &found.why else { return Some(line) };
        let stretches = stretches(&why.saying, &why.marks);
        if why.saying == line.called() {
            line.name = stretches;
        } else if why.saying != line.official {
            line.also = stretches;
        }
        Some(line)
    }

    /// What people call it, in one piece.
    pub fn called(&self) -> String {
        self.name.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// The line without a reason.
    pub fn plain(kind: FindKind, id: &str, shelf: &ThemeShelf) -> Option<Line> {
        match kind {
            FindKind::Theme => shelf.theme(id).ok().map(Line::of_theme),
            FindKind::Item => {
                let catalog = shelf.catalogue().catalog();
                let item = ItemLine::of(catalog.items.get(id)?, catalog);
                Some(Line {
                    href: item.href,
                    is_theme: false,
                    name: vec![(item.name, false)],
                    official: item.official,
                    note: format!("{}，{}", item.authority, item.time),
                    also: Vec::new(),
                })
            }
        }
    }

    fn of_theme(theme: &Theme) -> Line {
        let matter = Matter::of(theme);
        Line {
            href: matter.href,
            is_theme: true,
            name: vec![(matter.name, false)],
            official: matter.official,
            note: matter.note,
            also: Vec::new(),
        }
    }
}

/// The text cut where marks begin and end.
fn stretches(text: &str, marks: &[std::ops::Range<usize>]) -> Vec<(String, bool)> {
    let letters: Vec<char> = text.chars().collect();
    let mut cut = Vec::new();
    let mut at = 0;
    for mark in marks {
        let (start, end) = (mark.start.min(letters.len()).max(at), mark.end.min(letters.len()));
        cut.push((letters[at..start].iter().collect(), false));
        cut.push((letters[start..end.max(start)].iter().collect(), true));
        at = end.max(start);
    }
    cut.push((letters[at..].iter().collect(), false));
    cut.retain(|(text, _): &(String, bool)| !text.is_empty());
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_cut_the_text_and_lose_nothing() {
        let pairs = |text: &str, marks: &[std::ops::Range<usize>]| -> String {
            let piece = |(text, marked): (String, bool)| if marked { format!("[{text}]") } else { text };
            stretches(text, marks).into_iter().map(piece).collect()
        };
        assert_eq!(pairs("开一家餐饮店", &[0..1, 3..6]), "[开]一家[餐饮店]");
        assert_eq!(pairs("餐饮店", &[]), "餐饮店");
        assert_eq!(pairs("餐饮店", std::slice::from_ref(&(1..9))), "餐[饮店]");
    }
}
