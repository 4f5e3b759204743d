//! 免材料: M1 to M7. A paper gets at most one proposal, the one that goes furthest.

use catalog::model::{CopyRule, Issuer, Item, ItemMaterial, Material, Need, WaiverKind};

use super::{Found, Ground};
use crate::proposal::Kind;

/// Words that leave open what must be handed in (安阳政务服务条例第十三条: 不得使用“其他材料”“有关材料”等含义不清的表述).
const CATCH_ALL: [&str; 6] = ["其他材料", "其它材料", "有关材料", "相关材料", "等材料", "其他资料"];

pub(super) fn of(item: &Item, ground: &Ground<'_>) -> Vec<Found> {
    item.materials.iter().filter_map(|row| one(item, row, ground)).collect()
}

fn one(item: &Item, row: &ItemMaterial, ground: &Ground<'_>) -> Option<Found> {
    let material = ground.material(row)?;
    let name = ground.name(row);
    let found = |kind| Found::new(kind, item, Some(row.id.as_str()), 0).fact("paper", name);
    if CATCH_ALL.iter().any(|word| name.contains(word)) {
        return Some(found(Kind::M4));
    }
    // Asked for by nobody who could say why.
    if row.basis.is_none() {
        let kind = if is_proof(material) { Kind::M5 } else { Kind::M3 };
        return Some(found(kind).fact("ground", "no-basis"));
    }
    if is_spared(row) {
        return None;
    }
    if material.issuer == Issuer::Government
        && let Some(kind) = from_government(material)
    {
        return Some(found(kind.0).fact("ground", kind.1).fact("source", source(material, ground)));
    }
    if let Some(maker) = made_beside(item, material, ground) {
        return Some(found(Kind::M2).fact("maker", maker));
    }
    if can_commit(item, row, material) {
        return Some(found(Kind::M6));
    }
    may_follow(item, row).then(|| found(Kind::M7))
}

/// A paper that is made to say what somebody already knows (证明事项). Licences prove something, too, but nobody has to run
/// for them once more; so the canonical name decides, not what an authority calls it (身份证明 is an ID card).
fn is_proof(material: &Material) -> bool {
    material.name.ends_with("证明") || material.name.contains("证明（")
}

/// Whether some way not to hand it in is there already; one that is merely a commitment does not count.
fn is_spared(row: &ItemMaterial) -> bool {
    row.need == Need::Optional || row.waive.iter().any(|waiver| waiver.kind() != WaiverKind::Commitment)
}

fn is_committed(row: &ItemMaterial) -> bool {
    row.waive.iter().any(|waiver| waiver.kind() == WaiverKind::Commitment)
}

/// 政府部门核发: a licence on file or data of another authority stands for it. A 证明 is abolished, anything else not handed in.
fn from_government(material: &Material) -> Option<(Kind, &'static str)> {
    let ground = if material.licence.is_some() {
        "licence"
    } else if material.check.is_some() {
        "check"
    } else {
        return None;
    };
    Some((if is_proof(material) { Kind::M5 } else { Kind::M1 }, ground))
}

fn source(material: &Material, ground: &Ground<'_>) -> String {
    let licence = material.licence.as_ref().and_then(|id| ground.catalog.licences.get(id));
    licence.map(|licence| licence.name.clone()).or_else(|| material.check.clone()).unwrap_or_default()
}

/// The item that makes it and is done together with this one in some theme.
fn made_beside<'g>(item: &Item, material: &Material, ground: &'g Ground<'_>) -> Option<&'g str> {
    let licence = material.licence.as_ref()?;
    let beside = ground.around.together.get(item.id.as_str())?;
    let makers = beside.iter().filter_map(|id| ground.catalog.items.get(id.as_str()));
    makers.filter(|other| other.provides.as_ref() == Some(licence)).map(|other| other.name.as_str()).next()
}

/// 告知承诺: the item has it, and the paper shows a condition the applicant fulfils himself.
fn can_commit(item: &Item, row: &ItemMaterial, material: &Material) -> bool {
    let commits = item.commitment.as_ref().is_some_and(|rule| rule.allowed);
    commits && !is_committed(row) && material.issuer == Issuer::Other && row.need == Need::Required
}

/// 容缺: a copy of what lies elsewhere shows no condition by itself and may follow.
fn may_follow(item: &Item, row: &ItemMaterial) -> bool {
    let tolerates = item.tolerance.as_ref().is_some_and(|rule| rule.allowed);
    tolerates && !is_committed(row) && row.need == Need::Required && row.copy == CopyRule::Copy
}
