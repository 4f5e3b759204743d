//! From the parser's tree to the typed form: every name resolved, every type checked, all problems collected.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, ListExpr, LiteralValue, operators};

use super::dictionary::ElementDictionary;
use super::operands::{Day, Number, Text};
use super::operators::{arithmetic, comparison};
use super::parse::Tree;
use super::problem::{Problem, ProblemKind};
use super::truth::{Local, Reading, Truth};
use crate::model::ElementKind;
use crate::spelling::closest;

pub(super) struct Lowered {
    pub truth: Truth,
    pub reads: Box<[Reading]>,
}

/// A sub-expression with its type. `Broken` stands for one already reported, so that nothing is reported twice.
pub(super) enum Typed {
    Truth(Truth),
    Number(Number),
    Text(Text),
    Day(Day),
    /// A multiple choice.
    Many(Local),
    /// A list literal.
    List(Vec<(Typed, Range<usize>)>),
    Broken,
}

impl Typed {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Truth(_) => "是否",
            Self::Number(_) => "数值",
            Self::Text(_) => "文字",
            Self::Day(_) => "日期",
            Self::Many(_) => "多选",
            Self::List(_) => "列表",
            Self::Broken => "有误的部分",
        }
    }
}

pub(super) fn lower(tree: &Tree, source: &str, dictionary: &ElementDictionary) -> Result<Lowered, Vec<Problem>> {
    let mut lowering = Lowering { tree, dictionary, reads: Vec::new(), problems: Vec::new() };
    let whole = lowering.typed(&tree.root);
    let truth = match whole {
        Typed::Truth(truth) => truth.settled(&lowering.reads),
        Typed::Broken => Truth::Always(false),
        other => {
            let what = format!("整个条件得出的是{}，不是“是”或“否”", other.name());
            let problem = Problem::new(ProblemKind::NotYesOrNo, 0..source.len(), what);
            lowering.problems.push(problem.mend("加上比较，例如 area >= 50，或者 kind == 'a'"));
            Truth::Always(false)
        }
    };
    if lowering.problems.is_empty() {
        Ok(Lowered { truth, reads: lowering.reads.into() })
    } else {
        lowering.problems.sort_by_key(|problem| problem.at.start);
        Err(lowering.problems)
    }
}

pub(super) struct Lowering<'a> {
    pub tree: &'a Tree,
    pub dictionary: &'a ElementDictionary,
    pub reads: Vec<Reading>,
    pub problems: Vec<Problem>,
}

