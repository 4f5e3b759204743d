//! The materials of an item: catch-all wordings, and waivers that could never work.

use super::at;
use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::folder::{Entry, Folder};
use crate::model::{CopyRule, Issuer, Item, ItemMaterial, ItemStatus, Need, Waiver};

pub(super) fn check(entry: &Entry<Item>, folder: &Folder, report: &mut Report<'_>) {
    let item = &entry.value;
    for (row, material) in item.materials.iter().enumerate() {
        if let Some(name) = &material.name {
            catch_all(name, entry.place(at!["materials", row, "name"]), report);
        }
        for by in 0..material.waive.len() {
            waiver(entry, folder, row, by, report);
        }
        if entry.sound && item.status != ItemStatus::Cancelled {
            issued_by_government(entry, folder, row, report);
        }
        let tolerated = item.tolerance.as_ref().is_some_and(|tolerance| tolerance.allowed);
        if entry.sound && material.need == Need::Deferrable && !tolerated {
            let span = entry.place(at!["materials", row, "need"]);
            report.at(&codes::DEFERRABLE_WITHOUT_TOLERANCE, span, "这份材料可以容缺，但事项没有实行容缺受理");
        }
    }
    for (row, condition) in item.conditions.iter().enumerate() {
        if let Some(Wording::CatchAll(words)) = wording(&condition.text, &["条件", "情形", "要求"]) {
            let span = entry.place(at!["conditions", row, "text"]);
            report.at(&codes::CATCH_ALL_CONDITION, span, format!("“{words}”是兜底条件"));
        }
    }
    let asks_for_form = item.materials.iter().any(|row| row.waive.contains(&Waiver::Form));
    if entry.sound && asks_for_form && item.fields.is_empty() {
        report.at(&codes::FIELD_OF_FORM_MISSING, entry.place(at!["materials"]), "有申请表，却没有列出表单项");
    }
}

fn waiver(entry: &Entry<Item>, folder: &Folder, row: usize, by: usize, report: &mut Report<'_>) {
    let item = &entry.value;
    let paper: &ItemMaterial = &item.materials[row];
    let canonical = folder.materials.get(&paper.material).filter(|canonical| canonical.sound);
    let span = |key: &'static str| entry.place(at!["materials", row, "waive", by, key]);
    match &paper.waive[by] {
        Waiver::Licence => {
            if let Some(canonical) = canonical
                && canonical.value.licence.is_none()
            {
                let what = format!("“{}”没有对应的证照类型，查不到电子证照", canonical.value.name);
                let finding = report.at(&codes::WAIVER_WITHOUT_LICENCE, span("by"), what);
                finding.also(canonical.node.span, "规范材料登记在这里");
            }
        }
        Waiver::Check { interface } => {
            let registered = canonical.and_then(|canonical| canonical.value.check.as_ref());
            if let Some(registered) = registered
                && registered != interface
                && !interface.is_empty()
            {
                let what = format!("规范材料登记的核验接口是“{registered}”，这里写的是“{interface}”");
                report.at(&codes::WRONG_CHECK, span("interface"), what);
            }
        }
        Waiver::Product { item: maker } => {
            let made = folder.items.get(maker).filter(|maker| maker.sound);
            let made = made.and_then(|maker| maker.value.provides.as_ref());
            let wanted = canonical.and_then(|canonical| canonical.value.licence.as_ref());
            if let (Some(made), Some(wanted)) = (made, wanted)
                && made != wanted
            {
                let what = format!("“{maker}”产生的是“{made}”，这份材料是“{wanted}”");
                report.at(&codes::WRONG_PRODUCT, span("item"), what);
            }
        }
        Waiver::Commitment { .. } => {
            let allowed = item.commitment.as_ref().is_some_and(|commitment| commitment.allowed);
            if entry.sound && !allowed {
                report.at(&codes::WAIVER_WITHOUT_COMMITMENT, span("by"), "事项没有实行告知承诺");
            }
        }
        Waiver::Form | Waiver::Element { .. } => {}
    }
}

