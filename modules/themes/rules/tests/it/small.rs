//! A catalogue of a few lines, with just what planning needs. The compiler of the catalogue would miss legal bases and
//! codes in it; that is its business and tested there.

use catalog::{Catalog, SourceFile};
use themes::{Answers, Known, Plan, Theme, plan};

pub const ELEMENTS: &str = "
- {code: has_licence, name: 已有营业执照, kind: bool, group: organisation}
- {code: has_agent, name: 委托代办, kind: bool, group: agent}
- {code: commit, name: 告知承诺, kind: bool, group: business}
- {code: shape, name: 主体类型, kind: choice, group: organisation, options: [{value: one, label: 个体}, {value: firm, label: 公司}, {value: sole, label: 独资}]}
- {code: sells, name: 卖什么, kind: multi, group: business, options: [{value: tea, label: 茶}, {value: meals, label: 饭}, {value: drugs, label: 药}]}
- {code: area, name: 面积, kind: number, unit: 平方米, min: 1, max: 1000, group: place}
- {code: owner_name, name: 经营者姓名, kind: text, group: person, source: {resource: resident, field: name, authority: market, trust: A}}
- {code: owner_id, name: 经营者身份证号, kind: citizen-id, group: person, source: {resource: resident, field: id, authority: market, trust: A}}
- {code: birth, name: 出生日期, kind: date, group: person, derived: {from: owner_id, how: birth-date}}
- {code: shop_name, name: 店名, kind: text, group: organisation}
- {code: uscc, name: 统一社会信用代码, kind: credit-code, group: organisation, derived: {from: shop_name, how: registration}}
- {code: sign_size, name: 招牌尺寸, kind: text, group: place}
- {code: months, name: 缴费月数, kind: number, group: insurance, source: {resource: resident, field: months, authority: market, trust: A}}
";

pub const MATERIALS: &str = "
- {id: form, name: 申请表, issuer: self}
- {id: card, name: 居民身份证, issuer: government, licence: id-card}
- {id: licence, name: 营业执照, issuer: government, licence: business-licence}
- {id: lease, name: 租赁合同, issuer: self}
- {id: plan, name: 平面图, issuer: self}
- {id: report, name: 检测报告, issuer: other}
- {id: name-note, name: 名称登记信息, issuer: self}
- {id: letter, name: 授权委托书, issuer: self}
- {id: health, name: 健康证, issuer: other, check: health-cert}
";

pub const LICENCES: &str = "
- {id: id-card, name: 居民身份证, type_code: T1, holder: person, authority: market, valid: null}
- {id: business-licence, name: 营业执照, type_code: T2, holder: organisation, authority: market, valid: null}
- {id: food-permit, name: 食品许可证, type_code: T3, holder: premises, authority: market, valid: null}
";

const AUTHORITIES: &str = "
- {id: market, name: 市场监督管理局, short: 市场监管局, credit_code: X, region: '440604', level: county, kind: statutory}
- {id: city, name: 城市管理局, short: 城管局, credit_code: X, region: '440604', level: county, kind: statutory}
";

pub const REGISTER: &str = "
id: register
name: 个体工商户设立登记
plain: 营业执照
authority: market
status: active
promise: {unit: at-once}
statutory: {value: 3, unit: workday}
visits: {count: 0}
provides: business-licence
materials:
  - {id: A1, material: form, holder: applicant, need: required, copy: original, media: either, waive: [{by: form}]}
  - {id: A2, material: card, name: 经营者身份证明, holder: operator, need: required, copy: original, media: either, waive: [{by: licence}]}
  - {id: A3, material: lease, holder: premises, need: required, copy: copy, media: either, standard: 在有效期内}
  - {id: A4, material: letter, holder: agent, need: required, copy: original, media: either, when: has_agent}
  - {id: A5, material: card, name: 代理人身份证明, holder: agent, need: required, copy: copy, media: either, when: has_agent, waive: [{by: licence}]}
  - {id: A6, material: name-note, holder: applicant, need: required, copy: original, media: either, waive: [{by: element, element: shop_name}]}
fields:
  - {element: owner_name, required: true, label: 经营者}
  - {element: owner_id, required: true}
  - {element: birth, required: true}
  - {element: shop_name, required: true}
  - {element: area, required: false}
";

