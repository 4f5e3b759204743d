//! Calls that come in and go out, with their signatures.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Request};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use outside::signature::{SIGNATURE, Signed, TIME};
use platform::Clock;

/// A call with everything its signature covers.
pub struct Call {
    method: Method,
    uri: OriginalUri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        // The part of the address that the nesting took away was signed too.
        let Ok(uri) = OriginalUri::from_request_parts(&mut parts, state).await;
        let (method, headers) = (parts.method.clone(), parts.headers.clone());
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await;
        Ok(Self { method, uri, headers, body: body.map_err(IntoResponse::into_response)? })
    }
}

impl Call {
    /// Lets through what was signed with this secret, in time.
    pub fn check(&self, secret: &str) -> Result<(), StatusCode> {
        let path = self.uri.0.path_and_query().map_or("/", |path| path.as_str());
        let header = |name| self.headers.get(name).and_then(|value| value.to_str().ok());
        let signed = Signed { method: self.method.as_str(), path, body: &self.body };
        signed
            .check(secret, header(TIME), header(SIGNATURE), Clock::System.now_utc())
            .map_err(|_| StatusCode::UNAUTHORIZED)
    }
}

/// Calls back, signed with this secret.
pub async fn send(notify: &str, body: &str, secret: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let url: Uri = notify.parse()?;
    let now = Clock::System.now_utc();
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let signature = Signed { method: "POST", path, body: body.as_bytes() }.sign(secret, now);
    let request = outside::client()?.post(notify).header("content-type", "application/json");
    let request = request.header(TIME, now.timestamp()).header(SIGNATURE, signature).body(body.to_owned());
    request.send().await?.error_for_status()?;
    Ok(())
}
