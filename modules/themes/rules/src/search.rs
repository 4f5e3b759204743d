//! Finding a theme or an item by what people say: "想开个饭馆" finds 开办餐饮店.
//!
//! Texts are compared by the share of two-character pieces they have in common, because Chinese is written without
//! spaces and its words are mostly of two characters. What everybody says in front of everything (我要, 怎么办理) is left
//! aside. Pinyin and synonyms are the business of the caller, who may ask again with other words.

use std::collections::HashMap;

use catalog::model::{Catalog, Item, ItemStatus};

use crate::theme::Theme;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findable {
    /// Id of the theme or item.
    pub id: String,
    pub name: String,
    /// Other ways to say it; of an item its plain name, of a theme its `say`.
    pub say: Vec<String>,
    pub kind: FindKind,
}

/// Themes come before items when both fit alike: they do more for the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindKind {
    Theme,
    Item,
}

/// Something found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'f> {
    pub found: &'f Findable,
    /// 0 to 1; 1 is what was said, word for word.
    pub score: f64,
}

/// Below this the likeness is chance.
const SCORE_MIN: f64 = 0.25;

/// Longest query looked at, in characters.
const QUERY_MAX: usize = 60;

/// Themes and items, prepared for being found. Built once for a catalogue, asked often.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    findables: Vec<Findable>,
    /// All sayings: which findable, and its characters.
    sayings: Vec<(usize, Vec<char>)>,
    /// By piece of two characters: the sayings it occurs in.
    pieces: HashMap<[char; 2], Vec<u32>>,
    /// By single character, for queries of one character.
    letters: HashMap<char, Vec<u32>>,
}

impl Finder {
    /// Everything an applicant may look for: the themes, and all items that are open.
    pub fn of(themes: &[Theme], catalog: &Catalog) -> Self {
        let theme = |theme: &Theme| Findable {
            id: theme.id.clone(),
            name: theme.name.clone(),
            say: theme.say.iter().chain([&theme.official]).cloned().collect(),
            kind: FindKind::Theme,
        };
        let item = |item: &Item| Findable {
            id: item.id.to_string(),
            name: item.name.clone(),
            say: item.plain.iter().cloned().collect(),
            kind: FindKind::Item,
        };
        let open = catalog.items.values().filter(|item| item.status == ItemStatus::Active);
        Self::new(themes.iter().map(theme).chain(open.map(item)))
    }

    /// Prepares what may be found.
    pub fn new(findables: impl IntoIterator<Item = Findable>) -> Self {
        let mut finder = Self::default();
        for findable in findables {
            let number = finder.findables.len();
            let mut sayings: Vec<Vec<char>> = Vec::new();
            for text in std::iter::once(&findable.name).chain(&findable.say) {
                let said = plain(text);
                if !said.is_empty() && !sayings.contains(&said) {
                    sayings.push(said);
                }
            }
            sayings.into_iter().for_each(|said| finder.add(number, said));
            finder.findables.push(findable);
        }
        finder
    }

