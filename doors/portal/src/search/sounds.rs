//! Finding by sound: pinyin initials as people type them (kcyd), whole pinyin (shiyejin), and Chinese typed with the
//! wrong character of the right sound (失业斤), which is how input methods go wrong most often.

use pinyin::ToPinyin;
use themes::FindKind;

/// One saying, by its sound.
#[derive(Debug, Clone)]
struct Sound {
    found: (FindKind, String),
    syllables: Vec<&'static str>,
    initials: String,
}

/// All sayings by their sounds.
#[derive(Debug, Clone, Default)]
pub struct Sounds(Vec<Sound>);

/// Shortest query of letters: one letter fits everything.
const LETTERS_MIN: usize = 2;

impl Sounds {
    /// Adds one way to say it.
    pub fn add(&mut self, kind: FindKind, id: &str, saying: &str) {
        let syllables = syllables(saying);
        let initials = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
        self.0.push(Sound { found: (kind, id.to_owned()), syllables, initials });
    }

    /// How well each saying fits what was typed, 0 to 1; those that do not fit are left out.
    pub fn find<'s>(&'s self, query: &str) -> Vec<(&'s (FindKind, String), f64)> {
        let letters = letters(query);
        let typed = syllables(query);
        let likeness = |sound: &Sound| match &letters {
            Some(letters) => by_letters(letters, sound),
            None => by_syllables(&typed, &sound.syllables),
        };
        self.0.iter().map(|sound| (&sound.found, likeness(sound))).filter(|(_, score)| *score > 0.0).collect()
    }
}

/// The query as letters, when it is nothing else: "Li Fa" is `lifa`.
fn letters(query: &str) -> Option<String> {
    let plain: String =
        query.chars().filter(|c| !c.is_whitespace() && *c != '\'').map(|c| c.to_ascii_lowercase()).collect();
    (plain.len() >= LETTERS_MIN && plain.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(plain)
}

fn syllables(text: &str) -> Vec<&'static str> {
    text.chars().filter_map(|letter| letter.to_pinyin()).map(|pinyin| pinyin.plain()).collect()
}

fn by_letters(typed: &str, sound: &Sound) -> f64 {
    let whole = sound.syllables.len();
    let from = |start: usize| spelt(typed, &sound.syllables[start..]);
    if let Some(spelt) = (0..whole).filter_map(from).max() {
        return if spelt == whole { 1.0 } else { 0.6 + 0.35 * spelt as f64 / whole as f64 };
    }
    skipping(typed, &sound.initials).map_or(0.0, |window| 0.75 * typed.len() as f64 / window as f64)
}

/// How many syllables from the first on the letters spell, each by its beginning: `kcyd`, `kaican`, `syej`.
fn spelt(typed: &str, syllables: &[&str]) -> Option<usize> {
    if typed.is_empty() {
        return Some(0);
    }
    let (first, rest) = syllables.split_first()?;
    let alike = typed.bytes().zip(first.bytes()).take_while(|(a, b)| a == b).count();
    (1..=alike).filter_map(|taken| spelt(&typed[taken..], rest)).map(|more| more + 1).max()
}

/// The shortest stretch of the initials that has the typed letters in order, when it is at most twice as long: kcyd
/// in kyjcyd, because people leave out 一家.
fn skipping(typed: &str, initials: &str) -> Option<usize> {
    if typed.len() <= LETTERS_MIN {
        return None;
    }
    let from = |start: usize| {
        let mut left = typed.bytes().peekable();
        for (place, letter) in initials.bytes().enumerate().skip(start) {
            left.next_if_eq(&letter);
            if left.peek().is_none() {
                return Some(place + 1 - start);
            }
        }
        None
    };
    let starts = initials.bytes().enumerate().filter(|(_, letter)| Some(*letter) == typed.bytes().next());
    starts.filter_map(|(start, _)| from(start)).filter(|window| *window <= 2 * typed.len()).min()
}

/// One sound containing the other counts by how much of it, otherwise the pairs of syllables in common.
fn by_syllables(typed: &[&str], said: &[&str]) -> f64 {
    if typed.len() < 2 || said.len() < 2 {
        return 0.0;
    }
    if typed == said {
        return 1.0;
    }
    let (short, long) = if typed.len() <= said.len() { (typed, said) } else { (said, typed) };
    if long.windows(short.len()).any(|window| window == short) {
        return 0.6 + 0.35 * short.len() as f64 / long.len() as f64;
    }
    let shared = short.windows(2).filter(|pair| long.windows(2).any(|other| other == *pair)).count();
    let dice = 2.0 * shared as f64 / (typed.len() + said.len() - 2) as f64;
    let cover = shared as f64 / (short.len() - 1) as f64;
    (0.6 * dice + 0.3 * cover).min(0.9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(query: &str) -> Option<String> {
        let mut sounds = Sounds::default();
        for (id, saying) in [
            ("restaurant", "我要开一家餐饮店"),
            ("salon", "开理发店"),
            ("benefit", "领失业金"),
            ("newborn", "给宝宝上户口"),
        ] {
            sounds.add(FindKind::Theme, id, saying);
        }
        let mut hits = sounds.find(query);
        hits.sort_by(|a, b| b.1.total_cmp(&a.1));
        hits.first().map(|hit| hit.0.1.clone())
    }

    #[test]
    fn initials_whole_pinyin_and_wrong_characters_of_the_right_sound() {
        for (query, id) in [
            ("kcyd", "restaurant"),
            ("KLFD", "salon"),
            ("li fa dian", "salon"),
            ("shiyejin", "benefit"),
            ("syj", "benefit"),
            ("sye", "benefit"),
            ("lingsyj", "benefit"),
            ("失业斤", "benefit"),
            ("上护口", "newborn"),
            ("立法店", "salon"),
        ] {
            assert_eq!(best(query).as_deref(), Some(id), "{query}");
        }
        for query in ["x", "", "zzzz", "火星"] {
            assert_eq!(best(query), None, "{query}");
        }
    }
}
