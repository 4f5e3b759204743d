//! Every form says what it must, and none is made with a hole in it.

mod specimens;

use documents::{Block, FORMS, Form, Missing, Notice, Power, Seal, compose, html};
use serde_json::Value;

fn specimen(code: &str) -> (Notice, documents::Issue) {
    let (_, notice, issue) = specimens::all().into_iter().find(|(name, ..)| name == code).unwrap();
    (notice, issue)
}

fn page(code: &str) -> String {
    let (notice, issue) = specimen(code);
    html(&compose(&notice, &issue).unwrap())
}

#[test]
fn there_is_a_specimen_of_every_form_and_each_can_be_laid_out() {
    let made: Vec<String> = specimens::all().into_iter().map(|(name, ..)| name).collect();
    for form in FORMS {
        assert!(made.iter().any(|name| name == form), "{form}");
    }
    // With a folder in YIMEN_SPECIMENS the pages are left there, to be looked at with the house's styles.
    let kept = std::env::var_os("YIMEN_SPECIMENS").map(std::path::PathBuf::from);
    for (name, notice, issue) in specimens::all() {
        let sheet = compose(&notice, &issue).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let page = html(&sheet);
        if let Some(folder) = &kept {
            std::fs::write(folder.join(format!("{name}.html")), &page).unwrap();
        }
        for word in [&sheet.title, &issue.number, "K7MP-X4QH-92TD-3FWB"] {
            assert!(page.contains(word), "{name}: {word}");
        }
        assert!(!page.contains("{{") && !page.contains(">none") && !page.contains("：none"), "{name}");
        // The house's pages allow no styles of their own.
        assert!(!page.contains("style="), "{name}");
        assert!(!page.contains("440604199") && page.matches("何志远").count() <= 6, "{name}");
    }
}

/// Every place of a JSON value that holds a text or a list.
fn places(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(path),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, one)| places(one, format!("{path}/{at}"), found));
            found.push(path);
        }
        Value::Object(fields) => fields.iter().for_each(|(name, one)| places(one, format!("{path}/{name}"), found)),
        _ => {}
    }
}

/// Words of a closed vocabulary and dates cannot be blank: the form cannot even be read then.
#[test]
fn a_planted_hole_is_refused_wherever_it_is() {
    let mut holes = 0;
    for (name, notice, issue) in specimens::all() {
        let whole = serde_json::to_value(&notice).unwrap();
        let mut found = Vec::new();
        places(&whole, String::new(), &mut found);
        for place in found {
            let mut pierced = whole.clone();
            let at = pierced.pointer_mut(&place).unwrap();
            *at = if at.is_array() { Value::Array(Vec::new()) } else { Value::from("  ") };
            let Ok(notice) = serde_json::from_value::<Notice>(pierced) else { continue };
            let refused = compose(&notice, &issue);
            assert!(matches!(refused, Err(Missing::Fact { .. })), "{name}{place} was printed empty");
            holes += 1;
        }
    }
    assert!(holes > 200, "{holes} holes were planted");
}

#[test]
fn what_owes_a_remedy_is_not_made_without_one() {
    for code in ["refusal", "non-acceptance", "not-needed"] {
        let (mut notice, issue) = specimen(code);
        notice.head.remedy = None;
        assert!(matches!(compose(&notice, &issue), Err(Missing::Words { .. })), "{code}");
        // Only the Licensing Law demands the names; what is no licence says at least that there is a remedy.
        notice.head.power = Power::PublicService;
        assert!(html(&compose(&notice, &issue).unwrap()).contains("可以依法申请行政复议或者提起行政诉讼"), "{code}");
    }
    for code in ["refusal", "non-acceptance", "not-needed", "grant", "termination"] {
        let page = page(code);
        for word in ["六十日内", "佛山市禅城区人民政府", "六个月内", "佛山市禅城区人民法院"]
        {
            assert!(page.contains(word), "{code}: {word}");
        }
    }
}

#[test]
fn a_correction_notice_lists_everything_once_with_reason_basis_remedy_day_and_consequence() {
    let (notice, issue) = specimen("correction");
    let Form::Correction { items, .. } = &notice.form else { unreachable!() };
    let page = html(&compose(&notice, &issue).unwrap());
    for item in items {
        for word in [&item.reason, &item.basis, &item.mend] {
            assert_eq!(page.matches(word.as_str()).count(), 1, "{word}");
        }
    }
    for word in ["共2项", "2026年3月23日前", "视为撤回申请", "第三十二条第一款第四项"] {
        assert!(page.contains(word), "{word}");
    }
}

#[test]
fn beyond_the_calendar_the_days_are_told_instead_of_a_day() {
    let (mut notice, issue) = specimen("correction");
    let Form::Correction { due, .. } = &mut notice.form else { unreachable!() };
    *due = None;
    assert!(html(&compose(&notice, &issue).unwrap()).contains("收到本告知书之日起15个工作日内"));
}

#[test]
fn items_that_are_no_licences_are_worded_by_their_kind_and_cite_the_law_by_analogy() {
    let words = [
        (Power::Licence, "准予行政许可决定书", "以及《中华人民共和国行政许可法》"),
        (Power::Filing, "准予备案通知书", "参照《中华人民共和国行政许可法》"),
        (Power::Confirmation, "行政确认决定书", "参照《中华人民共和国行政许可法》"),
        (Power::Payment, "行政给付决定书", "参照《中华人民共和国行政许可法》"),
    ];
    for (power, title, law) in words {
        let (mut notice, issue) = specimen("grant");
        notice.head.power = power;
        let page = html(&compose(&notice, &issue).unwrap());
        assert!(page.contains(title) && page.contains(law), "{page}");
    }
}

#[test]
fn only_what_is_issued_and_valid_bears_a_seal() {
    let (notice, issue) = specimen("refusal");
    let sealed = compose(&notice, &issue).unwrap().signature.unwrap().seal;
    assert!(matches!(sealed, Seal::Drawn { .. }));
    let (notice, void) = specimen("refusal-void");
    let sheet = compose(&notice, &void).unwrap();
    assert_eq!(sheet.signature.unwrap().seal, Seal::Place);
    assert!(sheet.void.unwrap().contains("2026年3月8日作废"));
    // What the applicant signs bears no seal of an authority.
    let (promise, issue) = specimen("tolerant-promise");
    assert_eq!(compose(&promise, &issue).unwrap().signature, None);
}

#[test]
fn nothing_handed_in_is_read_as_markup_or_as_a_template() {
    let (mut notice, issue) = specimen("refusal");
    let Form::Refusal { reason, .. } = &mut notice.form else { unreachable!() };
    *reason = "<script>alert(1)</script>{{ head.phone }}".into();
    let sheet = compose(&notice, &issue).unwrap();
    let told = sheet.blocks.iter().any(
        |block| matches!(block, Block::Paragraph { text } if text.ends_with("<script>alert(1)</script>{{ head.phone }}")),
    );
    assert!(told, "{:?}", sheet.blocks);
    assert!(!html(&sheet).contains("<script>"));
}
