//! What holds of every plan, whatever the theme and the answers.

use std::collections::BTreeSet;

use catalog::Catalog;
use proptest::prelude::*;
use themes::{Answers, Known, Plan, Theme, plan};

use crate::shelf::{District, chancheng};
use crate::small::{catalog_of, theme};

/// Sums that add up, rows that somebody asks for, an order that keeps to what is needed.
fn check_sums(plan: &Plan<'_>, context: &str) {
    let figures = &plan.figures;
    let (papers, fields) = (figures.materials, figures.fields);
    assert!(papers.after <= papers.before && papers.to_submit <= papers.after, "{papers:?} {context}");
    assert!(fields.after <= fields.before, "{fields:?} {context}");
    assert_eq!(fields.prefilled + fields.answered + fields.to_type, fields.after, "{context}");
    for material in &plan.materials {
        let undecided = material.standing.word() == "undecided";
        assert!(undecided || !material.asked_by.is_empty(), "nobody asks for {} {context}", material.name);
        assert!(material.asked_by.is_subset(plan.running), "{} {context}", material.name);
        assert!(!plan.why_material(material).is_empty());
    }
    let fields_in_form: usize = plan.form.iter().map(|section| section.fields.len()).sum();
    assert_eq!(fields_in_form, fields.after as usize, "{context}");
    for bar in &plan.schedule.bars {
        for before in plan.schedule.bars.iter().filter(|before| bar.after.contains(before.item)) {
            assert!(before.finish <= bar.start, "{context}");
        }
    }
    let report = plan.report();
    assert_eq!(report.materials.list.len(), papers.after as usize, "{context}");
    let hand_in = report.materials.list.iter().filter(|line| line.status == "hand-in").count();
    assert_eq!(hand_in, papers.to_submit as usize, "{context}");
}

#[test]
fn every_single_change_of_an_answer_in_the_sample_keeps_the_sums() {
    let district = District::of(&chancheng());
    for scenario in &district.scenarios {
        let theme = district.theme(&scenario.theme);
        check_sums(&plan(theme, &Answers::new(), &Known::nothing()), &theme.id);
        check_sums(&plan(theme, &scenario.answers, &scenario.known), &scenario.name);
        for question in &theme.questions {
            let mut changed = scenario.answers.clone();
            changed.forget(&question.id);
            check_sums(&plan(theme, &changed, &scenario.known), &question.id);
            let values =
                question.options.iter().map(|option| option.value.as_str()).chain(["true", "false", "1", "500"]);
            for value in values {
                if let Ok(Some(value)) = question.read(&[value]) {
                    changed.give(&question.id, value);
                    let context = format!("{} {}", scenario.name, question.id);
                    check_sums(&plan(theme, &changed, &scenario.known), &context);
                }
            }
        }
    }
}

/// What an item asks for, by numbers.
#[derive(Debug, Clone)]
struct AnyItem {
    /// Material, holder, scope, need, copy, medium, way.
    rows: Vec<[usize; 7]>,
    fields: Vec<usize>,
    days: u32,
    consumes: bool,
}

const MATERIALS: [&str; 5] = ["card", "lease", "plan", "report", "health"];
const HOLDERS: [&str; 3] = ["operator", "agent", "premises"];
const SCOPES: [&str; 2] = ["", "scope: 招牌, "];
const NEEDS: [&str; 3] = ["required", "deferrable", "optional"];
const COPIES: [&str; 4] = ["original", "copy", "either", "both"];
const MEDIA: [&str; 3] = ["paper", "electronic", "either"];
const WAYS: [&str; 6] = [
    "",
    ", waive: [{by: licence}]",
    ", waive: [{by: check, interface: health-cert}]",
    ", waive: [{by: form}]",
    ", waive: [{by: element, element: shop_name}]",
    ", waive: [{by: commitment, when: commit}]",
];
const FIELDS: [&str; 6] = ["owner_name", "owner_id", "birth", "shop_name", "uscc", "area"];
/// One switch for each item.
const SWITCHES: [&str; 3] = ["has_licence", "has_agent", "commit"];

