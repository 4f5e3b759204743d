//! What casework, fees and the courier module say in their events, as far as people are told of it.

use std::collections::{BTreeMap, BTreeSet};

use casework_service::reads::Heading;
use catalog_service::Shelf;
use chrono::NaiveDate;
use courier::{Direction, Finding};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use kernel::money::Money;
use serde::Deserialize;

/// The facts of an event.
#[derive(Debug, Deserialize)]
pub(crate) struct Heard {
    /// Absent where the application itself is what the event is about.
    #[serde(default)]
    pub(crate) application: Option<ApplicationId>,
    pub(crate) number: String,
    pub(crate) theme_name: String,
    pub(crate) subject: SubjectId,
    #[serde(default)]
    pub(crate) agent: Option<SubjectId>,
    #[serde(default)]
    pub(crate) item: Option<String>,
    #[serde(default)]
    pub(crate) item_name: Option<String>,
    #[serde(default)]
    pub(crate) authority: Option<String>,
    #[serde(default)]
    pub(crate) outcome: Option<String>,
    #[serde(default)]
    pub(crate) due: Option<NaiveDate>,
    #[serde(default)]
    pub(crate) days: Option<u32>,
    #[serde(default)]
    pub(crate) place: Option<String>,
    /// A sum of money in 分.
    #[serde(default)]
    pub(crate) fen: Option<i64>,
}

/// What fees says of an order to pay.
#[derive(Debug, Deserialize)]
pub(crate) struct HeardFee {
    pub(crate) case: CaseId,
    pub(crate) fen: i64,
    #[serde(default)]
    pub(crate) due: Option<NaiveDate>,
    /// Whether a payment settles the order; one that does not is on its way back.
    #[serde(default = "settles")]
    pub(crate) counts: bool,
}

fn settles() -> bool {
    true
}

/// What the courier module says of a parcel.
#[derive(Debug, Deserialize)]
pub(crate) struct HeardParcel {
    pub(crate) application: ApplicationId,
    /// Which way it goes.
    #[serde(default = "outwards")]
    pub(crate) direction: Direction,
    /// What came of opening it.
    #[serde(default)]
    pub(crate) finding: Option<Finding>,
}

/// Words of an older server name none, and none of its parcels came in.
fn outwards() -> Direction {
    Direction::Out
}

impl Heard {
    /// What is told of something another module says, which knows only the ids.
    pub(crate) fn about(of: Heading) -> Self {
        let (item, item_name, authority) = match of.case {
            Some(case) => (Some(case.item), Some(case.item_name), Some(case.authority)),
            None => (None, None, None),
        };
        Self {
            application: Some(of.application),
            number: of.number,
            theme_name: of.theme_name,
            subject: of.subject,
            agent: of.agent,
            item,
            item_name,
            authority,
            outcome: None,
            due: None,
            days: None,
            place: None,
            fen: None,
        }
    }
}

/// Characters of the number's end that an SMS names.
const TAIL: usize = 6;

impl Heard {
    /// Who is told: the applicant, and whoever acts for them and is known.
    pub(crate) fn people(&self) -> BTreeSet<SubjectId> {
        std::iter::once(self.subject).chain(self.agent).collect()
    }

    /// The facts as the words want them. Nothing about a person is among them.
    pub(crate) fn facts(&self, shelf: &Shelf, today: NaiveDate) -> BTreeMap<String, String> {
        let authority = self.authority.as_deref().map(|id| shelf.authority_short(id).to_owned());
        let letters: Vec<char> = self.number.chars().collect();
        let tail: String = letters[letters.len().saturating_sub(TAIL)..].iter().collect();
        let facts = [
            ("matter", Some(self.theme_name.clone())),
            ("number", Some(self.number.clone())),
            ("tail", Some(tail)),
            ("item", self.item_name.clone()),
            ("authority", authority),
            ("phone", self.phone(shelf)),
            ("due", self.due.map(|day| ui::say::day_short(day, today))),
            ("days", self.days.map(|days| days.to_string())),
            ("place", self.place.clone()),
            ("yuan", self.fen.map(|fen| Money(fen).to_string())),
        ];
        facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// Whom to ask: the item's own line, else the authority's.
    fn phone(&self, shelf: &Shelf) -> Option<String> {
        let item = self.item.as_deref().and_then(|id| shelf.catalog().items.get(id));
        let own = item.and_then(|item| item.contact.as_ref()).map(|contact| contact.consult.clone());
        own.or_else(|| {
            let authority = shelf.catalog().authorities.get(self.authority.as_deref()?)?;
            authority.phone.clone()
        })
    }
}
