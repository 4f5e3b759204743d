//! Themes for a grown city ([`catalog::sample`]): each has one item as its matter and a few of other authorities that some
//! applicants need too, with the questions that tell which, and scenarios that say what must come out.

use std::collections::BTreeSet;
use std::fmt::Write;

use catalog::SourceFile;
use catalog::model::ItemKind;
use catalog::sample::{City, Doing, GrownItem, Seeded, Who};

/// Yes-or-no questions about a business and about a person, by the element they bind to.
const OF_BUSINESS: &[(&str, &str)] = &[
    ("online_ops", "同时在网上经营吗？"),
    ("new_fitout", "场所是新装修的吗？"),
    ("open_fire", "使用明火或者燃气吗？"),
    ("chain", "是连锁门店吗？"),
    ("hvac", "使用集中空调通风系统吗？"),
    ("has_board", "要在店外设置招牌吗？"),
    ("sells_tobacco", "店里卖烟吗？"),
    ("hires_now", "现在要招用职工吗？"),
];
const OF_PERSON: &[(&str, &str)] = &[
    ("low_income", "家里领取最低生活保障金吗？"),
    ("hard_up", "生活确有困难吗？"),
    ("commit", "采用告知承诺方式吗？"),
];

/// The item by which a company comes to be, in the sample.
const REGISTRATION: &str = "register-company";
/// One theme in so many begins with it.
const REGISTERS: usize = 8;

/// So many themes of the city, with their scenarios.
pub fn themes(city: &City, count: usize) -> Vec<SourceFile> {
    let mut dice = Seeded::new(city.seed ^ 0x7468_656d_6573);
    let mut anchors: Vec<&GrownItem> = city.items.iter().collect();
    dice.shuffle(&mut anchors);
    let mut files = Vec::with_capacity(count * 2);
    for (number, anchor) in anchors.iter().cycle().take(if anchors.is_empty() { 0 } else { count }).enumerate() {
        let round = number / anchors.len();
        let theme = Grown::of(city, anchor, round, &mut dice);
        files.push(SourceFile::new(format!("themes/{}/theme.yaml", theme.id), theme.text()));
        files.push(SourceFile::new(format!("themes/{}/scenarios.yaml", theme.id), theme.scenarios()));
    }
    files
}

struct Grown<'c> {
    id: String,
    city: &'c City,
    anchor: &'c GrownItem,
    /// Items some applicants need too: which, the question, and the least area, if it matters.
    further: Vec<(&'c GrownItem, (&'static str, &'static str), Option<u32>)>,
    registers: bool,
}

impl<'c> Grown<'c> {
    fn of(city: &'c City, anchor: &'c GrownItem, round: usize, dice: &mut Seeded) -> Self {
        let mut switches = if anchor.who == Who::Person { OF_PERSON.to_vec() } else { OF_BUSINESS.to_vec() };
        dice.shuffle(&mut switches);
        switches.truncate(1 + dice.below(3));
        let mut taken = BTreeSet::from([anchor.subject]);
        let mut further = Vec::new();
        for switch in switches {
            // A few throws find one for the same people of another subject; a small city may have none.
            let found = (0..40)
                .map(|_| dice.pick(&city.items))
                .find(|item| item.who == anchor.who && item.doing == Doing::New && !taken.contains(&item.subject));
            let Some(item) = found else { continue };
            taken.insert(item.subject);
            let area = (item.has_premises() && dice.below(2) == 0).then(|| 50 * (1 + dice.below(6) as u32));
            further.push((item, switch, area));
        }
        let registers = anchor.who == Who::Firm && anchor.doing == Doing::New && dice.below(REGISTERS) == 0;
        let again = if round == 0 { String::new() } else { format!("-{}", round + 1) };
        Self { id: format!("about-{}{again}", anchor.id), city, anchor, further, registers }
    }

    fn has_premises(&self) -> bool {
        self.registers || self.anchor.has_premises() || self.further.iter().any(|(item, ..)| item.has_premises())
    }

