//! From codes and facts to what people read: dates with their weekday, licences and posts by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use access_service::{Visit, Words};
use casework::application::{Sentence, application_sentence};
use casework::{Outcome, Power, Status};
use catalog::Item;
use catalog::model::ItemKind;
use catalog_service::Shelf;
use chrono::NaiveDate;
use kernel::refusal::Refusal;
use platform::Fault;
use platform::sealed::{Sealer, Sealing};
use ui::say;

use crate::acts::Matter;
use crate::pins;

/// What deciding so is called for items of this kind (权力类型): a filing is not permitted and a payment not confirmed.
pub fn outcome_word(words: &Words, kind: ItemKind, outcome: Outcome) -> String {
    words.get(&format!("by-kind.{kind}-{}", outcome.code())).to_owned()
}

/// The words of this module, the catalogue they name things by, and the day they are said.
pub(crate) struct Wording {
    pub(crate) words: Arc<Words>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) today: NaiveDate,
    /// Opens names that the record keeps sealed.
    pub(crate) sealer: Sealer,
}

impl Wording {
    /// For this visit. An installation without words says codes.
    pub(crate) fn of(visit: &Visit) -> Result<Self, Fault> {
        let words = visit.world.parts.get::<Words>().unwrap_or_default();
        let sealer = visit.world.db.reader().sealer().clone();
        Ok(Self { words, shelf: pins::shelf(&visit.world)?, today: visit.today(), sealer })
    }

    /// The word of a code.
    pub(crate) fn word(&self, table: &str, code: &str) -> String {
        self.words.get(&format!("{table}.{code}")).to_owned()
    }

    /// A day with its weekday.
    pub(crate) fn day(&self, day: NaiveDate) -> String {
        say::day_short(day, self.today)
    }

    /// A licence type's name.
    pub(crate) fn licence(&self, id: &str) -> String {
        self.shelf.catalog().licences.get(id).map_or_else(|| id.to_owned(), |licence| licence.name.clone())
    }

    /// A refusal whose facts can be read: the doors fill them into its sentence as they are.
    pub(crate) fn refusal(&self, refusal: Refusal) -> Refusal {
        let facts = refusal.facts.into_iter().map(|(name, value)| (self.fact(&name, &value), name));
        Refusal { facts: facts.map(|(value, name)| (name, value)).collect(), ..refusal }
    }

    /// An outcome as items of this kind call it: 准予许可, 予以备案, 不予给付.
    pub(crate) fn outcome(&self, item: &Item, outcome: Outcome) -> String {
        outcome_word(&self.words, item.kind, outcome)
    }

    /// The word of a status. What was decided is called as the item's kind calls it.
    pub(crate) fn status(&self, item: &Item, status: Status) -> String {
        match status {
            Status::Granted => self.outcome(item, Outcome::Grant),
            Status::Refused => self.outcome(item, Outcome::Refuse),
            _ => self.word("status", status.code()),
        }
    }

    /// The sentence for the applicant about the whole application.
    pub(crate) fn application(&self, matter: &Matter<'_>) -> String {
        let said = application_sentence(&matter.siblings(), matter.today());
        // An application of one case is spoken of as that case; of several nothing is said that hangs on the kind.
        matter.members.first().map_or_else(String::new, |member| self.sentence(&said, &member.item))
    }

    /// The sentence for the applicant about a case of this item.
    pub(crate) fn sentence(&self, sentence: &Sentence, item: &Item) -> String {
        let mut facts: BTreeMap<String, String> =
            sentence.facts.iter().map(|(name, value)| ((*name).to_owned(), self.fact(name, value))).collect();
        let result = || self.words.get("by-kind.result").to_owned();
        facts.insert("granted".to_owned(), self.words.get(&format!("by-kind.{}-granted", item.kind)).to_owned());
        facts.insert("refusal".to_owned(), self.outcome(item, Outcome::Refuse));
        facts.insert("result".to_owned(), item.result.name.clone().unwrap_or_else(result));
        self.words.fill(&format!("sentence.{}", sentence.code), &facts)
    }

    /// By whose power, in a sentence: 由张槎街道办受区市场监管局委托办理（禅市监函〔2026〕8号）.
    pub(crate) fn power(&self, power: &Power) -> String {
        let name = |id: &str| self.shelf.authority_short(id).to_owned();
        let facts = BTreeMap::from([
            ("of".to_owned(), name(&power.of)),
            ("by".to_owned(), name(&power.by)),
            ("document".to_owned(), power.document.clone().unwrap_or_default()),
        ]);
        self.words.fill(&format!("by-power.{}", power.kind.code()), &facts)
    }

    /// A line of the journal.
    pub(crate) fn line(&self, key: &str, facts: &[(&str, String)]) -> String {
        self.filled("journal", key, facts)
    }

    /// The word of a code that has facts in it.
    pub(crate) fn filled(&self, table: &str, code: &str, facts: &[(&str, String)]) -> String {
        let facts = facts.iter().map(|(name, value)| ((*name).to_owned(), self.fact(name, value))).collect();
        self.words.fill(&format!("{table}.{code}"), &facts)
    }

    /// One fact by its name: the rules hand over codes and plain dates.
    fn fact(&self, name: &str, value: &str) -> String {
        match name {
            "licence" | "licences" => value.split(',').map(|id| self.licence(id)).collect::<Vec<_>>().join("、"),
            "role" => self.word("role", value),
            "authority" => self.shelf.authority_short(value).to_owned(),
            "status" => self.word("status", value),
            "why" => self.word("no-date", value),
            // Whoever wrote it closed the sentence; here it stands inside another one.
            "reason" => value.trim_end_matches(['。', '；', '，', '.', ' ']).to_owned(),
            _ => value.parse::<NaiveDate>().map_or_else(|_| value.to_owned(), |day| self.day(day)),
        }
    }
}
