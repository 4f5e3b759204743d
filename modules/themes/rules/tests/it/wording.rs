//! What the compiler says of faulty words: two sound files with one thing spoilt, and one finding of that code.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use catalog::{Catalog, SourceFile};
use themes::{Theme, Wording, wording};

use crate::shelf::chancheng;

static DISTRICT: LazyLock<(Catalog, Vec<Theme>)> = LazyLock::new(|| {
    let files = chancheng();
    let catalog = catalog::compile(&files).0.expect("a catalogue").catalog;
    let themes = themes::compile(&catalog, &files).0.expect("themes");
    (catalog, themes)
});

const WORDS: &str = "words:\n  - {word: 身份证, said: [二代证, 身份证件]}\n  - {word: 烟证, said: [卖烟]}\n";
const FILLERS: &str = "fillers: [请问, 怎么办理]\n";

/// Code, what is spoilt, and what it becomes.
const PLANTS: &[(&str, &str, &str)] = &[
    ("E0003", "fillers:", "filler:"),
    ("E0801", "[卖烟]", "[卖烟, 二代证]"),
    ("E0801", "[卖烟]", "[卖烟, 卖烟]"),
    ("E0802", "[卖烟]", "[烟证]"),
    ("E0803", "[卖烟]", "[身份证]"),
    ("E0804", "请问", "二代证"),
    ("E0804", "请问", "身份证"),
    ("E0805", "[卖烟]", "[我想在楼下的小店里卖一点香烟]"),
    ("W0806", "word: 烟证, said", "word: 火箭发射证, said"),
    ("E0807", "请问", "怀孕了"),
];

fn compiled(words: &str, fillers: &str) -> (Option<Wording>, Vec<&'static str>) {
    let files = [SourceFile::new("words/words.yaml", words), SourceFile::new("words/fillers.yml", fillers)];
    let (found, diagnostics) = wording::compile(&DISTRICT.0, &DISTRICT.1, &files);
    assert_eq!(found.is_none(), catalog::diagnostic::has_errors(&diagnostics));
    (found, diagnostics.iter().map(|one| one.code).collect())
}

#[test]
fn sound_words_of_all_files_come_together() {
    let (found, codes) = compiled(WORDS, FILLERS);
    let found = found.expect("words");
    assert_eq!((codes, found.words.len(), found.fillers.len()), (vec![], 2, 2));
}

#[test]
fn one_fault_one_code() {
    for (code, from, to) in PLANTS {
        let (words, fillers) = (WORDS.replacen(from, to, 1), FILLERS.replacen(from, to, 1));
        assert!(words != WORDS || fillers != FILLERS, "nothing holds {from}");
        assert_eq!(compiled(&words, &fillers).1, [*code], "{from} -> {to}");
    }
}

#[test]
fn every_code_has_a_plant() {
    let planted: BTreeSet<&str> = PLANTS.iter().map(|(code, ..)| *code).collect();
    let missing: Vec<&str> = wording::codes::all().map(|code| code.id).filter(|code| !planted.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(wording::codes::all().all(|code| themes::codes::explain(code.id).is_none()));
}

#[test]
fn the_sample_district_speaks_soundly() {
    let (found, diagnostics) = wording::compile(&DISTRICT.0, &DISTRICT.1, &chancheng());
    assert_eq!(diagnostics, []);
    assert!(found.expect("words").words.len() > 40);
}

#[test]
fn a_district_without_words_has_none() {
    let (found, diagnostics) = wording::compile(&DISTRICT.0, &DISTRICT.1, &[]);
    assert_eq!((found, diagnostics), (Some(Wording::default()), vec![]));
}
