//! By whose power a case is accepted and decided (职权来源): one's own, transferred, authorised, entrusted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::due::{Due, WhyNoDate};
use crate::law::CaseLaw;
use crate::status::Status;
use kernel::coded;

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
    pub until: Option<NaiveDate>,
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

impl Case {
    /// The power it stands under, where it is not the authority's own; the last of those it has stood under.
    pub fn power(&self) -> Option<&Power> {
        self.powers.last()
    }

    /// The power by which this authority handled it once.
    pub fn had_power(&self, authority: &str) -> Option<&Power> {
        self.powers.iter().rev().find(|power| power.by == authority)
    }

    /// Whose the case is today. It stays with whom it was opened for while that delegation is in force; an entrustment
    /// that begins later leaves it where it is, because who entrusts keeps the power (24); a transfer takes it along,
    /// because who had the power may no longer use it (25).
    pub fn power_today<'a>(&'a self, law: &'a CaseLaw) -> &'a Power {
        let now = &law.powers.decision;
        match self.powers.last() {
            Some(power) if power.delegation.as_ref().is_some_and(|id| law.powers.in_force.contains(id)) => power,
            Some(power) if !power.is_delegated() && now.kind == PowerKind::Entrusted => power,
            None if now.kind == PowerKind::Entrusted => &law.powers.own,
            Some(_) | None => now,
        }
    }

    /// Whether the lower authority still has it.
    pub fn is_preliminary(&self) -> bool {
        self.decision.is_none() && self.preliminary.as_ref().is_some_and(|one| one.handed_up.is_none())
    }

    /// The authority on whose desk it lies today.
    pub fn desk_today<'a>(&'a self, law: &'a CaseLaw) -> &'a str {
        match &self.preliminary {
            Some(preliminary) if self.is_preliminary() => &preliminary.authority,
            Some(_) | None => &self.power_today(law).by,
        }
    }

    /// In whose name a notice about it goes out today.
    pub fn name_today<'a>(&'a self, law: &'a CaseLaw) -> &'a str {
        match &self.preliminary {
            Some(preliminary) if self.is_preliminary() => &preliminary.authority,
            Some(_) | None => self.power_today(law).name(),
        }
    }

    /// The day after the last of the delegation it stands under, while somebody has still to act by it.
    pub(crate) fn power_ends_on(&self) -> Due {
        let open = !matches!(
            self.status(),
            Status::Delivered
                | Status::Refused
                | Status::Revoked
                | Status::Cancelled
                | Status::NotAccepted
                | Status::Lapsed
                | Status::Withdrawn
                | Status::Terminated
        );
        let until = self.powers.last().and_then(|power| power.until).filter(|_| open);
        until.map_or(Due::Unknown(WhyNoDate::Nothing), Due::On).day_after()
    }
}
