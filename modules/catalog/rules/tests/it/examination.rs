//! An examination that is edited says the same as one made of the edited files: whatever is edited, in whatever order.

use std::sync::Arc;

use catalog::{Diagnostic, Examination, SourceFile};
use proptest::prelude::*;

use crate::small;

fn sorted() -> Vec<SourceFile> {
    let mut files = small::files();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Everything that can be told of it.
fn told(examination: Examination) -> (Vec<Diagnostic>, String) {
    let (diagnostics, catalog) = (examination.diagnostics(), format!("{:?}", examination.catalog()));
    let examined = examination.into_examined();
    assert_eq!(examined.diagnostics, diagnostics);
    assert_eq!(format!("{:?}", examined.compiled.catalog), catalog);
    (diagnostics, format!("{catalog}{:?}", examined.compiled.rules))
}

/// One edit: of which file, and how.
#[derive(Debug, Clone)]
enum Edit {
    /// Replaces a passage of this number among `PASSAGES` by another.
    Passage {
        from: usize,
        to: usize,
    },
    /// Cuts the file off.
    CutOff {
        file: usize,
        at: usize,
    },
    /// Puts lines before everything, so that all places move.
    Shift {
        file: usize,
        lines: usize,
    },
    Remove {
        file: usize,
    },
    /// As it was at first.
    Restore {
        file: usize,
    },
    /// The same records in a second file.
    Copy {
        file: usize,
    },
}

/// Passages that stand in several files and tie them together.
const PASSAGES: [&str; 24] = [
    "market",
    "health",
    "form",
    "id-card",
    "business-licence",
    "hygiene-permit",
    "test-report",
    "name-declaration",
    "register",
    "permit",
    "uscc",
    "area",
    "service",
    "extras",
    "commit",
    "ent_name",
    "op_id",
    "第四条",
    "第十六条",
    "公共场所卫生管理条例",
    "市场主体登记管理条例",
    "active",
    "government",
    "required",
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let file = 0..13usize;
    let one = prop_oneof![
        6 => (0..PASSAGES.len(), 0..PASSAGES.len()).prop_map(|(from, to)| Edit::Passage { from, to }),
        1 => (file.clone(), 0..400usize).prop_map(|(file, at)| Edit::CutOff { file, at }),
        1 => (file.clone(), 1..4usize).prop_map(|(file, lines)| Edit::Shift { file, lines }),
        1 => file.clone().prop_map(|file| Edit::Remove { file }),
        2 => file.clone().prop_map(|file| Edit::Restore { file }),
        1 => file.prop_map(|file| Edit::Copy { file }),
    ];
    prop::collection::vec((one, 0..13usize), 1..8).prop_map(|edits| edits.into_iter().map(|(edit, _)| edit).collect())
}

/// What becomes of one file; None is a file that is gone. Nothing where the edit does not apply.
fn applied(edit: &Edit, first: &[SourceFile], now: &[SourceFile]) -> Option<(String, Option<String>)> {
    let at = |file: &usize| first[*file % first.len()].path.clone();
    let text = |path: &str| now.iter().find(|file| file.path == path).map(|file| file.text.clone());
    match edit {
        Edit::Passage { from, to } => {
            let holder = now.iter().filter(|file| file.text.contains(PASSAGES[*from]));
            let file = holder.min_by_key(|file| (file.path.len() + from + to) % 7)?;
            Some((file.path.clone(), Some(file.text.replacen(PASSAGES[*from], PASSAGES[*to], 1))))
        }
        Edit::CutOff { file, at: keep } => {
            let path = at(file);
            let cut = text(&path)?.chars().take(*keep).collect();
            Some((path, Some(cut)))
        }
        Edit::Shift { file, lines } => {
            let path = at(file);
            let moved = format!("{}{}", "# 说明\n".repeat(*lines), text(&path)?);
            Some((path, Some(moved)))
        }
        Edit::Remove { file } => Some((at(file), None)),
        Edit::Restore { file } => Some((at(file), Some(first[*file % first.len()].text.clone()))),
        Edit::Copy { file } => {
            let path = at(file);
            let (folder, _) = path.split_once('/')?;
            Some((format!("{folder}/copy.yaml"), Some(text(&path)?)))
        }
    }
}

fn with(files: &mut Vec<SourceFile>, path: &str, text: Option<&str>) {
    files.retain(|file| file.path != path);
    files.extend(text.map(|text| SourceFile::new(path, text)));
    files.sort_by(|one, other| one.path.cmp(&other.path));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn edited_it_says_what_the_edited_files_say(edits in edits()) {
        let first = sorted();
        let mut files = first.clone();
        let mut examination = Examination::new(first.clone(), Arc::default());
        // Asked for once, the plain catalogue is kept up to date, too.
        examination.catalog();
        for edit in &edits {
            let Some((path, text)) = applied(edit, &first, &files) else { continue };
            with(&mut files, &path, text.as_deref());
            examination.edit(&path, text.as_deref());
            let fresh = Examination::new(files.clone(), Arc::default());
            let names = |files: &mut dyn Iterator<Item = &SourceFile>| files.map(|file| file.path.clone()).collect::<Vec<_>>();
            prop_assert_eq!(names(&mut examination.files()), names(&mut fresh.files()));
            prop_assert_eq!(examination.diagnostics(), fresh.diagnostics(), "after {:?}", edit);
        }
        prop_assert_eq!(told(examination), told(Examination::new(files, Arc::default())));
    }
}

#[test]
fn an_edit_says_what_it_changed() {
    let mut examination = Examination::new(sorted(), Arc::default());
    let text = sorted().into_iter().find(|file| file.path == "items/permit.yaml").expect("it is there").text;
    assert!(examination.edit("items/permit.yaml", Some(&text)).ids.is_empty(), "nothing was changed");
    let spaced = format!("# 说明\n{text}");
    assert!(
        examination.edit("items/permit.yaml", Some(&spaced)).ids.is_empty(),
        "it stands elsewhere and says the same"
    );
    let other = text.replace("value: 5, unit: workday", "value: 4, unit: workday");
    let change = examination.edit("items/permit.yaml", Some(&other));
    assert_eq!((change.ids.len(), change.keys), (1, false));
    let gone = examination.edit("items/permit.yaml", None);
    assert_eq!((gone.ids.len(), gone.keys), (1, true));
    assert_eq!(examination.catalog().items.len(), 1);
}
