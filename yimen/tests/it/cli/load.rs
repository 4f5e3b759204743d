//! `yimen load DIR`: once, twice, only if empty, and never half.

use crate::binary::{Yimen, yimen};
use crate::district::{copy_of_sample, loaded_folder, sample};

fn load(folder: &std::path::Path, more: &[&str]) -> Yimen {
    let mut arguments = vec!["load", folder.to_str().expect("a path"), "--residents", "20", "--json"];
    arguments.extend(more);
    yimen(arguments)
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_twice_changes_nothing() {
    testkit::each_engine(async |url| {
        let data = tempfile::tempdir().expect("a folder");
        let run = |more: &[&str]| load(&sample(), more).data(data.path()).database(&url).run().ends_with(0).json();
        let first = run(&[]);
        let count = |key: &str| first[key].as_u64().unwrap_or_else(|| panic!("no {key} in {first}"));
        assert!(count("items") >= 24 && count("themes") >= 6, "{first}");
        assert!(count("accounts") >= 30 && count("residents") >= 20, "{first}");
        let second = run(&[]);
        assert_eq!(
            (second["items"].as_u64(), second["residents"].as_u64()),
            (Some(0), Some(0)),
            "nothing is new: {second}"
        );
        let third = run(&["--if-empty"]);
        assert_eq!((third["items"].as_u64(), third["accounts"].as_u64()), (Some(0), Some(0)), "{third}");
    })
    .await;
}

#[test]
fn a_catalogue_with_errors_is_not_loaded_at_all() {
    let (folder, data) = (copy_of_sample(), tempfile::tempdir().expect("a folder"));
    std::fs::write(folder.path().join("items/broken.yaml"), "id: [unclosed\n").expect("a file");
    let ran = load(folder.path(), &[]).data(data.path()).run().ends_with(1);
    assert!(ran.err.contains("items/broken.yaml"), "{}", ran.err);
    let ran = yimen(["serve"]).data(data.path()).run().ends_with(3);
    assert!(ran.err.contains("yimen load"), "nothing was published: {}", ran.err);
}

#[test]
fn a_published_version_never_changes() {
    let (folder, data) = (copy_of_sample(), loaded_folder());
    let file = folder.path().join("items/sign-filing.yaml");
    let text = std::fs::read_to_string(&file).expect("the item");
    let changed = text.replacen("\nname: ", "\nname: 改了名的", 1);
    std::fs::write(&file, &changed).expect("the item is changed");
    let ran = load(folder.path(), &[]).data(data.path()).run().ends_with(1);
    assert!(ran.err.contains("版本"), "it says to raise the version: {}", ran.err);

    let raised = changed.replacen("\nversion: 1\n", "\nversion: 2\n", 1);
    assert_ne!(raised, changed, "the item's version is 1 in the sample");
    std::fs::write(&file, raised).expect("the version is raised");
    load(folder.path(), &[]).data(data.path()).run().ends_with(0);
}
