//! What was asked of people before and after, on the cases there really were. Sums only leave this place; nobody's answers do.

use std::collections::BTreeMap;

use access::Resource;
use access_service::Visit;
use catalog_service::reads::{ReleaseLine, releases, shelf_at};
use chrono::{DateTime, Utc};
use platform::Fault;
use themes::acts::MEASURE;
use themes::reduction::{Measured, measure};
use uuid::Uuid;

use crate::{ThemeShelf, store};

/// Submitted drafts read at once.
const BATCH: u64 = 500;

/// A theme's cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeReduction {
    pub theme: String,
    /// In people's words, by the standard in force.
    pub name: String,
    pub measured: Measured,
}

/// All themes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reduction {
    /// By theme, those with the most cases first.
    pub themes: Vec<ThemeReduction>,
    /// Cases of themes that only one of the standards has.
    pub gone: u64,
}

impl Reduction {
    /// Everything together.
    pub fn total(&self) -> Measured {
        self.themes.iter().fold(Measured::default(), |sum, theme| sum.plus(theme.measured))
    }
}

/// The standards there have been, the one in force first.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn standards(visit: &Visit) -> Result<Vec<ReleaseLine>, Fault> {
    allow(visit)?;
    releases(&visit.world).await
}

fn allow(visit: &Visit) -> Result<(), Fault> {
    let now = ThemeShelf::current(&visit.world)?;
    let region = now.catalogue().catalog().district.region.as_str();
    visit.allow(MEASURE, &Resource::of("list").in_region(region))
}

/// Plans everything submitted since then under an earlier standard and under the one in force.
///
/// # Errors
/// [`Fault::NotFound`] for a release that never was; [`Fault::NotAllowed`].
pub async fn reduction(visit: &Visit, before: Uuid, since: DateTime<Utc>) -> Result<Reduction, Fault> {
    allow(visit)?;
    let now = ThemeShelf::current(&visit.world)?;
    let before = ThemeShelf::of(shelf_at(&visit.world, before).await?)?;
    let mut sums: BTreeMap<String, Measured> = BTreeMap::new();
    let (mut gone, mut after) = (0, None);
    loop {
        let batch = store::draft_submitted(visit.world.db.reader(), since, after, BATCH).await?;
        let Some((last, ..)) = batch.last() else { break };
        after = Some(*last);
        for (_, theme, answers) in &batch {
            match (before.theme(theme), now.theme(theme)) {
                (Ok(old), Ok(new)) => {
                    let sum = sums.entry(theme.clone()).or_default();
                    *sum = sum.plus(measure(answers, old, new));
                }
                _ => gone += 1,
            }
        }
    }
    let named = |(theme, measured): (String, Measured)| {
        let name = now.theme(&theme).map_or_else(|_| theme.clone(), |known| known.name.clone());
        ThemeReduction { theme, name, measured }
    };
    let mut themes: Vec<ThemeReduction> = sums.into_iter().map(named).collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(theme.measured.cases));
    Ok(Reduction { themes, gone })
}
