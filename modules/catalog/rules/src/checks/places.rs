//! The district, its regions, authorities, halls and staff.

use std::collections::HashMap;

use access::Role;
use kernel::codes::CreditCode;

use super::at;
use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::folder::{Entry, Folder};
use crate::model::{Hall, StaffMember};

pub(super) fn check(folder: &Folder, report: &mut Report<'_>) {
    if let Some(district) = &folder.district {
        folder.regions.refer(&district.value.region, district.place(at!["region"]), report);
        if let Some(windows) = &district.value.windows {
            folder.authorities.refer(windows, district.place(at!["windows"]), report);
        }
    }
    if let Some(district) = &folder.district
        && let Some(government) = &district.value.government
    {
        folder.authorities.refer(government, district.place(at!["government"]), report);
    }
    regions(folder, report);
    authorities(folder, report);
    for entry in folder.halls.entries() {
        hall(entry, folder, report);
    }
    for entry in folder.staff.entries() {
        staff(entry, folder, report);
    }
}

fn regions(folder: &Folder, report: &mut Report<'_>) {
    for (region, span) in folder.regions.iter() {
        if let Some(parent) = &region.parent {
            folder.regions.refer(parent, span, report);
        }
    }
}

fn authorities(folder: &Folder, report: &mut Report<'_>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let mut marks: HashMap<&str, Span> = HashMap::new();
    for entry in folder.authorities.entries() {
        let authority = &entry.value;
        // Two authorities that number alike would give two documents one number.
        let span = entry.place(at!["mark"]);
        if let Some(mark) = &authority.mark
            && let Some(first) = marks.insert(mark, span)
        {
            report.at(&codes::DUPLICATE_CODE, span, format!("两个机关都用代字“{mark}”")).also(first, "另一个在这里");
        }
        folder.regions.refer(&authority.region, entry.place(at!["region"]), report);
        let span = entry.place(at!["credit_code"]);
        let code = authority.credit_code.as_str();
        if code.is_empty() {
            continue;
        }
        if let Err(fault) = CreditCode::parse(code) {
            report.at(&codes::BAD_CREDIT_CODE, span, format!("“{code}”不是统一社会信用代码：{}", reason(&fault.code)));
        }
        if let Some(first) = seen.insert(code, span) {
            report.at(&codes::DUPLICATE_CODE, span, format!("两个机关都用 {code}")).also(first, "另一个在这里");
        }
    }
}

/// Faults of credit codes in words.
pub(super) fn reason(fault: &str) -> &'static str {
    match fault {
        "credit-code.seventeen" => "只有 17 位，少了一位",
        "credit-code.length" => "不是 18 位",
        "credit-code.character" => "有不允许的字符（只用数字和 I、O、S、V、Z 以外的大写字母）",
        "credit-code.organisation-check" => "第 9 至 17 位的组织机构代码校验不对",
        "credit-code.check" => "最后一位校验码不对",
        _ => "写法不对",
    }
}

fn hall(entry: &Entry<Hall>, folder: &Folder, report: &mut Report<'_>) {
    folder.regions.refer(&entry.value.region, entry.place(at!["region"]), report);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (row, window) in entry.value.windows.iter().enumerate() {
        if let Some(first) = seen.insert(&window.no, row)
            && !window.no.is_empty()
        {
            let first = entry.place(at!["windows", first, "no"]);
            let span = entry.place(at!["windows", row, "no"]);
            let what = format!("窗口号 {} 用了两次", window.no);
            report.at(&codes::DUPLICATE_ID, span, what).also(first, "第一次用在这里");
        }
    }
}

fn staff(entry: &Entry<StaffMember>, folder: &Folder, report: &mut Report<'_>) {
    let member = &entry.value;
    folder.regions.refer(&member.region, entry.place(at!["region"]), report);
    if let Some(authority) = &member.authority {
        folder.authorities.refer(authority, entry.place(at!["authority"]), report);
    }
    if let Some(hall) = &member.hall {
        folder.halls.refer(hall, entry.place(at!["hall"]), report);
    }
    if !entry.sound {
        return;
    }
    let span = entry.place(at!["roles"]);
    let holds = |roles: &[Role]| roles.iter().any(|role| member.roles.contains(role));
    let in_authority = [Role::Handler, Role::Reviewer, Role::Approver, Role::ItemAdmin];
    if member.authority.is_none() && holds(&in_authority) {
        report.at(&codes::STAFF_WITHOUT_AUTHORITY, span, format!("“{}”没有所属机关", member.name));
    }
    if member.hall.is_none() && holds(&[Role::Clerk, Role::HallManager]) {
        report.at(&codes::STAFF_WITHOUT_HALL, span, format!("“{}”没有所属大厅", member.name));
    }
    if member.roles.contains(&Role::Clerk) && member.roles.contains(&Role::Approver) {
        report.at(&codes::CLERK_DECIDES, span, format!("“{}”既受理又批准", member.name));
    }
}
