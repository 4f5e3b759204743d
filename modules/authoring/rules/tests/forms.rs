//! Items, themes, elements and materials of the sample as forms: what is not touched stays letter by letter, what is touched is read again as it was meant.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use authoring::candidate::{self, Edit, conflicts, effective, findings, item_files, texts};
use authoring::changes::{What, between, items_touched, lines};
use authoring::form::{self, Row, Section, rows, written};
use authoring::split::{Leaf, copied, next_codes, split};
use authoring::subject::{self, Record, Subject};
use authoring::yaml::{self, Value};
use catalog::SourceFile;
use chrono::NaiveDate;
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng")
}

fn read(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, root, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "csv") {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
            files.push(SourceFile::new(name, std::fs::read_to_string(&path).expect("text")));
        }
    }
}

fn sample() -> Vec<SourceFile> {
    let mut files = Vec::new();
    read(&folder(), &folder(), &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn item(id: &str) -> String {
    std::fs::read_to_string(folder().join(format!("items/{id}.yaml"))).expect("an item")
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day")
}

fn section(code: &str) -> &'static Section {
    Subject::Item.section(code).expect("a section")
}

fn put(text: &str, changed: &[(String, Value)]) -> String {
    changed.iter().fold(text.to_owned(), |text, (key, value)| yaml::set(&text, key, value))
}

/// Every record of the sample that has a form, with its file.
fn records() -> Vec<(Subject, SourceFile, Record)> {
    let of = |file: SourceFile| {
        let subject = Subject::of(&file.path)?;
        let records = subject.records(&file.path, &file.text).expect("can be read");
        Some(records.into_iter().map(move |record| (subject, file.clone(), record)))
    };
    sample().into_iter().filter_map(of).flatten().collect()
}

#[test]
fn a_form_sent_back_as_it_came_changes_nothing() {
    let all = records();
    for subject in Subject::ALL {
        assert!(all.iter().filter(|(own, ..)| own == subject).count() >= 10, "{subject} are in the sample");
    }
    for (subject, file, record) in all {
        for section in subject.sections() {
            let same = written(section, &record.value, &rows(section, &record.value));
            assert_eq!(same, Ok(Vec::new()), "{} {} {}", file.path, record.id, section.code);
        }
    }
}

#[test]
fn one_record_written_anew_leaves_its_neighbours_letter_by_letter() {
    for (subject, file, record) in records() {
        let Value::Map(entries) = &record.value else { panic!("{} is a map", record.id) };
        let own: Vec<_> = entries.iter().filter(|(_, value)| *value != Value::Null).cloned().collect();
        let text = subject::written(&file.text, &record.place, &own);
        let after = subject.records(&file.path, &text).unwrap_or_else(|| panic!("{} can be read\n{text}", file.path));
        let before = subject.records(&file.path, &file.text).expect("could be read");
        assert_eq!(after.len(), before.len(), "{} {}", file.path, record.id);
        for (one, other) in before.iter().zip(&after) {
            let is_it = one.id == record.id;
            assert_eq!(meant(&other.value), meant(&one.value), "{} beside {}", one.id, record.id);
            assert!(is_it || one.value == other.value, "{} was touched with {}", one.id, record.id);
        }
        let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(comments(&text), comments(&file.text), "comments of {} stay", file.path);
    }
}

#[test]
fn a_row_moved_is_moved_in_the_file_and_nothing_is_said_to_have_changed() {
    let text = item("sign-filing");
    let value = yaml::read(&text).expect("an item");
    let mut sent = rows(section("materials"), &value);
    sent.swap(0, 1);
    let after = yaml::read(&put(&text, &written(section("materials"), &value, &sent).expect("can be taken")));
    let after = after.expect("an item");
    let id = |value: &Value, at: usize| value.get("materials").expect("rows").entries()[at].at("id").cloned();
    assert_eq!((id(&after, 0), id(&after, 1)), (id(&value, 1), id(&value, 0)));
    assert_eq!(lines(Subject::Item.sections(), &value, &after), [], "an order asks nothing of anybody");
}

#[test]
fn options_and_answers_of_a_question_are_typed_a_line_each() {
    let theme = Subject::Theme.find(&texts(&sample(), &[]), "open-hair-salon").expect("the theme");
    let questions = Subject::Theme.section("questions").expect("questions");
    let mut sent = rows(questions, &theme.value);
    let of = |sent: &[Row], id: &str| sent.iter().position(|row| row.one("id") == id).expect("a question");
    assert!(sent[of(&sent, "org_form")].one("options").starts_with("individual = 个体工商户 | 手续最简单"));
    assert_eq!(sent[of(&sent, "scope")].one("default"), "haircut");
    let at = of(&sent, "scope");
    sent[at].cells.insert("default", vec!["haircut、beauty".into()]);
    let at = of(&sent, "org_form");
    sent[at].cells.insert("options", vec!["individual＝个体工商户\n company = 公司 ｜ 出资额为限\n".into()]);
    let changed = written(questions, &theme.value, &sent).expect("can be taken");
    let after = &changed[0].1;
    let row = |id: &str| after.entries().iter().find(|row| row.at("id") == Some(&Value::plain(id))).expect("a row");
    assert_eq!(yaml::flow(row("scope").get("default").expect("a default")), "[haircut, beauty]");
    assert_eq!(
        yaml::flow(row("org_form").get("options").expect("options")),
        "[{value: individual, label: 个体工商户}, {value: company, label: 公司, hint: 出资额为限}]"
    );
    let at = of(&sent, "org_form");
    sent[at].cells.insert("options", vec!["个体工商户".into()]);
    let faults = written(questions, &theme.value, &sent).expect_err("no value");
    assert_eq!((faults[0].path, faults[0].code), ("options", "form-options"));
}

#[test]
fn a_material_comes_and_goes_and_its_file_stays() {
    let files = sample();
    let path = "materials/business.yaml";
    let before = candidate::text_of(&files, path).expect("a file");
    let section = Subject::Material.section("material").expect("a section");
    let row = Row {
        at: None,
        cells: [("name", vec!["现场照片".to_owned()]), ("issuer", vec!["self".to_owned()])].into(),
    };
    let said = written(section, &Value::Map(Vec::new()), &[row]).expect("can be taken");
    let (_, text) = Subject::Material.born("site-photo", said, (path, before));
    let born = Subject::Material.records(path, &text).expect("can be read").pop().expect("one");
    assert_eq!((born.id.as_str(), born.name(), born.one("issuer")), ("site-photo", "现场照片", "self"));
    assert!(text.starts_with(before), "what was there stays");
    let gone = yaml::remove(&text, born.place.at.expect("in a list"));
    assert_eq!(gone.trim_end(), before.trim_end());
    let first = yaml::remove(before, 0);
    assert!(first.starts_with('#'), "the comment above the first is about the file: {first}");
    assert_eq!(Subject::Material.records(path, &first).expect("can be read").len() + 1, {
        Subject::Material.records(path, before).expect("can be read").len()
    });
}

#[test]
fn a_new_item_says_what_another_says_under_a_code_of_its_own() {
    let files = sample();
    let taken: BTreeSet<String> = [yaml::read(&item("sign-filing")).expect("an item").at("code")]
        .into_iter()
        .flatten()
        .filter_map(|code| code.as_text().map(str::to_owned))
        .collect();
    let like = Subject::Item.find(&texts(&files, &[]), "sign-filing").expect("the item");
    let (path, text) =
        copied((&like, &item("sign-filing")), ("banner-filing", "条幅备案"), &taken, day()).expect("can be copied");
    assert_eq!(path, "items/banner-filing.yaml");
    let (old, new) = (yaml::read(&item("sign-filing")).expect("one"), yaml::read(&text).expect("the other"));
    assert_eq!(new.at("name").and_then(Value::as_text), Some("条幅备案"));
    assert_eq!(new.at("version"), Some(&Value::plain("1")));
    assert!(!taken.contains(new.at("code").and_then(Value::as_text).expect("a code")));
    assert_eq!(new.get("materials"), old.get("materials"));
}

#[test]
fn who_asks_for_a_changed_material_is_touched_by_it() {
    let files = sample();
    let path = "materials/business.yaml";
    let material = Subject::Material.find(&texts(&files, &[]), "site-proof").expect("a material");
    let before = candidate::text_of(&files, path).expect("a file");
    let text = subject::written(before, &material.place, &[("name".to_owned(), Value::text("场所证明"))]);
    let edits = [Edit { path: path.into(), text: Some(text), was: Some(before.into()) }];
    let (changes, others) = between(&files, &edits);
    assert_eq!(changes.len(), 1, "one of many in the file: {changes:?}");
    assert_eq!((changes[0].subject, changes[0].id.as_str()), (Subject::Material, "site-proof"));
    assert_eq!((changes[0].lines.len(), changes[0].lines[0].new.as_str()), (1, "场所证明"));
    assert_eq!(others, []);
    let compiled = catalog::compile(&files).0.expect("compiles");
    let touched = items_touched([&compiled.catalog, &compiled.catalog], &changes);
    assert!(touched.contains("sign-filing") && !touched.contains("birth-registration"), "{touched:?}");
    let known = authoring::Known::of(&compiled.catalog, &edits);
    assert_eq!(known.materials.get("site-proof").map(String::as_str), Some("场所证明"));
}

#[test]
fn every_key_of_every_item_can_be_written_anew_and_means_the_same() {
    for file in sample().iter().filter(|file| file.path.starts_with("items/")) {
        let value = yaml::read(&file.text).expect("an item");
        let Value::Map(entries) = &value else { panic!("{} is a map", file.path) };
        let text = entries.iter().fold(file.text.clone(), |text, (key, value)| match value {
            Value::Null => text,
            value => yaml::set(&text, key, value),
        });
        let again = yaml::read(&text).unwrap_or_else(|| panic!("{} can be read\n{text}", file.path));
        assert_eq!(meant(&again), meant(&value), "{}", file.path);
    }
}

/// The value without whether a text stood in quotes, which is no part of what a key means where it is a text.
fn meant(value: &Value) -> Value {
    match value {
        Value::Scalar { text, .. } => Value::plain(text.clone()),
        Value::List(entries) => Value::List(entries.iter().map(meant).collect()),
        Value::Map(entries) => Value::Map(entries.iter().map(|(key, value)| (key.clone(), meant(value))).collect()),
        Value::Null => Value::Null,
    }
}

#[test]
fn one_changed_cell_changes_one_key_and_leaves_the_other_lines_alone() {
    let text = item("food-permit-new").replace("fees: []", "# 不收费\nfees: []");
    let value = yaml::read(&text).expect("an item");
    let mut sent = rows(section("materials"), &value);
    sent[3].cells.insert("standard", vec!["只标功能区: 名称 # 和\"面积\"".into()]);
    let changed = written(section("materials"), &value, &sent).expect("can be taken");
    assert_eq!(changed.len(), 1);
    let after = put(&text, &changed);
    let row = &yaml::read(&after).expect("still an item").get("materials").expect("materials").entries()[3].clone();
    assert_eq!(row.at("standard").and_then(Value::as_text), Some("只标功能区: 名称 # 和\"面积\""));
    let outside = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with("  - {id: F") && !line.starts_with("materials"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(outside(&after), outside(&text), "comments and all");
    let waive = yaml::read(&after).expect("an item").get("materials").expect("materials").entries()[1].clone();
    assert_eq!(
        waive.get("waive").map(|waive| waive.entries().len()),
        Some(3),
        "rows that were not touched keep their ways"
    );
}

#[test]
fn rows_come_and_go() {
    let text = item("sign-filing");
    let value = yaml::read(&text).expect("an item");
    let mut sent = rows(section("faqs"), &value);
    let before = sent.len();
    let cells: BTreeMap<&'static str, Vec<String>> =
        [("q", vec!["要不要交效果图".to_owned()]), ("a", vec!["要，一份就行。".to_owned()])].into();
    sent.push(Row { at: None, cells });
    sent.push(Row::default());
    let text = put(&text, &written(section("faqs"), &value, &sent).expect("can be taken"));
    let value = yaml::read(&text).expect("an item");
    assert_eq!(rows(section("faqs"), &value).len(), before + 1, "a row left blank is none");
    let sent: Vec<Row> = rows(section("faqs"), &value).split_off(before);
    let text = put(&text, &written(section("faqs"), &value, &sent).expect("can be taken"));
    assert_eq!(
        rows(section("faqs"), &yaml::read(&text).expect("an item")),
        vec![Row { at: Some(0), ..sent[0].clone() }]
    );
}

#[test]
fn everything_that_cannot_be_taken_is_told_at_once() {
    let value = yaml::read(&item("sign-filing")).expect("an item");
    let mut sent = rows(section("materials"), &value);
    sent[0].cells.insert("holder", vec!["nobody".into()]);
    sent[1].cells.insert("copies", vec!["两".into()]);
    sent[2].cells.insert("waive", vec!["product".into()]);
    sent[3].cells.insert("material", vec![" ".into()]);
    let faults = written(section("materials"), &value, &sent).expect_err("four faults");
    let told: Vec<_> = faults.iter().map(|fault| (fault.row, fault.path, fault.code)).collect();
    assert_eq!(
        told,
        [
            (0, "holder", "form-option"),
            (1, "copies", "form-count"),
            (2, "waive", "form-waiver"),
            (3, "material", "required"),
        ]
    );
}

#[test]
fn money_is_typed_in_yuan() {
    let value = yaml::read(&item("id-card-renew")).expect("an item");
    let mut sent = rows(section("fees"), &value);
    let fen: i64 = value.get("fees").expect("fees").entries()[0]
        .at("amount_fen")
        .and_then(Value::as_text)
        .expect("an amount")
        .parse()
        .expect("a number");
    assert_eq!(sent[0].one("amount_fen"), format!("{}.{:02}", fen / 100, fen % 100));
    sent[0].cells.insert("amount_fen", vec!["12.5".into()]);
    let changed = written(section("fees"), &value, &sent).expect("can be taken");
    assert_eq!(changed[0].1.entries()[0].at("amount_fen"), Some(&Value::plain("1250")));
}

#[test]
fn a_version_is_raised_once() {
    let before = item("sign-filing");
    assert_eq!(form::raised(&before, Some(&before), day()), before, "what is the same keeps its version");
    let edited = yaml::set(&before, "plain", &Value::text("招牌"));
    let raised = form::raised(&edited, Some(&before), day());
    let value = yaml::read(&raised).expect("an item");
    assert_eq!(value.at("version"), Some(&Value::plain("2")));
    assert_eq!(value.at("effective"), Some(&Value::plain("2026-12-01")));
    let again = form::raised(&yaml::set(&raised, "plain", &Value::text("门头")), Some(&before), day());
    assert_eq!(yaml::read(&again).expect("an item").at("version"), Some(&Value::plain("2")));
}

#[test]
fn a_file_changed_on_both_sides_is_a_conflict_and_no_other() {
    let in_force = vec![SourceFile::new("items/a.yaml", "id: a\n"), SourceFile::new("items/b.yaml", "id: b\nnew: 1\n")];
    let edit =
        |path: &str, was: &str, text: &str| Edit { path: path.into(), text: Some(text.into()), was: Some(was.into()) };
    let edits = [
        edit("items/a.yaml", "id: a\n", "id: a\nmine: 1\n"),
        edit("items/b.yaml", "id: b\n", "id: b\nmine: 1\n"),
        edit("items/b.yaml", "id: b\n", "id: b\nnew: 1\n"),
        Edit { path: "items/c.yaml".into(), text: Some("id: c\n".into()), was: None },
    ];
    assert_eq!(conflicts(&in_force, &edits), ["items/b.yaml"], "the same change on both sides is none");
    assert_eq!(effective(&in_force, &edits).len(), 3);
}

#[test]
fn an_item_is_split_into_leaves_with_codes_of_their_own() {
    let files = sample();
    let taken: BTreeSet<String> = files
        .iter()
        .filter(|file| file.path.starts_with("items/"))
        .filter_map(|file| Some(yaml::read(&file.text)?.at("code")?.as_text()?.to_owned()))
        .collect();
    let value = yaml::read(&item("sign-filing")).expect("an item");
    let fields: BTreeSet<String> =
        rows(section("fields"), &value).iter().map(|row| row.one("element").to_owned()).collect();
    let leaf = |id: &str, name: &str, when: &str, materials: &[&str]| Leaf {
        id: id.into(),
        name: name.into(),
        situation: format!("适用：{name}"),
        when: when.into(),
        materials: materials.iter().map(|id| (*id).to_owned()).collect(),
        fields: fields.clone(),
    };
    let leaves = [
        leaf("sign-filing-own", "招牌备案（自有场所）", "site_source == 'own'", &["S1", "S2", "S3", "S4-own"]),
        leaf("sign-filing-rented", "招牌备案（租用场所）", "site_source != 'own'", &["S1", "S2", "S3", "S4"]),
    ];
    let written = split(&files, "sign-filing", &leaves, &taken, day()).expect("can be split");
    let code = |path: &str| {
        let text = &written.iter().find(|(one, _)| one == path).expect("is written").1;
        let value = yaml::read(text).expect("an item");
        assert_eq!(value.at("version"), Some(&Value::plain("1")));
        value.at("code").and_then(Value::as_text).expect("a code").to_owned()
    };
    let (own, rented) = (code("items/sign-filing-own.yaml"), code("items/sign-filing-rented.yaml"));
    assert_ne!(own, rented);
    assert!(!taken.contains(&own) && own[..31] == rented[..31]);
    let edits: Vec<Edit> = written
        .iter()
        .map(|(path, text)| Edit {
            path: path.clone(),
            text: Some(form::raised(text, candidate::text_of(&files, path), day())),
            was: candidate::text_of(&files, path).map(str::to_owned),
        })
        .collect();
    let (items, others) = between(&files, &edits);
    let whats: Vec<What> = items.iter().map(|item| item.what).collect();
    assert_eq!(whats.iter().filter(|what| **what == What::Added).count(), 2);
    assert_eq!(
        items.iter().find(|item| item.what == What::Withdrawn).expect("the old one").versions,
        (Some(1), Some(2))
    );
    let themes = items.iter().filter(|one| one.subject == Subject::Theme);
    assert_eq!((themes.count(), others.len()), (2, 0), "both themes that named it name the leaves: {others:?}");
    // What is left to do is said by the check: the scenarios of those themes expect the old item.
    let before = connect_free_check(&files);
    let after = connect_free_check(&candidate::files(&files, &edits));
    let new: Vec<_> = findings(&before, after).into_iter().filter(|found| found.is_new).collect();
    assert!(
        new.iter().all(|found| found.diagnostic.place.file.ends_with("scenarios.yaml")
            || found.diagnostic.severity == catalog::Severity::Warning),
        "{new:#?}"
    );
}

/// The check of catalogue and themes, without what stands to the right of this crate.
fn connect_free_check(files: &[SourceFile]) -> Vec<catalog::Diagnostic> {
    let (compiled, mut found) = catalog::compile(files);
    if let Some(compiled) = compiled {
        found.extend(themes::compile(&compiled.catalog, files).1);
    }
    found
}

#[test]
fn rows_of_one_law_are_told_apart_by_their_articles() {
    let before = yaml::read(&item("sign-filing")).expect("an item");
    assert_eq!(lines(Subject::Item.sections(), &before, &before), [], "two articles of one law are two rows");
    let mut sent = rows(section("basis"), &before);
    sent.remove(0);
    let changed = written(section("basis"), &before, &sent).expect("can be taken");
    let after = yaml::read(&put(&item("sign-filing"), &changed)).expect("an item");
    let told = lines(Subject::Item.sections(), &before, &after);
    assert_eq!((told.len(), told[0].new.as_str()), (1, ""), "one is gone and nothing else: {told:?}");
}

#[test]
fn serials_run_out_and_are_never_given_twice() {
    let stem = "11440604MB2C90012D4440131012001";
    let code = |serial: u32| format!("{stem}{serial:02}");
    let taken: BTreeSet<String> = [code(1), code(4)].into();
    assert_eq!(next_codes(&code(1), 2, &taken).expect("two"), [code(5), code(6)], "a gap was somebody's once");
    let full: BTreeSet<String> = [code(98)].into();
    assert_eq!(next_codes(&code(1), 2, &full).expect_err("no serial").code, "authoring.no-serial-left");
}

#[test]
fn items_are_found_by_the_files_they_stand_in() {
    let files = sample();
    let by_id = item_files(&files);
    assert_eq!(by_id.get("sign-filing").map(String::as_str), Some("items/sign-filing.yaml"));
    assert_eq!(by_id.len(), files.iter().filter(|file| file.path.starts_with("items/")).count());
}

proptest! {
    #[test]
    fn any_text_can_be_written_and_read_again(text in "\\PC{0,40}", key in "[a-z]{1,6}") {
        let file = "id: a\nrows:\n  - {x: 1}\n# 说明\nlast: b\n";
        let row = Value::Map(vec![("x".to_owned(), Value::text(text.clone()))]);
        let written = yaml::set(file, &key, &Value::List(vec![row]));
        let value = yaml::read(&written).expect("can be read");
        let said = value.get(&key).and_then(|rows| rows.entries()[0].get("x")).cloned();
        match said {
            Some(Value::Null) => prop_assert!(text.is_empty()),
            Some(said) => prop_assert_eq!(said.as_text(), Some(text.as_str())),
            None => prop_assert!(false, "{}", written),
        }
    }
}
