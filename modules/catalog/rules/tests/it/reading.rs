//! The reader takes any text: it reads it or says what is wrong, and never falls over.

use catalog::reader::{Yaml, load};
use catalog::{Report, SourceFile, compile, render};
use proptest::prelude::*;

use crate::small;

fn tree(text: &str) -> Option<catalog::reader::Node> {
    let files = [SourceFile::new("x.yaml", text)];
    let mut report = Report::new(&files);
    load(0, &mut report)
}

#[test]
fn quoted_and_block_scalars_keep_their_text_and_their_line() {
    let files = [SourceFile::new("x.yaml", "a: '甲'\nb: |\n  乙\n  丙\nc: ~\n")];
    let mut report = Report::new(&files);
    let node = load(0, &mut report).expect("this is YAML");
    assert_eq!(node.get("a").and_then(|a| a.text()), Some("甲"));
    assert_eq!(node.get("b").and_then(|b| b.text()), Some("乙\n丙\n"));
    assert!(node.get("c").is_some_and(|c| c.is_null()));
    let span = node.place(&["b".into()]);
    report.at(&catalog::codes::EMPTY_TEXT, span, "here");
    assert_eq!(report.finish()[0].place.line, 3, "a block is pointed at by its first line of text");
}

#[test]
fn lines_are_right_whatever_ends_them_and_whatever_begins_the_file() {
    for text in ["a: 1\r\nb: 甲乙\r\nc: [x\r\n", "\u{feff}a: 1\nb: 甲乙\nc: [x\n"] {
        let files = [SourceFile::new("items/x.yaml", text)];
        let (_, diagnostics) = compile(&files);
        let broken = diagnostics.iter().find(|d| d.code == "E0001").expect("the bracket is open");
        assert!((3..=4).contains(&broken.place.line), "{text:?}: {broken:?}");
    }
}

#[test]
fn nothing_is_a_null_and_one_value_is_itself() {
    assert!(tree("").expect("empty is fine").is_null());
    assert!(tree("# nur ein Kommentar\n").expect("a comment is fine").is_null());
    assert!(matches!(tree("x").expect("a scalar is fine").yaml, Yaml::Scalar { .. }));
}

#[test]
fn a_bomb_of_aliases_is_refused_at_its_first_fuse() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    let (_, diagnostics) = compile(&[SourceFile::new("items/bomb.yaml", bomb)]);
    assert!(diagnostics.iter().any(|d| d.code == "E0009" && d.place.line == 1));
}

/// The compiler says something sensible about any files, and what it says can be printed.
fn survives(files: &[SourceFile]) {
    let (_, diagnostics) = compile(files);
    for diagnostic in &diagnostics {
        let file = files.iter().find(|file| file.path == diagnostic.place.file);
        if let Some(file) = file {
            assert!(file.text.get(diagnostic.place.start..diagnostic.place.end).is_some(), "{diagnostic:?}");
        }
    }
    render(&diagnostics, files, Default::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text_at_all(text in any::<String>()) {
        survives(&[SourceFile::new("items/x.yaml", text.clone()), SourceFile::new("district.yaml", text)]);
    }

    #[test]
    fn text_that_looks_like_yaml(text in "([a-z]{1,3}:|- |  |\\[|\\]|\\{|\\}|'|\"|[甲乙&*!|>#?,%@`~\r\t]|\n){0,60}") {
        survives(&[SourceFile::new("elements/x.yaml", text)]);
    }

    #[test]
    fn a_catalogue_with_a_piece_torn_out(which in 0_usize..12, from in 0.0_f64..1.0, length in 1_usize..40) {
        let mut files = small::files();
        let text = &mut files[which].text;
        let letters: Vec<char> = text.chars().collect();
        let start = (from * letters.len() as f64) as usize;
        let end = (start + length).min(letters.len());
        *text = letters[..start].iter().chain(&letters[end..]).collect();
        survives(&files);
    }
}
