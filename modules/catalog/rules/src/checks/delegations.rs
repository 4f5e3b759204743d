//! Delegations: who gives what to whom, whether it is theirs to give, and whether two give the same.

use access::Role;

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::{Entry, Folder};
use crate::ids::DelegationId;
use crate::model::{AuthorityKind, Delegation, DelegationKind, DelegationScope};

pub(super) fn check(folder: &Folder, report: &mut Report<'_>) {
    let all: Vec<(&DelegationId, &Entry<Delegation>)> = folder.delegations.iter().collect();
    for (place, (_, entry)) in all.iter().enumerate() {
        references(entry, folder, report);
        if !entry.sound {
            continue;
        }
        period(entry, report);
        theirs_to_give(entry, folder, report);
        receiver(entry, folder, report);
        for (_, earlier) in all[..place].iter().filter(|(_, earlier)| earlier.sound) {
            overlap(entry, earlier, report);
        }
    }
}

fn references(entry: &Entry<Delegation>, folder: &Folder, report: &mut Report<'_>) {
    let one = &entry.value;
    folder.authorities.refer(&one.from, entry.place(at!["from"]), report);
    folder.authorities.refer(&one.to, entry.place(at!["to"]), report);
    if let Some(supervisor) = &one.supervisor {
        folder.authorities.refer(supervisor, entry.place(at!["supervisor"]), report);
    }
    for (row, item) in one.items.iter().enumerate() {
        folder.items.refer(item, entry.place(at!["items", row]), report);
    }
    for (row, region) in one.regions.iter().enumerate() {
        folder.regions.refer(region, entry.place(at!["regions", row]), report);
    }
    if one.basis.is_empty() {
        report.at(&codes::DELEGATION_WITHOUT_BASIS, entry.place(at!["id"]), format!("“{}”没有写明依据", one.id));
    }
}

fn period(entry: &Entry<Delegation>, report: &mut Report<'_>) {
    let one = &entry.value;
    if let Some(until) = one.until.filter(|until| *until < one.starts) {
        let what = format!("{} 开始，{until} 就结束", one.starts);
        report.at(&codes::DELEGATION_PERIOD, entry.place(at!["until"]), what);
    }
}

/// Each item is the giver's by law or by a transfer, and what was transferred is no longer the first holder's.
fn theirs_to_give(entry: &Entry<Delegation>, folder: &Folder, report: &mut Report<'_>) {
    let one = &entry.value;
    let transfer = |item: &str| {
        folder.delegations.entries().map(|other| &other.value).find(|other| {
            other.kind == DelegationKind::Transfer && other.id != one.id && other.items.iter().any(|own| *own == *item)
        })
    };
    for (row, id) in one.items.iter().enumerate() {
        // A slip in the item's own authority is told there.
        let Some(item) = folder.items.get(id).filter(|item| folder.authorities.get(&item.value.authority).is_some())
        else {
            continue;
        };
        let span = entry.place(at!["items", row]);
        let by_law = item.value.authority == one.from;
        match transfer(id) {
            Some(taken) if by_law && meet(taken, one) => {
                let what = format!("“{}”已经由“{}”划转，不再由“{}”行使", item.value.name, taken.id, one.from);
                report.at(&codes::DELEGATES_WHAT_IT_LACKS, span, what);
            }
            Some(taken) if !by_law && taken.to == one.from && meet(taken, one) => {}
            _ if by_law => {}
            Some(_) | None => {
                let what = format!("“{}”的实施机关是“{}”，不是“{}”", item.value.name, item.value.authority, one.from);
                report.at(&codes::DELEGATES_WHAT_IT_LACKS, span, what);
            }
        }
    }
    let Some(from) = folder.authorities.get(&one.from) else { return };
    for (row, region) in one.regions.iter().enumerate() {
        let known = folder.regions.iter().any(|(known, _)| known.code == *region);
        if known && !region.starts_with(from.value.region.as_str()) {
            let what = format!("{region} 不在“{}”的辖区里", from.value.name);
            report.at(&codes::DELEGATES_WHAT_IT_LACKS, entry.place(at!["regions", row]), what);
        }
    }
}

/// Who decides has somebody to decide, and is not the one that accepts at the windows (受审分离).
fn receiver(entry: &Entry<Delegation>, folder: &Folder, report: &mut Report<'_>) {
    let one = &entry.value;
    let span = entry.place(at!["to"]);
    let Some(to) = folder.authorities.get(&one.to) else { return };
    if one.from == one.to {
        report.at(&codes::DELEGATES_WHAT_IT_LACKS, span, format!("“{}”委托给了自己", to.value.name));
    }
    if one.kind == DelegationKind::Entrustment && to.value.kind != AuthorityKind::Statutory {
        report.at(&codes::ENTRUSTED_TO_NO_AUTHORITY, span, format!("“{}”不是行政机关", to.value.name));
    }
    if one.scope == DelegationScope::Acceptance {
        return;
    }
    let runs_windows =
        folder.district.as_ref().is_some_and(|district| district.value.windows.as_ref() == Some(&one.to));
    let of_it: Vec<_> =
        folder.staff.entries().filter(|member| member.value.authority.as_ref() == Some(&one.to)).collect();
    let only_accepts = !of_it.is_empty() && !of_it.iter().any(|member| member.value.roles.contains(&Role::Approver));
    if runs_windows || only_accepts {
        let what = format!("“{}”只管受理，却要作决定", to.value.name);
        report.at(&codes::DECISION_TO_THE_WINDOW, span, what);
    }
}

fn overlap(entry: &Entry<Delegation>, earlier: &Entry<Delegation>, report: &mut Report<'_>) {
    let (one, other) = (&entry.value, &earlier.value);
    let both_whole = one.scope == DelegationScope::Whole && other.scope == DelegationScope::Whole;
    if !both_whole || one.from != other.from || !meet(one, other) {
        return;
    }
    if let Some(row) = one.items.iter().position(|item| other.items.contains(item)) {
        let what = format!("“{}”在同一时间、同一地区又由“{}”委托了一次", one.items[row], other.id);
        let first = earlier.place(at!["id"]);
        report.at(&codes::DELEGATIONS_OVERLAP, entry.place(at!["items", row]), what).also(first, "另一个在这里");
    }
}

/// Whether two delegations are in force on a common day in a common place.
fn meet(one: &Delegation, other: &Delegation) -> bool {
    let begins_before_end = |a: &Delegation, b: &Delegation| b.until.is_none_or(|until| a.starts <= until);
    let nested = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
    let same_place = one.regions.is_empty()
        || other.regions.is_empty()
        || one.regions.iter().any(|a| other.regions.iter().any(|b| nested(a, b)));
    same_place && begins_before_end(one, other) && begins_before_end(other, one)
}
