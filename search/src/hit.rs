//! What comes out.

use std::ops::Range;

use crate::align::Fit;
use crate::index::{Index, Saying};
use crate::plain::plain;
use crate::question::{Typed, Version};

/// Everything found, best first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    pub hits: Vec<Hit>,
    /// What was probably meant (您是不是要找), when the best hit was found by sound or in spite of a slip.
    pub meant: Option<String>,
}

/// Something found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Of the document.
    pub key: String,
    /// 0 to 1; 1 is the name, word for word.
    pub score: f64,
    /// Whether it is what was asked for, and not a guess.
    pub sure: bool,
    /// Why it was found; None when only its body fitted, or because a part of it did.
    pub why: Option<Why>,
}

/// The saying that fitted, and which of its characters did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// As the document has it.
    pub saying: String,
    /// Stretches of characters, rising, none touching another.
    pub marks: Vec<Range<usize>>,
}

impl Why {
    /// None when only single characters fitted.
    pub(crate) fn of(index: &Index, saying: &Saying, fit: &Fit) -> Option<Why> {
        let text = text(index, saying);
        let letters = plain(&text, &index.lexicon, saying.reading);
        let mut places: Vec<Range<usize>> = fit
            .beside
            .iter()
            .flatten()
            .filter_map(|&at| letters.get(at as usize))
            .map(|one| one.from.clone())
            .collect();
        places.sort_by_key(|place| (place.start, place.end));
        let mut marks: Vec<Range<usize>> = Vec::new();
        for place in places {
            match marks.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => marks.push(place),
            }
        }
        (!marks.is_empty()).then_some(Why { saying: text, marks })
    }
}

fn text(index: &Index, saying: &Saying) -> String {
    let document = &index.documents[saying.document as usize];
    match saying.text.checked_sub(1) {
        None => document.name.clone(),
        Some(place) => document.sayings[place as usize].clone(),
    }
}

/// The question with what was met by sound only written as the saying has it: 失液金 is 失业金, sfz is 身份证. None when every
/// character that was met is right.
pub(crate) fn meant(question: &str, version: &Version, saying: &Saying, fit: &Fit) -> Option<String> {
    let asked: Vec<char> = question.chars().collect();
    let mut written = String::new();
    let (mut next, mut mended) = (0, false);
    for (unit, beside) in version.iter().zip(&fit.beside) {
        let right = beside.and_then(|at| saying.letters.get(at as usize)).copied();
        let wrong = right.filter(|right| !matches!(&unit.typed, Typed::Character(own, _) if own == right));
        // A word put in other words stands for several units at one place.
        if unit.from.end <= next {
            continue;
        }
        written.extend(&asked[next..unit.from.start.max(next)]);
        match wrong {
            Some(right) => written.push(right),
            None => written.extend(&asked[unit.from.start.max(next)..unit.from.end]),
        }
        mended |= wrong.is_some();
        next = unit.from.end;
    }
    written.extend(&asked[next..]);
    mended.then(|| written.split_whitespace().collect())
}
