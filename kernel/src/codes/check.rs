//! One question about any code: is it one, what is odd about it, what does it say?

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::NaiveDate;

use super::citizen_id::is_fifteen_digits;
use super::{CitizenId, CodeFault, CreditCode, LicenceMark, ProjectCode, RegionCode};

/// The kinds of code that can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeKind {
    /// 公民身份号码
    CitizenId,
    /// 统一社会信用代码
    CreditCode,
    /// 行政区划代码
    Region,
    /// 电子证照标识
    LicenceId,
    /// 投资项目代码
    ProjectCode,
}

impl CodeKind {
    /// All kinds, in the order they are listed to people.
    pub const ALL: [Self; 5] = [Self::CitizenId, Self::CreditCode, Self::Region, Self::LicenceId, Self::ProjectCode];

    /// The name on the command line and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CitizenId => "citizen-id",
            Self::CreditCode => "credit-code",
            Self::Region => "region",
            Self::LicenceId => "licence-id",
            Self::ProjectCode => "project-code",
        }
    }
}

impl FromStr for CodeKind {
    type Err = CodeFault;
    fn from_str(text: &str) -> Result<Self, CodeFault> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| CodeFault::new("code.kind").fact("found", text))
    }
}

/// The answer of [`check`].
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CodeCheck {
    /// Whether the text is such a code. Warnings do not make it invalid.
    pub valid: bool,
    /// Why it is not one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<CodeFault>,
    /// What is odd about it.
    pub warnings: Vec<CodeFault>,
    /// What it says: birthday, level, parts.
    pub facts: BTreeMap<&'static str, String>,
}

impl CodeCheck {
    fn of(warnings: Vec<CodeFault>, facts: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { valid: true, fault: None, warnings, facts: facts.into_iter().collect() }
    }
}

impl From<CodeFault> for CodeCheck {
    fn from(fault: CodeFault) -> Self {
        Self { valid: false, fault: Some(fault), warnings: Vec::new(), facts: BTreeMap::new() }
    }
}

/// Checks one code. Citizen ids, credit codes and regions fail on a wrong check or date; licence ids and project
/// codes only warn about the check and fail when the text has not the shape at all.
///
/// A fifteen-digit citizen number is answered as valid with a warning and the upgraded number among the facts:
/// who asks here is cleaning an old register. [`CitizenId::parse`], which forms use, refuses it.
pub fn check(kind: CodeKind, text: &str, today: NaiveDate) -> CodeCheck {
    let answer = match kind {
        CodeKind::CitizenId => citizen_id(text, today),
        CodeKind::CreditCode => CreditCode::parse(text).map(credit_code),
        CodeKind::Region => RegionCode::parse(text).map(region),
        CodeKind::LicenceId => LicenceMark::parse(text).map(licence_id),
        CodeKind::ProjectCode => ProjectCode::parse(text).map(project_code),
    };
    answer.unwrap_or_else(CodeCheck::from)
}

fn citizen_id(text: &str, today: NaiveDate) -> Result<CodeCheck, CodeFault> {
    let old = is_fifteen_digits(text);
    let id = if old { CitizenId::upgrade(text)? } else { CitizenId::parse_on(text, today)? };
    let mut check = CodeCheck::of(
        id.warnings(),
        [
            ("area", id.area().to_owned()),
            ("birth", id.birth().to_string()),
            ("sex", id.sex().as_str().to_owned()),
            ("masked", id.masked()),
        ],
    );
    if old {
        check.warnings.insert(0, CodeFault::new("citizen-id.fifteen-digits"));
        check.facts.insert("upgraded", id.to_string());
    }
    Ok(check)
}

fn credit_code(code: CreditCode) -> CodeCheck {
    CodeCheck::of(
        code.warnings(),
        [
            ("department", code.department().to_owned()),
            ("class", code.class().to_owned()),
            ("body", code.body().unwrap_or("unknown").to_owned()),
            ("region", code.registered_in().to_owned()),
            ("organisation_code", code.organisation_code().to_owned()),
        ],
    )
}

fn region(region: RegionCode) -> CodeCheck {
    let path: Vec<String> = region.path().into_iter().map(String::from).collect();
    CodeCheck::of(
        Vec::new(),
        [
            ("level", region.level().as_str().to_owned()),
            ("code", region.to_string()),
            ("parent", region.parent().map(String::from).unwrap_or_default()),
            ("path", path.join("/")),
        ],
    )
}

fn licence_id(mark: LicenceMark) -> CodeCheck {
    CodeCheck::of(
        mark.warnings(),
        [
            ("type", mark.type_code().to_owned()),
            ("issuer", mark.issuer().to_owned()),
            ("serial", mark.serial().to_owned()),
            ("version", mark.version().to_owned()),
            ("check", mark.check().to_string()),
        ],
    )
}

fn project_code(code: ProjectCode) -> CodeCheck {
    CodeCheck::of(
        code.warnings(),
        [
            ("region", code.region().to_owned()),
            ("department", code.department().to_owned()),
            ("type", code.project_type().to_owned()),
            ("form", if code.is_new_form() { "new" } else { "old" }.to_owned()),
        ],
    )
}
