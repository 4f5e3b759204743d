//! What a token may be for (令牌权限范围). A token never may more than its scopes, nor more than the posts of the system it
//! belongs to: both are asked, and both in the policies.

use std::collections::BTreeSet;

use crate::Act;

/// A group of acts that a system outside may be let do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// 查询事项、主题
    CatalogRead,
    /// 查询办件
    CasesRead,
    /// 办理办件: accept, correct, steps, special procedures, delivery; not the decision.
    CasesAct,
    /// 作出决定: decide, undo a licence, void a notice. Apart, because it is the approver's.
    CasesDecide,
    /// 代为申报: file for the person at the counter.
    ApplicationsFile,
    /// 管理推送: webhooks of the system's own.
    Webhooks,
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 6] =
        [Self::CatalogRead, Self::CasesRead, Self::CasesAct, Self::CasesDecide, Self::ApplicationsFile, Self::Webhooks];

    /// The name, as tokens, policies and documents have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CatalogRead => "catalog:read",
            Self::CasesRead => "cases:read",
            Self::CasesAct => "cases:act",
            Self::CasesDecide => "cases:decide",
            Self::ApplicationsFile => "applications:file",
            Self::Webhooks => "webhooks",
        }
    }

    /// The key of its words: keys have no colon.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::CatalogRead => "scope.catalog-read",
            Self::CasesRead => "scope.cases-read",
            Self::CasesAct => "scope.cases-act",
            Self::CasesDecide => "scope.cases-decide",
            Self::ApplicationsFile => "scope.applications-file",
            Self::Webhooks => "scope.webhooks",
        }
    }

    /// The scope of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// The acts it lets do, by name; the modules they belong to stand to the right. What stands in no scope no token may do.
    pub const fn acts(self) -> &'static [&'static str] {
        match self {
            Self::CatalogRead => &["catalog.read", "themes.explore"],
            // Whoever reads a case sees the person's particulars in it, which is a look at the person.
            Self::CasesRead => &["casework.read", "casework.list", "records.read-person"],
            Self::CasesAct => &[
                "casework.accept",
                "casework.notify-correction",
                "casework.answer-correction",
                "casework.refuse-acceptance",
                "casework.correct-on-spot",
                "casework.complete-step",
                "casework.run-special",
                "casework.run-hearing",
                "casework.answer-hearing",
                "casework.extend",
                "casework.check-commitment",
                "casework.supply",
                "casework.issue",
                "casework.deliver",
                "casework.withdraw",
                "casework.withdraw-commitment",
            ],
            Self::CasesDecide => &["casework.decide", "casework.undo-licence", "casework.void-notice"],
            Self::ApplicationsFile => &[
                "themes.start-draft",
                "themes.read-draft",
                "themes.edit-draft",
                "themes.submit-draft",
                "casework.file-for",
                "records.read-person",
            ],
            Self::Webhooks => &["connect.read-webhooks", "connect.keep-webhook", "connect.replay"],
        }
    }

    /// The scopes an act may be done under.
    pub fn of_act(act: Act) -> impl Iterator<Item = Scope> {
        Self::ALL.into_iter().filter(move |scope| scope.acts().contains(&act.name()))
    }

    /// Whether one of these scopes lets the act be done.
    pub fn allow(scopes: &BTreeSet<Scope>, act: Act) -> bool {
        Self::of_act(act).any(|scope| scopes.contains(&scope))
    }
}
