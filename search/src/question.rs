//! The ways to read what was typed.

use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::plain::{Letter, Reading, plain};
use crate::sound::{self, Class, Sound, Spelt};

/// One thing typed, to be laid beside one character of a saying.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Typed {
    /// A character, and how it sounds.
    Character(char, Sound),
    /// A syllable in letters, and its first one.
    Syllable(Class, u8),
    /// The beginning of a syllable in letters; of one letter mostly an initial.
    Beginning(String),
}

impl Typed {
    /// The class of sounds it has, by its first reading; none for a mere beginning.
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::Character(_, sound) => sound.all().next(),
            Self::Syllable(class, _) => Some(*class),
            Self::Beginning(_) => None,
        }
    }

    /// The first letter it is typed with.
    pub fn initial(&self) -> Option<u8> {
        match self {
            Self::Character(_, sound) => sound.initials().next(),
            Self::Syllable(_, initial) => Some(*initial),
            Self::Beginning(letters) => letters.bytes().next(),
        }
    }
}

/// One thing typed, with its place in the question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    pub typed: Typed,
    /// In characters of the question.
    pub from: Range<usize>,
}

/// One way to read the question.
pub(crate) type Version = Vec<Unit>;

/// Most characters of one way to read it; a word may stand for a longer one.
const LETTERS_MAX: usize = 64;

/// All ways to read the question, the likeliest first, none twice: as said and as meant, letters as syllables and as initials.
pub(crate) fn versions(text: &str, lexicon: &Lexicon) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::new();
    for reading in [Reading::Said, Reading::Meant] {
        let mut letters = plain(text, lexicon, reading);
        letters.truncate(LETTERS_MAX);
        for read in [sound::fewest, sound::initials] {
            let version = units(&letters, read);
            if !version.is_empty() && !versions.contains(&version) {
                versions.push(version);
            }
        }
    }
    versions
}

fn units(letters: &[Letter], read: fn(&str) -> Vec<Spelt>) -> Version {
    let mut units = Vec::with_capacity(letters.len());
    let is_latin = |one: &Letter| one.letter.is_ascii_lowercase();
    for run in letters.chunk_by(|a, b| is_latin(a) == is_latin(b)) {
        if !is_latin(&run[0]) {
            units.extend(run.iter().map(|one| Unit {
                typed: Typed::Character(one.letter, sound::of(one.letter)),
                from: one.from.clone(),
            }));
            continue;
        }
        let spelt: String = run.iter().map(|one| one.letter).collect();
        let mut at = 0;
        for part in read(&spelt) {
            let (typed, length) = match part {
                Spelt::Syllable(class, length) => (Typed::Syllable(class, spelt.as_bytes()[at]), length),
                Spelt::Beginning(letters) => (Typed::Beginning(letters.clone()), letters.len()),
            };
            units.push(Unit { typed, from: run[at].from.start..run[at + length - 1].from.end });
            at += length;
        }
    }
    units
}
