//! A long list in pages, each begun after the row of a key: a list that grows while it is read keeps its place.
//!
//! For lists that lie in memory, such as the catalogue's; tables are read by keyset in SQL.

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// After which row the page before begins, empty for the first page; `None` on the first page.
    pub back: Option<String>,
    /// After which row the page after begins; `None` on the last page.
    pub next: Option<String>,
}

/// The page of `all` that begins after the row with this key, `most` rows long. The first page when no key is given;
/// `None` when no row has the key.
pub fn page_after<T>(all: Vec<T>, key: impl Fn(&T) -> &str, after: Option<&str>, most: u32) -> Option<Page<T>> {
    let most = most.max(1) as usize;
    let from = match after {
        Some(last) => all.iter().position(|row| key(row) == last)? + 1,
        None => 0,
    };
    let key_at = |place: usize| all.get(place).map(|row| key(row).to_owned());
    let back = (from > 0).then(|| from.checked_sub(most + 1).and_then(key_at).unwrap_or_default());
    let next = (from + most < all.len()).then(|| key_at(from + most - 1)).flatten();
    Some(Page { rows: all.into_iter().skip(from).take(most).collect(), back, next })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(after: Option<&str>) -> Option<Page<&'static str>> {
        page_after(vec!["a", "b", "c", "d", "e"], |row| *row, after, 2)
    }

    #[test]
    fn pages_lead_on_and_back_until_both_ends() {
        let told = |after| page(after).map(|page| (page.rows.concat(), page.back, page.next));
        let key = |text: &str| Some(text.to_owned());
        assert_eq!(told(None), Some(("ab".into(), None, key("b"))));
        assert_eq!(told(Some("b")), Some(("cd".into(), key(""), key("d"))));
        assert_eq!(told(Some("d")), Some(("e".into(), key("b"), None)));
        assert_eq!(told(Some("e")), Some((String::new(), key("c"), None)));
    }

    #[test]
    fn a_row_that_is_gone_begins_no_page() {
        assert_eq!(page(Some("x")), None);
    }

    #[test]
    fn no_limit_of_nought_makes_a_list_endless() {
        assert_eq!(page_after(vec!["a", "b"], |row| *row, None, 0).unwrap().rows, ["a"]);
    }
}
