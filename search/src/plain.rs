//! A text as it is compared: lower case, half width, no punctuation, nothing that everybody says in front of everything.

use std::ops::Range;

use crate::lexicon::Lexicon;

/// A character that counts, and the characters of the text it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub letter: char,
    /// In characters of the text as it was handed in.
    pub from: Range<usize>,
}

/// How much of a text is put in other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As it was said, without what says nothing.
    Said,
    /// Everyday words put in the documents' words.
    Meant,
}

/// The text as it is compared. One of nothing but fillers is kept as it is.
pub(crate) fn plain(text: &str, lexicon: &Lexicon, reading: Reading) -> Vec<Letter> {
    let letters = letters(text);
    let folded: String = letters.iter().map(|one| one.letter).collect();
    let mut kept = Vec::with_capacity(letters.len());
    let mut at = Walk { letters: &letters, byte: 0, number: 0 };
    for word in lexicon.cut(&folded) {
        kept.extend_from_slice(at.upto(word.start));
        let said = at.upto(word.end);
        match reading {
            _ if word.means.is_empty() => {}
            Reading::Said => kept.extend_from_slice(said),
            Reading::Meant => push_meant(&mut kept, word.means, said),
        }
    }
    kept.extend_from_slice(at.upto(folded.len()));
    if kept.is_empty() { letters } else { kept }
}

/// Puts the meaning for what was said. 关店注销, where 关店 means 注销, says it once.
fn push_meant(kept: &mut Vec<Letter>, means: &str, said: &[Letter]) {
    let from = said.first().map_or(0, |one| one.from.start)..said.last().map_or(0, |one| one.from.end);
    let means: Vec<char> = means.chars().collect();
    let twice = kept.len() >= means.len()
        && kept[kept.len() - means.len()..].iter().map(|one| one.letter).eq(means.iter().copied());
    if !twice {
        kept.extend(means.into_iter().map(|letter| Letter { letter, from: from.clone() }));
    }
}

/// Goes through the letters by bytes of the folded text.
struct Walk<'a> {
    letters: &'a [Letter],
    byte: usize,
    number: usize,
}

impl<'a> Walk<'a> {
    fn upto(&mut self, byte: usize) -> &'a [Letter] {
        let begun = self.number;
        while self.byte < byte && self.number < self.letters.len() {
            self.byte += self.letters[self.number].letter.len_utf8();
            self.number += 1;
        }
        &self.letters[begun..self.number]
    }
}

/// Letters and digits in lower case and half width, each with its place in the text.
fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len() / 3);
    for (number, c) in text.chars().enumerate() {
        let from = number..number + 1;
        // Nearly all are Chinese, and need nothing.
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            letters.push(Letter { letter: c, from });
            continue;
        }
        let half = match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            other => other,
        };
        let lower = half.to_lowercase().filter(|letter| letter.is_alphanumeric());
        letters.extend(lower.map(|letter| Letter { letter, from: from.clone() }));
    }
    letters
}

/// The same as a text, with fillers.
pub(crate) fn folded(text: &str) -> String {
    letters(text).into_iter().map(|one| one.letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let pairs = [
            ("饭馆", "餐饮店"),
            ("失业保险", "失业金"),
            ("失业保险金", "失业金"),
            ("关店", "注销"),
            ("ID卡", "身份证"),
        ];
        Lexicon::new(pairs, ["请问", "我想", "怎么"])
    }

    fn read(text: &str, reading: Reading) -> String {
        plain(text, &lexicon(), reading).into_iter().map(|one| one.letter).collect()
    }

    #[test]
    fn words_are_cut_longest_first_and_fillers_go() {
        for (text, said, meant) in [
            ("请问，我想开饭馆？", "开饭馆", "开餐饮店"),
            ("失业保险金怎么领", "失业保险金领", "失业金领"),
            ("关店 注销", "关店注销", "注销"),
            ("注销，关店", "注销关店", "注销"),
            ("ＩＤ卡", "id卡", "身份证"),
            ("怎么", "怎么", "怎么"),
            ("", "", ""),
        ] {
            assert_eq!(
                (read(text, Reading::Said).as_str(), read(text, Reading::Meant).as_str()),
                (said, meant),
                "{text}"
            );
        }
    }

    #[test]
    fn every_letter_knows_where_it_stood() {
        let letters = plain("请问：开饭馆", &lexicon(), Reading::Meant);
        let places: Vec<_> = letters.iter().map(|one| one.from.clone()).collect();
        assert_eq!(places, [3..4, 4..6, 4..6, 4..6]);
    }
}
