//! The bundled styles, script and pictures, served from memory under names that carry their hash.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// One file of the bundle, plain and gzipped.
pub(crate) struct Asset {
    pub(crate) file: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) plain: &'static [u8],
    pub(crate) gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets_table.rs"));

/// A name with a hash never changes its content, so a browser may keep it for a year without asking again.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /assets/{file}`, and `/favicon.ico` for browsers that ask for it unbidden.
pub fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{file}", get(async |Path(file): Path<String>, headers: HeaderMap| send(&file, &headers)))
        .route("/favicon.ico", get(async |headers: HeaderMap| send(ICON_SVG.trim_start_matches("/assets/"), &headers)))
}

/// Everything this crate serves: the files of the bundle and `POST /look`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    assets().merge(crate::look::look_routes())
}

fn send(file: &str, asked: &HeaderMap) -> Response {
    let Some(asset) = FILES.iter().find(|asset| asset.file == file) else {
        return (StatusCode::NOT_FOUND, "没有这个文件").into_response();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, FOREVER);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if takes_gzip(asked) {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return (headers, asset.gzip).into_response();
    }
    (headers, asset.plain).into_response()
}

/// Whether the browser takes gzip; `gzip;q=0` is a refusal.
fn takes_gzip(asked: &HeaderMap) -> bool {
    let Some(list) = asked.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()) else {
        return false;
    };
    list.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        named && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundle_stays_light() {
        let weight: usize = FILES.iter().filter(|a| !a.kind.starts_with("image")).map(|a| a.gzip.len()).sum();
        assert!(weight < 35 * 1024, "styles and script weigh {weight} bytes gzipped");
        assert!(FILES.len() >= 3, "style, script and icon");
    }

    #[test]
    fn gzip_only_when_taken() {
        let mut asked = HeaderMap::new();
        let file = YIMEN_CSS.trim_start_matches("/assets/");
        assert!(send(file, &asked).headers().get(header::CONTENT_ENCODING).is_none());
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0"));
        assert!(send(file, &asked).headers().get(header::CONTENT_ENCODING).is_none());
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate, br"));
        let answer = send(file, &asked);
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip");
        assert!(answer.headers()[header::CACHE_CONTROL].to_str().is_ok_and(|v| v.contains("immutable")));
        assert_eq!(send("yimen.css", &asked).status(), StatusCode::NOT_FOUND);
    }
}
