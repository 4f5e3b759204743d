//! Firms and shops (市场主体), each with a legal representative among the residents.

use std::collections::HashSet;

use chrono::Days;
use kernel::id::SubjectId;
use kernel::value::Value;
use rand::RngExt;
use records::{OrgForm, OrgStatus, Organisation, numbering};

use super::maker::{Maker, Paper, details, years_on};

/// What a shop of one person may be: its trade in the name, its scope in words, its further licence.
const TRADES: [(&str, &str, Option<&str>); 8] = [
    ("饮食店", "餐饮服务", Some("food-permit")),
    ("茶餐厅", "餐饮服务", Some("food-permit")),
    ("理发店", "理发服务；生活美容服务", Some("hygiene-permit")),
    ("便利店", "食品销售；日用百货销售", Some("tobacco-permit")),
    ("服装店", "服装服饰零售", None),
    ("五金店", "五金产品零售", None),
    ("鲜花店", "礼品花卉销售", None),
    ("陶艺坊", "工艺美术品零售", None),
];
/// What a company may be.
const BUSINESSES: [(&str, &str); 6] = [
    ("陶瓷有限公司", "建筑陶瓷制品销售；国内贸易代理"),
    ("商贸有限公司", "日用百货销售；国内贸易代理"),
    ("餐饮管理有限公司", "餐饮管理；企业管理咨询"),
    ("软件科技有限公司", "软件开发；信息技术咨询服务"),
    ("装饰工程有限公司", "住宅室内装饰装修"),
    ("机械设备有限公司", "机械设备销售；机械设备研发"),
];
const FIRST: [&str; 14] = ["澜", "景", "瑞", "颐", "恒", "泰", "嘉", "宏", "盈", "顺", "祥", "锦", "裕", "岭"];
const SECOND: [&str; 14] = ["悦", "和", "丰", "安", "达", "兴", "源", "汇", "隆", "昇", "诚", "远", "禾", "川"];
const THIRD: [&str; 10] = ["", "记", "轩", "园", "坊", "堂", "楼", "居", "阁", "里"];

/// Series letters of the sample's credit codes.
const SERIES: &str = "MAE";
/// 登记机关 of the sample.
const REGISTRAR: &str = "market-chancheng";

/// A firm before it is registered.
pub(super) struct Firm<'a> {
    pub name: String,
    pub form: OrgForm,
    pub scope: &'a str,
    pub capital: f64,
    pub years: u32,
    /// Licence of its premises, if its trade needs one.
    pub further: Option<&'a str>,
}

/// Adds so many firms, three of four of them one-person businesses.
pub(super) fn make(maker: &mut Maker<'_>, number: usize) {
    let adults: Vec<usize> = (maker.fixed..maker.people.residents.len())
        .filter(|one| (22..66).contains(&maker.people.residents[*one].age_on(maker.today)))
        .collect();
    let mut names: HashSet<String> = maker.people.organisations.iter().map(|one| one.name.clone()).collect();
    for _ in 0..number {
        if adults.is_empty() {
            return;
        }
        let owner = maker.pick(&adults);
        let firm = describe(maker);
        // A name taken is a name taken (市场主体登记管理条例第十条); the district does without that firm.
        if names.insert(firm.name.clone()) {
            register(maker, owner, firm);
        }
    }
}

fn describe(maker: &mut Maker<'_>) -> Firm<'static> {
    let word = format!("{}{}{}", maker.pick(&FIRST), maker.pick(&SECOND), maker.pick(&THIRD));
    let years = maker.rng.random_range(1..12);
    if maker.chance(75) {
        let (trade, scope, further) = maker.pick(&TRADES);
        let capital = f64::from(maker.rng.random_range(1..20));
        let name = format!("佛山市禅城区{word}{trade}");
        Firm { name, form: OrgForm::Individual, scope, capital, years, further }
    } else {
        let (business, scope) = maker.pick(&BUSINESSES);
        let capital = f64::from(maker.pick(&[10, 50, 100, 300, 500]));
        let name = format!("佛山市{word}{business}");
        Firm { name, form: OrgForm::Company, scope, capital, years, further: None }
    }
}

/// Registers a firm with its owner and its licences; tells where in the list.
pub(super) fn register(maker: &mut Maker<'_>, owner: usize, firm: Firm<'_>) -> usize {
    let serial = maker.people.organisations.len() as u64 + 1;
    let credit_code = numbering::credit_code(firm.form.credit_code_class(), "440604", SERIES, serial)
        .expect("class, division and series can stand in a credit code");
    let subject = SubjectId::from_uuid(maker.uuid());
    let registered_on = maker.past(firm.years);
    let (region, address) = maker.shop();
    let (legal_rep, legal_rep_name) = {
        let owner = &maker.people.residents[owner];
        (owner.subject, owner.name.clone())
    };
    maker.paper(Paper {
        licence: "business-licence",
        holder: subject,
        holder_name: &firm.name,
        issued_on: registered_on,
        valid_to: None,
        number: Some(credit_code.to_string()),
        about: None,
        place: None,
        details: details([("form", firm.form.code().into()), ("scope", firm.scope.into())]),
    });
    if let Some(licence) = firm.further {
        premises_permit(maker, subject, &firm.name, licence, &address);
    }
    maker.people.organisations.push(Organisation {
        subject,
        credit_code,
        name: firm.name,
        form: firm.form,
        legal_rep,
        legal_rep_name,
        region,
        address,
        scope: firm.scope.to_owned(),
        capital: Some(firm.capital),
        registered_on,
        registrar: REGISTRAR.into(),
        status: OrgStatus::Active,
        as_of: maker.today,
    });
    maker.people.organisations.len() - 1
}

fn premises_permit(maker: &mut Maker<'_>, holder: SubjectId, name: &str, licence: &str, address: &str) {
    // Issued within the last three years, so that every term is still running.
    let issued_on = maker.today - Days::new(maker.rng.random_range(30..3 * 365));
    let years = match licence {
        "hygiene-permit" => 4,
        _ => 5,
    };
    maker.paper(Paper {
        licence,
        holder,
        holder_name: name,
        issued_on,
        valid_to: Some(years_on(issued_on, years)),
        number: None,
        about: None,
        place: Some(address.to_owned()),
        details: details([("usage", Value::from("commercial"))]),
    });
}