/// Government asks for what government issued and could look up (四免之免材料; 在线政务服务若干规定第七条).
fn issued_by_government(entry: &Entry<Item>, folder: &Folder, row: usize, report: &mut Report<'_>) {
    let paper = &entry.value.materials[row];
    let Some(canonical) = folder.materials.get(&paper.material).filter(|canonical| canonical.sound) else { return };
    let material = &canonical.value;
    if material.issuer != Issuer::Government || !paper.waive.is_empty() || goes_back(paper) {
        return;
    }
    let (known, waiver) = match (&material.licence, &material.check) {
        (Some(_), _) => ("有电子证照可以查", "{by: licence}".to_owned()),
        (None, Some(interface)) => ("有核验接口可以查", format!("{{by: check, interface: {interface}}}")),
        (None, None) => return,
    };
    let span = entry.place(at!["materials", row, "id"]);
    let name = paper.name.as_ref().unwrap_or(&material.name);
    let finding = report.at(&codes::GOVERNMENT_PAPER_ASKED, span, format!("“{name}”由政府核发，{known}，却要求提交"));
    finding.mend(format!("写上 waive: [{waiver}]，查不到的再交。"));
    finding.also(canonical.place(at!["issuer"]), "规范材料登记在这里");
}

/// The original itself is handed back (缴回、交回), which proves nothing and cannot be looked up.
fn goes_back(paper: &ItemMaterial) -> bool {
    let says = |text: &Option<String>| {
        text.as_ref().is_some_and(|text| ["交回", "缴回", "收回", "交还"].iter().any(|word| text.contains(word)))
    };
    paper.copy == CopyRule::Original && (says(&paper.standard) || says(&paper.name))
}

const PAPERS: &[&str] = &["证明材料", "材料", "资料", "文件", "证明", "证件", "手续", "凭证"];

/// Reports a name that stands for anything an official may think of.
pub(super) fn catch_all(name: &str, span: Span, report: &mut Report<'_>) {
    match wording(name, PAPERS) {
        Some(Wording::CatchAll(words)) => {
            report.at(&codes::CATCH_ALL_MATERIAL, span, format!("“{words}”没有说是哪一份材料"));
        }
        Some(Wording::Vague(words)) => {
            report.at(&codes::VAGUE_MATERIAL, span, format!("“{name}”里的“{words}”没有说是哪一份"));
        }
        None => {}
    }
}

#[derive(Debug, PartialEq)]
enum Wording {
    /// 其他材料, 法律规定的有关材料: anything at all.
    CatchAll(String),
    /// 隔油设施有关材料: about something, but not which paper.
    Vague(String),
}

/// The loose wording in a name, if there is one.
fn wording(name: &str, nouns: &[&str]) -> Option<Wording> {
    const JOINTS: &[&str] =
        &["等", "及", "和", "与", "或", "、", "，", "的", "规定", "要求", "需要", "认为", "提供", "提交"];
    for lead in ["其他", "其它", "有关", "相关"] {
        for (at, _) in name.match_indices(lead) {
            let rest = &name[at + lead.len()..];
            let (of, rest) = rest.strip_prefix('的').map_or(("", rest), |rest| ("的", rest));
            let Some(noun) = nouns.iter().find(|noun| rest.starts_with(*noun)) else { continue };
            let words = format!("{lead}{of}{noun}");
            let before = &name[..at];
            let anything = before.is_empty() || JOINTS.iter().any(|joint| before.ends_with(joint));
            let other = matches!(lead, "其他" | "其它");
            return Some(if other || anything { Wording::CatchAll(words) } else { Wording::Vague(words) });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{PAPERS, Wording, wording};

    #[test]
    fn a_paper_that_could_be_anything_is_found() {
        for name in ["其他材料", "法律规定的其它材料", "规定的有关材料", "股东会决议等相关文件", "有关的证明"]
        {
            assert!(matches!(wording(name, PAPERS), Some(Wording::CatchAll(_))), "{name}");
        }
        assert_eq!(wording("隔油设施有关材料", PAPERS), Some(Wording::Vague("有关材料".into())));
        for name in ["身份证明", "与经营相适应的设备布局、操作流程等文件", "相关性分析报告", "其他组织登记证书"]
        {
            assert_eq!(wording(name, PAPERS), None, "{name}");
        }
    }
}
