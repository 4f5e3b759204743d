//! Files handed out: an uploaded paper, a sealed licence, a notice. Private, with their true media type and their own name.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::id::BlobId;
use platform::World;
use platform::fault::Fault;

/// The media type of notices and licences.
pub const PDF: &str = "application/pdf";

/// What the browser is to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Show it.
    Look,
    /// Keep it, and never run it.
    Keep,
}

/// An uploaded file, piece by piece.
///
/// # Errors
/// As [`platform::Blobs::get`]. What goes wrong later breaks the answer off.
pub async fn uploaded(
    world: &World,
    blob: &BlobId,
    (kind, name): (&str, &str),
    wanted: Wanted,
) -> Result<Response, Fault> {
    let content = world.blobs.get(blob).await?;
    let length = content.len();
    let mut answer = sent(Body::from_stream(content.pieces()), kind, name, wanted)?;
    answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(answer)
}

/// A file made just now.
///
/// # Errors
/// [`Fault::Internal`] for a media type that is none.
pub fn sent(content: impl Into<Body>, kind: &str, name: &str, wanted: Wanted) -> Result<Response, Fault> {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(kind).map_err(Fault::internal)?),
        (header::CONTENT_DISPOSITION, disposition(name, wanted)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, content.into()).into_response())
}

/// Names are Chinese, so they travel percent-encoded (RFC 6266, RFC 8187).
fn disposition(name: &str, wanted: Wanted) -> Result<HeaderValue, Fault> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let coded: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let how = match wanted {
        Wanted::Look => "inline",
        Wanted::Keep => "attachment",
    };
    HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{coded}")).map_err(Fault::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_the_header() {
        let header = disposition("合同\"; x=1\r\n.pdf", Wanted::Keep).unwrap();
        assert_eq!(header, "attachment; filename*=UTF-8''%E5%90%88%E5%90%8C%22%3B%20x%3D1%0D%0A.pdf");
        assert_eq!(disposition("a.pdf", Wanted::Look).unwrap(), "inline; filename*=UTF-8''a.pdf");
    }
}
