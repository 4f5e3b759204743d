//! What all orders share: the card a form stands on, the question before what cannot be undone, and what is said when
//! an order was not followed.

mod card;
mod confirm;
mod conflict;
pub mod subject;

use access_service::{Visit, Words};
use platform::Fault;
use platform::fault::FieldFault;
use ui::ErrorSummary;

pub use card::{Button, Card, Closed, then};
pub use confirm::{Confirm, Letter};
pub use conflict::{Since, conflict};
pub use subject::{Given, Subject};

use crate::form::Sheet;

/// A form to be shown again with what was entered.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// The order it was for, by code.
    pub order: String,
    pub form: Sheet,
    pub trouble: Option<Trouble>,
}

/// Why it is shown again.
#[derive(Debug, Clone, Default)]
pub struct Trouble {
    /// A refusal in words.
    pub title: String,
    pub next: String,
    pub clause: Option<String>,
    /// Field and words.
    pub fields: Vec<(String, String)>,
}

impl Kept {
    /// What stood in a field of this order's form, if it was this order's.
    pub fn text(&self, order: &str, field: &str) -> Option<&str> {
        (self.order == order).then(|| self.form.one(field)).filter(|text| !text.is_empty())
    }

    /// Everything ticked under a name.
    pub fn ticked(&self, order: &str, field: &str) -> Vec<String> {
        if self.order != order {
            return Vec::new();
        }
        self.form.all(field).into_iter().map(str::to_owned).collect()
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<&str> {
        let fields = &self.trouble.as_ref()?.fields;
        fields.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str())
    }

    /// All field errors, on top of the page.
    pub fn summary(&self) -> ErrorSummary {
        let fields = self.trouble.iter().flat_map(|trouble| &trouble.fields);
        ErrorSummary { errors: fields.map(|(name, text)| (format!("f-{name}"), text.clone())).collect() }
    }
}

impl Trouble {
    /// Fields to mend.
    pub fn fields(visit: &Visit, faults: &[FieldFault]) -> Self {
        let words = visit.world.part::<Words>();
        let say = |fault: &FieldFault| words.fill(&format!("desk.fault.{}", fault.code), &fault.facts);
        Self { fields: faults.iter().map(|fault| (fault.field.clone(), say(fault))).collect(), ..Self::default() }
    }

    /// A refusal, or the same for a fault that is none.
    pub fn of(visit: &Visit, fault: &Fault) -> Self {
        let words = visit.world.part::<Words>();
        match fault {
            Fault::Invalid(faults) => Self::fields(visit, faults),
            Fault::Refusal(refusal) => Self {
                title: words.refusal(refusal),
                next: words.next(refusal),
                clause: refusal.clause.as_ref().map(|clause| format!("《{}》{}", clause.law, clause.article)),
                fields: Vec::new(),
            },
            _ => Self { title: words.get("problem.conflict").to_owned(), ..Self::default() },
        }
    }
}

/// A field that must not stay empty.
pub fn required(form: &Sheet, field: &str, label: &str) -> Result<String, FieldFault> {
    match form.one(field) {
        "" => Err(FieldFault::new(field, "required").fact("label", label)),
        text => Ok(text.to_owned()),
    }
}

/// One of a closed vocabulary.
pub fn chosen<T>(form: &Sheet, field: &str, label: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, FieldFault> {
    parse(form.one(field)).ok_or_else(|| FieldFault::new(field, "choose").fact("label", label))
}

/// What an officer entered, in words, for a page that keeps it.
pub fn written(words: &Words, form: &Sheet) -> Vec<(String, String)> {
    let label = |name: &str| {
        // A line of the correction notice is named `reason.<target>`.
        let key = format!("desk.written.{}", name.split('.').next().unwrap_or(name));
        words.has(&key).then(|| words.get(&key).to_owned())
    };
    let entered = form.entered().into_iter().filter(|(_, text)| !text.trim().is_empty());
    entered.filter_map(|(name, text)| Some((label(&name)?, text))).collect()
}
