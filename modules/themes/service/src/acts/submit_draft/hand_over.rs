//! The form as casework takes it, and how the results are to be handed over.

use std::collections::BTreeMap;

use casework_service::{FormEntry, Origin};
use themes::Question;

use crate::draft::Draft;
use crate::filing::{self, Filing};

/// The element that says how results are handed over (领取方式).
const WAY: &str = "delivery_way";
/// Where the choice is kept in the sheet of a theme that has no question about it.
pub(crate) const WAY_KEY: &str = "_delivery";

/// The question of the theme that asks how results are handed over, if it has one.
pub(crate) fn question<'t>(filing: &Filing<'t>) -> Option<&'t Question> {
    filing.question_about(WAY)
}

/// The chosen way: the answer to the theme's own question, else what was chosen on the last page, else the first way the
/// theme offers.
pub(crate) fn chosen(draft: &Draft, filing: &Filing<'_>) -> String {
    let answers = filing.effective_answers();
    let answered = question(filing).and_then(|question| answers.get(&question.id)).map(ToString::to_string);
    let typed = || draft.form.typed(WAY_KEY).and_then(|typed| typed.first().cloned());
    let offered = || filing.theme.handover.first().map(|way| word(*way).to_owned());
    answered.or_else(typed).or_else(offered).unwrap_or_else(|| "electronic".to_owned())
}

/// The word of a way, as the element's options and casework have it.
pub(crate) fn word(way: themes::Handover) -> &'static str {
    match way {
        themes::Handover::Window => "window",
        themes::Handover::Mail => "mail",
        themes::Handover::Electronic => "electronic",
    }
}

/// Every entry with a value, and where it came from.
pub(super) fn form(filing: &Filing<'_>) -> BTreeMap<String, FormEntry> {
    let entries = filing.entries().filter_map(|entry| {
        let value = entry.value.clone()?;
        let origin = match (entry.origin, &entry.record) {
            (filing::Origin::Record, Some(record)) => Origin::Record {
                source: record.source.clone(),
                authority: Some(record.authority.to_string()),
                as_of: Some(record.as_of),
            },
            (filing::Origin::Answered(_), _) => Origin::Answered,
            (filing::Origin::Derived | filing::Origin::Carried, _) => Origin::Derived,
            (filing::Origin::Record | filing::Origin::Typed, _) => Origin::Typed,
        };
        Some((entry.element().code.to_string(), FormEntry { value, origin }))
    });
    entries.collect()
}
