//! Connectors (对接适配器): how the cases of some items go to an authority's own system, and how what it reports comes back, as
//! data (`connectors/ID.yaml` of a district's folder). Nobody types a case twice.
//!
//! Reads in this order: the shapes here, `compile` with `checks` and `codes` (from files to connectors), `outgoing` (our case
//! in their columns), `incoming` (their row as orders of ours).

mod checks;
pub mod codes;
mod compile;
mod incoming;
mod outgoing;

use std::collections::{BTreeMap, BTreeSet};

use access::Role;
use catalog::diagnostic::Report;
use catalog::ids::{AuthorityId, ElementCode, ItemId};
use catalog::reader::{Node, Read, Yaml};
use catalog::{shape, words};

pub use compile::{compile, connector_of};
pub use incoming::{BadRow, Deed, Reported, Row, RowFault, digest_text, id_of, report};
pub use outgoing::{CaseValues, Document, Lack, Unmapped, document};

/// Characters of a connector's id at most: it stands before the numbers of their officers in the record.
pub const ID_CHARS_MAX: usize = 24;

words! {
    /// How the other system is reached.
    Way {
        Http = "http" "接口",
        Files = "files" "文件交换",
        Database = "database" "数据库视图",
    }
}

words! {
    /// How rows stand in a file.
    FileForm {
        Json = "json" "JSON",
        Csv = "csv" "CSV",
    }
}

words! {
    /// What has happened to a case when it is pushed.
    Occasion {
        Accepted = "accepted" "受理",
        Decided = "decided" "作出决定",
        Ended = "ended" "撤回或者终止",
    }
}

words! {
    /// What of a case, beside the form, can be pushed.
    CaseFact {
        ProjectNo = "project-no" "办件编号",
        ApplicationNo = "application-no" "申办编号",
        Occasion = "occasion" "推送时机",
        Item = "item" "事项 id",
        ItemCode = "item-code" "业务办理项编码",
        ItemName = "item-name" "事项名称",
        Region = "region" "区划代码",
        Applicant = "applicant" "申请人",
        Phone = "phone" "申请人电话",
        Agent = "agent" "代理人",
        ReceivedOn = "received-on" "收件日期",
        AcceptedOn = "accepted-on" "受理日期",
        DueOn = "due-on" "办结期限",
        DecidedOn = "decided-on" "决定日期",
        Outcome = "outcome" "决定结果",
        Reason = "reason" "决定理由",
    }
}

words! {
    /// What one of their states means here.
    Means {
        Nothing = "nothing" "仅告知",
        Step = "step" "办理环节办完",
        Grant = "grant" "准予",
        Refuse = "refuse" "不予",
        Issue = "issue" "出证",
    }
}

words! {
    /// What an officer there thinks at a step.
    OpinionWord {
        Agree = "agree" "同意",
        Disagree = "disagree" "不同意",
    }
}

/// One connector, as its file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Connector {
    /// The file's name.
    pub id: String,
    /// The system, as people there call it: 户外招牌管理系统.
    pub name: String,
    /// Whose system it is: it acts by this authority's power and by no other.
    pub authority: AuthorityId,
    pub items: Vec<ItemId>,
    pub way: Way,
    /// The line of the operator's configuration, for [`Way::Http`]; the id where none is named.
    pub line: Option<String>,
    /// For [`Way::Files`].
    pub form: Option<FileForm>,
    /// For [`Way::Database`].
    pub tables: Option<Tables>,
    /// The posts its officers act in.
    pub posts: BTreeSet<Role>,
    /// How dates are written there, in the notation of strftime.
    pub dates: String,
    pub push: Option<Push>,
    pub pull: Option<Pull>,
}

/// Their tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables {
    /// Where we insert.
    pub inbox: String,
    /// Its unique column, which takes the key of what is pushed.
    pub key: String,
    /// The view or table we read.
    pub reports: String,
    /// Its column of whole numbers that grow.
    pub cursor: String,
}

/// What is told to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    pub on: Vec<Occasion>,
    pub fields: Vec<PushField>,
}

/// One of their columns: exactly one of `from`, `element`, `constant` fills it.
#[derive(Debug, Clone, PartialEq)]
pub struct PushField {
    pub to: String,
    pub from: Option<CaseFact>,
    pub element: Option<ElementCode>,
    /// The element that is taken where that one was not filled in.
    pub otherwise: Option<ElementCode>,
    pub constant: Option<String>,
    /// Our code to theirs.
    pub values: Option<ValueMap>,
    /// Without a value nothing is pushed.
    pub required: bool,
    /// Dates of this column, where it writes them in another way.
    pub dates: Option<String>,
}

/// What is read of theirs.
#[derive(Debug, Clone, PartialEq)]
pub struct Pull {
    /// Seconds between two readings.
    pub every: u32,
    pub columns: Columns,
    pub states: Vec<StateRule>,
}

/// Which of their columns says what.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Names the row for ever; the same row read twice is one.
    pub id: String,
    /// Our 办件编号.
    pub case: String,
    pub state: String,
    /// The number of their officer who did it.
    pub officer: String,
    /// The officer's name.
    pub officer_name: String,
    /// The officer's words: an opinion, a reason.
    pub words: Option<String>,
    /// The day.
    pub on: Option<String>,
    /// The number of their paper.
    pub reference: Option<String>,
    /// Who did the steps before the decision, where a decision reports them along.
    pub handler: Option<String>,
    pub handler_name: Option<String>,
}

/// One of their states.
#[derive(Debug, Clone, PartialEq)]
pub struct StateRule {
    pub is: String,
    pub means: Means,
    /// For [`Means::Step`]: the step of the item.
    pub step: Option<String>,
    pub opinion: Option<OpinionWord>,
    /// For a decision: it reports the steps before it along.
    pub steps: bool,
}

/// A map from our words to theirs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ValueMap(pub BTreeMap<String, String>);

impl Connector {
    /// The name of its line in the operator's configuration.
    pub fn line(&self) -> &str {
        self.line.as_deref().unwrap_or(&self.id)
    }

    /// Whether cases of this item are pushed on this occasion.
    pub fn pushes(&self, item: &str, occasion: Occasion) -> bool {
        self.has(item) && self.push.as_ref().is_some_and(|push| push.on.contains(&occasion))
    }

    /// Whether it is for this item.
    pub fn has(&self, item: &str) -> bool {
        self.items.iter().any(|own| *own == *item)
    }
}

impl Read for ValueMap {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        let Yaml::Map(entries) = &node.yaml else {
            let what = format!("这里要一组“我方的值: 对方的值”，写的是{}", node.kind());
            report.at(&catalog::codes::WRONG_TYPE, node.span, what);
            return Self::default();
        };
        Self(entries.iter().map(|(key, value)| (key.name.to_string(), String::read(value, report))).collect())
    }

    fn stand_in() -> Self {
        Self::default()
    }
}

shape! { Connector {
    need: id, name, authority, items, way;
    may: line, form, tables, posts, push, pull;
    or: dates = "%Y-%m-%d".to_owned();
}}

shape! { Tables {
    need: inbox, key, reports, cursor;
    may: ;
}}

shape! { Push {
    need: on, fields;
    may: ;
}}

shape! { PushField {
    need: to;
    may: from, element, otherwise, constant, values, required, dates;
}}

shape! { Pull {
    need: columns, states;
    may: ;
    or: every = 60;
}}

shape! { Columns {
    need: id, case, state, officer, officer_name;
    may: words, on, reference, handler, handler_name;
}}

shape! { StateRule {
    need: is, means;
    may: step, opinion, steps;
}}
