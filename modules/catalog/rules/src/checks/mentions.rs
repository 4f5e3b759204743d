//! What an item names: whatever of it is edited, the item is checked again.

use crate::compile::ItemRules;
use crate::folder::Subject;
use crate::model::{Item, ShortCitation, Waiver};

/// Hands every id of that subject that the checks of an item look up to `visit`.
pub(crate) fn mentions(item: &Item, rules: &ItemRules, subject: Subject, visit: &mut impl FnMut(&str)) {
    match subject {
        Subject::Authorities => {
            visit(&item.authority);
            item.preliminary.iter().flat_map(|rule| &rule.authorities).for_each(|id| visit(id));
            item.fees.iter().filter_map(|fee| fee.payee.as_ref()).for_each(|id| visit(id));
        }
        Subject::Licences => {
            let own = item.consumes.iter().chain(&item.provides);
            own.chain(&item.renews).chain(&item.changes).chain(&item.cancels).for_each(|id| visit(id));
        }
        Subject::Materials => item.materials.iter().for_each(|row| visit(&row.material)),
        Subject::Items => waivers(item).for_each(|waiver| {
            if let Waiver::Product { item } = waiver {
                visit(item);
            }
        }),
        Subject::Elements => elements(item, rules, visit),
        Subject::Laws => {
            item.basis.iter().for_each(|citation| visit(&citation.law));
            citations(item).for_each(|citation| visit(&citation.law));
        }
        _ => {}
    }
}

fn waivers(item: &Item) -> impl Iterator<Item = &Waiver> {
    item.materials.iter().flat_map(|row| &row.waive)
}

fn elements(item: &Item, rules: &ItemRules, visit: &mut impl FnMut(&str)) {
    item.fields.iter().for_each(|field| visit(&field.element));
    item.fees.iter().filter_map(|fee| fee.count.as_ref()).for_each(|id| visit(id));
    item.commitment.iter().filter_map(|rule| rule.choice.as_ref()).for_each(|id| visit(id));
    for waiver in waivers(item) {
        if let Waiver::Element { element } = waiver {
            visit(element);
        }
    }
    rules.all().flat_map(|condition| condition.reads()).for_each(|id| visit(id));
}

fn citations(item: &Item) -> impl Iterator<Item = &ShortCitation> {
    let rows = item.conditions.iter().filter_map(|row| row.basis.as_ref());
    let rows = rows.chain(item.materials.iter().filter_map(|row| row.basis.as_ref()));
    let rows = rows.chain(item.special.iter().filter_map(|row| row.basis.as_ref()));
    let exemptions = item.fees.iter().flat_map(|fee| &fee.exemptions).filter_map(|row| row.basis.as_ref());
    let rows = rows.chain(item.fees.iter().filter_map(|fee| fee.basis.as_ref())).chain(exemptions);
    rows.chain(item.commitment.iter().filter_map(|rule| rule.basis.as_ref()))
}
