//! All errors of a form at once, on top, each leading to its field.

use askama::Template;

use super::Field;

/// What must be mended before the form can go on. Prints nothing when nothing is wrong.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/errors.html")]
pub struct ErrorSummary {
    /// Id of the box and what is wrong with it.
    pub errors: Vec<(String, String)>,
}

impl ErrorSummary {
    /// The errors of these fields, in the order of the page.
    pub fn of<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Self {
        let errors = fields.into_iter().filter_map(|f| Some((f.target(), f.error.clone()?))).collect();
        Self { errors }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_leads_to_its_field() {
        let fields = [Field::text("a", "甲").error("请填写甲"), Field::text("b", "乙")];
        let html = ErrorSummary::of(&fields).to_string();
        assert!(html.contains(r##"<a href="#f-a">请填写甲</a>"##) && html.contains("有 1 处"));
        assert_eq!(ErrorSummary::default().to_string(), "");
    }
}
