//! Who and where: the district, its regions, authorities, halls and staff.

use std::collections::BTreeSet;

use access::Role;
use kernel::codes::RegionLevel;
use serde::{Deserialize, Serialize};

use crate::ids::{AuthorityId, HallId, RegionKey, StaffLogin};
use crate::words;

/// The place the catalogue is for (`district.yaml`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct District {
    /// Such as 佛山市禅城区.
    pub name: String,
    /// Its own code, also a row of the regions file.
    pub region: RegionKey,
    /// The title of the portal, such as 禅城区政务服务网.
    pub title: String,
    /// File of the working calendar, relative to the folder.
    pub calendar: String,
    /// File of the regions, relative to the folder.
    pub regions: String,
    /// Who runs the comprehensive windows (政务服务管理机构), and so receipts for what is handed in online.
    pub windows: Option<AuthorityId>,
    /// The people's government of the place (本级人民政府), which extends what several authorities share (行政许可法 42.2).
    #[serde(default)]
    pub government: Option<AuthorityId>,
    /// Who pays for results that are sent.
    #[serde(default)]
    pub parcels: ParcelPayer,
}

words! {
    /// Who pays the courier for results that are sent (寄递费用).
    ParcelPayer {
        Government = "government" "政府付费",
        Receiver = "receiver" "到付",
    }
}

#[expect(clippy::derivable_impls, reason = "the variants of a vocabulary take no attributes")]
impl Default for ParcelPayer {
    fn default() -> Self {
        Self::Government
    }
}

/// One row of the regions file (行政区划).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Region {
    pub code: RegionKey,
    pub name: String,
    pub level: RegionLevel,
    pub parent: Option<RegionKey>,
}

words! {
    /// 行使层级, numbered as in GB/T 39046-2020 A.2.
    GovernmentLevel {
        State = "state" "国家级",
        Province = "province" "省级",
        City = "city" "市级",
        County = "county" "县级",
        Town = "town" "镇（乡、街道）级",
        Village = "village" "村（社区）级",
    }
}

impl GovernmentLevel {
    /// The digit that stands after the credit code in an implementation code: 1 state to 6 village.
    pub fn digit(self) -> char {
        match self {
            Self::State => '1',
            Self::Province => '2',
            Self::City => '3',
            Self::County => '4',
            Self::Town => '5',
            Self::Village => '6',
        }
    }
}

words! {
    /// 实施主体性质, GB/T 39046-2020 A.3.
    AuthorityKind {
        Statutory = "statutory" "法定机关",
        Authorised = "authorised" "授权组织",
        Entrusted = "entrusted" "受委托组织",
    }
}

/// An authority (实施机关) that accepts, handles or decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Authority {
    pub id: AuthorityId,
    /// Full name, such as 佛山市禅城区市场监督管理局.
    pub name: String,
    /// Short name used in lists, such as 区市场监管局.
    pub short: String,
    /// 机关代字: how its documents are numbered, such as 禅市监; the short name where there is none.
    pub mark: Option<String>,
    /// 统一社会信用代码, 18 characters.
    pub credit_code: String,
    pub region: RegionKey,
    pub level: GovernmentLevel,
    pub kind: AuthorityKind,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// What it is for, in a sentence (主要职责).
    pub duty: Option<String>,
}

impl Authority {
    /// What its document numbers begin with.
    pub fn number_mark(&self) -> &str {
        self.mark.as_deref().unwrap_or(&self.short)
    }
}

/// A hall (政务服务大厅, 便民服务中心, 便民服务站).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hall {
    pub id: HallId,
    pub name: String,
    pub region: RegionKey,
    pub level: GovernmentLevel,
    pub address: String,
    pub phone: Option<String>,
    /// Opening hours in words.
    pub hours: Option<String>,
    pub windows: Vec<HallWindow>,
}

/// One window of a hall (窗口).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HallWindow {
    /// Number or letter over the window, unique in the hall.
    pub no: String,
    pub name: String,
    pub themes: WindowThemes,
}

/// What a window takes. In YAML `all` or a list of theme ids.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WindowThemes {
    /// 无差别综合窗口: takes everything.
    #[default]
    All,
    /// 分领域综合窗口: takes these themes. Ids are checked by the crate `themes`, which knows them.
    Only(Vec<String>),
}

/// A member of staff, as far as the catalogue needs to name one (岗位).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffMember {
    pub login: StaffLogin,
    pub name: String,
    pub roles: BTreeSet<Role>,
    pub authority: Option<AuthorityId>,
    pub hall: Option<HallId>,
    pub region: RegionKey,
}
