//! What the template of a field asks: which box, which keyboard, open or folded.

use super::{Field, FieldKind, Opt};

/// Up to so many options stand open as radio buttons; more become a list.
const OPEN_OPTIONS: usize = 7;

impl Field {
    /// Whether the answer is given by ticking, so that the label is a legend.
    pub(super) fn is_group(&self) -> bool {
        match &self.kind {
            FieldKind::Bool | FieldKind::Multi(_) => true,
            FieldKind::Choice(options) => self.cards || options.len() <= OPEN_OPTIONS,
            _ => false,
        }
    }

    /// Filled by a register and nothing wrong with it: one line is enough.
    pub(super) fn folded(&self) -> bool {
        self.source.is_some() && self.error.is_none() && !self.values.is_empty()
    }

    pub(super) fn is_multi(&self) -> bool {
        matches!(self.kind, FieldKind::Multi(_))
    }

    pub(super) fn has(&self, value: &str) -> bool {
        self.values.iter().any(|v| v == value)
    }

    pub(super) fn one(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// The options to tick; 是 and 否 for a yes-or-no question.
    pub(super) fn options(&self) -> Vec<Opt> {
        match &self.kind {
            FieldKind::Bool => vec![Opt::new("true", "是"), Opt::new("false", "否")],
            FieldKind::Choice(options) | FieldKind::Multi(options) | FieldKind::Region(options) => options.clone(),
            _ => Vec::new(),
        }
    }

    /// Two or three short answers stand side by side.
    pub(super) fn in_a_row(&self) -> bool {
        let options = self.options();
        !self.cards && options.len() <= 3 && options.iter().all(|o| o.hint.is_none() && o.label.chars().count() <= 6)
    }

    /// The options of a long list under their headings, in the order they came.
    pub(super) fn groups(&self) -> Vec<(Option<String>, Vec<Opt>)> {
        let mut groups: Vec<(Option<String>, Vec<Opt>)> = Vec::new();
        for option in self.options() {
            match groups.last_mut() {
                Some((heading, members)) if *heading == option.group => members.push(option),
                _ => groups.push((option.group.clone(), vec![option])),
            }
        }
        groups
    }

    /// The value in words, for the folded line.
    pub(super) fn in_words(&self) -> String {
        if let Some(shown) = &self.shown {
            return shown.clone();
        }
        let options = self.options();
        let label = |v: &String| options.iter().find(|o| o.value == *v).map_or_else(|| v.clone(), |o| o.label.clone());
        let words = self.values.iter().map(label).collect::<Vec<_>>().join("、");
        match &self.kind {
            FieldKind::Number { unit: Some(unit) } => format!("{words} {unit}"),
            _ => words,
        }
    }

    pub(super) fn unit(&self) -> Option<&str> {
        match &self.kind {
            FieldKind::Number { unit } => unit.as_deref(),
            _ => None,
        }
    }

    /// Ids of the texts that explain the box, for screen readers.
    pub(super) fn described_by(&self) -> String {
        let id = format!("f-{}", self.name);
        let help = (self.help.is_some() || self.sample.is_some()).then(|| format!("{id}-help"));
        let error = self.error.is_some().then(|| format!("{id}-error"));
        let unit = self.unit().map(|_| format!("{id}-unit"));
        [help, error, unit].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn input_type(&self) -> &'static str {
        match self.kind {
            FieldKind::Date => "date",
            FieldKind::Phone => "tel",
            FieldKind::Email => "email",
            _ => "text",
        }
    }

    /// Which keyboard a phone shows. A number is a text box with a number keyboard: `type=number` loses what was
    /// mistyped and changes under the mouse wheel. A citizen's number may end in X, so it keeps the letters.
    pub(super) fn keyboard(&self) -> &'static str {
        match self.kind {
            FieldKind::Number { .. } => "decimal",
            FieldKind::Phone => "tel",
            FieldKind::Email => "email",
            _ => "text",
        }
    }

    /// How wide the box is: its width tells what is expected.
    pub(super) fn width(&self) -> &'static str {
        match self.kind {
            FieldKind::Number { .. } => "w-short",
            FieldKind::Date | FieldKind::Phone => "w-middle",
            FieldKind::CitizenId | FieldKind::CreditCode => "w-code",
            _ => "w-full",
        }
    }

    pub(super) fn most_characters(&self) -> Option<u32> {
        match self.kind {
            FieldKind::Text { max } | FieldKind::Long { max } => max,
            FieldKind::CitizenId | FieldKind::CreditCode => Some(18),
            _ => None,
        }
    }

    pub(super) fn filling(&self) -> &str {
        match (&self.autocomplete, &self.kind) {
            (Some(word), _) => word,
            (None, FieldKind::Phone) => "tel",
            (None, FieldKind::Email) => "email",
            (None, FieldKind::Address) => "street-address",
            _ => "off",
        }
    }
}
