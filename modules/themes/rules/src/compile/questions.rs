//! Questions of a theme file: bound to elements, with sound options, defaults, bounds and conditions.

use catalog::codes::DUPLICATE_ID;
use catalog::diagnostic::Report;
use catalog::model::{Element, ElementKind};
use catalog::reader::{At, Node};
use kernel::value::Value;

use super::Compiler;
use crate::codes;
use crate::question::{Question, QuestionKind, QuestionOption};
use crate::source::QuestionSource;

impl Compiler<'_> {
    /// Resolves the questions. One without an element is left out, after it has been reported.
    pub(super) fn questions(&self, node: &Node, sources: &[QuestionSource], report: &mut Report<'_>) -> Vec<Question> {
        let mut questions: Vec<Question> = Vec::with_capacity(sources.len());
        for (entry, source) in sources.iter().enumerate() {
            let here = Here { node, entry };
            if let Some(first) = questions.iter().find(|other| other.id == source.id) {
                let finding = report.at(&DUPLICATE_ID, here.place("id"), format!("问题“{}”有两个", source.id));
                finding.also(Here { node, entry: first.entry }.place("id"), "第一个在这里");
            }
            questions.extend(self.question(here, source, report));
        }
        asked_too_late(node, &questions, report);
        questions
    }

    fn question(&self, here: Here<'_>, source: &QuestionSource, report: &mut Report<'_>) -> Option<Question> {
        let code = source.bind.as_ref().unwrap_or(&source.id);
        let resolved = self.catalog.elements.get(code.as_str()).zip(self.dictionary.slot(code));
        let Some((element, slot)) = resolved else {
            let place = here.place(if source.bind.is_some() { "bind" } else { "id" });
            let what = format!("问题“{}”对应的数据元“{code}”不存在", source.id);
            report.at(&codes::QUESTION_WITHOUT_ELEMENT, place, what);
            return None;
        };
        if !fits(source.kind, element.kind) {
            let what = format!("问题是 {}，数据元“{code}”是 {}", source.kind.word(), element.kind.word());
            report.at(&codes::QUESTION_KIND, here.place("kind"), what);
        }
        let condition = |when: &String| self.condition(when, here.node, &here.path("when"), report);
        let when = source.when.as_ref().and_then(condition);
        let mut question = Question {
            id: source.id.clone(),
            element: element.code.clone(),
            slot,
            entry: here.entry,
            text: source.text.clone(),
            help: source.help.clone().or_else(|| element.help.clone()),
            kind: source.kind,
            options: options(here, source, element, report),
            when,
            default: None,
            unit: source.unit.clone().or_else(|| element.unit.clone()),
            min: source.min.or(element.min),
            max: source.max.or(element.max),
            derive: source.derive,
        };
        if let (Some(min), Some(max)) = (question.min, question.max)
            && min > max
        {
            let place = here.place(if source.min.is_some() { "min" } else { "max" });
            report.at(&codes::BAD_QUESTION_BOUNDS, place, format!("下限 {min} 高于上限 {max}"));
        }
        question.default = default(here, source, &question, report);
        Some(question)
    }
}

/// One question of the file, to point at.
#[derive(Clone, Copy)]
struct Here<'n> {
    node: &'n Node,
    entry: usize,
}

impl<'n> Here<'n> {
    fn path<'a>(&self, key: &'a str) -> [At<'a>; 3] {
        ["questions".into(), self.entry.into(), key.into()]
    }

    fn place(&self, key: &str) -> catalog::diagnostic::Span {
        self.node.place(&self.path(key))
    }
}

/// Whether answers of that kind are values of such an element.
fn fits(kind: QuestionKind, element: ElementKind) -> bool {
    match kind {
        QuestionKind::Bool => element == ElementKind::Bool,
        QuestionKind::Single => element == ElementKind::Choice,
        QuestionKind::Multi => element == ElementKind::Multi,
        QuestionKind::Number => element == ElementKind::Number,
        QuestionKind::Text => !matches!(
            element,
            ElementKind::Bool | ElementKind::Choice | ElementKind::Multi | ElementKind::Number | ElementKind::Date
        ),
    }
}

/// The options as written, or those of the element.
fn options(here: Here<'_>, source: &QuestionSource, element: &Element, report: &mut Report<'_>) -> Vec<QuestionOption> {
    let Some(written) = &source.options else {
        let own = element.options.iter();
        return own
            .map(|choice| QuestionOption { value: choice.value.clone(), label: choice.label.clone(), hint: None })
            .collect();
    };
    let complain = |index: usize, what: String, report: &mut Report<'_>| {
        let path = ["questions".into(), here.entry.into(), "options".into(), index.into(), "value".into()];
        report.at(&codes::BAD_QUESTION_OPTIONS, here.node.place(&path), what);
    };
    for (index, option) in written.iter().enumerate() {
        let known = match source.kind {
            QuestionKind::Bool => matches!(option.value.as_str(), "true" | "false"),
            _ => element.options.iter().any(|choice| choice.value == option.value),
        };
        if !known {
            complain(index, format!("数据元“{}”没有“{}”这个值", element.code, option.value), report);
        }
        if written[..index].iter().any(|other| other.value == option.value) {
            complain(index, format!("选项“{}”写了两次", option.value), report);
        }
    }
    let is_choice = matches!(source.kind, QuestionKind::Single | QuestionKind::Multi);
    if is_choice == written.is_empty() || matches!(source.kind, QuestionKind::Number | QuestionKind::Text) {
        let what = if written.is_empty() { "一个选项也没有" } else { "数值和文字的问题没有选项" };
        report.at(&codes::BAD_QUESTION_OPTIONS, here.place("options"), what);
    }
    let option = |option: &crate::source::OptionSource| QuestionOption {
        value: option.value.clone(),
        label: option.label.clone(),
        hint: option.hint.clone(),
    };
    written.iter().map(option).collect()
}

/// The default, if it is an answer.
fn default(here: Here<'_>, source: &QuestionSource, question: &Question, report: &mut Report<'_>) -> Option<Value> {
    let written = source.default.as_ref()?;
    let texts = written.texts();
    let read = match question.kind {
        // An empty list says: none of them.
        QuestionKind::Multi if texts.is_empty() => Ok(Some(Value::List(Vec::new()))),
        _ => question.read(&texts),
    };
    match read {
        Ok(value) => value,
        Err(fault) => {
            report.at(&codes::BAD_DEFAULT, here.place("default"), format!("默认回答不对。{fault}"));
            None
        }
    }
}

/// A question's condition may read what was asked before, not what is asked after.
fn asked_too_late(node: &Node, questions: &[Question], report: &mut Report<'_>) {
    for (number, question) in questions.iter().enumerate() {
        let Some(when) = &question.when else { continue };
        for read in when.reads() {
            let is_asked_before = questions[..number].iter().any(|other| other.element == *read);
            let later = questions[number..].iter().find(|other| other.element == *read);
            if let Some(later) = later.filter(|_| !is_asked_before) {
                let what = format!("问题“{}”要看“{}”的回答，那个问题却在后面", question.id, later.id);
                let place = Here { node, entry: question.entry }.place("when");
                let finding = report.at(&codes::ASKED_TOO_LATE, place, what);
                finding.also(Here { node, entry: later.entry }.place("id"), "在这里才问");
            }
        }
    }
}
