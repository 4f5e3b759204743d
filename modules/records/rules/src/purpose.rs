//! Why somebody looks at a person's record. No look without one (个人信息保护法第六条: 明确、合理的目的).

use access::Resource;
use kernel::id::{ApplicationId, CaseId};

use crate::person::Resident;
use kernel::coded;

coded! {
    /// The reason of a look-up, as the person concerned reads it.
    Why in "records.why" {
        /// 本人办事: the person fills in a form of their own.
        OwnMatter = "own-matter",
        /// 本人查看: the person looks at what is on record.
        OwnRecord = "own-record",
        /// 本人导出: the person takes a copy of what is on record.
        Export = "export",
        /// 实名登录核对
        SignIn = "sign-in",
        /// 窗口当面办理: the person stands before the clerk.
        AtWindow = "at-window",
        /// 办理案件: an application or case of the person is being worked on.
        Case = "case",
        /// 证照制发: a licence is being made for the person.
        Issue = "issue",
        /// 发送办事通知: the person is told how a matter of theirs stands.
        Told = "told",
        /// 数据上报: a case of the person is handed over to the national platform as the rules of exchange ask.
        Report = "report",
    }
}

/// A reason, and the matter it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    pub why: Why,
    /// Theme or item, by id.
    pub matter: Option<String>,
    pub application: Option<ApplicationId>,
    pub case: Option<CaseId>,
    /// Region of the matter; the officer's own region must contain it, or contain the person's home.
    pub region: Option<String>,
}

impl Purpose {
    /// For this reason, with no matter named yet.
    pub fn of(why: Why) -> Self {
        Self { why, matter: None, application: None, case: None, region: None }
    }

    /// The person fills in a form of this theme or item.
    pub fn own_matter(matter: impl Into<String>) -> Self {
        Self { matter: Some(matter.into()), ..Self::of(Why::OwnMatter) }
    }

    /// The person stands at the window for this theme or item.
    pub fn at_window(matter: impl Into<String>) -> Self {
        Self { matter: Some(matter.into()), ..Self::of(Why::AtWindow) }
    }

    /// An application is being worked on.
    pub fn application(application: ApplicationId) -> Self {
        Self { application: Some(application), ..Self::of(Why::Case) }
    }

    /// A case of an application is being worked on.
    pub fn case(application: ApplicationId, case: CaseId) -> Self {
        Self { case: Some(case), ..Self::application(application) }
    }

    /// The person is told about their own application.
    pub fn told(application: ApplicationId) -> Self {
        Self { application: Some(application), ..Self::of(Why::Told) }
    }

    /// A case of an application is handed over as data (数据上报).
    pub fn reported(application: ApplicationId, case: CaseId) -> Self {
        Self { application: Some(application), case: Some(case), ..Self::of(Why::Report) }
    }

    /// Names the region of the matter.
    pub fn in_region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Whether it names something at hand: without it, only the person themselves or a clerk facing them may look.
    pub fn has_matter(&self) -> bool {
        self.application.is_some() || self.case.is_some()
    }

    /// The person under this purpose, as policies see them.
    pub fn resource(&self, resident: &Resident) -> Resource {
        let kind = match self.why {
            Why::AtWindow => "person-at-window",
            Why::Case | Why::Issue if self.has_matter() => "person-with-matter",
            Why::Report if self.has_matter() => "person-reported",
            _ => "person",
        };
        let regions = [self.region.as_deref(), resident.region.as_deref(), resident.hukou_region.as_deref()];
        let thing = Resource::of(kind).owned_by(resident.subject.to_string());
        regions.into_iter().flatten().fold(thing, Resource::in_region)
    }
}
