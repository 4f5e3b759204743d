//! Handing in a file for a paper of the plan.

use access_service::Visit;
use kernel::id::DraftId;
use kernel::refusal::Refusal;
use platform::Fault;
use platform::blobs::Stored;
use themes::acts::EDIT_DRAFT;

use super::open_draft;
use crate::draft::{Draft, Paper};
use crate::store;

/// A file that has arrived and been looked at.
#[derive(Debug, Clone)]
pub struct AddPaper {
    pub draft: DraftId,
    /// Which paper of the plan; see [`crate::filing::slot_key`].
    pub slot: String,
    /// As the person called it.
    pub name: String,
    pub stored: Stored,
}

/// Longest file name kept, in characters; the ending stays.
const NAME_MAX: usize = 120;

/// Adds a file. The same file for the same paper again changes nothing.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when the draft was submitted; `themes.too-many-files`,
/// `themes.files-too-large` for the limits of one application.
pub async fn add_paper(visit: &Visit, order: &AddPaper) -> Result<(), Fault> {
    let limits = &visit.world.config.limits;
    visit
        .write(None, async |tx| {
            let draft = open_draft(&tx, visit, EDIT_DRAFT, order.draft).await?;
            if draft.papers.iter().any(|paper| paper.slot == order.slot && paper.blob == order.stored.id) {
                return Ok(());
            }
            has_room(&draft, order.stored.len, limits)?;
            let paper = Paper {
                id: tx.new_uuid(),
                slot: order.slot.clone(),
                blob: order.stored.id.clone(),
                name: shortened(&order.name, order.stored.kind.as_str()),
                kind: order.stored.kind,
                bytes: order.stored.len,
                at: tx.now(),
            };
            store::paper_insert(tx.conn(), draft.id, &paper).await
        })
        .await
}

/// Whether a draft has room for another file of that length.
pub(crate) fn has_room(draft: &Draft, bytes: u64, limits: &platform::limits::Limits) -> Result<(), Fault> {
    if draft.papers.len() >= limits.application_files as usize {
        let refusal = Refusal::new("themes.too-many-files", "join-files").fact("most", limits.application_files);
        return Err(refusal.into());
    }
    let kept: u64 = draft.papers.iter().map(|paper| paper.bytes).sum();
    if kept + bytes > limits.application_bytes {
        let most = ui::say::bytes(limits.application_bytes);
        return Err(Refusal::new("themes.files-too-large", "join-files").fact("most", most).into());
    }
    Ok(())
}

/// The name without folders and control characters, cut before its ending when it is long.
fn shortened(name: &str, ending: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim();
    if plain.is_empty() {
        return format!("材料.{ending}");
    }
    if plain.chars().count() <= NAME_MAX {
        return plain.to_owned();
    }
    let kept: String = plain.chars().take(NAME_MAX - ending.len() - 1).collect();
    format!("{kept}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain_and_short() {
        assert_eq!(shortened("C:\\照片\\租赁合同.pdf", "pdf"), "租赁合同.pdf");
        assert_eq!(shortened("../../etc/\u{0}", "png"), "材料.png");
        let long = shortened(&format!("{}.pdf", "长".repeat(300)), "pdf");
        assert!(long.chars().count() <= NAME_MAX && long.ends_with(".pdf"));
    }
}
