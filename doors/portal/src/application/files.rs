//! Files of an application: shown to the applicant, and kept in the page while a correction is being mended.

use std::sync::Arc;

use access_service::door::files::{self, Wanted};
use access_service::{DoorFault, ResidentVisit};
use axum::extract::Path;
use axum::response::Response;
use casework_service::{PaperFile, PaperId, reads};
use platform::Fault;
use sm3::{Digest, Sm3};

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
    Ok(files::uploaded(&visit.world, &file.blob, (&file.kind, &file.name), Wanted::Look).await?)
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
}