    fn add(&mut self, number: usize, said: Vec<char>) {
        let at = self.sayings.len() as u32;
        for piece in pieces(&said) {
            let list = self.pieces.entry(piece).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
        for &letter in &said {
            let list = self.letters.entry(letter).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
        self.sayings.push((number, said));
    }

    /// The best hits, best first; each theme or item at most once.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit<'_>> {
        let asked: Vec<char> = plain(query).into_iter().take(QUERY_MAX).collect();
        let mut best: HashMap<usize, f64> = HashMap::new();
        for (at, shared) in self.candidates(&asked) {
            let (number, said) = &self.sayings[at as usize];
            let score = likeness(&asked, said, shared);
            let known = best.entry(*number).or_default();
            *known = known.max(score);
        }
        let mut hits: Vec<Hit<'_>> = best
            .into_iter()
            .filter(|(_, score)| *score >= SCORE_MIN)
            .map(|(number, score)| Hit { found: &self.findables[number], score })
            .collect();
        hits.sort_by(|a, b| {
            let by_kind = || a.found.kind.cmp(&b.found.kind).then_with(|| a.found.id.cmp(&b.found.id));
            b.score.total_cmp(&a.score).then_with(by_kind)
        });
        hits.truncate(limit);
        hits
    }

    /// Sayings that share something with what is asked, and how many pieces they share.
    fn candidates(&self, asked: &[char]) -> Vec<(u32, usize)> {
        if let [letter] = asked {
            return self.letters.get(letter).into_iter().flatten().map(|&at| (at, 1)).collect();
        }
        let mut shared: HashMap<u32, usize> = HashMap::new();
        let mut distinct: Vec<[char; 2]> = pieces(asked).collect();
        distinct.sort_unstable();
        distinct.dedup();
        for piece in distinct {
            for &at in self.pieces.get(&piece).into_iter().flatten() {
                *shared.entry(at).or_default() += 1;
            }
        }
        shared.into_iter().collect()
    }
}

/// How alike what is asked and what is said are. One containing the other counts by how much of it; otherwise the shared
/// pieces count against the pieces of both (Dice).
fn likeness(asked: &[char], said: &[char], shared: usize) -> f64 {
    if asked == said {
        return 1.0;
    }
    let (short, long) = if asked.len() <= said.len() { (asked, said) } else { (said, asked) };
    let ratio = short.len() as f64 / long.len() as f64;
    if !short.is_empty() && long.windows(short.len()).any(|window| window == short) {
        // A single character inside a long name says little, two or more say a word.
        return if short.len() == 1 { 0.3 + 0.2 * ratio } else { 0.6 + 0.35 * ratio };
    }
    let pieces = (asked.len().saturating_sub(1) + said.len().saturating_sub(1)).max(1);
    // What was said may carry much besides the matter, so sharing most of the shorter text also counts.
    let dice = 2.0 * shared as f64 / pieces as f64;
    let cover = shared as f64 / short.len().saturating_sub(1).max(1) as f64;
    (0.6 * dice + 0.3 * cover).min(0.9)
}

fn pieces(text: &[char]) -> impl Iterator<Item = [char; 2]> {
    text.windows(2).map(|pair| [pair[0], pair[1]])
}

/// Said by everybody about everything.
const FILLERS: [&str; 26] = [
    "请问",
    "你好",
    "您好",
    "我们",
    "我要",
    "我想",
    "想要",
    "需要",
    "应该",
    "怎么办理",
    "怎样办理",
    "如何办理",
    "怎么",
    "怎样",
    "如何",
    "在哪里",
    "哪里",
    "什么",
    "手续",
    "流程",
    "办理",
    "申请",
    "一下",
    "可以",
    "一件事",
    "一家",
];

/// Lower case, half width, no punctuation, no fillers. A text of fillers only is kept as it is.
fn plain(text: &str) -> Vec<char> {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect();
    let mut stripped = folded.clone();
    for filler in FILLERS {
        stripped = stripped.replace(filler, "");
    }
    let stripped = stripped.trim_end_matches(['吗', '呢', '啊', '吧', '的']);
    let stripped = stripped.strip_prefix(['我', '想', '要', '办']).unwrap_or(stripped);
    if stripped.is_empty() { folded.chars().collect() } else { stripped.chars().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Finder {
        let theme = |id: &str, name: &str, say: &[&str]| Findable {
            id: id.into(),
            name: name.into(),
            say: say.iter().map(|&text| text.into()).collect(),
            kind: FindKind::Theme,
        };
        let item = |id: &str, name: &str, plain: &str| Findable {
            id: id.into(),
            name: name.into(),
            say: vec![plain.into()],
            kind: FindKind::Item,
        };
        Finder::new([
            theme("open-hair-salon", "开一家理发店", &["我要开理发店", "开美发店", "开发廊"]),
            theme("open-restaurant", "开办餐饮店", &["我要开一家餐饮店", "开饭店", "开奶茶店", "开餐馆"]),
            theme("newborn", "新生儿出生", &["孩子出生了要办什么", "给宝宝上户口"]),
            item("food-permit-new", "食品经营许可（新办）", "食品经营许可证"),
            item("hygiene-permit-salon", "公共场所卫生许可（新办·理发店、美容店）", "卫生许可证"),
        ])
    }

    #[test]
    fn everyday_words_find_the_theme_first() {
        let finder = finder();
        let rows = [
            ("我要开一家餐饮店", "open-restaurant"),
            ("想开个餐馆", "open-restaurant"),
            ("奶茶店", "open-restaurant"),
            ("开理发店怎么办理？", "open-hair-salon"),
            ("美发店", "open-hair-salon"),
            ("宝宝上户口", "newborn"),
            ("孩子出生", "newborn"),
            ("食品经营许可证", "food-permit-new"),
            ("卫生许可证", "hygiene-permit-salon"),
        ];
        for (query, id) in rows {
            let hits = finder.find(query, 5);
            assert_eq!(hits.first().map(|hit| hit.found.id.as_str()), Some(id), "{query}: {hits:?}");
        }
    }

    #[test]
    fn nonsense_finds_nothing_and_nothing_breaks() {
        let finder = finder();
        for query in ["", "   ", "？？？", "xyz", "火星移民", &"开".repeat(500)] {
            assert!(finder.find(query, 5).iter().all(|hit| hit.score < 0.9), "{query}");
        }
        assert!(finder.find("火星移民", 5).is_empty());
    }

    #[test]
    fn the_same_words_score_one() {
        let finder = finder();
        assert_eq!(finder.find("开办餐饮店", 1)[0].score, 1.0);
        assert_eq!(finder.find("开办餐饮店！", 1)[0].score, 1.0);
    }
}
