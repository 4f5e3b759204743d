//! How a character may sound (读音), and how what is typed in letters may be read.
//!
//! Tones count for nothing, and sounds that people of the south hear alike are one: zh and z, ch and c, sh and s, n and l in
//! front, ng and n behind. Input methods offer the same leniency, so the wrong character mostly has the right sound.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

/// Readings of a character looked at; more are found in old books only.
const READINGS: usize = 2;

/// A class of syllables that sound alike; 0 is none.
pub(crate) type Class = u16;

/// How a character may sound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sound {
    pub classes: [Class; READINGS],
    pub spelt: [&'static str; READINGS],
}

impl Sound {
    /// Whether one of its readings belongs to the class.
    pub fn is(&self, class: Class) -> bool {
        class != 0 && self.classes.contains(&class)
    }

    /// Whether both have a reading in common.
    pub fn like(&self, other: &Sound) -> bool {
        self.classes.iter().any(|&class| other.is(class))
    }

    /// Whether one of its readings begins so, `s` and `sh` for 身.
    pub fn begins(&self, letters: &str) -> bool {
        self.spelt.iter().any(|spelt| !spelt.is_empty() && spelt.starts_with(letters))
    }

    /// The classes it has.
    pub fn all(&self) -> impl Iterator<Item = Class> {
        let [first, second] = self.classes;
        std::iter::once(first).chain((second != first).then_some(second)).filter(|&class| class != 0)
    }

    /// First letters of its readings.
    pub fn initials(&self) -> impl Iterator<Item = u8> {
        let first = |spelt: &str| spelt.bytes().next();
        let [one, two] = [first(self.spelt[0]), first(self.spelt[1])];
        one.into_iter().chain(two.filter(|two| Some(*two) != one))
    }
}

/// Characters whose sounds are kept: the block of the everyday ones.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

struct Sounds {
    of: Vec<Sound>,
    /// Class of each syllable as it is spelt.
    classes: HashMap<&'static str, Class>,
}

static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| {
    let mut sounds = Sounds { of: Vec::new(), classes: HashMap::new() };
    let mut known: HashMap<String, Class> = HashMap::new();
    for code in FIRST..=LAST {
        let mut sound = Sound::default();
        let readings = char::from_u32(code).and_then(|letter| letter.to_pinyin_multi());
        let mut plain: Vec<&'static str> = readings.into_iter().flatten().map(|one| one.plain()).collect();
        plain.dedup();
        for (place, spelt) in plain.into_iter().filter(|spelt| spelt.is_ascii()).take(READINGS).enumerate() {
            let next = known.len() as Class + 1;
            let class = *known.entry(alike(spelt)).or_insert(next);
            sounds.classes.insert(spelt, class);
            (sound.classes[place], sound.spelt[place]) = (class, spelt);
        }
        sounds.of.push(sound);
    }
    sounds
});

/// What sounds alike in the south, spelt one way.
fn alike(spelt: &str) -> String {
    let mut rest = spelt;
    let mut folded = String::with_capacity(6);
    for (from, to) in [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")] {
        if let Some(cut) = spelt.strip_prefix(from) {
            (rest, folded) = (cut, to.to_owned());
            break;
        }
    }
    folded.push_str(rest.strip_suffix('g').filter(|cut| cut.ends_with('n')).unwrap_or(rest));
    folded
}

/// How the character sounds; nothing for one that is not Chinese.
pub(crate) fn of(letter: char) -> Sound {
    let code = letter as u32;
    if !(FIRST..=LAST).contains(&code) {
        return Sound::default();
    }
    SOUNDS.of[(code - FIRST) as usize]
}

/// A stretch of typed letters, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spelt {
    /// A whole syllable, and how many letters it has.
    Syllable(Class, usize),
    /// The beginning of one.
    Beginning(String),
}

/// The letters read as few syllables and beginnings as possible, `shenfenzh` as shen, fen, zh.
pub(crate) fn fewest(letters: &str) -> Vec<Spelt> {
    // Best reading of the first n letters: its cost, and where its last part begins.
    let mut best: Vec<(f64, usize)> = vec![(0.0, 0)];
    for end in 1..=letters.len() {
        let parts = (end.saturating_sub(6)..end).filter_map(|start| {
            let cost = cost(&letters[start..end])?;
            Some((best[start].0 + cost, start))
        });
        best.push(parts.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f64::MAX, end - 1)));
    }
    let mut parts = Vec::new();
    let mut end = letters.len();
    while end > 0 {
        let start = best[end].1;
        parts.push(part(&letters[start..end]));
        end = start;
    }
    parts.reverse();
    parts
}

/// Each letter as the beginning of a syllable, `sfz` as s, f, z.
pub(crate) fn initials(letters: &str) -> Vec<Spelt> {
    letters.chars().map(|letter| Spelt::Beginning(letter.to_string())).collect()
}

fn part(letters: &str) -> Spelt {
    match SOUNDS.classes.get(letters) {
        Some(&class) if letters.len() > 1 => Spelt::Syllable(class, letters.len()),
        _ => Spelt::Beginning(letters.to_owned()),
    }
}

/// A syllable is likelier than a beginning, and a longer one than two short ones.
fn cost(letters: &str) -> Option<f64> {
    match part(letters) {
        Spelt::Syllable(..) => Some(1.0),
        Spelt::Beginning(_) if letters.len() == 1 => Some(1.3),
        Spelt::Beginning(_) => BEGINNINGS.contains(letters).then_some(1.4),
    }
}

static BEGINNINGS: LazyLock<std::collections::HashSet<&'static str>> = LazyLock::new(|| {
    let syllables = SOUNDS.classes.keys();
    syllables.flat_map(|syllable| (2..syllable.len()).map(|end| &syllable[..end])).collect()
});

/// The text as it is typed in letters, `shenfenzheng`; None when a character of it has no sound.
pub(crate) fn spelling(text: &str) -> Option<String> {
    text.chars().map(|letter| Some(of(letter).spelt[0]).filter(|spelt| !spelt.is_empty())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(letters: &str) -> String {
        let name = |part: &Spelt| match part {
            Spelt::Syllable(class, _) => {
                SOUNDS.classes.iter().filter(|(_, of)| *of == class).map(|(spelt, _)| alike(spelt)).next().unwrap()
            }
            Spelt::Beginning(letters) => format!("{letters}…"),
        };
        fewest(letters).iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn letters_are_read_as_few_syllables_as_possible() {
        for (letters, parts) in [
            ("shenfenzheng", "sen fen zen"),
            ("shenfenzh", "sen fen zh…"),
            ("kaican", "kai can"),
            ("sfz", "s… f… z…"),
            ("lingsyj", "lin s… y… j…"),
            ("xqq", "x… q… q…"),
        ] {
            assert_eq!(read(letters), parts);
        }
    }

    #[test]
    fn characters_that_people_hear_alike_are_alike() {
        for (one, other, like) in
            [('身', '升', true), ('金', '斤', true), ('津', '经', true), ('宁', '林', true), ('店', '饭', false)]
        {
            assert_eq!(of(one).like(&of(other)), like, "{one}{other}");
        }
        assert!(of('身').begins("sh") && of('行').begins("h") && !of('a').begins("a"));
        assert_eq!(spelling("身份证").as_deref(), Some("shenfenzheng"));
        assert_eq!(spelling("ID卡"), None);
    }
}
