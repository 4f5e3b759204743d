//! Everything that can be found in the catalogue in force, asked in three ways: as said, as meant (everyday words put
//! in the catalogue's words), and as it sounds.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use catalog::model::ItemStatus;
use platform::{Fault, World};
use serde::Deserialize;
use themes::FindKind;
use themes_service::ThemeShelf;

use super::sounds::Sounds;

const SAYINGS: &str = include_str!("../../text/sayings.toml");

/// What is found by other words than those typed counts a little less, so that the words themselves win.
const MEANT: f64 = 0.95;
const SOUNDED: f64 = 0.9;
/// A theme that contains the item asked for fits, but the item's own guide fits better.
const TOGETHER: f64 = 0.8;
/// Below this it is chance.
const SCORE_MIN: f64 = 0.3;
/// Below this share of the best hit the rest is noise.
const NOISE: f64 = 0.45;
/// Themes do more for the applicant than the items in them, so they win where both fit about alike.
const THEME_LEAD: f64 = 0.08;

/// From here on a hit is what was asked for, not a guess.
pub const SURE: f64 = 0.45;

/// Something found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub kind: FindKind,
    /// Of the theme or item.
    pub id: String,
    /// 0 to 1.
    pub score: f64,
}

/// The index of one release of the catalogue.
pub struct Index {
    shelf: Arc<ThemeShelf>,
    sounds: Sounds,
    /// What people say, and what the catalogue calls it; the longest first, so that 失业保险金 is not read as 失业保险.
    sayings: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Sayings {
    sayings: BTreeMap<String, Vec<String>>,
}

impl Index {
    /// The index of the catalogue in force, made once for each release.
    pub fn current(world: &World) -> Result<Arc<Index>, Fault> {
        let shelf = ThemeShelf::current(world)?;
        if let Some(held) = world.parts.get::<Index>().filter(|held| held.shelf.release == shelf.release) {
            return Ok(held);
        }
        world.parts.install(Index::of(shelf)?);
        Ok(world.part::<Index>())
    }

    fn of(shelf: Arc<ThemeShelf>) -> Result<Index, Fault> {
        let mut sounds = Sounds::default();
        for theme in shelf.themes() {
            for saying in theme.say.iter().chain([&theme.name]) {
                sounds.add(FindKind::Theme, &theme.id, saying);
            }
        }
        for item in shelf.catalogue().catalog().items.values().filter(|item| item.status == ItemStatus::Active) {
            for saying in item.plain.iter().chain([&item.name]) {
                sounds.add(FindKind::Item, &item.id, saying);
            }
        }
        let read: Sayings = toml::from_str(SAYINGS).map_err(Fault::internal)?;
        let pairs =
            read.sayings.into_iter().flat_map(|(meant, said)| said.into_iter().map(move |s| (s, meant.clone())));
        let mut sayings: Vec<(String, String)> = pairs.collect();
        sayings.sort_by_key(|(said, _)| std::cmp::Reverse(said.chars().count()));
        Ok(Index { shelf, sounds, sayings })
    }

    /// What fits, best first; each theme or item once.
    pub fn find(&self, query: &str, most: usize) -> Vec<Found> {
        let mut best: HashMap<(FindKind, String), f64> = HashMap::new();
        let mut keep = |kind: FindKind, id: &str, score: f64| {
            let known = best.entry((kind, id.to_owned())).or_default();
            *known = known.max(score);
        };
        for hit in self.shelf.finder().find(query, most) {
            keep(hit.found.kind, &hit.found.id, hit.score);
        }
        for meant in self.meant(query) {
            for hit in self.shelf.finder().find(&meant, most) {
                keep(hit.found.kind, &hit.found.id, MEANT * hit.score);
            }
        }
        for ((kind, id), score) in self.sounds.find(query) {
            keep(*kind, id, SOUNDED * score);
        }
        for (theme, score) in self.together(&best) {
            let known = best.entry(theme).or_default();
            *known = known.max(score);
        }
        sorted(best, most)
    }

    /// The query with everyday words in the catalogue's words, one variant for each word known.
    fn meant(&self, query: &str) -> Vec<String> {
        let said = self.sayings.iter().filter(|(said, _)| query.contains(said.as_str()));
        let word = |(said, meant): &(String, String)| {
            // 关店注销 says the same twice.
            query.replace(said.as_str(), meant).replace(&meant.repeat(2), meant)
        };
        said.map(word).take(6).collect()
    }

    /// The themes that contain the item which fits best: done together with others, it is done at once.
    fn together(&self, best: &HashMap<(FindKind, String), f64>) -> Vec<((FindKind, String), f64)> {
        let items = best.iter().filter(|((kind, _), _)| *kind == FindKind::Item);
        let Some(((_, item), score)) = items.max_by(|a, b| a.1.total_cmp(b.1).then_with(|| b.0.1.cmp(&a.0.1))) else {
            return Vec::new();
        };
        let themes = self.shelf.themes().iter().filter(|theme| theme.items.iter().any(|one| one.id == **item));
        themes.map(|theme| ((FindKind::Theme, theme.id.clone()), TOGETHER * score)).collect()
    }
}

fn sorted(best: HashMap<(FindKind, String), f64>, most: usize) -> Vec<Found> {
    let mut found: Vec<Found> = best.into_iter().map(|((kind, id), score)| Found { kind, id, score }).collect();
    let weight = |one: &Found| one.score + if one.kind == FindKind::Theme { THEME_LEAD } else { 0.0 };
    found.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.id.cmp(&b.id)));
    let top = found.iter().map(|one| one.score).fold(0.0, f64::max);
    found.retain(|one| one.score >= SCORE_MIN && one.score >= NOISE * top);
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_sayings_is_sound() {
        let read: Sayings = toml::from_str(SAYINGS).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for (meant, said) in &read.sayings {
            for one in said {
                assert!(seen.insert(one), "{one} stands twice");
                assert!(one != meant && one.chars().count() >= 1, "{one} says nothing else than {meant}");
            }
        }
    }

    #[test]
    fn noise_beside_a_sure_hit_is_left_out() {
        let best = HashMap::from([
            ((FindKind::Item, "item".to_owned()), 0.95),
            ((FindKind::Theme, "theme".to_owned()), 0.9),
            ((FindKind::Item, "noise".to_owned()), 0.35),
        ]);
        let ids: Vec<String> = sorted(best, 9).into_iter().map(|one| one.id).collect();
        assert_eq!(ids, ["theme", "item"]);
    }
}
