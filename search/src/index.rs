//! What is kept: the documents, their sayings, and the lists to look them up by.

use std::collections::HashMap;

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::plain::{Letter, Reading, plain};
use crate::postings::{Piece, Postings};
use crate::sound::{self, Sound};

/// Longest saying kept, in characters.
const SAYING_MAX: usize = 60;

/// A single character says a quarter of what a pair says.
pub(crate) const ONE: f32 = 0.25;

/// Documents, prepared for being found. Built once, asked often; a new list of documents is a new index.
#[derive(Debug, Clone, Default)]
pub struct Index {
    pub(crate) documents: Vec<Document>,
    pub(crate) lexicon: Lexicon,
    pub(crate) sayings: Vec<Saying>,
    pub(crate) postings: Postings,
    /// Of documents, by their bodies.
    pub(crate) bodies: Postings,
    /// By document: the documents it is a part of.
    pub(crate) wholes: Vec<Vec<u32>>,
    /// What may be meant by letters with a slip in them: spelling, by its length and first letter.
    pub(crate) spellings: Spellings,
}

/// By how many characters a text has and the first letter of its sound: the sound, and the text.
pub(crate) type Spellings = HashMap<(usize, u8), Vec<(String, Box<str>)>>;

/// One way to say a document, as it is compared.
#[derive(Debug, Clone)]
pub(crate) struct Saying {
    pub document: u32,
    /// 0 is the name, then the document's sayings.
    pub text: u32,
    pub reading: Reading,
    pub letters: Box<[char]>,
    /// The weight of all its pieces.
    pub weight: f32,
}

impl Index {
    /// Prepares the documents. Of two documents with the same key both are kept.
    pub fn new(documents: Vec<Document>, lexicon: Lexicon) -> Self {
        let mut index = Self { lexicon, ..Self::default() };
        for (number, document) in documents.iter().enumerate() {
            let texts = std::iter::once(&document.name).chain(&document.sayings);
            for (text, saying) in texts.enumerate() {
                index.add_saying(number as u32, text as u32, saying);
            }
            let body: Vec<char> = letters(&plain(&document.body, &index.lexicon, Reading::Meant));
            index.bodies.add_pairs(number as u32, &body);
        }
        index.postings.close();
        index.bodies.close();
        index.weigh();
        index.wholes = wholes(&documents);
        index.spellings = index.spelt(&documents);
        index.documents = documents;
        index
    }

    /// As it was said and as it is meant, when these differ from what the document has already.
    fn add_saying(&mut self, document: u32, text: u32, saying: &str) {
        for reading in [Reading::Said, Reading::Meant] {
            let mut said = letters(&plain(saying, &self.lexicon, reading));
            said.truncate(SAYING_MAX);
            let own = self.sayings.iter().rev().take_while(|other| other.document == document);
            if said.is_empty() || own.into_iter().any(|other| *other.letters == *said) {
                continue;
            }
            let sounds: Vec<Sound> = said.iter().map(|&letter| sound::of(letter)).collect();
            self.postings.add_saying(self.sayings.len() as u32, &said, &sounds);
            self.sayings.push(Saying { document, text, reading, letters: said.into(), weight: 0.0 });
        }
    }

    fn weigh(&mut self) {
        for number in 0..self.sayings.len() {
            let letters = &self.sayings[number].letters;
            let ones: f32 = letters.iter().map(|&letter| ONE * self.rarity(Piece::One(letter))).sum();
            let pairs: f32 = letters.windows(2).map(|pair| self.rarity(Piece::Pair(pair[0], pair[1]))).sum();
            self.sayings[number].weight = ones + pairs;
        }
    }

    /// How much a piece says (逆文档频率): what few have says more. Never negative.
    pub(crate) fn rarity(&self, piece: Piece) -> f32 {
        let (all, have) = (self.sayings.len() as f32, self.postings.count(piece) as f32);
        (1.0 + (all - have + 0.5) / (have + 0.5)).ln()
    }

    /// Short sayings and known words by their spelling.
    fn spelt(&self, documents: &[Document]) -> Spellings {
        let said = documents.iter().flat_map(|one| std::iter::once(&one.name).chain(&one.sayings));
        let said = said.map(|text| letters(&plain(text, &self.lexicon, Reading::Said)).into_iter().collect::<String>());
        let mut words: Vec<String> = said.chain(self.lexicon.words().map(str::to_owned)).collect();
        words.sort_unstable();
        words.dedup();
        let mut spellings: Spellings = HashMap::new();
        for word in words {
            let Some(spelling) = sound::spelling(&word) else { continue };
            let Some(first) = spelling.bytes().next() else { continue };
            spellings.entry((spelling.len(), first)).or_default().push((spelling, word.into()));
        }
        spellings
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether nothing can be found in it.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// About how much memory its lists take, in bytes.
    pub fn bytes(&self) -> usize {
        let sayings: usize = self.sayings.iter().map(|one| size_of::<Saying>() + size_of_val(&*one.letters)).sum();
        self.postings.bytes() + self.bodies.bytes() + sayings
    }
}

pub(crate) fn letters(plain: &[Letter]) -> Vec<char> {
    plain.iter().map(|one| one.letter).collect()
}

/// By document, the numbers of the documents it is a part of.
fn wholes(documents: &[Document]) -> Vec<Vec<u32>> {
    let numbers: HashMap<&str, usize> =
        documents.iter().enumerate().map(|(number, one)| (one.key.as_str(), number)).collect();
    let mut wholes = vec![Vec::new(); documents.len()];
    for (number, document) in documents.iter().enumerate() {
        for part in document.parts.iter().filter_map(|key| numbers.get(key.as_str())) {
            wholes[*part].push(number as u32);
        }
    }
    wholes
}
