//! How this person wants the page to look: larger text (大字版), a dark desk. Two cookies, set by a plain form, so
//! that it works without JavaScript and before anybody signs in.

use std::convert::Infallible;

use axum::extract::{Form, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Router, http::header::SET_COOKIE};
use serde::Deserialize;

/// Text size. `Large` is the elder mode: 22 px on the portal, stronger contrast, fewer side matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextSize {
    /// 标准字号
    #[default]
    Normal,
    /// 大字版
    Large,
}

/// Light, dark, or as the device says. Only the desk and the boards turn dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// 浅色
    Light,
    /// 深色
    Dark,
}

/// Both choices. An axum extractor that never fails: a strange cookie counts as none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Text size.
    pub text: TextSize,
    /// Light or dark.
    pub theme: Theme,
}

const TEXT_COOKIE: &str = "yimen_text";
const THEME_COOKIE: &str = "yimen_theme";
const ONE_YEAR: u32 = 31_536_000;

impl Look {
    /// Reads the two cookies out of a request's headers.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let mut look = Self::default();
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        for (name, value) in pairs.flat_map(|v| v.split(';')).filter_map(|p| p.trim().split_once('=')) {
            match (name, value) {
                (TEXT_COOKIE, "large") => look.text = TextSize::Large,
                (THEME_COOKIE, "light") => look.theme = Theme::Light,
                (THEME_COOKIE, "dark") => look.theme = Theme::Dark,
                _ => {}
            }
        }
        look
    }

    /// Elder mode (大字版).
    #[must_use]
    pub fn large(&self) -> bool {
        self.text == TextSize::Large
    }

    /// The word for the `data-theme` attribute: `auto`, `light` or `dark`.
    #[must_use]
    pub fn theme_word(&self) -> &'static str {
        match self.theme {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Look {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

#[derive(Deserialize)]
struct Choice {
    text: Option<String>,
    theme: Option<String>,
    #[serde(default)]
    back: String,
}

/// `POST /look` with `text=large|normal` or `theme=light|dark|auto`: sets the cookie and goes back to where the
/// person was. It changes nothing but the look, so it asks for no CSRF token.
pub fn look_routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/look", post(choose))
}

async fn choose(headers: HeaderMap, Form(choice): Form<Choice>) -> Response {
    let mut answer = Redirect::to(&way_back(&choice.back, &headers)).into_response();
    let text = choice.text.as_deref().filter(|v| matches!(*v, "large" | "normal"));
    let theme = choice.theme.as_deref().filter(|v| matches!(*v, "light" | "dark" | "auto"));
    for (name, value) in [(TEXT_COOKIE, text), (THEME_COOKIE, theme)] {
        let Some(value) = value else { continue };
        let cookie = format!("{name}={value}; Path=/; Max-Age={ONE_YEAR}; SameSite=Lax; HttpOnly");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    answer
}

/// The page the person came from: the hidden field, else the referring page, else the front door. Only a path on
/// this site is followed, never an address of another one.
fn way_back(back: &str, headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok());
    let referred =
        referer.and_then(|r| r.parse::<Uri>().ok()).and_then(|uri| uri.path_and_query().map(ToString::to_string));
    [Some(back.to_owned()), referred].into_iter().flatten().find(|p| is_own_path(p)).unwrap_or_else(|| "/".into())
}

fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|b| (0x21..0x7f).contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).expect("a header value"))])
    }

    #[test]
    fn cookies_are_read_and_nonsense_is_ignored() {
        let look = Look::of(&with(header::COOKIE, "sid=1; yimen_text=large; yimen_theme=dark"));
        assert!(look.large());
        assert_eq!(look.theme, Theme::Dark);
        assert_eq!(Look::of(&with(header::COOKIE, "yimen_text=huge; yimen_theme")), Look::default());
    }

    #[test]
    fn the_way_back_stays_on_this_site() {
        let none = HeaderMap::new();
        assert_eq!(way_back("/mine?page=2", &none), "/mine?page=2");
        for foreign in ["//evil.example/", "https://evil.example/", "/\\evil.example", "", "/a\r\nSet-Cookie: x=1"] {
            assert_eq!(way_back(foreign, &none), "/", "{foreign}");
        }
        let referred = with(header::REFERER, "https://hall.example/themes/open-restaurant?step=2");
        assert_eq!(way_back("", &referred), "/themes/open-restaurant?step=2");
    }

    #[tokio::test]
    async fn choosing_large_text_sets_a_cookie() {
        let choice = Choice { text: Some("large".into()), theme: Some("pink".into()), back: "/find".into() };
        let answer = choose(HeaderMap::new(), Form(choice)).await;
        assert_eq!(answer.headers()[header::LOCATION], "/find");
        let cookies: Vec<_> = answer.headers().get_all(SET_COOKIE).iter().collect();
        assert_eq!(cookies.len(), 1, "a colour we do not have is not remembered");
        assert!(cookies[0].to_str().is_ok_and(|c| c.starts_with("yimen_text=large;")));
    }
}
