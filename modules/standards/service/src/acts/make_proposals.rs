//! 生成优化建议: everything the generators find in the catalogue in force becomes a proposal, unless the same was proposed before
//! and is still open, or was settled for this very version.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use access_service::Visit;
use catalog_service::Shelf;
use chrono::TimeDelta;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::acts::KEEP_PROPOSALS;
use standards::practice::Practice;
use standards::proposal::generate::{Around, Found, all};
use standards::proposal::{Proposal, State};
use themes_service::ThemeShelf;

use super::{PROPOSALS, lists};
use crate::reads::{comparison, practice};
use crate::store::proposal::{Model, Wanted, proposal_add, proposal_all};

/// Cases of so many days before are what an effect is estimated on.
const VOLUME_DAYS: i64 = 365;

/// Makes them; gives how many are new.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn make_proposals(visit: &Visit, key: Option<&RequestKey>) -> Result<usize, Fault> {
    visit.allow(KEEP_PROPOSALS, &lists())?;
    let shelf = visit.world.part::<Shelf>();
    let (found, practice) = found(visit, &shelf).await?;
    let (shelf, found, practice) = (&shelf, &found, &practice);
    visit
        .write(key, async |tx| {
            let known = settled_or_open(&proposal_all(tx.conn(), &Wanted::default()).await?);
            let mut rows = Vec::new();
            for one in found {
                let Some(item) = shelf.catalog().items.get(one.target.item.as_str()) else { continue };
                let version = i32::try_from(item.version).map_err(Fault::internal)?;
                let part = one.target.part.clone().unwrap_or_default();
                let name = (one.kind.code().to_owned(), one.target.item.clone(), part.clone());
                if known.open.contains(&name) || known.settled.contains(&(name, version)) {
                    continue;
                }
                let proposal = Proposal::new(tx.today());
                rows.push(Model {
                    id: tx.new_uuid(),
                    kind: one.kind.code().to_owned(),
                    item: one.target.item.clone(),
                    item_name: item.name.clone(),
                    version,
                    part,
                    authority: item.authority.to_string(),
                    facts: serde_json::to_string(&one.facts)?,
                    effect: serde_json::to_string(&one.effect)?,
                    cases: practice.get(&one.target.item).map_or(0, |one| one.cases.cast_signed()),
                    state: proposal.state().code().to_owned(),
                    body: serde_json::to_string(&proposal)?,
                    confirm_by: None,
                    implement_by: None,
                    made_at: tx.now(),
                });
            }
            let made = rows.len();
            proposal_add(tx.conn(), rows).await?;
            let entry =
                JournalEntry::new(named_chain(PROPOSALS), &visit.actor.id, KEEP_PROPOSALS.name(), shelf.release);
            tx.record(entry.holding(&json!({ "what": "made", "proposals": made })));
            Ok(made)
        })
        .await
}

/// What the generators find in the catalogue in force, and what the cases of the year before were.
pub(super) async fn found(visit: &Visit, shelf: &Shelf) -> Result<(Vec<Found>, BTreeMap<String, Practice>), Fault> {
    let themes = ThemeShelf::current(&visit.world)?;
    let mut together: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for theme in themes.themes() {
        let items: BTreeSet<String> = theme.items.iter().map(|item| item.id.to_string()).collect();
        for item in &items {
            together.entry(item.clone()).or_default().extend(items.iter().filter(|other| *other != item).cloned());
        }
    }
    let (compared, _) = comparison::current(visit).await?;
    let since = visit.world.clock.now_utc() - TimeDelta::days(VOLUME_DAYS);
    let practice = practice::of_items(visit, since).await?;
    let around = Around { together, peers: comparison::peers(&compared.comparison), practice };
    Ok((all(shelf.catalog(), &shelf.compiled.rules, &around), around.practice))
}

/// Kind, item and part: what makes two proposals the same.
type Name = (String, String, String);

#[derive(Default)]
struct Known {
    open: HashSet<Name>,
    /// With the version it was settled for.
    settled: HashSet<(Name, i32)>,
}

fn settled_or_open(rows: &[Model]) -> Known {
    let mut known = Known::default();
    for row in rows {
        let name = (row.kind.clone(), row.item.clone(), row.part.clone());
        match State::parse(&row.state) {
            Some(State::Closed | State::SetAside) => {
                known.settled.insert((name, row.version));
            }
            _ => {
                known.open.insert(name);
            }
        }
    }
    known
}
