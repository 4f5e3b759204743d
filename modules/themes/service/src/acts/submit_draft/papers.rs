//! The set of materials as casework takes it: what was handed in, what need not be, what may follow.

use casework_service::{NewPaper, PaperFile, PaperReason, PaperStatus};
use themes::plan::{Exemption, Removal};
use themes::{PlannedMaterial, Standing};

use crate::draft::Paper;
use crate::filing::{Filing, Slot};

/// All papers of a filing. A paper of several files is one row a file.
pub(super) fn hand_in(filing: &Filing<'_>) -> Vec<NewPaper> {
    filing.slots.iter().flat_map(|slot| rows(filing, slot)).collect()
}

fn rows(filing: &Filing<'_>, slot: &Slot<'_>) -> Vec<NewPaper> {
    let Some((status, code)) = status(slot) else { return Vec::new() };
    let reason = code.map(|code| PaperReason { code: code.into(), text: filing.plan.why_material(&slot.material) });
    if slot.files.is_empty() || status != PaperStatus::HandIn {
        return vec![row(filing, &slot.material, status, reason, None, 1)];
    }
    let files = slot.files.iter().zip(1..);
    files.map(|(file, count)| row(filing, &slot.material, status, None, Some(file), count)).collect()
}

/// How a paper stands, and the code of the reason where it is not handed in. What is not needed at all is no row.
fn status(slot: &Slot<'_>) -> Option<(PaperStatus, Option<&'static str>)> {
    let given = !slot.files.is_empty() || slot.on_paper;
    match &slot.material.standing {
        Standing::HandIn { .. } | Standing::Optional if given => Some((PaperStatus::HandIn, None)),
        Standing::HandIn { .. } => Some((PaperStatus::Deferred, Some("tolerance"))),
        Standing::Later { .. } => Some((PaperStatus::Deferred, Some("commitment"))),
        Standing::Exempt(Exemption::LicenceOnFile { .. }) => Some((PaperStatus::Exempt, Some("licence"))),
        Standing::Exempt(Exemption::DataCheck) => Some((PaperStatus::Exempt, Some("check"))),
        Standing::Removed(Removal::Product { .. }) => Some((PaperStatus::Exempt, Some("product"))),
        Standing::Form { .. }
        | Standing::Optional
        | Standing::Removed(Removal::FormField { .. })
        | Standing::Undecided { .. } => None,
    }
}

fn row(
    filing: &Filing<'_>,
    material: &PlannedMaterial<'_>,
    status: PaperStatus,
    reason: Option<PaperReason>,
    file: Option<&Paper>,
    count: usize,
) -> NewPaper {
    let items = &filing.theme.items;
    let demands = material.demands.iter().map(|demand| (items[demand.item].id.to_string(), demand.row.to_string()));
    let name = if count > 1 { format!("{}（{count}）", material.name) } else { material.name.to_owned() };
    let key = material.paper.map(|paper| &paper.key);
    NewPaper {
        material: key.map_or_else(String::new, |key| key.material.to_string()),
        name,
        holder: material.holder,
        scope: key.and_then(|key| key.scope.as_ref()).map(ToString::to_string),
        status,
        reason,
        file: file.map(|paper| PaperFile {
            blob: paper.blob.clone(),
            name: paper.name.clone(),
            kind: paper.kind.media_type().to_owned(),
            size: paper.bytes,
        }),
        asked_by: demands.collect(),
    }
}
