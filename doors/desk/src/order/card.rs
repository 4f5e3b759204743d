//! The card of one order: what it is, what to fill in, the button, and what follows.

use access_service::Words;
use casework_service::reads::OrderView;
use ui::Field;

use super::Kept;

/// A button that sends the form; several on one card send different answers.
pub struct Button {
    pub name: &'static str,
    pub value: String,
    pub label: String,
    /// `btn-main`, `btn-seal`, `btn-no` or nothing.
    pub class: &'static str,
}

impl Button {
    /// The only button of a card.
    pub fn new(label: impl Into<String>, class: &'static str) -> Self {
        Self { name: "", value: String::new(), label: label.into(), class }
    }

    /// A button that also says something.
    pub fn saying(name: &'static str, value: &str, label: impl Into<String>, class: &'static str) -> Self {
        Self { name, value: value.to_owned(), label: label.into(), class }
    }
}

/// A form that gives one order, or a link to the page where it is given.
pub struct Card {
    pub order: &'static str,
    pub title: String,
    /// Where it posts to; empty for a link.
    pub action: String,
    pub link: Option<(String, String)>,
    pub key: String,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    /// Sentences used often, to choose from instead of typing.
    pub phrases: Vec<String>,
    pub phrase: String,
    pub buttons: Vec<Button>,
    /// What follows, in words.
    pub then: String,
    /// Folded until it is wanted: what is rare or grave.
    pub folded: bool,
}

impl Card {
    /// A card for this order that posts to `action`, shut against a second sending by its key.
    pub fn new(order: &OrderView, action: String, words: &Words) -> Self {
        Self {
            order: order.kind.code(),
            title: order.word.clone(),
            action,
            link: None,
            key: crate::frame::key(),
            hidden: Vec::new(),
            fields: Vec::new(),
            phrases: Vec::new(),
            phrase: String::new(),
            buttons: Vec::new(),
            then: then(order, words),
            folded: false,
        }
    }

    /// A card that only leads to where the order is given.
    pub fn leading(order: &OrderView, href: String, words: &Words) -> Self {
        let label = words.get(&format!("desk.lead.{}", order.kind.code())).to_owned();
        Self { link: Some((label, href)), ..Self::new(order, String::new(), words) }
    }

    /// Adds a field, with what was entered and what is wrong with it.
    pub fn field(mut self, field: Field, kept: &Kept) -> Self {
        let name = field.name.clone();
        let mut field = field;
        if kept.order == self.order && kept.form.has(&name) {
            // The form came back: what stands in it is the officer's, also where that is nothing.
            field.values =
                kept.form.all(&name).into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect();
        }
        field.error = kept.error(&name).map(str::to_owned);
        self.folded &= field.error.is_none() && field.values.is_empty();
        self.fields.push(field);
        self
    }

    /// Adds a button.
    pub fn button(mut self, button: Button) -> Self {
        self.buttons.push(button);
        self
    }
}

/// What follows, as the read says it for this case, or as the desk says it of such an order.
pub fn then(order: &OrderView, words: &Words) -> String {
    let key = format!("desk.then.{}", order.kind.code());
    match order.then.as_str() {
        "" if words.has(&key) => words.get(&key).to_owned(),
        then => then.to_owned(),
    }
}

/// An order that is open, but not to this officer.
pub struct Closed {
    pub word: String,
    pub why: String,
    pub clause: Option<String>,
    pub next: Option<String>,
}

impl Closed {
    /// Why somebody else has to; nothing when the officer may.
    pub fn of(order: &OrderView) -> Option<Self> {
        (!order.may).then(|| Self {
            word: order.word.clone(),
            why: order.why_not.clone().unwrap_or_default(),
            clause: order.clause.clone(),
            next: order.next.clone(),
        })
    }
}
