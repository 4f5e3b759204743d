//! A form whose session ended while it was filled in: its fields, kept in the page until the person has signed in.

use access_service::door::pairs;
use access_service::door::place::is_own_path;
use askama::Template;
use axum::response::Response;

/// Where the form goes, and its fields without the token of the session that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub path: String,
    /// As it was posted; the sign-in page sends it on.
    pub body: String,
    pub fields: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal_resume.html")]
struct Page {
    shell: ui::Shell,
    path: String,
    fields: Vec<(String, String)>,
    csrf: String,
}

impl Kept {
    /// The form of this path and body, if it may be sent on: to an address of our own, with fields that can be read.
    pub fn of(path: &str, body: &str) -> Option<Self> {
        let path = own_path(path)?;
        let fields = pairs(body.as_bytes()).ok()?.into_iter().filter(|(name, _)| name != "_csrf").collect();
        Some(Self { path: path.to_owned(), body: body.to_owned(), fields })
    }

    /// The page that sends it on with the new session's token. The request key is kept, so a form that did arrive
    /// before the session ended is not carried out twice.
    pub fn page(self, shell: ui::Shell, csrf: &str) -> Response {
        ui::page(Page { shell, path: self.path, fields: self.fields, csrf: csrf.to_owned() })
    }
}

/// A path on this site that signing in may lead to.
pub fn own_path(path: &str) -> Option<&str> {
    (is_own_path(path) && !path.starts_with("/sign-")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        for own in ["/mine", "/matters/open-restaurant/plan?a=1", "/"] {
            assert_eq!(own_path(own), Some(own));
        }
        for foreign in ["", "//evil.example", "https://evil.example", "/\\evil", "/a b", "/a\r\nb", "/sign-out", "/饭"]
        {
            assert_eq!(own_path(foreign), None, "{foreign:?}");
        }
    }

    #[test]
    fn the_old_token_is_left_behind_and_repeated_fields_stay() {
        let kept = Kept::of("/drafts/1/form", "_csrf=old&_key=k1&a=1&a=2&b=%E9%A5%AD").unwrap();
        let fields: Vec<_> = kept.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(fields, [("_key", "k1"), ("a", "1"), ("a", "2"), ("b", "饭")]);
        assert_eq!(Kept::of("https://evil.example/", "a=1"), None);
    }
}
