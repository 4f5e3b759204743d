//! How well one saying fits one way to read the question.

use crate::index::ONE;
use crate::question::{Typed, Version};
use crate::sound::{self, Sound};

/// The right sound in the wrong character.
const HOMOPHONE: f32 = 0.7;
/// A syllable typed in letters is as good as it can be said in letters.
const SYLLABLE: f32 = 0.9;
/// The first letter, or more than that, of a syllable.
const INITIAL: f32 = 0.5;
const BEGINNING: f32 = 0.7;
/// One character stands between the two in the saying.
const GAP: f32 = 0.55;
/// The one between two that fit is wrong: 餐钦店.
const SLIP: f32 = 0.5;

/// What the pieces of the question weigh, in one way to read it.
pub(crate) struct Weights {
    /// Of each unit with the next one.
    pub pairs: Vec<f32>,
    pub ones: Vec<f32>,
}

impl Weights {
    pub fn total(&self) -> f32 {
        self.pairs.iter().sum::<f32>() + ONE * self.ones.iter().sum::<f32>()
    }
}

/// How well a saying fits: by unit of the question, how well the pair that begins there and the unit alone are met, and
/// where in the saying.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fit {
    pub pairs: Vec<f32>,
    pub ones: Vec<f32>,
    /// By unit: the character of the saying it was laid beside, when its pair was met.
    pub beside: Vec<Option<u32>>,
    /// The weight met.
    pub met: f32,
}

/// Lays the saying beside the question.
pub(crate) fn lay(version: &Version, weights: &Weights, letters: &[char]) -> Fit {
    let sounds: Vec<Sound> = letters.iter().map(|&letter| sound::of(letter)).collect();
    let width = letters.len();
    let mut grid = Vec::with_capacity(version.len() * width);
    for unit in version {
        grid.extend(letters.iter().zip(&sounds).map(|(letter, sound)| likeness(&unit.typed, *letter, sound)));
    }
    let cell = |unit: usize, at: usize| if unit < version.len() && at < width { grid[unit * width + at] } else { 0.0 };
    let mut fit = Fit {
        pairs: vec![0.0; version.len()],
        ones: vec![0.0; version.len()],
        beside: vec![None; version.len()],
        met: 0.0,
    };
    let whole = initials_met(version, width, &cell);
    for unit in 0..version.len() {
        for at in 0..width {
            let here = cell(unit, at);
            if here == 0.0 {
                continue;
            }
            if is_certain(&version[unit].typed) {
                fit.ones[unit] = fit.ones[unit].max(if here >= SYLLABLE { here } else { 0.0 });
            }
            if whole[unit] {
                meet(&mut fit, unit, at, (here.min(cell(unit + 1, at + 1)), here.min(cell(unit + 1, at + 2)) * GAP));
            }
        }
    }
    slips(&mut fit, version.len(), width, &cell);
    let pairs: f32 = fit.pairs.iter().zip(&weights.pairs).map(|(met, weight)| met * weight).sum();
    let ones: f32 = fit.ones.iter().zip(&weights.ones).map(|(met, weight)| met * weight).sum();
    fit.met = pairs + ONE * ones;
    fit
}

fn meet(fit: &mut Fit, unit: usize, at: usize, (next, gap): (f32, f32)) {
    let (met, beside) = if next >= gap { (next, at + 1) } else { (gap, at + 2) };
    if met > fit.pairs[unit] {
        fit.pairs[unit] = met;
        // The first of the pair keeps the place the pair before gave it, when that was the same stretch.
        fit.beside[unit] = Some(at as u32);
        fit.beside[unit + 1] = Some(beside as u32);
    }
}

/// One wrong unit between two right ones hides two pairs; both count half.
fn slips(fit: &mut Fit, units: usize, width: usize, cell: &impl Fn(usize, usize) -> f32) {
    for unit in 0..units.saturating_sub(2) {
        if fit.pairs[unit] > 0.0 || fit.pairs[unit + 1] > 0.0 {
            continue;
        }
        let met =
            (0..width.saturating_sub(2)).find(|&at| cell(unit, at) >= SYLLABLE && cell(unit + 2, at + 2) >= SYLLABLE);
        if let Some(at) = met {
            (fit.pairs[unit], fit.pairs[unit + 1]) = (SLIP, SLIP);
            for step in 0..3 {
                fit.beside[unit + step] = Some((at + step) as u32);
            }
        }
    }
}

/// By unit, whether it counts: initials say so little that a run of them must be met from end to end.
fn initials_met(version: &Version, width: usize, cell: &impl Fn(usize, usize) -> f32) -> Vec<bool> {
    let is_initial = |unit: &usize| matches!(&version[*unit].typed, Typed::Beginning(letters) if letters.len() == 1);
    let units: Vec<usize> = (0..version.len()).collect();
    let mut whole = vec![true; version.len()];
    for run in units.chunk_by(|a, b| is_initial(a) == is_initial(b)).filter(|run| is_initial(&run[0])) {
        let met = (0..width).any(|at| run.iter().enumerate().all(|(step, &unit)| cell(unit, at + step) > 0.0));
        run.iter().for_each(|&unit| whole[unit] = met);
    }
    whole
}

/// Alone, only characters and whole syllables say anything.
fn is_certain(typed: &Typed) -> bool {
    !matches!(typed, Typed::Beginning(_))
}

/// How alike something typed and a character of a saying are.
fn likeness(typed: &Typed, letter: char, sound: &Sound) -> f32 {
    match typed {
        Typed::Character(own, _) if *own == letter => 1.0,
        Typed::Character(_, own) if own.like(sound) => HOMOPHONE,
        Typed::Syllable(class, _) if sound.is(*class) => SYLLABLE,
        Typed::Beginning(letters) if sound.begins(letters) => {
            if letters.len() == 1 {
                INITIAL
            } else {
                BEGINNING
            }
        }
        Typed::Beginning(letters) if letters.chars().eq([letter]) => 1.0,
        _ => 0.0,
    }
}
