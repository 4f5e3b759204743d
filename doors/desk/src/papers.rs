//! `GET /desk/papers/{id}`: a paper, to look at or to keep.

use access_service::{DoorFault, StaffVisit};
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use casework_service::{PaperId, reads};
use futures::stream;
use platform::Fault;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// How much of a file is read at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// Whether the file is wanted as a file.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    keep: bool,
}

/// Streams the file with its true media type; who may read the application may see its papers.
pub async fn show(
    StaffVisit(visit): StaffVisit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, DoorFault> {
    let file = reads::paper_file(&visit, crate::frame::id::<PaperId>(&id)?).await?;
    let length = visit.world.blobs.len(&file.blob).await?;
    let content = visit.world.blobs.get(&file.blob).await?;
    let kind = HeaderValue::from_str(&file.kind).map_err(Fault::internal)?;
    let place = disposition(&file.name, asked.keep).map_err(Fault::internal)?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
        (header::CONTENT_DISPOSITION, place),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, body(content)).into_response())
}

fn body(content: File) -> Body {
    Body::from_stream(stream::try_unfold(content, async |mut content| {
        let mut piece = vec![0; PIECE_BYTES];
        let read = content.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((piece, content)))
    }))
}

/// Names are Chinese, so they travel percent-encoded (RFC 6266, RFC 8187).
pub fn disposition(name: &str, keep: bool) -> Result<HeaderValue, header::InvalidHeaderValue> {
    let how = if keep { "attachment" } else { "inline" };
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{encoded}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_the_header() {
        let header = disposition("合同\"; x=1\r\n.pdf", true).expect("a header");
        assert_eq!(header, "attachment; filename*=UTF-8''%E5%90%88%E5%90%8C%22%3B%20x%3D1%0D%0A.pdf");
    }
}
