//! Words that mean the same, and words that say nothing (同义词、俗称、套话).

use aho_corasick::{AhoCorasick, MatchKind};

/// What people say for what the documents say. Texts are read with the longest known word first, which cuts them into words
/// where it matters: 失业保险金 is not 失业保险 with a 金 behind it.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Known words and, by the same number, what each stands for; empty for what says nothing.
    words: Vec<(String, String)>,
    finder: Option<AhoCorasick>,
}

/// A word found in a text, in bytes.
pub(crate) struct Found<'l> {
    pub start: usize,
    pub end: usize,
    pub means: &'l str,
}

impl Lexicon {
    /// Of pairs (what people say, what it means), and of words that say nothing, such as 请问. Of two pairs with the same
    /// saying the first counts.
    pub fn new<'t>(
        pairs: impl IntoIterator<Item = (&'t str, &'t str)>,
        fillers: impl IntoIterator<Item = &'t str>,
    ) -> Self {
        let known = pairs.into_iter().chain(fillers.into_iter().map(|filler| (filler, "")));
        let mut words: Vec<(String, String)> = known
            .map(|(said, means)| (crate::plain::folded(said), crate::plain::folded(means)))
            .filter(|(said, _)| !said.is_empty())
            .collect();
        // What a word means is a word too, and stands for itself.
        let mut themselves: Vec<String> = words.iter().map(|(_, means)| means.clone()).collect();
        themselves.sort_unstable();
        themselves.dedup();
        words.extend(themselves.into_iter().filter(|means| !means.is_empty()).map(|means| (means.clone(), means)));
        // More patterns than the automaton can number are more words than there are.
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|(said, _)| said))
            .ok()
            .filter(|_| !words.is_empty());
        Self { words, finder }
    }

    /// The known words of a text, from left to right, none overlapping another.
    pub(crate) fn cut<'l>(&'l self, text: &str) -> Vec<Found<'l>> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let found = finder.find_iter(text).map(|found| Found {
            start: found.start(),
            end: found.end(),
            means: &self.words[found.pattern().as_usize()].1,
        });
        found.collect()
    }

    /// Every word that names something.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words
            .iter()
            .filter(|(_, means)| !means.is_empty())
            .flat_map(|(said, means)| [said.as_str(), means.as_str()])
    }
}
