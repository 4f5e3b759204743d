//! Proposals as the standards office and the authorities see them.

use std::collections::BTreeMap;

use access::Resource;
use access_service::Visit;
use chrono::{DateTime, NaiveDate, Utc};
use platform::Fault;
use standards::acts::READ_PROPOSALS;
use standards::proposal::effect::{Effect, Saved};
use standards::proposal::{Kind, Proposal, State};
use uuid::Uuid;

use crate::acts::whose;
use crate::store::proposal::{Model, Wanted, proposal_all, proposal_find, proposal_page, proposal_totals};

/// Proposals on a page.
pub const PAGE: u64 = 50;

/// One proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposalView {
    pub id: Uuid,
    pub kind: Kind,
    pub item: String,
    pub item_name: String,
    pub version: i32,
    pub authority: String,
    /// What its sentence fills in.
    pub facts: BTreeMap<String, String>,
    pub effect: Effect,
    /// Cases of the year before.
    pub cases: u64,
    pub proposal: Proposal,
    pub state: State,
    pub made_at: DateTime<Utc>,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposalPage {
    pub rows: Vec<ProposalView>,
    pub next: Option<Uuid>,
}

/// What is asked for; nothing said means all that may be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub authority: String,
    pub state: Option<State>,
    pub kind: Option<Kind>,
}

/// How an authority stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    pub by_state: BTreeMap<State, u64>,
}

impl Progress {
    /// All of its proposals.
    pub fn total(&self) -> u64 {
        self.by_state.values().sum()
    }

    /// Those in one of these states.
    pub fn of(&self, states: &[State]) -> u64 {
        states.iter().filter_map(|state| self.by_state.get(state)).sum()
    }
}

/// The authority whose proposals the visitor may see; `None` means all.
pub(super) fn scope(visit: &Visit) -> Result<Option<String>, Fault> {
    whose(visit, READ_PROPOSALS, Resource::of("proposal"))
}

/// A page of what is asked for, after this one. An authority sees its own, and of those only what was sent.
pub async fn page(visit: &Visit, asked: &Asked, after: Option<Uuid>) -> Result<ProposalPage, Fault> {
    let own = scope(visit)?;
    let states = seen(own.is_some(), asked.state);
    let chosen = Some(asked.authority.as_str()).filter(|authority| !authority.is_empty());
    let wanted =
        Wanted { authority: own.as_deref().or(chosen), states: &states, kind: asked.kind.map(|kind| kind.code()) };
    let mut rows = proposal_page(visit.world.db.reader(), &wanted, after, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id);
    Ok(ProposalPage { rows: rows.into_iter().map(view).collect::<Result<_, _>>()?, next })
}

fn seen(is_authority: bool, asked: Option<State>) -> Vec<State> {
    let hidden = |state: &State| is_authority && matches!(state, State::Generated | State::SetAside);
    let all = asked.map_or_else(|| State::ALL.to_vec(), |state| vec![state]);
    all.into_iter().filter(|state| !hidden(state)).collect()
}

/// One proposal.
///
/// # Errors
/// [`Fault::NotFound`], also for an authority to which it was not sent.
pub async fn one(visit: &Visit, id: Uuid) -> Result<ProposalView, Fault> {
    let own = scope(visit)?;
    let row = proposal_find(visit.world.db.reader(), id, false).await?.ok_or(Fault::NotFound)?;
    let view = view(row)?;
    let is_seen = own.as_ref().is_none_or(|own| *own == view.authority && !seen(true, Some(view.state)).is_empty());
    if is_seen { Ok(view) } else { Err(Fault::NotFound) }
}

/// How far each authority is (落实进度).
pub async fn progress(visit: &Visit) -> Result<BTreeMap<String, Progress>, Fault> {
    let own = scope(visit)?;
    let mut progress: BTreeMap<String, Progress> = BTreeMap::new();
    for (authority, state, count) in proposal_totals(visit.world.db.reader()).await? {
        let Some(state) = State::parse(&state) else { continue };
        if own.as_ref().is_none_or(|own| *own == authority) && !seen(own.is_some(), Some(state)).is_empty() {
            progress.entry(authority).or_default().by_state.insert(state, count.unsigned_abs());
        }
    }
    Ok(progress)
}

/// What all proposals would save in a year, or have saved: those that are approved, and the others that are open.
pub async fn savings(visit: &Visit) -> Result<BTreeMap<Saved, (u64, u64)>, Fault> {
    let own = scope(visit)?;
    let wanted = Wanted { authority: own.as_deref(), ..Wanted::default() };
    let mut savings: BTreeMap<Saved, (u64, u64)> = BTreeMap::new();
    for row in proposal_all(visit.world.db.reader(), &wanted).await? {
        let view = view(row)?;
        let approved = match view.state {
            State::Implementing | State::Updated | State::Verified | State::Violated => true,
            State::Generated | State::Sent | State::Agreed | State::TimedOut => false,
            State::Closed if view.proposal.verified_on.is_some() => true,
            State::Disagreed | State::Closed | State::SetAside => continue,
        };
        for (saved, amount) in view.effect.times(view.cases) {
            let entry = savings.entry(saved).or_default();
            if approved { entry.0 += amount } else { entry.1 += amount }
        }
    }
    Ok(savings)
}

/// Whether its time to confirm is nearly over or is.
pub fn presses(view: &ProposalView, today: NaiveDate) -> bool {
    view.state == State::Sent && view.proposal.confirm_by.is_some_and(|last| (last - today).num_days() <= 2)
}

fn view(row: Model) -> Result<ProposalView, Fault> {
    let proposal: Proposal = serde_json::from_str(&row.body)?;
    Ok(ProposalView {
        id: row.id,
        kind: Kind::parse(&row.kind).ok_or_else(|| Fault::internal(format!("no kind {}", row.kind)))?,
        item: row.item,
        item_name: row.item_name,
        version: row.version,
        authority: row.authority,
        facts: serde_json::from_str(&row.facts)?,
        effect: serde_json::from_str(&row.effect)?,
        cases: row.cases.unsigned_abs(),
        state: proposal.state(),
        proposal,
        made_at: row.made_at,
    })
}
