//! A drop-down that narrows a list (筛选), with its label above.

use askama::Template;

use super::Opt;

/// One drop-down of a row of filters.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/select.html")]
pub struct Select {
    /// Before the name, so that its id is one of its own on the page: `items-topic`.
    pub page: &'static str,
    /// Name the form sends.
    pub name: &'static str,
    pub label: &'static str,
    pub options: Vec<Opt>,
    /// The value that stands in it.
    pub chosen: String,
    /// The form it belongs to where it does not stand inside, which the script sends at once.
    pub form: Option<&'static str>,
}

impl Select {
    /// One whose first option, without a value, narrows nothing.
    pub fn new(
        (page, name): (&'static str, &'static str),
        label: &'static str,
        all: &str,
        options: impl IntoIterator<Item = Opt>,
        chosen: &str,
    ) -> Self {
        let options = std::iter::once(Opt::new("", all)).chain(options).collect();
        Self { page, name, label, options, chosen: chosen.to_owned(), form: None }
    }

    /// The same for a form that stands elsewhere on the page.
    #[must_use]
    pub fn of_form(mut self, form: &'static str) -> Self {
        self.form = Some(form);
        self
    }
}
