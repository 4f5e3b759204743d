//! The traps of merging (domain §2.3, §13), and what a plan says of its reasons.

use catalog::model::Trust;
use kernel::value::Value;
use themes::{Asking, Known, KnownFact, Plan, PlannedMaterial, Standing};

use crate::small::{PERMIT, REGISTER, SIGN, THEME, catalog, catalog_of, planned, theme};

const TEA: &[(&str, &str)] = &[("has_licence", "no"), ("shape", "one"), ("sells", "tea")];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = TEA.iter().filter(|(id, _)| more.iter().all(|(other, _)| other != id));
    kept.chain(more).copied().collect()
}

/// Rows of a name, whoever they are about.
fn rows<'p, 't>(plan: &'p Plan<'t>, name: &str) -> Vec<&'p PlannedMaterial<'t>> {
    plan.materials.iter().filter(|material| material.name == name).collect()
}

fn status(plan: &Plan<'_>, name: &str) -> Vec<&'static str> {
    rows(plan, name).iter().map(|material| material.standing.word()).collect()
}

#[test]
fn the_operators_card_and_the_agents_card_are_two_papers() {
    let theme = theme(&catalog(), THEME);
    let mut known = Known::nothing();
    let alone = planned(&theme, &with(&[("has_agent", "yes")]), &known);
    let holders: Vec<_> = rows(&alone, "居民身份证").iter().map(|card| card.holder.word()).collect();
    assert_eq!(holders, ["operator", "agent"]);
    // The applicant's card on file exempts the applicant's, not the agent's.
    known.hold("id-card");
    let on_file = planned(&theme, &with(&[("has_agent", "yes")]), &known);
    assert_eq!(status(&on_file, "居民身份证"), ["exempt", "hand-in"]);
    known.hold_as("id-card", catalog::model::HolderRole::Agent);
    let both = planned(&theme, &with(&[("has_agent", "yes")]), &known);
    assert_eq!(status(&both, "居民身份证"), ["exempt", "exempt"]);
}

#[test]
fn intermediate_results_are_never_asked() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, TEA, &Known::nothing());
    assert_eq!(status(&plan, "营业执照"), ["removed"], "the permit names no product, only what it consumes");
    // Whoever has a licence already, and not on file, does hand it in.
    let had = planned(&theme, &with(&[("has_licence", "yes")]), &Known::nothing());
    assert_eq!(status(&had, "营业执照"), ["hand-in"]);
    let mut known = Known::nothing();
    known.hold("business-licence");
    let on_file = planned(&theme, &with(&[("has_licence", "yes")]), &known);
    assert_eq!(status(&on_file, "营业执照"), ["exempt"]);
}

#[test]
fn papers_about_different_objects_are_not_merged() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, TEA, &Known::nothing());
    assert_eq!(rows(&plan, "平面图").len(), 2, "the floor and the sign are drawn on two plans");
}

#[test]
fn the_strictest_demand_prevails_and_standards_are_joined() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, TEA, &Known::nothing());
    let lease = rows(&plan, "租赁合同")[0].requirement.clone().expect("a demand");
    assert_eq!((lease.copy.word(), lease.standards.as_slice()), ("original", &["在有效期内", "地址一致"][..]));
    let card = rows(&plan, "居民身份证")[0].requirement.clone().expect("a demand");
    assert_eq!((card.copy.word(), card.medium.word(), card.copies), ("original", "paper", 2));
    assert_eq!(rows(&plan, "居民身份证")[0].asked_by.len(), 2);
}

