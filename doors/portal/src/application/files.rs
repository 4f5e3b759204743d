//! Files of an application: shown to the applicant, and kept in the page while a correction is being mended.

use std::sync::Arc;

use access_service::{DoorFault, ResidentVisit};
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use casework_service::{PaperFile, PaperId, reads};
use platform::Fault;
use sm3::{Digest, Sm3};
use tokio::io::AsyncReadExt;

use super::find;
use crate::hidden;

/// `GET /applications/{id}/papers/{paper}`: the file as it was handed in.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Path((id, paper)): Path<(String, String)>,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let paper: PaperId = paper.parse().map_err(|_| Fault::NotFound)?;
    if !matter.papers.iter().any(|one| one.id == paper) {
        return Err(Fault::NotFound.into());
    }
    let file = reads::paper_file(&visit, paper).await.map_err(hidden)?;
    let mut content = Vec::new();
    let mut opened = visit.world.blobs.get(&file.blob).await?;
    opened.read_to_end(&mut content).await.map_err(|_| Fault::unavailable(platform::blobs::FILES))?;
    let mut answer = Body::from(content).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(&file.kind).map_err(Fault::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_DISPOSITION, disposition(&file.name)?);
    Ok(answer)
}

/// Shown in the browser, saved under the name it came with (RFC 6266, RFC 8187).
pub(crate) fn disposition(name: &str) -> Result<HeaderValue, Fault> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let coded: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    HeaderValue::from_str(&format!("inline; filename*=UTF-8''{coded}")).map_err(Fault::internal)
}

/// Signs what a page keeps about files already received, so that it can be believed when it comes back. Browsers do
/// not keep chosen files when a form is shown again, and nobody should photograph a contract twice because another
/// line was empty. The secret lives as long as the server; after a restart the file is chosen again.
#[derive(Clone)]
pub struct Seal(Arc<[u8; 32]>);

impl Seal {
    pub fn new() -> Self {
        Self(Arc::new(rand::random()))
    }

    /// A received file as a hidden field: for whom, for which paper, which content.
    pub fn keep(&self, who: &str, paper: PaperId, file: &PaperFile) -> String {
        let fields = [file.blob.as_str(), &file.kind, &file.size.to_string(), &file.name].join("|");
        format!("{}|{paper}|{fields}", self.sign(who, paper, &fields))
    }

    /// The file a hidden field tells of, if we wrote it for this person.
    pub fn open(&self, who: &str, kept: &str) -> Option<(PaperId, PaperFile)> {
        let (signature, rest) = kept.split_once('|')?;
        let (paper, fields) = rest.split_once('|')?;
        let paper: PaperId = paper.parse().ok()?;
        if self.sign(who, paper, fields) != signature {
            return None;
        }
        let mut fields = fields.splitn(4, '|');
        let (blob, kind, size, name) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let file = PaperFile {
            blob: blob.parse().ok()?,
            name: name.to_owned(),
            kind: kind.to_owned(),
            size: size.parse().ok()?,
        };
        Some((paper, file))
    }

    /// A hash around a hash: SM3 alone would let what is signed be lengthened.
    fn sign(&self, who: &str, paper: PaperId, fields: &str) -> String {
        let inner = Sm3::new()
            .chain_update(self.0.as_slice())
            .chain_update(format!("{}:{who}|{paper}|{fields}", who.len()))
            .finalize();
        hex::encode(Sm3::new().chain_update(self.0.as_slice()).chain_update(inner).finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_is_believed_only_as_we_wrote_it() {
        let seal = Seal::new();
        let paper: PaperId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let file = PaperFile {
            blob: "ab".repeat(32).parse().unwrap(),
            name: "合同|第二版.pdf".into(),
            kind: "application/pdf".into(),
            size: 12,
        };
        let kept = seal.keep("person", paper, &file);
        assert_eq!(seal.open("person", &kept), Some((paper, file)));
        assert_eq!(seal.open("other", &kept), None);
        assert_eq!(seal.open("person", &kept.replace("abab", "cdcd")), None);
        assert_eq!(Seal::new().open("person", &kept), None);
        assert_eq!(seal.open("person", "nonsense"), None);
    }

    #[test]
    fn the_name_of_a_file_stays_in_its_header() {
        assert_eq!(disposition("合同.pdf").unwrap(), "inline; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf");
        assert!(disposition("a\r\nb\".pdf").is_ok());
    }
}