impl AnyItem {
    fn yaml(&self, number: usize) -> String {
        let rows = self.rows.iter().enumerate().map(|(row, [material, holder, scope, need, copy, medium, way])| {
            format!(
                "  - {{id: R{row}, material: {}, holder: {}, {}need: {}, copy: {}, media: {}, copies: 1{}}}\n",
                MATERIALS[*material],
                HOLDERS[*holder],
                SCOPES[*scope],
                NEEDS[*need],
                COPIES[*copy],
                MEDIA[*medium],
                WAYS[*way]
            )
        });
        let fields: BTreeSet<&str> = self.fields.iter().map(|field| FIELDS[*field]).collect();
        let fields = fields.iter().map(|field| format!("  - {{element: {field}, required: true}}\n"));
        // Every second item may need what the first makes, so that there is an order.
        let consumes = if self.consumes && number > 0 { "consumes: [business-licence]\n" } else { "" };
        let provides = if number == 0 { "provides: business-licence\n" } else { "" };
        format!(
            "id: item-{number}\nname: 事项{number}\nauthority: market\nstatus: active\npromise: {{value: {}, unit: workday}}\nstatutory: {{value: 90, unit: workday}}\nvisits: {{count: 0}}\ncommitment: {{allowed: true, clauses: [是]}}\n{consumes}{provides}materials:\n{}fields:\n{}",
            self.days,
            rows.collect::<String>(),
            fields.collect::<String>(),
        )
    }
}

fn any_item() -> impl Strategy<Value = AnyItem> {
    let row = (0..5usize, 0..3usize, 0..2usize, 0..3usize, 0..4usize, 0..3usize, 0..6usize);
    let rows = prop::collection::vec(row.prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g]), 1..6);
    let fields = prop::collection::vec(0..6usize, 1..6);
    (rows, fields, 0..20u32, any::<bool>()).prop_map(|(rows, fields, days, consumes)| AnyItem {
        rows,
        fields,
        days,
        consumes,
    })
}

/// A theme in which each item has its own switch, its items listed in the given order.
fn switched(catalog: &Catalog, order: &[usize]) -> Theme {
    let items = order.iter().map(|item| format!("  - {{item: item-{item}, when: {}}}\n", SWITCHES[*item]));
    let questions = SWITCHES.iter().map(|switch| format!("  - {{id: {switch}, text: 要吗？, kind: bool}}\n"));
    let text = format!(
        "id: tea-house\nname: 试\nsummary: 试\nsay: [试]\nlead: market\ntrips: 0\nbaseline: {{items: 1, materials: 1, fields: 1, trips: 1, days: 1, submissions: 1}}\nquestions:\n{}items:\n{}out_of_scope:\n  - {{when: '!has_licence && !has_agent && !commit', reason: 无, go: 无}}\n",
        questions.collect::<String>(),
        items.collect::<String>(),
    );
    theme(catalog, &text)
}

fn answers(on: &[bool]) -> Answers {
    SWITCHES.iter().copied().zip(on.iter().copied()).collect()
}

/// Everything about a plan that must not depend on the order of the items.
fn essence(plan: &Plan<'_>) -> BTreeSet<String> {
    let papers = plan.materials.iter().map(|material| {
        let mut standards = material.requirement.as_ref().map(|r| (r.need, r.copy, r.medium, r.copies));
        let names: BTreeSet<_> = plan.items_of(material.asked_by).map(|item| item.id.clone()).collect();
        let scope = material.paper.and_then(|paper| paper.key.scope.clone());
        format!(
            "{} {} {scope:?} {} {:?} {names:?}",
            material.name,
            material.holder,
            material.standing.word(),
            standards.take()
        )
    });
    let fields = plan.form.iter().flat_map(|section| &section.fields).map(|field| {
        let names: BTreeSet<_> = plan.items_of(field.asked_by).map(|item| item.id.clone()).collect();
        format!("{} {} {names:?}", field.field.element.code, field.filled.word())
    });
    papers.chain(fields).chain([format!("{:?}", plan.figures)]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn plans_of_any_theme_add_up(items in prop::collection::vec(any_item(), 3), on in prop::collection::vec(any::<bool>(), 3)) {
        let texts: Vec<String> = items.iter().enumerate().map(|(number, item)| item.yaml(number)).collect();
        let catalog = catalog_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let theme = switched(&catalog, &[0, 1, 2]);
        let mut known = Known::nothing();
        known.hold("id-card");
        let now = plan(&theme, &answers(&on), &known);
        check_sums(&now, "any theme");

        // Merging does not depend on the order in which authorities are listed.
        for order in [[2, 1, 0], [1, 2, 0], [0, 2, 1]] {
            let other = switched(&catalog, &order);
            prop_assert_eq!(essence(&now), essence(&plan(&other, &answers(&on), &known)));
        }

        // One item more never lowers what the matter would have taken before. The third switch is also an answer that
        // items read, so it is left alone.
        for item in 0..2 {
            let mut more = on.clone();
            more[item] = true;
            let then = plan(&theme, &answers(&more), &known);
            prop_assert!(then.figures.materials.before >= now.figures.materials.before);
            prop_assert!(then.figures.fields.before >= now.figures.fields.before);
            prop_assert!(then.running.len() >= now.running.len());
        }
    }
}
