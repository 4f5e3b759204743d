//! The number beside “消息” in the top line: looked up once for each page of a resident.

use access_service::Visit;
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::reads::unread;

/// Layer inside the frame that knows who visits: puts the number into the visit. A page is shown without it when it
/// cannot be had.
pub async fn count_unread(mut request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().filter(|visit| visit.actor.subject().is_some());
    if let Some(mut visit) = visit.filter(|_| is_page(&request)).cloned() {
        match unread(&visit).await {
            Ok(number) => visit.unread = number,
            Err(fault) => tracing::warn!(%fault, "cannot count unread messages"),
        }
        request.extensions_mut().insert(visit);
    }
    next.run(request).await
}

/// Pages have a top line; programs ask for JSON, and styles are nobody's.
fn is_page(request: &Request) -> bool {
    let json = |value: &header::HeaderValue| value.to_str().is_ok_and(|value| value.contains("json"));
    request.method() != Method::DELETE
        && !request.uri().path().starts_with("/api/")
        && !request.headers().get(header::ACCEPT).is_some_and(json)
}