#[test]
fn what_may_follow_is_still_to_hand_in_and_what_is_committed_to_is_not() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, TEA, &Known::nothing());
    let floor = rows(&plan, "平面图")[0];
    assert_eq!(floor.standing, Standing::HandIn { may_follow: Some(5) });
    assert_eq!(status(&plan, "检测报告"), ["hand-in"]);
    let committed = planned(&theme, &with(&[("commit", "yes")]), &Known::nothing());
    assert_eq!(status(&committed, "检测报告"), ["later"]);
    let why = committed.why_material(rows(&committed, "检测报告")[0]);
    assert_eq!(why, "已选择告知承诺，现在不用提交，领证后60日内备齐");
    assert_eq!(plan.figures.materials.after, committed.figures.materials.after);
    assert_eq!(plan.figures.materials.to_submit, committed.figures.materials.to_submit + 1);
}

#[test]
fn each_authority_gets_its_own_form_and_list_back() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, TEA, &Known::nothing());
    let labels = |item| plan.form_of(item).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
    assert_eq!(labels(1), ["负责人", "经营者身份证号", "统一社会信用代码", "经营面积", "告知承诺"]);
    let names: Vec<_> = plan.materials_of(1).into_iter().map(|(_, name)| name).collect();
    assert!(names.contains(&"负责人身份证明") && names.contains(&"房屋使用证明"), "{names:?}");
    assert!(!names.contains(&"招牌备案"));
}

#[test]
fn fields_say_where_they_come_from() {
    let theme = theme(&catalog(), THEME);
    let mut known = Known::nothing();
    let source = |value: &str| KnownFact { value: value.into(), source: "公安人口库".into(), trust: Trust::A };
    known.learn("owner_name", source("陈茶"));
    known.learn("owner_id", source("11010519491231002X"));
    let plan = planned(&theme, TEA, &known);
    let field = |code: &str| {
        let fields = plan.form.iter().flat_map(|section| &section.fields);
        fields.into_iter().find(|field| field.field.element.code == *code).expect("a field")
    };
    assert_eq!(plan.why_filled(field("owner_name")).as_deref(), Some("来自公安人口库"));
    assert_eq!(field("birth").filled.word(), "derived");
    assert_eq!(field("birth").value.as_ref().map(Value::to_string).as_deref(), Some("1949-12-31"));
    assert_eq!(field("uscc").filled.word(), "derived", "the registration before brings it");
    assert_eq!(field("area").filled.word(), "answered");
    assert_eq!(field("shop_name").filled.word(), "to-type");
    // Without the registration nobody brings the code.
    let had = planned(&theme, &with(&[("has_licence", "yes")]), &known);
    let uscc = had.form.iter().flat_map(|section| &section.fields).find(|field| field.field.element.code == *"uscc");
    assert_eq!(uscc.expect("a field").filled.word(), "to-type");
}

#[test]
fn the_order_follows_what_is_made_and_needed() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, TEA, &Known::nothing());
    let bars: Vec<_> = plan.schedule.bars.iter().map(|bar| (bar.item, bar.wave, bar.start, bar.finish)).collect();
    assert_eq!(bars, [(0, 1, 0, 0), (1, 2, 0, 40), (2, 2, 0, 4)]);
    assert_eq!((plan.schedule.critical_path.as_slice(), plan.figures.days.after), (&[0, 1][..], 5));
}

#[test]
fn a_rule_that_cannot_tell_names_the_question() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, &[], &Known::nothing());
    assert_eq!(plan.why_item(&plan.items[0]), "还不能确定，请先回答“有营业执照吗？”“办成哪一种？”");
    assert!(!plan.items[0].is_included() && plan.items[2].is_included());
    let open: Vec<_> = plan.open_questions().map(|question| question.id.as_str()).collect();
    assert_eq!(open, ["has_licence", "sells"], "the kind of firm waits for the first answer");
    assert!(!plan.is_complete());
    assert!(planned(&theme, TEA, &Known::nothing()).is_complete());
}

