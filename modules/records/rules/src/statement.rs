//! What stands under the seal of a licence's file: which licence, in which version, how it stood and when.

use catalog::ids::{AuthorityId, LicenceTypeId};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::codes::LicenceMark;
use kernel::id::LicenceId;
use serde::{Deserialize, Serialize};

use crate::licence::Licence;
use crate::standing::LicenceState;

/// Names the layout.
const FORMAT: &str = "yimen licence 1";

/// The statement. It names nobody: whoever checks a file learns from it what the file itself shows, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    format: String,
    pub licence: LicenceId,
    /// 电子证照标识
    pub mark: LicenceMark,
    pub version: u32,
    #[serde(rename = "type")]
    pub kind: LicenceTypeId,
    pub authority: AuthorityId,
    /// How it stood at `as_of`.
    pub state: LicenceState,
    pub as_of: DateTime<Utc>,
    pub valid_to: Option<NaiveDate>,
    /// 查验码: the code of this file in the register.
    pub code: String,
    /// Of a copy: for whom and for what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<CopyTerms>,
}

/// For what a copy may be used (授权用证): it serves one purpose before one recipient until one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyTerms {
    /// 办理银行开户
    pub purpose: String,
    /// 佛山农商银行禅城支行
    pub recipient: String,
    /// The last day.
    pub until: NaiveDate,
}

impl Statement {
    /// What is said of a licence at a moment.
    pub fn of(
        licence: &Licence,
        (as_of, today): (DateTime<Utc>, NaiveDate),
        code: &str,
        copy: Option<CopyTerms>,
    ) -> Self {
        Self {
            format: FORMAT.to_owned(),
            licence: licence.id,
            mark: licence.mark.clone(),
            version: licence.version,
            kind: licence.licence.clone(),
            authority: licence.issued_by.clone(),
            state: licence.state(today),
            as_of,
            valid_to: licence.valid_to,
            code: code.to_owned(),
            copy,
        }
    }

    /// As it stands in the file.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Read back; nothing for what was not written by [`Statement::text`].
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|one: &Self| one.format == FORMAT)
    }
}

/// Longest purpose and recipient, in characters: they stand across the page.
pub const COPY_WORDS_MAX: usize = 40;
/// A copy is for the matter at hand, and for no longer than this many days.
pub const COPY_DAYS_MAX: u64 = 180;
