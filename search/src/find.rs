//! Candidates by their pieces, the best of them laid beside the question.

use std::collections::HashMap;

use crate::align::{Fit, Weights, lay};
use crate::hit::{Answer, Hit, Why, meant};
use crate::index::{Index, ONE};
use crate::postings::Piece;
use crate::question::{Typed, Unit, Version, versions};

/// Longest question looked at, in characters.
pub const QUESTION_MAX: usize = 60;

/// Sayings, and documents by their bodies, that are worth laying beside the question.
const SAYINGS: usize = 160;
const BODIES: usize = 40;
/// Of a hundred sayings or bodies: what more of them have says nothing.
const COMMON: usize = 20;

/// What a piece found by sound or by first letters says when candidates are chosen.
const BY_SOUND: f32 = 0.5;
const BY_INITIALS: f32 = 0.35;
/// What a pair in the body says.
const IN_BODY: f32 = 0.3;

/// How the best saying and all of the document together share the score.
const BEST: f32 = 0.65;
const ALL: f32 = 1.0 - BEST;
/// What is asked besides the saying counts against it, and what the saying has besides.
const ASKED_BESIDES: f32 = 0.25;
const SAID_BESIDES: f32 = 0.4;
/// Whole documents fit a little less than the part that was asked for.
const WHOLE: f64 = 0.8;
/// Found in other letters than those typed.
const SLIPPED: f64 = 0.9;

/// Below this it is chance; below this share of the best it is noise; from here on it is what was asked for.
const SCORE_MIN: f64 = 0.1;
const NOISE: f64 = 0.4;
const SURE: f64 = 0.45;

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'q> {
    pub text: &'q str,
    /// Only what is for these people.
    pub audience: Option<&'q str>,
    /// Only what can be handed in there.
    pub place: Option<&'q str>,
    /// Hits at most.
    pub most: usize,
}

/// A document among the candidates of one version.
struct Candidate {
    /// Of the best saying: how well, which, and its fit.
    best: f32,
    saying: Option<(u32, Fit)>,
    /// By unit, how well any saying met the pair and the unit.
    pairs: Vec<f32>,
    ones: Vec<f32>,
}

/// A document found.
struct Found {
    score: f64,
    version: usize,
    saying: Option<(u32, Fit)>,
}

impl Index {
    /// What fits, best first, each document once.
    pub fn find(&self, asked: Asked<'_>) -> Answer {
        let text: String = asked.text.chars().take(QUESTION_MAX).collect();
        let answer = self.find_as_typed(&text, &asked);
        if answer.hits.first().is_some_and(|hit| hit.sure) {
            return answer;
        }
        let Some(slipped) = self.without_slip(&text) else { return answer };
        let mut other = self.find_as_typed(&slipped, &asked);
        other.hits.iter_mut().for_each(|hit| hit.score *= SLIPPED);
        let score = |answer: &Answer| answer.hits.first().map_or(0.0, |hit| hit.score);
        if score(&other) <= score(&answer) {
            return answer;
        }
        Answer { meant: Some(slipped), ..other }
    }

    fn find_as_typed(&self, text: &str, asked: &Asked<'_>) -> Answer {
        let versions = versions(text, &self.lexicon);
        let mut found: HashMap<u32, Found> = HashMap::new();
        for (number, version) in versions.iter().enumerate() {
            let weights = self.weights(version);
            for (document, candidate) in self.candidates(version, &weights, asked) {
                let score = f64::from(self.score(&candidate, &weights));
                if found.get(&document).is_none_or(|known| known.score < score) {
                    found.insert(document, Found { score, version: number, saying: candidate.saying });
                }
            }
        }
        self.add_wholes(&mut found, asked);
        let order = self.ordered(&found, asked.most);
        let meant = order.first().and_then(|(_, best)| {
            let (saying, fit) = best.saying.as_ref()?;
            meant(text, &versions[best.version], &self.sayings[*saying as usize], fit)
        });
        let hit = |(number, found): &(u32, &Found)| Hit {
            key: self.documents[*number as usize].key.clone(),
            score: found.score,
            sure: found.score >= SURE,
            why: found.saying.as_ref().and_then(|(saying, fit)| Why::of(self, &self.sayings[*saying as usize], fit)),
        };
        Answer { hits: order.iter().map(hit).collect(), meant }
    }

