//! A small catalogue in which nothing is wrong, and ways to spoil it.

use catalog::SourceFile;

/// The files of the small catalogue.
pub fn files() -> Vec<SourceFile> {
    macro_rules! small {
        ($($path:literal from $file:literal),* $(,)?) => {
            vec![$(SourceFile::new($path, include_str!(concat!("small/", $file)))),*]
        };
    }
    small! {
        "district.yaml" from "district.yaml",
        "regions.csv" from "regions.csv",
        "calendar.csv" from "calendar.csv",
        "authorities/all.yaml" from "authorities.yaml",
        "halls/all.yaml" from "halls.yaml",
        "staff/all.yaml" from "staff.yaml",
        "elements/all.yaml" from "elements.yaml",
        "materials/all.yaml" from "materials.yaml",
        "licences/all.yaml" from "licences.yaml",
        "laws/all.yaml" from "laws.yaml",
        "items/register.yaml" from "items/register.yaml",
        "items/permit.yaml" from "items/permit.yaml",
        "delegations.yaml" from "delegations.yaml",
    }
}

/// Replaces one passage of one file, which must be there exactly once.
pub fn replace(files: &mut [SourceFile], path: &str, from: &str, to: &str) {
    let file = files.iter_mut().find(|file| file.path == path).unwrap_or_else(|| panic!("no file {path}"));
    assert_eq!(file.text.matches(from).count(), 1, "{from:?} stands once in {path}");
    file.text = file.text.replacen(from, to, 1);
}

/// The line (from one) of a file on which a passage stands first.
pub fn line_of(files: &[SourceFile], path: &str, passage: &str) -> u32 {
    let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no file {path}"));
    let at = file.text.find(passage).unwrap_or_else(|| panic!("{passage:?} is not in {path}"));
    file.text[..at].matches('\n').count() as u32 + 1
}

#[test]
fn nothing_is_wrong_with_the_small_catalogue() {
    let files = files();
    let (compiled, diagnostics) = catalog::compile(&files);
    assert_eq!(catalog::render(&diagnostics, &files, Default::default()), "没有发现问题\n");
    let compiled = compiled.expect("a catalogue without errors compiles");
    assert_eq!(compiled.catalog.items.len(), 2);
    assert!(compiled.calendar.is_some());
    let (item, rules) = compiled.item("permit").expect("the permit is there");
    assert_eq!(item.basic_code(), "440123009001");
    assert_eq!(rules.materials[2].waive[1].as_ref().map(|when| when.source()), Some("commit"));
    assert_eq!(compiled.catalog.provider(&"business-licence".into()).map(|item| &*item.id), Some("register"));
}

#[test]
fn a_catalogue_survives_storage() {
    let (compiled, _) = catalog::compile(&files());
    let compiled = compiled.expect("a catalogue without errors compiles");
    let json = serde_json::to_string(&compiled.catalog).expect("a catalogue is plain data");
    let back = serde_json::from_str(&json).expect("what was written can be read");
    let again = catalog::Compiled::from_catalog(back, None).expect("its conditions still compile");
    assert_eq!(again.catalog, compiled.catalog);
    assert_eq!(again.rules, compiled.rules);
}
