//! The items of a grown city: kinds of matters, cut by what is done and by who does it, implemented by every authority of
//! the line.

use super::authorities::{GrownAuthority, bureaus};
use super::seeded::Seeded;
use crate::model::{Catalog, GovernmentLevel, ItemKind};

/// Kinds of matters: line of work, kind, topic, name.
const TRADES: &str = include_str!("../../sample/trades.csv");

/// The line of work of towns and communities, which are no bureaus.
const TOWN: &str = "town";

/// A kind of matter (主项), whoever implements it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Such as `culture-01`.
    pub id: String,
    pub field: &'static str,
    pub name: &'static str,
    pub kind: ItemKind,
    pub topic: &'static str,
    dept: &'static str,
    number: usize,
}

impl Subject {
    /// The trade it is about: 娱乐场所经营 of 娱乐场所经营许可.
    pub fn trade(&self) -> &'static str {
        let ends = ["登记许可", "许可", "备案", "核准", "确认", "认定", "登记"];
        ends.iter().find_map(|end| self.name.strip_suffix(end)).unwrap_or(self.name)
    }

    /// The licence it makes, if it makes one: its id and its name.
    pub fn licence(&self) -> Option<(String, String)> {
        (self.kind == ItemKind::Licence).then(|| (format!("{}-licence", self.id), format!("{}证", self.name)))
    }

    /// What of it is done.
    fn doings(&self) -> &'static [Doing] {
        match self.kind {
            ItemKind::Licence => &[Doing::New, Doing::Change, Doing::Renew, Doing::Cancel, Doing::Replace],
            ItemKind::Filing => &[Doing::New, Doing::Change, Doing::Cancel],
            ItemKind::Payment => &[Doing::New, Doing::Change, Doing::Cancel],
            _ => &[Doing::New, Doing::Change],
        }
    }

    fn whose(&self) -> &'static [Who] {
        match self.kind {
            _ if self.topic == "18" => &[Who::Firm],
            ItemKind::Licence => &[Who::Firm, Who::Shop, Who::Body],
            ItemKind::Filing => &[Who::Firm, Who::Shop],
            _ => &[Who::Person],
        }
    }
}

/// What is done (新设、变更、延续、注销、补办).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doing {
    New,
    Change,
    Renew,
    Cancel,
    Replace,
}

impl Doing {
    /// In ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Renew => "renew",
            Self::Cancel => "cancel",
            Self::Replace => "replace",
        }
    }

    /// As the name of an item of that kind says it.
    pub fn label(self, kind: ItemKind) -> &'static str {
        match (self, kind) {
            (Self::New, ItemKind::Payment) => "申领",
            (Self::New, ItemKind::Filing) => "首次备案",
            (Self::New, ItemKind::Licence) => "新办",
            (Self::New, _) => "办理",
            (Self::Change, ItemKind::Licence) => "变更",
            (Self::Change, _) => "信息变更",
            (Self::Renew, _) => "延续",
            (Self::Cancel, ItemKind::Payment) => "停发",
            (Self::Cancel, _) => "注销",
            (Self::Replace, _) => "补证",
        }
    }
}

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Firm,
    Shop,
    Body,
    Person,
}

impl Who {
    /// In ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Shop => "shop",
            Self::Body => "body",
            Self::Person => "person",
        }
    }

    /// As the name of an item says it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Firm => "企业",
            Self::Shop => "个体工商户",
            Self::Body => "社会组织",
            Self::Person => "个人",
        }
    }
}

/// An item that was grown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrownItem {
    pub id: String,
    /// 业务办理项编码, 33 characters.
    pub code: String,
    pub name: String,
    /// Number among the subjects.
    pub subject: usize,
    pub authority: String,
    pub level: GovernmentLevel,
    pub doing: Doing,
    pub who: Who,
    /// Working days promised.
    pub days: u32,
    /// Least area of the premises, where there is one.
    pub area: u32,
}

