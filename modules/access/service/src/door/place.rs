//! Where a request comes from and where it may be sent on: only our own pages, both ways.

use axum::http::{HeaderMap, StatusCode, header};
use kernel::refusal::Refusal;

use super::DoorFault;

/// Whether this is a path on this site that a person may be led to: never another host, never a line break.
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| (0x21..0x7f).contains(&byte))
}

/// The path, when it is one of ours; the other one otherwise.
pub fn own_path_or<'a>(path: &'a str, otherwise: &'a str) -> &'a str {
    if is_own_path(path) { path } else { otherwise }
}

/// Refuses a form that another site's page has sent. For the forms before sign-in, which carry no session token yet.
pub fn from_own_page(headers: &HeaderMap) -> Result<(), DoorFault> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let own = match (text("sec-fetch-site"), text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (Some(site), _, _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        // Neither header: not a browser of this decade, or a program; there is no session to misuse.
        _ => true,
    };
    if own {
        Ok(())
    } else {
        Err(DoorFault::turned_away(StatusCode::FORBIDDEN, Refusal::new("access.forged-post", "go-back")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert!(is_own_path("/desk/cases/1?x=1"));
        for foreign in ["", "desk", "//evil.example", "/\\evil.example", "https://evil.example/", "/a\r\nx: y", "/a b"]
        {
            assert!(!is_own_path(foreign), "{foreign:?}");
        }
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let sent = |pairs: &[(&'static str, &str)]| {
            from_own_page(&pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect())
        };
        assert!(sent(&[]).is_ok());
        assert!(sent(&[("sec-fetch-site", "same-origin")]).is_ok());
        assert!(sent(&[("sec-fetch-site", "cross-site")]).is_err());
        assert!(sent(&[("origin", "https://hall.example"), ("host", "hall.example")]).is_ok());
        assert!(sent(&[("origin", "https://evil.example"), ("host", "hall.example")]).is_err());
        assert!(sent(&[("origin", "null"), ("host", "hall.example")]).is_err());
    }
}
