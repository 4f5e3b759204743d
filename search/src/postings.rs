//! Which sayings and which documents have a piece of text (倒排表).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::sound::{Class, Sound};

/// A piece of text by which sayings are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Piece {
    /// Two characters, one behind the other.
    Pair(char, char),
    One(char),
    /// Two sounds, one behind the other.
    Sounds(Class, Class),
    Sound(Class),
    /// First letters of two sounds, one behind the other.
    Initials(u8, u8),
}

/// Numbers in rising order, each kept as the distance from the one before: most are a byte.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    bytes: Vec<u8>,
    last: u32,
    pub count: u32,
}

impl List {
    /// Adds a number that is not below the last one; the same one twice counts once.
    fn add(&mut self, number: u32) {
        if self.count > 0 && number == self.last {
            return;
        }
        let mut distance = if self.count == 0 { number } else { number - self.last };
        while distance >= 0x80 {
            self.bytes.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        self.bytes.push(distance as u8);
        self.last = number;
        self.count += 1;
    }

    /// The numbers, rising.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let mut bytes = self.bytes.iter();
        let mut at = 0_u32;
        std::iter::from_fn(move || {
            let (mut distance, mut shift) = (0_u32, 0);
            loop {
                let byte = bytes.next()?;
                distance |= u32::from(byte & 0x7F) << shift;
                if byte & 0x80 == 0 {
                    at += distance;
                    return Some(at);
                }
                shift += 7;
            }
        })
    }

    fn bytes(&self) -> usize {
        self.bytes.capacity() + size_of::<(u64, List)>()
    }
}

impl Piece {
    /// Each piece has another number: its kind above two characters of 21 bits.
    fn number(self) -> u64 {
        let (kind, first, second) = match self {
            Self::Pair(first, second) => (0, first as u64, second as u64),
            Self::One(letter) => (1, letter as u64, 0),
            Self::Sounds(first, second) => (2, u64::from(first), u64::from(second)),
            Self::Sound(class) => (3, u64::from(class), 0),
            Self::Initials(first, second) => (4, u64::from(first), u64::from(second)),
        };
        kind << 42 | first << 21 | second
    }
}

/// Spreads a number that is its own hash already. Nobody outside chooses the documents, so nobody can make them collide.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// Pieces that wait to be sorted into their lists. One after the other each would be looked up in a table far larger than
/// the processor's memory; sorted, each is looked up once for all of them.
const WAITING: usize = 1 << 20;

/// Lists by piece.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postings {
    lists: HashMap<u64, List, BuildHasherDefault<Spread>>,
    waiting: Vec<(u64, u32)>,
}

impl Postings {
    /// Adds the saying of that number; numbers come in rising order.
    pub fn add_saying(&mut self, number: u32, letters: &[char], sounds: &[Sound]) {
        self.add_text(number, letters);
        for sound in sounds {
            sound.all().for_each(|class| self.add(Piece::Sound(class), number));
        }
        for pair in sounds.windows(2) {
            for first in pair[0].all() {
                pair[1].all().for_each(|second| self.add(Piece::Sounds(first, second), number));
            }
            for first in pair[0].initials() {
                pair[1].initials().for_each(|second| self.add(Piece::Initials(first, second), number));
            }
        }
    }

    /// Adds characters and pairs only.
    pub fn add_text(&mut self, number: u32, letters: &[char]) {
        letters.iter().for_each(|&letter| self.add(Piece::One(letter), number));
        self.add_pairs(number, letters);
    }

    /// Adds pairs only.
    pub fn add_pairs(&mut self, number: u32, letters: &[char]) {
        letters.windows(2).for_each(|pair| self.add(Piece::Pair(pair[0], pair[1]), number));
    }

    fn add(&mut self, piece: Piece, number: u32) {
        self.waiting.push((piece.number(), number));
        if self.waiting.len() >= WAITING {
            self.sort_in();
        }
    }

    fn sort_in(&mut self) {
        self.waiting.sort_unstable();
        for same in self.waiting.chunk_by(|a, b| a.0 == b.0) {
            let list = self.lists.entry(same[0].0).or_default();
            same.iter().for_each(|(_, number)| list.add(*number));
        }
        self.waiting.clear();
    }

    /// Ends the adding: before it, nothing is found.
    pub fn close(&mut self) {
        self.sort_in();
        self.waiting = Vec::new();
        self.lists.values_mut().for_each(|list| list.bytes.shrink_to_fit());
    }

    /// The list of a piece, if anything has it.
    pub fn get(&self, piece: Piece) -> Option<&List> {
        self.lists.get(&piece.number())
    }

    /// How many have the piece.
    pub fn count(&self, piece: Piece) -> u32 {
        self.get(piece).map_or(0, |list| list.count)
    }

    /// About how much memory the lists take.
    pub fn bytes(&self) -> usize {
        self.lists.values().map(List::bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_gives_back_what_was_put_in() {
        let mut list = List::default();
        let numbers = [0, 0, 1, 127, 128, 129, 20_000, 20_000, 4_000_000];
        numbers.into_iter().for_each(|number| list.add(number));
        assert_eq!(list.iter().collect::<Vec<_>>(), [0, 1, 127, 128, 129, 20_000, 4_000_000]);
        assert_eq!(list.count, 7);
    }
}
