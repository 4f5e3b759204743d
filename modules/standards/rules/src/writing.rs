//! Rows of ours as a table, in our own columns; what other offices had beside them follows under its own heads. Reading the
//! table again gives the same rows.

use std::collections::BTreeSet;

use crate::cells::{cell, line};
use crate::column::Column;
use crate::list::{Phase, Row};
use crate::sheet::Sheet;

/// The table of these rows.
pub fn write<'r>(rows: impl IntoIterator<Item = &'r Row> + Clone) -> Sheet {
    let others: BTreeSet<&str> =
        rows.clone().into_iter().flat_map(|row| row.other.keys().map(String::as_str)).collect();
    let heads = Column::ALL.iter().map(|column| column.head()).chain(others.iter().copied());
    let heads = heads.map(str::to_owned).collect();
    let cells = |row: &Row| {
        let own = Column::ALL.iter().map(|column| value(row, *column));
        own.chain(others.iter().map(|head| row.other.get(*head).cloned().unwrap_or_default())).collect()
    };
    Sheet { heads, rows: rows.into_iter().map(cells).collect() }
}

fn value(row: &Row, column: Column) -> String {
    let duties = |phase| cell(row.duties_of(phase).map(|text| line(&[text])));
    match column {
        Column::List => row.list.code().to_owned(),
        Column::Name => row.name.clone(),
        Column::Code => row.code.clone(),
        Column::MainItem => row.main_item.clone(),
        Column::Matter => row.matter.map(|matter| matter.code().to_owned()).unwrap_or_default(),
        Column::Unit => row.unit.name.clone(),
        Column::UnitCode => row.unit.code.clone(),
        Column::Level => row.level.map(|level| level.label().to_owned()).unwrap_or_default(),
        Column::Region => row.region.clone(),
        Column::Basis => cell(row.basis.iter().map(|basis| line(&[&basis.law, &basis.article, &basis.text]))),
        Column::DutiesBefore => duties(Phase::Before),
        Column::DutiesDuring => duties(Phase::During),
        Column::DutiesAfter => duties(Phase::After),
        Column::Liability => cell(row.liability.iter().map(|one| line(&[one]))),
        Column::Stages => cell(row.stages.iter().map(|stage| line(&[&stage.name, &stage.by, &stage.within]))),
        Column::Risks => cell(row.risks.iter().map(|risk| line(&[&risk.point, risk.level.label(), &risk.measure]))),
        Column::Boundaries => {
            cell(row.boundaries.iter().map(|one| line(&[&one.matter, &one.lead, &one.assist.join("、")])))
        }
        Column::Charge => row.charge.clone(),
        Column::Item => row.item.clone().unwrap_or_default(),
    }
}
