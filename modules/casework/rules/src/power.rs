//! By whose power a case is accepted and decided (职权来源): one's own, transferred, authorised, entrusted.

use serde::{Deserialize, Serialize};

use crate::word::coded;

coded! {
    /// How an authority comes to exercise the power.
    PowerKind in "power" {
        /// 本机关法定职权
        Own = "own",
        /// 划转 (行政许可法 25): in its own name.
        Transferred = "transferred",
        /// 授权 (23): in its own name.
        Authorised = "authorised",
        /// 委托 (24): in the name of who entrusted it.
        Entrusted = "entrusted",
    }
}

/// The power by which an authority acts on a case, as it was on the day it acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Power {
    pub kind: PowerKind,
    /// Whose power it is by law; for what was transferred first and then entrusted, the one that entrusted it.
    pub of: String,
    /// Who exercises it.
    pub by: String,
    /// The delegation's id, and the paper it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<chrono::NaiveDate>,
    /// Who supervises afterwards and receives the decision (审管分离).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
}

impl Power {
    /// An authority's own power.
    pub fn own(authority: impl Into<String>) -> Self {
        let authority = authority.into();
        Self {
            kind: PowerKind::Own,
            of: authority.clone(),
            by: authority,
            delegation: None,
            document: None,
            until: None,
            supervisor: None,
        }
    }

    /// In whose name it is exercised: on the notice, over the seal, against whom the applicant turns.
    pub fn name(&self) -> &str {
        match self.kind {
            PowerKind::Entrusted => &self.of,
            PowerKind::Own | PowerKind::Transferred | PowerKind::Authorised => &self.by,
        }
    }

    /// Whether somebody else's power is exercised.
    pub fn is_delegated(&self) -> bool {
        self.kind != PowerKind::Own
    }
}

/// Whose the power over an item is today, for the place the matter belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Powers {
    /// The item's own authority.
    pub own: Power,
    /// Who handles and decides what begins today.
    pub decision: Power,
    /// Others who may accept, and no more.
    pub acceptance: Vec<Power>,
    /// The delegations of this item in force today, by id.
    pub in_force: Vec<String>,
}

impl Powers {
    /// Nobody but the authority itself.
    pub fn own(authority: impl Into<String>) -> Self {
        let own = Power::own(authority);
        Self { decision: own.clone(), own, acceptance: Vec::new(), in_force: Vec::new() }
    }
}
