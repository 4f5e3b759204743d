//! Conditions made of choices (条件由选项组成): facts compared with values, all of them or any of them. What the choices come to is
//! CEL and always shown; CEL of that shape is read back as choices, any other stays a text.

use serde::{Deserialize, Serialize};

kernel::coded! {
    /// How the choices hang together.
    Join in "choice-join" {
        /// 全部符合
        All = "all",
        /// 符合其中一项
        Any = "any",
    }
    /// How a fact is compared.
    Op in "choice-op" {
        /// 是
        Holds = "holds",
        /// 不是
        HoldsNot = "holds-not",
        /// 等于
        Equals = "equals",
        /// 不等于
        Differs = "differs",
        /// 小于
        Below = "below",
        /// 不大于
        AtMost = "at-most",
        /// 大于
        Above = "above",
        /// 不小于
        AtLeast = "at-least",
        /// 是其中之一
        OneOf = "one-of",
        /// 不是其中任何一个
        NoneOf = "none-of",
        /// 选了
        Picked = "picked",
        /// 没有选
        NotPicked = "not-picked",
    }
}

/// What a fact is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Literal {
    Text(String),
    /// As it is written: `300`, `0.5`.
    Number(String),
}

impl Literal {
    /// What a person typed for a fact that is a number or is none.
    pub fn typed(text: &str, is_number: bool) -> Option<Self> {
        let text = text.trim();
        match is_number {
            true => number(text).then(|| Self::Number(text.to_owned())),
            false => (!text.is_empty()).then(|| Self::Text(text.to_owned())),
        }
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }
}

/// One fact, compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Code of an element.
    pub fact: String,
    pub op: Op,
    /// None where the fact itself is the answer; one or several elsewhere.
    pub values: Vec<Literal>,
}

/// A condition of that shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub join: Join,
    pub choices: Vec<Choice>,
}

impl Op {
    /// How many values it takes: none, one, or several.
    pub fn takes(self) -> (usize, usize) {
        match self {
            Op::Holds | Op::HoldsNot => (0, 0),
            Op::OneOf | Op::NoneOf => (1, usize::MAX),
            Op::Equals
            | Op::Differs
            | Op::Below
            | Op::AtMost
            | Op::Above
            | Op::AtLeast
            | Op::Picked
            | Op::NotPicked => (1, 1),
        }
    }
}

impl Choices {
    /// These, joined; one alone is joined in no way, which counts as all.
    pub fn new(join: Join, choices: Vec<Choice>) -> Self {
        Self { join: if choices.len() < 2 { Join::All } else { join }, choices }
    }

    /// Whether every choice has as many values as it takes, and there is one at all.
    pub fn is_whole(&self) -> bool {
        let whole = |choice: &Choice| {
            let (least, most) = choice.op.takes();
            is_name(&choice.fact) && (least..=most).contains(&choice.values.len())
        };
        !self.choices.is_empty() && self.choices.iter().all(whole)
    }

    /// The expression.
    pub fn to_cel(&self) -> String {
        let between = if self.join == Join::All { " && " } else { " || " };
        self.choices.iter().map(Choice::to_cel).collect::<Vec<_>>().join(between)
    }

    /// Reads an expression; `None` where it is not of this shape.
    pub fn of_cel(cel: &str) -> Option<Self> {
        let tokens = tokens(cel)?;
        let mut reader = Reader { tokens: &tokens, at: 0 };
        let mut choices = vec![reader.choice()?];
        let mut join = None;
        while let Some(token) = reader.next() {
            let this = match token {
                Token::Sign("&&") => Join::All,
                Token::Sign("||") => Join::Any,
                _ => return None,
            };
            if join.is_some_and(|join| join != this) {
                return None;
            }
            join = Some(this);
            choices.push(reader.choice()?);
        }
        Some(Self::new(join.unwrap_or(Join::All), choices))
    }
}

