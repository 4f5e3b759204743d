//! The running total beside the questions, and the four large figures of the plan.

use themes::plan::Change;
use themes::{Inclusion, Plan};
use ui::{Figure, Tally, TallyItem};

/// What the answers so far come to.
pub(super) fn tally(plan: &Plan<'_>) -> Tally {
    let item = |planned: &themes::PlannedItem<'_>| {
        let undecided = matches!(planned.inclusion, Inclusion::Undecided { .. });
        TallyItem {
            name: if undecided {
                format!("{}（待定）", planned.item.plain)
            } else {
                planned.item.plain.to_string()
            },
            authority: planned.item.authority_name.to_string(),
            included: planned.is_included(),
            because: if undecided { String::new() } else { plan.why_item(planned) },
        }
    };
    let mut items: Vec<TallyItem> = plan.items.iter().map(item).collect();
    // What is to be done stands on top; among equals the theme's own order stays.
    items.sort_by_key(|item| !item.included);
    let included = plan.included().count() as u32;
    let mut figures = vec![Figure::plain("要办的事", included, "件")];
    figures.extend([materials(plan), days(plan), trips(plan)]);
    let open = plan.open_questions().count() as u32;
    if plan.out_of_scope.is_some() {
        items.clear();
    }
    Tally { figures, items, open }
}

/// Materials, fields, days and trips, before and after.
pub(super) fn figures(plan: &Plan<'_>) -> Vec<Figure> {
    vec![materials(plan), fields(plan), days(plan), trips(plan)]
}

fn materials(plan: &Plan<'_>) -> Figure {
    let materials = plan.figures.materials;
    let figure = Figure::change("材料", materials.before, materials.after, "份");
    match materials.to_submit {
        0 => figure.note("您一份都不用准备"),
        some => figure.note(format!("您只要准备 {some} 份")),
    }
}

fn fields(plan: &Plan<'_>) -> Figure {
    let fields = plan.figures.fields;
    let filled = fields.prefilled + fields.answered;
    let figure = Figure::change("填表", fields.before, fields.after, "项");
    if filled == 0 { figure } else { figure.note(format!("已填好 {filled} 项，还要填 {} 项", fields.to_type)) }
}

fn days(plan: &Plan<'_>) -> Figure {
    let Change { before, after } = plan.figures.days;
    if after == 0 && !plan.running.is_empty() {
        let before = (before > 0).then(|| before.to_string());
        return Figure {
            before, note: Some("受理后当场办结".into()), ..Figure::plain("用时", "0", "个工作日")
        };
    }
    Figure::change("用时", before, after, "个工作日")
}

fn trips(plan: &Plan<'_>) -> Figure {
    let Change { before, after } = plan.figures.trips;
    let figure = Figure::change("跑动", before, after, "次");
    if after == 0 { figure.note("全程可以网上办") } else { figure }
}
