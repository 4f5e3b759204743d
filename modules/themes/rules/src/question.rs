//! Questions (情形引导): what is asked, and whether an answer is one.
//!
//! Answers are keyed by the question's id, never by its position, so any of them may be changed at any time and an old
//! draft survives a new version of the theme.

use std::collections::BTreeMap;

use catalog::condition::{Condition, Slot};
use catalog::ids::ElementCode;
use catalog::words;
use kernel::value::{Value, ValueKind};
use serde::{Deserialize, Serialize};

use crate::fault::{AnswerFault, FaultKind};

words! {
    /// How a question is answered.
    QuestionKind {
        Bool = "bool" "是否",
        Single = "single" "单选",
        Multi = "multi" "多选，可以不选",
        Number = "number" "数值",
        Text = "text" "文字",
    }
}

impl QuestionKind {
    fn value_kind(self) -> ValueKind {
        match self {
            Self::Bool => ValueKind::Bool,
            Self::Single | Self::Text => ValueKind::Text,
            Self::Multi => ValueKind::List,
            Self::Number => ValueKind::Number,
        }
    }
}

/// One answer to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionOption {
    pub value: String,
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// A question of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Key of its answer.
    pub id: String,
    /// The element the answer is a value of.
    pub element: ElementCode,
    pub(crate) slot: Slot,
    /// Its place among the questions of the theme file.
    pub(crate) entry: usize,
    pub text: String,
    pub help: Option<String>,
    pub kind: QuestionKind,
    /// Of single and multiple choices; for yes and no see [`Question::label_of`].
    pub options: Vec<QuestionOption>,
    /// Asked only when this holds.
    pub when: Option<Condition>,
    /// Assumed as long as nothing is answered.
    pub default: Option<Value>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Bounds of a number; `max` also the greatest number of characters of a text.
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// Not asked when the records know the answer (一数一源).
    pub derive: bool,
}

/// Longest text answer in characters where the theme sets no bound of its own.
const TEXT_MAX: f64 = 200.0;

impl Question {
    /// Reads an answer as a form or a command line gives it: one text, or for a multiple choice several texts or one
    /// with commas. Nothing, or blank, is no answer yet; of a multiple choice, blank means none of them.
    ///
    /// # Errors
    /// [`AnswerFault`] when it is no answer to this question.
    pub fn read(&self, raw: &[impl AsRef<str>]) -> Result<Option<Value>, AnswerFault> {
        let given: Vec<&str> = raw.iter().map(|text| text.as_ref().trim()).filter(|text| !text.is_empty()).collect();
        if given.is_empty() {
            let none_of_them = self.kind == QuestionKind::Multi && !raw.is_empty();
            return Ok(none_of_them.then(|| Value::List(Vec::new())));
        }
        let text = match self.kind {
            QuestionKind::Multi => given.join(","),
            QuestionKind::Number => half_width(given[0]),
            _ => given[0].to_owned(),
        };
        let value = Value::parse(&text, self.kind.value_kind()).map_err(|_| self.fault(self.wrong_kind()))?;
        self.check(&value)?;
        Ok(Some(value))
    }

    /// Whether a value is an answer to this question.
    ///
    /// # Errors
    /// [`AnswerFault`] when it is not: another kind, no option, out of bounds.
    pub fn check(&self, value: &Value) -> Result<(), AnswerFault> {
        let sound = match (self.kind, value) {
            (QuestionKind::Bool, Value::Bool(_)) => Ok(()),
            (QuestionKind::Single, Value::Text(chosen)) => self.check_option(chosen),
            (QuestionKind::Multi, Value::List(chosen)) => chosen.iter().try_for_each(|one| match one.as_text() {
                Some(one) => self.check_option(one),
                None => Err(self.wrong_kind()),
            }),
            (QuestionKind::Number, Value::Number(number)) => self.check_number(*number),
            (QuestionKind::Text, Value::Text(text)) => self.check_length(text),
            _ => Err(self.wrong_kind()),
        };
        sound.map_err(|kind| self.fault(kind))
    }

    fn check_option(&self, chosen: &str) -> Result<(), FaultKind> {
        if self.options.iter().any(|option| option.value == chosen) {
            return Ok(());
        }
        let options = self.options.iter().map(|option| option.value.clone()).collect();
        Err(FaultKind::NotAnOption { given: chosen.to_owned(), options })
    }

    fn check_number(&self, number: f64) -> Result<(), FaultKind> {
        match (self.min, self.max) {
            _ if !number.is_finite() => Err(FaultKind::NotANumber),
            (Some(min), _) if number < min => Err(FaultKind::BelowMinimum { min }),
            (_, Some(max)) if number > max => Err(FaultKind::AboveMaximum { max }),
            _ => Ok(()),
        }
    }

    fn check_length(&self, text: &str) -> Result<(), FaultKind> {
        let max = self.max.unwrap_or(TEXT_MAX);
        if text.chars().count() as f64 > max { Err(FaultKind::TooLong { max }) } else { Ok(()) }
    }

    fn wrong_kind(&self) -> FaultKind {
        match self.kind {
            QuestionKind::Bool => FaultKind::NotYesOrNo,
            QuestionKind::Number => FaultKind::NotANumber,
            QuestionKind::Text => FaultKind::NotText,
            QuestionKind::Single | QuestionKind::Multi => {
                let options = self.options.iter().map(|option| option.value.clone()).collect();
                FaultKind::NotAnOption { given: String::new(), options }
            }
        }
    }

    fn fault(&self, kind: FaultKind) -> AnswerFault {
        AnswerFault { question: self.id.clone(), text: self.text.clone(), kind }
    }

    /// An answer as people say it: 是, an option's label, a number with its unit.
    pub fn label_of(&self, value: &Value) -> String {
        let label = |one: &Value| {
            let plain = one.to_string();
            let option = self.options.iter().find(|option| option.value == plain);
            option.map_or(plain, |option| option.label.clone())
        };
        match value {
            Value::Bool(yes) => {
                let word = if *yes { "true" } else { "false" };
                let option = self.options.iter().find(|option| option.value == word);
                option.map_or(if *yes { "是" } else { "否" }, |option| option.label.as_str()).to_owned()
            }
            Value::List(chosen) if chosen.is_empty() => "都没有".to_owned(),
            Value::List(chosen) => chosen.iter().map(label).collect::<Vec<_>>().join("、"),
            Value::Number(number) => format!("{number}{}", self.unit.as_deref().unwrap_or_default()),
            other => label(other),
        }
    }
}

/// ０-９ and ．as people type them with a Chinese keyboard.
pub(crate) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '．' => '.',
            '－' => '-',
            other => other,
        })
        .collect()
}

/// Answers by question id. What a draft keeps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Value>);

impl Answers {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives or changes an answer.
    pub fn give(&mut self, question: impl Into<String>, value: impl Into<Value>) {
        self.0.insert(question.into(), value.into());
    }

    /// Takes an answer back.
    pub fn forget(&mut self, question: &str) {
        self.0.remove(question);
    }

    /// The answer to a question.
    pub fn get(&self, question: &str) -> Option<&Value> {
        self.0.get(question)
    }

    /// All answers, by question id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(question, value)| (question.as_str(), value))
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(answers: I) -> Self {
        Self(answers.into_iter().map(|(question, value)| (question.into(), value.into())).collect())
    }
}