pub const PERMIT: &str = "
id: permit
name: 食品经营许可
authority: market
status: active
promise: {value: 5, unit: workday}
statutory: {value: 20, unit: workday}
visits: {count: 0}
consumes: [business-licence]
provides: food-permit
tolerance: {allowed: true, days: 5}
commitment: {allowed: true, clauses: [按标准经营], choice: commit, evidence_due: {value: 60, unit: natural}}
materials:
  - {id: B1, material: form, holder: applicant, need: required, copy: original, media: either, waive: [{by: form}]}
  - {id: B2, material: licence, holder: organisation, need: required, copy: copy, media: either, waive: [{by: licence}]}
  - {id: B3, material: card, name: 负责人身份证明, holder: operator, need: required, copy: copy, media: paper, copies: 2, waive: [{by: licence}]}
  - {id: B4, material: plan, holder: premises, need: deferrable, copy: original, media: either}
  - {id: B5, material: report, holder: premises, need: required, copy: original, media: either, waive: [{by: commitment}]}
  - {id: B6, material: lease, name: 房屋使用证明, holder: premises, need: required, copy: original, media: either, standard: 地址一致}
  - {id: B7, material: health, holder: employee, need: required, copy: copy, media: either, waive: [{by: check, interface: health-cert}]}
fields:
  - {element: owner_name, required: true, label: 负责人}
  - {element: owner_id, required: true}
  - {element: uscc, required: true}
  - {element: area, required: true, label: 经营面积}
  - {element: commit, required: true}
";

pub const SIGN: &str = "
id: sign
name: 招牌备案
authority: city
status: active
promise: {value: 4, unit: hour}
statutory: {value: 5, unit: workday}
visits: {count: 0}
consumes: [business-licence]
materials:
  - {id: C1, material: form, holder: applicant, need: required, copy: original, media: either, waive: [{by: form}]}
  - {id: C2, material: licence, holder: organisation, need: required, copy: copy, media: either, waive: [{by: licence}]}
  - {id: C3, material: plan, scope: 招牌, holder: premises, need: required, copy: original, media: either}
fields:
  - {element: owner_name, required: true}
  - {element: sign_size, required: true}
";

pub const THEME: &str = "id: tea-house
name: 开一家茶馆
summary: 一次办好
say: [我要开茶馆]
lead: market
baseline: {items: 3, materials: 16, fields: 12, trips: 3, days: 12, submissions: 3}
trips: 0
questions:
  - {id: has_licence, text: 有营业执照吗？, kind: bool}
  - {id: shape, text: 办成哪一种？, kind: single, when: '!has_licence'}
  - {id: sells, text: 卖什么？, kind: multi}
  - {id: area, text: 多大？, kind: number, default: 50}
  - {id: commit, text: 告知承诺吗？, kind: bool, default: false}
  - {id: has_agent, text: 委托代办吗？, kind: bool, default: false}
items:
  - {item: register, when: \"!has_licence && shape != 'sole'\", because: 还没有执照, otherwise: 已有执照}
  - {item: permit, when: \"'tea' in sells || 'meals' in sells\"}
  - {item: sign, when: area >= 20}
out_of_scope:
  - {when: \"!has_licence && shape == 'sole'\", reason: 独资企业不在这里办, go: 到市场监管局窗口}
  - {when: \"has_licence && !('tea' in sells) && !('meals' in sells) && area < 20\", reason: 没有要办的, go: 直接开业}
";

/// The small catalogue with these items.
pub fn catalog_of(items: &[&str]) -> Catalog {
    let shared = [
        ("elements/all.yaml", ELEMENTS),
        ("materials/all.yaml", MATERIALS),
        ("licences/all.yaml", LICENCES),
        ("authorities/all.yaml", AUTHORITIES),
    ];
    let mut files: Vec<SourceFile> = shared.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect();
    for (number, item) in items.iter().enumerate() {
        files.push(SourceFile::new(format!("items/{number}.yaml"), *item));
    }
    catalog::examine(&files).compiled.catalog
}

pub fn catalog() -> Catalog {
    catalog_of(&[REGISTER, PERMIT, SIGN])
}

pub fn theme_file(text: &str) -> SourceFile {
    SourceFile::new("themes/tea-house/theme.yaml", text)
}

/// The tea house, or a fault printed.
pub fn theme(catalog: &Catalog, text: &str) -> Theme {
    let files = [theme_file(text)];
    let (themes, diagnostics) = themes::compile(catalog, &files);
    let mut themes = themes.unwrap_or_else(|| panic!("{}", crate::shelf::print(&diagnostics, &files)));
    themes.remove(0)
}

/// A plan of the theme for answers as the command line gives them.
pub fn planned<'t>(theme: &'t Theme, answers: &[(&str, &str)], known: &Known) -> Plan<'t> {
    let answers: Answers = theme.read_answers(answers.iter().copied()).expect("sound answers");
    plan(theme, &answers, known)
}
