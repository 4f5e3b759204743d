//! What every answer tells the browser to refuse.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware;
use axum::response::Response;

/// Only our own files; no inline style, no inline script, no frame but our own (a paper shown beside its criteria).
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; media-src 'self'; manifest-src 'self'; \
frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'";

/// Header and value, for those who set headers in their own way.
pub const SECURITY_HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=(), payment=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Puts the security headers on every answer of `router`; a handler that has set one of them keeps its own.
pub fn guarded<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(middleware::map_response(async |mut answer: Response| {
        for (name, value) in SECURITY_HEADERS {
            answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
        }
        answer
    }))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn every_answer_carries_them_and_a_handler_may_differ() {
        let own = [(header::CONTENT_SECURITY_POLICY, "default-src 'none'")];
        let router =
            Router::<()>::new().route("/paper", axum::routing::get(async move || (own, "pdf"))).merge(crate::routes());
        let router = guarded(router);
        for (path, csp) in [
            ("/paper", "default-src 'none'"),
            (crate::assets::YIMEN_CSS, CONTENT_SECURITY_POLICY),
            ("/nowhere", CONTENT_SECURITY_POLICY),
        ] {
            let asked = Request::get(path).body(Body::empty()).expect("a request");
            let answer = router.clone().oneshot(asked).await.expect("an answer");
            assert_eq!(answer.headers()[header::CONTENT_SECURITY_POLICY], csp, "{path}");
            assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        }
    }

    #[test]
    fn nothing_inline_is_allowed() {
        assert!(!CONTENT_SECURITY_POLICY.contains("unsafe"));
        for (_, value) in SECURITY_HEADERS {
            assert!(HeaderValue::from_str(value).is_ok());
            assert!(!value.contains('\n') && !value.contains("  "), "{value}");
        }
    }
}
