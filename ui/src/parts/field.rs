//! One field of a form: label, help, error, and the input fit for its kind. A value known from a register folds to
//! one line with its source and opens when the person wants to correct it.

use askama::Template;

mod drawing;

/// One answer to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opt {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// What choosing it means, smaller beneath.
    pub hint: Option<String>,
    /// Heading this option stands under in a long list (the street of a community).
    pub group: Option<String>,
}

impl Opt {
    /// An option without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same under a heading.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// What kind of answer a field takes (数据元类型).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of words, at most so many characters.
    Text {
        /// Most characters.
        max: Option<u32>,
    },
    /// Several lines.
    Long {
        /// Most characters.
        max: Option<u32>,
    },
    /// A number with its unit: 86.5 平方米.
    Number {
        /// Unit behind the box.
        unit: Option<String>,
    },
    /// 是 or 否; sends `true` or `false`.
    Bool,
    /// A civil date, sent as 2026-10-09.
    Date,
    /// One of several.
    Choice(Vec<Opt>),
    /// Any of several.
    Multi(Vec<Opt>),
    /// 公民身份号码
    CitizenId,
    /// 统一社会信用代码
    CreditCode,
    /// 手机号码
    Phone,
    /// 电子邮箱
    Email,
    /// 行政区划: a list to choose from, the streets as headings.
    Region(Vec<Opt>),
    /// 详细地址
    Address,
}

/// Where a value that is already filled in comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// 公安人口库
    pub name: String,
    /// 昨天
    pub when: String,
    /// Where the person says that the register is wrong.
    pub dispute: Option<String>,
}

/// One field. Build it with [`Field::new`] and the methods beneath; print it with `{{ field }}`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    /// Name the form sends; the element's code.
    pub name: String,
    /// Label above the box.
    pub label: String,
    /// Kind of answer.
    pub kind: FieldKind,
    /// The value or values in the box.
    pub values: Vec<String>,
    /// Whether it must be answered; the others say （选填）.
    pub required: bool,
    /// One sentence of help under the label.
    pub help: Option<String>,
    /// An example: 如：禅城区祖庙街道锦华路85号.
    pub sample: Option<String>,
    /// What is wrong and how to mend it.
    pub error: Option<String>,
    /// Where the value comes from; the field then folds to a line.
    pub source: Option<Source>,
    /// The value as the folded line shows it, when it must be masked there.
    pub shown: Option<String>,
    /// Which authorities ask for it, for those who wonder why.
    pub asked_by: Vec<String>,
    /// Large options with borders, for one question a screen.
    pub cards: bool,
    /// Attributes of the browser's own filling: `name`, `tel`, `street-address`.
    pub autocomplete: Option<String>,
    /// Lowest and highest number or date allowed, as the input wants it.
    pub bounds: (Option<String>, Option<String>),
    /// The label is the page's heading (one question a screen).
    pub heading: bool,
}

impl Field {
    /// A required, empty field.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: FieldKind) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            values: Vec::new(),
            required: true,
            help: None,
            sample: None,
            error: None,
            source: None,
            shown: None,
            asked_by: Vec::new(),
            cards: false,
            autocomplete: None,
            bounds: (None, None),
            heading: false,
        }
    }

    /// One line of words.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, FieldKind::Text { max: None })
    }

    /// A number with its unit.
    pub fn number(name: impl Into<String>, label: impl Into<String>, unit: impl Into<String>) -> Self {
        Self::new(name, label, FieldKind::Number { unit: Some(unit.into()) })
    }

    /// One of several.
    pub fn choice(name: impl Into<String>, label: impl Into<String>, options: Vec<Opt>) -> Self {
        Self::new(name, label, FieldKind::Choice(options))
    }

    /// Any of several.
    pub fn multi(name: impl Into<String>, label: impl Into<String>, options: Vec<Opt>) -> Self {
        Self::new(name, label, FieldKind::Multi(options))
    }

    /// What stands in the box; an empty text counts as nothing.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        let value = value.into();
        self.values = if value.is_empty() { Vec::new() } else { vec![value] };
        self
    }

    /// What is ticked.
    #[must_use]
    pub fn values(mut self, values: Vec<String>) -> Self {
        self.values = values;
        self
    }

    /// It may stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// One sentence of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// An example.
    #[must_use]
    pub fn sample(mut self, sample: impl Into<String>) -> Self {
        self.sample = Some(sample.into());
        self
    }

    /// What is wrong.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    /// Filled from a register: name and time.
    #[must_use]
    pub fn from_source(mut self, name: impl Into<String>, when: impl Into<String>) -> Self {
        self.source = Some(Source { name: name.into(), when: when.into(), dispute: None });
        self
    }

    /// Masked form for the folded line.
    #[must_use]
    pub fn shown(mut self, shown: impl Into<String>) -> Self {
        self.shown = Some(shown.into());
        self
    }

    /// Which authorities ask for it.
    #[must_use]
    pub fn asked_by(mut self, authorities: Vec<String>) -> Self {
        self.asked_by = authorities;
        self
    }

    /// Large options with borders.
    #[must_use]
    pub fn cards(mut self) -> Self {
        self.cards = true;
        self
    }

    /// The label is the page's `h1`.
    #[must_use]
    pub fn heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Lowest and highest number or date.
    #[must_use]
    pub fn bounds(mut self, least: Option<String>, most: Option<String>) -> Self {
        self.bounds = (least, most);
        self
    }

    /// The id of the box, where an error summary leads: `f-` and the name; for options, the first of them.
    #[must_use]
    pub fn target(&self) -> String {
        if self.is_group() { format!("f-{}-1", self.name) } else { format!("f-{}", self.name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_field_folds_and_still_sends_its_value() {
        let field =
            Field::text("op_name", "经营者姓名").value("陈小<明>").shown("陈**").from_source("公安人口库", "昨天");
        let html = field.to_string();
        assert!(html.contains("<details") && !html.contains("<details open"));
        assert!(html.contains("来自公安人口库") && html.contains("陈**"));
        assert!(html.contains(r#"value="陈小&#60;明&#62;""#));
    }

    #[test]
    fn a_wrong_field_opens_and_names_its_error() {
        let field =
            Field::new("op_id", "身份证号", FieldKind::CitizenId).value("44060").from_source("公安人口库", "昨天");
        let html = field.error("身份证号应为18位，您填了5位").to_string();
        assert!(!html.contains("<details"));
        assert!(html.contains(r#"aria-invalid="true""#) && html.contains(r#"aria-describedby="f-op_id-error""#));
    }

    #[test]
    fn many_options_become_a_list_with_headings() {
        let communities = (0..9).map(|i| {
            Opt::new(i.to_string(), format!("社区{i}")).group(if i < 4 { "祖庙街道" } else { "石湾镇街道" })
        });
        let field = Field::choice("community", "所在社区", communities.collect()).value("5");
        let html = field.to_string();
        assert_eq!(html.matches("<optgroup").count(), 2);
        assert_eq!(html.matches(" selected").count(), 1);
        assert!(!html.contains("type=\"radio\""));
    }

    #[test]
    fn an_error_summary_leads_to_the_first_option_of_a_group() {
        let field = Field::new("has_agent", "是否委托他人代办", FieldKind::Bool);
        assert_eq!(field.target(), "f-has_agent-1");
        assert!(field.to_string().contains(r#"id="f-has_agent-1""#));
    }
}
