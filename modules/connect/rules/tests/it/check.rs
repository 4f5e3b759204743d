//! A check that is edited says what one made of the edited files says, themes and scenarios and connectors with it.

use std::sync::Arc;

use catalog::SourceFile;
use catalog::sample::{AUTHORITIES, City, Seeded};
use connect::check::Check;

use crate::sample::{CATALOG, files};

/// Rounds of edits on one city.
const ROUNDS: usize = 30;

/// Another text for a file, of one of several kinds.
fn edited(text: &str, dice: &mut Seeded) -> Option<String> {
    let words = [
        "has_agent",
        "site_area",
        "culture",
        "licence",
        "applicant",
        "value: ",
        "when: ",
        "kind: bool",
        "id-card",
        "第",
    ];
    let (word, other) = (*dice.pick(&words), *dice.pick(&words));
    match dice.below(6) {
        // A letter more in a word makes another of it: an unknown name, a faulty expression, a broken line.
        0 | 1 => text.contains(word).then(|| text.replacen(word, &format!("x{word}"), 1)),
        2 => text.contains(word).then(|| text.replacen(word, other, 1)),
        3 => Some(format!("# 说明\n{text}")),
        4 => Some(text.chars().take(dice.below(text.len().max(1))).collect()),
        _ => None,
    }
}

#[test]
fn edited_it_says_what_the_edited_files_say() {
    let city = City::grow(&CATALOG, 11, AUTHORITIES, 40);
    let mut now = city.files(&files());
    now.extend(themes::sample::themes(&city, 20));
    now.sort_by(|one, other| one.path.cmp(&other.path));
    let first = now.clone();
    let mut check = Check::new(now.clone(), Arc::default());
    let mut dice = Seeded::new(5);
    for round in 0..ROUNDS {
        let file = dice.pick(&first).clone();
        let was = now.iter().find(|one| one.path == file.path).map(|one| one.text.clone());
        // Every second edit puts something right again, so that themes are reached.
        let text = match (round % 2, was) {
            (0, Some(was)) => edited(&was, &mut dice),
            _ => Some(file.text.clone()),
        };
        let spoilt = now.iter().find(|one| first.iter().all(|other| other != *one)).cloned();
        let (path, text) = match (round % 2, spoilt) {
            (1, Some(spoilt)) => {
                let before = first.iter().find(|one| one.path == spoilt.path).map(|one| one.text.clone());
                (spoilt.path, before)
            }
            _ => (file.path, text),
        };
        now.retain(|one| one.path != path);
        now.extend(text.iter().map(|text| SourceFile::new(path.clone(), text.clone())));
        now.sort_by(|one, other| one.path.cmp(&other.path));
        check.edit(&path, text.as_deref());
        let fresh = Check::new(now.clone(), Arc::default());
        assert_eq!(check.diagnostics(), fresh.diagnostics(), "round {round}, {path}");
        assert_eq!(check.counts(), fresh.counts(), "round {round}, {path}");
    }
}