#[test]
fn what_does_not_apply_is_not_asked_and_its_answer_does_not_count() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, &with(&[("has_licence", "yes"), ("shape", "sole")]), &Known::nothing());
    assert_eq!(plan.asking[1], Asking::Hidden);
    assert_eq!(plan.out_of_scope, None);
    // Changing the first answer brings the second one back.
    let back = planned(&theme, &with(&[("shape", "sole")]), &Known::nothing());
    assert_eq!(back.out_of_scope.map(|exit| exit.go.as_str()), Some("到市场监管局窗口"));
    assert_eq!(back.why_item(&back.items[1]), "不在本主题办理：独资企业不在这里办");
    assert_eq!((back.figures.materials.before, back.figures.days.after), (0, 0));
}

#[test]
fn a_question_the_records_can_answer_is_not_asked() {
    let text = THEME.replace(
        "{id: has_agent,",
        "{id: months, text: 缴了几个月？, kind: number, derive: true}\n  - {id: has_agent,",
    );
    let text = text.replace("when: area >= 20", "when: months >= 12").replace("area < 20", "months < 12");
    let theme = theme(&catalog(), &text);
    let asked = planned(&theme, TEA, &Known::nothing());
    assert!(asked.open_questions().any(|question| question.id == "months"));
    let mut known = Known::nothing();
    known.learn("months", KnownFact { value: 24.into(), source: "社保局".into(), trust: Trust::A });
    let told = planned(&theme, TEA, &known);
    assert_eq!(told.asking[5], Asking::Known);
    assert!(told.items[2].is_included());
}

#[test]
fn the_json_of_a_plan_and_of_its_questions_keeps_its_shape() {
    let theme = theme(&catalog(), THEME);
    let plan = planned(&theme, &with(&[("has_agent", "yes"), ("commit", "yes")]), &Known::nothing());
    insta::assert_json_snapshot!("plan", plan.report());
    insta::assert_json_snapshot!("questions", theme.questions_report());
}

#[test]
fn a_mothers_paper_beside_a_childs_is_not_taken_for_the_childs() {
    // Both rows are of the same material; the item says itself which of them the registration makes.
    let permit = PERMIT.replace(
        "{id: B2, material: licence, holder: organisation, need: required, copy: copy, media: either, waive: [{by: licence}]}",
        "{id: B2, material: licence, holder: child, need: required, copy: copy, media: either, waive: [{by: product, item: register}]}\n  - {id: B2m, material: licence, holder: mother, need: required, copy: copy, media: either, waive: [{by: licence}]}",
    );
    let theme = theme(&catalog_of(&[REGISTER, &permit, SIGN]), THEME);
    let plan = planned(&theme, &with(&[("area", "10")]), &Known::nothing());
    let seen: Vec<_> = rows(&plan, "营业执照").iter().map(|row| (row.holder.word(), row.standing.word())).collect();
    assert_eq!(seen, [("child", "removed"), ("mother", "hand-in")]);
}

#[test]
fn answers_are_checked_all_at_once() {
    let theme = theme(&catalog(), THEME);
    let given = [
        ("has_licence", "也许"),
        ("shape", "club"),
        ("area", "２０００"),
        ("sells", "tea,gold"),
        ("agent", "no"),
        ("commit", ""),
    ];
    let faults = theme.read_answers(given).expect_err("five faults");
    let codes: Vec<_> = faults.iter().map(|fault| (fault.question.as_str(), fault.code())).collect();
    assert_eq!(
        codes,
        [
            ("has_licence", "answer.not-yes-or-no"),
            ("shape", "answer.not-an-option"),
            ("area", "answer.above-maximum"),
            ("sells", "answer.not-an-option"),
            ("agent", "answer.unknown-question"),
        ]
    );
    let (sound, _) = theme.read_sound([("area", "３０．５"), ("shape", "club"), ("sells", "tea"), ("sells", "meals")]);
    assert_eq!(sound.get("area"), Some(&30.5.into()));
    assert_eq!(sound.get("sells").map(ToString::to_string).as_deref(), Some("tea、meals"));
    assert_eq!(sound.get("shape"), None);
}
