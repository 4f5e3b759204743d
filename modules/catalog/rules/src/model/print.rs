//! How a licence is printed (证照样式): what stands where on it, as data of the district.
//!
//! The general template serves every type that says nothing: landscape, title, number, every field with the name the
//! element dictionary gives it, validity, issuer, seal. A type refines it by naming its rows.

use serde::{Deserialize, Serialize};

use super::element::{LICENCE_FIELDS, ORGANISATION_FIELDS, RESIDENT_FIELDS};
use super::material::LicenceType;
use crate::words;

words! {
    /// 版式.
    PrintLayout {
        Landscape = "landscape" "横版",
        Portrait = "portrait" "竖版",
    }
}

/// One row: a field and what it is called on the paper (照面项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintRow {
    /// A field of the licence, [`PLACE`], or one of the registers' after its prefix: `organisation:scope`.
    pub field: String,
    pub label: String,
}

/// The template of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicencePrint {
    pub layout: PrintLayout,
    /// What stands on top, where that is not the type's name.
    pub title: Option<String>,
    /// Under the title, such as 副本 or 电子证照.
    pub subtitle: Option<String>,
    /// A sentence before the rows: by which law it is given.
    pub words: Option<String>,
    pub rows: Vec<PrintRow>,
    /// At the foot, in small type.
    pub note: Option<String>,
}

/// The address of the premises it speaks about.
pub const PLACE: &str = "place";
/// Before a field that the register of market entities answers for.
pub const OF_ORGANISATION: &str = "organisation:";
/// Before a field that the register of residents answers for.
pub const OF_RESIDENT: &str = "resident:";

/// Every field a row of this type may name.
pub fn printable(kind: &LicenceType) -> Vec<String> {
    let own = LICENCE_FIELDS.into_iter().map(str::to_owned).chain(kind.fields.iter().cloned());
    let firm = ORGANISATION_FIELDS.into_iter().map(|field| format!("{OF_ORGANISATION}{field}"));
    let person = RESIDENT_FIELDS.into_iter().map(|field| format!("{OF_RESIDENT}{field}"));
    own.chain([PLACE.to_owned()]).chain(firm).chain(person).collect()
}