    fn weights(&self, version: &Version) -> Weights {
        let rarest = self.rarity(Piece::Pair('\0', '\0'));
        let known = |pieces: Vec<Piece>| {
            let known = pieces.into_iter().filter(|piece| self.postings.count(*piece) > 0);
            known.map(|piece| self.rarity(piece)).reduce(f32::max).unwrap_or(rarest)
        };
        let one = |typed: &Typed| match typed {
            Typed::Character(letter, _) => known(vec![Piece::One(*letter)]),
            Typed::Syllable(class, _) => known(vec![Piece::Sound(*class)]),
            Typed::Beginning(_) => 0.0,
        };
        let pair = |pair: &[Unit]| {
            let pieces = pieces(&pair[0].typed, &pair[1].typed);
            // What was said decides; its sound only where nobody says it so.
            let exact = pieces.iter().map(|(piece, _)| *piece).find(|piece| self.postings.count(*piece) > 0);
            known(exact.into_iter().collect())
        };
        Weights {
            pairs: version.windows(2).map(pair).collect(),
            ones: version.iter().map(|unit| one(&unit.typed)).collect(),
        }
    }

    /// Documents that may fit, with how well their sayings do.
    fn candidates(&self, version: &Version, weights: &Weights, asked: &Asked<'_>) -> HashMap<u32, Candidate> {
        let mut candidates: HashMap<u32, Candidate> = HashMap::new();
        let empty =
            || Candidate { best: 0.0, saying: None, pairs: vec![0.0; version.len()], ones: vec![0.0; version.len()] };
        let total = weights.total();
        for number in self.likely_sayings(version, asked) {
            let saying = &self.sayings[number as usize];
            let fit = lay(version, weights, &saying.letters);
            if fit.met <= 0.0 {
                continue;
            }
            let candidate = candidates.entry(saying.document).or_insert_with(empty);
            larger(&mut candidate.pairs, &fit.pairs);
            larger(&mut candidate.ones, &fit.ones);
            let (asked_besides, said_besides) = ((total - fit.met).max(0.0), (saying.weight - fit.met).max(0.0));
            let share = fit.met / (fit.met + ASKED_BESIDES * asked_besides + SAID_BESIDES * said_besides);
            if share > candidate.best {
                (candidate.best, candidate.saying) = (share, Some((number, fit)));
            }
        }
        for (document, pairs) in self.likely_bodies(version, weights, asked, &candidates) {
            let candidate = candidates.entry(document).or_insert_with(empty);
            larger(&mut candidate.pairs, &pairs);
        }
        candidates
    }

    fn score(&self, candidate: &Candidate, weights: &Weights) -> f32 {
        let pairs: f32 = candidate.pairs.iter().zip(&weights.pairs).map(|(met, weight)| met * weight).sum();
        let ones: f32 = candidate.ones.iter().zip(&weights.ones).map(|(met, weight)| met * weight).sum();
        BEST * candidate.best + ALL * (pairs + ONE * ones) / weights.total().max(f32::EPSILON)
    }

    /// The sayings that share most with the question.
    fn likely_sayings(&self, version: &Version, asked: &Asked<'_>) -> Vec<u32> {
        let mut shared = vec![0.0_f32; self.sayings.len()];
        let many = self.sayings.len() * COMMON / 100;
        let mut add = |piece: Piece, part: f32| {
            let Some(list) = self.postings.get(piece) else { return };
            // In a small index even the commonest is worth looking at.
            if list.count as usize > many.max(SAYINGS) {
                return;
            }
            let weight = part * self.rarity(piece);
            list.iter().for_each(|number| shared[number as usize] += weight);
        };
        for pair in version.windows(2) {
            pieces(&pair[0].typed, &pair[1].typed).into_iter().for_each(|(piece, part)| add(piece, part));
        }
        for unit in version {
            match &unit.typed {
                Typed::Character(letter, _) => add(Piece::One(*letter), ONE),
                Typed::Syllable(class, _) => add(Piece::Sound(*class), ONE * BY_SOUND),
                Typed::Beginning(_) => {}
            }
        }
        let fits =
            |number: &u32| shared[*number as usize] > 0.0 && self.suits(self.sayings[*number as usize].document, asked);
        let numbers = (0..self.sayings.len() as u32).filter(fits).collect();
        best(numbers, SAYINGS, |number| shared[number as usize])
    }

    /// The documents whose bodies share most with the question, and all that are candidates already; with the pairs they have.
    fn likely_bodies(
        &self,
        version: &Version,
        weights: &Weights,
        asked: &Asked<'_>,
        known: &HashMap<u32, Candidate>,
    ) -> Vec<(u32, Vec<f32>)> {
        let mut has = vec![0_u64; self.documents.len()];
        let mut shared = vec![0.0_f32; self.documents.len()];
        let many = self.documents.len() * COMMON / 100;
        for (unit, pair) in version.windows(2).enumerate() {
            let (Typed::Character(first, _), Typed::Character(second, _)) = (&pair[0].typed, &pair[1].typed) else {
                continue;
            };
            let Some(list) = self.bodies.get(Piece::Pair(*first, *second)) else { continue };
            if list.count as usize > many.max(BODIES) {
                continue;
            }
            for number in list.iter() {
                has[number as usize] |= 1 << unit;
                shared[number as usize] += weights.pairs[unit];
            }
        }
        let fits = |number: &u32| shared[*number as usize] > 0.0 && self.suits(*number, asked);
        let numbers: Vec<u32> = (0..self.documents.len() as u32).filter(fits).collect();
        let known = numbers.iter().copied().filter(|number| known.contains_key(number)).collect::<Vec<_>>();
        let mut numbers = best(numbers, BODIES, |number| shared[number as usize]);
        numbers.extend(known);
        numbers.sort_unstable();
        numbers.dedup();
        let pairs = |number: u32| {
            let bits = has[number as usize];
            (0..version.len()).map(|unit| if bits >> unit & 1 == 1 { IN_BODY } else { 0.0 }).collect()
        };
        numbers.into_iter().map(|number| (number, pairs(number))).collect()
    }