impl GrownItem {
    /// Whether it is about premises, so that it asks for area and right of use.
    pub fn has_premises(&self) -> bool {
        self.doing == Doing::New && self.who != Who::Person
    }
}

pub(super) fn subjects() -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    for line in TRADES.lines().skip(1) {
        let Ok([field, kind, topic, name]) = <[&str; 4]>::try_from(line.split(',').collect::<Vec<_>>()) else {
            continue;
        };
        let Some(kind) = ItemKind::ALL.iter().copied().find(|known| known.word() == kind) else { continue };
        let number = 1 + subjects.iter().filter(|other| other.field == field).count();
        let dept = bureaus().find(|bureau| bureau.field == field).map_or("00", |bureau| bureau.dept);
        subjects.push(Subject { id: format!("{field}-{number:02}"), field, name, kind, topic, dept, number });
    }
    subjects
}

/// Who implements what, in id, credit code and level.
struct Implementer {
    id: String,
    credit_code: String,
    level: GovernmentLevel,
}

fn implementers(sample: &Catalog, grown: &[GrownAuthority], field: &str) -> Vec<Implementer> {
    let known = |id: &str| {
        let own = sample.authorities.get(id).map(|one| (one.credit_code.clone(), one.level));
        let own = own.or_else(|| grown.iter().find(|one| one.id == id).map(|one| (one.credit_code.clone(), one.level)));
        own.map(|(credit_code, level)| Implementer { id: id.to_owned(), credit_code, level })
    };
    if field != TOWN {
        let of_line = bureaus().filter(|bureau| bureau.field == field);
        return of_line.flat_map(|bureau| [bureau.of_city[0], bureau.of_county[0]]).filter_map(known).collect();
    }
    let below = |level: &GovernmentLevel| matches!(level, GovernmentLevel::Town | GovernmentLevel::Village);
    let own = sample.authorities.values().filter(|one| below(&one.level)).map(|one| one.id.as_str());
    own.chain(grown.iter().filter(|one| below(&one.level)).map(|one| one.id.as_str())).filter_map(known).collect()
}

/// At most so many items, a few of every line.
pub(super) fn grow(
    sample: &Catalog,
    authorities: &[GrownAuthority],
    subjects: &[Subject],
    most: usize,
    dice: &mut Seeded,
) -> Vec<GrownItem> {
    let mut items: Vec<GrownItem> = Vec::new();
    for (number, subject) in subjects.iter().enumerate() {
        for implementer in implementers(sample, authorities, subject.field) {
            for (doing, who) in
                subject.doings().iter().flat_map(|doing| subject.whose().iter().map(move |who| (*doing, *who)))
            {
                items.push(item((number, subject), &implementer, (doing, who), dice));
            }
        }
    }
    if items.len() > most {
        dice.shuffle(&mut items);
        items.truncate(most);
    }
    items.sort_by(|one, other| one.id.cmp(&other.id));
    items
}

fn item(
    (number, subject): (usize, &Subject),
    implementer: &Implementer,
    (doing, who): (Doing, Who),
    dice: &mut Seeded,
) -> GrownItem {
    let name = match who {
        Who::Person => format!("{}（{}）", subject.name, doing.label(subject.kind)),
        _ => format!("{}（{}·{}）", subject.name, doing.label(subject.kind), who.label()),
    };
    // What a sample's own codes use begins at 001; the grown ones lie above.
    let basic =
        format!("44{}{}{:03}{:03}", subject.kind.digits(), subject.dept, 200 + subject.number, 1 + doing as usize);
    GrownItem {
        id: format!("{}-{}-{}-{}", subject.id, doing.word(), who.word(), implementer.id),
        code: format!("{}{}{basic}{:02}", implementer.credit_code, implementer.level.digit(), 1 + who as usize),
        name,
        subject: number,
        authority: implementer.id.clone(),
        level: implementer.level,
        doing,
        who,
        days: *dice.pick(&[1, 2, 3, 5]),
        area: *dice.pick(&[10, 20, 30, 50, 80]),
    }
}