impl Choice {
    fn to_cel(&self) -> String {
        let fact = &self.fact;
        let first = || self.values.first().map(written).unwrap_or_default();
        let list = || self.values.iter().map(written).collect::<Vec<_>>().join(", ");
        match self.op {
            Op::Holds => fact.clone(),
            Op::HoldsNot => format!("!{fact}"),
            Op::Equals => format!("{fact} == {}", first()),
            Op::Differs => format!("{fact} != {}", first()),
            Op::Below => format!("{fact} < {}", first()),
            Op::AtMost => format!("{fact} <= {}", first()),
            Op::Above => format!("{fact} > {}", first()),
            Op::AtLeast => format!("{fact} >= {}", first()),
            Op::OneOf => format!("{fact} in [{}]", list()),
            Op::NoneOf => format!("!({fact} in [{}])", list()),
            Op::Picked => format!("{} in {fact}", first()),
            Op::NotPicked => format!("!({} in {fact})", first()),
        }
    }
}

fn written(literal: &Literal) -> String {
    match literal {
        Literal::Number(text) => text.clone(),
        Literal::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
    }
}

fn number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit());
    all(whole) && all(part)
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !matches!(text, "true" | "false" | "null" | "in")
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Value(Literal),
    In,
    Sign(&'static str),
}

const SIGNS: [&str; 14] = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", ","];

fn tokens(cel: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = cel.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '\'' || first == '"' {
            let (text, after) = quoted(&rest[1..], first)?;
            tokens.push(Token::Value(Literal::Text(text)));
            rest = after;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else {
            let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "_.-".contains(letter)));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            tokens.push(match word {
                "in" => Token::In,
                word if number(word) => Token::Value(Literal::Number(word.to_owned())),
                word if is_name(word) => Token::Name(word.to_owned()),
                _ => return None,
            });
            rest = after;
        }
        rest = rest.trim_start();
    }
    Some(tokens)
}

/// The text up to the closing quote, and what follows it.
fn quoted(text: &str, closing: char) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            letter if letter == closing => return Some((out, &text[at + letter.len_utf8()..])),
            '\\' => match letters.next()?.1 {
                escaped @ ('\\' | '\'' | '"') => out.push(escaped),
                _ => return None,
            },
            letter => out.push(letter),
        }
    }
    None
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    fn is(&mut self, sign: &'static str) -> bool {
        let is = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(is);
        is
    }

    fn choice(&mut self) -> Option<Choice> {
        if self.is("!") {
            if self.is("(") {
                let inner = self.comparison()?;
                let op = match inner.op {
                    Op::OneOf => Op::NoneOf,
                    Op::Picked => Op::NotPicked,
                    Op::Holds => Op::HoldsNot,
                    _ => return None,
                };
                return self.is(")").then_some(Choice { op, ..inner });
            }
            let Token::Name(fact) = self.next()? else { return None };
            return Some(Choice { fact, op: Op::HoldsNot, values: Vec::new() });
        }
        if self.is("(") {
            let inner = self.comparison()?;
            return self.is(")").then_some(inner);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Option<Choice> {
        match self.next()? {
            Token::Name(fact) => self.compared(fact),
            Token::Value(value) => {
                let (Token::In, Token::Name(fact)) = (self.next()?, self.next()?) else { return None };
                Some(Choice { fact, op: Op::Picked, values: vec![value] })
            }
            Token::In | Token::Sign(_) => None,
        }
    }

    fn compared(&mut self, fact: String) -> Option<Choice> {
        let op = match self.tokens.get(self.at) {
            Some(Token::Sign("==")) => Op::Equals,
            Some(Token::Sign("!=")) => Op::Differs,
            Some(Token::Sign("<")) => Op::Below,
            Some(Token::Sign("<=")) => Op::AtMost,
            Some(Token::Sign(">")) => Op::Above,
            Some(Token::Sign(">=")) => Op::AtLeast,
            Some(Token::In) => {
                self.at += 1;
                return self.list().map(|values| Choice { fact, op: Op::OneOf, values });
            }
            _ => return Some(Choice { fact, op: Op::Holds, values: Vec::new() }),
        };
        self.at += 1;
        let Token::Value(value) = self.next()? else { return None };
        Some(Choice { fact, op, values: vec![value] })
    }

    fn list(&mut self) -> Option<Vec<Literal>> {
        if !self.is("[") {
            return None;
        }
        let mut values = Vec::new();
        loop {
            let Token::Value(value) = self.next()? else { return None };
            values.push(value);
            if self.is("]") {
                return Some(values);
            }
            if !self.is(",") {
                return None;
            }
        }
    }
}
