//! Writing a list and reading it again gives the same rows, whatever stands in them.

use catalog::model::{Citation, GovernmentLevel, RiskLevel};
use proptest::prelude::*;
use standards::list::{Boundary, Duty, ListKind, Matter, Phase, RiskPoint, Row, Stage, Unit};
use standards::mapping::Mapping;
use standards::reading::{Known, read};
use standards::writing::write;

/// Texts of the kind people write, with everything that could be taken for a mark of ours.
fn text() -> impl Strategy<Value = String> {
    let letter = prop::sample::select(vec![
        '甲', '乙', '权', '1', ' ', '｜', '\\', '\n', '\r', 'n', 's', '→', '、', '《', '》', '：', '"', ',',
    ]);
    prop::collection::vec(letter, 1..9).prop_map(|letters| {
        let text: String = letters.into_iter().collect();
        // At both ends a text has no blanks: nobody writes them on purpose.
        let text = text.trim().to_owned();
        if text.is_empty() { "甲".to_owned() } else { text }
    })
}

fn line() -> impl Strategy<Value = String> {
    text()
        .prop_map(|text| text.replace(['\n', '\r'], "").trim().to_owned())
        .prop_filter("words", |text| !text.is_empty())
}

fn duties() -> impl Strategy<Value = Vec<Duty>> {
    let of = |phase| prop::collection::vec(text().prop_map(move |text| Duty { phase, text }), 0..3);
    (of(Phase::Before), of(Phase::During), of(Phase::After)).prop_map(|(a, b, c)| [a, b, c].concat())
}

fn row() -> impl Strategy<Value = Row> {
    let names = (prop::sample::select(ListKind::ALL), line(), line(), line(), line());
    let codes = (
        prop::option::of(prop::sample::select(Matter::ALL)),
        prop::option::of(prop::sample::select(GovernmentLevel::ALL)),
    );
    let basis = prop::collection::vec((line(), text(), text()), 0..3);
    // One step alone with an arrow in its name is what offices write for several.
    let stages = prop::collection::vec((text(), text(), text()), 2..4);
    let risks = prop::collection::vec((text(), prop::sample::select(RiskLevel::ALL), text()), 0..3);
    let boundaries = prop::collection::vec((text(), text(), prop::collection::vec(line(), 1..3)), 0..3);
    let liability = prop::collection::vec(text(), 0..3);
    (names, codes, basis, duties(), stages, risks, boundaries, liability).prop_map(
        |((list, name, unit, code, other), (matter, level), basis, duties, stages, risks, boundaries, liability)| Row {
            code,
            matter,
            level,
            basis: basis
                .into_iter()
                .map(|(law, article, text)| Citation { law: law.as_str().into(), article, text })
                .collect(),
            duties,
            liability,
            stages: stages.into_iter().map(|(name, by, within)| Stage { name, by, within }).collect(),
            risks: risks.into_iter().map(|(point, level, measure)| RiskPoint { point, level, measure }).collect(),
            boundaries: boundaries
                .into_iter()
                .map(|(matter, lead, assist)| Boundary {
                    matter,
                    lead,
                    assist: assist
                        .into_iter()
                        .map(|one| one.replace('、', "").trim().to_owned())
                        .filter(|one| !one.is_empty())
                        .collect(),
                })
                .collect(),
            other: [("备注".to_owned(), other)].into(),
            ..Row::new(list, name, Unit { name: unit, ..Unit::default() })
        },
    )
}

proptest! {
    #[test]
    fn rows_come_back_as_they_were(rows in prop::collection::vec(row(), 1..4)) {
        let sheet = write(&rows);
        let mapping = Mapping::guess(&sheet, ListKind::Power);
        let again: Vec<Row> = read(&sheet, &mapping, &Known::default()).into_iter().map(|read| read.row).collect();
        prop_assert_eq!(again, rows);
    }
}