    fn suits(&self, document: u32, asked: &Asked<'_>) -> bool {
        let document = &self.documents[document as usize];
        let among = |all: &[String], one: &str| all.iter().any(|other| other == one);
        asked.audience.is_none_or(|whom| document.audience.is_empty() || among(&document.audience, whom))
            && asked.place.is_none_or(|place| document.places.as_ref().is_none_or(|places| among(places, place)))
    }

    /// Adds the documents that have the best hit as a part: done together with others, it is done at once.
    fn add_wholes(&self, found: &mut HashMap<u32, Found>, asked: &Asked<'_>) {
        let Some((&part, best)) =
            found.iter().max_by(|a, b| a.1.score.total_cmp(&b.1.score).then_with(|| b.0.cmp(a.0)))
        else {
            return;
        };
        let score = WHOLE * best.score;
        let version = best.version;
        for &whole in self.wholes[part as usize].iter().filter(|whole| self.suits(**whole, asked)) {
            // Where it comes for its part, no saying of its own is the reason.
            if found.get(&whole).is_none_or(|known| known.score < score) {
                found.insert(whole, Found { score, version, saying: None });
            }
        }
    }

    fn ordered<'f>(&self, found: &'f HashMap<u32, Found>, most: usize) -> Vec<(u32, &'f Found)> {
        let top = found.values().map(|one| one.score).fold(0.0, f64::max);
        let worth = |one: &Found| one.score >= SCORE_MIN && one.score >= NOISE * top;
        let mut order: Vec<(u32, &Found)> =
            found.iter().filter(|(_, one)| worth(one)).map(|(number, one)| (*number, one)).collect();
        let place = |(number, one): &(u32, &Found)| one.score + self.documents[*number as usize].lead;
        order.sort_by(|a, b| place(b).total_cmp(&place(a)).then_with(|| a.0.cmp(&b.0)));
        order.truncate(most);
        order
    }

    /// The question with its longest run of letters replaced by the word whose spelling is nearest, when one is near.
    fn without_slip(&self, text: &str) -> Option<String> {
        let runs = text.split(|c: char| !c.is_ascii_alphabetic());
        let run = runs.max_by_key(|run| run.len()).filter(|run| run.len() >= 5)?;
        let typed = run.to_ascii_lowercase();
        let most = if typed.len() < 8 { 1 } else { 2 };
        let lengths = typed.len() - most..=typed.len() + most;
        let first = typed.bytes().next()?;
        let near = lengths.filter_map(|length| self.spellings.get(&(length, first))).flatten();
        let near = near.map(|(spelling, word)| (strsim::osa_distance(&typed, spelling), word));
        let (_, word) = near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance)?;
        Some(text.replacen(run, word, 1))
    }
}

/// The pieces by which two units in a row are looked up, and what each says.
fn pieces(first: &Typed, second: &Typed) -> Vec<(Piece, f32)> {
    let mut pieces = Vec::new();
    if let (Typed::Character(a, _), Typed::Character(b, _)) = (first, second) {
        pieces.push((Piece::Pair(*a, *b), 1.0));
    }
    // The first reading is enough: the documents are kept by all of theirs.
    match (first.class(), second.class(), first.initial(), second.initial()) {
        (Some(a), Some(b), ..) => pieces.push((Piece::Sounds(a, b), BY_SOUND)),
        (.., Some(a), Some(b)) => pieces.push((Piece::Initials(a, b), BY_INITIALS)),
        _ => {}
    }
    pieces
}

/// The `most` numbers with the highest value, in any order.
fn best(mut numbers: Vec<u32>, most: usize, value: impl Fn(u32) -> f32) -> Vec<u32> {
    if numbers.len() > most {
        numbers.select_nth_unstable_by(most, |a, b| value(*b).total_cmp(&value(*a)).then_with(|| a.cmp(b)));
        numbers.truncate(most);
    }
    numbers
}

fn larger(kept: &mut [f32], new: &[f32]) {
    kept.iter_mut().zip(new).for_each(|(kept, new)| *kept = kept.max(*new));
}
