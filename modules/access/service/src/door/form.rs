//! A form with a file in it (multipart/form-data), read into memory, piece by piece and never more than the limit. Nothing is taken
//! in before the token has shown that the post comes from our own page.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use kernel::refusal::Refusal;
use platform::fault::{Fault, FieldFault};

use super::check_csrf;
use crate::Visit;

/// Longest text field beside the file, in bytes.
const TEXT_BYTES: usize = 1 << 10;
/// The field of the file.
const FILE: &str = "file";

/// What was sent.
#[derive(Debug, Default)]
pub struct FileForm {
    /// The request key as it came; see [`super::request_key`].
    pub key: String,
    /// The fields that were asked for beside the file.
    pub fields: BTreeMap<String, String>,
    /// The file's name, as the sender has it.
    pub name: String,
    pub file: Vec<u8>,
}

/// Reads the token first, then in any order the key, the `wanted` fields, and the file in the field `file`, of at most so many
/// bytes. Other fields are not ours.
///
/// # Errors
/// [`Fault::Invalid`] of `file`: `file-missing`, also when it is empty; `file-too-large` (fact `limit`, in words). Refusals
/// `access.forged-post` when anything comes before the token, `access.form-unreadable`.
pub async fn file_form(visit: &Visit, mut form: Multipart, most: usize, wanted: &[&str]) -> Result<FileForm, Fault> {
    let mut ours = visit.csrf().is_empty();
    let mut sent = FileForm::default();
    while let Some(part) = form.next_field().await.map_err(|cause| broken(&cause, most))? {
        match part.name().unwrap_or_default() {
            "_csrf" => {
                check_csrf(visit, &text(part, most).await?)?;
                ours = true;
            }
            _ if !ours => return Err(Refusal::new("access.forged-post", "go-back").into()),
            "_key" => sent.key = text(part, most).await?,
            FILE if sent.file.is_empty() => {
                sent.name = part.file_name().unwrap_or_default().to_owned();
                sent.file = bytes(part, most, most).await?;
            }
            name if wanted.contains(&name) => {
                let name = name.to_owned();
                sent.fields.insert(name, text(part, most).await?);
            }
            _ => {}
        }
    }
    if sent.file.is_empty() { Err(Fault::field(FILE, "file-missing")) } else { Ok(sent) }
}

async fn text(part: Field<'_>, most: usize) -> Result<String, Fault> {
    Ok(String::from_utf8_lossy(&bytes(part, TEXT_BYTES, most).await?).into_owned())
}

/// At most `limit` bytes; a form that breaks that is told what the file may have.
async fn bytes(mut part: Field<'_>, limit: usize, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|cause| broken(&cause, most))? {
        if bytes.len() + piece.len() > limit {
            return Err(too_large(most));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Cut off at the limit, or by the sender.
fn broken(cause: &MultipartError, most: usize) -> Fault {
    if cause.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large(most) } else { unreadable() }
}

fn too_large(most: usize) -> Fault {
    let limit = ui::say::bytes(most as u64);
    Fault::Invalid(vec![FieldFault::new(FILE, "file-too-large").fact("limit", limit)])
}

/// A body that is no such form.
pub fn unreadable() -> Fault {
    Refusal::new("access.form-unreadable", "go-back").into()
}