impl Lowering<'_> {
    pub fn typed(&mut self, node: &IdedExpr) -> Typed {
        match &node.expr {
            Expr::Literal(literal) => self.literal(node, literal),
            Expr::Ident(name) => self.element(node, name),
            Expr::List(list) => self.list(list),
            Expr::Call(call) => self.call(node, call),
            Expr::Select(select) => {
                let mend = "数据元代码里不能有点；只写数据元代码本身";
                self.unsupported(node, &format!("“.{}”", select.field), mend)
            }
            Expr::Comprehension(_) => {
                self.unsupported(node, "all、exists、map、filter、has 这类写法", "用 in 判断，例如 'a' in services")
            }
            Expr::Map(_) | Expr::Struct(_) => self.unsupported(node, "花括号", "列表用方括号，例如 kind in ['a', 'b']"),
            Expr::Unspecified => self.unsupported(node, "空的部分", "删去多余的括号或运算符"),
        }
    }

    fn literal(&mut self, node: &IdedExpr, literal: &LiteralValue) -> Typed {
        match literal {
            LiteralValue::Boolean(answer) => Typed::Truth(Truth::Always(*answer.inner())),
            LiteralValue::Int(number) => Typed::Number(Number::Is(*number.inner() as f64)),
            LiteralValue::UInt(number) => Typed::Number(Number::Is(*number.inner() as f64)),
            LiteralValue::Double(number) => Typed::Number(Number::Is(*number.inner())),
            LiteralValue::String(text) => Typed::Text(Text::Is(text.inner().into())),
            LiteralValue::Null => self.unsupported(node, "null", "条件不判断空值；缺少的事实会自动得出“无法判断”"),
            LiteralValue::Bytes(_) => self.unsupported(node, "字节串", "文字用 ' ' 括起来，前面不加 b"),
        }
    }

    fn element(&mut self, node: &IdedExpr, name: &str) -> Typed {
        let Some(slot) = self.dictionary.slot(name) else {
            let what = format!("没有代码为“{name}”的数据元");
            let mut problem = Problem::new(ProblemKind::UnknownElement, self.tree.place(node), what);
            let codes = self.dictionary.codes().map(|code| code.as_str());
            problem.mend = Some(closest(name, codes).map_or_else(
                || format!("在 elements/ 中登记“{name}”；如果是文字，用 ' ' 括起来"),
                |near| format!("是不是要写“{near}”？"),
            ));
            self.problems.push(problem);
            return Typed::Broken;
        };
        let entry = self.dictionary.entry(slot);
        let known = self.reads.iter().position(|read| read.slot == slot);
        let at = known.unwrap_or_else(|| {
            self.reads.push(Reading { code: entry.code.clone(), slot });
            self.reads.len() - 1
        }) as Local;
        match entry.kind {
            ElementKind::Bool => Typed::Truth(Truth::Fact(at)),
            ElementKind::Number => Typed::Number(Number::Fact(at)),
            ElementKind::Date => Typed::Day(Day::Fact(at)),
            ElementKind::Multi => Typed::Many(at),
            _ => Typed::Text(Text::Fact(at)),
        }
    }

    fn list(&mut self, list: &ListExpr) -> Typed {
        Typed::List(list.elements.iter().map(|entry| (self.typed(entry), self.tree.place(entry))).collect())
    }

    fn call(&mut self, node: &IdedExpr, call: &CallExpr) -> Typed {
        let name = call.func_name.as_str();
        match (name, call.args.as_slice()) {
            (operators::LOGICAL_NOT, [inner]) => match self.truth(inner) {
                Some(truth) => Typed::Truth(Truth::Not(Box::new(truth))),
                None => Typed::Broken,
            },
            (operators::LOGICAL_AND | operators::LOGICAL_OR, parts) => self.joined(name, parts),
            (operators::CONDITIONAL, [test, yes, no]) => self.choice(node, test, yes, no),
            (operators::IN, [needle, hay]) => self.among(node, needle, hay),
            (operators::NEGATE, [inner]) => match self.typed(inner) {
                Typed::Number(number) => Typed::Number(Number::Negative(Box::new(number))),
                other => self.mismatch(node, &format!("负号后面要是数值，这里是{}", other.name()), &[&other]),
            },
            (_, [left, right]) => {
                if let Some(order) = comparison(name) {
                    let (left, right) = (self.typed(left), self.typed(right));
                    self.compared(node, order, left, right)
                } else if let Some(join) = arithmetic(name) {
                    match (self.typed(left), self.typed(right)) {
                        (Typed::Number(left), Typed::Number(right)) => {
                            Typed::Number(join(Box::new(left), Box::new(right)))
                        }
                        (left, right) => {
                            let what = format!("加、减、乘的两边都要是数值，这里是{}和{}", left.name(), right.name());
                            self.mismatch(node, &what, &[&left, &right])
                        }
                    }
                } else {
                    self.function(node, name)
                }
            }
            _ => self.function(node, name),
        }
    }

    fn function(&mut self, node: &IdedExpr, name: &str) -> Typed {
        let shown = name.trim_matches('_');
        self.unsupported(node, &format!("“{shown}”"), "条件只用 == != < <= > >= && || ! in + - * ? : 和列表")
    }

    fn joined(&mut self, name: &str, parts: &[IdedExpr]) -> Typed {
        let truths: Vec<_> = parts.iter().map(|part| self.truth(part)).collect();
        let Some(truths) = truths.into_iter().collect::<Option<Vec<_>>>() else { return Typed::Broken };
        let all = name == operators::LOGICAL_AND;
        let mut flat = Vec::with_capacity(truths.len());
        for truth in truths {
            // `a && b && c` arrives as nested pairs.
            match truth {
                Truth::All(inner) if all => flat.extend(inner),
                Truth::Any(inner) if !all => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Typed::Truth(if all { Truth::All(flat) } else { Truth::Any(flat) })
    }

    fn choice(&mut self, node: &IdedExpr, test: &IdedExpr, yes: &IdedExpr, no: &IdedExpr) -> Typed {
        let test = self.truth(test).map(Box::new);
        match (test, self.typed(yes), self.typed(no)) {
            (Some(test), Typed::Truth(yes), Typed::Truth(no)) => {
                Typed::Truth(Truth::If(test, Box::new(yes), Box::new(no)))
            }
            (Some(test), Typed::Number(yes), Typed::Number(no)) => {
                Typed::Number(Number::If(test, Box::new(yes), Box::new(no)))
            }
            (Some(test), Typed::Text(yes), Typed::Text(no)) => Typed::Text(Text::If(test, Box::new(yes), Box::new(no))),
            (None, ..) => Typed::Broken,
            (_, yes, no) => {
                let what = format!("冒号两边要是同一种值，这里是{}和{}", yes.name(), no.name());
                self.mismatch(node, &what, &[&yes, &no])
            }
        }
    }

    fn truth(&mut self, node: &IdedExpr) -> Option<Truth> {
        match self.typed(node) {
            Typed::Truth(truth) => Some(truth),
            other => {
                let what = format!("这里要是“是”或“否”，而得出的是{}", other.name());
                self.mismatch(node, &what, &[&other]);
                None
            }
        }
    }

    pub fn mismatch(&mut self, node: &IdedExpr, what: &str, parts: &[&Typed]) -> Typed {
        self.mismatch_at(self.tree.place(node), what, parts)
    }

    pub fn mismatch_at(&mut self, place: Range<usize>, what: &str, parts: &[&Typed]) -> Typed {
        if !parts.iter().any(|part| matches!(part, Typed::Broken)) {
            self.problems.push(Problem::new(ProblemKind::WrongType, place, what));
        }
        Typed::Broken
    }

    fn unsupported(&mut self, node: &IdedExpr, thing: &str, mend: &str) -> Typed {
        let what = format!("条件里不支持{thing}");
        self.problems.push(Problem::new(ProblemKind::Unsupported, self.tree.place(node), what).mend(mend));
        Typed::Broken
    }
}