    fn text(&self) -> String {
        let subject = &self.city.subjects[self.anchor.subject];
        let audience = match self.anchor.who {
            Who::Firm => "[company, other]",
            Who::Body => "[institution, social-organisation]",
            Who::Shop | Who::Person => "[person]",
        };
        let (id, name, trade) = (&self.id, &self.anchor.name, subject.trade());
        let doing = self.anchor.doing.label(subject.kind);
        let count = 1 + self.further.len() + usize::from(self.registers);
        let mut out = format!(
            "id: {id}\nname: {name}\nofficial: {name}“一件事”\nsummary: {}，一次申请、一并办结。\naudience: {audience}\nsay: [我要{doing}{}, {trade}怎么{doing}]\nlead: {}\nbaseline: {{items: {count}, materials: {}, fields: {}, trips: {}, days: {}, submissions: {count}}}\ntrips: 0\nhandover: [electronic, window, mail]\n\nquestions:\n",
            subject.name,
            subject.name,
            self.anchor.authority,
            count * 6,
            count * 10,
            count * 2,
            count * 8,
        );
        self.questions(&mut out);
        self.items(&mut out);
        out
    }

    fn questions(&self, out: &mut String) {
        let mut ask = |id: &str, text: &str, rest: &str| {
            let _ = writeln!(out, "  - {{id: {id}, text: {text}, {rest}}}");
        };
        if self.registers {
            ask("has_licence", "您已经有营业执照了吗？", "kind: bool, default: true");
        }
        if self.has_premises() {
            ask("site_area", "场所面积有多大？", "kind: number, min: 1, max: 20000");
            ask("site_source", "场所是租的还是自己的？", "kind: single, default: lease");
        }
        for (_, (id, text), _) in &self.further {
            ask(id, text, "kind: bool, default: false");
        }
        ask("has_agent", "要委托别人代办吗？", "kind: bool, default: false");
    }

    fn items(&self, out: &mut String) {
        let _ = writeln!(out, "\nitems:");
        if self.registers {
            let _ = writeln!(
                out,
                "  - {{item: {REGISTRATION}, when: \"!has_licence\", because: 您还没有营业执照, otherwise: 您已有营业执照}}"
            );
        }
        let _ = writeln!(out, "  - {{item: {}}}", self.anchor.id);
        for (item, (switch, _), area) in &self.further {
            let when = area.map_or_else(|| (*switch).to_owned(), |area| format!("{switch} && site_area >= {area}"));
            let subject = &self.city.subjects[item.subject];
            let what = if subject.kind == ItemKind::Licence { "取得" } else { "办理" };
            let name = subject.name;
            let _ = writeln!(
                out,
                "  - {{item: {}, when: {when}, because: 按您的情况要{what}{name}, otherwise: 按您的情况不用{what}{name}}}",
                item.id
            );
        }
    }

    /// One applicant with everything in a large place, one with nothing in a small one.
    fn scenarios(&self) -> String {
        [("样样都有", true, 1000_u32), ("只办这一件", false, 10)]
            .map(|(name, all, area)| self.scenario(name, all, area))
            .concat()
    }

    fn scenario(&self, name: &str, all: bool, area: u32) -> String {
        let mut answers: Vec<String> = self.further.iter().map(|(_, (id, _), _)| format!("{id}: {all}")).collect();
        answers.push(format!("has_agent: {all}"));
        if self.has_premises() {
            answers.extend([format!("site_area: {area}"), "site_source: lease".to_owned()]);
        }
        let mut items = vec![self.anchor.id.as_str()];
        if self.registers {
            answers.push(format!("has_licence: {}", !all));
            items.extend(all.then_some(REGISTRATION));
        }
        items.extend(self.further.iter().filter(|_| all).map(|(item, ..)| item.id.as_str()));
        format!(
            "- name: {name}\n  answers: {{{}}}\n  expect:\n    items: [{}]\n    trips: {{after: 0}}\n",
            answers.join(", "),
            items.join(", ")
        )
    }
}
