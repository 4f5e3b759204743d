//! Whom an issued licence brings into being: a business licence an organisation, a newborn's household page a resident.
//!
//! The registers (法人库, 人口库) are other authorities' systems; in this house the licence that registers somebody is
//! the message that they are on the register now, so that the next application finds them.

use catalog::model::{Catalog, Element, ElementKind};
use chrono::{Days, NaiveDate};
use kernel::codes::Sex;
use kernel::day::months_later;
use kernel::limit::{Period, Unit};
use kernel::value::{Facts, Value};

use crate::derive::How;
use crate::know::organisation_field;
use crate::licence::Licence;
use crate::organisation::{OrgForm, Organisation};

/// 营业执照: registers a market entity (市场主体登记管理条例第二十一条).
pub const BUSINESS_LICENCE: &str = "business-licence";
/// 新生儿常住人口登记页: registers a resident (户口登记条例第七条).
pub const CHILD_PAGE: &str = "child-household-page";

/// Series letters of credit codes given by this platform; the sample's organisations have another series.
pub const CREDIT_CODE_SERIES: &str = "MAF";

/// An organisation as its founder described it on the form.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOrganisation {
    pub name: String,
    pub form: OrgForm,
    pub address: String,
    pub scope: String,
    pub capital: Option<f64>,
}

impl NewOrganisation {
    /// Reads the form. `None` when it names no organisation or no address: then nothing can be registered.
    pub fn from_form(form: &Facts, catalog: &Catalog) -> Option<Self> {
        let text = |element: &str| form.get(element).and_then(Value::as_text).filter(|text| !text.trim().is_empty());
        Some(Self {
            name: text("ent_name")?.to_owned(),
            form: text("org_form").and_then(OrgForm::parse).unwrap_or(OrgForm::Individual),
            address: text("site_addr")?.to_owned(),
            scope: scope_in_words(form, catalog),
            capital: form.get("capital").and_then(Value::as_number),
        })
    }
}

/// The business scope in the words of the element dictionary, as the licence prints it.
pub fn scope_in_words(form: &Facts, catalog: &Catalog) -> String {
    let chosen = form.get("scope").and_then(Value::as_list).unwrap_or_default();
    let element = catalog.elements.get("scope");
    let label = |value: &Value| {
        let value = value.as_text().unwrap_or_default();
        element.map_or(value, |element| element.label_of(value)).to_owned()
    };
    chosen.iter().map(label).collect::<Vec<_>>().join("；")
}

/// A newborn as the parents declared it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewChild {
    pub name: String,
    pub sex: Sex,
    pub born_on: NaiveDate,
    pub nation: Option<String>,
    /// Whether it is registered in the father's household instead of the mother's (随父落户).
    pub follows_father: bool,
}

impl NewChild {
    /// Reads the form. `None` when name, sex or birthday is missing.
    pub fn from_form(form: &Facts) -> Option<Self> {
        let text = |element: &str| form.get(element).and_then(Value::as_text).filter(|text| !text.trim().is_empty());
        Some(Self {
            name: text("child_name")?.to_owned(),
            sex: match text("child_gender")? {
                "male" => Sex::Male,
                "female" => Sex::Female,
                _ => return None,
            },
            born_on: form.get("child_birth").and_then(Value::as_date)?,
            nation: text("child_nation").map(str::to_owned),
            follows_father: text("follow") == Some("father"),
        })
    }
}

/// What an issued licence says in answer to elements of the form (带入): the credit code for the permits that follow, the
/// child's number for its insurance. By element code.
pub fn carried_over(catalog: &Catalog, licence: &Licence, organisation: Option<&Organisation>) -> Facts {
    let carries = |element: &Element| -> Option<Value> {
        match &element.source {
            Some(source) if licence.licence == *source.licence().unwrap_or_default() => licence.field(&source.field),
            Some(source) if source.resource == "organisation" => organisation_field(organisation?, &source.field),
            Some(_) => None,
            None => assigned(element, licence, organisation?),
        }
    };
    let with_kind = |element: &Element| carries(element)?.with_kind(element.kind.value_kind()).ok();
    catalog.elements.values().filter_map(|element| Some((element.code.to_string(), with_kind(element)?))).collect()
}

/// The credit code that registration assigns (赋码) to an element that waits for it.
fn assigned(element: &Element, licence: &Licence, organisation: &Organisation) -> Option<Value> {
    let waits = element.derived.as_ref().map(|rule| rule.how) == Some(How::Registration);
    let is_code = element.kind == ElementKind::CreditCode && licence.licence == *BUSINESS_LICENCE;
    (waits && is_code).then(|| Value::from(organisation.credit_code.as_str()))
}

/// The last day of a licence given on a day for such a period: 2026-11-22 for four years is valid to 2030-11-21.
/// `None` for a period counted otherwise than in days, months or years, which no licence has.
pub fn last_day(issued_on: NaiveDate, period: Period) -> Option<NaiveDate> {
    let ends = match period.unit {
        Unit::NaturalDay | Unit::Workday => issued_on.checked_add_days(Days::new(period.value.into()))?,
        Unit::Month => months_later(issued_on, period.value)?,
        Unit::Year => months_later(issued_on, period.value.checked_mul(12)?)?,
        Unit::Hour | Unit::AtOnce => return None,
    };
    ends.pred_opt()
}
