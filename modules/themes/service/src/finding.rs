//! Finding a theme or an item (查找): the catalogue in force as documents, and people's words as the lexicon of the search.

use std::collections::BTreeSet;

use catalog::model::{ApplyVia, Audience, Catalog, Item, ItemStatus, WindowThemes};
use search::{Document, Index, Lexicon};
use themes::{Theme, Wording};

use crate::ThemeShelf;

/// Themes come before items where both fit alike: they do more for the applicant.
const THEME_LEAD: f64 = 0.06;

/// Themes or items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindKind {
    Theme,
    Item,
}

impl FindKind {
    /// As it stands in keys, rows and the interface.
    pub fn word(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Item => "item",
        }
    }

    fn key(self, id: &str) -> String {
        format!("{}/{id}", self.word())
    }

    /// The kind of this word.
    pub(crate) fn of_word(word: &str) -> Option<FindKind> {
        [Self::Theme, Self::Item].into_iter().find(|kind| kind.word() == word)
    }

    /// Kind and id out of a key.
    fn of_key(key: &str) -> Option<(FindKind, &str)> {
        let (word, id) = key.split_once('/')?;
        Some((Self::of_word(word)?, id))
    }
}

/// What is looked for, and among what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'q> {
    pub text: &'q str,
    /// `person`, or `company` for organisations of any kind; anything else is everybody.
    pub whom: &'q str,
    /// Code of the region it is to be handed in at; empty for anywhere.
    pub place: &'q str,
    /// Hits at most.
    pub most: usize,
}

/// What was found, best first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    pub found: Vec<Found>,
    /// What was probably meant, when something was found by sound or in spite of a slip.
    pub meant: Option<String>,
}

/// A theme or an item found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub kind: FindKind,
    pub id: String,
    /// 0 to 1.
    pub score: f64,
    /// Whether it is what was asked for, and not a guess.
    pub sure: bool,
    /// The saying that fitted, and which of its characters did.
    pub why: Option<search::Why>,
}

impl ThemeShelf {
    /// Finds themes and items by what people say, best first.
    pub fn find(&self, wish: Wish<'_>) -> Findings {
        let place = near(self.catalogue().catalog(), wish.place);
        let asked = search::Asked {
            text: wish.text,
            audience: Some(wish.whom).filter(|whom| matches!(*whom, "person" | "company")),
            place: place.as_deref(),
            most: wish.most,
        };
        let answer = self.index().find(asked);
        let found = answer.hits.into_iter().filter_map(|hit| {
            let (kind, id) = FindKind::of_key(&hit.key)?;
            Some(Found { kind, id: id.to_owned(), score: hit.score, sure: hit.sure, why: hit.why })
        });
        Findings { found: found.collect(), meant: answer.meant }
    }
}

/// The index of the themes, and of all items that are open.
pub(crate) fn index(catalog: &Catalog, themes: &[Theme], wording: &Wording) -> Index {
    Index::new(documents(catalog, themes), lexicon(wording))
}

/// People's words as the search takes them.
pub fn lexicon(wording: &Wording) -> Lexicon {
    let pairs = wording.words.iter().flat_map(|word| word.said.iter().map(|said| (said.as_str(), word.word.as_str())));
    Lexicon::new(pairs, wording.fillers.iter().map(String::as_str))
}

/// The themes, and all items that are open, as the search takes them.
pub fn documents(catalog: &Catalog, themes: &[Theme]) -> Vec<Document> {
    let open = catalog.items.values().filter(|item| item.status == ItemStatus::Active);
    let theme = |theme: &Theme| theme_document(theme, places(catalog, |takes| takes.contains(&theme.id)));
    themes.iter().map(theme).chain(open.map(|item| item_document(item, catalog, themes))).collect()
}

fn theme_document(theme: &Theme, places: Vec<String>) -> Document {
    let labels = theme.questions.iter().flat_map(|question| {
        std::iter::once(question.text.clone()).chain(question.options.iter().map(|option| option.label.clone()))
    });
    let items = theme.items.iter().map(|item| item.plain.to_string());
    Document {
        key: FindKind::Theme.key(&theme.id),
        name: theme.name.clone(),
        sayings: theme.say.iter().chain([&theme.official]).cloned().collect(),
        body: std::iter::once(theme.summary.clone()).chain(labels).chain(items).collect::<Vec<_>>().join("。"),
        audience: whom(&theme.audience),
        places: Some(places),
        parts: theme.items.iter().map(|item| FindKind::Item.key(&item.id)).collect(),
        lead: THEME_LEAD,
    }
}

fn item_document(item: &Item, catalog: &Catalog, themes: &[Theme]) -> Document {
    let materials = item.materials.iter().filter_map(|material| material.name.clone());
    let asked = item.faqs.iter().map(|faq| faq.q.clone());
    let result = item.result.name.iter().cloned();
    let holding: BTreeSet<&String> =
        themes.iter().filter(|theme| theme.item(&item.id).is_some()).map(|theme| &theme.id).collect();
    Document {
        key: FindKind::Item.key(&item.id),
        name: item.plain.clone().unwrap_or_else(|| item.name.clone()),
        sayings: vec![item.name.clone()],
        body: result.chain(asked).chain(materials).collect::<Vec<_>>().join("。"),
        audience: whom(&item.audience),
        // What is done on the net only is handed in at no hall.
        places: Some(match item.apply_via.contains(&ApplyVia::Window) {
            true => places(catalog, |takes| holding.iter().any(|theme| takes.contains(*theme))),
            false => Vec::new(),
        }),
        parts: Vec::new(),
        lead: 0.0,
    }
}

/// People, organisations, or both.
fn whom(audience: &[Audience]) -> Vec<String> {
    let person = audience.contains(&Audience::Person).then_some("person");
    let company = audience.iter().any(|one| *one != Audience::Person).then_some("company");
    person.into_iter().chain(company).map(str::to_owned).collect()
}

/// The region, or the nearest above it, where there is a hall; None for no place and for one nobody knows.
fn near(catalog: &Catalog, place: &str) -> Option<String> {
    let mut region = catalog.regions.get(place);
    while let Some(here) = region {
        if catalog.halls.values().any(|hall| hall.region == here.code) {
            return Some(here.code.to_string());
        }
        region = here.parent.as_ref().and_then(|parent| catalog.regions.get(parent));
    }
    None
}

/// The regions of the halls with a window that takes it, and all regions above them: whoever names a town means its villages
/// too.
fn places(catalog: &Catalog, takes: impl Fn(&[String]) -> bool) -> Vec<String> {
    let taken = |themes: &WindowThemes| match themes {
        WindowThemes::All => true,
        WindowThemes::Only(only) => takes(only),
    };
    let mut places: BTreeSet<String> = BTreeSet::new();
    for hall in catalog.halls.values().filter(|hall| hall.windows.iter().any(|window| taken(&window.themes))) {
        let mut region = Some(&hall.region);
        while let Some(here) = region.filter(|here| places.insert(here.to_string())) {
            region = catalog.regions.get(here).and_then(|region| region.parent.as_ref());
        }
    }
    places.into_iter().collect()
}
