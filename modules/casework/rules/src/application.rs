//! Several cases under one application (一件事): what they need of each other, when the results go out together,
//! and what the applicant is told in one sentence.

mod handover;
mod joint;
mod sentence;

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::CaseId;

pub use handover::{Handover, handover};
pub use joint::{JOINT_RULES, JointExtension, extend_joint, joint_clock};
pub use sentence::{NextActor, Sentence, SentenceCode, application_sentence, sentence};

use crate::case::Case;
use crate::law::{CaseLaw, LicenceType};
use crate::order::Order;
use crate::status::{Phase, Status};

/// A case with its own law; an application is a slice of them.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    pub case: &'a Case,
    pub law: &'a CaseLaw<'a>,
}

/// Where the licences an item consumes come from, worked out when the application is submitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Awaits {
    /// Another item of the application brings them: the case waits.
    pub siblings: Vec<LicenceType>,
    /// Neither held nor brought by another item: the application should not be submitted like this.
    pub nowhere: Vec<LicenceType>,
}

/// For each item of an application, given as its law, where its licences come from. `held` are the licence types
/// the applicant has in force.
pub fn awaits(items: &[&CaseLaw], held: &BTreeSet<LicenceType>) -> Vec<Awaits> {
    let brought_by_another = |me: usize, licence: &LicenceType| {
        items.iter().enumerate().any(|(other, law)| other != me && law.provides.as_ref() == Some(licence))
    };
    let of = |(me, law): (usize, &&CaseLaw)| {
        let mut awaits = Awaits::default();
        for licence in law.consumes.iter().filter(|licence| !held.contains(licence)) {
            let from = if brought_by_another(me, licence) { &mut awaits.siblings } else { &mut awaits.nowhere };
            if !from.contains(licence) {
                from.push(licence.clone());
            }
        }
        awaits
    };
    items.iter().enumerate().map(of).collect()
}

/// What a licence's provider has come to.
enum Provision {
    /// It may still come.
    Open,
    /// It is there, with this number.
    Made(Option<String>),
    /// It will not come.
    Failed,
}

/// The orders that follow for siblings from how the cases stand now: `PrerequisiteMet` when the licence is made,
/// `PrerequisiteFailed` when no case can bring it any more. Asked again after they are carried out, it goes on
/// along the chain and then gives nothing; asked twice, it says the same.
///
/// A licence that no case of the application brings is left alone: it may come from the register.
pub fn consequences(members: &[Member]) -> Vec<(CaseId, Order)> {
    let provisions = provisions(members);
    let mut orders = Vec::new();
    for member in members.iter().filter(|member| is_open(member.case.status())) {
        for licence in member.case.awaited() {
            let order = match provisions.get(licence) {
                None | Some(Provision::Open) => continue,
                Some(Provision::Made(number)) => {
                    Order::PrerequisiteMet { licence: licence.clone(), number: number.clone() }
                }
                Some(Provision::Failed) => Order::PrerequisiteFailed { licence: licence.clone() },
            };
            orders.push((member.case.id, order));
        }
    }
    orders
}

fn provisions(members: &[Member]) -> BTreeMap<LicenceType, Provision> {
    let mut provisions = BTreeMap::new();
    for member in members {
        let Some(licence) = &member.law.provides else { continue };
        let news = provision(member);
        // Where two cases could bring the same licence, one made is enough and one open is hope.
        let better = match (provisions.get(licence), &news) {
            (None | Some(Provision::Failed), _) => true,
            (Some(Provision::Open), Provision::Made(_)) => true,
            (Some(Provision::Open), Provision::Open | Provision::Failed) | (Some(Provision::Made(_)), _) => false,
        };
        if better {
            provisions.insert(licence.clone(), news);
        }
    }
    provisions
}

fn provision(member: &Member) -> Provision {
    let number = || member.case.issued.as_ref().map(|issued| issued.number.clone());
    match member.case.status().phase() {
        Phase::Intake | Phase::Review => Provision::Open,
        Phase::Granted if member.law.makes_result && member.case.issued.is_none() => Provision::Open,
        Phase::Granted => Provision::Made(number()),
        Phase::Refused | Phase::Undone | Phase::Ended => Provision::Failed,
    }
}

fn is_open(status: Status) -> bool {
    matches!(status.phase(), Phase::Intake | Phase::Review)
}
