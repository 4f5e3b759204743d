//! What is wrong with an answer. All faults of one sheet of answers are told at once, and the answers are kept.

use std::fmt;

/// One answer that is none.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerFault {
    /// Id of the question, or whatever was given in its place.
    pub question: String,
    /// The question as it is asked; empty when there is no such question.
    pub text: String,
    pub kind: FaultKind,
}

/// Why it is no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    /// The theme has no question of that id; these it has.
    UnknownQuestion {
        questions: Vec<String>,
    },
    NotYesOrNo,
    NotANumber,
    NotText,
    NotAnOption {
        given: String,
        options: Vec<String>,
    },
    BelowMinimum {
        min: f64,
    },
    AboveMaximum {
        max: f64,
    },
    TooLong {
        max: f64,
    },
}

impl AnswerFault {
    /// Stable name, the key of its words on a page.
    pub fn code(&self) -> &'static str {
        match self.kind {
            FaultKind::UnknownQuestion { .. } => "answer.unknown-question",
            FaultKind::NotYesOrNo => "answer.not-yes-or-no",
            FaultKind::NotANumber => "answer.not-a-number",
            FaultKind::NotText => "answer.not-text",
            FaultKind::NotAnOption { .. } => "answer.not-an-option",
            FaultKind::BelowMinimum { .. } => "answer.below-minimum",
            FaultKind::AboveMaximum { .. } => "answer.above-maximum",
            FaultKind::TooLong { .. } => "answer.too-long",
        }
    }
}

/// One line for a terminal: the question's id, what is wrong, what would be right.
impl fmt::Display for AnswerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：", self.question)?;
        match &self.kind {
            FaultKind::UnknownQuestion { questions } => {
                write!(f, "没有这个问题。可以回答的问题有：{}", questions.join("、"))
            }
            FaultKind::NotYesOrNo => f.write_str("请回答“是”或“否”（yes/no）"),
            FaultKind::NotANumber => f.write_str("请填写数字"),
            FaultKind::NotText => f.write_str("请填写文字"),
            FaultKind::NotAnOption { given, options } if given.is_empty() => {
                write!(f, "请从选项中选择：{}", options.join("、"))
            }
            FaultKind::NotAnOption { given, options } => {
                write!(f, "没有“{given}”这个选项，请从选项中选择：{}", options.join("、"))
            }
            FaultKind::BelowMinimum { min } => write!(f, "不能小于{min}"),
            FaultKind::AboveMaximum { max } => write!(f, "不能大于{max}"),
            FaultKind::TooLong { max } => write!(f, "不能超过{max}个字"),
        }
    }
}

impl std::error::Error for AnswerFault {}
