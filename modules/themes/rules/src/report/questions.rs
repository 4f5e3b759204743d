//! What `yimen questions --json` prints.

use kernel::value::Value;
use serde::Serialize;

use crate::question::{Question, QuestionKind, QuestionOption};
use crate::theme::Theme;

/// The questions of a theme as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionsReport<'t> {
    pub theme: &'t str,
    pub name: &'t str,
    pub questions: Vec<QuestionLine<'t>>,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionLine<'t> {
    pub id: &'t str,
    pub text: &'t str,
    /// bool, single, multi, number, text.
    pub kind: &'static str,
    /// What may be answered: the values of the options, `true` and `false`; empty for numbers and texts.
    pub values: Vec<&'t str>,
    pub options: &'t [QuestionOption],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'t Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The condition under which it is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'t str>,
}

impl Theme {
    /// The questions as the command line prints them.
    pub fn questions_report(&self) -> QuestionsReport<'_> {
        let questions = self.questions.iter().map(Question::line).collect();
        QuestionsReport { theme: &self.id, name: &self.name, questions }
    }
}

impl Question {
    fn line(&self) -> QuestionLine<'_> {
        let values = match self.kind {
            QuestionKind::Bool => vec!["true", "false"],
            _ => self.options.iter().map(|option| option.value.as_str()).collect(),
        };
        QuestionLine {
            id: &self.id,
            text: &self.text,
            kind: self.kind.word(),
            values,
            options: &self.options,
            default: self.default.as_ref(),
            unit: self.unit.as_deref(),
            min: self.min,
            max: self.max,
            when: self.when.as_ref().map(|when| when.source()),
            help: self.help.as_deref(),
        }
    }
}
