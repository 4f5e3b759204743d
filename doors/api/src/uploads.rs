//! Files on their way in (multipart/form-data).

use access_service::{DoorFault, Visit};
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use kernel::refusal::Refusal;
use platform::Fault;
use platform::blobs::{Expected, Stored};

/// A file that has arrived.
pub(crate) struct Arrived {
    /// As the sender named it.
    pub name: String,
    pub stored: Stored,
}

/// Keeps the file of this part, cut off at the limit of one file.
///
/// # Errors
/// [`Fault::Invalid`] of the part's name: `file-missing`, and what the store says of the content.
pub(crate) async fn receive(visit: &Visit, part: Field<'_>, label: &str) -> Result<Arrived, Fault> {
    let Some(name) = part.file_name().filter(|name| !name.is_empty()).map(str::to_owned) else {
        return Err(Fault::field(label, "file-missing"));
    };
    let expected = Expected { field: label, name: Some(&name), limit: visit.world.config.limits.upload_bytes };
    let stored = visit.world.blobs.put(part, expected).await.map_err(in_words)?;
    Ok(Arrived { name, stored })
}

/// Bytes as people read them, where the store tells a number.
fn in_words(fault: Fault) -> Fault {
    let Fault::Invalid(mut faults) = fault else { return fault };
    for limit in faults.iter_mut().filter_map(|fault| fault.facts.get_mut("limit")) {
        if let Ok(bytes) = limit.parse() {
            *limit = ui::say::bytes(bytes);
        }
    }
    Fault::Invalid(faults)
}

/// An upload that is no form, or breaks off between its parts.
pub(crate) fn unreadable(cause: &MultipartError) -> DoorFault {
    let refusal = Refusal::new("api.upload-unreadable", "mend-call").fact("cause", cause.body_text());
    DoorFault::turned_away(StatusCode::BAD_REQUEST, refusal)
}
